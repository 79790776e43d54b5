"""What was begun and not finished when the planner locks, kept in memory and given back to the same person in the same file."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject


class Begun(QObject):
    """Belongs to a desk. Whoever holds words half typed says how they are told, and takes them back when it is made anew.

    What is told are plain values, no widgets; nothing of it is ever written down.
    """

    def __init__(self, desk: QObject) -> None:
        super().__init__(desk)
        self.kept: dict[str, Any] = {}
        self._tellers: dict[str, Callable[[], Any]] = {}

    def watch(self, name: str, tell: Callable[[], Any]) -> None:
        """Ask `tell` for what is begun, None for nothing, when the planner locks."""
        self._tellers[name] = tell

    def take(self, name: str) -> Any:
        """What was begun there before, once; None for nothing."""
        return self.kept.pop(name, None)

    def told(self) -> dict[str, Any]:
        """Everything begun by name, and what nobody has taken back since the last time."""
        now = {name: begun for name, tell in self._tellers.items() if (begun := tell()) is not None}
        return self.kept | now


def begun_of(desk: QObject) -> Begun:
    """What is begun on a desk."""
    return desk.findChild(Begun) or Begun(desk)
