"""The theme: its contrast is measured from the tokens, its sizes follow the text."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from planner.ui.theme import THEMES, Theme, apply_theme, current_theme, theme_changes
from planner.ui.widgets.words import Words

TEXT_GROUNDS = ("surface", "window", "sunken", "hover", "raised")
CONTRAST = [
    *((ink, ground, 4.5) for ink in ("text", "text_muted") for ground in TEXT_GROUNDS),
    *(("accent", ground, 4.5) for ground in ("surface", "window", "sunken", "raised")),
    *(("on_accent", ground, 4.5) for ground in ("accent", "accent_hover")),
    ("selection_text", "selection", 4.5),
    *(("overdue", ground, 4.5) for ground in ("surface", "overdue_bg", "sunken")),
    *((ink, ground, 4.5) for ink in ("warning", "good") for ground in ("surface", f"{ink}_bg")),
    ("info", "info_bg", 4.5),
    ("neutral", "neutral_bg", 4.5),
    ("duty_text", "duty_fill", 4.5),
    *(("border_control", ground, 3) for ground in ("surface", "window", "sunken", "raised")),
    *(("focus", ground, 3) for ground in ("surface", "window", "raised")),
    ("focus_on_selection", "selection", 3),
    ("capacity_mark", "surface", 3),
    *((f"chart_{number}", "surface", 3) for number in (1, 2, 3, 4)),
    *((f"chart_{number}", f"chart_{number + 1}", 3) for number in (1, 2, 3)),
    *((f"on_chart_{number}", f"chart_{number}", 4.5) for number in (1, 2, 3, 4)),
    *((f"late_{number}", "surface", 3) for number in (1, 2, 3)),
    *((f"late_{number}", f"late_{number + 1}", 1.5) for number in (1, 2)),
]


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [value / 255 for value in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), CONTRAST)
def test_every_pair_of_the_design_has_the_contrast_it_promises(qapp, name, ink, ground, least):
    theme = Theme(name)
    assert round(contrast(theme.colour(ink), theme.colour(ground)), 1) >= least


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_the_same_colours(qapp, name):
    assert Theme(name).colours.keys() == Theme("light").colours.keys()


def test_applying_a_theme_changes_palette_style_sheet_and_font(qapp):
    told = []
    theme_changes.changed.connect(told.append)
    theme = apply_theme(qapp, "dark", 1.25)
    assert qapp.palette().color(QPalette.ColorRole.Base) == theme.colour("surface")
    assert theme.colour("accent").name() in qapp.styleSheet()
    assert qapp.font().pixelSize() == 16
    assert current_theme() is theme
    assert told == [theme]
    theme_changes.changed.disconnect(told.append)


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.0])
def test_rows_grow_with_the_text_they_hold(qapp, scale):
    theme = Theme("light", scale)
    assert theme.size("row_normal") >= QFontMetrics(theme.font("body")).height() + 8
    assert theme.size("row_compact") < theme.size("row_normal") < theme.size("row_roomy")


def test_sizes_at_one_hundred_percent_are_the_designs(qapp):
    theme = Theme("light")
    assert [theme.size(name) for name in ("row_compact", "row_normal", "row_roomy", "control_height", "tag_height")] == [
        28,
        32,
        40,
        32,
        20,
    ]
    assert theme.line("title") == 28


def test_the_text_scale_stays_between_80_and_200_percent(qapp):
    assert Theme("light", 5).text_scale == 2.0
    assert Theme("light", 0.1).text_scale == 0.8


def test_the_screen_font_is_inter_with_figures_of_one_width(qapp):
    font = Theme("light").font("body")
    assert QFontInfo(font).family() == "Inter"
    metrics = QFontMetrics(font)
    assert metrics.horizontalAdvance("111") == metrics.horizontalAdvance("888")


def test_words_that_move_elsewhere_keep_the_size_chosen_since_they_were_first_shown(themed, qtbot):
    before, after = QWidget(), QWidget()
    words = Words("Role", "strong", parent=before)
    for place in (before, after):
        qtbot.addWidget(place)
    before.show()
    apply_theme(themed, "light", 1.5)
    words.setParent(after)
    assert words.font().pixelSize() == current_theme().font("strong").pixelSize() == 20


def test_strong_text_is_wider_than_plain_text(qapp):
    theme = Theme("light")
    sample = "Westmere team holds 112 children and six more wait"
    assert QFontMetrics(theme.font("strong")).horizontalAdvance(sample) > QFontMetrics(theme.font("body")).horizontalAdvance(
        sample
    )


def test_plans_outside_the_four_take_the_other_colour(qapp):
    theme = Theme("light")
    assert theme.plan_colour("cp") == theme.colour("chart_3")
    assert theme.plan_colour("care_leaver") == theme.colour("chart_other")


def test_void_calls_of_qt_do_not_lose_references_of_none(qapp):
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setToolTip("x")
    assert abs(sys.getrefcount(None) - before) < 100


def test_every_box_to_tick_has_an_edge_that_can_be_seen():
    ours = Path(__file__).parent.parent.parent / "planner" / "ui"
    plain = [path.name for path in ours.rglob("*.py") if "QCheckBox(" in path.read_text("utf-8")]
    assert plain == []
