"""Declares the ground floor to Django."""

from importlib import import_module

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach filters `among`."""
        import_module("realtime.among")
