"""The Policy page: what holds, how sure it is, and another policy put in force after its children were seen."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.core.errors import Refused
from planner.core.records import LocalRule, PolicyInForce
from planner.measures.kpis import target_of
from planner.ui.dialogs.kpi_targets import TARGET, KpiTargetsDialog, typed_share
from planner.ui.dialogs.own_rule import DAY_ONE, OwnRuleDialog
from planner.ui.dialogs.policy_choice import EndPolicyDialog, ImportPolicyDialog, PolicyDialog
from planner.ui.screens.policy import NOT_ADVICE, PolicyScreen
from planner.ui.team.policy_rows import SAYS, SOURCE

OWN = """
title = "Westmere visiting policy"
source = "Westmere procedures, chapter 4"

[[rule]]
id = "CP-VISIT"
every = "3 weeks"

[[rule]]
id = "LAC-V6W"
every = "12 weeks"
"""


@pytest.fixture
def screen(desk, qtbot):
    made = PolicyScreen(desk)
    qtbot.addWidget(made)
    desk.outlook_changed.connect(made.show_outlook)
    made.resize(1240, 800)
    made.show()
    made.show_outlook(desk.outlook)
    return made


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_of(screen, kind, qtbot):
    qtbot.waitUntil(lambda: any(one.isVisible() for one in screen.findChildren(kind)), timeout=5_000)
    return next(one for one in screen.findChildren(kind) if one.isVisible())


def cells(screen, rule):
    row = next(row for row in screen.model.rows if row.rule.id == rule)
    return [column.text(row) for column in screen.model.columns]


def accepted(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=20_000)
    press(qtbot, dialog.act_button)


def stored(desk, qtbot, kind, count):
    qtbot.waitUntil(lambda: len(desk.workspace.snapshot.all(kind)) == count, timeout=10_000)
    return list(desk.workspace.snapshot.all(kind).values())


def test_every_rule_in_force_stands_there_with_force_source_and_certainty(screen, desk):
    rules = desk.outlook.policy(desk.outlook.teams[0].id).in_force(desk.outlook.on)
    off = [row.rule.id for row in screen.model.rows if row.mark == "Switched off"]
    assert len(screen.model.rows) == len(rules) + len(off)
    assert screen.finding(desk.outlook).startswith(f"{len(rules)} rules are in force, {len(off)} switched off.")
    assert [row.rule.id for row in screen.model.rows][-len(off) :] == sorted(off)
    shown = cells(screen, "LAC-V6W")
    assert shown[2:5] == ["every 6 weeks", "Statute", "Certain"]
    assert not {cells(screen, row.rule.id)[4] for row in screen.model.rows} & {"A", "B", "C"}
    assert all(row.rule.source and row.rule.certainty for row in screen.model.rows if row.rule.force != "PRAC")


def test_it_says_that_this_is_no_legal_advice(screen):
    assert screen.not_advice.isVisible()
    assert screen.not_advice.text() == NOT_ADVICE
    assert "not legal advice" in NOT_ADVICE


def test_what_is_to_be_confirmed_is_marked_and_counted(screen, desk):
    marked = [row for row in screen.model.rows if row.mark == "Confirm locally"]
    assert marked
    assert f"{len(marked)} to confirm locally" in screen.finding(desk.outlook)
    assert all(row.rule.confirm_locally for row in marked)


def test_a_filter_finds_marks_and_sources(screen, qtbot):
    qtbot.keyClicks(screen.filter, "confirm")
    assert {row.mark for row in screen.model.shown} == {"Confirm locally"}
    screen.filter.setText("education")
    assert screen.about.text().startswith("LAC-PEP: Personal education plan, 10 working days, then every 4 months.")
    assert " of " in screen.counted.text()


def test_the_rule_the_keyboard_stands_on_is_told_whole(screen, qtbot):
    screen.rules.setFocus()
    qtbot.keyClick(screen.rules, Qt.Key.Key_Down)
    row = screen.rules.current_row()
    assert row.rule.source in screen.about.text()
    assert row.rule.title in screen.about.text()


def test_the_councils_own_lengths_of_a_rule_are_typed_in_seen_and_put_in_force(screen, desk, qtbot):
    assert screen.rules.select_row(next(row for row in screen.model.rows if row.rule.id == "CP-VISIT"))
    qtbot.keyClick(screen.rules, Qt.Key.Key_Return)
    dialog = dialog_of(screen, OwnRuleDialog, qtbot)
    assert "Type the council’s own lengths" in dialog.details.text()
    assert (dialog.first.text, dialog.every.text) == ("", "10 working days")
    dialog.every.edit.setText("often")
    press(qtbot, dialog.act_button)
    assert "“often” is not a length" in dialog.details.text() + dialog.every.trouble.text()
    dialog.every.edit.setText("3 weeks")
    press(qtbot, dialog.act_button)
    assert "written this down" in dialog.source.trouble.text()
    dialog.source.edit.setText("Procedures, chapter 4")
    on_cp = {case.child.id for case in desk.outlook.cases if case.plan == "cp"}
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=20_000)
    assert {change.case.child.id for change in dialog.model.rows} == on_cp
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: cells(screen, "CP-VISIT")[2] == "every 3 weeks", timeout=10_000)
    assert cells(screen, "CP-VISIT")[3] == "Council policy"
    again = OwnRuleDialog(desk, next(row.rule for row in screen.model.rows if row.rule.id == "CP-VISIT"), screen)
    again.counting.choose(DAY_ONE)
    again.source.edit.setText("Procedures, chapter 5")
    again.show_up()
    accepted(qtbot, again)
    qtbot.waitUntil(lambda: cells(screen, "CP-VISIT")[2] == "every 3 weeks, the day itself counted", timeout=10_000)
    desk.undo()
    qtbot.waitUntil(lambda: cells(screen, "CP-VISIT")[2] == "every 3 weeks", timeout=10_000)
    assert stored(desk, qtbot, LocalRule, 1)[0].rule == "CP-VISIT"
    assert desk.workspace.undoable == "Change the rule CP-VISIT"


def test_a_rule_that_ships_switched_off_is_put_in_force_as_it_is(screen, desk, qtbot):
    assert screen.rules.select_row(next(row for row in screen.model.rows if row.rule.id == "LAC-PEP"))
    press(qtbot, screen.change)
    dialog = dialog_of(screen, OwnRuleDialog, qtbot)
    dialog.source.edit.setText("Virtual school, page 2")
    accepted(qtbot, dialog)
    qtbot.waitUntil(lambda: cells(screen, "LAC-PEP")[5:] == ["", "Local rules", "Virtual school, page 2"], timeout=10_000)
    assert cells(screen, "LAC-PEP")[2] == "10 working days, then every 4 months"


def test_a_shipped_policy_is_put_in_force_after_its_children_were_seen(screen, desk, qtbot):
    press(qtbot, screen.choose)
    dialog = dialog_of(screen, PolicyDialog, qtbot)
    dialog.policy.choose("bolton")
    press(qtbot, dialog.act_button)
    assert "still being worked out" in dialog.trouble.text()
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=20_000)
    on_cp = {case.child.id for case in desk.outlook.cases if case.plan == "cp"}
    assert {change.case.child.id for change in dialog.model.rows} == on_cp
    assert f"{len(on_cp)} children" in dialog.finding.text()
    assert "every 4 weeks, now every 10 working days" in dialog.details.text()
    accepted(qtbot, dialog)
    qtbot.waitUntil(lambda: cells(screen, "CP-VISIT")[2] == "every 4 weeks", timeout=10_000)
    assert cells(screen, "CP-VISIT")[6] == "Bolton, Southwark"
    assert desk.workspace.undoable == "Put the policy Bolton, Southwark in force"
    desk.undo()
    qtbot.waitUntil(lambda: cells(screen, "CP-VISIT")[2] == "every 10 working days", timeout=10_000)


def test_a_policy_from_a_later_day_waits_for_it(screen, desk, qtbot):
    dialog = PolicyDialog(desk, screen)
    dialog.show_up()
    dialog.policy.choose("bolton")
    dialog.start.set_day(desk.today + timedelta(days=30))
    accepted(qtbot, dialog)
    qtbot.waitUntil(lambda: any(row.title == "Bolton, Southwark" for row in screen.chosen.rows_model().rows), timeout=10_000)
    row = next(row for row in screen.chosen.rows_model().rows if row.title == "Bolton, Southwark")
    assert row.when == "from 23 Dec"
    assert cells(screen, "CP-VISIT")[2] == "every 10 working days"


def test_a_councils_own_file_is_imported_and_what_is_looser_is_loud(screen, desk, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "westmere.toml"
    path.write_text(OWN, "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    press(qtbot, screen.import_file)
    dialog = dialog_of(screen, ImportPolicyDialog, qtbot)
    qtbot.keyClicks(dialog.agreed.edit, "Policy group")
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=20_000)
    assert "LAC-V6W" in dialog.warnings.text()
    assert "Looser than the law" in dialog.warnings.text()
    accepted(qtbot, dialog)
    local = stored(desk, qtbot, LocalRule, 2)
    assert {(one.rule, one.agreed_by, one.start) for one in local} == {
        ("CP-VISIT", "Policy group", desk.today),
        ("LAC-V6W", "Policy group", desk.today),
    }
    qtbot.waitUntil(lambda: screen.looser.isVisible(), timeout=10_000)
    assert "The law goes on holding beside it" in screen.looser.text()
    assert "looser than the law" in screen.finding(desk.outlook)
    assert PolicyScreen.count(desk.outlook) == ("1 looser", False)
    assert screen.model.rows[0].mark == "Looser than the law"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "is not a text file"),
        (b'[[rule]]\nid = "CP-VISIT"\nevery = "soon"', "key “every”"),
        (b'title = "Nothing"', "holds no rule"),
    ],
)
def test_a_file_that_is_no_policy_is_refused_in_words(screen, desk, tmp_path, content, sentence):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    said = []
    desk.failed.connect(said.append)
    screen.import_path(path)
    assert sentence in said[0]
    assert not screen.findChildren(ImportPolicyDialog)


def test_a_file_that_is_not_there_is_said(screen, desk, tmp_path):
    said = []
    desk.failed.connect(said.append)
    screen.import_path(tmp_path / "gone.toml")
    assert "could not be opened" in said[0]


def test_a_policy_in_force_is_ended_on_a_day(screen, desk, qtbot):
    dialog = PolicyDialog(desk, screen)
    dialog.show_up()
    dialog.policy.choose("bolton")
    dialog.start.set_day(date(2026, 9, 1))
    accepted(qtbot, dialog)
    qtbot.waitUntil(lambda: screen.chosen.rows_model().rowCount() == 2, timeout=10_000)
    screen.chosen.setFocus()
    screen.chosen.selectRow(1)
    press(qtbot, screen.end)
    ending = dialog_of(screen, EndPolicyDialog, qtbot)
    accepted(qtbot, ending)
    chosen = desk.workspace.snapshot.all(PolicyInForce)
    qtbot.waitUntil(
        lambda: any(one.end == desk.today for one in desk.workspace.snapshot.all(PolicyInForce).values()), timeout=10_000
    )
    assert len(chosen) == 2


def test_the_rules_of_england_are_not_ended(screen, desk, qtbot):
    said = []
    desk.failed.connect(said.append)
    screen.chosen.selectRow(0)
    press(qtbot, screen.end)
    assert "always hold" in said[0]
    assert not screen.findChildren(EndPolicyDialog)


def test_everything_that_takes_the_keyboard_has_a_name(screen):
    for widget in screen.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            text = widget.text() if hasattr(widget, "text") else ""
            assert widget.accessibleName() or text, widget


def test_a_wide_window_gives_what_a_long_title_leaves_to_the_source(screen):
    screen.resize(1500, 800)
    before = {column: screen.rules.columnWidth(column) for column in (SAYS, SOURCE)}
    screen.resize(1740, 800)
    wider = {column: screen.rules.columnWidth(column) for column in (SAYS, SOURCE)}
    assert wider[SAYS] < before[SAYS] + 120
    assert wider[SOURCE] > before[SOURCE] + 120


def test_1200_children_are_looked_at_without_a_wait(big_desk, qtbot, watchdog):
    made = PolicyScreen(big_desk)
    qtbot.addWidget(made)
    made.resize(1240, 800)
    made.show()
    with watchdog() as longest:
        made.show_outlook(big_desk.outlook)
        dialog = PolicyDialog(big_desk, made)
        dialog.show_up()
        dialog.policy.choose("bolton")
        qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=60_000)
    assert longest.cpu_ms < 100
    assert len(dialog.model.rows) > 100


# Targets of the contract


@pytest.mark.parametrize(("typed", "tenths"), [("", None), ("95", 950), (" 97,5 % ", 975), ("100", 1_000), ("0", 0)])
def test_a_share_is_typed_as_people_write_it(typed, tenths):
    assert typed_share(typed) == tenths


@pytest.mark.parametrize("typed", ["all", "100.1", "95.55", "-1", "9 5", "%", "٩٥", "1e2"])
def test_what_is_no_share_is_refused_with_what_to_type(typed):
    with pytest.raises(Refused, match="Type a number from 0 to 100"):
        typed_share(typed)


def test_kpi_targets_are_typed_once_and_hold_until_taken_back(screen, desk, qtbot):
    def target(kpi_id, on=desk.today):
        return target_of(desk.workspace.snapshot, kpi_id, on)

    press(qtbot, screen.targets)
    dialog = dialog_of(screen, KpiTargetsDialog, qtbot)
    qtbot.keyClicks(dialog.targets.edits["cp-visits", TARGET], "95%")
    dialog.targets.edits["picked-up", TARGET].setText("often")
    press(qtbot, dialog.act_button)
    assert "New cases picked up within one working day, Target, %: “often” is not a share" in dialog.targets.trouble.text()
    dialog.targets.edits["picked-up", TARGET].setText("97.5")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: (target("cp-visits"), target("picked-up")) == (950, 975))
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in screen.findChildren(KpiTargetsDialog)))
    press(qtbot, screen.targets)
    again = dialog_of(screen, KpiTargetsDialog, qtbot)
    assert [edit.text() for edit in again.targets.edits.values() if edit.text()] == ["95", "97.5"]
    again.targets.edits["cp-visits", TARGET].clear()
    again.start.set_day(desk.today - timedelta(days=1))
    assert not any(edit.text() for edit in again.targets.edits.values())
    again.start.set_day(desk.today + timedelta(days=1))
    assert [edit.text() for edit in again.targets.edits.values() if edit.text()] == ["97.5"]
    press(qtbot, again.act_button)
    qtbot.waitUntil(lambda: target("cp-visits", desk.today + timedelta(days=1)) is None)
    assert (target("cp-visits"), target("picked-up", desk.today + timedelta(days=1))) == (950, 975)
    desk.undo()
    qtbot.waitUntil(lambda: target("cp-visits", desk.today + timedelta(days=1)) == 950)
