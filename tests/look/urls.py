"""The platform's addresses, and the gallery that only the demo opens."""

from django.urls import include, path

urlpatterns = [path("composants/", include("config.gallery")), path("", include("config.urls"))]
