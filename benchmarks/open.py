"""How long a workspace takes to fill, open, change and back up: 1,200 cases with 8,000 visits, on a real encrypted file.

Run: python benchmarks/open.py [--children N] [--visits N]
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from planner.actions.step import Step
from planner.actions.workspace import Workspace
from planner.core.records import Allocation, Case, Child, Person, PlanSpell, Record, Sighting, Team, Visit, Worker
from planner.store.keys import Cost

PASSPHRASE = "violet kettle morning"
CHEAP = Cost(64, 1, 1)
MONDAY = date(2026, 9, 28)


def invented(children: int, visits: int) -> list[Record]:
    """Records of an invented service: a team, 65 workers, children with a case, a plan, a worker, and visits shared out."""
    chance = random.Random(7)

    def new_id() -> str:
        return f"{chance.getrandbits(128):032x}"

    team = Team(id=new_id(), name="Long term 1")
    workers = [Worker(id=new_id(), name=f"Worker {number}", team_id=team.id) for number in range(65)]
    found: list[Record] = [team, *workers]
    ids = []
    for number in range(children):
        start = MONDAY - timedelta(days=chance.randrange(400))
        child = Child(id=new_id(), reference=f"C{number}", initials="A.B.", born=start - timedelta(days=chance.randrange(6000)))
        ids.append(child.id)
        worker = chance.choice(workers)
        found += [
            child,
            Case(id=new_id(), child_id=child.id, team_id=team.id, received_on=start),
            PlanSpell(id=new_id(), child_id=child.id, plan=chance.choice(("cin", "cp", "lac")), start=start),
            Allocation(id=new_id(), child_id=child.id, worker_id=worker.id, start=start),
        ]
    for _ in range(visits):
        worker = chance.choice(workers)
        on = MONDAY - timedelta(days=chance.randrange(400))
        visit = Visit(id=new_id(), on=on, status="made", worker_id=worker.id, place="home", minutes=60, recorded_on=on)
        found.append(visit)
        for child_id in chance.sample(ids, chance.choice((1, 1, 1, 2))):
            found.append(
                Sighting(id=new_id(), visit_id=visit.id, child_id=child_id, seen=True, seen_alone=True, bedroom_seen=False)
            )
    return found


def fill(step: Step, records: list[Record]) -> None:
    """Put every record, as an import does."""
    for record in records:
        step.put(record)


def lengthen(step: Step, visit: Visit) -> None:
    """One small change."""
    step.put(replace(visit, minutes=(visit.minutes or 0) + 5))


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took, on the clock and on the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"{what:<44}{(time.perf_counter() - wall) * 1000:>10.0f} ms  {(time.process_time() - cpu) * 1000:>8.0f} ms CPU")


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def measured(folder: Path, children: int, visits: int) -> None:
    """Fill, change, close and open one workspace, printing each."""
    path = folder / "benchmark.planner"
    records = invented(children, visits)
    person = Person(id="1" * 32, name="Benchmark")
    workspace = Workspace.create(path, PASSPHRASE, name="Benchmark", person=person, device_name="here", clock=now, cost=CHEAP)
    with timed(f"fill with {len(records)} records"):
        workspace.perform("Fill", fill, records).result()
    visit = next(iter(workspace.snapshot.all(Visit).values()))
    with timed("100 changes of one visit"):
        for _ in range(100):
            workspace.perform("Lengthen visit", lengthen, workspace.snapshot.all(Visit)[visit.id]).result()
    with timed("close"):
        workspace.close()
    print(f"{'file':<44}{path.stat().st_size / 1e6:>10.1f} MB")
    for _ in range(3):
        with timed("open after unlock (Argon2id at a token cost)"):
            workspace = Workspace.open(path, PASSPHRASE, device_name="here", clock=now)
        workspace.close()


def main() -> None:
    """Measure at the size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=1200)
    parser.add_argument("--visits", type=int, default=8000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        measured(Path(folder), asked.children, asked.visits)


if __name__ == "__main__":
    main()
