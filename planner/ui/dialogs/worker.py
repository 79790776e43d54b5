"""Add a worker, or change one: hours, stage, skills, limits, the assignment, and what an agency worker must have complete."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.actions.workers import VISITS_FROM, add_worker, change_worker
from planner.core.coming_changes import STAGES
from planner.core.date_words import DAYS
from planner.core.records import Team, Worker
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form, MaybeDay, typed_count, typed_list, typed_tenths
from planner.ui.dialogs.question import read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ROLES = (
    "social worker",
    "senior practitioner",
    "family help lead practitioner",
    "lead child protection practitioner",
    "family support worker",
    "personal adviser",
)
ONE_DAY = timedelta(days=1)
WIDTH = 640


class WorkerDialog(Form):
    """Every fact of a worker but days and reductions, which have dates of their own. An empty id adds a worker."""

    def __init__(self, desk: "Desk", worker_id: str = "", parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        self.worker: Worker = snapshot.find(Worker, worker_id) or Worker(id="", team_id=_first_team(desk))
        new = not self.worker.id
        title = "Add a worker" if new else f"Change {self.worker.name}"
        super().__init__(desk, title, "Add worker" if new else "Save changes", worker_id, WIDTH, parent)
        self._add_person()
        self._add_hours()
        self._add_work()
        self._add_limits()
        self._add_post()
        self._add_agency()
        self.body.addStretch(1)

    # Fields

    def _text(self, label: str, content: object, hint: str = "") -> TextField:
        field = TextField(label, hint)
        field.edit.setText("" if content is None else str(content))
        return field

    def _add_person(self) -> None:
        worker, snapshot = self.worker, self.desk.workspace.snapshot
        teams = {team.id: team.name for team in sorted(snapshot.all(Team).values(), key=lambda team: team.name)}
        roles = dict.fromkeys((*ROLES, *(one.role for one in snapshot.all(Worker).values()), worker.role))
        stages = STAGES if worker.stage in STAGES else {**STAGES, worker.stage: worker.stage.capitalize()}
        self.name = self._text("Name", worker.name)
        self.team = ChoiceField("Team", teams)
        self.team.choose(worker.team_id)
        self.role = ChoiceField("Role", {role: role[:1].upper() + role[1:] for role in roles if role})
        self.role.choose(worker.role)
        self.stage = ChoiceField("Stage of career", stages)
        self.stage.choose(worker.stage)
        self.stage_last = MaybeDay(self.desk, "Last day of this stage", _day_before(worker.stage_ends_on))
        self.add(self.name)
        self.add_row(self.team, self.role)
        self.add_row(self.stage, self.stage_last)

    def _add_hours(self) -> None:
        self.part("Hours of each day")
        self.days = [
            self._text(day[:3], f"{hours / 10:g}" if hours else "") for day, hours in zip(DAYS, self.worker.pattern, strict=True)
        ]
        for field, day in zip(self.days, DAYS, strict=True):
            field.control.setAccessibleName(f"Hours on {day} ({day[:3]})")
        self.add_row(*self.days)

    def _add_work(self) -> None:
        worker = self.worker
        self.part("Skills and places")
        self.skills = self._text("Skills", ", ".join(worker.skills), "With commas between them.")
        self.localities = self._text("Localities", ", ".join(worker.localities), "With commas between them.")
        self.others = self._text("Other names in the case system", ", ".join(worker.other_names), "With commas between them.")
        self.add_row(self.skills, self.localities)
        self.add(self.others)

    def _add_limits(self) -> None:
        worker = self.worker
        self.part("Limits")
        self.headcount = self._text("Children at most", worker.headcount_limit, "Empty: as the scheme says.")
        self.visits = self._text("Visits a week", worker.visits_a_week, "Empty: as chosen below.")
        self.visits_from = ChoiceField("Visits a week come from", VISITS_FROM, "Where no number stands above.")
        self.visits_from.choose(worker.visits_from)
        self.new_cases = self._text("New children in 7 days", worker.new_cases_a_week, "Empty: no limit.")
        self.none_until = MaybeDay(self.desk, "No new cases until", worker.no_new_cases_until)
        self.add_row(self.headcount, self.visits, self.new_cases)
        self.add_row(self.visits_from, self.none_until)

    def _add_post(self) -> None:
        worker = self.worker
        self.part("Assignment")
        self.first = MaybeDay(self.desk, "First day in post", worker.assignment_start)
        self.last = MaybeDay(self.desk, "Last day in post", _day_before(worker.assignment_end))
        self.notice = MaybeDay(self.desk, "Notice given on", worker.notice_on)
        self.qualified = MaybeDay(self.desk, "Qualified on", worker.qualified_on)
        self.number = self._text("Social Work England number", worker.swe_number)
        self.add_row(self.first, self.last)
        self.add_row(self.notice, self.qualified)
        self.add(self.number)

    def _add_agency(self) -> None:
        worker = self.worker
        self.part("Agency and onboarding")
        self.remark("Where there is a supplier, nothing is allocated before checks and case system login are complete.")
        self.supplier = self._text("Supplier", worker.supplier, "Empty for the council’s own staff.")
        self.checks = MaybeDay(self.desk, "Checks complete on", worker.checks_complete_on)
        self.login = MaybeDay(self.desk, "Case system login complete on", worker.login_complete_on)
        self.add(self.supplier)
        self.add_row(self.checks, self.login)

    # What happens

    def facts(self) -> dict[str, Any]:
        """Every fact as it stands in the fields. Raises Wrong with the field that cannot be read."""
        return {
            "name": self.name.text,
            "team_id": self.team.value,
            "role": self.role.value,
            "stage": self.stage.value,
            "stage_ends_on": _day_after(_maybe(self.stage_last)),
            "pattern": tuple(read(field, partial(_hours, field)) for field in self.days),
            "skills": typed_list(self.skills.text),
            "localities": typed_list(self.localities.text),
            "other_names": typed_list(self.others.text),
            "headcount_limit": read(self.headcount, lambda: typed_count(self.headcount.text)),
            "visits_a_week": read(self.visits, lambda: typed_count(self.visits.text)),
            "visits_from": self.visits_from.value,
            "new_cases_a_week": read(self.new_cases, lambda: typed_count(self.new_cases.text)),
            "no_new_cases_until": _maybe(self.none_until),
            "assignment_start": _maybe(self.first),
            "assignment_end": _day_after(_maybe(self.last)),
            "notice_on": _maybe(self.notice),
            "qualified_on": _maybe(self.qualified),
            "swe_number": self.number.text,
            "supplier": self.supplier.text,
            "checks_complete_on": _maybe(self.checks),
            "login_complete_on": _maybe(self.login),
        }

    def act(self) -> None:
        """Add the worker, or change only the facts that are other than before."""
        facts = self.facts()
        if not self.worker.id:
            name = facts["name"]
            self.perform(f"Add worker {name}", add_worker, said=f"Added {name}", **facts)
            return
        changed = {name: value for name, value in facts.items() if value != getattr(self.worker, name)}
        if not changed:
            self.accept()
            return
        name = facts["name"]
        self.perform(f"Change worker {name}", change_worker, self.worker.id, said=f"Changed {name}", **changed)


def _first_team(desk: "Desk") -> str:
    if desk.team_ids:
        return sorted(desk.team_ids)[0]
    return next(iter(sorted(desk.workspace.snapshot.all(Team))), "")


def _hours(field: TextField) -> int:
    return typed_tenths(field.text, "hours")


def _maybe(field: MaybeDay) -> date | None:
    return read(field, lambda: field.day_or_none)


def _day_before(end: date | None) -> date | None:
    """The last day of a period whose end is the first day it no longer holds."""
    return end - ONE_DAY if end is not None else None


def _day_after(last: date | None) -> date | None:
    return last + ONE_DAY if last is not None else None
