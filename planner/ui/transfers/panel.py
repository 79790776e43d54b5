"""What stands beside the lists: the row the keys stand on, its checklist to tick, and what can be decided."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from planner.core.checklists import Item
from planner.core.closing import ReadyToClose
from planner.core.codes import CLOSURE_REASONS
from planner.core.date_words import list_date, plain_date
from planner.core.hand_back import HandBack
from planner.core.records import Worker
from planner.core.transfers import RETURNED, TO_PLAN, ToMove, household_cases
from planner.ui.transfers.decisions import KEYS
from planner.ui.transfers.rows import to_words
from planner.ui.widgets.button import Button
from planner.ui.widgets.tick import Tick
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, names_in_a_row

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

INDENT = 4
"""The inset of a link's text, so that all words stand on one line."""
NOTHING = "Choose a row to see its checklist and what can be decided."
ACTIONS = {
    "accept": "Accept",
    "return": "Return",
    "plan": "Plan",
    "change": "Change",
    "withdraw": "Withdraw",
    "close": "Close",
    "back": "Send back",
    "unready": "Not ready",
}
"""What can be decided, by the words of its button."""


class DecisionPanel(QFrame):
    """One row in full. `asked` carries the key of an action; `ticked` an item and whether it is done."""

    asked = Signal(str)
    ticked = Signal(str, bool)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName("The row chosen")
        self.child = Button("", self._on_child_pressed, kind="link")
        self.said = Words()
        self.more = Words(tone="muted")
        self.trouble = Words(tone="warning")
        self.heading = Words("Checklist", "strong")
        self.ticks: list[Tick] = []
        self.when: list[Words] = []
        self.buttons = {key: Button(words, partial(self.asked.emit, key), small=True) for key, words in ACTIONS.items()}
        for letter, key in KEYS.items():
            self.buttons[key].take_letter(letter.upper())
        self._child_id = ""
        self._build()
        self.show_nothing()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.child, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.said, self.more, self.trouble):
            part.setContentsMargins(INDENT, 0, 0, 0)
            words.addWidget(part)
        line = QHBoxLayout()
        line.setContentsMargins(INDENT, 0, 0, 0)
        line.setSpacing(8)
        for button in self.buttons.values():
            line.addWidget(button)
        line.addStretch(1)
        words.addLayout(line)
        words.addStretch(1)
        checklist = QVBoxLayout()
        checklist.setSpacing(4)
        checklist.setContentsMargins(INDENT, 4, 0, 0)
        self._items = QGridLayout()
        self._items.setHorizontalSpacing(12)
        self._items.setVerticalSpacing(2)
        self._items.setColumnStretch(1, 1)
        checklist.addWidget(self.heading)
        checklist.addLayout(self._items)
        checklist.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(8)
        self._across.addLayout(words, 1)
        self._across.addLayout(checklist, 1)

    def lay_out(self, is_beside: bool) -> None:
        """One column beside the list, or two under it."""
        narrow = QBoxLayout.Direction.TopToBottom if is_beside else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(narrow)
        for place in range(2):
            self._across.setStretch(place, place if is_beside else 1)

    # What is shown

    def show_nothing(self, is_there_any: bool = False) -> None:
        """No row is chosen, of those there are or for want of any."""
        self._show("", "", NOTHING if is_there_any else "", "", "", (), ())

    def show_move(self, outlook: "Outlook", row: ToMove) -> None:
        """A child who is to move."""
        keys = {TO_PLAN: ("plan",), RETURNED: ("plan", "withdraw")}.get(row.state, ("accept", "return", "change"))
        point = row.point[:1].upper() + row.point[1:]
        giver = outlook.team_name(row.case.team_id)
        said = f"{point}{f', from {giver}' if giver else ''} to {to_words(outlook, row)}{self._receiving(row)}."
        trouble = ""
        if row.state == RETURNED and row.transfer is not None and row.transfer.decided_on is not None:
            trouble = f"Returned on {plain_date(row.transfer.decided_on)}: {row.transfer.reason}."
        elif row.state == TO_PLAN:
            trouble = "No transfer is planned."
        more = f"{self._reached(row)} {self._household(outlook, row)}".strip()
        self._show(row.case.child.id, self.desk.child_words(row.case.child), said, more, trouble, row.items, keys)

    def show_closing(self, outlook: "Outlook", row: ReadyToClose) -> None:
        """A case that is ready to close."""
        closing = row.closing
        day = plain_date(closing.ready_on) if closing.ready_on is not None else "an unknown day"
        stuck = count_words(row.working_days, "working day")
        code = closing.closure_reason
        said = f"Ready since {day}, said by {closing.marked_by}; {stuck} ago."
        reason = f"Proposed: {code}, {CLOSURE_REASONS.get(code, '').lower()}." if code else "No reason is proposed."
        child = self.desk.child_words(row.case.child)
        self._show(row.case.child.id, child, said, reason, "", row.items, ("close", "back", "unready"))

    def show_hand_back(self, outlook: "Outlook", row: HandBack) -> None:
        """An open case, as it is to be handed back."""
        to = f"Goes to {row.to}" if row.to else "Nowhere to go yet"
        day = f" on {plain_date(row.on)}" if row.on is not None else ""
        missing = f"Missing: {', '.join(row.missing)}." if row.missing else "Nothing is missing."
        keys = ("change",) if row.transfer is not None else ("close",) if row.closing is not None else ("plan",)
        self._show(row.case.child.id, self.desk.child_words(row.case.child), f"{to}{day}.", missing, "", row.items, keys)

    def tick(self, place: int) -> None:
        """Turn an item over, by its place from 0; nothing where there is none."""
        if 0 <= place < len(self.ticks) and not self.ticks[place].isHidden():
            self.ticks[place].click()

    def _show(
        self, child_id: str, child: str, said: str, more: str, trouble: str, items: tuple[Item, ...], keys: Iterable[str]
    ) -> None:
        self._child_id = child_id
        self.child.setText(child)
        self.child.setAccessibleName(f"Open {child}")
        self.child.setVisible(bool(child))
        self.said.say(said)
        self.more.say(more)
        self.trouble.say(trouble)
        shown = set(keys)
        for key, button in self.buttons.items():
            button.setVisible(key in shown)
        self._show_items(items)

    def _show_items(self, items: tuple[Item, ...]) -> None:
        self.heading.setVisible(bool(items))
        while len(self.ticks) < len(items):
            self._add_item()
        for place, (tick, when) in enumerate(zip(self.ticks, self.when, strict=True)):
            item = items[place] if place < len(items) else None
            tick.setVisible(item is not None)
            when.setVisible(item is not None and item.is_done)
            if item is not None:
                tick.setText(item.words)
                tick.setToolTip(f"Key {place + 1}" if place < 9 else "")
                tick.blockSignals(True)
                tick.setChecked(item.is_done)
                tick.blockSignals(False)
                when.setText(_when_words(item, self.desk.today))

    def _add_item(self) -> None:
        tick, when = Tick(), Words(role="small", tone="muted")
        when.setWordWrap(False)
        tick.toggled.connect(lambda is_done, box=tick: self.ticked.emit(box.text(), is_done))
        self._items.addWidget(tick, len(self.ticks), 0)
        self._items.addWidget(when, len(self.ticks), 1)
        self.ticks.append(tick)
        self.when.append(when)

    # Words

    def _receiving(self, row: ToMove) -> str:
        worker = self.desk.workspace.snapshot.find(Worker, row.transfer.to_worker_id) if row.transfer is not None else None
        return f", {worker.name}" if worker is not None else ""

    def _reached(self, row: ToMove) -> str:
        day = plain_date(row.by) if row.by is not None else "no day"
        planned = f"Planned for {day}." if row.transfer is not None else f"To move by {day}."
        if row.reached_on is None:
            return planned
        reached = f"{planned} The point was reached on {plain_date(row.reached_on)}"
        # What was returned waits since then, not since its point was reached.
        return f"{reached}." if row.state == RETURNED else f"{reached}, {count_words(row.working_days, 'working day')} ago."

    def _household(self, outlook: "Outlook", row: ToMove) -> str:
        others = household_cases(outlook, row.case)[1:]
        named = names_in_a_row([self.desk.child_words(one.child) for one in others])
        return f"Same household: {named.removesuffix('.')}." if others else ""

    def _on_child_pressed(self) -> None:
        self.desk.open_child(self._child_id)


def _when_words(item: Item, today: date) -> str:
    day = list_date(item.on, today).partition(" ")[2] or "day not known"
    return f"{day}, {item.said_by}" if item.said_by else day
