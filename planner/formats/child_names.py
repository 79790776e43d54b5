"""What a list or a tracker calls a child: a name, or no more than initials."""

from planner.formats.words import folded

_LONGEST_INITIALS = 3


def name_and_initials(name: str, initials: str) -> tuple[str, str]:
    """Name and initials, made of the name where none are said; `Brown, Ada` is turned round.

    A name of three letters or fewer is taken for initials.
    """
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    if not initials and len(folded(name).replace(".", "").replace(" ", "")) <= _LONGEST_INITIALS:
        return "", dotted(name)
    made = "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())
    return name, dotted(initials) if initials else made


def dotted(initials: str) -> str:
    """`ab` or `A B` as `A.B.`; anything longer than initials is left as it is."""
    letters = [letter for letter in initials if letter.isalpha()]
    return "".join(f"{letter.upper()}." for letter in letters) if len(letters) <= 4 else initials
