"""The recovery sheet: one recovery code on paper, with what it does and how it is used; nothing else of the workspace."""

from datetime import date

from planner.core.date_words import plain_date
from planner.reports.document import Block, Document, Fact, Heading, Sheet, Signature, Strip, WriteIn, paragraph, strong

TITLE = "Recovery code"
WHAT = "Opens one workspace of the planner when its passphrase is forgotten"
_IN_A_STRIP = 3
_HOW = (
    "Open the planner and choose the workspace, or restore a backup of it first.",
    "Type the code where the passphrase is asked for. Capitals, spaces and hyphens do not matter.",
    "Type a new passphrase when the planner asks for it.",
    "Make a new recovery code from the menu, print it, and shred this sheet.",
)


def recovery_sheet(code: str, made_on: date) -> Document:
    """The sheet of a code as it is written: groups of letters and figures with hyphens between; no council data is on it."""
    groups = code.split("-")
    facts = [Fact(group, f"group {number}") for number, group in enumerate(groups, 1)]
    strips = (Strip(tuple(facts[place : place + _IN_A_STRIP])) for place in range(0, len(facts), _IN_A_STRIP))
    blocks: tuple[Block, ...] = (
        *strips,
        Heading("Keep it"),
        paragraph(
            strong("Whoever has this sheet and the file can read everything in it. "),
            "Seal it in an envelope, sign over the seal, and lock it away from the computer. "
            "The planner keeps no copy: without the passphrase and this sheet nobody can open the workspace.",
        ),
        Heading("Use it"),
        *(paragraph(strong(f"{number}  "), words) for number, words in enumerate(_HOW, 1)),
        Heading("Write on it by hand"),
        Signature((WriteIn("Which workspace"),)),
        Signature((WriteIn("Sealed by", 60), WriteIn("On", 40))),
        Signature((WriteIn("Opened by", 60), WriteIn("On", 40))),
    )
    return Document(TITLE, (Sheet(TITLE, WHAT, (f"Made on {plain_date(made_on)}",), TITLE, blocks),))
