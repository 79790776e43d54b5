"""A manager's Monday on a sample, through the real window: a picture of every screen, every sheet as PDF."""

import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from planner.actions.samples import sample_workspace
from planner.actions.workspace import Workspace
from planner.app import Planner, make_application
from planner.core.outlook import Outlook
from planner.paths import resource
from planner.reports import REPORTS
from planner.reports.as_pdf import pdf
from planner.settings import Settings
from planner.ui.calendar.page import CalendarPage
from planner.ui.child_tasks import child_tasks
from planner.ui.desk import Desk
from planner.ui.dialogs.allocate import AllocateDialog
from planner.ui.dialogs.log_visit import LogVisitDialog
from planner.ui.screens import SCREENS
from planner.ui.screens.import_page import ImportScreen
from planner.ui.theme import apply_theme
from planner.ui.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Look:
    """How the window stands for a round of pictures: its theme, the size of its text in hundredths, its own size."""

    name: str
    theme: str
    text_percent: int = 100
    size: tuple[int, int] = (1440, 900)


LIGHT = Look("light", "light")
OTHER_LOOKS = (
    Look("dark", "dark"),
    Look("light-1280x720", "light", size=(1280, 720)),
    Look("dark-1280x720", "dark", size=(1280, 720)),
    Look("light-text-150", "light", text_percent=150),
    Look("dark-text-150", "dark", text_percent=150),
)
HELP_SIZE, HELP_WIDTH = (1120, 700), 680
SETTLING_MS = 400
TURNS = 20
LONGEST_MS = 60_000
WORKBOOK = "samples/annex-a.xlsx"


def tour(
    out: Path,
    say: Callable[[str], None] = lambda _: None,
    other_looks: Sequence[Look] = OTHER_LOOKS,
    settling_ms: int = SETTLING_MS,
) -> list[Path]:
    """Take the tour and return what was written, in order; `say` is told each step in words.

    Before each picture the window is given `settling_ms` milliseconds to come to rest.

    Raises Environment or Refused as making a workspace does.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out.mkdir(parents=True, exist_ok=True)
    application = make_application()
    logging.getLogger("planner").addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory(prefix="planner-tour-") as folder:
        say("Making the Southampton sample: invented children")
        workspace = sample_workspace(Path(folder) / "southampton.planner", "southampton", device_name="tour", clock=_now)
        tourist = Tourist(application, workspace, Path(folder), out, say, settling_ms)
        try:
            return tourist.monday(other_looks)
        finally:
            tourist.go_home()


def _now() -> datetime:
    return datetime.now(UTC)


class Tourist:
    """Does the manager's Monday in the window, and draws what is to be seen."""

    def __init__(
        self,
        application: QApplication,
        workspace: Workspace,
        folder: Path,
        out: Path,
        say: Callable[[str], None],
        settling_ms: int,
    ) -> None:
        self.out = out
        self.say = say
        self._settling_ms = settling_ms
        self.written: list[Path] = []
        self.planner = Planner(application, Settings(folder / "settings.ini", {"theme": "light"}))
        self.window = self.planner.window
        self.window.resize(*LIGHT.size)
        self.planner.start()
        self.settle()
        self.draw("sign-in", self.window)
        self.planner.open_workspace(workspace)
        self.until(lambda: self.window.desk is not None and self.desk.outlook is not None)

    @property
    def desk(self) -> Desk:
        """The desk of the sample."""
        assert self.window.desk is not None
        return self.window.desk

    @property
    def bench(self) -> Workbench:
        """What the window shows."""
        assert self.window.workbench is not None
        return self.window.workbench

    @property
    def outlook(self) -> Outlook:
        """The plan as it is looked at now."""
        assert self.desk.outlook is not None
        return self.desk.outlook

    def go_home(self) -> None:
        """Close the workspace and the window."""
        self.planner.finish()
        self.window.close()

    # The day

    def monday(self, other_looks: Sequence[Look]) -> list[Path]:
        """Every screen, then the day's work, every screen in the other looks, then every sheet."""
        self.every_screen(LIGHT)
        self.help_pictures()
        self.the_work()
        self.the_import()
        for look in other_looks:
            self.every_screen(look)
        self.every_sheet()
        return self.written

    def every_screen(self, look: Look) -> None:
        """Each page of the navigation column, and the drawer on the child who is latest and on the fullest worker."""
        apply_theme(self.planner.application, look.theme, look.text_percent / 100)
        self.window.resize(*look.size)
        for number, screen in enumerate(SCREENS):
            self.say(f"{screen.title}, {look.name}")
            self.bench.open_page(number)
            self.until(self._is_page_filled)
            self.settle()
            self.draw(f"{screen.name}-{look.name}", self.window)
        self.bench.open_page(self._place("cases"))
        self.desk.open_child(self.outlook.overdue_visits[0].case.child.id)
        self.settle()
        self.draw(f"child-{look.name}", self.window)
        self.desk.open_worker(self.outlook.loads[0].worker.id)
        self.settle()
        self.draw(f"worker-{look.name}", self.window)
        self.bench.drawer.closed.emit()
        self.desk.open_calendar()
        calendar = self.bench.inner_page
        assert isinstance(calendar, CalendarPage)
        self.until(lambda: calendar.calendar is not None)
        self.settle()
        self.draw(f"calendar-{look.name}", self.window)

    def help_pictures(self) -> None:
        """A small picture of each page for the help; those in `resources/help/pictures` are these."""
        folder = self.out / "help"
        folder.mkdir(exist_ok=True)
        self.window.resize(*HELP_SIZE)
        for number, screen in enumerate(SCREENS):
            self.bench.open_page(number)
            self.until(self._is_page_filled)
            self.settle()
            small = self.window.grab().toImage().scaledToWidth(HELP_WIDTH, Qt.TransformationMode.SmoothTransformation)
            path = folder / f"{screen.name}.png"
            small.convertToFormat(QImage.Format.Format_RGB32).save(str(path))
            self.written.append(path)

    def the_work(self) -> None:
        """Allocate the first child who waits; log a visit to the child who is latest; take it back."""
        self.say("Allocate the child who waits first")
        giving = self.opened("allocate", self.outlook.waiting[0].case.child.id)
        assert isinstance(giving, AllocateDialog)
        candidates = giving.model
        self.until(lambda: bool(candidates.rows))
        giving.choose(next(row for row in candidates.rows if row.can_take).worker.id)
        giving.reason.edit.setText("Has room, and no leave in the next three weeks")
        self.settle()
        self.draw("allocate-dialog", giving)
        before = len(self.outlook.waiting)
        giving.act_button.click()
        self.until(lambda: len(self.outlook.waiting) == before - 1)
        self.say("Log a visit to the child who is latest")
        late = self.outlook.overdue_visits[0].case.child.id
        logging_it = self.opened("log", late)
        assert isinstance(logging_it, LogVisitDialog)
        for outcome in logging_it.outcomes:
            outcome.outcome.choose("alone")
        self.settle()
        self.draw("log-visit-dialog", logging_it)
        logging_it.act_button.click()
        self.until(lambda: all(row.case.child.id != late for row in self.outlook.overdue_visits))
        self.bench.open_page(0)
        self.settle()
        self.draw("today-after-logging", self.window)
        self.say("Take it back")
        self.desk.undo()
        self.until(lambda: any(row.case.child.id == late for row in self.outlook.overdue_visits))

    def the_import(self) -> None:
        """Look at what the case system's next workbook would bring."""
        self.say("Look into the case system's next workbook")
        self.bench.open_page(self._place("import"))
        page = self.bench.screen_in_view
        assert isinstance(page, ImportScreen)
        page.open_path(resource(WORKBOOK))
        self.until(lambda: page.preview is not None)
        self.settle()
        self.draw("import-preview", self.window)

    def every_sheet(self) -> None:
        """Each report as PDF: of the team, or of its fullest worker where it is a worker's."""
        for report in REPORTS:
            worker = self.outlook.loads[0].worker.id if report.needs_worker else ""
            child = self.outlook.overdue_visits[0].case.child.id if report.needs_child else ""
            options = report.options(worker_id=worker, child_id=child, printed_by=self._person(), printed_at=_now().astimezone())
            path = self.out / f"{report.name}.pdf"
            path.write_bytes(pdf(report.build(self.outlook, options, self.desk.today)))
            self.say(f"{report.title}: {path}")
            self.written.append(path)

    # How it goes about

    def opened(self, task: str, child_id: str) -> QDialog:
        """The dialog of a task for a child, opened as the drawer opens it."""
        next(one for one in child_tasks(self.desk, child_id, self.window) if one.key == task).run()
        dialogs = [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]
        return dialogs[-1]

    def _is_page_filled(self) -> bool:
        page = self.bench.screen_in_view
        return page is not None and page.is_filled

    def _place(self, name: str) -> int:
        return next(number for number, screen in enumerate(SCREENS) if screen.name == name)

    def _person(self) -> str:
        person = self.desk.workspace.person
        return person.name if person else ""

    def draw(self, name: str, widget: QWidget) -> None:
        """Write a picture of a widget."""
        path = self.out / f"{name}.png"
        widget.grab().save(str(path))
        self.written.append(path)

    def settle(self) -> None:
        """Give the window time to work, and on a slow computer as many turns as its layouts may take."""
        for pause in (self._settling_ms, *[0] * TURNS):
            _wait(pause)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        for _ in range(LONGEST_MS // 50):
            if is_so():
                return
            _wait(50)
        raise AssertionError("The tour waited a minute for the window.")


def _wait(milliseconds: int) -> None:
    """Let the window work so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
