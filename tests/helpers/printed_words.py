"""The words of a PDF as this program sets it, in a quarter of the time that a reader of any PDF takes."""

import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

_PLAIN = rb"(?:[^\\()]|\\.)*"
_STRING = rb"\(" + _PLAIN + rb"(?:\(" + _PLAIN + rb"\)" + _PLAIN + rb")*\)"
_OPERATOR = re.compile(
    rb"/(?P<font>\w+) (?P<size>[\d.]+) Tf"
    rb"|(?:-?[\d.]+ ){4}(?P<x>-?[\d.]+) (?P<y>-?[\d.]+) (?P<moves>cm|Tm)"
    rb"|(?P<shown>\[(?:" + _STRING + rb"|[^()\]])*\]|" + _STRING + rb")\s*T[jJ]",
    re.DOTALL,
)
_SHOWN = re.compile(rb"(" + _STRING + rb")|(-?[\d.]+)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_GAP = 0.15
"""Pieces of a line further apart than this part of their size have a space between them."""


class _Font:
    """The letter and the width of each glyph of a font, in thousandths of its size."""

    def __init__(self, font: DictionaryObject) -> None:
        told = font["/ToUnicode"].get_object().get_data()
        self.letters = {
            int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be")
            for block in re.findall(rb"beginbfchar(.*?)endbfchar", told, re.DOTALL)
            for code, letter in re.findall(rb"<(\w+)>\s*<(\w+)>", block)
        }
        self.widths: dict[int, float] = {}
        listed = iter(font["/DescendantFonts"][0].get_object()["/W"])
        for first in listed:
            widths = next(listed)
            if isinstance(widths, list):
                self.widths |= {first + place: float(width) for place, width in enumerate(widths)}
            else:
                self.widths |= dict.fromkeys(range(first, widths + 1), float(next(listed)))

    def glyphs(self, shown: bytes) -> Iterator[tuple[str, float]]:
        """What is shown, glyph by glyph: its letter and how far it moves on; a space that is not a glyph has no letter."""
        for string, less in _SHOWN.findall(shown):
            if less:
                yield "", -float(less)
            codes = _ESCAPED.sub(_unescaped, string[1:-1])
            for place in range(0, len(codes), 2):
                code = int.from_bytes(codes[place : place + 2])
                yield self.letters[code], self.widths[code]


def _unescaped(found: re.Match[bytes]) -> bytes:
    escaped = found[1]
    return bytes([int(escaped, 8)]) if escaped.isdigit() else _NAMED.get(escaped, escaped)


def text_of(pdf: bytes) -> list[str]:
    """The words of each page, with every run of space as one."""
    known: dict[int, _Font] = {}
    return [" ".join("".join(_letters(page, known)).split()) for page in PdfReader(BytesIO(pdf)).pages]


def _letters(page: PageObject, known: dict[int, _Font]) -> Iterator[str]:
    named = page["/Resources"]["/Font"]
    at, within, end = (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)
    for operator in _OPERATOR.finditer(page.get_contents().get_data()):
        if operator["font"]:
            name, size = f"/{operator['font'].decode()}", float(operator["size"])
            number = named.raw_get(name).idnum
            if number not in known:
                known[number] = _Font(named[name])
            font = known[number]
        elif operator["moves"] == b"cm":
            at = float(operator["x"]), float(operator["y"])
        elif operator["moves"]:
            within = float(operator["x"]), float(operator["y"])
        else:
            here, line = at[0] + within[0], at[1] - within[1]
            if abs(line - end[1]) > _GAP or abs(here - end[0]) > _GAP * size:
                yield " "
            for letter, width in font.glyphs(operator["shown"]):
                yield letter
                here += width * size / 1000
            end = here, line
