"""The settings of a server process that carries the tests' domain."""

from config.settings import *  # noqa: F403

REALTIME_TOPICS = REALTIME_COMMANDS = REALTIME_REFUSALS = ROOT_URLCONF = "tests.realtime.domain"
