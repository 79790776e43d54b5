"""What a list or a tracker calls a child: a name, or no more than initials."""

import re

from planner.formats.words import folded

_LONGEST_INITIALS = 3
_FIRST_NAME = re.compile("[A-Z][a-z]{2}")


def name_and_initials(name: str, initials: str) -> tuple[str, str]:
    """Name and initials, made of the name where none are said; `Brown, Ada` is turned round.

    A name of three letters or fewer is taken for initials, but for `Ivy`, which is not how initials are written.
    """
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    is_short = len(folded(name).replace(".", "").replace(" ", "")) <= _LONGEST_INITIALS
    if not initials and is_short and not _FIRST_NAME.fullmatch(name):
        return "", dotted(name)
    made = "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())
    return name, dotted(initials) if initials else made


def dotted(initials: str) -> str:
    """`ab` or `A B` as `A.B.`; anything longer than initials is left as it is."""
    letters = [letter for letter in initials if letter.isalpha()]
    return "".join(f"{letter.upper()}." for letter in letters) if len(letters) <= 4 else initials
