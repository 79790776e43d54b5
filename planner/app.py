"""The composition root: settings, log, the window, the workspace opened in it, and the one excepthook."""

import logging
import os
import platform
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from planner.core.collecting import collect_all, collect_only_at_rest
from planner.logs import fault_report, start_log
from planner.settings import Settings, read_settings
from planner.ui.begun import begun_of
from planner.ui.fault_dialog import FaultDialog
from planner.ui.first_frame import FirstFrame
from planner.ui.idle import IdleWatch
from planner.ui.loading import EarlyLoading
from planner.ui.remains import Standing, empty_remains, standing
from planner.ui.session_watch import SessionWatch
from planner.ui.soon import soon
from planner.ui.theme import apply_theme, forget_kept
from planner.ui.window import Window

if TYPE_CHECKING:
    from planner.ui.drawer import Drawer

log = logging.getLogger(__name__)

DRAWER_AFTER_MS = 400
"""The drawer's panels are made once the first page stands there."""
AT_REST_MS = 500
"""Memory is tidied once the page that asks for the passphrase stands there."""
SESSION_WATCHED_AFTER_MS = 1_000
"""The buses of the system are asked once the window stands there."""
NO_RECOVERY_CODE = "This workspace has no recovery code: if the passphrase is forgotten, nobody can open it."


def run(path: Path | None = None) -> int:
    """Open the window, on a workspace where a path is given; returns the exit status when it is closed."""
    collect_only_at_rest()
    application = make_application()
    settings = read_settings()
    start_log()
    planner = Planner(application, settings)
    planner.start(path)
    soon(planner, lambda: planner.take_session(SessionWatch(planner)), SESSION_WATCHED_AFTER_MS)
    log.info("started on %s", sys.platform)
    status = application.exec()
    planner.finish()
    log.info("ended")
    return status


def make_application() -> QApplication:
    """The application, before anything is shown; the one there is where Qt runs already."""
    there = QApplication.instance()
    application = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("planner")
    application.setApplicationDisplayName("Planner")
    application.setQuitOnLastWindowClosed(True)
    return application


def clock_now() -> datetime:
    """The moment it is, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Locked:
    """What stood open when the planner locked, and what its person had begun; in memory only, for that person and file."""

    path: Path
    person_id: str
    page: int
    begun: dict[str, Any] = field(repr=False)


class Planner(QObject):
    """The running program: one window, and the workspace that is open in it, if one is."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__()
        self.application = application
        self.settings = settings
        self.desk: Any = None
        self.sign_in: Any = None
        apply_theme(application, settings.value("theme"), int(settings.value("text_percent")) / 100)
        self.window = Window(settings)
        self.window.leave_asked.connect(self._on_leave_asked)
        self.window.lock_asked.connect(self._on_lock_asked)
        self.window.take_watch(IdleWatch(clock_now, int(settings.value("lock_minutes"))))
        self._locked: Locked | None = None
        self._stood: Standing = ()
        application.styleHints().colorSchemeChanged.connect(self._on_system_colours_changed)
        self._faults = Faults(self.window)

    def start(self, path: Path | None = None) -> None:
        """Show the window, and once it has been painted the sign-in page, which takes longer to load."""
        self._first_frame = FirstFrame(self.window, lambda: self._show_sign_in(path))
        self.window.show()

    def take_session(self, session: SessionWatch) -> None:
        """Lock whenever the computer's session is locked, or it goes to sleep; the log says whether the system tells."""
        session.left.connect(self.window.on_session_left)
        log.info("the system says when its session is locked: %s", session.start())

    def finish(self) -> None:
        """Close the workspace and let all threads end."""
        self.close_workspace()
        if self.sign_in is not None:
            self.sign_in.close_threads()
        self._faults.stop()

    def open_workspace(self, workspace: Any) -> None:
        """Put an opened workspace, signed in to, into the window."""
        from planner.actions.shipped import reference
        from planner.ui.desk import Desk

        self.close_workspace()
        self.desk = Desk(workspace, reference(), self.settings.value("teams_shown").split())
        self.window.on_printing = self._print
        soon(self.desk, self._on_desk_ready)
        log.info("opened a workspace of %d records", sum(1 for _ in workspace.snapshot.records()))

    def _on_desk_ready(self) -> None:
        """Make the drawer, then, in a moment of its own, the workbench."""
        from planner.ui.drawer import Drawer

        drawer = Drawer(self.desk)
        soon(self.desk, lambda: self._put_to_work(drawer))

    def _put_to_work(self, drawer: "Drawer") -> None:
        from planner.ui.screens import SCREENS

        locked, self._locked = self._locked, None
        page = 0
        workspace = self.desk.workspace
        if locked is not None and locked.path == workspace.path:
            page = locked.page
            if workspace.person is not None and workspace.person.id == locked.person_id:
                begun_of(self.desk).kept = locked.begun
        bench = self.window.open_desk(self.desk, SCREENS, drawer, max(0, page))
        if self.desk.outlook is None:
            once = Qt.ConnectionType.SingleShotConnection
            self.desk.outlook_changed.connect(lambda _outlook: self._make_ready_soon(drawer), once)
        else:
            self._make_ready_soon(drawer)
        if not (workspace.read_only or workspace.is_sample or workspace.has_recovery_code):
            bench.message.say(
                NO_RECOVERY_CODE, "warning", "Make a recovery code", self.window.actions_by_name["recovery"].trigger
            )

    @staticmethod
    def _make_ready_soon(drawer: "Drawer") -> None:
        soon(drawer, drawer.make_ready, DRAWER_AFTER_MS)

    def close_workspace(self) -> None:
        """Finish what was asked for, take the workbench away and let the file go; waits for its last backup."""
        workspace = self._take_down()
        if workspace is not None:
            workspace.close()

    def _take_down(self) -> Any:
        """End the desk and its workbench; returns the workspace, still open, or None."""
        if self.desk is None:
            return None
        desk, self.desk = self.desk, None
        self._stood = standing()
        self.window.close_desk()
        desk.close()
        desk.deleteLater()
        return desk.workspace

    def _print(self, desk: Any, report: Any, options: Any) -> None:
        from planner.ui.dialogs.print_preview import print_report

        print_report(desk, report, options, clock=clock_now, parent=self.window)

    def _show_sign_in(self, path: Path | None) -> None:
        from planner.ui.opening import Opening
        from planner.ui.sign_in import SignInPage

        opening = Opening(clock_now, platform.node() or "this computer")
        self.sign_in = SignInPage(opening, self.settings)
        self.sign_in.signed_in.connect(self.open_workspace)
        self.sign_in.let_gone.connect(self._on_let_gone)
        self.window.show_page(self.sign_in)
        self.sign_in.start_again()
        if path is not None:
            self.sign_in.ask_passphrase(path)
            if given := os.environ.get("PLANNER_PASSPHRASE"):
                self.sign_in.open_workspace(path, given)
        EarlyLoading(self).start()

    def _on_leave_asked(self) -> None:
        workspace = self._take_down()
        if workspace is not None:
            self.sign_in.let_go(workspace)
        self.window.show_page(self.sign_in)
        self.sign_in.start_again()

    def _on_lock_asked(self) -> None:
        """Tear down all that shows children, close the file, and ask for the passphrase again."""
        bench = self.window.workbench
        page = bench.current if bench is not None else 0
        begun = begun_of(self.desk).told() if self.desk is not None else {}
        workspace = self._take_down()
        if workspace is None:
            return
        self.sign_in.let_go(workspace)
        person_id = workspace.person.id if workspace.person else ""
        self._locked = Locked(workspace.path, person_id, page, begun)
        self.window.show_page(self.sign_in)
        self.sign_in.ask_again(workspace.path, person_id)
        log.info("locked")

    def _on_let_gone(self) -> None:
        soon(self, self._forget, AT_REST_MS)

    def _forget(self) -> None:
        """Leave nothing of a workspace in memory once it is closed; the search for the rest has a moment of its own."""
        if self.desk is None:
            forget_kept()
            empty_remains(self._stood)
            soon(self, self._search)

    def _search(self) -> None:
        if self.desk is None:
            collect_all()

    def _on_system_colours_changed(self, _scheme: object) -> None:
        if self.settings.value("theme") == "system":
            apply_theme(self.application, "system", int(self.settings.value("text_percent")) / 100)


class Faults:
    """Catches our own bugs: one dialog at a time, nothing sent, nothing saved; and Qt's messages, which go to the log."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._dialog: FaultDialog | None = None
        self._before = sys.excepthook
        sys.excepthook = self._on_exception
        self._qt_before = qInstallMessageHandler(self._on_qt_message)

    def stop(self) -> None:
        """Put back what was there before."""
        sys.excepthook = self._before
        qInstallMessageHandler(self._qt_before)

    def _on_exception(self, kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        log.error("a fault of the planner's own", exc_info=(kind, trouble, trace))
        if self._dialog is None or not self._dialog.isVisible():
            self._dialog = FaultDialog(fault_report(kind, trace), self._window)
            self._dialog.open()

    def _on_qt_message(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            log.error("Qt reported a fault")
        elif kind == QtMsgType.QtWarningMsg:
            log.warning("Qt warned")
