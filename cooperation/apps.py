"""Declares the floor to Django."""

from django.apps import AppConfig

from cooperation import checks  # noqa: F401


class CooperationConfig(AppConfig):
    name = "cooperation"
    default_auto_field = "django.db.models.BigAutoField"
