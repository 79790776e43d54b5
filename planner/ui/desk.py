"""What every screen works with: the workspace, the outlook on it, and the ways to act on one and move about the other."""

import gc
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from planner.core.collecting import collection_put_off
from planner.core.errors import PlannerError, Refused
from planner.core.records import Child, Team
from planner.core.workspace_settings import NAMES_ALLOWED, NAMES_FIRST
from planner.settings import Settings
from planner.ui.background import Background, Home
from planner.ui.wording import child_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.core.reference import Reference
    from planner.ui.table import Column

NAMES_SHOWN_MS = 5 * 60 * 1000
BACKED_UP_EVERY_MS = 30 * 60 * 1000
CHECKED_AFTER_MS = 15_000
"""When the checks of the file begin that are due: once the window is up and at rest; and then with each backup."""
STOPPED = "Stopped. Nothing was changed."
THE_PAST = "You are looking at the past, which cannot be changed. Go back to today first."
SO_ALREADY = "It was so already. Nothing was changed."
ALL_TEAMS = "all"
"""What is kept in place of ids where all teams are looked at."""

FIGURES = (
    "teams",
    "workers",
    "cases",
    "obligations",
    "overdue_visits",
    "waiting",
    "held_in_name_only",
    "not_seen_in_assessment",
    "assessments_near_limit",
    "section_47_and_conferences",
    "reviews_due",
    "unknown",
    "loads",
    "over_capacity",
    "nearly_full",
    "no_capacity",
    "manager_queue",
    "overdue_without_story",
    "stories_to_carry",
    "suspended_clocks",
    "gaps",
    "to_move",
    "transfers_to_decide",
    "ready_to_close",
    "closures_to_authorise",
    "source_as_at",
    "source_name",
    "logged_since",
    "came_in",
    "under_contract",
)
"""What an outlook works out before it comes to the window's thread, so that no screen waits for it."""


def worked_out(outlook: "Outlook") -> "Outlook":
    """The outlook with its figures made."""
    for figure in FIGURES:
        getattr(outlook, figure)
    return outlook


class Desk(QObject):
    """The workspace as a person sits before it. `workspace` is an `actions.workspace.Workspace`, signed in.

    Everything slow happens on another thread; signals and `then` arrive on the window's.
    """

    outlook_changed = Signal(object)
    privacy_changed = Signal(bool)
    failed = Signal(str)
    told = Signal(str)
    done = Signal(str)
    undone = Signal(str)
    busy_changed = Signal(bool, str)
    written = Signal(float)
    """The part of the step under way that is written, 0 to 1."""
    child_asked = Signal(str)
    worker_asked = Signal(str)
    rows_asked = Signal(str, object, object)
    print_asked = Signal(object, object)
    log_visit_asked = Signal()
    allocate_asked = Signal(str)
    calendar_asked = Signal()
    page_asked = Signal(str)
    backed_up = Signal()

    def __init__(
        self, workspace: Any, reference: "Reference", team_ids: Iterable[str] = (), parent: QObject | None = None
    ) -> None:
        """`team_ids` are the teams looked at last on this computer, or `ALL_TEAMS`; with none that are here, the person's own."""
        super().__init__(parent)
        self.workspace = workspace
        self.reference = reference
        self.settings: Settings | None = None
        self.initials_only = not self.are_names_first
        self._names_choice = (self.are_names_allowed, self.are_names_first)
        self.on: date = workspace.today
        asked, own = frozenset(team_ids), workspace.person.team_ids if workspace.person else ()
        there = asked.intersection(workspace.snapshot.all(Team)) or frozenset(own)
        self.team_ids: frozenset[str] = frozenset() if ALL_TEAMS in asked else there
        self.outlook: Outlook | None = None
        self.changed_kinds: frozenset[type] | None = None
        self._home = Home(self)
        self._background = Background()
        self._outlooks = Background(threads=1)
        self._latest: Outlook | None = None
        self._busy: list[str] = []
        self._steps = 0
        self._stop = Event()
        self._is_closed = False
        self._privacy_timer = QTimer(self)
        self._privacy_timer.setSingleShot(True)
        self._privacy_timer.timeout.connect(self._on_names_time_over)
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(BACKED_UP_EVERY_MS)
        self._backup_timer.timeout.connect(self._on_backup_due)
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.timeout.connect(self._on_check_due)
        if not workspace.read_only:
            self._backup_timer.start()
            self._check_timer.start(CHECKED_AFTER_MS)
        workspace.watch = self._watch_step
        self._stop_listening = workspace.subscribe(self._on_workspace_changed)
        self.look_at()

    @property
    def today(self) -> date:
        """The day the workspace takes for today."""
        return self.workspace.today

    @property
    def is_past(self) -> bool:
        """Whether the day looked at is before today; then nothing may be changed."""
        return self.on < self.today

    @property
    def are_names_allowed(self) -> bool:
        """Whether the council lets names be shown at all."""
        return self.workspace.snapshot.setting(NAMES_ALLOWED) == "yes"

    @property
    def are_names_first(self) -> bool:
        """Whether names stand on the screen until initials are asked for."""
        return self.are_names_allowed and self.workspace.snapshot.setting(NAMES_FIRST) == "yes"

    @property
    def names_step(self) -> str:
        """What can be shown in place of what is shown, in words."""
        if not self.initials_only:
            return "Show initials only"
        return "Show names" if self.are_names_first else "Show names for 5 minutes"

    def close(self) -> None:
        """Stop all threads; nothing comes home, and nothing is begun, after this."""
        self._is_closed = True
        self._privacy_timer.stop()
        self._stop_listening()
        self.workspace.watch = None
        self._backup_timer.stop()
        self._check_timer.stop()
        self._outlooks.close()
        self._background.close()

    # Acting

    def perform(
        self,
        title: str,
        action: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], Any] | None = None,
        failed: Callable[[BaseException], Any] | None = None,
        said: str = "",
        **kwargs: Any,
    ) -> None:
        """Do an action as one undoable step named `title`; `then` is given what the action returned.

        `said` is the sentence of the undo bar without its full stop, for example `Moved C10432 – A.B. to Tuesday`; the
        title where it is not given. A refusal comes as the signal `failed`, with its sentence, or to `failed` where given.
        """
        refusal = self.reason_not_to_edit()
        if refusal:
            self.failed.emit(refusal) if failed is None else failed(Refused(refusal))
            return

        def _on_step_done(outcome: Any) -> None:
            if not outcome.step_id:
                self.told.emit(SO_ALREADY)
            elif outcome.is_undoable:
                self.done.emit(said or outcome.title)
            if then is not None:
                self._home.call(then, outcome.result)

        self._deliver_step(self.workspace.perform(title, action, *args, **kwargs), _on_step_done, failed, title)

    def reason_not_to_edit(self) -> str:
        """Why nothing can be changed just now, as a sentence, or an empty string."""
        if self.workspace.read_only:
            return "This is a backup, opened to be read. Nothing was changed."
        if self.is_past:
            return THE_PAST
        return ""

    def undo(self) -> None:
        """Take back this person's newest step."""
        title = self.workspace.undoable
        if not title:
            self.failed.emit("There is nothing to undo.")
        elif not self._refused():
            self._deliver_step(self.workspace.undo(), lambda _outcome: self.undone.emit(f"Undone: {title}"), None, "Undo")

    def redo(self) -> None:
        """Do again what was last taken back."""
        title = self.workspace.redoable
        if not title:
            self.failed.emit("There is nothing to redo.")
        elif not self._refused():
            self._deliver_step(self.workspace.redo(), lambda _outcome: self.done.emit(f"Done again: {title}"), None, "Redo")

    @property
    def is_writing(self) -> bool:
        """Whether a step is under way, which can be stopped."""
        return self._steps > 0

    def stop_writing(self) -> None:
        """Stop the step under way; nothing of it is written then."""
        if self.is_writing:
            self._stop.set()

    def _watch_step(self, part: float) -> None:
        """Called on the database thread."""
        if self._is_closed:
            return
        if self._stop.is_set():
            raise Refused(STOPPED)
        self.written.emit(part)

    def _deliver_step(
        self,
        future: Any,
        then: Callable[[Any], Any],
        failed: Callable[[BaseException], Any] | None,
        words: str,
    ) -> None:
        """As `_deliver`, for a step, which can be stopped while it is written."""
        self._steps += 1

        def _on_step_over(_done: Any) -> None:
            self._steps -= 1
            if not self._steps:
                self._stop.clear()

        def _on_result(result: Any) -> None:
            _on_step_over(result)
            then(result)

        def _on_trouble(trouble: BaseException) -> None:
            _on_step_over(trouble)
            self._tell(trouble, failed)

        self._deliver(future, _on_result, _on_trouble, words)

    def preview_undo(self, step_id: str, then: Callable[[Any], Any], failed: Callable[[BaseException], Any]) -> None:
        """Give `then` the preview of what reversing a step would do; `failed` what stopped it."""
        self._deliver_step(self.workspace.preview_undo(step_id), then, failed, "Looking at what the step changed")

    def undo_step(self, step_id: str, title: str) -> None:
        """Reverse any step, keeping what someone replaced since."""
        if not self._refused():
            self._deliver_step(
                self.workspace.undo_step(step_id), lambda _outcome: self.done.emit(f"Reversed: {title}"), None, "Undo"
            )

    def run_in_background(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], Any],
        failed: Callable[[BaseException], Any] | None = None,
        words: str = "",
    ) -> None:
        """Call a function of values on a thread; its value goes to `then`. `words` stand in the busy bar meanwhile."""
        if not self._is_closed:
            self._deliver(self._background.submit(function, *args), then, failed, words)

    # Looking

    def look_at(self, on: date | None = None, team_ids: Iterable[str] | None = None) -> None:
        """Look at the plan on another day, or at other teams (none: all); the new outlook comes as a signal."""
        self.on = on or self.on
        self.team_ids = frozenset(team_ids) if team_ids is not None else self.team_ids
        future = self._outlooks.submit(self._outlook_of, self.workspace.snapshot, self.on, self.today, self.team_ids)
        self._deliver(future, self._on_outlook_made, None, "")

    def open_child(self, child_id: str) -> None:
        """Open the drawer on a child."""
        self.child_asked.emit(child_id)

    def open_worker(self, worker_id: str) -> None:
        """Open the drawer on a worker."""
        self.worker_asked.emit(worker_id)

    def allocate_child(self, child_id: str) -> None:
        """Open the Allocate page on a child, who waits or has a worker."""
        self.allocate_asked.emit(child_id)

    def open_page(self, name: str) -> None:
        """Open a page of the navigation column, by the name of its screen."""
        self.page_asked.emit(name)

    def open_calendar(self) -> None:
        """Open the calendar of the workers looked at."""
        self.calendar_asked.emit()

    def open_rows(self, title: str, columns: Sequence["Column"], rows: Iterable[Any]) -> None:
        """Open the page of exactly the rows behind a figure, with a way back."""
        self.rows_asked.emit(title, tuple(columns), tuple(rows))

    def print_report(self, report: Any, options: Any = None) -> None:
        """Show a report as it will print."""
        self.print_asked.emit(report, options)

    def child_words(self, child: Child) -> str:
        """`C10432 – A.B.`, or reference and name while names are shown."""
        return child_words(child, self.initials_only)

    # Privacy

    def show_names(self) -> None:
        """Show names, where the council allows it: for five minutes, or where they stand there anyway for good."""
        if not self.are_names_allowed:
            self.failed.emit("Names are not kept or shown here. “Names or initials” in the menu (This workspace) changes that.")
            return
        if not self.are_names_first:
            self._privacy_timer.start(NAMES_SHOWN_MS)
        self._set_initials_only(False)

    def hide_names(self) -> None:
        """Show initials only."""
        self._privacy_timer.stop()
        self._set_initials_only(True)

    def _set_initials_only(self, initials_only: bool) -> None:
        if initials_only != self.initials_only:
            self.initials_only = initials_only
            self.privacy_changed.emit(initials_only)

    def _on_names_time_over(self) -> None:
        self.hide_names()

    def _on_backup_due(self) -> None:
        self._deliver(self.workspace.backup_if_changed(), self._on_backup_made, None, "")

    def _on_backup_made(self, _path: Any) -> None:
        self.backed_up.emit()
        self._on_check_due()

    def _on_check_due(self) -> None:
        self._deliver(self.workspace.check_health(), self._on_health_checked, None, "")

    def _on_health_checked(self, sentence: str) -> None:
        if sentence:
            self.failed.emit(sentence)

    # How results come home

    def _refused(self) -> bool:
        refusal = self.reason_not_to_edit()
        if refusal:
            self.failed.emit(refusal)
        return bool(refusal)

    def _deliver(
        self,
        future: Any,
        then: Callable[[Any], Any],
        failed: Callable[[BaseException], Any] | None,
        words: str,
    ) -> None:
        if words:
            self._busy.append(words)
            self.busy_changed.emit(True, words)

        def _on_result(result: Any) -> None:
            self._no_longer_busy(words)
            self._home.call(then, result)

        def _on_trouble(trouble: BaseException) -> None:
            self._no_longer_busy(words)
            self._tell(trouble, failed)

        self._home.deliver(future, _on_result, _on_trouble)

    def _tell(self, trouble: BaseException, failed: Callable[[BaseException], Any] | None) -> None:
        """What went wrong goes to who asked, or as a sentence to the window; a fault of our own is raised."""
        if failed is not None:
            self._home.call(failed, trouble)
        elif isinstance(trouble, PlannerError):
            self.failed.emit(trouble.sentence)
        else:
            raise trouble

    def _no_longer_busy(self, words: str) -> None:
        if words in self._busy:
            self._busy.remove(words)
            self.busy_changed.emit(bool(self._busy), self._busy[-1] if self._busy else "")

    # The outlook's own thread

    def _outlook_of(self, snapshot: Any, on: date, today: date, team_ids: frozenset[str]) -> "Outlook":
        from planner.core.outlook import Outlook

        with collection_put_off():
            self._latest = worked_out(Outlook(snapshot, self.reference, on, today, team_ids))
        # Hundreds of thousands of records and rows that live on: to look through them all for cycles takes 100 ms, at
        # any moment and on any thread. What is set aside here is still freed when nothing refers to it.
        gc.freeze()
        return self._latest

    def _outlook_after(self, changes: Any) -> tuple["Outlook", frozenset[type]]:
        assert self._latest is not None
        changed = (*changes.put, *changes.removed)
        self._latest = worked_out(self._latest.after(changes.snapshot, changed))
        return self._latest, frozenset(type(record) for record in changed)

    def _on_workspace_changed(self, changes: Any) -> None:
        """Called on the database thread."""
        self._deliver_outlook(self._outlooks.submit(self._outlook_after, changes))

    def _deliver_outlook(self, future: Any) -> None:
        self._home.deliver(future, self._on_outlook_patched, self._on_outlook_failed)

    def _on_outlook_patched(self, made: tuple["Outlook", frozenset[type]]) -> None:
        outlook, kinds = made
        self._take(outlook, kinds)

    def _on_outlook_made(self, outlook: "Outlook") -> None:
        self._take(outlook, None)

    def _on_outlook_failed(self, trouble: BaseException) -> None:
        raise trouble

    def _take(self, outlook: "Outlook", kinds: frozenset[type] | None) -> None:
        self.outlook = outlook
        self.changed_kinds = kinds
        self.outlook_changed.emit(outlook)
        choice = (self.are_names_allowed, self.are_names_first)
        if choice != self._names_choice:
            self._names_choice = choice
            self._privacy_timer.stop()
            self._set_initials_only(not self.are_names_first)
