"""Matching the teams and workers a source names with those who are here: by folded name and team, or as a person mapped them."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.actions.import_ledger import Ledger
from planner.core.found import FoundWorker
from planner.core.records import Allocation, Child, Team, Worker

AGENCY = "Agency"
"""The supplier of a worker whom a source calls an agency worker, without saying whose."""
PART_TIME = "New workers who do not work a full week, taken as working the same hours on each weekday"
FULL_TIME_SHARE = 1.0


def folded_name(name: str) -> str:
    """A name as it is compared: NFC, without case and odd spaces, `Shah, Priya` the same as `Priya Shah`."""
    text = unicodedata.normalize("NFC", name).replace("\u00a0", " ").casefold()
    family, comma, given = text.partition(",")
    if comma and "," not in given and given.strip():
        text = f"{given} {family}"
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Namesake:
    """A worker as the source names them, and the workers here who may be the same person."""

    name: str
    team: str
    candidates: tuple[Worker, ...]


class Staff:
    """The workspace's teams and workers, and those an import adds to them."""

    def __init__(self, ledger: Ledger, mapped: Mapping[tuple[str, str], str], found: Iterable[FoundWorker] = ()) -> None:
        """`mapped` are a person's choices: a name and team as the source has them, to the id of a worker here, or nothing
        for somebody new. `found` are the workers whom the source has under ids of its own.
        """
        self._found = {worker.source_id: worker for worker in found}
        self._by_source: dict[str, str] = {}
        self._ledger = ledger
        self._mapped = {(folded_name(name), folded_name(team)): row for (name, team), row in mapped.items()}
        self._teams = {folded_name(team.name): team for team in ledger.snapshot.all(Team).values()}
        self._workers: dict[str, list[Worker]] = {}
        self._answers: dict[tuple[str, str], str] = {}
        self.namesakes: list[Namesake] = []
        self._by_swe: dict[str, Worker] = {}
        for worker in ledger.snapshot.all(Worker).values():
            self._remember(worker)
            if worker.swe_number:
                self._by_swe.setdefault(_swe(worker.swe_number), worker)

    def _remember(self, worker: Worker) -> None:
        for name in {folded_name(name) for name in (worker.name, *worker.other_names)}:
            self._workers.setdefault(name, []).append(worker)

    def team(self, name: str, place: str) -> str:
        """The id of a team by its name, made where there is none; empty for no name."""
        key = folded_name(name)
        if not key:
            return ""
        if key not in self._teams:
            team = Team(id=self._ledger.new_id(), name=name)
            self._teams[key] = team
            self._ledger.add(team, name, place, name)
        return self._teams[key].id

    def worker(self, name: str, team: str, place: str, child: Child) -> str:
        """The id of a worker by name and team, made where there is none; empty for no name.

        Where no team is said, who holds the child under that name is meant before anybody else of the name.
        """
        key = folded_name(name), folded_name(team)
        if not key[0]:
            return ""
        if not key[1] and not self._mapped.get(key):
            holders = {held.worker_id for held in self._ledger.snapshot.by(Allocation, "child_id", child.id) if held.end is None}
            named = [worker.id for worker in self._workers.get(key[0], ()) if worker.id in holders]
            if named:
                return named[0]
        if key not in self._answers:
            self._answers[key] = self._matched(name, team, key, place)
        return self._answers[key]

    def known(self, source_id: str) -> str:
        """The id of a worker by the source's own id: by the Social Work England number, else by name and team, else made."""
        if source_id not in self._by_source:
            found = self._found[source_id]
            self._by_source[source_id] = self._by_number(found) or self._by_name(found)
        return self._by_source[source_id]

    def _by_number(self, found: FoundWorker) -> str:
        worker = self._by_swe.get(_swe(found.swe_number)) if found.swe_number else None
        return worker.id if worker is not None else ""

    def _by_name(self, found: FoundWorker) -> str:
        """The worker of that name and team here, unless they have another number; what the source says more of them is taken."""
        key = folded_name(found.name), folded_name(found.team)
        namesakes = self._workers.get(key[0], [])
        others = [
            one for one in namesakes if one.swe_number and found.swe_number and _swe(one.swe_number) != _swe(found.swe_number)
        ]
        if others and not self._mapped.get(key):
            self._workers[key[0]] = [one for one in namesakes if one not in others]
        worker_id = self._matched(found.name, found.team, key, found.source_row, found)
        if others:
            self._workers[key[0]] = [*others, *self._workers.get(key[0], [])]
        worker = self._ledger.snapshot.find(Worker, worker_id)
        if worker is not None and found.swe_number and not worker.swe_number:
            numbered = replace(worker, swe_number=found.swe_number)
            self._ledger.change(worker, numbered, worker.name, found.source_row)
        return worker_id

    def _matched(self, name: str, team: str, key: tuple[str, str], place: str, found: FoundWorker | None = None) -> str:
        if self._mapped.get(key):
            return self._learned(self._mapped[key], name, place)
        team_id = self.team(team, place)
        namesakes = self._workers.get(key[0], [])
        by_other_name = [worker for worker in namesakes if folded_name(worker.name) != key[0]]
        same_team = [worker for worker in namesakes if worker.team_id == team_id or not team_id or not worker.team_id]
        exact = [worker for worker in namesakes if worker.team_id == team_id]
        fitting = by_other_name if len(by_other_name) == 1 else exact if team_id and len(exact) == 1 else same_team
        if len(fitting) == 1:
            return fitting[0].id
        if namesakes and key not in self._mapped:
            message = f"{name} of {team or 'no team'} may be someone already here. Until you say so they are two workers."
            self._ledger.note("ask", "worker", name, place, message, "worker-namesake", name)
            self.namesakes.append(Namesake(name, team, tuple(namesakes)))
            if len(exact) == 1:
                return exact[0].id  # The one an earlier import made while nobody said who it is.
        worker = self._made(name, team_id, found)
        self._remember(worker)
        self._ledger.add(worker, name, place, team)
        return worker.id

    def _made(self, name: str, team_id: str, found: FoundWorker | None) -> Worker:
        """Somebody new, with what the source says of their number, their supplier and their hours."""
        worker = Worker(id=self._ledger.new_id(), name=name, team_id=team_id)
        if found is None:
            return worker
        if found.full_time is not None and found.full_time < FULL_TIME_SHARE:
            self._ledger.assumed[PART_TIME] += 1
            worker = replace(worker, pattern=tuple(round(hours * found.full_time) for hours in worker.pattern))
        return replace(worker, swe_number=found.swe_number, supplier=AGENCY if found.is_agency else "")

    def _learned(self, row: str, name: str, place: str) -> str:
        """The mapped worker, who from now on is known by this name too."""
        worker = self._ledger.snapshot.find(Worker, row)
        if worker is None:
            return ""
        known = {folded_name(known) for known in (worker.name, *worker.other_names)}
        if folded_name(name) not in known:
            learned = replace(worker, other_names=(*worker.other_names, name))
            self._ledger.change(worker, learned, worker.name, place)
            self._remember(learned)
        return row


def _swe(number: str) -> str:
    """A Social Work England number as it is compared: `SW 12345` the same as `sw12345`."""
    return "".join(number.split()).casefold()
