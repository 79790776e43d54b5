"""Who held whom, out of an SSD extract: professionals, departments, and involvements as an allocated case worker."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from planner.core.found import FoundAllocation, FoundWorker
from planner.formats.ssd_rows import Columns
from planner.formats.words import folded

LEAD_PRACTITIONER = "lead child protection practitioner"
ROLES = {
    LEAD_PRACTITIONER: LEAD_PRACTITIONER,
    "allocated case worker": "lead",
    "co-worker": "co-worker",
    "co worker": "co-worker",
    "personal adviser": "personal adviser",
    "personal advisor": "personal adviser",
}
"""What a role says, and the role it is here; other involvements are not allocations."""
NO_ROLE = "Involvements without a role, taken as allocated case worker, for the table has no other"
OTHER_ROLE = "Involvements in other roles, left out: {role}"
TWO_OPEN = "Children with two open allocated case workers at once: the latest was taken, and the others ended when it began"
OVERLAPPING = "Allocations that ran into the next worker's, taken as ended when that began"
NO_SHARE = "Workers whose full-time equivalency is not more than 0 and at most 1, taken as full time"


class Staffing:
    """The workers and teams of an extract, and each child's allocations."""

    def __init__(self, tables: Mapping[str, Columns]) -> None:
        self.assumed: Counter[str] = Counter()
        self.unknown: list[tuple[Columns, int]] = []
        self._teams = _team_names(tables.get("department"))
        self._team_of: dict[tuple[str, str], tuple[date, str]] = {}
        self._latest_team: dict[str, tuple[date, str]] = {}
        self.workers: dict[str, FoundWorker] = {}
        self._staff_ids: dict[str, str] = {}
        self._involved: dict[str, list[FoundAllocation]] = defaultdict(list)
        self._read_professionals(tables.get("professionals"))
        self._read_involvements(tables.get("involvements"))
        self._name_teams()

    def team(self, named: str) -> str:
        """A team's name, from its id or from the name itself."""
        return self._teams.get(folded(named), named) if named else ""

    def team_of(self, child: str, held: FoundAllocation) -> str:
        """The team in which a worker holds this child, else the worker's own."""
        worker = self.workers.get(held.worker_id)
        _, team = self._team_of.get((child, held.worker_id), (date.min, worker.team if worker else ""))
        return team

    def allocations(self, child: str) -> tuple[FoundAllocation, ...]:
        """A child's allocations, oldest first."""
        return tuple(self._involved.get(child, ()))

    # Reading

    def _read_professionals(self, table: Columns | None) -> None:
        for place in range(len(table) if table is not None else 0):
            assert table is not None
            key = table.text("id", place)
            share = table.values.get("full_time")
            number = share[place] if share is not None else None
            part = number if isinstance(number, float) and 0 < number <= 1 else None
            self.assumed[NO_SHARE] += number is not None and part is None
            if staff := table.text("staff", place):
                self._staff_ids[staff] = key
            self.workers[key] = FoundWorker(
                source_id=key,
                name=table.text("name", place) or f"Worker {table.text('staff', place) or key}",
                team=self.team(table.text("team", place)),
                swe_number=table.text("swe", place),
                is_agency=table.flag("agency", place),
                full_time=part,
                source_row=table.where(place),
            )

    def worker_id(self, named: str) -> str:
        """The id of a worker named by it or by the staff id; an empty string for somebody not in the table."""
        return named if named in self.workers else self._staff_ids.get(named, "")

    def _read_involvements(self, table: Columns | None) -> None:
        if table is None:
            return
        has_roles = "role" in table.values
        grouped: dict[tuple[str, str], list[tuple[date, date, str, int]]] = defaultdict(list)
        for place in range(len(table)):
            role = self._role(table.text("role", place)) if has_roles else "lead"
            self.assumed[NO_ROLE] += not has_roles
            if not role:
                continue
            start = table.day("start", place)
            assert start is not None
            end = table.day("end", place) or date.max
            grouped[table.text("person", place), role].append((end, start, table.text("id", place), place))
        for (child, role), rows in grouped.items():
            self._involved[child] += self._in_turn(table, child, role, rows)
        for held in self._involved.values():
            held.sort(key=lambda one: (one.start, one.end or date.max, one.role))

    def _role(self, text: str) -> str:
        words = folded(text)
        role = next((role for said, role in ROLES.items() if said in words), "")
        if not role:
            self.assumed[OTHER_ROLE.format(role=text or "none given")] += 1
        return role

    def _in_turn(self, table: Columns, child: str, role: str, rows: list[tuple[date, date, str, int]]) -> list[FoundAllocation]:
        """The allocations in one role. Of leads only one holds a child at a time: the latest end, then start, then highest id."""
        rows.sort(key=lambda row: (row[0], row[1], _id_order(row[2])), reverse=True)
        found: list[FoundAllocation] = []
        until = date.max
        for number, (end, start, _, place) in enumerate(rows):
            if role == "lead" and number:
                if end == date.max:
                    self.assumed[TWO_OPEN] += 1
                elif end > until:
                    self.assumed[OVERLAPPING] += 1
                end = min(end, until)
                if end <= start:
                    continue
            until = min(until, start)
            worker = self._worker(table, place)
            self._remember_team(table, place, child, worker, start)
            reason = table.text("reason", place)
            found.append(
                FoundAllocation(
                    worker_id=worker,
                    role=role,
                    start=start,
                    end=None if end == date.max else end,
                    end_code=reason if end != date.max else "",
                    source_ids=table.ids(place),
                    source_row=table.where(place),
                )
            )
        return found

    def _worker(self, table: Columns, place: int) -> str:
        """The id of the worker of an involvement; one that the professionals do not hold goes by it, and is told."""
        named = table.text("worker", place)
        known = self.worker_id(named)
        if known:
            return known
        self.unknown.append((table, place))
        self.workers[named] = FoundWorker(source_id=named, name=f"Worker {named}", source_row=table.where(place))
        return named

    def _remember_team(self, table: Columns, place: int, child: str, worker: str, start: date) -> None:
        team = self.team(table.text("team", place))
        if not team:
            return
        if (child, worker) not in self._team_of or start > self._team_of[child, worker][0]:
            self._team_of[child, worker] = start, team
        if worker not in self._latest_team or start > self._latest_team[worker][0]:
            self._latest_team[worker] = start, team

    def _name_teams(self) -> None:
        """A worker whose department is none of the teams that hold children is of the team of the newest involvement."""
        with_children = {team for _, team in self._team_of.values()}
        for key, (_, team) in self._latest_team.items():
            worker = self.workers[key]
            if worker.team not in with_children:
                self.workers[key] = replace(worker, team=team)


def _team_names(table: Columns | None) -> dict[str, str]:
    """Team names by the id they go by."""
    found = {}
    for place in range(len(table) if table is not None else 0):
        assert table is not None
        key = table.text("id", place)
        found[folded(key)] = table.text("name", place) or key
    return found


def _id_order(text: str) -> tuple[int, int, str]:
    """Ids in the order a database has them: numbers by their value."""
    return (1, int(text), "") if text.isascii() and text.isdigit() else (0, 0, text)
