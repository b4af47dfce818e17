"""The settings of the servers that are measured: the house's; `ONE_BY_ONE` writes each ballot in a transaction of its own."""

from config.settings import *  # noqa: F403
from config.settings import LOGGING, env

LOGGING["root"]["level"] = "ERROR"
if env.bool("ONE_BY_ONE", default=False):
    REALTIME_COMMANDS = "benchmarks.live.one_by_one"
