"""Walking through a window or a part of one in every look: for whoever reads large, points badly, types or listens."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.ui.theme import apply_theme
from planner.ui.window import Window
from tests.helpers.accessible import (
    cut_text,
    misnamed,
    overlapping,
    small_targets,
    told_by_colour_alone,
    unnamed,
    unreached,
    wrongly_told,
)
from tests.helpers.contrast import faint_words

Check = Callable[[QWidget], list[str]]
SIZE = (1280, 720)
"""The smallest window that is designed for."""
LOOKS = (("light", 1.0), ("dark", 1.5), ("high_contrast", 2.0))
"""Every theme and every text size that is checked; what depends on one does not depend on the other."""
NAMED: tuple[Check, ...] = (unnamed, misnamed, wrongly_told, told_by_colour_alone)
DRAWN: tuple[Check, ...] = (small_targets, cut_text, overlapping, faint_words)


def settle(qtbot: QtBot, root: QWidget, pause_ms: int = 40) -> None:
    """Let what is filled on a thread, and what is laid out afterwards, come to rest: thrice the same places, a pause apart."""
    window = root.window()
    screen = window.workbench.screen_in_view if isinstance(window, Window) and window.workbench else None
    if screen is not None:
        qtbot.waitUntil(lambda: screen.is_filled, timeout=20_000)
    seen: list[object] = []
    while len(seen) < 3 or len(set(seen[-3:])) > 1:
        qtbot.wait(pause_ms)
        seen.append(places(root))


def places(root: QWidget) -> tuple[object, ...]:
    """Where every part of a window stands that is shown."""
    return tuple((id(part), part.geometry().getRect()) for part in root.findChildren(QWidget) if part.isVisible())


def walk(qtbot: QtBot, themed: QApplication, root: QWidget, drawn: tuple[Check, ...] = DRAWN, by_keys: bool = True) -> None:
    """Nothing is wrong with a window or a part of one: by name and by keys, then as it is drawn in every look."""
    root.window().activateWindow()
    qtbot.waitUntil(root.window().isActiveWindow)
    settle(qtbot, root)
    by_name = [words for check in NAMED for words in check(root)]
    assert "\n".join(by_name + (unreached(root) if by_keys else [])) == ""
    for theme, scale in LOOKS:
        apply_theme(themed, theme, scale)
        # What threads bring has come before the first look: what is left is laid out without a pause.
        settle(qtbot, root, pause_ms=10)
        assert "\n".join(f"{theme}, {scale:.0%}: {words}" for check in drawn for words in check(root)) == ""
