"""The acts of the workshops, by the socket, the form or the REST API, and what the REST API reads."""

from realtime.commands import Command
from workshops.api import facilitation, proposals, rooms

COMMANDS: tuple[Command, ...] = (*rooms.COMMANDS, *proposals.COMMANDS, *facilitation.COMMANDS)
