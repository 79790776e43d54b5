"""Allocate with nobody to allocate, or nobody to allocate to: its words, and the next step."""

from planner.core.outlook import Outlook
from planner.core.records import Allocation, Case
from planner.core.snapshot import Snapshot
from planner.ui.allocate.compare_pane import NO_WORKER
from planner.ui.dialogs.find_child import FindChildDialog
from planner.ui.screens.allocate import EVERY_CHILD, AllocateScreen
from tests.helpers.allocate_page import WAIT, changed, shown_on


def test_with_no_child_at_all_the_first_step_is_the_intake(desk, qtbot):
    empty = Outlook(Snapshot(), desk.reference, desk.on, desk.today)
    screen = shown_on(desk, qtbot)
    screen.show_outlook(empty)
    assert "no open case here yet" in screen.finding(empty)
    with qtbot.waitSignal(desk.page_asked) as asked:
        screen.intake_button.click()
    assert asked.args == ["intake"]


def test_with_no_worker_at_all_the_next_step_is_the_team(desk, qtbot):
    waiting = desk.outlook.waiting[0]
    alone = Snapshot().patched([waiting.case.child, *desk.workspace.snapshot.by(Case, "child_id", waiting.case.child.id)])
    outlook = Outlook(alone, desk.reference, desk.on, desk.today)
    screen = AllocateScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.show_outlook(outlook)
    qtbot.waitUntil(lambda: screen.team_button.isVisible(), timeout=WAIT)
    assert screen.pane.nobody.text() == NO_WORKER
    assert not screen.compare_button.isVisible()
    with qtbot.waitSignal(desk.page_asked) as asked:
        screen.team_button.click()
    assert asked.args == ["team"]


def test_every_child_with_a_worker_leaves_a_sentence_and_the_next_step(desk, qtbot):
    rows = [row.case.child.id for row in desk.outlook.waiting]
    worker = desk.outlook.workers[0]
    given = [Allocation(id=f"{n}" * 32, child_id=row, worker_id=worker.id, start=desk.today) for n, row in enumerate(rows)]
    changed(desk, qtbot, *given)
    screen = shown_on(desk, qtbot)
    assert screen.stack.currentIndex() == 1
    assert screen.finding(desk.outlook) == EVERY_CHILD
    screen.empty_button.click()
    dialog = screen.window().findChild(FindChildDialog)
    with qtbot.waitSignal(desk.allocate_asked):
        dialog.act_button.click()
