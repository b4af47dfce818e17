"""When a serving process looks for garbage that holds itself: seldom, and never among what it was born with."""

import gc

# Python looks each 700 new objects, and soon at all of them: a quarter of a second, now and then, in a hall of a thousand.
YOUNG, MIDDLE, OLD = 20_000, 10, 20


def settle() -> None:
    """Set aside what is loaded, which stays as long as the process does; look at the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
