"""Three journeys of a Monday, done by what a screen reader sees and says, in the real window under X: run.sh starts all of it."""

import sys
import traceback
from collections.abc import Callable

import pyatspi
from assistant import Assistant, listen, rows_of, until

PERSON = "Manager of team A (sample)"
MOST_STEPS = 12


def sign_in(person: str, planner: Assistant) -> None:
    """Choose a person with the arrow keys, as they are read out."""
    frame = planner.find("frame", "Planner")
    until(lambda: frame.getState().contains(pyatspi.STATE_ACTIVE), "the window to be the active one")
    planner.focus("table", "People of this workspace")
    planner.keys("Home")
    for _ in range(MOST_STEPS):
        if any(person in part.name for part in focused_cells(planner)):
            break
        planner.keys("Down")
    planner.press("push button", "Start work")
    planner.find("label", "Today")
    planner.find("push button", "Print allocation sheet")


def focused_cells(planner: Assistant) -> list[pyatspi.Accessible]:
    """The cells that are read out where the keyboard stands."""
    return [
        part
        for part in planner.parts()
        if part.getRoleName() in {"table cell", "list item"} and part.getState().contains(pyatspi.STATE_FOCUSED)
    ]


def open_page(planner: Assistant, title: str) -> None:
    """Go to a page by the key of its place in the list of pages."""
    pages = planner.find("list", "Pages")
    titles = [pages.getChildAtIndex(place).name.partition(",")[0] for place in range(pages.childCount)]
    planner.keys(f"Ctrl+{titles.index(title) + 1}")
    planner.find("label", title)


def log_a_visit(planner: Assistant) -> None:
    """The child who is latest is opened from the list, seen alone and logged; the list is shorter; it is taken back."""
    open_page(planner, "Today")
    before = overdue_count(planner)
    latest = rows_of(planner.find("table", "Overdue visits"))[0][0].removeprefix("Child: ")
    planner.focus("table", "Overdue visits")
    planner.keys("Home", "Enter")
    planner.find("label", latest)
    planner.press("push button", "Log a visit")
    planner.find("push button", "Log the visit")
    choose(planner, "Choose", "Seen alone")
    planner.press("push button", "Log the visit")
    planner.ear.wait_for(f"Logged a visit to {latest}")
    until(lambda: overdue_count(planner) == before - 1, "one overdue visit fewer")
    planner.keys("Ctrl+z")
    planner.ear.wait_for("Undone: Log visit")
    until(lambda: overdue_count(planner) == before, "the visit to be overdue again")
    planner.keys("Esc")


def overdue_count(planner: Assistant) -> int:
    """What the first figure of Today says."""
    figure = next(name for name in planner.named("push button") if " overdue visit" in name)
    return int(figure.split(" ")[0].replace(",", ""))


def choose(planner: Assistant, shown: str, wanted: str) -> None:
    """Choose another line of a box, known by the line it shows: open it, go down as the lines are read out, and take one."""
    planner.press("combo box", shown)
    for _ in range(MOST_STEPS):
        if any(part.name.startswith(wanted) for part in focused_cells(planner)):
            planner.keys("Enter")
            return
        planner.keys("Down")
    raise AssertionError(f"{wanted} is not offered.")


def allocate_a_child(planner: Assistant) -> None:
    """The child who waits first is allocated, with a reason, to the worker who is chosen; it is taken back."""
    open_page(planner, "Allocate")
    waiting = planner.find("list", "Waiting children")
    before = waiting.childCount
    child = waiting.getChildAtIndex(0).name.partition(",")[0]
    planner.find("label", child)
    planner.write("Reason for this choice", "Has room, and no leave in the next three weeks")
    planner.press("push button", "Allocate to ")
    planner.ear.wait_for(child)
    until(lambda: waiting_count(planner) == before - 1, "one child fewer to wait")
    planner.keys("Ctrl+z")
    planner.ear.wait_for("Undone: Allocate")
    until(lambda: waiting_count(planner) == before, "the child to wait again")


def waiting_count(planner: Assistant) -> int:
    """How many children wait, as the list says."""
    return int(planner.find("list", "Waiting children").childCount)


def read_the_tables(planner: Assistant) -> None:
    """What is overdue, from the tables beside the charts and behind the figure, and the board as a table; all agree."""
    open_page(planner, "Today")
    count = overdue_count(planner)
    planner.press("check box", "Table: Overdue visits by worker")
    table = until(lambda: next((part for part in tables(planner) if part.name.endswith("as a table")), None), "the table twin")
    workers = rows_of(table)
    late = sum(int(digits) for row in workers for digits in [row[-1].rpartition(": ")[2]] if digits.isdigit())
    assert late == count, f"The table says {late} are late and the figure {count}: {workers}"
    planner.press("check box", "Chart: Overdue visits by worker")
    planner.press("push button", f"{count} overdue visit")
    rows = until(lambda: next((part for part in tables(planner) if part.queryTable().nRows == count), None), "the rows behind it")
    assert all(cells[0].startswith("Child: ") for cells in rows_of(rows))
    planner.keys("Esc")
    planner.find("label", "Today")
    open_page(planner, "Visits")
    planner.press("check box", "Table: how the days are shown")
    board = planner.find("table", "Visits as a table")
    assert all(row[0].startswith("Worker: ") for row in rows_of(board))
    planner.press("check box", "Board: how the days are shown")


def tables(planner: Assistant) -> list[pyatspi.Accessible]:
    """Every table in view."""
    return [part for part in planner.parts() if part.getRoleName() == "table"]


JOURNEYS: dict[str, Callable[[Assistant], None]] = {
    "log a visit": log_a_visit,
    "allocate a waiting child": allocate_a_child,
    "read what is overdue from the tables": read_the_tables,
}


def say(words: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    """Sign in, do every journey, and say of each whether it could be done."""
    planner = Assistant("planner")
    sign_in(PERSON, planner)
    failed = 0
    for name, journey in JOURNEYS.items():
        try:
            journey(planner)
            say(f"done    {name}")
        except AssertionError:
            failed += 1
            say(f"failed  {name}")
            say(traceback.format_exc())
            planner.keys("Esc", "Esc")
        listen(1)
    say(f"heard   {' | '.join(planner.ear.heard)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
