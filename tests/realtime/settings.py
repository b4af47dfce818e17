"""The settings of a server process that carries the tests' domain."""

import os

from config.settings import *  # noqa: F403

REALTIME_TOPICS = REALTIME_COMMANDS = REALTIME_REFUSALS = ROOT_URLCONF = "tests.realtime.domain"
REALTIME_PULSE_SECONDS = float(os.environ["PULSE_SECONDS"])
