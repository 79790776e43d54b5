"""What the command palette offers and how it is found: rows with their words, ranked by how well they answer what is typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from planner.core.records import Child, Worker
from planner.reports import REPORTS
from planner.reports.worker_week import WORKER_WEEK
from planner.ui.case_words import NO_WORKER, plan_letters
from planner.ui.child_tasks import Task, child_tasks
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk
    from planner.ui.workbench import Workbench

CHILDREN, WORKERS, PAGES, ACTIONS = "Children", "Workers", "Pages", "Actions"
GROUPS = (CHILDREN, WORKERS, PAGES, ACTIONS)
SHOWN_OF_EACH = 8
NOT_FOUND = frozenset({"find", "back", "next_region", "previous_region"})
"""Actions that make no sense from the palette."""


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """Something that can be found: its group, its words, its place or state, its key, and what Enter does.

    `tasks` answers what else can be done for it, made only when asked for. `searched` is what typing is matched with.
    """

    group: str
    words: str
    detail: str
    run: Callable[[], object]
    keys: str = ""
    tasks: Callable[[], Sequence[Task]] | None = None
    searched: str = ""


def found(rows: Iterable[PaletteRow], typed: str) -> list[PaletteRow]:
    """The rows that hold every word typed, in the order of their groups, the best of each group first, no more than eight.

    With nothing typed there are pages and actions only: no child stands on the screen that nobody asked for.
    """
    words = typed.casefold().split()
    if not words:
        return [row for row in rows if row.group in (PAGES, ACTIONS)]
    ranked: dict[str, list[tuple[int, PaletteRow]]] = {group: [] for group in GROUPS}
    for row in rows:
        text = row.searched
        if all(word in text for word in words):
            ranked[row.group].append((_rank(text, words[0]), row))
    best: list[PaletteRow] = []
    for group in GROUPS:
        ranked[group].sort(key=lambda pair: pair[0])
        best += [row for _, row in ranked[group][:SHOWN_OF_EACH]]
    return best


def _rank(text: str, word: str) -> int:
    """0 where the text begins with the word, 1 where one of its words does, else 2."""
    if text.startswith(word):
        return 0
    return 1 if f" {word}" in text else 2


def child_rows(desk: "Desk", outlook: "Outlook", window: QWidget) -> list[PaletteRow]:
    """Every child of the workspace, by reference and initials, or the name while names are shown."""
    return [_child_row(desk, outlook, child, window) for child in desk.workspace.snapshot.all(Child).values()]


def _child_row(desk: "Desk", outlook: "Outlook", child: Child, window: QWidget) -> PaletteRow:
    words = desk.child_words(child)
    case = outlook.case_of(child.id)
    detail = "No open case here"
    if case is not None:
        worker = case.worker.name if case.worker else NO_WORKER
        detail = f"{plan_letters(case)}, {worker}" if case.plans else worker
    initials = child.initials.replace(".", "")
    return PaletteRow(
        CHILDREN,
        words,
        detail,
        lambda: desk.open_child(child.id),
        tasks=lambda: (Task("open", "Open", lambda: desk.open_child(child.id)), *child_tasks(desk, child.id, window)),
        searched=f"{words} {initials}".casefold(),
    )


def worker_rows(desk: "Desk", outlook: "Outlook", window: QWidget) -> list[PaletteRow]:
    """Every worker of the workspace, with the team and how many children they lead."""
    workers = desk.workspace.snapshot.all(Worker).values()
    return [_worker_row(desk, outlook, worker, window) for worker in sorted(workers, key=lambda worker: worker.name)]


def _worker_row(desk: "Desk", outlook: "Outlook", worker: Worker, window: QWidget) -> PaletteRow:
    held = count_words(len(outlook.held_by(worker.id)), "child", "children")
    team = outlook.team_name(worker.team_id)

    def tasks() -> tuple[Task, ...]:
        return (
            Task("open", "Open", lambda: desk.open_worker(worker.id)),
            Task("print", "Print the week", lambda: _print_week(desk, worker.id)),
            Task("leave", "Add leave", lambda: _add_leave(desk, worker, window)),
            Task("change", "Change the worker’s facts", lambda: _change_worker(desk, worker, window)),
            Task("move", "Plan the move of the children", lambda: _plan_move(desk, worker, window)),
        )

    return PaletteRow(
        WORKERS,
        worker.name,
        f"{team}, {held}" if team else held,
        lambda: desk.open_worker(worker.id),
        tasks=tasks,
        searched=worker.name.casefold(),
    )


def _print_week(desk: "Desk", worker_id: str) -> None:
    desk.print_report(WORKER_WEEK, WORKER_WEEK.options(worker_id=worker_id))


def report_rows(desk: "Desk") -> list[PaletteRow]:
    """Every sheet of the teams looked at, from any page; those of one worker or child are printed from theirs."""
    reports = [report for report in REPORTS if not report.needs_worker and not report.needs_child]
    return [
        PaletteRow(
            ACTIONS,
            f"Print: {report.title}",
            "",
            partial(desk.print_report, report, report.options()),
            searched=f"print: {report.title}".casefold(),
        )
        for report in reports
    ]


# The dialogs are made here when they are asked for: the palette knows many, and opens at once.


def _add_leave(desk: "Desk", worker: Worker, window: QWidget) -> None:
    from planner.ui.dialogs.leave import LeaveDialog

    LeaveDialog(desk, worker.id, "", window).show_up()


def _change_worker(desk: "Desk", worker: Worker, window: QWidget) -> None:
    from planner.ui.dialogs.worker import WorkerDialog

    WorkerDialog(desk, worker.id, window).show_up()


def _plan_move(desk: "Desk", worker: Worker, window: QWidget) -> None:
    from planner.ui.dialogs.handover import open_handover

    open_handover(desk, worker, window)


def task_rows(subject: PaletteRow) -> list[PaletteRow]:
    """What can be done for a row, as rows."""
    tasks = subject.tasks() if subject.tasks is not None else ()
    return [PaletteRow(ACTIONS, task.title, "", task.run, searched=task.title.casefold()) for task in tasks]


def action_rows(actions: Mapping[str, QAction], buttons: Iterable[QPushButton]) -> list[PaletteRow]:
    """The pages, then the buttons of the page in view and the actions of the window; those that cannot be used are left out."""
    there = [
        PaletteRow(ACTIONS, words, "On this page", button.click, searched=words.casefold()) for button, words in _worded(buttons)
    ]
    rows = [_action_row(name, action) for name, action in actions.items() if _is_offered(name, action)]
    return [row for row in rows if row.group == PAGES] + there + [row for row in rows if row.group == ACTIONS]


def offer_rows(bench: "Workbench") -> list[PaletteRow]:
    """What the pages that are not in view offer; choosing it goes there."""
    return [
        PaletteRow(ACTIONS, words, f"On {screen.title}", partial(bench.press, number, words), searched=words.casefold())
        for number, screen in enumerate(bench.screen_types)
        if bench.screen_in_view is None or number != bench.current
        for words in screen.offers
    ]


def choice_rows(menus: Iterable[QMenu]) -> list[PaletteRow]:
    """What can be chosen in menus: the teams looked at, colours, the size of the text, when the planner locks."""
    checkable = [(menu, action) for menu in menus for action in menu.actions() if action.isCheckable()]
    return [_choice_row(f"{menu.title()}: {action.text()}", action) for menu, action in checkable]


def _choice_row(words: str, action: QAction) -> PaletteRow:
    return PaletteRow(ACTIONS, words, "Chosen" if action.isChecked() else "", action.trigger, searched=words.casefold())


def _is_offered(name: str, action: QAction) -> bool:
    return name not in NOT_FOUND and action.isVisible() and action.isEnabled() and bool(action.text())


def _action_row(name: str, action: QAction) -> PaletteRow:
    group = PAGES if name.startswith("page_") else ACTIONS
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return PaletteRow(group, action.text(), "", action.trigger, keys, searched=action.text().casefold())


def _worded(buttons: Iterable[QPushButton]) -> list[tuple[QPushButton, str]]:
    return [(button, button.text()) for button in buttons if button.isEnabled() and button.text() and button.menu() is None]
