"""Due dates of facts that lie in no workspace: what the command line's `rules check` answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from planner.core.errors import Refused
from planner.core.facts_json import facts_from_json
from planner.core.obligations import Obligation, owed
from planner.core.policy import RuleSet, rules_for
from planner.core.why import why
from planner.core.working_days import WorkingCalendar


def rules_check(entries: object, rules: RuleSet, calendar: WorkingCalendar) -> list[dict[str, Any]]:
    """For each `{"id", "facts"}` what is owed on its `as_at`, earliest first, as the command line's JSON has it.

    Raises PlannerError naming the entry, and the key or value in it that cannot be read.
    """
    if not isinstance(entries, list):
        raise Refused("The facts are no list. Write a list of tables with “id” and “facts”.")
    answers = []
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, Mapping) or not isinstance(entry.get("facts"), Mapping):
            raise Refused(f"Entry {place} of the facts has no “facts”. Write a list of tables with “id” and “facts”.")
        name = entry.get("id", place)
        try:
            facts = facts_from_json(entry["facts"])
            if facts.as_at is None:
                raise Refused("“as_at” is missing. Give the day looked at.")
            changed = rules_for(facts, rules)
            found = sorted(owed(facts, changed, calendar, facts.as_at), key=_order)
            answers.append({"id": name, "owed": [{**_row(one), "why": why(one, facts, changed, calendar)} for one in found]})
        except Refused as problem:
            raise Refused(f"In {name}: {problem.sentence}") from problem
    return answers


def _order(obligation: Obligation) -> tuple[bool, str, str]:
    """Earliest first; a visit clock without a date before all, checks last."""
    if obligation.due is None:
        return obligation.kind == "check", "", obligation.rule
    return False, obligation.due.isoformat(), obligation.rule


def _row(obligation: Obligation) -> dict[str, Any]:
    due = obligation.due
    return {
        "rule": obligation.rule,
        "kind": obligation.kind,
        "due": due.isoformat(timespec="minutes") if isinstance(due, datetime) else due.isoformat() if due else None,
        "book_by": obligation.book_by.isoformat() if obligation.book_by else None,
        "state": obligation.state,
    }
