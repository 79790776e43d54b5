"""The chips of the Cases page: which types, workers and due states are shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.core.codes import PLANS
from planner.ui.case_rows import CaseRow

TYPE, WORKER, DUE = "Type", "Worker", "Due"
KINDS = (TYPE, WORKER, DUE)
NOBODY = "nobody"
NO_PLAN = "none"
DUE_STATES = {
    "late": "Overdue",
    "today": "Due today",
    "week": "Due in 7 days",
    "later": "Due later",
    "none": "No visit due",
}


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What is chosen of each kind; nothing chosen means all of it."""

    types: frozenset[str] = frozenset()
    workers: frozenset[str] = frozenset()
    due: frozenset[str] = frozenset()

    def has(self, row: CaseRow, on: date) -> bool:
        """Whether a row passes every chip, on the day looked at."""
        if self.types and (row.plan or NO_PLAN) not in self.types:
            return False
        if self.workers and (row.case.worker.id if row.case.worker else NOBODY) not in self.workers:
            return False
        return not self.due or due_state(row, on) in self.due

    def chosen(self, kind: str) -> frozenset[str]:
        """What is chosen of a kind."""
        return {TYPE: self.types, WORKER: self.workers, DUE: self.due}[kind]

    def toggled(self, kind: str, value: str) -> "CaseFilters":
        """The filters with one value more, or one less."""
        return self.with_chosen(kind, self.chosen(kind) ^ {value})

    def with_chosen(self, kind: str, values: frozenset[str]) -> "CaseFilters":
        """The filters with other values of one kind."""
        match kind:
            case "Type":
                return replace(self, types=values)
            case "Worker":
                return replace(self, workers=values)
        return replace(self, due=values)

    def as_chips(self) -> dict[str, tuple[str, ...]]:
        """What is chosen, by kind, to be kept."""
        return {kind: tuple(sorted(self.chosen(kind))) for kind in KINDS if self.chosen(kind)}


def filters_of(chips: Mapping[str, tuple[str, ...]]) -> CaseFilters:
    """The filters that were kept."""
    return CaseFilters(*(frozenset(chips.get(kind, ())) for kind in KINDS))


def due_state(row: CaseRow, on: date) -> str:
    """`late`, `today`, `week`, `later` or `none`: how the next visit stands on the day."""
    if row.is_late:
        return "late"
    if row.due_on is None:
        return "none"
    ahead = (row.due_on - on).days
    return "today" if ahead == 0 else "week" if ahead <= 7 else "later"


def choices(kind: str, rows: tuple[CaseRow, ...]) -> dict[str, str]:
    """What can be chosen of a kind, by what is kept: types and workers are those that some row has."""
    if kind == TYPE:
        there = {row.plan or NO_PLAN for row in rows}
        return {code: words for code, words in {**PLANS, NO_PLAN: "No plan recorded"}.items() if code in there}
    if kind == DUE:
        return dict(DUE_STATES)
    workers = {row.case.worker.id: row.case.worker.name for row in rows if row.case.worker}
    return {NOBODY: "No worker", **dict(sorted(workers.items(), key=lambda pair: pair[1]))}


def remembered(view: str, filters: CaseFilters) -> str:
    """What a computer remembers of the page: the view, the types and the due states; no worker and nothing typed."""
    return json.dumps([view, sorted(filters.types), sorted(filters.due)])


def recalled(text: str) -> tuple[str, CaseFilters]:
    """The view and the filters that were remembered; the first view and no filter where it cannot be read."""
    try:
        view, types, due = json.loads(text)
        return str(view), CaseFilters(types=frozenset(map(str, types)), due=frozenset(map(str, due)))
    except (ValueError, TypeError):
        return "", CaseFilters()
