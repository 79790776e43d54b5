"""The style sheet of the application, made from a theme's colours and sizes."""

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.ui.theme import Theme

_TEMPLATE = Template("""
QMainWindow, QDialog, QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget, QStackedWidget { background: $surface; }
QWidget { color: $text; }
QToolTip { background: $raised; color: $text; border: 1px solid $border_control; padding: 4px; }
QSplitter::handle { background: $border; }

QPushButton, QToolButton { background: $surface; color: $text; border: 1px solid $border_control; border-radius: ${radius}px;
  padding: 0 12px; min-height: ${control}px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {
  background: $selection; color: $selection_text; }
QPushButton:disabled, QToolButton:disabled { color: $text_disabled; border-color: $border; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:disabled { background: $neutral_bg; color: $text_disabled; border-color: $border; }
QPushButton[kind="link"] { background: transparent; border: none; color: $accent; padding: 0 4px;
  min-height: 24px; text-align: left; }
QPushButton[kind="foot"] { background: transparent; border: none; color: $text_muted; padding: 0;
  min-height: 24px; text-align: left; }
QPushButton[kind="foot"]:hover { color: $text; text-decoration: underline; }
QPushButton[kind="link"]:hover { color: $accent_hover; text-decoration: underline; }
QPushButton[kind="chip"][chosen="true"] { background: $selection; color: $selection_text; border-color: $accent; }
QPushButton[kind="find"] { color: $text_muted; text-align: left; font-weight: normal; }
QPushButton[small="true"], QToolButton[small="true"] { min-height: ${control_small}px; padding: 0 8px; }
QPushButton::menu-indicator, QToolButton::menu-indicator { width: 0px; }

QLineEdit, QComboBox, QTextEdit, QPlainTextEdit, QSpinBox, QAbstractSpinBox, QDateEdit, QTimeEdit {
  background: $surface; color: $text; border: 1px solid $border_control; border-radius: ${radius}px; padding: 0 8px;
  selection-background-color: $selection; selection-color: $selection_text; }
QLineEdit, QComboBox, QTextEdit, QPlainTextEdit { placeholder-text-color: $text_muted; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${control}px; }
QTextEdit, QPlainTextEdit { padding: 4px; }
QLineEdit:disabled, QComboBox:disabled, QTextEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled {
  color: $text_disabled; border-color: $border; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox > QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QLineEdit > QToolButton { border: none; padding: 0; min-height: 0; background: transparent; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $border_control; outline: 0;
  selection-background-color: $selection; selection-color: $selection_text; }
QCheckBox, QRadioButton { min-height: 24px; spacing: 8px; }
QLabel[tone="muted"] { color: $text_muted; }
QLabel[tone="overdue"] { color: $overdue; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="info"] { color: $info; }
QLabel[tone="disabled"] { color: $text_disabled; }
QLabel[tag="warning"] { background: $warning_bg; color: $warning; border-radius: 3px; padding: 0 6px; }
QLabel[tag="good"] { background: $good_bg; color: $good; border-radius: 3px; padding: 0 6px; }
QLabel[tag="overdue"] { background: $overdue_bg; color: $overdue; border-radius: 3px; padding: 0 6px; }
QLabel[tag="info"] { background: $info_bg; color: $info; border-radius: 3px; padding: 0 6px; }
QLabel[tag="chosen"] { background: $accent; color: $on_accent; border-radius: 3px; padding: 0 6px; }
QLabel[tag="neutral"] { background: $neutral_bg; color: $neutral; border-radius: 3px; padding: 0 6px; }
QLabel#why { background: $sunken; color: $text; border-left: 3px solid $border_control; padding: 8px; }
QFrame[line="true"] { background: $border; border: none; }

QTableView, QListView, QTreeView { background: $surface; border: none; outline: 0; }
QHeaderView { background: $surface; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border_control; border-radius: 3px; margin: 3px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent; border: none;
  width: 0px; height: 0px; }
QMenu { background: $raised; color: $text; border: 1px solid $border_control; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; }
QMenu::item:selected { background: $selection; color: $selection_text; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $border; margin: 4px 0; }
QCalendarWidget QWidget { background: $raised; color: $text; }

QWidget#tray, QListView#waiting { background: $sunken; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QWidget#tray { border-right: 1px solid $border; }
QGroupBox { border: none; margin: 0; padding: 0; }
QWidget#nav { background: $window; border-right: 1px solid $border; }
QListView#pages { background: $window; }
QWidget#pageHeader { background: $surface; }
QWidget#drawer { background: $raised; border-left: 1px solid $border_control; }
QWidget#drawer QScrollArea, QWidget#drawer QScrollArea > QWidget > QWidget, QWidget#drawer QStackedWidget,
QWidget#drawer QTableView, QWidget#drawer QHeaderView, QDialog, QDialog QScrollArea, QDialog QScrollArea > QWidget > QWidget,
QDialog QStackedWidget, QDialog QTableView, QDialog QHeaderView { background: $raised; }
QDialog#palette { border: 1px solid $border_control; }
QDialog#palette QListView { background: $raised; border-top: 1px solid $border; border-bottom: 1px solid $border; }
QFrame#pastBand { background: $warning_bg; }
QFrame#pastBand QLabel { color: $warning; }
QFrame#undoBar { background: $neutral_bg; border-top: 1px solid $border_control; }
QFrame#undoBar QLabel { color: $neutral; }
QFrame#message { margin-bottom: 8px; }
QFrame#message[kind="failure"] { background: $overdue_bg; border: 1px solid $overdue; border-left: 4px solid $overdue; }
QFrame#message[kind="warning"] { background: $warning_bg; border: 1px solid $warning; border-left: 4px solid $warning; }
QFrame#message[kind="news"] { background: $info_bg; border: 1px solid $info; border-left: 4px solid $info; }
QFrame#fieldTrouble { border: none; border-left: 2px solid $overdue; }
QProgressBar { background: $border; border: none; max-height: 3px; min-height: 3px; }
QProgressBar::chunk { background: $accent; }
""")


def style_sheet(theme: "Theme") -> str:
    """The style sheet for a theme."""
    values = {name: colour.name() for name, colour in theme.colours.items()}
    border = 2 * theme.size("border")
    return _TEMPLATE.substitute(
        values,
        radius=theme.size("radius_control"),
        control=theme.size("control_height") - border,
        control_small=theme.size("control_height_small") - border,
    )
