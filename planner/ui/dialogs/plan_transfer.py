"""Plan at which agreed point a child's work moves, on which day and to whom, for the household at once; or change that."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.transfers import change_transfer, plan_transfers, withdraw_transfer
from planner.core.date_words import plain_date
from planner.core.flow_records import TransferPoint
from planner.core.phrases import lower_first
from planner.core.records import Child, Team, Transfer, Worker
from planner.core.transfers import END_OF_CONTRACT, HAPPENINGS, ToMove, points_in_force
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.household import HouseholdField, children_words
from planner.ui.dialogs.question import Wrong, discreet, read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 640
CHOOSE = {"": "Choose"}
OUTSIDE = "outside"
UNNAMED = {"": "Not said yet"}


class PlanTransferDialog(Form):
    """Plans a transfer of a child; with the id of one that is planned, changes it or takes it back."""

    def __init__(
        self,
        desk: "Desk",
        child_id: str,
        transfer_id: str = "",
        point: str = "",
        others: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`point` is chosen to begin with; `others` are children who move alike, in place of the household."""
        snapshot = desk.workspace.snapshot
        child = snapshot.find(Child, child_id)
        assert child is not None
        self.child, self.transfer = child, snapshot.find(Transfer, transfer_id)
        self._row = _row_of(desk, child_id)
        words = f"{discreet(child)} and {len(others):,} more" if others else discreet(child)
        title = f"Change the transfer of {words}" if self.transfer else f"Plan a transfer of {words}"
        super().__init__(desk, title, "Save changes" if self.transfer else "Plan it", f"{child_id} {transfer_id}", WIDTH, parent)
        self.others = tuple(others)
        self.household = HouseholdField(desk, child)
        self.point = ChoiceField("At which point", CHOOSE | _points(desk))
        self.day = DayField(desk, "Planned for", desk.today)
        self.to = ChoiceField("To", CHOOSE | _teams(desk, child_id) | {OUTSIDE: "Outside these teams"})
        self.outside = TextField("Who takes it", "A team, a service or another council; no names of people.")
        self.worker = ChoiceField("Receiving worker", UNNAMED, "May be said when it is accepted.")
        if self.transfer is None and not others:
            self.add(self.household)
            self.household.setVisible(len(self.household.child_ids) > 1)
        self.add_row(self.point, self.day)
        self.add_row(self.to, self.worker)
        self.add(self.outside)
        if self.transfer is not None:
            self.point.setEnabled(False)
            self.offer_removal("Withdraw this transfer", self._on_removal_pressed)
        self.body.addStretch(1)
        self.point.changed.connect(self._on_point_changed)
        self.to.changed.connect(self._on_destination_changed)
        self._begin(point)

    def act(self) -> None:
        """Plan or change it. What is missing is said under its field."""
        day = read(self.day, lambda: self.day.day)
        if not self.point.value:
            raise Wrong(self.point, "Choose the point at which the work moves.")
        if not self.to.value:
            raise Wrong(self.to, "Choose where the work goes.")
        if self.to.value == OUTSIDE and not self.outside.text:
            raise Wrong(self.outside, "Say who outside takes the child.")
        is_outside = self.to.value == OUTSIDE
        where = {
            "to_team_id": "" if is_outside else self.to.value,
            "to_outside": self.outside.text if is_outside else "",
            "to_worker_id": "" if is_outside else self.worker.value,
        }
        self._perform(day, where)

    def _perform(self, day: date, where: dict[str, str]) -> None:
        snapshot = self.desk.workspace.snapshot
        if self.transfer is not None:
            words = discreet(self.child)
            said = f"The transfer of {words} is planned for {plain_date(day)}"
            self.perform(f"Change the transfer of {words}", change_transfer, self.transfer.id, day, said=said, **where)
            return
        ids = (self.child.id, *self.others) if self.others else self.household.chosen_ids
        words = children_words([found for one in ids if (found := snapshot.find(Child, one)) is not None])
        self.perform(
            f"Plan a transfer of {words}",
            plan_transfers,
            ids,
            self.point.value,
            day,
            said=f"Planned the transfer of {words} for {plain_date(day)}",
            **where,
        )

    # What depends on what

    def _begin(self, point: str) -> None:
        transfer, row = self.transfer, self._row
        if transfer is not None:
            _offer(self.point, transfer.point)
            self.day.set_day(transfer.planned_on)
            self.outside.edit.setText(transfer.to_outside)
            self.to.choose(transfer.to_team_id or OUTSIDE)
            self._on_destination_changed()
            self.worker.choose(transfer.to_worker_id)
            return
        known = point or (row.point if row is not None else "")
        if known:
            _offer(self.point, known)
        if row is not None and row.by is not None and row.point == known:
            self.day.set_day(max(row.by, self.desk.today))
        self._on_point_changed()
        self._on_destination_changed()

    def _on_point_changed(self) -> None:
        """An agreed point says where it leads."""
        agreed = _agreed(self.desk, self.point.value)
        if agreed is None or self.to.value:
            return
        if agreed.to_outside:
            self.to.choose(OUTSIDE)
            self.outside.edit.setText(agreed.to_outside)
        elif agreed.to_function:
            teams = [team for team in self.desk.workspace.snapshot.all(Team).values() if _same(team.function, agreed.to_function)]
            if len(teams) == 1:
                self.to.choose(teams[0].id)

    def _on_destination_changed(self) -> None:
        is_outside = self.to.value == OUTSIDE
        self.outside.setVisible(is_outside)
        self.worker.setVisible(bool(self.to.value) and not is_outside)
        workers = self.desk.workspace.snapshot.by(Worker, "team_id", self.to.value) if self.to.value and not is_outside else ()
        kept = self.worker.value
        self.worker.box.clear()
        for worker_id, name in (UNNAMED | {one.id: one.name for one in sorted(workers, key=lambda one: one.name)}).items():
            self.worker.box.addItem(name, worker_id)
        self.worker.choose(kept)

    def _on_removal_pressed(self) -> None:
        assert self.transfer is not None
        words = discreet(self.child)
        self.perform(f"Withdraw the transfer of {words}", withdraw_transfer, self.transfer.id, said=f"{words} does not move")


def _row_of(desk: "Desk", child_id: str) -> ToMove | None:
    rows = desk.outlook.to_move if desk.outlook is not None else ()
    return next((row for row in rows if row.case.child.id == child_id), None)


def _points(desk: "Desk") -> dict[str, str]:
    """The agreed points first, then the usual ones, each once, as they read in a list."""
    agreed = [point.name for point in points_in_force(desk.workspace.snapshot, desk.today)]
    usual = [lower_first(words) for words in HAPPENINGS.values()]
    return {name: name[:1].upper() + name[1:] for name in dict.fromkeys([*agreed, *usual, END_OF_CONTRACT])}


def _agreed(desk: "Desk", name: str) -> TransferPoint | None:
    return next((point for point in points_in_force(desk.workspace.snapshot, desk.today) if point.name == name), None)


def _teams(desk: "Desk", child_id: str) -> dict[str, str]:
    """The teams that do not have the child."""
    snapshot = desk.workspace.snapshot
    case = snapshot.case(child_id, desk.today)
    own = snapshot.team_of(case, desk.today) if case is not None else ""
    teams = sorted(snapshot.all(Team).values(), key=lambda team: team.name)
    return {team.id: team.name for team in teams if team.id != own}


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _offer(field: ChoiceField, value: str) -> None:
    """Choose a value, offered first where it is not among the choices."""
    if field.box.findData(value) < 0:
        field.box.addItem(value[:1].upper() + value[1:], value)
    field.choose(value)
