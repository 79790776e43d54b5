"""How a child was seen on a visit, as people type it and as the planner writes it; and the words a visit is chosen from."""

import re
from dataclasses import dataclass

from planner.core.errors import Refused

PLACES = {"home": "Home", "placement": "Placement", "school": "School", "elsewhere": "Elsewhere"}
"""Where a visit can take place, with the words a person reads."""

MODES = {"face to face": "Face to face", "video": "Video"}
STANDINGS = {"statutory": "Statutory visit", "contact": "Contact only"}

NOT_SEEN = ("No one at home", "Refused entry", "Child not at home", "Family away", "Child asleep", "Visit cancelled by family")
"""The commonest reasons why a child was not seen; each can be typed as its number."""

NOT_ALONE = ("Child did not want to", "Parent refused", "Child too young", "Not appropriate on this visit")
"""The commonest reasons why a child was seen, but not alone; each can be typed as its number."""

HOWS = {
    "alone": "Seen alone",
    "not alone": "Seen, not alone",
    "seen": "Seen, not said whether alone",
    "not seen": "Not seen",
}
"""How a child can have been seen, with the words a person reads."""

REASONS = {"not alone": NOT_ALONE, "not seen": NOT_SEEN}
HOW_TO_SAY = "Type a for seen alone, s for seen but not alone, or n for not seen."
ALONE_OR_NOT = "Seen alone, or not? Type a for alone, s for not alone, or “seen, not said”."

_CODES = {"a": "alone", "s": "not alone", "n": "not seen"}
_CODE = re.compile(r"([asn])(?:\s*([1-9]))?")
_WORDED = (
    ("not seen", "not seen"),
    ("unseen", "not seen"),
    ("seen not said whether alone", "seen"),
    ("seen not said", "seen"),
    ("seen not alone", "not alone"),
    ("not alone", "not alone"),
    ("seen alone", "alone"),
    ("alone", "alone"),
    ("n", "not seen"),
    ("s", "not alone"),
)
"""What people type first, the longer before what it begins with; the commas of the written form are left out."""


def _beginning(words: str) -> re.Pattern[str]:
    """What begins with the words, commas between them or not, and what follows them."""
    spaced = r",?\s+".join(map(re.escape, words.split()))
    return re.compile(rf"{spaced}(?=$|[\s:,;–-])[\s:,;–-]*(.*)", re.IGNORECASE | re.DOTALL)


_BEGINNINGS = {words: _beginning(words) for words, _ in _WORDED}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one child was seen: `how` is a key of `HOWS`; `why` says why not seen, or why not alone."""

    how: str
    why: str = ""

    @property
    def is_seen(self) -> bool:
        """Whether the child was seen at all."""
        return self.how != "not seen"

    @property
    def lacks_why(self) -> bool:
        """Whether it must still be said why the child was not seen."""
        return self.how == "not seen" and not self.why


def outcome_of(text: str) -> Outcome:
    """What was typed of how a child was seen: `a`, `seen alone`, `s2`, `n no one at home`. Raises Refused with what to type.

    A number after the letter is the place of a reason among the commonest; other words after it are the reason.
    """
    typed = " ".join(text.split())
    code = _CODE.fullmatch(typed.casefold())
    if code:
        return _coded(_CODES[code[1]], int(code[2]) if code[2] else 0)
    bare = typed.casefold().replace(",", "")
    if bare == "seen":
        raise Refused(ALONE_OR_NOT)
    for words, how in _WORDED:
        rest = _after(typed, words)
        if rest is not None:
            return _explained(how, rest)
    raise Refused(f"“{typed}” does not say whether the child was seen. {HOW_TO_SAY}" if typed else HOW_TO_SAY)


def outcome_words(outcome: Outcome) -> str:
    """`Seen alone`, `Not seen: no one at home`; reads back as the same outcome."""
    words = HOWS[outcome.how]
    return f"{words}: {outcome.why}" if outcome.why else words


def reasons_listed(how: str) -> str:
    """The commonest reasons with the keys that type them: `n1 No one at home, n2 Refused entry`; empty for seen alone."""
    letter = next((code for code, meant in _CODES.items() if meant == how), "")
    return ", ".join(f"{letter}{number} {reason}" for number, reason in enumerate(REASONS.get(how, ()), start=1))


def known_reason(how: str, why: str) -> str:
    """A reason as the list of the commonest writes it, where it is one of them; else as it was typed."""
    return next((reason for reason in REASONS.get(how, ()) if reason.casefold() == why.casefold()), why)


def _coded(how: str, number: int) -> Outcome:
    if not number:
        return Outcome(how)
    reasons = REASONS.get(how, ())
    if number > len(reasons):
        raise Refused(f"There is no reason {number} for “{HOWS[how].casefold()}”. {reasons_listed(how) or HOW_TO_SAY}")
    return Outcome(how, reasons[number - 1])


def _after(typed: str, words: str) -> str | None:
    """What follows the words, commas between them aside; None where the text does not begin with them."""
    found = _BEGINNINGS[words].match(typed)
    return found[1] if found else None


def _explained(how: str, why: str) -> Outcome:
    if why and how not in REASONS:
        raise Refused(f"“{why}” cannot follow “{HOWS[how].casefold()}”. {HOW_TO_SAY}")
    return Outcome(how, known_reason(how, why))
