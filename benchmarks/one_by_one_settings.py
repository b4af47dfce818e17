"""The settings of a server that writes every ballot alone."""

from config.settings import *  # noqa: F403

REALTIME_COMMANDS = "benchmarks.one_by_one"
