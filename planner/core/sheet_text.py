"""Making text safe for spreadsheets, and back: a cell that would be read as a formula gets an apostrophe before it."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def _would_be_formula(text: str) -> bool:
    return text.startswith(_STARTS) or text.lstrip().startswith(_STARTS)


def neutral(text: str) -> str:
    """The text as it may stand in a spreadsheet cell; an apostrophe of its own is doubled where it would be mistaken."""
    if _would_be_formula(text) or (text.startswith("'") and _would_be_formula(text.lstrip("'"))):
        return "'" + text
    return text


def original(text: str) -> str:
    """The text `neutral` was given."""
    if text.startswith("'") and neutral(text[1:]) == text:
        return text[1:]
    return text
