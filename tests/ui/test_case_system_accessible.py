"""The comparison and the mapping page, walked through for whoever reads large, points badly, types or listens."""

import pytest

from planner.ui.screens.import_page import ImportScreen
from tests.helpers.walk import walk
from tests.ui.test_compare_pane import with_news
from tests.ui.test_mapping_page import hand


@pytest.fixture
def window(desk, window_on):
    """The window on the Case system page alone."""
    return window_on(desk, (ImportScreen,))


def test_the_comparison_is_there_for_everyone(window, desk, qtbot, themed):
    screen = window.workbench.screen_in_view
    screen._on_file_read(with_news(desk))
    qtbot.waitUntil(lambda: bool(screen.compare.lines), timeout=20_000)
    screen.checking.views.choose(1)
    screen.compare.choose(screen.compare.lines[:2], True)
    walk(qtbot, themed, window)


def test_the_mapping_page_is_there_for_everyone(window, qtbot, themed):
    screen = window.workbench.screen_in_view
    screen.mapping.show_tracker(hand())
    screen._show_state(screen.mapping)
    qtbot.waitUntil(lambda: screen.mapping.reading is not None, timeout=10_000)
    walk(qtbot, themed, window)
