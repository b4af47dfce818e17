"""The house with bursts taken apart: each ballot in a transaction of its own, as every other act. What bursts are measured beside."""

from dataclasses import replace

from config.commands import COMMANDS as COMMANDS_OF_THE_HOUSE

COMMANDS = {name: replace(command, many=None) for name, command in COMMANDS_OF_THE_HOUSE.items()}
