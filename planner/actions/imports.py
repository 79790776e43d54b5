"""Importing what a format found: a preview that changes nothing, and one undoable step that does what the preview said."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.actions.import_child import is_near_day, merge_child
from planner.actions.import_ledger import Ledger, PreviewRow
from planner.actions.import_part import chosen_part
from planner.actions.import_people import Namesake, Staff
from planner.actions.step import Step, ascending_ids
from planner.core.collecting import collection_put_off
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.found import Found, FoundChild, Problem, Question
from planner.core.records import Case, Child, Record, Setting, SourceRead
from planner.core.snapshot import Snapshot
from planner.core.sources import TRACKER
from planner.core.workspace_settings import SOURCE_AS_AT

KINDS_OF_ROW = ("new", "changed", "same", "duplicate", "refused", "ask")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person decided at the preview.

    `workers` maps a name and team as the source has them to the id of a worker here, or to nothing for somebody new;
    `left_out` are references of children not to import.
    """

    workers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do. `rows` are its lines; `same` counts what is here already; `is_known` that nothing would change."""

    source: str
    as_at: date
    rows: tuple[PreviewRow, ...]
    added: Mapping[str, int]
    changed: Mapping[str, int]
    same: int
    assumed: tuple[str, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    namesakes: tuple[Namesake, ...]
    is_known: bool
    reckoning: "Reckoning | None" = field(default=None, repr=False, compare=False)

    def of_kind(self, kind: str) -> tuple[PreviewRow, ...]:
        """The rows of one kind."""
        return tuple(row for row in self.rows if row.kind == kind)

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        counted = Counter(row.kind for row in self.rows)
        counted["same"] += self.same
        return {kind: counted[kind] for kind in KINDS_OF_ROW}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """An import worked out, and what it was worked out from: while all of that is the same, it need not be done again."""

    snapshot: Snapshot
    found: Found
    as_at: date
    choices: Choices
    ledger: Ledger

    def holds_for(self, snapshot: Snapshot, found: Found, as_at: date, choices: Choices) -> bool:
        """Whether it would come to the same now."""
        return self.snapshot is snapshot and self.found is found and (self.as_at, self.choices) == (as_at, choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an import did: counts by kind of record, what was assumed, and every problem."""

    source: str
    format: str
    as_at: date
    added: Mapping[str, int]
    changed: Mapping[str, int]
    same: int
    assumed: tuple[str, ...]
    problems: tuple[Problem, ...]


def preview(snapshot: Snapshot, found: Found, as_at: date, choices: Choices | None = None) -> Preview:
    """What importing would do, changing nothing. `as_at` is the day a person says the source speaks of."""
    with collection_put_off():
        return _previewed(snapshot, found, as_at, choices or Choices())


def _previewed(snapshot: Snapshot, found: Found, as_at: date, chosen: Choices) -> Preview:
    ledger, staff = _reckoned(snapshot, found, as_at, chosen, ascending_ids().__next__)
    return Preview(
        source=found.source,
        as_at=as_at,
        rows=(*_rows_of_problems(found.problems), *ledger.rows),
        added=dict(ledger.added),
        changed=dict(ledger.changed),
        same=ledger.same,
        assumed=_assumed(found, ledger),
        problems=(*found.problems, *ledger.problems),
        questions=found.questions,
        namesakes=tuple(staff.namesakes),
        is_known=not (ledger.added or ledger.changed),
        reckoning=Reckoning(snapshot, found, as_at, chosen, ledger),
    )


def import_found(
    step: Step,
    found: Found,
    as_at: date,
    choices: Choices | None = None,
    *,
    seen: Preview | None = None,
    accepted: frozenset[tuple[str, str]] | None = None,
    watch: Callable[[float], None] | None = None,
) -> Receipt:
    """Import what a format found, as one step; nothing at all is written where the workspace has it already.

    `seen` is the preview a person looked at, whose working is used where nothing changed since; with `accepted`, the `put` of
    lines of that preview, only these are written, with what they cannot be without, and the workspace's figures are of the
    source's day once none is left. `watch` is told the part that is written, 0 to 1, and stops the import by raising.

    Raises Refused for a day after today, for a source older than what was imported before, for one that tells of nobody, and
    where lines were chosen from a preview of a plan that has changed since.
    """
    _check_day(step.snapshot, found, as_at, step.today)
    step.watch = watch
    reckoning = seen.reckoning if seen is not None else None
    if reckoning is not None and reckoning.holds_for(step.snapshot, found, as_at, choices or Choices()):
        ledger = reckoning.ledger if accepted is None else chosen_part(reckoning.ledger, accepted)
    elif accepted is not None:
        raise Refused("The plan has changed since the two were compared. Nothing was written. Compare them again, then choose.")
    else:
        ledger, _ = _reckoned(step.snapshot, found, as_at, choices or Choices(), step.new_id)
    was_as_at, stands_beside = _source_day(step.snapshot), _stands_beside(step.snapshot, found)
    for record in ledger.puts.values():
        step.put(record)
    receipt = Receipt(
        source=found.source,
        format=found.format,
        as_at=as_at,
        added=dict(ledger.added),
        changed=dict(ledger.changed),
        same=ledger.same,
        assumed=_assumed(found, ledger),
        problems=(*found.problems, *ledger.problems),
    )
    is_whole = accepted is None or reckoning is None or len(ledger.told_puts()) == len(reckoning.ledger.told_puts())
    is_of_day = is_whole and not stands_beside
    if (is_of_day and was_as_at != as_at) or receipt.added or receipt.changed:
        _put_reading(step, found, as_at, receipt, is_of_day=is_of_day)
    return receipt


def _check_day(snapshot: Snapshot, found: Found, as_at: date, today: date) -> None:
    if as_at > today:
        raise Refused(f"{plain_date(as_at)} has not come yet. Enter the day the case system wrote {found.source}.")
    before = _source_day(snapshot)
    if before is not None and as_at < before:
        raise Refused(
            f"The planner already has the case system as at {plain_date(before)}, and {found.source} is older, as at "
            f"{plain_date(as_at)}. Nothing was changed. Import a newer one, or enter its right day."
        )
    if not found.children:
        raise Refused(f"{found.source} tells of no child that could be read. Nothing was changed. Choose the file with the rows.")


def _source_day(snapshot: Snapshot) -> date | None:
    """The day the figures in the workspace speak of."""
    value = snapshot.setting(SOURCE_AS_AT)
    return date.fromisoformat(value) if value else None


def _day_before(snapshot: Snapshot, as_at: date) -> date | None:
    """The day of the import before this one; None for the first, and for one of the same day, which ends nothing."""
    day = _source_day(snapshot)
    return day if day is not None and day < as_at else None


def _reckoned(snapshot: Snapshot, found: Found, as_at: date, choices: Choices, new_id: Callable[[], str]) -> tuple[Ledger, Staff]:
    """The whole import, worked out against a snapshot, and the staff it knows."""
    ledger = Ledger(snapshot, found.source, found.format, as_at, _day_before(snapshot, as_at), new_id)
    staff = Staff(ledger, choices.workers, found.workers)
    known = {_folded(child.reference): child for child in snapshot.all(Child).values()}
    taken = [child for child in found.children if child.reference not in choices.left_out]
    ledger.told = taken
    for child in taken:
        merge_child(ledger, staff, child, found, known.get(_folded(child.reference)))
    _note_alike(ledger, taken, known)
    _note_missing(ledger, found, known)
    return ledger, staff


def _folded(reference: str) -> str:
    return reference.strip().casefold()


def _assumed(found: Found, ledger: Ledger) -> tuple[str, ...]:
    return (*found.assumed, *(f"{what}: {number}." for what, number in ledger.assumed.items()))


def _rows_of_problems(problems: Iterable[Problem]) -> Iterable[PreviewRow]:
    """The problems of reading as lines of the preview."""
    for problem in problems:
        if problem.outcome != "accepted":
            place = f"{problem.sheet}, row {problem.row}" if problem.row else problem.sheet
            column = f", column {problem.column}" if problem.column else ""
            yield PreviewRow(
                kind="refused" if problem.outcome == "refused" else "ask",
                what="cell" if problem.column else "sheet",
                about="",
                place=place + column,
                field=problem.heading,
                before=problem.value,
                message=problem.message,
                cell=problem.cell,
            )


def _stands_beside(snapshot: Snapshot, found: Found) -> bool:
    """Whether a source is a tracker where the case system itself was read: the figures stay of the case system's day."""
    formats = {read.format for read in snapshot.all(SourceRead).values()}
    return found.format == TRACKER and _source_day(snapshot) is not None and formats != {TRACKER}


def _put_reading(step: Step, found: Found, as_at: date, receipt: Receipt, *, is_of_day: bool) -> None:
    """Note the import, and the day it speaks of where the figures are of that day now: a part leaves them as old as they were."""
    counts = json.dumps({"added": receipt.added, "changed": receipt.changed, "same": receipt.same})
    reading: Record = SourceRead(
        id=step.new_id(),
        name=found.source,
        format=found.format,
        digest=found.digest,
        as_at=as_at,
        read_at=step.at,
        counts=counts,
        assumed=receipt.assumed,
    )
    step.put(reading)
    if is_of_day:
        step.put(Setting(id=SOURCE_AS_AT, value=as_at.isoformat()))


# What only a look across children shows


def _note_alike(ledger: Ledger, taken: list[FoundChild], known: Mapping[str, Child]) -> None:
    """Say which new children may be children who are here, or stand twice, by birthday and ID or name; never join them."""
    by_birth: dict[date, list[str]] = {}
    by_name: dict[str, list[tuple[str, date]]] = {}
    names = {_folded(told.reference): told.name for told in taken}
    for reference, child in known.items():
        if child.born:
            by_birth.setdefault(child.born, []).append(reference)
            by_name.setdefault(_as_name(names.get(reference, child.name)), []).append((reference, child.born))
    for new in taken:
        own = _folded(new.reference)
        if new.born is None or own in by_birth.setdefault(new.born, []):
            continue
        near = [(other, "The same birthday and nearly the same ID as") for other in by_birth[new.born] if is_near(own, other)]
        named = by_name.setdefault(_as_name(new.name), [])
        if new.name and own not in known:
            near += [(one, "The same name and birthday, or nearly, as") for one, born in named if is_near_day(new.born, born)]
        for other, why in {other: (other, why) for other, why in reversed(near)}.values():
            message = f"{why} {other.upper()}. They may be one child; both are kept."
            ledger.note("duplicate", "child", new.reference, new.source_row, message, "child-alike")
        by_birth[new.born].append(own)
        named.append((own, new.born))


def _as_name(name: str) -> str:
    return " ".join(name.casefold().split())


def is_near(one: str, other: str) -> bool:
    """Whether two references differ by zeros in front, or by one letter put in, left out, changed or changed places."""
    one, other = one.lstrip("0"), other.lstrip("0")
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    swapped = len(rest) > 1 and rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return swapped or rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]


def _note_missing(ledger: Ledger, found: Found, known: Mapping[str, Child]) -> None:
    """Say which open children of this source it no longer holds; they stay open."""
    here = {_folded(child.reference) for child in found.children}
    for reference, child in known.items():
        if not ledger.is_own(child) or reference in here:
            continue
        if any(case.ended_on is None for case in ledger.snapshot.by(Case, "child_id", child.id)):
            message = (
                f"{child.reference} is open here and is not in {found.source}. It was left open; look at it in the case system."
            )
            ledger.note("ask", "child", child.reference, "", message, "not-in-source", child.reference)
