"""The demo, loaded once for a module, and the persons who read it."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from cooperation.models import Person


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo as `manage.py demo` writes it, committed, then wiped; tests that use it are marked `django_db`."""
    with django_db_blocker.unblock():
        assert not Person.objects.exists(), "only ever in the empty database of the tests"
        call_command("demo", stdout=StringIO())
        yield
        call_command("flush", interactive=False, verbosity=0)


def account(given_name: str) -> Person:
    """One of the accounts shown on the login page of the demo."""
    return Person.objects.get(email=f"{given_name}@demo.example")


def browser_of(given_name: str) -> Client:
    """A browser in which this account is logged in."""
    client = Client()
    client.force_login(account(given_name))
    return client
