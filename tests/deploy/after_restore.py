"""What one does on a new machine: restore a backup into the empty database, check an old poll, go on with another.

python -m tests.deploy.after_restore BACKUP COUNTED OPEN EXPORT    (the polls by their numbers)
"""

import json
import os
import sys
from pathlib import Path
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  (only now that the apps are loaded)
from django.utils import timezone  # noqa: E402

from votes.export import export_text  # noqa: E402
from votes.models import Elector, Poll  # noqa: E402
from votes.services import cast_ballot  # noqa: E402


def main(backup: str, counted: str, still_open: str, export: str) -> None:
    """Say on the last line what was found, as JSON."""
    call_command("restore", backup)
    poll = Poll.objects.get(pk=counted)
    Path(export).write_text(export_text(poll, poll.result))
    call_command("verify", export)
    line = Elector.objects.get(poll=still_open, has_voted_at=None)
    ballot = cast_ballot(
        elector=line, person=line.titular, choices=["against"], key=uuid4(), at=timezone.now()
    )
    sys.stdout.write(
        json.dumps({"outcome": poll.result.outcome, "number": ballot.number, "line": line.number}) + "\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
