"""Erases a person who asked for it: `manage.py erase_person alice@example.org --yes`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from config.erasure import erase_person
from cooperation.models import Person
from realtime.refused import Refused, sentence_of


class Command(BaseCommand):
    help = "Erase a person: name, address and login go, and their names on every counted roll. It cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and that it is meant."""
        parser.add_argument("person", help="The address, or the number of the person.")
        parser.add_argument("--yes", action="store_true", help="Erase. Without it, only say who it would be.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, or say who it would be; a refusal is an error, in its sentence."""
        asked = options["person"]
        found = Person.objects.filter(
            Q(email__iexact=asked) | Q(pk=int(asked) if asked.isdecimal() else None)
        )
        person = found.first()
        if person is None:
            raise CommandError(f"Nobody here has the address or the number {asked}.")
        if not options["yes"]:
            self.stdout.write(f"This would erase {person.name} (number {person.pk}). Add --yes to do it.")
            return
        try:
            done = erase_person(person=person, at=timezone.now())
        except Refused as refused:
            raise CommandError(sentence_of(refused)) from refused
        self.stdout.write(f"Person {person.pk} is erased, and {done.lines} lines of rolls.")
