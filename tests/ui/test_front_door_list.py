"""A front-door list on the Intake page: pasted or opened, its doubts answered by keys, its columns and words remembered."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from planner.ui.begun import begun_of
from planner.ui.intake.list_reader import READ_AT_ONCE
from planner.ui.screens.intake import IntakeScreen
from tests.helpers.intake_page import HEAD, RETURN, child_referred, keys, list_of, read_list, referrals, shown, when, with_waiting


@pytest.fixture
def screen(desk, qtbot):
    return shown(desk, qtbot)


def test_a_pasted_list_is_checked_and_taken_in_siblings_together(screen, desk, qtbot):
    QGuiApplication.clipboard().setText(list_of(6))
    QTest.keyClick(screen.entry.children_line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    when(qtbot, lambda: screen.reader.hand is not None)
    assert screen.reader.isVisible()
    assert not screen.entry.isVisible()
    assert screen.reader.take_in.hasFocus()
    assert [line.line.together for line in screen.reader.hand.lines] == ["surname"] * 6
    keys(Qt.Key.Key_Space)
    when(qtbot, lambda: len(screen.table.found.waiting) == 6 and not screen.reader.isVisible())
    assert len({one.household for one in referrals(desk)}) == 3
    assert {one.referred_on for one in referrals(desk)} == {date(2026, 11, 20)}
    assert not any(one.status != "to decide" for one in referrals(desk))


def test_a_list_is_pasted_wherever_nothing_is_typed(screen, desk, qtbot):
    with_waiting(desk, qtbot, screen, child_referred(1))
    QGuiApplication.clipboard().setText(list_of(2))
    QTest.keyClick(screen.table.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    when(qtbot, lambda: screen.reader.hand is not None)
    assert len(screen.reader.hand.ready) == 2
    screen.reader.drop.click()
    assert screen.entry.isVisible()
    assert not screen.reader.isVisible()


def test_doubtful_cells_are_asked_one_after_another_in_place(screen, desk, qtbot):
    read_list(screen, qtbot, list_of(6, r1c2="31/2/2014", r4c5="mauve"))
    reader = screen.reader
    assert (len(reader.hand.ready), len(reader.hand.in_doubt)) == (4, 2)
    assert reader.question.text().startswith("Row 3, date of birth in column C, “31/2/2014”")
    assert reader.answer.hasFocus()
    keys("28/2/2014", RETURN)
    assert reader.question.text().startswith("Row 6, priority in column F, “mauve”")
    keys("purple", RETURN)
    assert "“purple” is not a priority" in reader.question.text()
    keys("low", RETURN)
    assert reader.question.text() == ""
    assert reader.take_in.hasFocus()
    assert [line.referred.priority for line in reader.hand.ready] == ["high"] * 4 + ["low", "high"]


def test_what_a_word_of_the_council_means_is_asked_once_and_remembered(screen, desk, qtbot):
    odd = {"r1c4": "Neighbour", "r3c4": "Neighbour", "r4c5": "mauve"}
    read_list(screen, qtbot, list_of(6, **odd))
    keys("the moon", RETURN)
    assert "“the moon” is not a source" in screen.reader.question.text()
    keys("1A", RETURN)
    assert screen.reader.question.text().startswith("Row 6, priority")
    keys("low", RETURN)
    keys(Qt.Key.Key_Space)
    when(qtbot, lambda: len(screen.table.found.waiting) == 6 and not screen.reader.isVisible())
    read_list(screen, qtbot, list_of(12, **odd).replace("C80", "C81"))
    assert [line.referred.referral_source for line in screen.reader.hand.ready].count("1A") == 2
    assert not [line for line in screen.reader.hand.in_doubt if line.doubts]


def test_a_line_can_be_left_out_and_the_rest_is_taken_in(screen, desk, qtbot):
    read_list(screen, qtbot, list_of(3, r1c2="31/2/2014"))
    screen.reader._buttons[0].click()
    assert [line.is_left_out for line in screen.reader.hand.lines] == [False, True, False]
    screen.reader.accept.click()
    when(qtbot, lambda: len(screen.table.found.accepted) >= 2)
    assert {one.reference for one in referrals(desk)} == {"C80000", "C80002"}


def test_lines_still_in_doubt_stay_in_hand_when_the_others_are_taken_in(screen, desk, qtbot):
    read_list(screen, qtbot, list_of(3, r1c2="31/2/2014"))
    screen.reader.take_in.click()
    when(qtbot, lambda: [line.line.row for line in screen.reader.hand.lines] == [3])
    assert len(referrals(desk)) == 2
    assert screen.reader.isVisible()


def test_the_same_child_twice_in_a_list_or_known_here_is_asked_about(screen, desk, qtbot):
    known = desk.outlook.cases[0].child
    read_list(screen, qtbot, list_of(3, r2c0="C80000", r1c0=known.reference.removeprefix("C")))
    asked = [line.needs for line in screen.reader.hand.lines]
    assert "has an open case here" in asked[1]
    assert asked[2] == "This child stands in row 2 too."


def test_the_order_of_day_and_month_is_asked_once_for_the_whole_list(screen, desk, qtbot):
    text = HEAD + "C80000\tA B\t3/4/2019\t2/11/2026\t\t\nC80001\tC D\t5/6/2018\t1/11/2026\t\t"
    read_list(screen, qtbot, text)
    reader = screen.reader
    assert reader.question.text() == "4 dates could be read two ways. What does 3/4/2019 mean?"
    assert [button.text() for button in reader._buttons] == ["3 April 2019", "4 March 2019"]
    keys(Qt.Key.Key_Space)
    assert reader.question.text() == ""
    assert [line.referred.born for line in reader.hand.ready] == [date(2019, 4, 3), date(2018, 6, 5)]


def test_another_column_can_be_chosen_for_a_field(screen, desk, qtbot):
    read_list(screen, qtbot, "Thing\tWho\tDay\n80001\tA B\t13/4/2019\n80002\tC D\t14/4/2018")
    reader = screen.reader
    assert reader.columns.isVisible()
    assert reader.hand.columns["reference"] == 0
    reader.boxes["reference"].choose("none")
    assert "reference" not in reader.hand.columns
    assert [line.referred.reference for line in reader.hand.lines] == ["", ""]
    reader.boxes["name"].choose("1")
    assert [line.referred.initials for line in reader.hand.lines] == ["A.B.", "C.D."]


def test_what_was_said_of_the_columns_is_remembered_for_the_next_list_with_these_headings(screen, desk, qtbot):
    heads = "Thing\tWho\tDay\tBorn\n"
    read_list(screen, qtbot, f"{heads}80001\tA B\t20/11/2026\t3/4/2019")
    reader = screen.reader
    assert reader.columns.isVisible()
    reader.boxes["referred_on"].choose("2")
    reader.boxes["name"].choose("1")
    keys(Qt.Key.Key_Space) if reader.take_in.hasFocus() else reader.take_in.click()
    when(qtbot, lambda: len(referrals(desk)) == 1 and not reader.isVisible())
    read_list(screen, qtbot, f"{heads}80002\tC D\t19/11/2026\t28/2/2019")
    assert not reader.columns.isVisible()
    assert "as you said" in reader.about.text()
    (line,) = reader.hand.ready
    assert (line.referred.initials, line.referred.referred_on) == ("C.D.", date(2026, 11, 19))
    read_list(screen, qtbot, f"Other{heads}80003\tC D\t19/11/2026\t28/2/2019")
    assert not reader.hand.is_remembered


def test_a_file_is_read_in_a_process_of_its_own(screen, desk, qtbot, tmp_path):
    path = tmp_path / "mash.csv"
    path.write_text(list_of(4).replace("\t", ","))
    screen.read_file(path)
    when(qtbot, screen.reader.isVisible)
    assert len(screen.reader.hand.ready) == 4


def test_a_list_that_is_no_list_says_what_to_do(screen, desk, qtbot):
    said = []
    desk.failed.connect(said.append)
    for text in (" ", HEAD):
        screen.read_text(text)
        when(qtbot, lambda text=text: len(said) == 1 + (text == HEAD))
    assert ["Copy the rows" in sentence or "Copy the rows as well" in sentence for sentence in said] == [True, True]
    assert not screen.reader.isVisible()


def test_an_answer_in_a_long_list_is_taken_while_it_is_read_and_the_next_thing_asked_then(screen, qtbot):
    read_list(screen, qtbot, list_of(READ_AT_ONCE + 5, r1c2="31/2/2014", r4c5="mauve"))
    reader = screen.reader
    keys("28/2/2014", RETURN, "low", RETURN)  # typed ahead: it waits in its field, and answers nothing by mistake
    when(qtbot, lambda: reader.question.text().startswith("Row 6, priority"))
    assert reader.answer.text() == "low"
    keys(RETURN)
    when(qtbot, lambda: reader.question.text() == "")
    assert len(reader.hand.ready) == READ_AT_ONCE + 5


def test_a_list_in_hand_and_a_family_half_typed_are_there_again_after_the_lock(screen, desk, qtbot):
    read_list(screen, qtbot, list_of(6, r1c2="31/2/2014", r4c5="mauve"))
    keys("28/2/2014", RETURN)
    screen.entry.children_line.setText("10432 ab")
    begun = begun_of(desk)
    begun.kept = begun.told()
    again = IntakeScreen(desk)
    qtbot.addWidget(again)
    again.show_outlook(desk.outlook)
    assert again.entry.children_line.text() == "10432 ab"
    when(qtbot, lambda: again.reader.hand is not None)
    assert again.reader.question.text().startswith("Row 6, priority")
    assert begun.kept == {}
