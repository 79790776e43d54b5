"""The Allocate page in a test, on the children who wait or on siblings among them."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from planner.actions.step import Step
from planner.core.records import Record
from planner.ui.desk import Desk
from planner.ui.screens.allocate import AllocateScreen

WAIT = 10_000
"""Milliseconds within which what is worked out on a thread is there."""


def put(step: Step, *records: Record) -> None:
    """An action that stores records as they are."""
    for record in records:
        step.put(record)


def changed(desk: Desk, qtbot: QtBot, *records: Record) -> None:
    """Store records, and wait until the desk knows them."""
    before = desk.outlook
    desk.perform("Step", put, *records)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=WAIT)


def shown_on(desk: Desk, qtbot: QtBot, width: int = 1250, height: int = 820) -> AllocateScreen:
    """The page on a desk, its workers compared."""
    screen = AllocateScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(width, height)
    desk.outlook_changed.connect(screen.show_outlook)
    screen.show()
    screen.show_outlook(desk.outlook)
    qtbot.waitUntil(lambda: screen.is_compared or not screen.list.cards_model.cards, timeout=WAIT)
    return screen


def of_one_family(desk: Desk, qtbot: QtBot) -> AllocateScreen:
    """The page on a team in which both waiting children are of one family, and a third is held by someone."""
    one, other = (row.case.child for row in desk.outlook.waiting)
    held = desk.outlook.held[0].child
    changed(desk, qtbot, *(replace(child, family="F") for child in (one, other, held)))
    return shown_on(desk, qtbot)
