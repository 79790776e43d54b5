"""Allocate for everyone: names, targets, words that fit at any text size, and Tab in the order the page is read."""

from dataclasses import replace

import pytest

from planner.ui.screens.allocate import AllocateScreen
from planner.ui.theme import apply_theme
from tests.helpers.accessible import cut_text, misnamed, overlapping, small_targets, told_by_colour_alone, unnamed, unreached

WAIT = 10_000


def put(step, *records):
    for record in records:
        step.put(record)


@pytest.fixture
def family(desk, qtbot):
    """The screen on two waiting siblings, compared."""
    before = desk.outlook
    desk.perform("Step", put, *(replace(row.case.child, family="F") for row in before.waiting))
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=WAIT)
    screen = AllocateScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1250, 820)
    screen.show()
    screen.show_outlook(desk.outlook)
    qtbot.waitUntil(lambda: screen.is_compared and screen.terms.isVisible(), timeout=WAIT)
    return screen


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1250, 820)), (1.5, (1250, 820)), (2.0, (1096, 640))])
def test_nothing_is_cut_off_nameless_or_too_small_at_any_text_size(family, qtbot, themed, scale, size):
    apply_theme(themed, "light", scale)
    family.resize(*size)
    for check in (unnamed, misnamed, small_targets, cut_text, overlapping, told_by_colour_alone):
        qtbot.waitUntil(lambda check=check: check(family) == [], timeout=WAIT)
    apply_theme(themed, "light")


def test_tab_goes_from_the_list_over_the_columns_to_the_terms(family, qtbot):
    qtbot.waitUntil(lambda: family.terms.isVisible(), timeout=WAIT)
    assert unreached(family) == []
