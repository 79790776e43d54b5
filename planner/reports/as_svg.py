"""A document as pictures of its pages, for the preview and the printer."""

from planner.reports.document import Document
from planner.reports.typesetting import typeset


def pages(document: Document) -> list[bytes]:
    """The pages in order, each an SVG picture of an A4 page."""
    pictures = typeset(document, "svg")
    return [_unstroked(page) for page in (pictures if isinstance(pictures, list) else [pictures])]


def _unstroked(page: bytes) -> bytes:
    """The page with no width for strokes that do not say one.

    Qt's PDF engine, which CUPS prints through, outlines every filled shape of a picture with its inherited stroke width,
    1 point, though it has no stroke: text would come out bold, and three times as slowly.
    """
    return page.replace(b"<svg ", b'<svg stroke-width="0" ', 1)
