"""The seed a poll's ties are drawn by, for the count; nobody else reads it."""

from votes.models import Draw, Poll


def seed_of(poll: Poll) -> str | None:
    """The seed committed when the poll opened, None where there is none."""
    return Draw.objects.filter(poll=poll).values_list("seed", flat=True).first()
