"""Python's search for values nobody holds, put off while very many are made that all are held."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_put_off() -> Iterator[None]:
    """Put off the search for values nobody holds while many are made that all are held: it would look at each over and over."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
