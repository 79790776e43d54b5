"""What Python keeps of things that Qt has deleted: empty shells, so that what they held is freed at once."""

from collections.abc import Iterable
from weakref import ReferenceType, ref

from PySide6.QtCore import QObject
from shiboken6 import Shiboken

Standing = tuple["ReferenceType[QObject]", ...]


def standing() -> Standing:
    """Everything of Qt's that there is now, held by nobody here."""
    return tuple(ref(one) for one in Shiboken.getAllValidWrappers() if isinstance(one, QObject))


def empty_remains(stood: Iterable["ReferenceType[QObject]"]) -> None:
    """Let go of whatever is held by those that Qt has deleted since.

    They hold one another in rings, and all the records and rows with them, which Python's search would free in four times
    the time.
    """
    for one in (found for known in stood if (found := known()) is not None):
        if not Shiboken.isValid(one):
            vars(one).clear()
