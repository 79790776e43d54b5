"""A document set in type, in memory: the one place that calls typst."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from planner.paths import resource
from planner.reports.document import Document, as_plain

TEMPLATE = "templates/sheet.typ"


def typeset(document: Document, to: Literal["pdf", "svg"]) -> Any:
    """The document as typst gives it: bytes of a PDF, or bytes (a list of them, where there are several pages) of SVG.

    The document travels as data, so that nothing in it is read as markup. Nothing is written to disk.
    """
    import typst

    return typst.compile(
        resource(TEMPLATE).read_bytes(),
        format=to,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(as_plain(document), ensure_ascii=False)},
        pdf_standards=["ua-1"] if to == "pdf" else [],
    )


@cache
def _fonts() -> Any:
    """Inter, from the package that brings it, and no font of this machine: pages break in the same place everywhere."""
    import typst

    folder = str(files("fontpkg_inter") / "files")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
