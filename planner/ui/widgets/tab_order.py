"""The order in which Tab goes through parts that were made in another order than they are read."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_through(parts: Iterable[QWidget]) -> None:
    """Have Tab go through the parts in this order, and within each in the order its widgets were made.

    What opens as a window of its own, such as the list of a box, is no stop.
    """
    for before, after in pairwise(_stops(parts)):
        QWidget.setTabOrder(before, after)


def tab_last(parts: Iterable[QWidget], holder: QWidget) -> None:
    """Have Tab come to the parts after all else there is in the window of their holder.

    To ask Qt for its own order is no way: libpyside takes each widget it tells for the child of the one before, and
    thinks it gone with that one.
    """
    # Whatever is made last stands last, and Qt puts nothing after what takes no Tab.
    newest = QWidget(holder)
    newest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for before, after in pairwise([newest, *_stops(parts)]):
        QWidget.setTabOrder(before, after)
    newest.deleteLater()


def _stops(parts: Iterable[QWidget]) -> list[QWidget]:
    return [
        stop
        for part in parts
        for stop in (part, *part.findChildren(QWidget))
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.focusProxy() is None and stop.window() is part.window()
    ]
