"""Python's search for values nobody holds, kept from where it would make a person wait."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_VERY_MANY = 50_000
_NEVER = 1_000_000_000


@contextmanager
def collection_put_off() -> Iterator[None]:
    """Put off the search for values nobody holds while many are made that all are held: it would look at each over and over.

    Very many of them are not looked at afterwards either, which would take 100 ms and more, at any moment and on any thread;
    they are still freed when nothing refers to them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _VERY_MANY:
                gc.freeze()
            gc.enable()


def collect_only_at_rest() -> None:
    """Leave what has been held for long out of the search, until `collect_all`: with a workspace open it takes 100 ms."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)


def collect_all() -> None:
    """Free whatever nobody holds, what was left out of the search too. It takes 75 ms: for when nobody is at work."""
    gc.unfreeze()
    gc.collect()
