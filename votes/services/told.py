"""Who is told what becomes of a poll: its parent, itself, and each person on its roll."""

from votes.models import Elector, Poll


def told_of(poll: Poll) -> list[str]:
    """The topics that hear of this poll: parent, poll, and each person who may act on it (autopilot)."""
    pairs = Elector.objects.filter(poll=poll).values_list("titular_id", "substitute_id", "holder_id")
    people = sorted({person for pair in pairs for person in pair if person is not None})
    return [poll.parent, poll.topic, *(f"person:{person}" for person in people)]
