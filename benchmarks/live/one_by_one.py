"""The house's acts, none of them gathered into sets: what a ballot costs in a transaction of its own."""

from dataclasses import replace

from config.commands import COMMANDS as OF_THE_HOUSE

COMMANDS = {name: replace(command, many=None) for name, command in OF_THE_HOUSE.items()}
