"""What the command line answers: the JSON documents, and the same as plain text."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from planner.actions.imports import Preview, Receipt
from planner.core.codes import PLANS
from planner.core.errors import Refused
from planner.core.found import Found
from planner.core.obligations import Obligation
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.policy import RuleSet
from planner.core.records import Worker
from planner.core.rule import Rule
from planner.core.workload import Load
from planner.measures.kpis import Measured, measured
from planner.measures.period import Period, month_of

Json = dict[str, Any]


def due(outlook: Outlook, until: date | None, worker: Worker | None) -> Json:
    """Everything owed on the day, earliest first; `until` and `worker` narrow it."""
    rows = [
        _due_row(outlook, owed)
        for owed in outlook.obligations
        if _within(owed, until) and (worker is None or _lead(outlook, owed) == worker)
    ]
    source = outlook.source_as_at
    return {"as_at": outlook.on.isoformat(), "source_as_at": source.isoformat() if source else None, "rows": rows}


def _within(owed: Obligation, until: date | None) -> bool:
    return until is None or owed.due is None or owed.due.isoformat()[:10] <= until.isoformat()


def _lead(outlook: Outlook, owed: Obligation) -> Worker | None:
    """Who leads the child the duty is owed to; of a worker's own duty, the worker."""
    if owed.subject == "worker":
        return outlook.snapshot.find(Worker, owed.subject_id)
    case = outlook.case_of(owed.subject_id)
    return case.worker if case else None


def _moment(due: date | datetime | None) -> str | None:
    """A day, or a local day and minute, in ISO."""
    return due.isoformat(timespec="minutes") if isinstance(due, datetime) else due.isoformat() if due else None


def _due_row(outlook: Outlook, owed: Obligation) -> Json:
    case = outlook.case_of(owed.subject_id) if owed.subject == "child" else None
    lead = _lead(outlook, owed)
    team_id = case.team_id if case else lead.team_id if lead else ""
    return {
        "id": owed.id,
        "subject": owed.subject,
        "child": case.child.reference if case else None,
        "name": case.child.initials if case else None,
        "worker": lead.name if lead else None,
        "team": outlook.team_name(team_id) or None,
        "plan": (owed.plan or case.plan) if case else None,
        "rule": owed.rule,
        "kind": owed.kind,
        "due": _moment(owed.due),
        "book_by": owed.book_by.isoformat() if owed.book_by else None,
        "state": owed.state,
        "days_late": owed.days_late if owed.state == "overdue" else None,
        "last": owed.last.isoformat() if owed.last else None,
        "why": outlook.why(owed),
    }


def caseload(outlook: Outlook) -> Json:
    """Every worker's load in points (tenths made whole), and the children nobody holds."""
    late: dict[str, int] = {}
    for row in outlook.overdue_visits:
        if row.case.worker is not None:
            late[row.case.worker.id] = late.get(row.case.worker.id, 0) + 1
    return {
        "as_at": outlook.on.isoformat(),
        "workers": [_load_row(outlook, load, late.get(load.worker.id, 0)) for load in outlook.loads],
        "unallocated": [_waiting_row(outlook, row.case) for row in outlook.waiting],
    }


def _load_row(outlook: Outlook, load: Load, overdue_visits: int) -> Json:
    return {
        "worker": load.worker.name,
        "team": outlook.team_name(load.worker.team_id),
        "cases": len(load.child_ids),
        "families": load.families,
        "by_plan": load.by_plan,
        "unweighted": len(load.unweighted),
        "used": load.used / 10,
        "available": load.available / 10,
        "percent": load.percent,
        "state": load.state,
        "overdue_visits": overdue_visits,
    }


def _waiting_row(outlook: Outlook, case: OpenCase) -> Json:
    waiting = next(row for row in outlook.waiting if row.case is case)
    return {
        "child": case.child.reference,
        "name": case.child.initials,
        "team": outlook.team_name(case.team_id),
        "plan": case.plan,
        "since": waiting.since.isoformat(),
        "working_days": waiting.working_days,
        "held_meanwhile": waiting.held_meanwhile,
    }


def rules(ruleset: RuleSet, on: date) -> Json:
    """The rules in force on a day and those shipped switched off, with their sources, and what is looser than the law."""
    in_force = {rule.id for rule in ruleset.in_force(on)}
    return {
        "ok": not ruleset.looser,
        "rules": [_rule(rule, rule.id in in_force) for rule in ruleset.all()],
        "looser": [found.sentence for found in ruleset.looser],
    }


def _rule(rule: Rule, in_force: bool) -> Json:
    return {
        "id": rule.id,
        "title": rule.title,
        "kind": rule.kind,
        "first": str(rule.first) if rule.first else None,
        "every": [str(every) for every in rule.every],
        "force": rule.force,
        "source": rule.source,
        "certainty": rule.certainty,
        "confirm_locally": rule.confirm_locally,
        "in_force": in_force,
        "from": rule.starts.isoformat() if rule.starts else None,
        "until": rule.ends.isoformat() if rule.ends else None,
        "policy": rule.layer,
    }


def imported(found: Found, done: Receipt | Preview, guessed_day: str) -> Json:
    """What an import changed or would change, what it assumed, and every problem, by the spreadsheet's own row and column."""
    assumed = list(done.assumed)
    if guessed_day:
        why = "the newest date in the source" if found.as_at else "for the source has no date"
        assumed.append(f"The figures are taken as at {guessed_day}, {why}; --as-at says another day.")
    return {
        "source": found.source,
        "format": found.format,
        "added": dict(done.added),
        "changed": dict(done.changed),
        "same": done.same,
        "assumed": assumed,
        "problems": [asdict(problem) for problem in done.problems],
    }


def kpis(outlook: Outlook, first: date | None, last: date | None) -> Json:
    """Every KPI from a day to a day, both included; without them of the month of the day looked at. Raises Refused.

    `value` is the share in per cent, to a tenth, and `target` what the contract asks for; null where there is none.
    """
    start = first or month_of(last or outlook.on).start
    last = last or month_of(start).last_day
    if last < start:
        raise Refused("The period ends before it begins. Give --from a day on or before --to.")
    found = measured(outlook, Period(start, last + timedelta(days=1)))
    return {"from": start.isoformat(), "to": last.isoformat(), "measures": [_measure(one) for one in found]}


def _measure(one: Measured) -> Json:
    tally = one.tally
    return {
        "id": one.kpi.id,
        "title": one.kpi.title,
        "value": tally.tenths / 10 if tally.tenths is not None else None,
        "unit": "percent",
        "numerator": tally.numerator,
        "denominator": tally.denominator,
        "target": one.target / 10 if one.target is not None else None,
        "met": one.is_met,
        "definition": one.kpi.definition,
        "excluded": [{"why": why, "count": count} for why, count in tally.left_out],
    }


def as_text(command: str, answer: Any) -> str:
    """An answer as lines a person reads in a terminal."""
    if command == "due":
        return _lines(answer["rows"], ("child", "plan", "rule", "due", "state", "worker"), f"As at {answer['as_at']}")
    if command == "caseload":
        return _lines(answer["workers"], ("worker", "team", "cases", "used", "available", "state"), f"As at {answer['as_at']}")
    if command == "kpis":
        figures = ("title", "numerator", "denominator", "value", "target")
        return _lines(answer["measures"], figures, f"From {answer['from']} to {answer['to']}")
    if command == "rules" and isinstance(answer, dict):
        names = ("id", "title", "first", "every", "in_force", "source")
        return "\n".join([_lines(answer["rules"], names, f"{len(answer['rules'])} rules"), *answer["looser"]])
    if isinstance(answer, list):
        return "\n".join(_pairs(row) for row in answer)
    return _pairs(answer)


def _lines(rows: Iterable[Mapping[str, Any]], names: tuple[str, ...], title: str) -> str:
    """Rows in columns, each as wide as its longest cell."""
    cells = [[_word(name, row[name]) for name in names] for row in rows]
    widths = [max([len(name), *(len(row[place]) for row in cells)]) for place, name in enumerate(names)]
    table = [list(names), *cells]
    return "\n".join(
        [title, *("  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in table)]
    )


def _word(name: str, value: Any) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return PLANS.get(value, value) if name == "plan" and value else str(value)


def _pairs(answer: Mapping[str, Any]) -> str:
    lines = []
    for name, value in answer.items():
        if isinstance(value, list):
            lines += [f"{name}: {len(value)}", *(f"  {_one_line(row)}" for row in value)]
        else:
            lines.append(f"{name}: {value}")
    return "\n".join(lines)


def _one_line(row: Any) -> str:
    return "  ".join(str(value) for value in row.values() if value not in (None, "")) if isinstance(row, dict) else str(row)
