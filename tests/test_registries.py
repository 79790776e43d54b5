"""Registries are explicit tuples, read as a table of contents: whatever lies in a room is listed in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from planner.core.records import KINDS, RECORDS, Record
from planner.formats.choosing import FORMATS
from planner.reports import REPORTS
from planner.ui.screens import SCREENS

PLANNER = Path(__file__).parent.parent / "planner"


def classes(room: str) -> Iterator[ast.ClassDef]:
    """Every class of a room's modules."""
    for path in (PLANNER / room).glob("*.py"):
        yield from (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef))


def bases(node: ast.ClassDef) -> set[str]:
    return {base.id for base in node.bases if isinstance(base, ast.Name)}


def methods(node: ast.ClassDef) -> set[str]:
    return {child.name for child in node.body if isinstance(child, ast.FunctionDef)}


def test_every_screen_is_listed() -> None:
    assert {node.name for node in classes("ui/screens") if "Screen" in bases(node)} == {screen.__name__ for screen in SCREENS}


def test_every_format_is_listed() -> None:
    found = {
        node.name for node in classes("formats") if {"recognises", "read"} <= methods(node) and "Protocol" not in bases(node)
    }
    assert found == {type(form).__name__ for form in FORMATS}


def test_every_report_is_listed() -> None:
    found = set()
    for path in (PLANNER / "reports").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Report":
                found.add(path.stem.replace("_", "-"))
    assert found == {report.name for report in REPORTS}


def test_every_record_has_a_table() -> None:
    found = {node.name for node in classes("core") if {"Record", "Sourced"} & set(bases(node))} - {"Sourced"}
    assert found == {record.__name__ for record in RECORDS.values()}
    assert {record: kind for kind, record in RECORDS.items()} == KINDS
    assert all(issubclass(record, Record) for record in KINDS)


def test_what_is_listed_has_names_of_its_own() -> None:
    for names in ([screen.name for screen in SCREENS], [form.name for form in FORMATS], [report.name for report in REPORTS]):
        assert all(names)
        assert len(set(names)) == len(names)
