"""Every address of the platform."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import TemplateView

from config import health, metrics, openapi, pages, trials
from cooperation.login import admin_login

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/login/", admin_login),
    path("admin/", admin.site.urls),
    path("comptes/", include("cooperation.account_urls")),
    path("", include("cooperation.urls")),
    path("", include("decisions.urls")),
    path("", include("votes.urls")),
    path("", include("workshops.urls")),
    path("", include("assemblies.urls")),
    path("api/", include("cooperation.api_urls")),
    path("api/", include("decisions.api_urls")),
    path("api/", include("votes.api_urls")),
    path("api/", include("workshops.api_urls")),
    path("api/", include("assemblies.api_urls")),
    path("", pages.home, name="home"),
    path("fil/", pages.threads, name="threads"),
    path("fil/decision/<int:pk>/", pages.decision_thread, name="decision-thread"),
    path("fil/proposition/<int:pk>/", pages.proposal_thread, name="proposal-thread"),
    path("reseau/statuts/<slug:slug>/essai/", trials.statutes_trial, name="statutes-trial"),
    path(
        "reseau/statuts/<slug:slug>/essai/<int:resolution>/",
        trials.vote_trial,
        name="vote-trial",
    ),
    path("plus/", pages.more, name="more"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("api/schema/", openapi.SchemaView.as_view(), name="api-schema"),
    path("api/docs/", openapi.api_docs, name="api-docs"),
    path("accessibilite/", TemplateView.as_view(template_name="accessibility.html"), name="accessibility"),
    path("confidentialite/", TemplateView.as_view(template_name="privacy.html"), name="privacy"),
]
if settings.DEMO or settings.DEBUG:
    urlpatterns.append(path("composants/", include("config.gallery")))
