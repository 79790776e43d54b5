"""What a step changed, in words: the child or worker of each row, the fact, how it stands now and how it would stand again."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from planner.actions.reversal import Preview, Reversal
from planner.core.date_words import list_date
from planner.core.flow_records import Referral
from planner.core.records import AwayReason, Child, Person, Record, Sighting, Team, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.ui.wording import child_words, count_words

MOST_LINES = 500
STAYS = "stays: changed since"
NAMED = (Child, Worker, Team, Person)
KINDS = {
    "sighting": "A child's part of a visit",
    "plan_spell": "Time on a plan",
    "legal_status": "Legal status",
    "story": "Story of a delay",
    "decision": "Manager's decision",
    "closing": "Closing of a case",
    "item_done": "Item of a checklist",
    "transfer_point": "Agreed transfer point",
    "chased": "Chased",
    "paper_sheet": "Sheet printed to be typed back",
    "policy_in_force": "Policy in force",
    "local_rule": "Local rule",
    "local_scheme": "Own workload scheme",
    "may_hold": "Who may hold what",
    "kpi_target": "KPI target",
    "source_read": "Import",
    "away_reason": "Reason for being away",
}
FACTS = {
    "on": "day",
    "at": "time",
    "start": "from",
    "end": "until",
    "worker_id": "worker",
    "child_id": "child",
    "kpi": "measure",
    "tenths": "tenths of a per cent",
    "school_age": "at school",
    "intended_to_18": "meant to last until 18",
    "regulation_19": "with a parent before the assessment, regulation 19",
    "regulation_24": "temporary approval, regulation 24",
    "regulation_24_extended_on": "temporary approval extended on",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One fact of one row: what it is, how it stands now, how it would stand once reversed, and a note where it is kept."""

    what: str
    fact: str
    now: str
    after: str
    note: str = ""


def history_lines(preview: Preview, snapshot: Snapshot, today: date) -> tuple[HistoryLine, ...]:
    """A line for each fact that reversing a step would change or keep, no more than 500."""
    lines: list[HistoryLine] = []
    for reversal in preview.reversals:
        lines += _lines(reversal, snapshot, today)
        if len(lines) >= MOST_LINES:
            break
    return tuple(lines[:MOST_LINES])


def preview_words(preview: Preview) -> str:
    """What reversing would come to, in one sentence or two."""
    if preview.refusal:
        return preview.refusal
    changed = sum(reversal.does_something for reversal in preview.reversals)
    kept = sum(bool(reversal.kept or reversal.is_kept_whole) for reversal in preview.reversals)
    said = f"Reversing this changes {count_words(changed, 'entry', 'entries')}."
    if not kept:
        return said
    stay = "stays" if kept == 1 else "stay"
    return f"{said} {count_words(kept, 'entry', 'entries')} changed since and {stay} in part or whole."


def _lines(reversal: Reversal, snapshot: Snapshot, today: date) -> list[HistoryLine]:
    record = reversal.now or reversal.after
    if record is None:
        return []
    what = _what(reversal.kind, record, snapshot, today)
    kept = [HistoryLine(what, _fact(name), _value(name, record, snapshot, today), "", STAYS) for name in reversal.kept]
    if reversal.is_kept_whole:
        return [HistoryLine(what, "", "there" if reversal.now else "not there", "", STAYS), *kept]
    if reversal.now is None:
        return [HistoryLine(what, "", "not there", "put back")]
    if reversal.after is None:
        return [HistoryLine(what, "", "there", "taken away")]
    return [*_changed(what, reversal.now, reversal.after, snapshot, today), *kept]


def _changed(what: str, now: Record, after: Record, snapshot: Snapshot, today: date) -> Iterable[HistoryLine]:
    for field in fields(now):
        if getattr(now, field.name) != getattr(after, field.name):
            is_now, would_be = (_value(field.name, record, snapshot, today) for record in (now, after))
            yield HistoryLine(what, _fact(field.name), is_now, would_be)


def _fact(name: str) -> str:
    return FACTS.get(name, name.replace("_", " ").removesuffix(" id"))


def _what(kind: str, record: Record, snapshot: Snapshot, today: date) -> str:
    """`Visit, C10432 – A.B., Mon 23 Nov`; never a child's name."""
    parts = [KINDS.get(kind, kind.replace("_", " ").capitalize())]
    parts += [words for words in _whom(record, snapshot) if words]
    day = getattr(record, "on", None) or getattr(record, "start", None) or getattr(record, "first_day", None)
    if isinstance(day, date):
        parts.append(list_date(day, today))
    return ", ".join(parts)


def _whom(record: Record, snapshot: Snapshot) -> list[str]:
    if isinstance(record, NAMED):
        return [_called(record)]
    if isinstance(record, Visit):
        sightings = snapshot.by(Sighting, "visit_id", record.id)
        return [_named(Child, sighting.child_id, snapshot) for sighting in sightings[:3]]
    found = [_named(Child, getattr(record, "child_id", ""), snapshot), _named(Worker, getattr(record, "worker_id", ""), snapshot)]
    return found if any(found) else [getattr(record, "title", "")]


def _named(kind: type[Any], row: str, snapshot: Snapshot) -> str:
    found = snapshot.find(kind, row) if row else None
    return _called(found) if found is not None else ""


def _called(record: Any) -> str:
    return child_words(record) if isinstance(record, Child) else str(record.name)


def _value(name: str, record: Record, snapshot: Snapshot, today: date) -> str:
    value = getattr(record, name)
    if value is None or value == "" or value == ():
        return "nothing"
    if isinstance(record, AwayReason) or (isinstance(record, Child | Referral) and name == "name"):
        return "not shown"
    if isinstance(value, datetime):
        return f"{list_date(value.date(), today)}, {value.astimezone():%H:%M}"
    if isinstance(value, date):
        return list_date(value, today)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return f"{len(value)} chosen" if name.endswith("_ids") else ", ".join(map(str, value))
    if name.endswith("_id"):
        return next((words for kind in NAMED if (words := _named(kind, str(value), snapshot))), "another entry")
    return str(value)
