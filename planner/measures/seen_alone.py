"""How often children on plans where it matters were seen alone."""

from planner.core.chase import ALONE_MATTERS
from planner.core.records import Child, Sighting, Visit, Worker
from planner.measures.duties import PeriodDuties, Sums
from planner.measures.tally import Counted, Tally

NOT_SAID, UNBORN = "nobody said whether the child was seen alone", "the child was not born yet"


def seen_alone(duties: PeriodDuties) -> Tally:
    """Statutory visits of the period in which a child on a CP plan or looked after was seen; what was not said is left out."""
    sums = Sums()
    for child in duties.children:
        for visit, sighting in duties.outlook.snapshot.visits_of(child.id):
            if _is_looked_at(duties, child, visit, sighting):
                _add(sums, duties, child, visit, sighting)
    return sums.tally()


def _is_looked_at(duties: PeriodDuties, child: Child, visit: Visit, sighting: Sighting) -> bool:
    if visit.on is None or visit.on not in duties.period or visit.on > duties.outlook.on:
        return False
    is_seen = visit.status == "made" and visit.standing == "statutory" and sighting.seen is True
    on_plan = any(spell.plan in ALONE_MATTERS for spell in duties.outlook.snapshot.plans(child.id, visit.on))
    return is_seen and on_plan and duties.is_ours(child, visit.on)


def _add(sums: Sums, duties: PeriodDuties, child: Child, visit: Visit, sighting: Sighting) -> None:
    assert visit.on is not None
    if child.born is not None and child.born > visit.on:
        sums.left_out[UNBORN] += 1
    elif sighting.seen_alone is None:
        sums.left_out[NOT_SAID] += 1
    else:
        worker = duties.outlook.snapshot.find(Worker, visit.worker_id)
        alone, why = sighting.seen_alone, sighting.not_alone_reason
        sums.rows.append(Counted(child, worker, "Seen, not alone", None, visit.on, None, alone, None, None, why))
