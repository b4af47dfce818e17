"""The base of every fact: a frozen dataclass in the past tense, with a type and a version."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Fact:
    """Something that happened. Subclasses hold ids and numbers only, and name their `type`."""

    type: ClassVar[str]
    version: ClassVar[int] = 1

    def data(self) -> dict[str, Any]:
        """The fields, ready for JSON."""
        return asdict(self)
