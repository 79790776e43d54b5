"""The Annex A workbook that Southampton's case system would give on the Friday before the sample's Monday, with its dirt."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter

from planner.core.records import Child, Event, LegalStatus, Placement, PlanSpell, Record, Team, Worker
from planner.core.snapshot import Snapshot, holds
from planner.formats.annex_a_lists import LISTS

AS_AT = date(2026, 11, 20)
STATUSES = {"lac": "a) Looked after child", "cp": "b) Child Protection plan", "cin": "c) Child in need plan"}
OPEN_ASSESSMENT = "d) Open assessment"
NEW = (("C10901", date(2019, 4, 2)), ("C10902", date(2021, 8, 30)), ("C10903", None))
"""Children whom the planner does not know yet: two siblings of one day, and one without a birth date."""
Row = dict[str, Any]
Lists = dict[int, list[Row]]


def workbook(records: Iterable[Record]) -> bytes:
    """The workbook of a sample's open children; the same records always give the same bytes."""
    lists = _lists(Snapshot(records))
    _soil(lists)
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"default_date_format": "dd/mm/yyyy", "in_memory": True})
    book.set_properties({"title": "Annex A, invented children", "created": datetime(2026, 11, 20)})
    for number in range(1, 12):
        sheet = book.add_worksheet(f"List {number}")
        headings = LISTS.get(number, ())
        sheet.write_row(0, 0, [heading.title for heading in headings])
        places = {heading.key: place for place, heading in enumerate(headings) if heading.key}
        for line, row in enumerate(lists.get(number, []), start=1):
            for key, value in row.items():
                if value is not None:
                    sheet.write(line, places[key], value)
    book.close()
    return content.getvalue()


def _lists(snapshot: Snapshot) -> Lists:
    """The rows of lists 3, 4, 5, 6, 7 and 8, child by child."""
    lists: Lists = defaultdict(list)
    for child in sorted(snapshot.all(Child).values(), key=lambda child: child.reference):
        case = snapshot.case(child.id, AS_AT)
        if case is None:
            continue
        common = _common(snapshot, child)
        events = {event.event: event.on for event in snapshot.by(Event, "child_id", child.id) if _is_known(event)}
        lists[3].append(common | {"referral": events.get("referral_received"), "nfa": "b) No"})
        for spell in snapshot.by(PlanSpell, "child_id", child.id):
            if spell.plan == "assessment":
                ended = spell.end if spell.end is not None and spell.end <= AS_AT else None
                lists[4].append(common | {"start": spell.start, "authorised": ended})
        if "strategy_discussion" in events:
            lists[5].append(common | {"strategy": events["strategy_discussion"], "icpc": events.get("icpc_held")})
        seen, alone = _last_seen(snapshot, child)
        plans = snapshot.plans(child.id, AS_AT)
        status = next((STATUSES[spell.plan] for spell in plans if spell.plan in STATUSES), OPEN_ASSESSMENT)
        lists[6].append(common | {"start": _start(plans, "cin") or case.received_on, "seen": seen, "status": status})
        for spell in plans:
            if spell.plan == "cp":
                lists[7].append(common | _protection(spell, events, seen, alone))
            elif spell.plan == "lac":
                lists[8].append(common | _care(snapshot, child, spell, events, seen))
    return lists


def _common(snapshot: Snapshot, child: Child) -> Row:
    lead = snapshot.lead(child.id, AS_AT)
    worker = snapshot.find(Worker, lead.worker_id) if lead else None
    team = snapshot.find(Team, worker.team_id) if worker else None
    return {
        "child": child.reference,
        "born": child.born,
        "team": team.name if team else None,
        "worker": worker.name if worker else None,
    }


def _is_known(event: Event) -> bool:
    return event.status == "held" and event.on is not None and event.on <= AS_AT


def _last_seen(snapshot: Snapshot, child: Child) -> tuple[date | None, bool | None]:
    """The last visit on which the child was seen that the case system has by then."""
    found: tuple[date | None, bool | None] = (None, None)
    for visit, sighting in snapshot.visits_of(child.id):
        if visit.status == "made" and sighting.seen and visit.recorded_on is not None and visit.recorded_on <= AS_AT:
            found = visit.on, sighting.seen_alone
    return found


def _start(plans: Iterable[PlanSpell], plan: str) -> date | None:
    return next((spell.start for spell in plans if spell.plan == plan), None)


def _protection(spell: PlanSpell, events: dict[str, date | None], seen: date | None, alone: bool | None) -> Row:
    visit = seen if seen and spell.start and seen >= spell.start else None
    return {
        "start": spell.start,
        "visit": visit,
        "alone": None if visit is None or alone is None else "a) Yes" if alone else "b) No",
        "review": events.get("cp_review_held"),
    }


def _care(snapshot: Snapshot, child: Child, spell: PlanSpell, events: dict[str, date | None], seen: date | None) -> Row:
    placement = next((one for one in snapshot.by(Placement, "child_id", child.id) if holds(one, AS_AT)), None)
    legal = next((one for one in snapshot.by(LegalStatus, "child_id", child.id) if holds(one, AS_AT)), None)
    return {
        "start": spell.start,
        "legal_start": legal.start if legal else None,
        "legal": legal.code if legal else None,
        "review": events.get("lac_review_held"),
        "visit": seen if seen and spell.start and seen >= spell.start else None,
        "health": events.get("health_assessment_held"),
        "placement_start": placement.start if placement else None,
        "placement": placement.type if placement else None,
        "provider": placement.provider if placement else None,
    }


def _soil(lists: Lists) -> None:
    """What a Friday brings, and the dirt that councils' files have: everything the check page should speak of."""
    for place, (reference, born) in enumerate(NEW):
        common = {"child": reference, "born": born, "team": lists[6][0]["team"], "worker": "#N/A" if place == 2 else None}
        lists[3].append(common | {"referral": AS_AT - timedelta(days=place // 2), "nfa": "b) No"})
        lists[6].append(common | {"start": AS_AT - timedelta(days=place // 2), "need": "N1", "status": OPEN_ASSESSMENT})
    closed, seen_since, odd_date, odd_label = lists[6][5], lists[6][12], lists[6][20], lists[6][30]
    for row in lists[4]:
        if row["child"] == closed["child"]:
            row["authorised"] = AS_AT
    closed |= {"closed": AS_AT, "closure": "RC8", "status": "e) Closed episode"}
    seen_since["seen"] = AS_AT
    odd_date["seen"] = "31/11/2026"
    odd_label["need"] = "PSRMEM - Support with memory and cognition"
    lists[6].append(dict(lists[6][40]))
