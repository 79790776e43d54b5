"""A Visits page in a test, with what a person does on it by mouse, keys and menu."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from planner.actions.visits import Trip, plan_visit
from planner.core.records import Visit
from planner.ui.screens.visits import VisitsScreen
from tests.helpers.people import TODAY

LEFT = Qt.MouseButton.LeftButton


def day(number):
    """A day so many days from that Monday."""
    return TODAY + timedelta(days=number)


def put(step, *records):
    """An action that stores records as they are."""
    for record in records:
        step.put(record)


@contextmanager
def a_visits_page(desk, qtbot) -> "Iterator[Page]":
    """A page on a desk, its board made."""
    made = Page(desk, qtbot)
    yield made
    made.leave()


class Page:
    """A Visits page, with what a person does on it."""

    def __init__(self, desk, qtbot):
        self.desk, self.qtbot = desk, qtbot
        self.said, self.refused = [], []
        desk.done.connect(self.said.append)
        desk.failed.connect(self.refused.append)
        self.screen = VisitsScreen(desk)
        qtbot.addWidget(self.screen)
        self.screen.resize(1250, 760)
        self.screen.show()
        desk.outlook_changed.connect(self.screen.show_outlook)
        self.screen.show_outlook(desk.outlook)
        self.settled(lambda: self.board is not None)

    def settled(self, condition):
        self.qtbot.waitUntil(condition, timeout=10_000)

    def leave(self):
        self.desk.outlook_changed.disconnect(self.screen.show_outlook)

    @property
    def board(self):
        return self.screen.board

    @property
    def view(self):
        return self.screen.view

    @property
    def tray(self):
        return self.screen.tray

    def done(self, action, *args, **kwargs):
        """Perform an action and wait for the board that shows it."""
        before = self.board
        self.desk.perform("A step", action, *args, **kwargs)
        self.settled(lambda: self.board is not before)

    def visits(self, status="planned"):
        return list(self.desk.workspace.snapshot.by(Visit, "status", status))

    def cell(self, worker_id, on):
        row, column = self.board.row_of(worker_id), self.board.days.index(on)
        rect = self.view.visualRect(self.view.board_model.index(row, column))
        return self.view.viewport().mapToGlobal(rect.center())

    def drag(self, source, start, to):
        """Press, go there in steps, and let go; `start` is in the source's viewport and `to` on the screen."""
        viewport = source.viewport()
        QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(viewport, start + QPoint(14, 6))
        QTest.mouseMove(viewport, viewport.mapFromGlobal(to))
        QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, viewport.mapFromGlobal(to))

    def card(self, trip):
        self.tray.scrollTo(self.tray.tray.index(self.tray.tray.rows.index(trip)))
        return self.tray.rect_of(trip.first.child.id).center()

    def free_place(self, worker_id):
        row = self.board.rows[self.board.row_of(worker_id)]
        return next(cell.day for cell in row.cells if not cell.refusal)

    def a_held_card(self):
        """A card of a worker who is at work."""
        for trip in self.board.tray:
            if trip.worker is not None:
                row = self.board.rows[self.board.row_of(trip.worker.id)]
                if any(not cell.refusal for cell in row.cells):
                    return trip
        raise AssertionError("no card")

    def planned(self, **fields):
        """A visit on the board, with the keys on it."""
        card = self.a_held_card()
        self.done(plan_visit, list(card.child_ids), self.free_place(card.worker.id), card.worker.id, Trip(**fields))
        made = self.visits()[-1]
        self.view.stand_on_visit(made.id)
        return made

    def dialog(self, kind):
        found = [one for one in self.screen.findChildren(kind) if one.isVisible()]
        assert found, f"no {kind.__name__}: {self.refused}"
        return found[-1]

    def spoken(self):
        return self.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)

    def menu(self):
        return [menu for menu in self.screen.findChildren(QMenu) if menu.isVisible()][-1]

    def choose(self, words):
        """Open the menu by its key and choose a line of it."""
        self.qtbot.keyClick(self.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        menu = self.menu()
        action = next(action for action in menu.actions() if action.text().startswith(words))
        action.trigger()
        menu.close()
