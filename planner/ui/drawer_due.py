"""What is due to a child or by a worker, in the drawer: each with its reason, and apart from it what cannot be known."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.core.date_words import list_date, plain_date
from planner.core.obligations import Obligation
from planner.core.records import Story, Suspension
from planner.core.rule import Rule
from planner.core.rule_words import FORCE_WORDS
from planner.core.snapshot import holds
from planner.core.stories import stories_of
from planner.ui.case_words import due_day, status_tone, status_words
from planner.ui.drawer_parts import DueItem, DueRow, Heading, emptied
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

SHOWN_FIRST = 5
CONFIRM = "Confirm this rule locally"
UNKNOWN = (
    "Fell due before this workspace began to follow the child. The case system's list cannot say whether it was done, "
    "so it is not counted as overdue."
)


def rule_words(rule: Rule) -> str:
    """Which rule, how binding, from where and since when."""
    force = FORCE_WORDS.get(rule.force, rule.force)
    since = f", from {plain_date(rule.starts)}" if rule.starts else ""
    said = [f"Rule {rule.id}. {force}{since}."]
    if rule.source:
        said.append(f"{rule.source.rstrip('.')}.")
    return " ".join(said)


class DueList(QWidget):
    """The list *Due next*: the first item open, the rest closed, those beyond the first few behind a link."""

    resume_asked = Signal(str)
    """The id of a suspension that is to end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading("Due next")
        self.nothing = Words("", tone="muted")
        self.more = Button("", self._on_more_pressed, kind="link")
        self.unknown_heading = Heading("Not known")
        self.paused_heading = Heading("Not running")
        self.items: list[DueItem] = []
        self._body, self._paused, self._unknown = QWidget(), QWidget(), QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        # Each list in a widget of its own, so that Tab comes to its items where they stand, whenever they are made.
        for body in (self._body, self._paused, self._unknown):
            rows = QVBoxLayout(body)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(0)
        for widget in (self.heading, self.nothing, self._body, self.more, self.paused_heading, self._paused):
            layout.addWidget(widget)
        layout.addWidget(self.unknown_heading)
        layout.addWidget(self._unknown)
        self._shows_all = False
        self._for = ""

    def show_owed(self, outlook: "Outlook", subject_id: str, nothing: str) -> None:
        """List what is owed to a child, or by the rules to a worker; `nothing` is said where there is nothing."""
        owed = outlook.owed_to(subject_id)
        open_before = {item.row.property("obligation") for item in self.items if item.row.isChecked()}
        is_other = subject_id != self._for
        self._for, self._shows_all = subject_id, self._shows_all and not is_other
        known = [one for one in owed if one.state != "unknown"]
        # Checks have no day: they stand after everything that has one, but a visit clock that never started is first.
        known.sort(key=lambda one: (due_day(one) is None and one.state != "overdue", due_day(one) is not None))
        unknown = [one for one in owed if one.state == "unknown"]
        opened = {known[0].id} if is_other and known else open_before
        self.items = [self._item(outlook, one, one.id in opened) for one in (*known, *unknown)]
        _put(self._body, self.items[: len(known)])
        _put(self._unknown, self.items[len(known) :])
        self.nothing.say("" if known else nothing)
        self.unknown_heading.setVisible(bool(unknown))
        self.unknown_heading.count.setText(str(len(unknown)))
        self.heading.count.setText(str(len(known)) if len(known) > 1 else "")
        self._known = len(known)
        self._show_first()
        self._show_paused(outlook, subject_id)

    def _show_paused(self, outlook: "Outlook", subject_id: str) -> None:
        """The rules a manager suspended, with the reason and the way to let them run again."""
        paused = [one for one in outlook.snapshot.by(Suspension, "child_id", subject_id) if holds(one, outlook.on)]
        self.paused_heading.setVisible(bool(paused))
        parts: list[QWidget] = []
        for suspension in paused:
            words = Words(pause_words(outlook, suspension), tone="muted")
            again = Button("Let it run again", partial(self.resume_asked.emit, suspension.id), kind="link")
            again.setAccessibleName(f"Let it run again: {words.text()}")
            parts += (words, again)
        _put(self._paused, parts)

    def _item(self, outlook: "Outlook", owed: Obligation, is_open: bool) -> DueItem:
        rule, day = outlook.rule_of(owed), due_day(owed)
        at = f", {owed.due:%H:%M}" if isinstance(owed.due, datetime) else ""
        words = f"{list_date(day, outlook.on)}{at}"
        row = DueRow(rule.title or rule.id, words, _stands(owed, outlook), status_tone(owed))
        row.setProperty("obligation", owed.id)
        return DueItem(row, lambda: why_words(outlook, owed, rule), is_open)

    def _show_first(self) -> None:
        for item in self.items[SHOWN_FIRST : self._known]:
            item.setVisible(self._shows_all)
        self.more.setText(f"Show all {self._known}")
        self.more.setVisible(self._known > SHOWN_FIRST and not self._shows_all)

    def _on_more_pressed(self) -> None:
        self._shows_all = True
        self._show_first()
        self.items[SHOWN_FIRST].row.setFocus()


def _put(body: QWidget, widgets: Sequence[QWidget]) -> None:
    """Have a list hold these in place of what it held; with none it takes no room."""
    rows = body.layout()
    assert isinstance(rows, QVBoxLayout)
    emptied(rows)
    for widget in widgets:
        rows.addWidget(widget)
    body.setVisible(bool(widgets))


def _stands(owed: Obligation, outlook: "Outlook") -> str:
    if owed.kind == "check" and owed.due is None:
        return "at each visit"
    return status_words(owed, outlook.on)


def why_words(outlook: "Outlook", owed: Obligation, rule: Rule) -> str:
    """The reason, the rule, and the story where one was written."""
    reason = outlook.why(owed)
    lines = [reason, rule_words(rule)]
    if rule.confirm_locally and CONFIRM not in reason:
        lines.append(f"{CONFIRM}.")
    if owed.state == "unknown":
        lines.insert(0, UNKNOWN)
    told = stories_of(outlook.snapshot, owed.id, outlook.on)
    lines += [story_words(story) for story in told[-1:]]
    if len(told) > 1:
        lines.append(f"Carried on since {plain_date(told[0].written_on or outlook.on)}.")
    return "\n".join(line for line in lines if line)


def pause_words(outlook: "Outlook", suspension: Suspension) -> str:
    """Which rule does not run, since when, why, by whose decision and until when."""
    rule = outlook.policy().version(suspension.rule, outlook.on) if suspension.rule else None
    what = rule.title if rule else suspension.rule or suspension.kind or "Everything"
    since = f" since {plain_date(suspension.start)}" if suspension.start else ""
    until = f" It runs again on {plain_date(suspension.end)}." if suspension.end else ""
    by = f" Decided by {suspension.decided_by}." if suspension.decided_by else ""
    return f"{what}{since}: {suspension.reason.rstrip('.')}.{by}{until}"


def story_words(story: Story) -> str:
    """Why it is late, what is being done, by whom and by when."""
    by = f" by {plain_date(story.by)}" if story.by else ""
    owner = f" {story.owner}" if story.owner else ""
    action = f" {story.action.rstrip('.')},{owner}{by}." if story.action else ""
    agreed = f" Agreed by {story.agreed_by}." if story.agreed_on is not None else ""
    return f"Story: {story.why.rstrip('.')}.{action}{agreed}"
