"""`manage.py demo`: loads the demo once; says where to go with `--tell`; `--size hall` fills a hall instead."""

from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from assemblies.models import Assembly
from config.demo import crowd
from config.demo.agenda import write_agenda
from config.demo.network import ACCOUNTS, SCIC_SINCE, make_network
from config.demo.past import tell_the_past
from config.demo.today import set_today
from cooperation.models import LegalEntity, Person
from workshops.models import Workshop


@transaction.atomic
def load() -> None:
    """Write the whole story, or nothing."""
    with translation.override("fr"):
        network = make_network(SCIC_SINCE)
        write_agenda()
        tell_the_past(network)
        set_today(network, SCIC_SINCE, timezone.localdate())


class Command(BaseCommand):
    """(Re)load the demo data without serving; a second run changes nothing."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--tell` prints the address, the accounts and the join code."""
        parser.add_argument(
            "--tell", action="store_true", help="print the address, the accounts and the join code"
        )
        parser.add_argument(
            "--size", choices=["story", "hall"], default="story", help="hall: a thousand members, a vote open"
        )
        parser.add_argument("--members", type=int, default=crowd.MEMBERS, help="with --size hall: how many")
        parser.add_argument(
            "--sessions",
            type=Path,
            help="with --size hall: open a session for each, one cookie per line here",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load unless it is there."""
        if options["size"] == "hall":
            self.fill(options["members"], options["sessions"])
            return
        if LegalEntity.objects.filter(slug="halle-aux-outils").exists():
            self.stdout.write("· The demo is there already; to begin afresh, delete var/ecossolies.sqlite3")
        else:
            load()
        if options["tell"]:
            self.tell()

    def fill(self, members: int, sessions: Path | None) -> None:
        """The hall, unless it is there; sessions for all of it under DEMO=1 alone: whoever has them votes for all."""
        if members < 2:
            raise CommandError("A hall has a chair and a teller: --members is at least 2.")
        if sessions is not None and not settings.DEMO:
            raise CommandError("Sessions for everybody are for the demo: run with DEMO=1.")
        if not LegalEntity.objects.filter(slug=crowd.SLUG).exists():
            with translation.override("fr"), transaction.atomic():
                crowd.fill(members)
        assembly = crowd.hall()
        people = Person.objects.filter(memberships__entity__slug=crowd.SLUG).order_by("pk")
        if sessions is not None:
            sessions.touch(mode=0o600)
            keys = crowd.open_sessions(list(people))
            sessions.write_text("".join(f"{settings.SESSION_COOKIE_NAME}={key}\n" for key in keys))
        self.stdout.write(
            f"{people.count()} members, in session: {settings.SITE_URL}{assembly.get_absolute_url()}"
        )

    def tell(self) -> None:
        """Where to go, as whom, and the code that opens the room to phones."""
        site = settings.SITE_URL
        room = Workshop.objects.filter(state=Workshop.State.OPEN).latest("pk")
        hall = Assembly.objects.filter(state=Assembly.State.OPEN).latest("pk")
        join = f"{site}{reverse('workshops:code-page', args=[room.join_code])}"
        lines = [
            "",
            f"  {site}/",
            "",
            "  Accounts (the login code is shown on the page):",
            *[f"    {email:24} {given} {family}: {what}" for email, given, family, what in ACCOUNTS],
            "",
            f"  The workshop open now: {site}{reverse('workshops:workshop-room', args=[room.pk])}",
            f"  Anybody may join it with the code {room.join_code}: {join}",
            f"  The assembly in session: {site}{reverse('assemblies:assembly-page', args=[hall.pk])}",
            "",
        ]
        self.stdout.write("\n".join(lines))
        drawn = StringIO()
        segno.make(join, error="l").terminal(out=drawn, compact=True)
        self.stdout.write(drawn.getvalue())
