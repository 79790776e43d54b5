"""The strip of figures: one arrangement for one width, however often it is laid out."""

from planner.ui.widgets.stat_strip import Figure, StatStrip


def test_the_arrangement_at_a_width_stays_when_it_is_laid_out_again(themed, qtbot):
    figures = [Figure(f"f{place}", 24, f"children of a kind {place}", "against a quota of 90") for place in range(6)]
    strip = StatStrip()
    qtbot.addWidget(strip)
    strip.show()
    for width in range(1400, 700, -1):
        strip.resize(width, strip.height())
        strip.show_figures(figures)
        before = [button.first for button in strip.buttons.values()]
        strip.show_figures(figures)
        assert [button.first for button in strip.buttons.values()] == before, width
