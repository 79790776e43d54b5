"""Writes SSD tables: what a workspace holds, as an extract in the shape of the standard safeguarding dataset."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from planner.core.records import (
    Allocation,
    Case,
    Child,
    Event,
    LegalStatus,
    Placement,
    PlanSpell,
    Record,
    Team,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.formats.ssd_tables import TABLES

Row = dict[str, str]
Tables = dict[str, list[Row]]
ZIPPED_ON = (2026, 11, 20, 18, 0, 0)
FULL_WEEK = 370


def tables_of(snapshot: Snapshot, as_at: date, recorded_only: bool = False) -> Tables:
    """The tables of everything known on a day; what is later is not there.

    With `recorded_only` they are as the case system would have them: without what is not yet recorded in it.
    """
    writing = _Writing(snapshot, as_at, recorded_only)
    for child in sorted(snapshot.all(Child).values(), key=lambda child: child.reference):
        writing.add_child(child)
    writing.add_staff()
    return writing.tables


class _Writing:
    """The tables while they fill."""

    def __init__(self, snapshot: Snapshot, as_at: date, recorded_only: bool) -> None:
        self.snapshot = snapshot
        self.as_at = as_at
        self.recorded_only = recorded_only
        self.tables: Tables = {name: [] for name in TABLES}
        self.staff = {worker_id: f"P{number:04}" for number, worker_id in enumerate(sorted(snapshot.all(Worker)), start=1)}
        self.teams = {team_id: f"T{number:02}" for number, team_id in enumerate(sorted(snapshot.all(Team)), start=1)}
        self.count = 0

    def put(self, table_name: str, /, **values: object) -> str:
        """A row of a table by the keys the planner reads it under; answers its id, which is made here."""
        self.count += 1
        table = TABLES[table_name]
        given = {"id": f"{table.letters.upper()}{self.count}"} | values
        row = {table.heading(field): _cell(given.get(field.key)) for field in table.fields}
        self.tables[table_name].append(row)
        return str(given["id"])

    def known(self, kind: type[Record], child: Child) -> Iterator[tuple[Record, date, date | None]]:
        """The records of a child that had begun, with their ends as far as they had come."""
        for record in self.snapshot.by(kind, "child_id", child.id):
            start = getattr(record, "start", None) or getattr(record, "received_on", None)
            end = getattr(record, "end", None) or getattr(record, "ended_on", None)
            if start is not None and start <= self.as_at:
                yield record, start, end if end is not None and end <= self.as_at else None

    def add_child(self, child: Child) -> None:
        """A child and everything known of it."""
        cases = list(self.known(Case, child))
        if not cases:
            return
        given, _, family = child.name.partition(" ")
        person = child.reference
        self.put(
            "person",
            person=person,
            forename=given,
            surname=family,
            born=child.born,
            expected=None if child.born else child.expected,
        )
        if child.family or child.household:
            self.put("family", family=child.family or child.household, person=person)
        spells = self.snapshot.by(PlanSpell, "child_id", child.id)
        need = next((spell.category for spell in spells if spell.plan == "cin" and spell.category), "")
        for case, start, end in cases:
            assert isinstance(case, Case)
            self.put(
                "cin_episodes",
                person=person,
                start=start,
                need=need,
                source=case.referral_source,
                nfa=False,
                closure=case.closure_reason if end else None,
                end=end,
                team=self.teams.get(case.team_id),
            )
        self._add_spells(child, person)
        self._add_care(child, person)
        self._add_events(child, person)
        self._add_visits(child, person)
        self._add_involvements(child, person)

    def _add_spells(self, child: Child, person: str) -> None:
        for spell, start, end in self.known(PlanSpell, child):
            assert isinstance(spell, PlanSpell)
            if spell.plan == "assessment":
                self.put("cin_assessments", person=person, start=start, end=end)
            elif spell.plan == "cin":
                self.put("cin_plans", person=person, start=start, end=end)
            elif spell.plan == "cp":
                category = spell.category or "NEG"
                self.put("cp_plans", person=person, start=start, end=end, category_first=category, category=category)
            elif spell.plan == "care_leaver":
                self.put("care_leavers", person=person, eligibility=spell.category or "former relevant")

    def _add_care(self, child: Child, person: str) -> None:
        period = f"L{person}"
        homes = [
            (
                start,
                self.put(
                    "cla_placement", person=person, start=start, end=end, type=home.type, provider=home.provider, period=period
                ),
            )
            for home, start, end in self.known(Placement, child)
            if isinstance(home, Placement)
        ]
        for status, start, end in self.known(LegalStatus, child):
            assert isinstance(status, LegalStatus)
            self.put("legal_status", person=person, code=status.code, start=start, end=end)
        for spell, start, end in self.known(PlanSpell, child):
            if isinstance(spell, PlanSpell) and spell.plan == "lac":
                placement = homes[0][1] if homes else None
                self.put(
                    "cla_episodes",
                    person=person,
                    start=start,
                    reason="S",
                    end=end,
                    period=period,
                    placement=placement,
                    entered=start,
                )

    def _add_events(self, child: Child, person: str) -> None:
        on = {
            event.event: event.on
            for event in self.snapshot.by(Event, "child_id", child.id)
            if event.status == "held" and event.on is not None and event.on <= self.as_at
        }
        if "strategy_discussion" in on:
            self.put("s47_enquiry", person=person, start=on["strategy_discussion"], end=on.get("section_47_ended"))
        for event, table in (
            ("icpc_held", "initial_cp_conference"),
            ("cp_review_held", "cp_reviews"),
            ("health_assessment_held", "cla_health"),
            ("care_plan_made", "cla_care_plan"),
        ):
            if event in on:
                self.put(table, person=person, on=on[event], transfer_in=False, type="Health assessment")
        if "lac_review_held" in on:
            self.put("cla_reviews", period=f"L{person}", on=on["lac_review_held"], cancelled=False)

    def _add_visits(self, child: Child, person: str) -> None:
        for visit, sighting in self.snapshot.visits_of(child.id):
            if visit.on is None or visit.on > self.as_at or visit.status not in ("made", "attempted"):
                continue
            if self.recorded_only and (visit.recorded_on is None or visit.recorded_on > self.as_at):
                continue
            plan = self.snapshot.plan(child.id, visit.on)
            table = {"cp": "cp_visits", "lac": "cla_visits"}.get(plan, "cin_visits")
            self.put(
                table,
                person=person,
                on=visit.on,
                seen=bool(sighting.seen),
                alone=sighting.seen_alone,
                bedroom=sighting.bedroom_seen,
            )

    def _add_involvements(self, child: Child, person: str) -> None:
        for held, start, end in self.known(Allocation, child):
            assert isinstance(held, Allocation)
            worker = self.snapshot.find(Worker, held.worker_id)
            if worker is not None:
                role = "PERSONAL ADVISER" if held.role == "personal adviser" else "ALLOCATED CASE WORKER"
                self.put(
                    "involvements",
                    worker=self.staff[worker.id],
                    role=role if held.role in ("lead", "personal adviser") else "CO-WORKER",
                    team=self.teams.get(worker.team_id),
                    start=start,
                    end=end,
                    reason=(held.end_code or "TSPROC") if end else None,
                    person=person,
                )

    def add_staff(self) -> None:
        """The workers and the teams."""
        for worker_id, key in self.staff.items():
            worker = self.snapshot.find(Worker, worker_id)
            assert worker is not None
            self.put(
                "professionals",
                id=key,
                staff=f"S{key[1:]}",
                name=worker.name,
                swe=worker.swe_number,
                job=worker.role.capitalize(),
                team=self.teams.get(worker.team_id),
                full_time=f"{min(sum(worker.pattern) / FULL_WEEK, 1):.2f}",
                agency=bool(worker.supplier),
            )
        for team_id, key in self.teams.items():
            team = self.snapshot.find(Team, team_id)
            self.put("department", id=key, name=team.name if team else key)


def _cell(value: object) -> str:
    """A value as a database writes it."""
    if value is None or value == "":
        return "NULL"
    if isinstance(value, bool):
        return "Y" if value else "N"
    return f"{value.isoformat()} 00:00:00.000" if isinstance(value, date) else str(value)


def csv_files(tables: Tables) -> Mapping[str, bytes]:
    """Each table as a CSV file in UTF-8, by its name."""
    found = {}
    for name, rows in tables.items():
        table = TABLES[name]
        text = io.StringIO()
        writer = csv.DictWriter(text, [table.heading(field) for field in table.fields], lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        found[f"{table.title}.csv"] = text.getvalue().encode()
    return found


def zipped(tables: Tables) -> bytes:
    """The tables as a zip; the same tables always give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in csv_files(tables).items():
            archive.writestr(zipfile.ZipInfo(name, ZIPPED_ON), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def write(tables: Tables, out: Path) -> None:
    """Write an extract to a folder, or to a zip where the name says so."""
    if out.suffix.casefold() == ".zip":
        out.write_bytes(zipped(tables))
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, data in csv_files(tables).items():
        (out / name).write_bytes(data)
