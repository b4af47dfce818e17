"""`manage.py demo`: loads the demo once; says where to go with `--tell`."""

from argparse import ArgumentParser
from io import StringIO
from typing import Any

import segno
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from assemblies.models import Assembly
from config.demo.agenda import write_agenda
from config.demo.network import ACCOUNTS, SCIC_SINCE, make_network
from config.demo.past import tell_the_past
from config.demo.today import set_today
from cooperation.models import LegalEntity
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

    def handle(self, *args: Any, **options: Any) -> None:
        """Load unless it is there."""
        if LegalEntity.objects.filter(slug="halle-aux-outils").exists():
            self.stdout.write("· The demo is there already; to begin afresh, delete var/ecossolies.sqlite3")
        else:
            load()
        if options["tell"]:
            self.tell()

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
