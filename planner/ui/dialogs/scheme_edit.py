"""Change a workload scheme, or a copy of a shipped one, from a day, with everyone's figure before and after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.actions.policies import keep_scheme
from planner.core.codes import PLANS
from planner.core.coming_changes import STAGES
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.policy_effects import LoadChange, SchemeEffects, scheme_effects
from planner.core.records import Team, Worker
from planner.core.workload import IN_PROCEEDINGS, Scheme, own_schemes
from planner.core.workload_scheme import NORMAL, Band
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, Field, TextField
from planner.ui.dialogs.form import typed_count, typed_tenths
from planner.ui.dialogs.numbers_field import NumbersField
from planner.ui.dialogs.previewed import Choice, Previewed
from planner.ui.dialogs.question import Wrong, read
from planner.ui.dialogs.scheme_choice import COLUMNS, scheme_sentence
from planner.ui.table import Column

if TYPE_CHECKING:
    from planner.ui.desk import Desk

UNITS = {"points": "Points", "children": "Children", "minutes": "Minutes"}
OPEN, COURT = "open", "court"
TARGET, LIMIT, VISITS = "target", "limit", "visits"
YES, NO = "yes", "no"
OURS = "As agreed in this workspace."


def number(tenths: int) -> str:
    """Tenths as they are typed: `4`, `4.5`."""
    return f"{tenths / 10:g}"


class SchemeEditDialog(Previewed):
    """Every number of a scheme. It starts from one that is here, and is kept as the workspace's own."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Change the workload scheme", "Put in force", "", parent)
        snapshot = desk.workspace.snapshot
        self._known = {**desk.reference.schemes, **own_schemes(snapshot)}
        self._add_whose()
        self._add_weights()
        self._add_carried(sorted({worker.role for worker in snapshot.all(Worker).values() if worker.role}))
        self._add_rest()
        self.add_preview(in_view=True)
        self._fill()
        self.base.changed.connect(self._fill)
        self.watch(*self.fields)
        self.look()

    # Fields

    def _add_whose(self) -> None:
        schemes = sorted(self._known.values(), key=lambda scheme: scheme.title.casefold())
        self.base = ChoiceField("Start from", {scheme.id: scheme.title for scheme in schemes}, "Its numbers are put in below.")
        self.name = TextField("Name of your scheme", "The name of one of yours makes its next version.")
        self.team = self.team_field()
        self.start = DayField(self.desk, "In force from", self.desk.today)
        outlook = self.desk.outlook
        assert outlook is not None
        only = next(iter(self.desk.team_ids)) if len(self.desk.team_ids) == 1 else ""
        self.base.choose(outlook.scheme(only or next(iter(outlook.snapshot.all(Team)), "")).id)
        self.add_row(self.base, self.name)
        self.add_row(self.team, self.start)

    def _add_weights(self) -> None:
        self.unit = ChoiceField("Counted in", UNITS, "What the numbers are.")
        self.hours = TextField("Full week, hours", "Part time is pro rata.")
        self.sibling = TextField("Further sibling adds", "At one address.")
        self.instead = ChoiceField("Their own weight", {YES: "is left out", NO: "is counted too"}, "Of a further sibling.")
        self.weights = NumbersField(
            "What a child weighs",
            {OPEN: "Each child", COURT: "In care proceedings"},
            PLANS,
            "Empty: not counted, and named as having no weight. In proceedings, empty: as otherwise.",
        )
        self.add(self.weights)
        self.add_row(self.sibling, self.instead, self.unit, self.hours)

    def _add_carried(self, roles: Sequence[str]) -> None:
        stages = {stage: words for stage, words in STAGES.items() if stage != "experienced"}
        named = [key for scheme in self._known.values() for key in (*scheme.targets, *scheme.headcounts, *scheme.visits)]
        others = dict.fromkeys((*roles, *named))
        rows = {NORMAL: "A full week", **stages}
        rows |= {key: f"{key[:1].upper()}{key[1:]}" for key in others if key not in rows and key != "experienced"}
        self.carried = NumbersField(
            "What a worker can carry",
            rows,
            {TARGET: "In a full week", LIMIT: "Children at most", VISITS: "Visits a week"},
            "By stage of career or by role. Empty: as a full week; no limit of children.",
            left_out=((NORMAL, LIMIT),),
        )
        self.add(self.carried)

    def _add_rest(self) -> None:
        self.stable = TextField("Stable element", "Meetings, duty, supervision.")
        self.travel = TextField("Long travel adds", "For a child.")
        self.minutes = TextField("Travel is long over", "Minutes, one way.")
        self.share = TextField("Co-worker’s share, %", "Of a child’s weight.")
        self.nearly = TextField("Nearly full from, %")
        self.over = TextField("Over capacity above, %")
        self.extra = ChoiceField("Extra responsibilities", {YES: "are counted", NO: "are not counted"})
        self.history = ChoiceField("Visits a week come from", {NO: "the numbers above", YES: "each one’s last 12 weeks"})
        self.add_row(self.stable, self.travel, self.minutes, self.share)
        self.add_row(self.nearly, self.over, self.extra, self.history)

    def _fill(self) -> None:
        """Put the numbers of the scheme started from into the fields."""
        base = self._known[self.base.value]
        own = base.id not in self.desk.reference.schemes
        self.name.edit.setText(base.title.partition(", version ")[0] if own else f"Our {base.unit}")
        weights = {f"{OPEN}/{plan}": number(base.weights[plan]) for plan in PLANS if plan in base.weights}
        court = {plan: base.weights.get(f"{plan}{IN_PROCEEDINGS}") for plan in PLANS}
        self.weights.fill(weights | {f"{COURT}/{plan}": number(tenths) for plan, tenths in court.items() if tenths is not None})
        carried = {f"{key}/{TARGET}": number(tenths) for key, tenths in base.targets.items()}
        carried |= {f"{key}/{LIMIT}": f"{most}" for key, most in base.headcounts.items()}
        self.carried.fill(carried | {f"{key}/{VISITS}": f"{visits}" for key, visits in base.visits.items()})
        self._fill_singles(base)
        self.unit.choose(base.unit)
        self.instead.choose(YES if base.siblings_instead else NO)
        self.extra.choose(YES if base.counts_extra_work else NO)
        self.history.choose(YES if base.visits_from_history else NO)

    def _fill_singles(self, base: Scheme) -> None:
        edges = [band.edge for band in base.bands if band.edge is not None]
        texts = {
            self.hours: number(base.standard_hours),
            self.sibling: "" if base.sibling is None else number(base.sibling),
            self.stable: number(base.stable),
            self.travel: number(base.travel),
            self.minutes: f"{base.travel_over_minutes}",
            self.share: f"{base.co_work_share}",
            self.nearly: f"{edges[0]:g}" if edges else "90",
            self.over: f"{edges[-1]:g}" if edges else "100",
        }
        for field, text in texts.items():
            field.edit.setText(text)

    # Reading them

    def scheme(self) -> Scheme:
        """The scheme as it stands in the fields. Raises Wrong with the field that cannot be read."""
        return replace(
            self._known[self.base.value],
            title=self.name.text,
            source=OURS,
            unit=self.unit.value,
            standard_hours=_tenths(self.hours, least=1),
            stable=_tenths(self.stable),
            targets=self._targets(),
            weights=self._weights(),
            bands=self._bands(),
            sibling=_tenths(self.sibling) if self.sibling.text else None,
            siblings_instead=self.instead.value == YES,
            travel=_tenths(self.travel),
            travel_over_minutes=_count(self.minutes, 60),
            co_work_share=_count(self.share, 0),
            headcounts=_counts(self.carried, LIMIT),
            counts_extra_work=self.extra.value == YES,
            visits=_counts(self.carried, VISITS),
            visits_from_history=self.history.value == YES,
        )

    def _weights(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for row, ending in ((OPEN, ""), (COURT, IN_PROCEEDINGS)):
            typed = _numbers(self.weights, {plan: self.weights.text_at(row, plan) for plan in PLANS}, row)
            found |= {f"{plan}{ending}": tenths for plan, tenths in typed.items()}
        return found

    def _targets(self) -> dict[str, int]:
        found = {}
        for row, column in self.carried.edits:
            if column == TARGET and (text := self.carried.text_at(row, TARGET)):
                found[row] = _number(self.carried, self.carried.name_of((row, TARGET)), text)
        if not found.get(NORMAL):
            raise Wrong(self.carried, "Enter how many points a full week holds, more than 0.")
        return found

    def _bands(self) -> tuple[Band, ...]:
        nearly, over = (read(field, partial(_percent, field)) for field in (self.nearly, self.over))
        if nearly >= over:
            raise Wrong(self.nearly, f"Enter less than the {over:g}% above which a worker is over.")
        return Band("has room", nearly), Band("nearly full", over, includes_edge=True), Band("over")

    # What follows

    def choice(self) -> Choice:
        """Keep it and put it in force. Raises Refused for a day that is none, and for a day gone by."""
        start = read(self.start, lambda: self.start.day)
        if start < self.desk.today:
            raise Wrong(self.start, "Choose a day from today on: figures of days gone by stay as they were.")
        scheme, team_id = self.scheme(), self.team.value
        where = f" for {self.team.box.currentText()}" if team_id else ""
        return Choice(
            f"Change the workload scheme to {scheme.title}{where}",
            f"The scheme {scheme.title} is in force{where} from {plain_date(start)}",
            keep_scheme,
            (scheme, start, self.desk.reference.schemes),
            start,
            (team_id,) if team_id else (),
            {"team_id": team_id},
        )

    def effects(self) -> Callable[[Any, Any, date, tuple[str, ...]], SchemeEffects]:
        """Everyone's load."""
        return scheme_effects

    def show_effects(self, found: SchemeEffects) -> tuple[str, Sequence[Column], Sequence[LoadChange]]:
        """Who changes band, who comes over, and what is not counted."""
        return scheme_sentence(found), COLUMNS, found.changes


def _tenths(field: TextField, least: int = 0) -> int:
    tenths = read(field, lambda: typed_tenths(field.text, "points"))
    if tenths < least:
        raise Wrong(field, "Enter more than 0.")
    return tenths


def _count(field: TextField, default: int) -> int:
    found = read(field, lambda: typed_count(field.text))
    return default if found is None else found


def _percent(field: TextField) -> float:
    try:
        return float(field.text.rstrip("% ").replace(",", "."))
    except ValueError:
        raise Refused(f"“{field.text}” is not a percentage. Type a number such as 90.") from None


def _number(field: Field, name: str, text: str) -> int:
    """A number of tenths in one place of many. Raises Wrong naming the place."""
    try:
        return typed_tenths(text, "points")
    except Refused as refused:
        raise Wrong(field, f"{name}: {refused.sentence}") from refused


def _numbers(field: NumbersField, texts: Mapping[str, str], row: str) -> dict[str, int]:
    return {column: _number(field, field.name_of((row, column)), text) for column, text in texts.items() if text}


def _counts(field: NumbersField, column: str) -> dict[str, int]:
    """The whole numbers of a column by row. Raises Wrong naming the place."""
    found = {}
    for row, name in field.edits:
        if name == column and (text := field.text_at(row, column)):
            try:
                found[row] = typed_count(text) or 0
            except Refused as refused:
                raise Wrong(field, f"{field.name_of((row, column))}: {refused.sentence}") from refused
    return found
