"""The papers of the transfer meeting and of the contract's end: every row once, numbered, with initials only."""

from planner.actions.shipped import reference
from planner.core.flow_records import PaperSheet
from planner.core.hand_back import contract_ends_on, hand_back
from planner.core.outlook import Outlook
from planner.core.paper_sheets import TRANSFERS, lines_of
from planner.core.transfer_lines import sheet_lines
from planner.reports.as_pdf import pdf
from planner.reports.document import Table, as_plain
from planner.reports.hand_back_plan import HAND_BACK_PLAN
from planner.reports.transfer_sheet import TRANSFER_SHEET
from tests.helpers.moving_team import a_moving_team
from tests.helpers.people import TODAY, a_big_team
from tests.helpers.printed_words import text_of
from tests.reports.conftest import job


def outlook() -> Outlook:
    return Outlook(a_moving_team(), reference(), TODAY, TODAY)


def numbered(document) -> list[tuple[str, str]]:
    """The number and the child of each line of its table."""
    (table,) = (block for block in document.sheets[0].blocks if isinstance(block, Table))
    rows = [row for row in table.rows if row.kind == "plain"]
    return [(row.cells[0].lines[0][0].text, row.cells[1].lines[0][0].text) for row in rows]


def test_the_sheets_lines_are_numbered_in_the_order_they_are_typed_back() -> None:
    found = outlook()
    lines = sheet_lines(found)
    document = TRANSFER_SHEET.build(found, job(), TODAY)
    assert [number for number, _ in numbered(document)] == [str(place) for place in range(1, len(lines) + 1)]
    assert [child.split(" ")[0] for _, child in numbered(document)] == [row.case.child.reference for row in lines]


def test_the_sheet_bears_its_number_while_its_lines_are_those_that_were_numbered() -> None:
    found = outlook()
    lines = lines_of(found, TRANSFERS, "")
    for kept, said in ((lines, "Sheet 43"), (lines[1:], found.on.strftime("%A"))):
        snapshot = found.snapshot.patched([PaperSheet(id="p", kind=TRANSFERS, number=43, lines=kept)])
        made = TRANSFER_SHEET.build(Outlook(snapshot, reference(), TODAY, TODAY), job(), TODAY)
        assert made.sheets[0].at_right[0].startswith(said)


def test_where_several_teams_are_looked_at_each_line_says_from_which() -> None:
    found = outlook()
    assert len(found.teams) > 1
    words = str(as_plain(TRANSFER_SHEET.build(found, job(), TODAY)))
    givers = [found.team_name(row.case.team_id) for row in sheet_lines(found)]
    assert sum(words.count(f"from {giver}") for giver in set(givers)) == len(givers)
    alone = Outlook(found.snapshot, reference(), TODAY, TODAY, [sheet_lines(found)[0].case.team_id])
    assert sheet_lines(alone)
    assert not any(f"from {giver}" in str(as_plain(TRANSFER_SHEET.build(alone, job(), TODAY))) for giver in givers)


def test_what_is_done_is_in_words_and_what_is_not_has_a_box() -> None:
    text = " ".join(text_of(pdf(TRANSFER_SHEET.build(outlook(), job(), TODAY))))
    assert "3 Family told: done" in text
    assert "Returned 20 Nov" in text
    assert "Chronology is short" in text


def test_every_open_case_stands_once_on_the_hand_back_plan() -> None:
    found = outlook()
    ends_on = contract_ends_on(found.snapshot)
    assert ends_on is not None
    text = " ".join(text_of(pdf(HAND_BACK_PLAN.build(found, job(), TODAY))))
    assert all(text.count(row.case.child.reference) == 1 for row in hand_back(found, ends_on))
    assert "The contract ends on" in text


def test_names_are_on_neither_even_where_they_are_asked_for() -> None:
    for report in (TRANSFER_SHEET, HAND_BACK_PLAN):
        document = report.build(outlook(), job(names=True), TODAY)
        assert not document.names
        assert "Invented" not in str(as_plain(document))


def test_with_nothing_to_move_the_sheet_says_so() -> None:
    found = Outlook(a_big_team(workers=2, children=4), reference(), TODAY, TODAY)
    assert "Nothing is to move in the next two weeks." in " ".join(text_of(pdf(TRANSFER_SHEET.build(found, job(), TODAY))))
    assert "No end of the contract is agreed." in " ".join(text_of(pdf(HAND_BACK_PLAN.build(found, job(), TODAY))))
