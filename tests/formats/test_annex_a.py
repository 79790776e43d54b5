"""What is taken from an Annex A, and the dirt it survives."""

import shutil
import zipfile
from datetime import date

import pytest
import xlsxwriter

from planner.core.errors import Refused
from planner.core.found import Found, FoundChild
from planner.formats.choosing import FORMATS
from planner.formats.labels import label_sets
from planner.formats.sheets import column_letter
from tests.helpers.annex_a_workbook import AS_AT, headings, row, write_workbook

START = date(2026, 9, 1)


def only_child(found: Found) -> FoundChild:
    assert len(found.children) == 1
    return found.children[0]


def plans(child: FoundChild) -> list[tuple[str, date | None, date | None]]:
    return [(period.code, period.start, period.end) for period in child.periods if period.what == "plan"]


def codes(found: Found) -> dict[str, str]:
    return {problem.code: problem.outcome for problem in found.problems if problem.code != "sheet-missing"}


# What each list gives


@pytest.mark.parametrize("status", ["a) Looked after child", "b) Child Protection plan"])
def test_a_child_looked_after_or_protected_has_no_child_in_need_spell(read, status):
    found = read({6: [row(6, start=START, status=status)]})
    assert plans(only_child(found)) == []
    assert only_child(found).is_open


def test_a_child_in_need_has_a_spell_with_the_need_and_the_day_last_seen(read):
    child = only_child(read({6: [row(6, start=START, status="c) Child in need plan", need="N4", seen=AS_AT)]}))
    assert plans(child) == [("cin", START, None)]
    assert child.periods[0].category == "N4"
    assert [(visit.on, visit.seen, visit.seen_alone) for visit in child.visits] == [(AS_AT, True, None)]
    assert child.received_on == START


def test_a_closed_episode_is_closed_with_its_reason(read):
    rows = [row(6, start=START, closed=AS_AT, closure="RC7", status="e) Closed episode")]
    child = only_child(read({6: rows}))
    assert (child.is_open, child.status, child.ended_on, child.closure_reason) == (False, "closed", AS_AT, "RC7")


def test_a_protection_plan_gives_visit_review_and_category(read):
    rows = [row(7, start=START, category="a) Neglect", visit=AS_AT, alone="b) No", review=date(2026, 11, 2))]
    child = only_child(read({7: rows}))
    assert plans(child) == [("cp", START, None)]
    assert child.periods[0].category == "NEG"
    assert child.visits[0].seen_alone is False
    assert [(event.event, event.on) for event in child.events] == [("cp_review_held", date(2026, 11, 2))]


def test_a_looked_after_child_gives_status_placement_visit_review_and_health(read):
    rows = [
        row(
            8,
            start=START,
            legal_start=START,
            legal="C2: FCO",
            placement_start=date(2026, 10, 1),
            placement="f) U6: Foster placement - not FFA",
            provider="e) PR4 - Private provision",
            visit=AS_AT,
            review=date(2026, 9, 25),
            health=date(2026, 9, 20),
        )
    ]
    child = only_child(read({8: rows}))
    assert [(period.what, period.code, period.start, period.provider) for period in child.periods] == [
        ("plan", "lac", START, ""),
        ("legal", "C2", START, ""),
        ("placement", "U6", date(2026, 10, 1), "PR4"),
    ]
    assert {event.event for event in child.events} == {"lac_review_held", "health_assessment_held"}


def test_assessments_and_enquiries_give_their_events(read):
    found = read(
        {
            4: [row(4, start=START, authorised=date(2026, 10, 20))],
            5: [row(5, strategy=date(2026, 10, 22), icpc=date(2026, 11, 9))],
        }
    )
    child = only_child(found)
    assert plans(child) == [("assessment", START, date(2026, 10, 20))]
    assert [(event.event, event.section_47) for event in child.events] == [
        ("assessment_started", False),
        ("assessment_authorised", False),
        ("strategy_discussion", True),
        ("icpc_held", False),
    ]


def test_a_care_leaver_begins_at_eighteen_with_review_and_contact(read):
    rows = [
        row(
            9, born=date(2007, 3, 1), eligibility="b) Former relevant child", pathway=START, contact=AS_AT, adviser="Pat Invented"
        )
    ]
    child = only_child(read({9: rows}))
    assert plans(child) == [("care_leaver", date(2025, 3, 1), None)]
    assert child.adviser == "Pat Invented"
    assert [(visit.on, visit.standing) for visit in child.visits] == [(AS_AT, "contact")]
    assert [(event.event, event.on) for event in child.events] == [("pathway_plan_reviewed", START)]


def test_an_eligible_child_still_looked_after_is_no_care_leaver(read):
    found = read({8: [row(8, start=START)], 9: [row(9, eligibility="d) Eligible child")]})
    assert [plan for plan, *_ in plans(only_child(found))] == ["lac"]
    assert any("no care leaver's clock" in sentence for sentence in found.assumed)


def test_team_and_worker_come_from_the_highest_list(read):
    found = read(
        {
            4: [row(4, start=START, team="Duty", worker="Dee Invented")],
            6: [row(6, start=START, status="a", team="Locality", worker="Lou Invented")],
            8: [row(8, start=START, team="Care", worker="")],
        }
    )
    assert (only_child(found).team, only_child(found).worker) == ("Locality", "Lou Invented")


def test_a_referral_that_is_not_followed_up_opens_nothing(read):
    assert not only_child(read({3: [row(3, referral=START, nfa="a) Yes")]})).is_open
    assert only_child(read({3: [row(3, referral=START, nfa="b) No")]})).is_open


def test_a_later_referral_opens_a_closed_child_again(read):
    closed = [row(6, start=date(2026, 3, 1), closed=date(2026, 6, 1), status="e) Closed episode")]
    child = only_child(read({3: [row(3, referral=START)], 6: closed}))
    assert (child.is_open, child.received_on) == (True, START)


def test_a_status_that_is_not_said_is_worked_out_and_said(read):
    found = read({6: [row(6, start=START, status="")], 7: [row(7, start=START)]})
    assert [plan for plan, *_ in plans(only_child(found))] == ["cp"]
    assert any("case status" in sentence for sentence in found.assumed)


def test_the_guess_at_its_day_is_the_newest_day_it_knows(read):
    assert read({7: [row(7, start=START, visit=AS_AT, born=date(2026, 11, 21))]}).as_at == AS_AT


# Dirt


def test_odd_spaces_errors_and_numbers_are_read_through(read):
    rows = [row(7, child=70001.0, start=START, team="#N/A", worker="Dustin\u00a0Invented ", visit="")]
    child = only_child(read({7: rows}))
    assert (child.reference, child.team, child.worker) == ("70001", "", "Dustin Invented")


def test_leading_zeros_of_a_reference_are_kept(read):
    assert only_child(read({7: [row(7, child="0070", start=START)]})).reference == "0070"


def test_a_formula_without_a_value_is_an_empty_cell(read):
    child = only_child(read({7: [row(7, start=START, review="=H2+5")]}))
    assert child.events == ()


def test_a_missing_date_of_birth_is_noted(read):
    found = read({7: [row(7, born=None, start=START)]})
    assert only_child(found).born is None
    assert codes(found)["born-missing"] == "accepted"


def test_two_dates_of_birth_are_asked_about(read):
    found = read({7: [row(7, start=START)], 6: [row(6, start=START, status="b", born=date(2015, 4, 5))]})
    assert only_child(found).born == date(2015, 5, 4)
    assert codes(found)["born-differs"] == "ask"


def test_every_problem_says_where_it_stands(read):
    found = read({7: [row(7, start=START), row(7, child="70002", start=START, visit="31/02/2021")]})
    problem = next(problem for problem in found.problems if problem.code == "date-not-a-day")
    assert (problem.file, problem.sheet, problem.row, problem.column) == ("annex a.xlsx", "List 7", 3, "J")
    assert problem.heading == "Date of the Last Statutory Visit"
    assert (problem.value, problem.outcome) == ("31/02/2021", "refused")
    assert len(found.children) == 2


def test_a_row_without_a_child_is_refused(read):
    found = read({7: [row(7, child="", start=START), row(7, start=START)]})
    assert only_child(found).reference == "70001"
    assert codes(found)["no-child-id"] == "refused"


def test_a_row_that_stands_twice_is_read_once(read):
    found = read({7: [row(7, start=START), row(7, start=START)]})
    assert len(plans(only_child(found))) == 1
    assert codes(found)["row-twice"] == "accepted"


def test_a_heading_in_other_words_is_read_and_said(read):
    found = read({7: [row(7, start=START, worker="Lou Invented")]}, renamed={"Allocated Worker": "Worker name"})
    assert only_child(found).worker == "Lou Invented"
    assert codes(found)["heading-read-as"] == "accepted"


def test_a_sheet_without_its_main_column_is_refused(read):
    found = read(
        {7: [row(7, start=START)], 6: [row(6, start=START)]}, renamed={"Child Protection Plan Start Date": "Something else"}
    )
    missing = next(problem for problem in found.problems if problem.code == "heading-missing")
    assert (missing.sheet, missing.outcome) == ("List 7", "refused")
    assert plans(only_child(found)) == [("cin", START, None)]


@pytest.mark.parametrize("name", ["list_7", "LIST 7", "List 07", "Annex A List 7", "List 7 - CP plans", "Protection plans"])
def test_a_sheet_is_found_under_other_names(read, name):
    found = read({7: [row(7, start=START, review=AS_AT)]}, names={7: name})
    assert plans(only_child(found)) == [("cp", START, None)]


def test_a_label_that_is_not_clear_is_a_question_that_an_answer_settles(read):
    rows = {6: [row(6, start=START, status="Totally unknown status")]}
    found = read(rows)
    question = found.questions[0]
    assert (question.heading, question.value) == ("Case Status", "Totally unknown status")
    assert codes(found)["label-unclear"] == "ask"
    again = read(rows, {question.key: "b"})
    assert (again.questions, plans(only_child(again))) == ((), [])
    assert "label-unclear" not in codes(again)


def test_dates_that_can_be_read_two_ways_are_a_question(read):
    rows = {7: [row(7, start="03/04/2026")]}
    found = read(rows)
    assert plans(only_child(found)) == [("cp", date(2026, 4, 3), None)]
    assert found.questions[0].default == "day first"
    assert codes(found)["date-two-ways"] == "ask"
    again = read(rows, {found.questions[0].key: "month first"})
    assert plans(only_child(again)) == [("cp", date(2026, 3, 4), None)]
    assert not again.questions


def test_headings_under_a_title_are_found(tmp_path):
    path = tmp_path / "annex.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List 7")
    sheet.merge_range(0, 0, 0, 5, "List 7: children on a plan")
    sheet.write_row(2, 0, headings(7))
    sheet.write_row(3, 0, ["70001", "", "", "04/05/2015", "", "", "13/09/2026"])
    book.close()
    assert plans(only_child(FORMATS[0].read(path))) == [("cp", date(2026, 9, 13), None)]


def test_a_formula_saved_without_its_value_is_told_by_its_cell(tmp_path):
    visit = headings(7).index("Date of the Last Statutory Visit")
    path = write_workbook(tmp_path / "counted.xlsx", {7: [row(7, start=date(2026, 9, 13), worker='=""', visit="=TODAY()")]})
    with zipfile.ZipFile(path) as counted, zipfile.ZipFile(tmp_path / "annex.xlsx", "w") as saved:
        for part in counted.namelist():
            text = counted.read(part)
            saved.writestr(part, text.replace(b' t="str"><f>TODAY()', b"><f>TODAY()") if "sheet1" in part else text)
    found = FORMATS[0].read(tmp_path / "annex.xlsx")
    (problem,) = [one for one in found.problems if one.code == "formula-empty"]
    assert (problem.sheet, problem.row, problem.column, problem.outcome) == ("List 7", 2, column_letter(visit), "refused")
    assert plans(only_child(found)) == [("cp", date(2026, 9, 13), None)]


def test_merged_cells_are_filled_and_said(tmp_path):
    path = tmp_path / "annex.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List 7")
    sheet.write_row(0, 0, headings(7))
    for place in (1, 2):
        sheet.write_row(place, 0, [f"7000{place}", "", "", "04/05/2015", "", "", "13/09/2026"])
    column = headings(7).index("Allocated Worker")
    sheet.merge_range(1, column, 2, column, "Lou Invented")
    book.close()
    found = FORMATS[0].read(path)
    assert {child.worker for child in found.children} == {"Lou Invented"}
    assert codes(found)["cells-merged"] == "accepted"


def test_days_counted_from_1904_are_read_right(tmp_path):
    path = tmp_path / "annex.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("List 7")
    sheet.write_row(0, 0, headings(7))
    sheet.write_row(1, 0, ["70001", "", "", date(2015, 5, 4), "", "", START])
    book.close()
    child = only_child(FORMATS[0].read(path))
    assert (child.born, plans(child)) == (date(2015, 5, 4), [("cp", START, None)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_folder_of_csv_files_is_read_in_any_encoding(tmp_path, encoding):
    folder = tmp_path / "export"
    folder.mkdir()
    line = ["70001", "", "", "04/05/2015", "", "", "13/09/2026"] + [""] * 9 + ["Zo\u00eb Invented"]
    text = ",".join(f'"{title}"' for title in headings(7)) + "\n" + ",".join(line) + "\n"
    (folder / "list_7.csv").write_text(text, encoding=encoding)
    assert FORMATS[0].recognises(folder)
    child = only_child(FORMATS[0].read(folder))
    assert (child.worker, plans(child)) == ("Zo\u00eb Invented", [("cp", date(2026, 9, 13), None)])


def test_a_row_of_csv_whose_quotation_mark_is_not_closed_takes_no_other_with_it(tmp_path):
    path = tmp_path / "list_7.csv"
    lines = [f"{child},,,04/05/2015,,,{START:%d/%m/%Y}" for child in ("70001", '"70002', "70003")]
    path.write_text("\n".join([",".join(f'"{title}"' for title in headings(7)), *lines, ""]), encoding="utf-8")
    found = FORMATS[0].read(path)
    assert [child.reference for child in found.children] == ["70001", "70003"]
    told = next(problem for problem in found.problems if problem.code == "quote-open")
    assert (told.sheet, told.row, told.outcome) == ("list_7", 3, "refused")


def test_csv_with_letters_of_no_encoding_is_refused_and_with_lost_ones_is_read(tmp_path):
    path = tmp_path / "list_7.csv"
    line = ["70001", "", "", "04/05/2015", "", "", "13/09/2026"] + [""] * 9
    text = ",".join(f'"{title}"' for title in headings(7)) + "\n" + ",".join(line)
    path.write_bytes(text.encode() + b",Zo\x81")
    with pytest.raises(Refused, match=r"list_7\.csv is not text"):
        FORMATS[0].read(path)
    path.write_text(f"{text},Zo\ufffd", encoding="utf-8")
    assert only_child(FORMATS[0].read(path)).worker == "Zo\ufffd"


def test_a_workbook_of_something_else_is_refused(tmp_path):
    path = tmp_path / "budget.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Budget").write_row(0, 0, ["Item", "Cost"])
    book.close()
    with pytest.raises(Refused, match="not an Annex A"):
        FORMATS[0].read(path)


def test_what_it_holds_is_known_by_its_digest(tmp_path):
    one = write_workbook(tmp_path / "one.xlsx", {7: [row(7, start=START)]})
    two = tmp_path / "two.xlsx"
    shutil.copy(one, two)
    assert FORMATS[0].read(one).digest == FORMATS[0].read(two).digest


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (255, "IV")])
def test_columns_have_the_spreadsheet_s_letters(index, letter):
    assert column_letter(index) == letter


def test_an_enquiry_that_needed_no_conference_waits_for_none(read):
    child = only_child(read({5: [row(5, strategy=START, unnecessary="a) Yes")]}))
    assert [event.event for event in child.events] == ["section_47_ended", "strategy_discussion"]


def test_a_care_leaver_of_the_older_layout_is_marked_as_one_of_whom_less_is_known(tmp_path):
    rows = [row(9, born=date(2007, 3, 1), eligibility="b) Former relevant child")]
    newer = FORMATS[0].read(write_workbook(tmp_path / "newer.xlsx", {9: rows}))
    renamed = {"Latest Date of Contact": "Notes", "Latest Pathway Plan Review Date": "More notes"}
    older = FORMATS[0].read(write_workbook(tmp_path / "older.xlsx", {9: rows}, renamed=renamed))
    assert only_child(newer).source == ""
    assert only_child(older).source == "annex-a without contacts"


def test_a_date_of_birth_that_cannot_be_read_is_one_problem(read):
    found = read({7: [row(7, born="soon after", start=START)]})
    assert only_child(found).born is None
    assert [problem.code for problem in found.problems if problem.heading == "Date of Birth"] == ["date-unreadable"]


def test_the_source_of_the_latest_referral_is_read(read):
    rows = [
        row(3, referral=START, nfa="b) No", source="g) Police"),
        row(3, referral=AS_AT, nfa="b) No", source="a) 1A: Individual"),
    ]
    assert only_child(read({3: rows})).referral_source == "1A"


@pytest.mark.parametrize(
    ("label", "code"),
    [("1A", "1A"), ("p1) 5D: LA services", "5D"), ("s) 8: Other", "8"), ("t) 9: Anonymous", "9"), ("10", "10"), ("Police", "6")],
)
def test_referral_sources_are_read_by_their_codes(label, code):
    assert label_sets()["referral_source"].meaning(label) == code


@pytest.mark.parametrize("label", ["Councillor", "Other", "Health services", "List 10 of 12"])
def test_a_referral_source_without_a_code_is_not_guessed(label):
    assert label_sets()["referral_source"].meaning(label) is None
