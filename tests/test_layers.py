"""The house's floors: a room imports only from floors below it, and only along the lines."""

import ast
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLANNER = ROOT / "planner"

ALLOWED = {
    "core": set(),
    "store": {"core"},
    "planning": {"core"},
    "formats": {"core"},
    "measures": {"core"},
    "actions": {"core", "store"},
    "reports": {"core", "measures"},
    "ui": {"core", "actions", "planning", "measures", "reports", "formats", "settings"},
}
"""For each room, the rooms it may know; `paths` is open to every room but core."""

BARRED = {
    "store": {"PySide6", "pandas", "pyqtgraph"},
    "actions": {"PySide6", "pyqtgraph", "sqlalchemy", "pandas"},
    "planning": {"PySide6", "sqlalchemy", "pyqtgraph", "pandas"},
    "measures": {"PySide6", "sqlalchemy", "pyqtgraph"},
    "formats": {"PySide6", "sqlalchemy", "pyqtgraph", "pandas"},
    "reports": {"PySide6", "sqlalchemy", "pandas"},
    "ui": {"sqlalchemy", "pandas"},
}
"""For each room, the libraries that belong to another."""

ASKING = {"now", "today", "utcnow", "time"}
CLOCKS = {"datetime", "date", "time"}
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in PLANNER.rglob("*.py"))


@cache
def told(module: str) -> tuple[list[str], list[int]]:
    """Absolute names of everything a module imports, wherever in it; and the lines in which it asks the clock."""
    names: list[str] = []
    asking: list[int] = []
    for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} imports relatively; write the whole name"
            names.append(node.module or "")
            names += [f"planner.{alias.name}" for alias in node.names if node.module == "planner"]
        elif (
            isinstance(node, ast.Attribute)
            and node.attr in ASKING
            and isinstance(node.value, ast.Name)
            and node.value.id in CLOCKS
        ):
            asking.append(node.lineno)
    return names, asking


def off_the_arrows(module: str) -> list[str]:
    """What a module imports that no arrow of the picture leads to, a sentence each."""
    parts = Path(module).relative_to("planner").parts
    if len(parts) < 2:
        return []
    room = parts[0]
    if room not in ALLOWED:
        return [f"{room} is not a room of the house"]
    return [f"{module} imports {name}" for name in told(module)[0] if not _may_import(room, name.split("."))]


def _may_import(room: str, words: list[str]) -> bool:
    if words[0] == "planner":
        return len(words) == 1 or words[1] in {room} | ALLOWED[room] | ({"paths"} if room != "core" else set())
    # Core knows the standard library alone.
    return words[0] in sys.stdlib_module_names if room == "core" else words[0] not in BARRED.get(room, set())


def test_every_module_imports_only_along_the_arrows_of_the_picture() -> None:
    assert [sentence for module in MODULES for sentence in off_the_arrows(module)] == []


def test_only_the_top_floor_asks_the_clock() -> None:
    below = [module for module in MODULES if module.count("/") > 1]
    assert {module: told(module)[1] for module in below if told(module)[1]} == {}
