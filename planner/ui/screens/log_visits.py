"""Log visits: a line a trip, typed and committed by Enter; the last twenty stand beneath, each with its way back."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QVBoxLayout, QWidget

from planner.actions.visits import SameDay
from planner.core.date_words import list_date
from planner.core.errors import PlannerError
from planner.core.recording import TOOK_PLACE, is_unrecorded
from planner.core.records import Allocation, Case, Child, PlanSpell, Sighting, Transfer, Visit, Worker
from planner.core.visit_check import CheckedLine
from planner.ui.begun import begun_of
from planner.ui.logging.entry import AGREE, Entry
from planner.ui.logging.logged import Logged, LoggedLines
from planner.ui.logging.trip import Begun, Kept, log_trip, made_of, step_words
from planner.ui.screen import Screen
from planner.ui.soon import soon
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk
    from planner.ui.logging.list_pane import ListPane

MARGINS = (28, 8, 28, 16)


class Pending(QObject):
    """A line on its way to the file; when its page is gone nothing is told of it any more."""

    def __init__(self, screen: "LogVisitsScreen", checked: CheckedLine, kept: Kept, title: str) -> None:
        super().__init__(screen)
        self._screen, self._checked, self._kept, self._title = screen, checked, kept, title

    def on_logged(self, result: tuple[str, Visit]) -> None:
        """Show the line as logged."""
        step_id, visit = result
        roll = self._screen.entry.known.roll
        seen = tuple((child, how) for one, how in self._checked.outcomes.items() if (child := roll.child(one)))
        self._screen.take_logged(Logged(step_id, self._title, visit, seen))
        self.deleteLater()

    def on_refused(self, trouble: BaseException) -> None:
        """Give the line back."""
        self._screen.take_refused(self._kept, trouble)
        self.deleteLater()


class LogVisitsScreen(Screen):
    """The line being typed above the lines logged."""

    name = "log_visits"
    title = "Log visits"
    is_exported = True
    shows = frozenset({Child, Case, PlanSpell, Allocation, Visit, Sighting, Worker, Transfer})

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list_pane: ListPane | None = None
        self.paste = Button("Paste a list", self.open_list)
        self.heading = Words("Logged just now, newest first", "section")
        self.empty = Words(
            "Nothing since the planner was opened. Type a child’s reference or initials above, then Enter.", tone="muted"
        )
        self.lines = LoggedLines(desk)
        self.single = QWidget(self)
        self._column = QVBoxLayout(self.single)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for part in (self.heading, self.empty, self.lines):
            self._column.addWidget(part)
        self._column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(*MARGINS)
        page.addWidget(self.single)
        self.lines.undo_asked.connect(self._on_undo_asked)
        self.lines.put_back_asked.connect(self._on_put_back_asked)
        begun_of(desk).watch(self.name, self._begun)

    @cached_property
    def entry(self) -> Entry:
        """The line being typed; made when it is first asked for, so that the page is there at once and this a moment later."""
        entry = Entry(self.desk, self.single)
        self._column.insertWidget(0, entry)
        entry.entered.connect(self._on_line_entered)
        entry.child.lines_pasted.connect(self.open_list)
        return entry

    @property
    def is_filled(self) -> bool:
        """Whether the line to type in is there."""
        return "entry" in self.__dict__

    # What the window asks

    def show_outlook(self, outlook: "Outlook") -> None:
        """Read lines against the plan as it is now; nothing typed is touched."""
        self.entry.take_outlook()
        self._go_on(begun_of(self.desk).take(self.name))
        self.lines.show_again()
        self._say_if_empty()
        if self.list_pane is not None:
            self.list_pane.recheck()

    def finding(self, outlook: "Outlook") -> str:
        """How many visits the case system does not know yet."""
        visits = [visit for status in TOOK_PLACE for visit in outlook.snapshot.by(Visit, "status", status)]
        unrecorded = sum(map(is_unrecorded, visits))
        if not unrecorded:
            return "Every visit logged here is in the case system."
        are = "is" if unrecorded == 1 else "are"
        return f"{count_words(unrecorded, 'visit')} logged here {are} not yet in the case system."

    def header_actions(self) -> list[QWidget]:
        """The way to a list, and to one line over any page."""
        return [self.paste]

    def filter_field(self) -> QWidget:
        """Ctrl+F goes to the child's field, where children are found, or to where a list is pasted."""
        return self.list_pane.box if self.list_pane is not None and not self.list_pane.isHidden() else self.entry.child

    def begin_line(self) -> None:
        """Stand in the first field of the line."""
        self.close_list()
        self.entry.child.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # A list

    def open_list(self, text: str = "") -> None:
        """Put a pasted list in place of the single line; it stays there, with its lines, until it is left."""
        if self.list_pane is None:
            from planner.ui.logging.list_pane import ListPane

            self.list_pane = ListPane(self.desk)
            self.list_pane.left.connect(self.close_list)
            page = self.layout()
            assert page is not None
            page.addWidget(self.list_pane)
        self.single.hide()
        self.list_pane.show()
        self.list_pane.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self.list_pane.box.setPlainText(text)
            self.list_pane.check_pasted()

    def close_list(self) -> None:
        """Go back to the single line; the lines of the list that are not logged stay in it."""
        if self.list_pane is not None and not self.list_pane.isHidden():
            self.list_pane.hide()
            self.single.show()
            self.entry.child.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the child's field, unless the keyboard goes through the list of pages."""
        super().showEvent(event)
        soon(self, self._on_shown)

    # Over a lock

    def _begun(self) -> Begun | None:
        line = self.entry.kept() if self.is_filled and not self.entry.is_blank else None
        box = self.list_pane.box.toPlainText() if self.list_pane is not None else ""
        listed = tuple(self.list_pane.lines) if self.list_pane is not None else ()
        logged = self.lines.kept()
        if line is None and not box.strip() and not listed and not logged:
            return None
        return Begun(line, box, listed, self.list_pane is not None and not self.list_pane.isHidden(), logged)

    def _go_on(self, begun: Begun | None) -> None:
        """Put back what was half typed when the planner locked, and what was logged."""
        if begun is None:
            return
        self.lines.put_back(begun.logged)
        if begun.line is not None:
            self.entry.put_back(begun.line)
        if begun.box or begun.listed:
            self.open_list()
            assert self.list_pane is not None
            self.list_pane.take_begun(begun.box, begun.listed)
            if not begun.is_listing:
                self.close_list()

    # What happens

    def _on_shown(self) -> None:
        if self.entry.isVisible() and not isinstance(QApplication.focusWidget(), QAbstractItemView):
            self.entry.child.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_line_entered(self, checked: CheckedLine, agreed: bool) -> None:
        refusal = self.desk.reason_not_to_edit()
        if refusal:
            self.entry.ask(refusal)
            return
        if checked.warned and not agreed:
            parts = {doubt.part for doubt in checked.warned}
            sentences = " ".join(doubt.sentence for doubt in checked.warned)
            self.entry.ask(sentences, agree=AGREE["again" if parts == {"again"} else "other"])
            return
        kept = self.entry.kept()
        self._perform(checked, kept, agreed)
        self.entry.open_next()

    def _perform(self, checked: CheckedLine, kept: Kept, agreed: bool) -> None:
        assert checked.line.day is not None
        words = step_words(checked, self.entry.known)
        title = f"Log {words}"
        pending = Pending(self, checked, kept, title)
        self.desk.perform(
            title,
            log_trip,
            made_of(self.desk, checked, agreed),
            then=pending.on_logged,
            failed=pending.on_refused,
            said=f"Logged a {words} on {list_date(checked.line.day, self.desk.today)}",
        )

    def take_logged(self, logged: Logged) -> None:
        """Put a line that is logged first in the list."""
        self.lines.add(logged)
        self._say_if_empty()

    def take_refused(self, kept: Kept, trouble: BaseException) -> None:
        """Put the line back as it was typed, or keep it above the others where the next one is begun."""
        if not isinstance(trouble, PlannerError):
            raise trouble
        if not self.entry.is_blank:
            self.lines.add_refused(kept, trouble.sentence)
        else:
            self.entry.put_back(kept)
            self.entry.ask(trouble.sentence, agree=AGREE["again"] if isinstance(trouble, SameDay) else "")
        self._say_if_empty()

    def _on_undo_asked(self, logged: Logged) -> None:
        self.entry.child.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.undo_step(logged.step_id, logged.title)

    def _on_put_back_asked(self, kept: Kept) -> None:
        if not self.entry.is_blank:
            self.lines.add_refused(self.entry.kept(), "Another line was put back in its place.")
        self.entry.put_back(kept)
        self.entry.child.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_if_empty(self) -> None:
        self.empty.setVisible(not self.lines.rows and not self.lines.refused)
