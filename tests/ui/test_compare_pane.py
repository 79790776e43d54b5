"""The comparison with the case system: its kinds and lines, chosen by keys, accepted as one step that undo takes back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from planner.actions.imports import preview
from planner.actions.reconciling import DUE, KINDS, NEW, TO_TYPE, VISIT_HERE, VISIT_THERE
from planner.actions.visits import SeenAs, log_visit
from planner.core.found import Found, FoundChild, FoundVisit
from planner.core.records import Child, Worker
from planner.core.to_type import to_type
from planner.ui.reconcile.pane import ComparePane
from planner.ui.reconcile.to_type import ToTypeButtons
from planner.ui.reconcile.words import ALL, CHOSEN, NOT_CHOSEN, SAME, TYPED_THERE, state_words


def as_held(desk, children: int = 3, **values: object) -> Found:
    """An export that has children of the plan as they are here, with their visits."""
    snapshot, cases = desk.workspace.snapshot, desk.outlook.cases[:children]
    return Found(
        source="export.csv",
        format="table",
        as_at=desk.today,
        children=tuple(
            FoundChild(
                reference=row.child.reference,
                source="table",
                visits=tuple(FoundVisit(on=visit.on) for visit, _ in snapshot.visits_of(row.child.id) if visit.status == "made"),
                source_row=f"export, row {place}",
                **values,
            )
            for place, row in enumerate(cases, start=2)
        ),
    )


def with_news(desk) -> Found:
    """The export with a new child and, for the first child, a visit that is not here."""
    found = as_held(desk)
    first = found.children[0]
    seen = first._replace(visits=(*first.visits, FoundVisit(on=desk.today, source_row="export, row 2")))
    new = FoundChild(reference="Z90001", initials="Z.Z.", source="table", received_on=desk.today, source_row="export, row 9")
    return replace(found, children=(seen, *found.children[1:], new))


@pytest.fixture
def pane(desk, qtbot) -> ComparePane:
    made = ComparePane(desk, lambda: "")
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    return made


def compare(pane, qtbot, found: Found) -> ComparePane:
    with qtbot.waitSignal(pane.compared, timeout=20_000):
        pane.compare(preview(pane.desk.workspace.snapshot, found, pane.desk.today), found)
    return pane


def kinds(pane) -> dict[str, int]:
    return {row.kind: row.count for row in pane.kinds_model.shown}


def accept(pane, qtbot) -> None:
    """Press Accept and wait until it is done and the window knows."""
    with qtbot.waitSignals([pane.accepted, pane.desk.outlook_changed], timeout=20_000):
        qtbot.mouseClick(pane.accept, Qt.MouseButton.LeftButton)


def test_each_kind_tells_how_many_lines_it_has_and_shows_exactly_these(pane, desk, qtbot):
    compare(pane, qtbot, with_news(desk))
    counts = kinds(pane)
    assert counts[ALL] == len(pane.lines) == sum(count for kind, count in counts.items() if kind != ALL)
    assert [kind for kind in KINDS if kind in counts] == list(counts)[1:]
    for kind, count in counts.items():
        pane.choose_kind(kind)
        assert len(pane.model.shown) == count
        assert kind == ALL or {line.kind for line in pane.model.shown} == {kind}


def test_space_chooses_a_line_and_leaves_it_again(pane, desk, qtbot):
    compare(pane, qtbot, with_news(desk))
    pane.choose_kind(NEW)
    pane.table.selectRow(0)
    qtbot.keyClick(pane.table, Qt.Key.Key_Space)
    assert pane.model.index(0, 0).data() == CHOSEN
    assert pane.accept.text() == "Accept 1 chosen line"
    qtbot.keyClick(pane.table, Qt.Key.Key_Space)
    assert pane.model.index(0, 0).data() == NOT_CHOSEN
    assert pane.puts() == frozenset()


def test_space_on_a_kind_chooses_all_of_it(pane, desk, qtbot):
    compare(pane, qtbot, with_news(desk))
    pane.choose_kind(VISIT_THERE)
    qtbot.keyClick(pane.kinds, Qt.Key.Key_Space)
    chosen = [line for line in pane.lines if state_words(line, pane.chosen) == CHOSEN]
    assert chosen
    assert {line.kind for line in chosen} == {VISIT_THERE}


def test_only_the_chosen_lines_are_accepted_in_one_step_that_undo_takes_back(pane, desk, qtbot):
    before = len(desk.workspace.snapshot.all(Child))
    compare(pane, qtbot, with_news(desk))
    pane.choose_kind(NEW)
    pane.table.selectAll()
    qtbot.keyClick(pane.table, Qt.Key.Key_Space)
    accept(pane, qtbot)
    assert desk.workspace.undoable == "Accept 1 difference from export.csv"
    assert any(child.reference == "Z90001" for child in desk.workspace.snapshot.all(Child).values())
    compare(pane, qtbot, with_news(desk))
    assert NEW not in kinds(pane)
    assert VISIT_THERE in kinds(pane)
    with qtbot.waitSignal(desk.undone, timeout=20_000):
        desk.undo()
    assert len(desk.workspace.snapshot.all(Child)) == before


def test_what_was_chosen_stays_chosen_when_the_two_are_compared_again(pane, desk, qtbot):
    compare(pane, qtbot, with_news(desk))
    pane.choose([line for line in pane.lines if line.kind == NEW], True)
    before = pane.puts()
    compare(pane, qtbot, with_news(desk))
    assert len(pane.puts()) == len(before) == 1


def test_nothing_is_accepted_while_nothing_is_chosen(pane, desk, qtbot):
    compare(pane, qtbot, with_news(desk))
    with qtbot.waitSignal(desk.failed) as failed:
        qtbot.mouseClick(pane.accept, Qt.MouseButton.LeftButton)
    assert failed.args[0].startswith("No line is chosen.")


def test_a_visit_that_is_only_here_is_told_apart_and_cannot_be_chosen(pane, desk, qtbot):
    found = as_held(desk)
    child = desk.outlook.cases[0].child
    worker = next(iter(desk.workspace.snapshot.all(Worker)))
    desk.workspace.perform("Log", log_visit, {child.id: SeenAs(seen=True)}, desk.today, worker).result()
    compare(pane, qtbot, found)
    pane.choose_kind(VISIT_HERE)
    assert {pane.model.index(place, 0).data() for place in range(pane.model.rowCount())} == {TYPED_THERE}
    assert pane.hint.text().startswith("These are put right in the case system.")
    pane.table.selectAll()
    with qtbot.waitSignal(desk.failed):
        qtbot.keyClick(pane.table, Qt.Key.Key_Space)
    pane.choose(pane.lines, True)
    assert not {line.kind for line in pane.lines if state_words(line, pane.chosen) == CHOSEN} & (TO_TYPE | {DUE})


def test_a_row_opens_the_drawer_of_its_child(pane, desk, qtbot):
    compare(pane, qtbot, with_news(desk))
    pane.choose_kind(VISIT_THERE)
    pane.table.selectRow(0)
    with qtbot.waitSignal(desk.child_asked) as asked:
        qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    assert asked.args == [desk.outlook.cases[0].child.id]


def test_the_filter_narrows_the_lines_and_what_is_chosen_with_them(pane, desk, qtbot):
    compare(pane, qtbot, with_news(desk))
    pane.filter.setText("z90001")
    assert {line.about for line in pane.model.shown} == {"Z90001"}
    qtbot.mouseClick(pane.all, Qt.MouseButton.LeftButton)
    assert {key[1] for key in pane.chosen} == {"Z90001"}


def test_where_nothing_differs_that_is_said(pane, desk, qtbot):
    compare(pane, qtbot, replace(as_held(desk), children=()))
    assert pane.lines == ()
    assert pane.about.text() == SAME
    assert not pane.table.isVisible()


def test_twelve_hundred_children_are_compared_without_holding_the_window(big_desk, qtbot, watchdog):
    pane = ComparePane(big_desk, lambda: "")
    qtbot.addWidget(pane)
    pane.resize(1100, 600)
    pane.show()
    found = as_held(big_desk, 1200, next_due=big_desk.today + timedelta(days=400))
    made = preview(big_desk.workspace.snapshot, found, big_desk.today)
    with watchdog() as longest, qtbot.waitSignal(pane.compared, timeout=30_000):
        pane.compare(made, found)
    assert len(pane.lines) > 1000
    with watchdog() as choosing:
        pane.choose(pane.lines, True)
        qtbot.wait(50)
    assert max(longest.cpu_ms, choosing.cpu_ms) < 100


def test_what_is_to_be_typed_is_counted_and_opens_exactly_its_rows(desk, qtbot):
    child = desk.outlook.cases[0].child
    worker = next(iter(desk.workspace.snapshot.all(Worker)))
    with qtbot.waitSignal(desk.outlook_changed, timeout=20_000):
        desk.workspace.perform("Log", log_visit, {child.id: SeenAs(seen=True)}, desk.today, worker).result()
    buttons = ToTypeButtons(desk)
    qtbot.addWidget(buttons.rows)
    qtbot.addWidget(buttons.print)
    buttons.show_outlook(desk.outlook)
    rows = to_type(desk.outlook)
    qtbot.waitUntil(lambda: buttons.rows.text() == f"To type {len(rows):,}", timeout=10_000)
    with qtbot.waitSignal(desk.rows_asked) as asked:
        qtbot.mouseClick(buttons.rows, Qt.MouseButton.LeftButton)
    assert asked.args[2] == rows
    with qtbot.waitSignal(desk.print_asked):
        qtbot.mouseClick(buttons.print, Qt.MouseButton.LeftButton)
