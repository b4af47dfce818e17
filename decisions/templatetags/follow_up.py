"""Filters that say how an action or some work is going."""

from datetime import date

from django import template

from decisions import words
from decisions.board import Work
from decisions.models import Action

register = template.Library()


@register.filter
def chip(action: Action, today: date) -> words.Chip:
    """The state of an action in a few words."""
    return words.chip(action, today)


@register.filter
def due_day(action: Action, today: date) -> str:
    """Its due date, short."""
    return words.due_day(action, today)


@register.filter
def work_words(work: Work) -> str:
    """Some work counted in words."""
    return words.work_words(work)


@register.filter
def late_words(work: Work) -> str:
    """What of it is late."""
    return words.late_words(work)
