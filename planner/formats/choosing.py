"""Which format reads what a person chose: one file, a folder, or several CSV files of one extract that belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.core.errors import Refused
from planner.formats.annex_a import AnnexA
from planner.formats.ssd import Ssd, is_of_extract
from planner.formats.table import WORKBOOK_EXTENSIONS
from planner.formats.tracker import Tracker

FORMATS = (AnnexA(), Ssd(), Tracker())
"""Every format, in the order they are asked whether they recognise a file."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read, and the format that reads it; of several files together, the path is that of the first."""

    format: Any
    path: Path


def sources(paths: Sequence[Path], name: str = "") -> list[Source]:
    """What to read, in the order of the paths; the tables of one extract are one source.

    `name` is the format to read all of them with, else it is recognised. Raises Refused for a path no format knows.
    """
    tables = [path for path in paths if is_of_extract(path)] if name in ("", Ssd.name) else []
    together = Ssd().of_files(tables) if len(tables) > 1 else None
    found: list[Source] = []
    for path in paths:
        if together is None or path not in tables:
            found.append(Source(_format(path, name), path))
        elif path == tables[0]:
            found.append(Source(together, path))
    return found


def otherwise(source: Source) -> Source | None:
    """What a source may be where its format refused it: a workbook that is no Annex A may be a tracker."""
    is_workbook = source.path.suffix.casefold() in WORKBOOK_EXTENSIONS
    return Source(Tracker(), source.path) if isinstance(source.format, AnnexA) and is_workbook else None


def _format(path: Path, name: str) -> Any:
    if name:
        chosen = next((form for form in FORMATS if form.name == name), None)
        if chosen is None:
            raise Refused(f"No format is called {name}. There are: {', '.join(form.name for form in FORMATS)}.")
        return chosen
    chosen = next((form for form in FORMATS if form.recognises(path)), None)
    if chosen is None:
        raise Refused(f"{path.name} is not a file the planner knows. Choose an Annex A workbook, an SSD extract or a tracker.")
    return chosen
