"""The pages of help, in the order they are listed: first steps, a page for each page of the window, recovery and keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QAction

from planner.paths import resource
from planner.ui.keys import keys_in_force

FIRST, KEYS = "first_steps", "keys"
HELP = (
    FIRST,
    *("today", "intake", "allocate", "visits", "log_visits", "chase", "transfers", "cases", "team", "policy", "import"),
    "recovery",
    KEYS,
)
"""What there is help on, each a file in `resources/help`."""
IN_LISTS = (
    ("Open the row in the drawer", "Enter"),
    ("Copy the selected rows", "Ctrl+C"),
    ("Menu of the row", "Shift+F10"),
    ("Move the selected visit or case", "Ctrl+M"),
    ("Calendar of a date field", "Alt+Down"),
)
IN_PAGES = (
    ("Intake: accept, return, change, decide again", "A, R, C, D"),
    ("Intake: the same for the whole home", "Shift+A, Shift+R"),
    ("Intake: choose the home, or so many rows", "H, 2 to 9"),
    ("Chase: copy the message, enter a promise, mark recorded, next worker", "C, P, R, N"),
    ("Transfers: accept, return, plan, close, send back", "A, R, P, C, B"),
    ("Transfers: tick an item of the checklist", "1 to 9"),
    ("Visits: move, confirm, cancel", "Ctrl+M, Ctrl+Enter, Delete"),
    ("Allocate: give to the column, choose it, close it", "Enter, Space, Delete"),
)
"""Keys of one page. Letters act while its list has the focus; with Alt they act anywhere on the page."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its name, its title, and its text in Markdown."""

    name: str
    title: str
    text: str


def help_folder() -> Path:
    """Where the pages and their pictures lie."""
    return resource("help")


def help_pages(actions: Iterable[QAction]) -> tuple[HelpPage, ...]:
    """Every page; that of keys with the keys of these actions."""
    return tuple(_page(name, _keys_table(actions) if name == KEYS else "") for name in HELP)


def _page(name: str, more: str) -> HelpPage:
    text = (help_folder() / f"{name}.md").read_text(encoding="utf-8")
    text = keys_in_force().said(text)
    return HelpPage(name, text.partition("\n")[0].removeprefix("# "), text + more)


def _keys_table(actions: Iterable[QAction]) -> str:
    """The keys of actions as a table in Markdown."""
    keys = ((action.text().partition(":")[0], action.shortcut().toString()) for action in actions if action.isVisible())
    rows = [(words, key) for words, key in keys if words and key]
    lines = [f"| {words} | {key.replace('|', '&#124;')} |" for words, key in (*rows, *IN_LISTS)]
    pages = [f"| {words} | {key} |" for words, key in IN_PAGES]
    return "\n".join(
        [
            *("\n| What it does | Key |", "|---|---|", *lines),
            "\nLetters act while the list of their page has the focus; **with Alt** they act from anywhere on the page.",
            *("\n| On a page | Key |", "|---|---|", *pages, ""),
        ]
    )
