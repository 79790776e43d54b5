"""The house's floors: a room imports only from floors below it, and only along the lines."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_along_the_arrows_of_the_picture(module: str) -> None:
    parts = Path(module).relative_to("planner").parts
    if len(parts) < 2:
        return
    room = parts[0]
    assert room in ALLOWED, f"{room} is not a room of the house"
    for name in told(module)[0]:
        words = name.split(".")
        if words[0] == "planner" and len(words) > 1 and words[1] != room:
            may = ALLOWED[room] | ({"paths"} if room != "core" else set())
            assert words[1] in may, f"{module} imports {name}"
        elif room == "core" and words[0] != "planner":
            assert words[0] in sys.stdlib_module_names, f"{module} imports {name}: core knows the standard library alone"
        else:
            assert words[0] not in BARRED.get(room, set()), f"{module} imports {name}"


def test_only_the_top_floor_asks_the_clock() -> None:
    below = [module for module in MODULES if module.count("/") > 1]
    assert {module: told(module)[1] for module in below if told(module)[1]} == {}
