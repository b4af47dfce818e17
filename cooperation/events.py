"""Facts of cooperation: what one person is told."""

from dataclasses import dataclass
from typing import ClassVar

from realtime.facts import Fact


@dataclass(frozen=True)
class Notified(Fact):
    """A person got a notification; told on `person:<pk>` only."""

    type: ClassVar[str] = "notified"
    notification: int
