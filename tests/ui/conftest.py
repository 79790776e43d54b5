"""What UI tests have: a themed application, a desk on an invented team, and watchers for Qt's warnings and for stalls."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.actions.shipped import reference
from planner.actions.workspace import Workspace
from planner.settings import Settings
from planner.ui.desk import Desk
from planner.ui.drawer import Drawer
from planner.ui.qt_types import make_types
from planner.ui.screens import SCREENS
from planner.ui.theme import apply_theme
from planner.ui.window import Window
from tests.helpers.costs import slowness
from tests.helpers.people import FilledFiles, a_big_team, a_small_team
from tests.helpers.walk import SIZE

HARMLESS = (
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
)


PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """A robot that gives up late, for a machine may be busy; no test waits for something that must not come."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 0) -> None:
        """Wait until the callback answers true, or asserts nothing any more."""
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = 0, **how: Any) -> Any:
        """Wait, as a block or after it, until a signal has come."""
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE_MS), **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The robot that works the windows, in place of the one that gives up after five seconds."""
    return PatientBot(request)


@pytest.fixture(autouse=True, scope="session")
def types_made(qapp: QApplication) -> None:
    """Qt's types are there before a page imports on a thread, as in the program."""
    make_types()


@pytest.fixture(autouse=True)
def unlocked_cheaply(cheap_passphrases: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of the window is about what a guess at a passphrase costs, or about what a power cut leaves of a small file."""
    monkeypatch.setattr(os, "fsync", lambda _file: None)


@pytest.fixture(autouse=True)
def no_qt_messages(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning from Qt fails the test that caused it."""
    if "qapp" not in request.fixturenames and "qtbot" not in request.fixturenames:
        yield
        return
    _leave_nothing_of_the_last_test(request.getfixturevalue("qapp"))
    log = request.getfixturevalue("qtlog")
    yield
    said = [record.message for record in log.records if not record.message.startswith(HARMLESS)]
    assert said == []


def _leave_nothing_of_the_last_test(app: QApplication) -> None:
    """Delete every window the last test left, and only then take back another theme: it costs a millisecond a widget."""
    for window in app.topLevelWidgets():
        if window.parent() is None:
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if app.styleSheet():
        apply_theme(app, "light")


@pytest.fixture
def themed(qapp):
    """The application in the light theme at 100% text."""
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def desk(themed, qtbot: QtBot, tmp_path: Path, filled_files: FilledFiles) -> Iterator[Desk]:
    """A desk on a small invented team in an encrypted file, its first outlook made."""
    yield from _desk_on(filled_files.workspace(a_small_team, tmp_path / "small.planner"), qtbot)


@pytest.fixture
def big_desk(themed, qtbot: QtBot, tmp_path: Path, filled_files: FilledFiles) -> Iterator[Desk]:
    """A desk on 65 workers and 1,200 children in an encrypted file, its first outlook made."""
    yield from _desk_on(filled_files.workspace(a_big_team, tmp_path / "big.planner"), qtbot)


def _desk_on(workspace: Workspace, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(workspace, reference())
    # Not `waitSignal`: libpyside now and then fails to disconnect a slot of a signal that carries an object, and warns.
    qtbot.waitUntil(lambda: desk.outlook is not None, timeout=20_000)
    yield desk
    desk.close()
    workspace.close()


@pytest.fixture
def window_on(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """`window_on(desk)` opens the window on a desk: with some pages or all, at a size, on the page of a name or the first."""
    opened: list[Window] = []

    def _window_on(desk: Desk, pages=SCREENS, size: tuple[int, int] = SIZE, first: str = "") -> Window:
        window = Window(Settings(tmp_path / "settings.ini", {}))
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        bench = window.open_desk(desk, pages, Drawer(desk))
        opened.append(window)
        if first:
            bench.first_page = [page.name for page in pages].index(first)
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: bool(bench.header.finding.text()), timeout=20_000)
        return window

    yield _window_on
    for window in opened:
        window.close_desk()


@dataclass
class Stretch:
    """The longest time the window's thread was busy without a pause, in milliseconds of a machine as quick as the yardstick's."""

    cpu_ms: float = 0.0
    wall_ms: float = 0.0


@pytest.fixture
def watchdog(qapp) -> Callable[[], object]:
    """`with watchdog() as longest:` measures the window's thread; `longest.cpu_ms` must stay under 100."""

    @contextmanager
    def _watching() -> Iterator[Stretch]:
        longest = Stretch()
        began = [time.thread_time(), time.perf_counter()]

        def _on_pause() -> None:
            cpu, wall = time.thread_time(), time.perf_counter()
            busy = 1000 * (cpu - began[0])
            if busy > longest.cpu_ms:
                longest.cpu_ms, longest.wall_ms = busy, 1000 * (wall - began[1])
            began[:] = [cpu, wall]

        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(_on_pause)
        dispatcher.awake.connect(_on_pause)
        try:
            yield longest
        finally:
            _on_pause()
            dispatcher.aboutToBlock.disconnect(_on_pause)
            dispatcher.awake.disconnect(_on_pause)
            longest.cpu_ms /= slowness()

    return _watching
