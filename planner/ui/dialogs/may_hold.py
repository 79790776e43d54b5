"""Who may lead which children, changed from a day in a table of stages and roles, with who then leads what they may not."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.actions.policies import set_may_hold
from planner.core.codes import PLAN_MARKS
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.flow_records import MayHold
from planner.core.records import Worker
from planner.core.who_may_hold import KINDS, HoldingChange, HoldingEffects, Who, cell, holding_effects, table_rows
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import Field, TextField
from planner.ui.dialogs.previewed import Choice, Previewed
from planner.ui.dialogs.question import Wrong, read
from planner.ui.table import Column
from planner.ui.team.holding_grid import Cell, HoldingGrid
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 900
HINT = (
    "Co-worker, lead CP: only with one beside. A click or Space says the next thing of a cell, Shift+F10 offers all; "
    "what is changed stands in strong letters."
)


class HoldingField(Field):
    """The table as a field of a dialog."""

    def __init__(self, rows: tuple[Who, ...], parent: QWidget | None = None) -> None:
        self.rows = rows
        self.grid_view = HoldingGrid()
        super().__init__("Who may lead what", self.grid_view, HINT, parent)
        self.grid_view.changed.connect(self.changed)

    def show_before(self, before: Mapping[Cell, str]) -> None:
        """Show what holds on a day; what was changed in the table stays changed."""
        changed = self.grid_view.grid.changes()
        self.grid_view.show_cells(self.rows, before, {**before, **changed})

    @property
    def texts(self) -> dict[str, str]:
        """What was changed, by `stage/role/kind`."""
        return {f"{who.stage}/{who.role}/{kind}": says for (who, kind), says in self.grid_view.grid.changes().items()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put back what was changed, as `texts` gives it."""
        before = self.grid_view.grid.before
        kept = {(who, kind): texts.get(f"{who.stage}/{who.role}/{kind}", says) for (who, kind), says in before.items()}
        self.grid_view.show_cells(self.rows, before, kept)
        self.changed.emit()


class MayHoldDialog(Previewed):
    """The table as it holds on the day chosen; every cell changed is said from that day on."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Change who may lead what", "Put in force", "", parent)
        self._designed_width = WIDTH
        self._fit_width()
        outlook = desk.outlook
        assert outlook is not None
        self._rules = outlook.policy().holding
        self.start = DayField(desk, "In force from", desk.today)
        self.agreed = TextField("Agreed by", "Who in the council agreed it. May be left empty.")
        self.cells = HoldingField(table_rows(self._rules, desk.workspace.snapshot.all(Worker).values()))
        self.add(self.cells)
        self.add_row(self.start, self.agreed)
        self.remark(
            "It is for all teams, stands in Allocate against whoever may not, and holds until it is changed again. "
            "Children held now stay with their workers."
        )
        self.add_preview(in_view=True)
        self._show_day()
        self.start.changed.connect(self._show_day)
        self.watch(self.start, self.cells)
        self.look()

    def _show_day(self) -> None:
        on = self.start.known_day() or self.desk.today
        self.cells.show_before({(who, kind): cell(self._rules, who, kind, on) for who in self.cells.rows for kind in KINDS})

    def choice(self) -> Choice:
        """Say what is changed. Raises Refused where nothing is, for a day that is none, and for a day gone by."""
        start = read(self.start, lambda: self.start.day)
        if start < self.desk.today:
            raise Wrong(self.start, "Choose a day from today on: what held on days gone by stays as it was.")
        changed = self.cells.grid_view.grid.changes()
        if not changed:
            raise Refused("Nothing is changed in the table yet. Press a cell to say something else of it.")
        said = tuple(
            MayHold(id="", stage=who.stage, role=who.role, plan=kind, says=says) for (who, kind), says in changed.items()
        )
        return Choice(
            "Change who may lead what",
            f"{count_words(len(said), 'cell')} of who may lead what changed from {plain_date(start)}",
            set_may_hold,
            (said, start),
            start,
            kwargs={"agreed_by": self.agreed.text},
        )

    def effects(self) -> Callable[[Any, Any, date, tuple[str, ...]], HoldingEffects]:
        """Who leads what they may not."""
        return holding_effects

    def show_effects(self, found: HoldingEffects) -> tuple[str, Sequence[Column], Sequence[HoldingChange]]:
        """How many children, newly and no longer."""
        return effects_sentence(found), self._columns(), found.changes

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Child", lambda one: self.desk.child_words(one.case.child), strong=True, width=130),
            Column("Type", lambda one: PLAN_MARKS.get(one.case.plan, ""), mark=lambda one: one.case.plan, width=70),
            Column("Worker", lambda one: one.case.worker.name if one.case.worker else "", width=140),
            Column("Then", _then, width=150, tag=lambda one: "warning" if one.after else "good"),
            Column("What says so", _rules_words, width=200, stretch=True, tip=_rules_words),
        )


def _then(change: HoldingChange) -> str:
    if not change.after:
        return "in order"
    return "against, as now" if change.before else "newly against"


def _rules_words(change: HoldingChange) -> str:
    return "; ".join(rule.title for rule in change.after or change.before)


def effects_sentence(found: HoldingEffects) -> str:
    """How many children would be led by someone who may not, how many newly, and how many no longer."""
    if not found.changes:
        return f"From {plain_date(found.on)}, nobody leads what they may not."
    children = count_words(found.against, "child is", "children are")
    said = [f"From {plain_date(found.on)}, {children} led by someone who may not: {found.newly:,} newly."]
    if found.settled:
        said.append(f"{count_words(found.settled, 'child', 'children')} led so now would be in order.")
    return " ".join(said)
