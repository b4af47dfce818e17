"""The acts people can do over the socket, by the form or by the REST API: name → serializer and service."""

from realtime.commands import Command

COMMANDS: dict[str, Command] = {command.name: command for command in ()}
