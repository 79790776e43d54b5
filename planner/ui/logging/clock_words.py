"""What becomes of a child's visit clocks when a line is logged, in words, said before it is."""

from typing import TYPE_CHECKING

from planner.core.date_words import distance, list_date
from planner.core.obligations import Obligation
from planner.core.visit_check import CheckedLine
from planner.core.visit_effect import ClockMoved, clocks_moved, needs_decision
from planner.core.visit_outcome import Outcome
from planner.ui.case_words import status_words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

CLOCKS_SAID = 2
"""So many clocks of a child are said; the rest are counted."""
DECISION = "Tried twice or more since last seen, on a child protection plan: a manager decides what happens next, on Today."


def clock_words(desk: "Desk", checked: CheckedLine) -> str:
    """A line for each child: when the next visit is then due, or that the clock goes on; nothing where none runs."""
    outlook = desk.outlook
    if outlook is None or checked.asked:
        return ""
    said = {child_id: _of_child(outlook, checked, child_id, outcome) for child_id, outcome in checked.outcomes.items()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    cases = {child_id: outlook.case_of(child_id) for child_id in said}
    return "\n".join(f"{case.child.reference}: {words}" for one, words in said.items() if words and (case := cases[one]))


def _of_child(outlook: "Outlook", checked: CheckedLine, child_id: str, outcome: Outcome) -> str:
    moved = clocks_moved(outlook, checked.line, child_id, outcome)
    why = _why_not_moved(outlook, checked, child_id, outcome)
    sentences = [_sentence(outlook, one, why) for one in moved[:CLOCKS_SAID]]
    if len(moved) > CLOCKS_SAID:
        sentences.append(f"{count_words(len(moved) - CLOCKS_SAID, 'more visit clock')} for this child.")
    if needs_decision(outlook, checked.line, child_id, outcome):
        sentences.append(DECISION)
    return " ".join(sentences)


def _why_not_moved(outlook: "Outlook", checked: CheckedLine, child_id: str, outcome: Outcome) -> str:
    if not outcome.is_seen:
        return "the child was not seen"
    case, day = outlook.case_of(child_id), checked.line.day
    is_older = case is not None and day is not None and (case.last_seen or day) > day
    return "the child was seen since" if is_older else "this visit does not count for it"


def _sentence(outlook: "Outlook", clock: ClockMoved, why_not_moved: str) -> str:
    after = clock.after
    if after is None:
        assert clock.before is not None
        return f"{_title(outlook, clock.before)}: done, and no more is due."
    if clock.has_moved:
        return f"{_title(outlook, after)}: then due {_day(outlook, after)}."
    stands = status_words(after, outlook.on)
    late = f", {stands}" if "late" in stands else ""
    return f"{_title(outlook, after)}: due as before, {_day(outlook, after)}{late} ({why_not_moved})."


def _title(outlook: "Outlook", owed: Obligation) -> str:
    return outlook.rule_of(owed).title


def _day(outlook: "Outlook", owed: Obligation) -> str:
    due = owed.due_on
    if due is None:
        return "at once"
    late = due < outlook.on
    return (
        list_date(due, outlook.today)
        if late
        else f"{list_date(due, outlook.today)}, {distance(due, outlook.on, outlook.calendar)}"
    )
