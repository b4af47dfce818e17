"""Every address of the platform."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("comptes/", include("cooperation.account_urls")),
    path("", include("cooperation.urls")),
    path("", include("decisions.urls")),
]
