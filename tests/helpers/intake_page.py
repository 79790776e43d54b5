"""The Intake page driven by keys: how it is shown, what is typed into it, and lists to read. All children are invented."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.actions.intake import receive
from planner.core.flow_records import Referral
from planner.ui.screens.intake import IntakeScreen

RETURN, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down
KEY_SECONDS, THINK_SECONDS = 0.2, 1.35
"""The keystroke-level model's K for a practised typist, and M, the time to think before each chunk that is typed."""
TEN_MINUTES = 600
PLAIN = Qt.KeyboardModifier.NoModifier
HEAD = "Child ID\tChild\tDOB\tReferral date\tReferrer\tPriority\n"


def shown(desk, qtbot):
    """The page in a window, with the keyboard in the line of children."""
    made = IntakeScreen(desk)
    qtbot.addWidget(made)
    desk.outlook_changed.connect(made.show_outlook)
    made.resize(1100, 1500)
    made.show_outlook(desk.outlook)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.entry.children_line.setFocus()
    qtbot.waitUntil(made.entry.children_line.hasFocus)
    return made


def keys(*typed):
    """Press keys wherever the focus is; how many there were."""
    count = 0
    for one in typed:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(one, str):
            QTest.keyClicks(focus, one)
            count += len(one)
        else:
            QTest.keyClick(focus, one)
            count += 1
    return count


def referrals(desk):
    """Every referral there is."""
    return list(desk.workspace.snapshot.all(Referral).values())


def when(qtbot, condition):
    """Wait until something is so."""
    qtbot.waitUntil(condition, timeout=15_000)


def child_referred(number, **facts):
    """A child as typed, referred and received on the Friday before."""
    day = date(2026, 11, 20)
    return Referral(id="", reference=f"C{70000 + number}", initials="A.B.", referred_on=day, received_on=day, **facts)


def with_waiting(desk, qtbot, screen, *children):
    """Take children in, and wait until the page shows them; the team they came to."""
    team_id = desk.outlook.teams[0].id
    desk.perform("Take in", receive, team_id, children)
    when(qtbot, lambda: screen.table.found is not None and len(screen.table.found.waiting) == len(children))
    return team_id


def list_of(count, **odd):
    """Lines of a list; `odd` holds other cells by row and column, as `r3c4`."""
    lines = []
    for number in range(count):
        cells = [
            f"C{80000 + number}",
            f"Ada Fam{number // 2}",
            f"{1 + number % 28}/{1 + number % 12}/2014",
            "20/11/2026",
            "Police",
            "High",
        ]
        lines.append([odd.get(f"r{number}c{place}", cell) for place, cell in enumerate(cells)])
    return HEAD + "\n".join("\t".join(line) for line in lines)


def back_in_the_table(screen, qtbot):
    """After a dialog: a window of its own is not made the active one again without a desktop."""
    screen.window().activateWindow()
    when(qtbot, screen.table.table.hasFocus)


def read_list(screen, qtbot, text):
    """Read a list as it was copied, and wait until it is in hand."""
    screen.reader.hand = None
    screen.read_text(text)
    when(qtbot, lambda: screen.reader.hand is not None)
