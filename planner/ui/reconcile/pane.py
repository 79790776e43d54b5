"""The comparison: kinds at the left, their lines at the right, chosen by line or by kind, accepted in one step."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.actions.imports import Preview, import_found
from planner.actions.reconciling import Difference, differences
from planner.core.found import Found
from planner.ui.background import is_alive
from planner.ui.dialogs.export_rows import ExportDialog
from planner.ui.reconcile.tables import ChosenRows, DifferenceRows
from planner.ui.reconcile.words import (
    ALL,
    COMPARING,
    SAME,
    Key,
    KindRow,
    accept_words,
    difference_columns,
    key_of,
    kind_columns,
    kind_rows,
    kind_words,
)
from planner.ui.table import RowsModel
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.core.reference import Reference
    from planner.ui.desk import Desk

KINDS_WIDTH, FILTER_WIDTH, GAP = 320, 170, 24
BESIDE_FROM = 1000
KINDS_SEEN, LINES_SEEN = 4, 6
KEYS_TOLD = "Keys: Space chooses or leaves the selected lines, Ctrl+A selects all, Enter opens the child, Ctrl+C copies"


class ComparePane(QWidget):
    """Compares a file that was read with the plan, on a thread, and accepts what a person chose of it."""

    compared = Signal(int)
    """How many differences there are."""
    accepted = Signal()

    def __init__(self, desk: "Desk", reason_not_to: Callable[[], str], parent: QWidget | None = None) -> None:
        """`reason_not_to` says why nothing can be accepted just now, or nothing."""
        super().__init__(parent)
        self.desk = desk
        self._reason_not_to = reason_not_to
        self._preview: Preview | None = None
        self._found: Found | None = None
        self._run = 0
        self.lines: tuple[Difference, ...] = ()
        self.chosen: frozenset[Key] = frozenset()
        self.kinds_model = RowsModel(kind_columns())
        self.kinds = ChosenRows(self.kinds_model, "Kinds of differences")
        self.model = RowsModel(difference_columns(desk, lambda: self.chosen))
        self.table = DifferenceRows(self.model, "Differences")
        self.filter = QLineEdit()
        self.all = Button("Choose all shown", self._on_all_pressed, small=True)
        self.none = Button("Choose none", self._on_none_pressed, small=True)
        self.export = Button("Export", self._on_export_pressed, small=True)
        self.accept = Button("Accept chosen", self.accept_chosen, kind="primary", small=True)
        self.about, self.hint = Words(tone="muted"), Words(tone="muted")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the differences")
        self.filter.setClearButtonEnabled(True)
        self.table.setToolTip(KEYS_TOLD)
        self.table.setAccessibleDescription(KEYS_TOLD)
        self.kinds.setAccessibleDescription("Space chooses or leaves every line of the kind")
        self.tools = QWidget()
        flow = FlowLayout(self.tools, gap=8, line_gap=6)
        for tool in (self.accept, self.all, self.none, self.export, self.filter):
            flow.addWidget(tool)
        right = QVBoxLayout()
        right.setSpacing(8)
        for part in (self.tools, self.hint, self.table):
            right.addWidget(part)
        right.setStretchFactor(self.table, 1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(GAP)
        self._across.addWidget(self.kinds)
        self._across.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.about)
        layout.addLayout(self._across, 1)
        layout.addStretch(0)
        self._show()
        self._arrange()

    def _connect(self) -> None:
        self.kinds.row_selected.connect(self._on_kind_selected)
        self.kinds.toggled.connect(self._on_kind_toggled)
        self.table.toggled.connect(self._on_lines_toggled)
        self.table.row_opened.connect(self._on_line_opened)
        self.filter.textChanged.connect(self._on_filter_changed)
        theme_changes.changed.connect(self._arrange)

    # Comparing

    def compare(self, made: Preview, found: Found) -> None:
        """Compare anew; what was chosen and still differs stays chosen."""
        self._preview, self._found = made, found
        self._run += 1
        if not self.lines:
            self.about.say(COMPARING)
        self.desk.run_in_background(
            compared_with,
            made,
            found,
            self.desk.outlook,
            self.desk.reference,
            then=partial(_if_current, self, self._run),
        )

    def forget(self) -> None:
        """Another file is chosen: nothing of the last one stays."""
        self._preview = self._found = None
        self._run += 1
        self.chosen = frozenset()
        self._take(())

    def _take(self, lines: tuple[Difference, ...]) -> None:
        self.lines = lines
        self.chosen &= frozenset(key_of(line) for line in lines if line.can_be_accepted)
        self._show()
        self.compared.emit(len(lines))

    # Showing

    @property
    def kind(self) -> str:
        """The kind in view."""
        row = self.kinds.current_row()
        return row.kind if row is not None else ALL

    def choose_kind(self, kind: str) -> None:
        """Show the lines of a kind, where there are any."""
        row = next((row for row in self.kinds_model.shown if row.kind == kind), None)
        if row is not None:
            self.kinds.select_row(row)

    def _show(self) -> None:
        kind = self.kind
        self._show_kinds()
        self.choose_kind(kind)
        if self.lines and self.kind != kind:
            self.choose_kind(ALL)
        self._show_lines()
        for part in (self.kinds, self.tools, self.table):
            part.setVisible(bool(self.lines))
        self.about.say("" if self.lines else SAME)

    def _show_kinds(self) -> None:
        """The kinds with their numbers; the keyboard stays on the one it stood on."""
        kind = self.kind
        self.kinds.blockSignals(True)
        self.kinds_model.set_rows(kind_rows(self.lines, self.chosen))
        self.choose_kind(kind)
        self.kinds.blockSignals(False)
        self.accept.setText(accept_words(len(self.puts())))
        self.none.setEnabled(bool(self.chosen))

    def _show_lines(self) -> None:
        kind = self.kind
        self.model.set_rows(line for line in self.lines if kind in (ALL, line.kind))
        self.table.fit_columns()
        self.hint.say(kind_words(kind) if self.lines else "")
        can_be = any(line.can_be_accepted for line in self.model.rows)
        self.all.setEnabled(can_be)

    # Choosing

    def puts(self) -> frozenset[tuple[str, str]]:
        """What accepting the chosen lines would write, by kind of record and id."""
        return frozenset(line.put for line in self.lines if key_of(line) in self.chosen)

    def choose(self, lines: Iterable[Difference], is_chosen: bool) -> None:
        """Choose lines, or leave them; lines that are of one record go together."""
        puts = {line.put for line in lines if line.can_be_accepted}
        keys = frozenset(key_of(line) for line in self.lines if line.put in puts and line.can_be_accepted)
        self.chosen = self.chosen | keys if is_chosen else self.chosen - keys
        self._show_kinds()
        if self.model.rowCount():
            self.model.dataChanged.emit(self.model.index(0, 0), self.model.index(self.model.rowCount() - 1, 0))
        announce(self, f"{count_words(len(self.chosen), 'line')} chosen.")

    def _toggle(self, lines: Iterable[Difference]) -> None:
        able = [line for line in lines if line.can_be_accepted]
        if able:
            self.choose(able, not all(key_of(line) in self.chosen for line in able))
        else:
            self.desk.failed.emit(
                "These lines cannot be accepted here. What is missing in the case system is typed there; "
                "another next date due is only compared."
            )

    def accept_chosen(self) -> None:
        """Make the plan say what the case system says in the chosen lines, as one step."""
        puts, found, made = self.puts(), self._found, self._preview
        refusal = self._reason_not_to()
        if not puts and not refusal:
            refusal = "No line is chosen. Choose lines with Space, or all that are shown with “Choose all shown”."
        if refusal or found is None or made is None or made.reckoning is None:
            self.desk.failed.emit(refusal or "The file is still being compared. Wait until its differences are listed.")
            return
        count = count_words(len(puts), "difference")
        self.desk.perform(
            f"Accept {count} from {found.source}",
            import_found,
            found,
            made.as_at,
            made.reckoning.choices,
            seen=made,
            accepted=puts,
            then=lambda _receipt: self.accepted.emit(),
            said=f"Accepted {count} from {found.source}",
        )

    # What happens

    def _on_kind_selected(self, row: KindRow | None) -> None:
        if row is not None:
            self._show_lines()

    def _on_lines_toggled(self) -> None:
        self._toggle(self.table.selected_rows())

    def _on_kind_toggled(self) -> None:
        self._toggle(self.model.rows)

    def _on_all_pressed(self) -> None:
        self.choose(self.model.shown, True)

    def _on_none_pressed(self) -> None:
        self.choose(self.lines, False)

    def _on_filter_changed(self, text: str) -> None:
        self.model.set_filter(text)

    def _on_line_opened(self, line: Difference) -> None:
        if line.child_id:
            self.desk.open_child(line.child_id)
        else:
            self.desk.failed.emit("This child is not here yet, so there is nothing to open. Accept the line first.")

    def _on_export_pressed(self) -> None:
        if not self.model.shown:
            self.desk.failed.emit("No line is shown, so there is nothing to export. Choose another kind first.")
        else:
            title = "Case system compared"
            ExportDialog(self.desk, self.table, title, "compare", self.window()).show_up()

    # Shape

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The kinds beside their lines, or over them where the page is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self, _theme: object = None) -> None:
        scale = current_theme().text_scale
        is_beside = self.width() >= BESIDE_FROM * scale
        row = self.table.verticalHeader().defaultSectionSize()
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        self.kinds.setMinimumWidth(round(KINDS_WIDTH * scale) if is_beside else 0)
        self.kinds.setMaximumWidth(round(KINDS_WIDTH * scale) if is_beside else 16_777_215)
        self.kinds.setMinimumHeight((KINDS_SEEN + 1) * row)
        self.kinds.setMaximumHeight(16_777_215 if is_beside else (KINDS_SEEN + 1) * row)
        self.table.setMinimumHeight(LINES_SEEN * row)
        self.filter.setFixedWidth(round(FILTER_WIDTH * scale))


def compared_with(made: Preview, found: Found, known: "Outlook | None", reference: "Reference") -> tuple[Difference, ...]:
    """Every difference between the plan and a file, of every team; called on a thread, `known` is used where it fits."""
    from planner.core.outlook import Outlook

    assert made.reckoning is not None
    snapshot = made.reckoning.snapshot
    if known is None:
        outlook = Outlook(snapshot, reference, made.as_at, made.as_at)
    elif known.snapshot is snapshot and not known.team_ids and known.on == known.today:
        outlook = known
    else:
        outlook = Outlook(snapshot, reference, known.today, known.today)
    return differences(made, found, outlook)


def _if_current(pane: ComparePane, run: int, lines: tuple[Difference, ...]) -> None:
    """Show what was compared, unless something newer was begun meanwhile."""
    if is_alive(pane) and run == pane._run:
        pane._take(lines)
