"""The house's floors: a room imports only from floors below it, and only along the lines."""

import ast
import sys
from collections.abc import Iterator
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

MODULES = sorted(path.relative_to(ROOT).as_posix() for path in PLANNER.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Absolute names of everything a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively; write the whole name"
            module = node.module or ""
            yield module
            if module == "planner":
                yield from (f"planner.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_along_the_arrows_of_the_picture(module: str) -> None:
    path = ROOT / module
    parts = path.relative_to(PLANNER).parts
    if len(parts) < 2:
        return
    room = parts[0]
    assert room in ALLOWED, f"{room} is not a room of the house"
    for name in imported(path):
        words = name.split(".")
        if words[0] == "planner" and len(words) > 1 and words[1] != room:
            may = ALLOWED[room] | ({"paths"} if room != "core" else set())
            assert words[1] in may, f"{module} imports {name}"
        elif room == "core" and words[0] != "planner":
            assert words[0] in sys.stdlib_module_names, f"{module} imports {name}: core knows the standard library alone"
        else:
            assert words[0] not in BARRED.get(room, set()), f"{module} imports {name}"


def test_only_the_top_floor_asks_the_clock() -> None:
    asking = {"now", "today", "utcnow", "time"}
    clocks = {"datetime", "date", "time"}
    for module in MODULES:
        parts = Path(module).relative_to("planner").parts
        if len(parts) < 2:
            continue
        for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in asking and isinstance(node.value, ast.Name):
                assert node.value.id not in clocks, f"{module}:{node.lineno} asks the clock"
