"""A sheet as plain values: what stands on it and in what order, with nothing about how it is drawn."""

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from planner.core.date_words import plain_date

PATTERNS = ("other", "assessment", "cin", "cp", "lac")
"""The parts of a load bar in their only order, each with its own pattern in grey."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look: plain, `strong`, `muted`, or `small` (muted, 8 pt)."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick, with its word beside it or none."""

    label: str = ""


@dataclass(frozen=True, slots=True)
class WriteIn:
    """A line to write on, `mm` long (0: to the end of the cell), with its word before it."""

    label: str = ""
    mm: int = 0


Line = tuple[Run | Tick | WriteIn, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell, which spans one column or more."""

    lines: tuple[Line, ...] = ()
    span: int = 1


@dataclass(frozen=True, slots=True)
class BarPart:
    """A stretch of a bar, in tenths of a point; `pattern` is one of `PATTERNS`. What is new today has a heavy outline."""

    pattern: str
    tenths: int
    new: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A load bar. `capacity` is where the upright line stands (None: no capacity), `scale` the tenths of the whole width.

    `words` say what the bar shows to someone who cannot see it.
    """

    parts: tuple[BarPart, ...]
    capacity: int | None
    scale: int
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in mm (0: a share of what is left) and how it is aligned."""

    title: str
    mm: float = 0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells that fill the columns. `kind` is `plain`, `sum` (stays with the row before) or `group` (one cell)."""

    cells: tuple[Cell | Bar, ...]
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings that repeat on every page; no headings are drawn where all titles are empty."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section, kept with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a strip, with its words."""

    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Facts side by side between two lines."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What the patterns of the bars mean: pairs of pattern and words."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines to sign on, side by side, kept on one page."""

    fields: tuple[WriteIn, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """Empty ruled lines under a heading."""

    title: str
    lines: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two stacks of blocks side by side."""

    left: tuple["Block", ...]
    right: tuple["Block", ...]


Block = Heading | Paragraph | Strip | Key | Table | Signature | Notes | Pair


@dataclass(frozen=True, slots=True)
class Sheet:
    """What starts on a new page under a title of its own: a team's sheet, or one worker's.

    `what` names it in the footer; `at_right` stands opposite the title, its first line strong.
    """

    title: str
    under_title: str
    at_right: tuple[str, ...]
    what: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page besides the sheet's name and the page number."""

    printed: str
    reference: str
    privacy: str


@dataclass(frozen=True, slots=True)
class Document:
    """One print job. The footer is None until it is known who prints."""

    title: str
    sheets: tuple[Sheet, ...]
    names: bool = False
    footer: Footer | None = None

    @property
    def reference(self) -> str:
        """The reference of the print job, or an empty string before it is printed."""
        return self.footer.reference if self.footer is not None else ""


def stamped(document: Document, printed_by: str, printed_at: datetime) -> Document:
    """The document with the footer of one print job; `printed_at` is local time.

    Its reference is a digest of what is printed, by whom and when, so that a paper can be matched to the journal.
    """
    printed = f"Printed by {printed_by}, {plain_date(printed_at)} {printed_at:%H:%M}."
    shown = "Names are shown." if document.names else "Initials only."
    told = json.dumps([as_plain(document), printed_by, printed_at.isoformat()], ensure_ascii=False)
    digest = sha256(told.encode()).hexdigest()[:8].upper()
    footer = Footer(printed, f"{digest[:4]}-{digest[4:]}", f"{shown} Collect at the printer; shred after use.")
    return replace(document, footer=footer)


def strong(text: str) -> Run:
    """Words that stand out."""
    return Run(text, "strong")


def muted(text: str) -> Run:
    """Words that stand back."""
    return Run(text, "muted")


def cell(*lines: str | Run | Tick | WriteIn | Line, span: int = 1) -> Cell:
    """A cell of one line for each argument; a string is plain words, an empty one is left out."""
    return Cell(tuple(_line(line) for line in lines if line != ""), span)


def paragraph(*pieces: str | Run) -> Paragraph:
    """A paragraph of plain and marked words."""
    return Paragraph(tuple(Run(piece) if isinstance(piece, str) else piece for piece in pieces))


def row(*cells: str | Run | Cell | Bar, kind: str = "plain") -> Row:
    """A row; strings and runs become cells of one line."""
    return Row(tuple(one if isinstance(one, Cell | Bar) else cell(one) for one in cells), kind)


def as_plain(value: Any) -> Any:
    """A document as dictionaries, lists and strings, ready for JSON; `is` names the part."""
    if is_dataclass(value):
        plain = {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__.lower(), **plain}
    if isinstance(value, tuple):
        return [as_plain(part) for part in value]
    return value


def _line(line: str | Run | Tick | WriteIn | Line) -> Line:
    if isinstance(line, tuple):
        return line
    return (Run(line) if isinstance(line, str) else line,)
