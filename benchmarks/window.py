"""How quick the window is: start, opening, pages, typing, the board, and the longest wait in a Monday on 1,200 children.

    PYTHONPATH=. python benchmarks/window.py [--starts 3]

The peer is a bare Qt window with one label, started and painted the same way in the same run. 65 workers and 1,200
children with about seven visits each are invented, in a real encrypted file whose key costs next to nothing, so that what
is timed begins after the unlocking. Nothing is drawn on a screen: Qt's offscreen platform paints into memory.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QEventLoop,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.core.records import Record
    from planner.core.snapshot import Snapshot
    from planner.ui.workbench import Workbench

SIZE = (1440, 900)
LONGEST_S = 60
TYPED = "c10432"
SWITCHES = 5


Taken = tuple[float, float]
"""Milliseconds on the clock, and of processor time of the thread; on a busy computer only the second says much."""


def row(what: str, taken: float | Taken, target: str = "") -> None:
    """Print one figure."""
    clock, processor = taken if isinstance(taken, tuple) else (taken, None)
    also = f"{processor:>8.1f} ms CPU" if processor is not None else " " * 15
    print(f"{what:<58}{clock:>9.1f} ms{also}   {target}")


def median(times: list[Taken]) -> Taken:
    """The median of each of the two."""
    return statistics.median(clock for clock, _ in times), statistics.median(processor for _, processor in times)


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def say_what_qt_says(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Print a message of Qt's, which is a fault to mend, but for what the offscreen platform says of itself."""
    if not message.startswith("This plugin does not support"):
        print(f"Qt says: {message}")


def with_a_busy_week(snapshot: "Snapshot") -> "Snapshot":
    """The same service with six visits planned for every worker in the week of its day, some with a time, some confirmed."""
    from planner.core.records import Allocation, Sighting, Visit
    from tests.helpers.people import TODAY

    held: dict[str, list[str]] = {}
    for allocation in snapshot.all(Allocation).values():
        held.setdefault(allocation.worker_id, []).append(allocation.child_id)
    planned: list[Record] = []
    for worker_id, children in held.items():
        for number, child_id in enumerate(children[:6]):
            visit_id, at = uuid4().hex, time_of_day(10 + number, 30) if number % 2 else None
            on, agreed = TODAY + timedelta(days=number % 5), TODAY if number in (1, 2) else None
            planned.append(Visit(id=visit_id, on=on, status="planned", worker_id=worker_id, at=at, confirmed_on=agreed))
            planned.append(Sighting(id=uuid4().hex, visit_id=visit_id, child_id=child_id))
    return snapshot.patched(planned)


# Start to painted window, each in a process of its own


def say_how_long(began: float) -> None:
    """Print the milliseconds since a moment, and end at once."""
    sys.stdout.write(f"{1000 * (time.time() - began):.1f}\n")
    sys.stdout.flush()
    os._exit(0)


def paint_bare(began: float) -> None:
    """A window of Qt's own with one label."""
    from planner.ui.first_frame import FirstFrame

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Planner"))
    window.resize(*SIZE)
    watcher = FirstFrame(window, lambda: say_how_long(began))
    window.show()
    application.exec()
    del watcher


def paint_planner(began: float) -> None:
    """The planner, as it starts on a computer that has no workspace yet."""
    from planner.app import Planner, make_application
    from planner.settings import Settings
    from planner.ui.first_frame import FirstFrame

    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        planner = Planner(application, Settings(Path(folder) / "settings.ini", {"theme": "light"}))
        planner.start()
        watcher = FirstFrame(planner.window, lambda: say_how_long(began))
        application.exec()
        del watcher


def started(which: str) -> float:
    """Milliseconds from starting Python to the painted window."""
    words = [sys.executable, __file__, "--paint", which, "--began", repr(time.time())]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def measure_starts(count: int) -> None:
    """Both kinds of window in turn, the median of some starts."""
    bare, ours = [], []
    for _ in range(count):
        bare.append(started("bare"))
        ours.append(started("planner"))
    row("Bare Qt window, from start of Python to painted", statistics.median(bare), "(peer)")
    row("The planner, from start of Python to painted", statistics.median(ours), "at most 500")
    row("  of which our own", statistics.median(ours) - statistics.median(bare))


# In the window


class Watchdog:
    """The longest time the window's thread was busy without a pause, in its own processor time, and during what."""

    def __init__(self) -> None:
        self.step = ""
        self.longest: dict[str, float] = {}
        self._began = time.thread_time()
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.aboutToBlock.connect(self._on_pause)
        dispatcher.awake.connect(self._on_pause)

    def _on_pause(self) -> None:
        ended = time.thread_time()
        busy = 1000 * (ended - self._began)
        self.longest[self.step] = max(self.longest.get(self.step, 0.0), busy)
        self._began = ended

    @contextmanager
    def at(self, step: str) -> Iterator[None]:
        """Name what is going on."""
        self._on_pause()
        self.step = step
        yield
        self._on_pause()
        self.step = ""

    @contextmanager
    def during(self, step: str) -> Iterator[None]:
        """Name what is going on, once what went on before is over."""
        settle(100)
        with self.at(step):
            yield


def settle(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    end = time.monotonic() + LONGEST_S
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("The window did not come to rest within a minute.")
        settle(5)


def timed(call: Callable[[], object]) -> Taken:
    """How long a call took."""
    clock, processor = time.perf_counter(), time.thread_time()
    call()
    return 1000 * (time.perf_counter() - clock), 1000 * (time.thread_time() - processor)


class Monday:
    """The window on 1,200 children, measured at what a manager does."""

    def __init__(self, folder: Path) -> None:
        from planner.actions.workspace import Workspace
        from planner.app import Planner, make_application
        from planner.core.collecting import collect_only_at_rest
        from planner.settings import Settings
        from planner.ui.loading import load_early
        from tests.helpers.people import PASSPHRASE, a_big_team, a_workspace_of

        path = folder / "benchmark.planner"
        a_workspace_of(with_a_busy_week(a_big_team()), path).close()
        collect_only_at_rest()
        self.planner = Planner(make_application(), Settings(folder / "settings.ini", {"theme": "light"}))
        qInstallMessageHandler(say_what_qt_says)
        self.window = self.planner.window
        self.window.resize(*SIZE)
        self.planner.start()
        load_early()
        settle(500)
        self.watchdog = Watchdog()
        began = time.perf_counter()
        workspace = Workspace.open(path, PASSPHRASE, device_name="here", clock=now)
        workspace.sign_in(workspace.people()[-1].id)
        read = 1000 * (time.perf_counter() - began)
        # Not through `during`, which waits: the clock is running.
        with self.watchdog.at("opening the workspace"):
            self.planner.open_workspace(workspace)
            until(lambda: self.window.workbench is not None and bool(self.bench.header.finding.text()))
            self.bench.stack.repaint()
            whole = 1000 * (time.perf_counter() - began)
        row("Reading the file into memory, after the unlocking", read)
        row("Open after the unlocking, to the first page painted", whole, "at most 1,000")

    @property
    def bench(self) -> "Workbench":
        """What the window shows."""
        assert self.window.workbench is not None
        return self.window.workbench

    @property
    def outlook(self) -> "Outlook":
        """The plan as it is looked at."""
        outlook: Outlook | None = self.bench.desk.outlook
        assert outlook is not None
        return outlook

    def place(self, name: str) -> int:
        """Where a page stands."""
        from planner.ui.screens import SCREENS

        return next(number for number, screen in enumerate(SCREENS) if screen.name == name)

    def open_page(self, number: int) -> None:
        """Go to a page and paint it."""
        self.bench.open_page(number)
        self.bench.stack.repaint()

    def measure_pages(self) -> None:
        """Each page the first time, when it is made, and then again."""
        from planner.ui.screens import SCREENS

        for number, screen in enumerate(SCREENS):
            with self.watchdog.during(f"{screen.title}, the first time"):
                self.bench.open_page(number)
                settle(1500)
        took = {}
        for _ in range(SWITCHES):
            for number, screen in enumerate(SCREENS):
                took.setdefault(screen.title, []).append(timed(lambda number=number: self.open_page(number)))
                settle(50)
        for title, times in took.items():
            row(f"Switch to {title}, painted (median of {SWITCHES})", median(times), "at most 50")

    def measure_typing(self) -> None:
        """Each letter typed over all the cases, to the list painted."""
        self.open_page(self.place("cases"))
        settle(500)
        page = self.bench.screen_in_view
        field, view = page.filter_field(), page.table

        def _type(text: str) -> None:
            field.setText(text)
            view.viewport().repaint()

        times = [timed(lambda text=TYPED[:length]: _type(text)) for length in (*range(1, len(TYPED) + 1), 0)]
        row(f"A letter over {len(self.outlook.cases):,} cases, painted (median)", median(times), "at most 16")
        row("A letter over the cases, painted (longest)", max(times, key=lambda taken: taken[1]))

    def measure_board(self) -> None:
        """The board of the week, painted whole."""
        self.open_page(self.place("visits"))
        page = self.bench.screen_in_view
        until(lambda: page.board is not None)
        settle(300)
        times = [timed(page.view.viewport().repaint) for _ in range(9)]
        visits = sum(len(cell.trips) for row_ in page.board.rows for cell in row_.cells)
        what = f"The board, {len(page.board.rows)} rows, {visits} visits"
        row(f"{what}, in the window (median)", median(times), "at most 16")
        page.view.resize(page.view.width(), page.view.verticalHeader().length() + 100)
        times = [timed(page.view.viewport().grab) for _ in range(9)]
        row(f"{what}, whole, into a picture (median)", median(times), "at most 16")

    def measure_work(self) -> None:
        """The drawer, a visit logged and taken back, a child allocated and taken back."""
        child = self.outlook.overdue_visits[0].case.child.id
        with self.watchdog.during("opening the drawer on a child"):
            self.window.desk.open_child(child)
            settle(500)
        with self.watchdog.during("opening the drawer on a worker"):
            self.window.desk.open_worker(self.outlook.loads[0].worker.id)
            settle(500)
        self.bench.drawer.closed.emit()
        self.log_a_visit(child)
        self.look_back()

    def log_a_visit(self, child: str) -> None:
        """Log a visit in the dialog, and undo it."""
        from planner.ui.child_tasks import child_tasks

        with self.watchdog.during("opening the dialog to log a visit"):
            next(task for task in child_tasks(self.window.desk, child, self.window) if task.key == "log").run()
            settle(300)
        dialog = next(found for found in self.window.findChildren(QDialog) if found.isVisible())
        for outcome in dialog.outcomes:
            outcome.outcome.choose("alone")
        with self.watchdog.during("logging a visit"):
            dialog.act_button.click()
            until(lambda: all(late.case.child.id != child for late in self.outlook.overdue_visits))
            settle(500)
        with self.watchdog.during("undoing it"):
            self.window.desk.undo()
            until(lambda: any(late.case.child.id == child for late in self.outlook.overdue_visits))
            settle(500)

    def look_back(self) -> None:
        """Look at another day and back."""
        from datetime import timedelta

        desk = self.window.desk
        with self.watchdog.during("looking at another day"):
            desk.look_at(on=desk.today - timedelta(days=30))
            until(lambda: self.outlook.on != desk.today)
            settle(500)
        with self.watchdog.during("coming back to today"):
            desk.look_at(on=desk.today)
            until(lambda: self.outlook.on == desk.today)
            settle(500)

    def end(self) -> None:
        """Say which steps kept the window's thread longest, and close everything."""
        self.watchdog.longest.pop("", None)
        print("Longest stretch of the window's thread, in processor time, by step:")
        for step, busy in sorted(self.watchdog.longest.items(), key=lambda item: -item[1])[:8]:
            row(f"  {step}", busy, "under 100")
        self.planner.finish()
        self.window.close()


def main() -> None:
    """Measure all of it, or paint one window for the process that asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--paint", choices=["bare", "planner"], help=argparse.SUPPRESS)
    parser.add_argument("--began", type=float, default=0.0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.paint:
        {"bare": paint_bare, "planner": paint_planner}[asked.paint](asked.began)
        return
    measure_starts(asked.starts)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = folder
        monday = Monday(Path(folder))
        monday.measure_pages()
        monday.measure_typing()
        monday.measure_work()
        monday.measure_board()
        monday.end()


if __name__ == "__main__":
    main()
