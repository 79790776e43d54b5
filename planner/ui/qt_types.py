"""Qt's types, made before a thread could make them too.

Qt for Python makes a type when it is first named, and two threads that do so at once end the program.
"""

from collections.abc import Iterator

from PySide6 import QtCore, QtGui, QtWidgets

_AT_ONCE = 60
"""Types of Qt made in one step: 10 to 20 ms."""


def types_named() -> Iterator[int]:
    """Name the types of Qt, some in each step."""
    named = [(module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module)]
    for first in range(0, len(named), _AT_ONCE):
        for module, name in named[first : first + _AT_ONCE]:
            getattr(module, name)
        yield first


def make_types() -> None:
    """Make every type that is not made yet, before a thread imports a module of Qt; half a millisecond where all are."""
    for _ in types_named():
        pass
