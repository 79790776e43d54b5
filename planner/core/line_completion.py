"""What a line of a visit can be completed by: the rest of the word begun, and what the last line said that this one does not.

Nothing is completed in the child, so that no child is meant who was not typed; and how a child was seen is never taken
from another line.
"""

from planner.core.visit_line import ANNOUNCED, BEDROOM, Known, VisitLine, minutes_words
from planner.core.visit_line_reading import read_line, workers_named
from planner.core.visit_outcome import PLACES

_PHRASES = (
    "seen alone",
    "alone",
    "seen not alone",
    "not alone",
    "not seen",
    *PLACES,
    "yesterday",
    "today",
    "recorded",
    *BEDROOM.values(),
    *ANNOUNCED.values(),
    "contact only",
    "video",
)
"""What can be completed, the commoner first."""
_LETTERS = {"a": "alone", "n": "not seen", "h": "home"}
"""Letters that mean a word which begins with them."""
_LONGEST = 3


def completion(text: str, known: Known, last: VisitLine | None) -> str:
    """What Tab would add to a line typed so far, empty for nothing; `last` is the line logged before, as it was typed."""
    child, _, rest = text.lstrip().partition(" ")
    if not rest or not read_line(child, known).child_id:
        return ""
    begun = _rest_of_word(rest, known)
    return begun + _rest_of_line(f"{text}{begun}", known, last)


def next_word(added: str) -> str:
    """The first word of what would be added, with the space before it."""
    space = len(added) - len(added.lstrip())
    return added[:space] + added[space:].split(" ", 1)[0]


def _rest_of_word(rest: str, known: Known) -> str:
    if rest != rest.rstrip():
        return ""
    words = rest.split(" ")
    name = _rest_of_name(words, known)
    if name:
        return name
    for count in range(min(len(words), _LONGEST), 0, -1):
        typed = " ".join(words[-count:]).casefold()
        found = _LETTERS.get(typed) or next((phrase for phrase in _PHRASES if len(typed) > 1 and phrase.startswith(typed)), "")
        if found:
            return found[len(typed) :]
    return ""


def _rest_of_name(words: list[str], known: Known) -> str:
    """The rest of a worker's name after `by` or `with`, where one worker's begins so."""
    for count in range(1, min(len(words), _LONGEST + 1)):
        if words[-count - 1].casefold() in ("by", "with"):
            typed = " ".join(words[-count:])
            found = workers_named(typed, known.workers) if typed else ()
            name = known.workers[found[0]] if len(found) == 1 else ""
            return name[len(typed) :] if name.casefold().startswith(typed.casefold()) else ""
    return ""


def _rest_of_line(text: str, known: Known, last: VisitLine | None) -> str:
    """What the last line said of day, place, length and worker and this one does not, once how each child was seen is said."""
    line = read_line(text, known)
    if last is None or line.doubts or not all(outcome for _, outcome in line.seen):
        return ""
    parts = [
        last.place if last.place and not line.place else "",
        f"{last.day.day}/{last.day.month}/{last.day.year}" if last.day and not line.day else "",
        minutes_words(last.minutes) if last.minutes and not line.minutes else "",
        f"by {known.workers[last.worker_id]}" if last.worker_id in known.workers and not line.worker_id else "",
    ]
    words = " ".join(filter(None, parts))
    return words if not words or text.endswith(" ") else f" {words}"
