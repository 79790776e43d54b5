"""A list in hand on the Intake page, walked through with its columns open and a cell in doubt."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from planner.ui.screens.intake import IntakeScreen
from planner.ui.theme import apply_theme
from tests.helpers.accessible import cut_text, misnamed, overlapping, sideways, small_targets, unnamed, unreached, wrongly_told
from tests.helpers.contrast import faint_words

LIST = "Child ID\tChild\tDOB\tReferral date\tReferrer\tPriority\n" + "\n".join(
    f"C8{number:04}\tAda Brown-Somerset{number // 2}\t{date}\t20/11/2026\tPolice\tHigh"
    for number, date in enumerate(("13/4/2019", "31/2/2014", "1/12/2020", "30/11/2026"))
)


@pytest.fixture
def page(desk, qtbot):
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made = IntakeScreen(desk)
    area.setWidget(made)
    qtbot.addWidget(area)
    area.resize(1040, 720)
    made.show_outlook(desk.outlook)
    area.show()
    qtbot.waitActive(area)
    made.read_text(LIST)
    qtbot.waitUntil(lambda: made.reader.hand is not None)
    made.reader.columns.show()
    return area


def test_a_list_in_hand_is_there_for_everyone(page, qtbot, themed):
    screen = page.widget()
    checks = (unnamed, misnamed, wrongly_told, unreached)
    assert "\n".join(words for check in checks for words in check(screen)) == ""
    for theme, scale in (("light", 1.0), ("dark", 1.5), ("high_contrast", 2.0)):
        apply_theme(themed, theme, scale)
        qtbot.wait(200)
        drawn = (small_targets, cut_text, overlapping, faint_words, sideways)
        assert "\n".join(f"{theme}, {scale:.0%}: {words}" for check in drawn for words in check(screen)) == ""
