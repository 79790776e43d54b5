"""A sheet typed back: one line by its number (`3 r`, `4 s a h`, `5 x moved to 3/12`), read against what the line asks for now."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from planner.core.chase import LATE, NOT_ALONE, UNRECORDED, Gap
from planner.core.date_words import against_weekday, list_date, typed_date
from planner.core.errors import Refused
from planner.core.flow_records import PaperSheet
from planner.core.outlook_rows import OpenCase
from planner.core.paper_sheets import CHASE
from planner.core.records import Sighting, Visit
from planner.core.visit_line import ANNOUNCED, BEDROOM, Known, VisitLine, minutes_words, reference_words, visit_day
from planner.core.visit_line_reading import read_line
from planner.core.visit_outcome import Outcome, outcome_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

RECORD, PROMISE, MOVE, CANCEL, SEEN, ALONE = "record", "promise", "move", "cancel", "seen", "alone"
HOW = "Type the number of the line, then r recorded, p and a day promised, a, s or n for how seen, x and why or “moved to” a day."

NOTHING_SAID = VisitLine()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line of a sheet asks for now: of which visit or gap, for which children, by whom."""

    gap: Gap | None
    visit: Visit | None
    cases: tuple[OpenCase, ...]
    worker_id: str


@dataclass(frozen=True, slots=True)
class Said:
    """One line as typed: what is to be done (`what`), and its words for the list; `line` is what it says of a visit."""

    number: int
    what: str
    about: str
    child_ids: tuple[str, ...]
    worker_id: str
    words: str
    visit_id: str = ""
    day: date | None = None
    outcome: Outcome | None = None
    line: VisitLine = NOTHING_SAID
    reason: str = ""


def said_of(text: str, sheet: PaperSheet, outlook: "Outlook", known: Known) -> Said:
    """One line of a sheet as typed. Raises Refused with what to type, or that the line is settled already."""
    number, word, rest = _parts(text, sheet)
    asked = asked_of(sheet, number, outlook)
    if word in ("r", "rec", "recorded"):
        return _recorded(number, asked, rest, known)
    if word in ("p", "promised"):
        return _promised(number, asked, rest, known)
    if word == "x":
        return _not_made(number, asked, rest, known)
    return _seen(number, asked, f"{word} {rest}".strip(), known)


def _parts(text: str, sheet: PaperSheet) -> tuple[int, str, str]:
    number, _, rest = text.strip().partition(" ")
    word, _, more = rest.strip().partition(" ")
    if not number.isdigit() or not word:
        raise Refused(HOW)
    if not 1 <= int(number) <= len(sheet.lines):
        raise Refused(f"Sheet {sheet.number} has lines 1 to {len(sheet.lines)}. Type one of them.")
    return int(number), word.casefold(), more.strip()


def asked_of(sheet: PaperSheet, number: int, outlook: "Outlook") -> Asked:
    """What a line asks for now. Raises Refused where it was settled, or moved, since the sheet was printed."""
    about = sheet.lines[number - 1]
    if sheet.kind == CHASE:
        gap = next((one for one in outlook.gaps if one.id == about), None)
        if gap is None:
            raise Refused(f"Line {number} is settled already. Go on to the next.")
        sighting = outlook.snapshot.find(Sighting, gap.about)
        visit = outlook.snapshot.find(Visit, sighting.visit_id if sighting is not None else gap.about)
        return Asked(gap, visit, gap.cases, sheet.worker_id)
    visit_id, _, child_id = about.partition(" ")
    visit, case = outlook.snapshot.find(Visit, visit_id), outlook.case_of(child_id)
    if visit is None or visit.status != "planned" or case is None:
        raise Refused(f"The visit of line {number} is planned no longer: it was made, tried or cancelled since.")
    return Asked(None, visit, (case,), visit.worker_id)


def _recorded(number: int, asked: Asked, rest: str, known: Known) -> Said:
    if asked.gap is None or asked.gap.kind != UNRECORDED:
        raise Refused(f"Line {number} is not about the case system. Say how the child was seen, or p and the day promised.")
    day = visit_day(rest, known.today, known.calendar) if rest else known.today
    words = f"recorded {list_date(day, known.today)}"
    return _said(number, RECORD, asked, words, day=day)


def _promised(number: int, asked: Asked, rest: str, known: Known) -> Said:
    if asked.gap is None:
        raise Refused(f"Line {number} is a visit of the day. Say how the child was seen, or x and “moved to” a day.")
    day = _day_to_come(rest.removeprefix("by "), known)
    return _said(number, PROMISE, asked, f"promised by {list_date(day, known.today)}", day=day)


def _not_made(number: int, asked: Asked, rest: str, known: Known) -> Said:
    if asked.visit is None or asked.visit.status != "planned":
        raise Refused(f"Line {number} is not a planned visit, so it cannot be moved or cancelled.")
    for start in ("moved to ", "to "):
        if rest.casefold().startswith(start):
            day = _day_to_come(rest[len(start) :], known)
            return _said(number, MOVE, asked, f"moved to {list_date(day, known.today)}", day=day)
    if not rest:
        raise Refused(f"Say why the visit of line {number} was not made, or “moved to” and a day.")
    return _said(number, CANCEL, asked, f"cancelled: {rest}", reason=rest)


def _day_to_come(typed: str, known: Known) -> date:
    day = typed_date(typed, known.today, known.calendar)
    if against := against_weekday(typed, day):
        raise Refused(against)
    if day < known.today:
        raise Refused(f"{list_date(day, known.today)} has passed. Enter a day from today on.")
    return day


def _seen(number: int, asked: Asked, rest: str, known: Known) -> Said:
    """How the child was seen: on the planned visit, on a visit already logged (alone or not), or on a day that is said."""
    line = _visit_line(asked, rest, known)
    outcome = line.seen[0][1]
    assert outcome is not None
    if asked.gap is not None and asked.gap.kind == NOT_ALONE:
        if outcome.how not in ("alone", "not alone"):
            raise Refused(f"Line {number} asks whether the child was seen alone. Type a for alone, or s for not alone.")
        if replace(line, seen=()) != VisitLine():
            raise Refused(
                f"Line {number} asks only whether the child was seen alone. Type a or s, and nothing more of the visit."
            )
        return _said(number, ALONE, asked, outcome_words(outcome).lower(), outcome=outcome)
    planned = asked.visit is not None and asked.visit.status == "planned"
    if not planned and (asked.gap is None or asked.gap.kind != LATE):
        raise Refused(f"Line {number} does not ask how the child was seen. Type r recorded, or p and the day promised.")
    day = line.day or (min(asked.visit.on, known.today) if planned and asked.visit and asked.visit.on else None)
    if day is None:
        raise Refused(f"Say on which day the child of line {number} was visited, such as 20/11.")
    words = ", ".join(_visit_words(line, outcome, day, known))
    return _said(number, SEEN, asked, words, day=day, outcome=outcome, line=line)


def _visit_words(line: VisitLine, outcome: Outcome, day: date, known: Known) -> list[str]:
    """All that is said of a visit, part by part, so that nothing typed goes unseen."""
    along = [known.workers[one] for one in line.with_worker_ids]
    parts = [
        outcome_words(outcome).lower(),
        line.place,
        line.mode,
        line.standing,
        ANNOUNCED[line.announced] if line.announced is not None else "",
        list_date(day, known.today),
        f"at {line.at:%H:%M}" if line.at else "",
        minutes_words(line.minutes) if line.minutes else "",
        BEDROOM[line.bedroom_seen] if line.bedroom_seen is not None else "",
        f"by {known.workers[line.worker_id]}" if line.worker_id else "",
        f"with {' and '.join(along)}" if along else "",
        f"recorded {list_date(line.recorded_on, known.today)}" if line.recorded_on else "",
    ]
    return [part for part in parts if part]


def _visit_line(asked: Asked, rest: str, known: Known) -> VisitLine:
    """What is said of a visit, read as a line about its first child. Raises Refused with the first doubt."""
    words = rest.split()
    if [word.casefold() for word in words[:2]] in (["s", "a"], ["seen", "alone"]):
        words = ["a", *words[2:]]
    line = read_line(f"{reference_words(asked.cases[0].child)} {' '.join(words)}", known)
    if line.doubts:
        raise Refused(line.doubts[0].sentence)
    if len(line.seen) != 1 or line.seen[0][1] is None:
        raise Refused(HOW)
    return line


def _said(number: int, what: str, asked: Asked, words: str, **more: object) -> Said:
    is_of_plan = asked.visit is not None and asked.visit.status == "planned" and what in (SEEN, MOVE, CANCEL)
    children = ", ".join(case.child.reference for case in asked.cases)
    return Said(
        number=number,
        what=what,
        about=asked.gap.id if asked.gap is not None and what == PROMISE else asked.gap.about if asked.gap is not None else "",
        child_ids=tuple(case.child.id for case in asked.cases),
        worker_id=asked.worker_id,
        words=f"{children}: {words}",
        visit_id=asked.visit.id if asked.visit is not None and is_of_plan else "",
        **more,  # type: ignore[arg-type]
    )
