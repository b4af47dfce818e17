"""The house with the walls of the protocol's tests beside it: facts to follow while ballots are cast."""

from collections.abc import Sequence

from config.commands import COMMANDS as COMMANDS_OF_THE_HOUSE
from config.refusals import STATUSES as STATUSES_OF_THE_HOUSE
from config.topics import TOPICS as TOPICS_OF_THE_HOUSE
from realtime.models import LoggedEvent
from tests.realtime import domain

LARGE = 64  # the wall whose notes are 64 KiB each


class FaultWall(domain.WallTopic):
    """A wall; one of them is large."""

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        dots = "." * (64 * 1024 if pk == LARGE else 0)
        return [f'<li id="note-{event.seq}">{dots}</li>' for event in events]


COMMANDS = {**COMMANDS_OF_THE_HOUSE, **domain.COMMANDS}
TOPICS = {**TOPICS_OF_THE_HOUSE, "wall": FaultWall(), "tally": domain.TALLY}
SENTENCES = domain.SENTENCES
STATUSES = {**STATUSES_OF_THE_HOUSE, **domain.STATUSES}
