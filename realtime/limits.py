"""The limits of the live part, and the close codes that say which one was passed."""

from enum import IntEnum

from django.conf import settings

MAX_FRAME = 64 * 1024  # bytes of one frame from a client
ACTS_PER_SECOND = 20  # per person, all sockets of the process together
ACTS_WAITING = 100  # acts one socket may have waiting for their answer
GROUP = 200  # acts of a burst written in one transaction
WRITERS = 2  # sets of acts written at once by one process
GATHERING_SHARE = 0.2  # of the time a set took: how long the next one gathers before it starts
GATHERING_SECONDS = 0.02  # and at the most
WAITING_IN_LANE = 2_000  # acts of a burst that wait about one thing, a poll, before the next is refused
WAITING = 10_000  # and about all things together
ARRIVALS = 100  # handshakes whose visitors are asked for at once
TOPICS_PER_SOCKET = 50
NOW_PER_SECOND = 5  # latest values told per topic
CHUNK = 50  # facts read at once
FRAME_CHARACTERS = 128 * 1024  # facts told in one frame; servers refuse to write a megabyte
MAX_FRAGMENT = 256 * 1024  # characters; a longer one is not told
OUTBOX_FRAMES = 500  # frames waiting for a slow reader before they are dropped and it is told to reset
OUTBOX_CHARACTERS = 1024 * 1024
CLOSE_SECONDS = 4.0  # for the other end, perhaps far behind in its reading, to hear why and to close too


class Close(IntEnum):
    """Why the server closed a socket; the client may come back at once, except where said.

    A frame so large that the server does not even read it (1 MiB) is closed with WebSocket's own 1009.
    """

    SESSION_ENDED = 4401  # logged out, deactivated or token revoked: reconnect as somebody else
    NOT_READING = 4408  # answers to acts pile up unread
    FRAME_TOO_LARGE = 4413  # a frame over 64 KiB
    TOO_MANY_ACTS = (
        4429  # more than 20 acts in a second by one person, or 100 waiting: wait before coming back
    )
    TOO_MANY_TOPICS = 4450  # more than 50 topics on one socket
    BROKEN = 4500  # a frame could not be written
    RESTARTING = 4503  # the server stops: come back after a moment chosen at random


def pulse_seconds() -> float:
    """How often the hub looks at the log, whatever the layer says."""
    return float(getattr(settings, "REALTIME_PULSE_SECONDS", 5))


def rights_seconds() -> float:
    """How often the rights of all followers are asked again."""
    return float(getattr(settings, "REALTIME_RIGHTS_SECONDS", 60))
