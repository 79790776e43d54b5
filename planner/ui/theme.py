"""One theme of the design tokens, at one text size: colours, fonts, sizes, and the palette and style sheet made of them."""

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from planner.paths import resource
from planner.ui import fonts
from planner.ui.style_sheet import style_sheet

Function = TypeVar("Function", bound=Callable[..., Any])
THEMES = ("light", "dark", "high_contrast")
SMALLEST_TEXT, LARGEST_TEXT = 0.8, 2.0

_PLAN_CHART = {"assessment": "chart_1", "cin": "chart_2", "cp": "chart_3", "lac": "chart_4"}
_DERIVED = {"button": ("body", 500), "heading": ("small", 600)}
_SCALED = ("row_", "control_", "nav_item", "tag_", "block_", "header_height", "stat_strip")


@lru_cache(maxsize=1)
def tokens() -> dict[str, Any]:
    """The tables of `tokens.toml`."""
    return tomllib.loads(resource("themes/tokens.toml").read_text(encoding="utf-8"))


class Theme:
    """The colours, fonts and sizes of one theme; painters, the palette and the style sheet all take them from here."""

    def __init__(self, name: str = "light", text_scale: float = 1.0) -> None:
        table = tokens()
        self.name = name
        self.text_scale = min(LARGEST_TEXT, max(SMALLEST_TEXT, text_scale))
        self.colours: Mapping[str, QColor] = {key: QColor(value) for key, value in table[name].items()}
        self._sizes: dict[str, int] = {**table["space"], **table["size"]}
        self._types: dict[str, list[int]] = {key: value for key, value in table["type"].items() if isinstance(value, list)}
        self._least: int = table["type"]["minimum"]
        self._font_tokens: dict[str, Any] = table["font"]
        self._fonts: dict[str, QFont] = {}

    def colour(self, name: str) -> QColor:
        """The colour of a token, for example `overdue`."""
        return self.colours[name]

    def plan_colour(self, plan: str) -> QColor:
        """The fill of a plan's mark, stripe or bar."""
        return self.colours[_PLAN_CHART.get(plan, "chart_other")]

    def on_plan_colour(self, plan: str) -> QColor:
        """The colour of text on a plan's fill."""
        chart = _PLAN_CHART.get(plan)
        return self.colours[f"on_{chart}" if chart else "surface"]

    def font(self, role: str = "body") -> QFont:
        """The font of a role: figure, title, section, body, strong, small, or button and heading, which are heavier."""
        found = self._fonts.get(role)
        if found is None:
            kin, own_weight = _DERIVED.get(role, (role, 0))
            size, _, weight = self._types[kin]
            pixels = max(round(size * self.text_scale), self._least if self.text_scale >= 1 else 1)
            names = fonts.families(self._font_tokens)
            found = fonts.font(names, pixels, own_weight or weight, self._font_tokens["features"])
            self._fonts[role] = found
        return QFont(found)

    def line(self, role: str = "body") -> int:
        """The height of one line of text in a role, in pixels at this text size."""
        _, height, _ = self._types[_DERIVED.get(role, (role, 0))[0]]
        return max(round(height * self.text_scale), QFontMetrics(self.font(role)).height())

    def size(self, name: str) -> int:
        """A size token in pixels; what holds text grows with it: padding stays, the line within is measured."""
        size = int(self._sizes[name])
        if not name.startswith(_SCALED):
            return size
        designed = {"header_height": 44, "stat_strip_height": 52, "tag_height": 16, "block_height": 16}.get(name, 20)
        line = self.line("small" if designed == 16 else "body")
        return size - designed + round(line * designed / (16 if designed == 16 else 20))

    def palette(self) -> QPalette:
        """The palette under the style sheet, so that what it does not name has the right colours too."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.colours[name])
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colours["text_disabled"])
        return palette

    def style_sheet(self) -> str:
        """The style sheet of the whole application; it names no font, for a style sheet would drop a font's axes."""
        return style_sheet(self)


_ROLE = QPalette.ColorRole
_PALETTE = {
    _ROLE.Window: "surface",
    _ROLE.WindowText: "text",
    _ROLE.Base: "surface",
    _ROLE.AlternateBase: "sunken",
    _ROLE.Text: "text",
    _ROLE.Button: "surface",
    _ROLE.ButtonText: "text",
    _ROLE.BrightText: "overdue",
    _ROLE.Highlight: "selection",
    _ROLE.HighlightedText: "selection_text",
    _ROLE.PlaceholderText: "text_muted",
    _ROLE.Link: "accent",
    _ROLE.LinkVisited: "accent",
    _ROLE.ToolTipBase: "raised",
    _ROLE.ToolTipText: "text",
    _ROLE.Accent: "accent",
    _ROLE.Light: "hover",
    _ROLE.Midlight: "border",
    _ROLE.Mid: "border",
    _ROLE.Dark: "border_control",
    _ROLE.Shadow: "border_control",
}


class ThemeChanges(QObject):
    """Says that the theme or the text size changed; whoever paints or sets a font by hand listens."""

    changed = Signal(object)


theme_changes = ThemeChanges()


_kept: list[Callable[[], None]] = []


def kept_in_theme(most: int = 4096) -> Callable[[Function], Function]:
    """Keep that many answers of a function until the theme or the text size changes; for what is measured again and again."""

    def keeping(answer: Function) -> Function:
        kept = lru_cache(maxsize=most)(answer)
        theme_changes.changed.connect(lambda _theme: kept.cache_clear())
        _kept.append(kept.cache_clear)
        return cast(Function, kept)

    return keeping


def forget_kept() -> None:
    """Keep nothing that was kept for the theme: words that were measured are of children too."""
    for forget in _kept:
        forget()


class _Applied:
    """The theme the application shows now."""

    theme: Theme | None = None


def current_theme() -> Theme:
    """The theme in use; the light one until another is applied."""
    if _Applied.theme is None:
        _Applied.theme = Theme()
    return _Applied.theme


def system_theme(app: QApplication) -> str:
    """The name of the theme the system asks for."""
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "high_contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def apply_theme(app: QApplication, name: str, text_scale: float = 1.0) -> Theme:
    """Show the application in a theme (`system`, or one of `THEMES`), at a text size from 0.8 to 2.0; no restart is needed."""
    theme = Theme(system_theme(app) if name == "system" else name, text_scale)
    shown = _Applied.theme
    if shown is not None and app.styleSheet() and (shown.name, shown.text_scale) == (theme.name, theme.text_scale):
        return shown
    _Applied.theme = theme
    if not app.styleSheet():
        app.setStyle("Fusion")
    app.setFont(theme.font("body"))
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.style_sheet())
    for widget in app.allWidgets():
        # Or Qt gives a widget that moves to another parent the font it was polished in before this theme.
        widget.setProperty("_q_styleSheetWidgetFont", None)
    theme_changes.changed.emit(theme)
    return theme
