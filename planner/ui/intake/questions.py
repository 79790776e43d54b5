"""What is asked of a child referred who may be known here, or referred twice: the sentence and the answers there are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from planner.core.child_roll import typed_key
from planner.core.date_words import list_date, plain_date
from planner.core.flow_records import Referral
from planner.core.intake import KnownAs, known_as, referred_already
from planner.core.records import Case, Child
from planner.core.snapshot import Snapshot
from planner.ui.dialogs.question import discreet

if TYPE_CHECKING:
    from planner.ui.desk import Desk

OUT, IN, SAME = "out", "in", "same"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one child: its sentence, and each answer with its words; `child_id` is who may be meant."""

    sentence: str
    answers: tuple[tuple[str, str], ...]
    child_id: str = ""


def asked_of(desk: "Desk", one: Referral, others: Iterable[tuple[int, Referral]] = ()) -> Asked | None:
    """What must be asked before a child is taken in; `others` are earlier lines of the same list with their rows."""
    snapshot: Snapshot = desk.workspace.snapshot
    for row, other in others:
        if _are_one(one, other):
            return _twice(f"This child stands in row {row} too.")
    for waiting in referred_already(snapshot, one.reference, one.initials, one.born):
        return _twice(f"This child waits for a decision already, received {list_date(waiting.received_on, desk.today)}.")
    for known in known_as(snapshot, one.reference, one.initials, one.born, desk.today):
        return _of_known(snapshot, known, one, desk.today)
    return None


def settled(one: Referral, asked: Asked | None, answer: str) -> Referral:
    """The child as answered: the same as one here, or another."""
    return replace(one, child_id=asked.child_id) if asked is not None and answer == SAME else one


def _twice(sentence: str) -> Asked:
    return Asked(sentence, ((OUT, "Leave out, it is the same referral"), (IN, "Take in, it is another")))


def _of_known(snapshot: Snapshot, known: KnownAs, one: Referral, today: date) -> Asked:
    words, but = discreet(known.child), _otherwise(known.child, one)
    if known.case is not None:
        since = list_date(known.case.received_on, today)
        so = f"{words} has an open case here since {since}"
        if known.by_reference:
            return Asked(f"{so}.{but} Is this the same referral twice?", ((OUT, "Leave out"), (IN, "Take in, to be returned")))
        answers = ((OUT, "Leave out, the same child"), (IN, "Another child"))
        return Asked(f"{so}, with the same initials and date of birth.", answers, known.child.id)
    ended = [case.ended_on for case in snapshot.by(Case, "child_id", known.child.id) if case.ended_on is not None]
    was = f"{words} was here before{f', closed {list_date(max(ended), today)}' if ended else ''}"
    if known.by_reference:
        return Asked(f"{was}.{but} Open a new case for this child?", ((SAME, "Reopen"), (OUT, "Leave out")), known.child.id)
    sentence = f"{was}, with the same initials and date of birth."
    return Asked(sentence, ((SAME, "The same child, reopen"), (IN, "Another child"), (OUT, "Leave out")), known.child.id)


def _otherwise(child: Child, one: Referral) -> str:
    """What the referral says otherwise of the child who has its reference here, which may be another child's."""
    said = []
    if one.initials and child.initials and typed_key(one.initials) != typed_key(child.initials):
        said.append(one.initials)
    if one.born is not None and child.born is not None and one.born != child.born:
        said.append(f"born {plain_date(one.born)}")
    return f" But this says {', '.join(said)}: look the reference up first." if said else ""


def _are_one(one: Referral, other: Referral) -> bool:
    if one.reference and other.reference:
        return one.reference == other.reference
    return bool(one.initials) and one.born is not None and (one.initials, one.born) == (other.initials, other.born)
