"""A document as values: its footer, its reference and its plain form."""

import json
from dataclasses import replace
from datetime import timedelta

from planner.reports.document import Cell, Document, Run, Sheet, Tick, as_plain, cell, paragraph, row, stamped, strong
from tests.reports.conftest import PRINTED_AT

SHEET = Sheet("Title", "Team", ("Monday",), "Sheet", (paragraph("Words"),))
DOCUMENT = Document("Title", (SHEET,))


def test_the_footer_says_who_printed_it_when_and_that_there_are_initials_only() -> None:
    footer = stamped(DOCUMENT, "Helen Marsh", PRINTED_AT).footer
    assert footer is not None
    assert footer.printed == "Printed by Helen Marsh, 23 November 2026 08:45."
    assert footer.privacy == "Initials only. Collect at the printer; shred after use."


def test_a_job_with_names_says_so_on_every_page() -> None:
    footer = stamped(replace(DOCUMENT, names=True), "Helen Marsh", PRINTED_AT).footer
    assert footer is not None
    assert footer.privacy.startswith("Names are shown.")


def test_the_same_job_has_the_same_reference_and_any_other_another() -> None:
    reference = stamped(DOCUMENT, "Helen Marsh", PRINTED_AT).reference
    assert reference == stamped(DOCUMENT, "Helen Marsh", PRINTED_AT).reference
    others = (
        stamped(DOCUMENT, "Priya Shah", PRINTED_AT),
        stamped(DOCUMENT, "Helen Marsh", PRINTED_AT + timedelta(seconds=1)),
        stamped(replace(DOCUMENT, title="Other"), "Helen Marsh", PRINTED_AT),
    )
    assert reference not in {other.reference for other in others}


def test_a_document_nobody_prints_has_no_reference() -> None:
    assert DOCUMENT.reference == ""


def test_the_plain_form_is_json_and_names_each_part() -> None:
    plain = json.loads(json.dumps(as_plain(DOCUMENT)))
    assert plain["is"] == "document"
    assert plain["sheets"][0]["blocks"] == [{"is": "paragraph", "line": [{"is": "run", "text": "Words", "look": ""}]}]


def test_strings_runs_and_boxes_become_lines_of_a_cell() -> None:
    assert cell("plain", strong("bold"), (Tick("Yes"), Run("and"))) == Cell(
        ((Run("plain"),), (Run("bold", "strong"),), (Tick("Yes"), Run("and")))
    )
    assert cell("") == Cell(())
    assert row("A", strong("B")).cells == (cell("A"), cell(strong("B")))
