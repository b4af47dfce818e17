"""Refusals with a name: `Refused("the_fact")`; the only place where a code becomes a sentence."""

import logging
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

STATUSES = {
    "login_required": 401,
    "not_found": 404,
    "permission_denied": 403,
    "too_many_acts": 429,
    "invalid": 422,
    "busy": 503,
    "database_away": 503,
    "storage_full": 507,
}


class Refused(Exception):
    """An act was refused.

    `code` names the fact (`already_voted`); `details` fill the placeholders of its sentence, which is
    found in one place only: the module named by `settings.REALTIME_REFUSALS`. `errors` holds what is to be said
    next to one field or another (field → sentences), when the refusal is about some of them.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
        self.errors: dict[str, list[str]] = {}


def sentence_of(refused: Refused) -> str:
    """What people read, in the active language: the sentence of the code in `settings.REALTIME_REFUSALS`."""
    sentence = import_module(settings.REALTIME_REFUSALS).SENTENCES.get(refused.code)
    if sentence is None:
        logger.error("The refusal %s has no sentence in %s.", refused.code, settings.REALTIME_REFUSALS)
        return _("Cet envoi est refusé ; rien n’a été changé.")
    return str(sentence) % refused.details if refused.details else str(sentence)


def status_of(code: str) -> int:
    """The HTTP status of a refusal: 409, except for the few codes HTTP has its own number for.

    The module of `settings.REALTIME_REFUSALS` may add its own in a dict `STATUSES` (`not_a_member`: 403).
    """
    own: dict[str, int] = getattr(import_module(settings.REALTIME_REFUSALS), "STATUSES", {})
    return own.get(code) or STATUSES.get(code, 409)
