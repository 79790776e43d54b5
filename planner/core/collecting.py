"""Python's search for values nobody holds, put off while very many are made that all are held."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_VERY_MANY = 50_000


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
