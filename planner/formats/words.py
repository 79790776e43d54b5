"""Making typed text comparable: case, brackets, quotes, dashes and odd spaces fold to one form; what is kept stays as typed."""

import unicodedata

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"})
_ERRORS = ("#n/a", "#value!", "#ref!", "#name?", "#div/0!", "#null!", "#num!")
_NOTHING = frozenset(("", "n/a", "na", "nan", "null", "none", "<blank>", *_ERRORS))
"""What case systems and spreadsheets write for nothing."""


def tidied(text: str) -> str:
    """The text with odd spaces made plain and none at its ends; nothing else is changed."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """The text as it is compared: NFKC, without case, with plain quotes and dashes and single spaces."""
    if text.isascii():
        # As most cells are: plain letters have one form, and this is many times as quick.
        return tidied(text).casefold()
    return tidied(unicodedata.normalize("NFKC", text).translate(_QUOTES)).casefold()


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without `.0`, odd spaces made plain, and a spreadsheet's own error marks left out."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = tidied(str(value)) if value is not None else ""
    return "" if text.casefold() in _NOTHING else text
