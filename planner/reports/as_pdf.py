"""A document as a tagged PDF."""

from typing import cast

from planner.reports.document import Document
from planner.reports.typesetting import typeset


def pdf(document: Document) -> bytes:
    """The bytes of a PDF/UA-1 file: A4, tagged, with the fonts in it."""
    return cast(bytes, typeset(document, "pdf"))
