"""Looking for somebody everywhere: each column of each table that can hold words, and the sessions."""

import json

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models

WORDY = (models.CharField, models.TextField, models.JSONField)


def traces_of(*words: str) -> list[str]:
    """Where any of these words is still written: `app.model.column`."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, WORDY):
                rows = model._base_manager.values_list(field.name, flat=True)
                found += [f"{model._meta.label}.{field.name}" for said in rows if holds(said, words)]
    sessions = [row.get_decoded() for row in Session.objects.all()]
    return found + ["session" for session in sessions if holds(session, words)]


def holds(value: object, words: tuple[str, ...]) -> bool:
    """Whether a value says one of these words, whatever the case."""
    text = json.dumps(value, ensure_ascii=False, default=str).casefold()
    return any(word.casefold() in text for word in words)
