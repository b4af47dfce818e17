"""The settings of a server process that is hurt: the house and walls; its clock and its disk may be the test's."""

import os

from django.utils import timezone

from config.settings import *  # noqa: F403
from config.settings import DATABASES
from tests.faults.clock import shifted

REALTIME_TOPICS = REALTIME_COMMANDS = REALTIME_REFUSALS = "tests.faults.domain"
REALTIME_PULSE_SECONDS = float(os.environ["PULSE_SECONDS"])

if os.environ.get("FAULTS_PAGES"):
    # A disk with so many pages left for the file of SQLite.
    DATABASES["default"]["OPTIONS"]["init_command"] += f"PRAGMA max_page_count={os.environ['FAULTS_PAGES']};"
    DATABASES["default"]["OPTIONS"]["timeout"] = 5

if os.environ.get("FAULTS_CLOCK"):
    timezone.now = shifted(os.environ["FAULTS_CLOCK"], timezone.now)
