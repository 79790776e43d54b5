"""A recovery code, step by step: what it is for, the code itself, shown once and printed, and two groups of it typed back."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from planner.core.errors import PlannerError
from planner.ui.background import Home
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

WHY = (
    "A recovery code opens the workspace when the passphrase is forgotten, or whoever knew it has left. Without one, "
    "nobody can open it then, and no backup of it either. It is shown once, printed, and locked away in an envelope."
)
REPLACES = "There is a recovery code already. It goes on opening the workspace until a new one has been typed back."
ON_PAPER = "This is the only time the code is shown. Print it, or write it down, letter by letter."
FROM_PAPER = "So that it is known to be on paper, and readable: type these two groups from the sheet."
MAKING = "Making the code …"
CHECKING = "Trying the code, and making a backup that knows it …"
GROUPS, ASKED, IN_A_ROW = 9, 2, 3
FORWARD = ("Make a recovery code", "I have it on paper", "Try the code")
"""What the button says that leads on from each step."""


class RecoverySteps(QWidget):
    """Leads through the making of a code for a workspace. Whatever it stands in has the button that calls `go_on`."""

    changed = Signal()
    confirmed = Signal()
    said = Signal(str)
    troubled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Any = None
        self._code = ""
        self._home = Home(self)
        self._run: Callable[..., None] | None = None
        self.asked: tuple[int, ...] = ()
        self.offer = Words(WHY)
        self.replaces = Words(REPLACES, "body", "muted")
        self.groups = [Words("", "title") for _ in range(GROUPS)]
        self.print_button = Button("Print the sheet", self._on_print_pressed)
        self.typed = [QLineEdit() for _ in range(ASKED)]
        self.labels = [Words("", "strong") for _ in range(ASKED)]
        self.show_again = Button("Show the code again", lambda: self._show(1), kind="link")
        self.steps = QStackedWidget()
        self._pages = (self._why(), self._code_shown(), self._typing_back())
        for page in self._pages:
            self.steps.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.steps)

    @property
    def forward_words(self) -> str:
        """What the button says that leads on."""
        return FORWARD[self.steps.currentIndex()]

    def start(self, workspace: Any, run: Callable[..., None]) -> None:
        """Begin for a workspace that is open; `run` calls a function on a thread, as `Desk.run_in_background` does."""
        self._workspace, self._run = workspace, run
        self.replaces.say(REPLACES if workspace.has_recovery_code else "")
        self._show(0)

    def go_on(self) -> None:
        """Do what the button says."""
        (self._make, self._ask, self._confirm)[self.steps.currentIndex()]()

    def forget(self) -> None:
        """Hold the code no longer, on the screen or off it."""
        self._code, self._workspace, self._run = "", None, None
        for words in self.groups:
            words.setText("")
        for line in self.typed:
            line.clear()

    # Building

    def _why(self) -> QWidget:
        page, column = _page()
        column.addWidget(self.offer)
        column.addWidget(self.replaces)
        column.addStretch(1)
        return page

    def _code_shown(self) -> QWidget:
        page, column = _page()
        column.addWidget(Words(ON_PAPER))
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for number, words in enumerate(self.groups):
            row, place = divmod(number, IN_A_ROW)
            grid.addWidget(Words(f"group {number + 1}", "small", "muted"), 2 * row, place)
            grid.addWidget(words, 2 * row + 1, place)
            words.setAccessibleName(f"Group {number + 1}")
        column.addLayout(grid)
        column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _typing_back(self) -> QWidget:
        page, column = _page()
        column.addWidget(Words(FROM_PAPER))
        for label, line in zip(self.labels, self.typed, strict=True):
            label.setBuddy(line)
            line.returnPressed.connect(self.go_on)
            column.addWidget(label)
            column.addWidget(line)
        column.addWidget(self.show_again)
        column.addStretch(1)
        return page

    # Step by step

    def _show(self, step: int) -> None:
        """One step in view; the others take no room, so that what stands around fits itself to it."""
        self.steps.setCurrentIndex(step)
        for place, page in enumerate(self._pages):
            policy = page.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred if place == step else QSizePolicy.Policy.Ignored)
            page.setSizePolicy(policy)
        self.said.emit("")
        self.changed.emit()

    def _make(self) -> None:
        self.said.emit(MAKING)
        self._home.deliver(self._workspace.add_recovery_code(), self._on_code_made, self._on_trouble)

    def _on_code_made(self, code: str) -> None:
        self._code = code
        for number, (words, group) in enumerate(zip(self.groups, code.split("-"), strict=True), 1):
            words.setText(group)
            words.setAccessibleName(f"Group {number}: {group}")
        self._show(1)
        self.print_button.setFocus()

    def _ask(self) -> None:
        self.asked = tuple(sorted(secrets.SystemRandom().sample(range(GROUPS), ASKED)))
        for place, label, line in zip(self.asked, self.labels, self.typed, strict=True):
            label.setText(f"Group {place + 1}")
            line.setAccessibleName(f"Group {place + 1}")
            line.clear()
        self._show(2)
        self.typed[0].setFocus()

    def _confirm(self) -> None:
        """Put what was typed in its places and have the workspace opened with the whole."""
        if not all(line.text().strip() for line in self.typed):
            self.troubled.emit("Type both groups as they stand on the sheet.")
            return
        groups = self._code.split("-")
        for place, line in zip(self.asked, self.typed, strict=True):
            groups[place] = line.text()
        self.said.emit(CHECKING)
        self._home.deliver(self._workspace.confirm_recovery_code("-".join(groups)), self._on_confirmed, self._on_trouble)

    def _on_confirmed(self, _nothing: object) -> None:
        self.said.emit("")
        self.forget()
        self.confirmed.emit()

    def _on_trouble(self, trouble: BaseException) -> None:
        if not isinstance(trouble, PlannerError):
            raise trouble
        self.troubled.emit(trouble.sentence)

    # On paper

    def _on_print_pressed(self) -> None:
        # Here, for the sign-in page is to stand there before anything that prints is loaded.
        from PySide6.QtPrintSupport import QPrintDialog

        from planner.ui.printing import a4_printer

        printer = a4_printer("Recovery code")
        if QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return
        assert self._run is not None
        self._workspace.note("printed", "recovery-sheet", "")
        self._run(_printed, printer, self._code, self._workspace.today, then=self._on_printed, failed=self._on_trouble)

    def _on_printed(self, _count: int) -> None:
        self.said.emit("Sent to the printer. Collect the sheet now.")
        announce(self, "Sent to the printer. Collect the sheet now.")


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return page, column


def _printed(printer: Any, code: str, on: date) -> int:
    """Typeset the sheet in memory and paint it; called on a thread. No file of it is written by the planner."""
    from planner.reports.as_svg import pages
    from planner.reports.recovery_sheet import recovery_sheet
    from planner.ui.printing import paint

    return paint(printer, pages(recovery_sheet(code, on)))
