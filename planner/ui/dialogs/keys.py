"""The keys of the planner's actions, each of them to be changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.ui.dialogs.fields import Field
from planner.ui.keys import FIXED, SHIPPED, kept_back, keys_in_force
from planner.ui.soon import soon
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.focus_ring import FocusFollower
from planner.ui.widgets.words import Words

SIZE = (620, 640)
EDGE = 40
_Key = Qt.Key
_HELD = frozenset({0, _Key.Key_unknown, _Key.Key_Control, _Key.Key_Shift, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta})
"""What is held with a key, and is none."""
HOW = "Stand here and press the key. It holds at once, on this computer."


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An action: its name, and what it does in words."""

    name: str
    words: str


_COLUMNS = (
    Column("What it does", lambda row: row.words, stretch=True, width=180),
    Column("Key", lambda row: keys_in_force().key(row.name) or "none", strong=True, width=120),
    Column("As shipped", lambda row: SHIPPED.get(row.name, "none"), width=120, tone=lambda row: "text_muted"),
)


class KeyEdit(QLineEdit):
    """Hears a key and is told what to show; Enter and Esc stay the dialog's, and Tab goes on.

    Not Qt's own field for keys, which a screen reader has neither a role nor a value for.
    """

    key_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the key once more than Ctrl, Shift or Alt is pressed."""
        if _is_dialogs(event):
            event.ignore()
        elif event.key() not in _HELD:
            self.key_pressed.emit(_key_of(event))


def _is_dialogs(event: QKeyEvent) -> bool:
    return event.key() in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Escape) and not event.modifiers()


def _key_of(event: QKeyEvent) -> str:
    """The key as Qt writes it; Shift is in the sign itself where that is no letter: `Ctrl+!`."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    sign = chr(event.key()) if event.key() < _Key.Key_Escape else " "
    if not sign.isspace() and not sign.isalpha():
        held &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(held.value | event.key()).toString()


class KeysDialog(QDialog):
    """Every action in a list, and beneath it the key of the one chosen."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change the keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = {name: action.text().partition(":")[0] for name, action in actions.items() if action.isVisible()}
        self._words = {name: words for name, words in shown.items() if words}
        rows = [KeyRow(name, words) for name, words in self._words.items() if name != FIXED]
        self.model = RowsModel(_COLUMNS, rows, self)
        self.list = RowsView(self.model, "Actions and their keys")
        self.edit = KeyEdit()
        self.field = Field("Key", self.edit, HOW)
        self.one_back = Button("As shipped", self._on_one_back_pressed)
        self.all_back = Button("All as shipped", self._on_all_back_pressed)
        self._lay_out()
        self.list.row_selected.connect(self._on_row_chosen)
        self.list.row_opened.connect(lambda _row: self.edit.setFocus())
        self.edit.key_pressed.connect(self._take)
        keys_in_force().changed.connect(self._on_keys_changed)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.list.select_row(rows[0])
        self.list.setFocus()
        FocusFollower(self)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(Words("Change the keys", "section"))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.field)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.one_back)
        buttons.addWidget(self.all_back)
        buttons.addStretch(1)
        buttons.addWidget(Button("Close", self.reject))
        layout.addLayout(buttons)

    def _refusal(self, name: str, key: str) -> str:
        """Why an action may not have a key; empty where it may."""
        owner = keys_in_force().owner(key)
        if owner not in ("", name):
            return f"{key} is the key of “{self._words.get(owner, 'a page')}”. Give that another key first."
        return "" if key == SHIPPED.get(name, "") else kept_back(key)

    def _take(self, key: str) -> None:
        row = self.list.current_row()
        refusal = self._refusal(row.name, key)
        if not refusal:
            keys_in_force().choose(row.name, key)
        self._show_key(row)
        self.field.show_trouble(refusal)
        soon(self.list, self._show_row)  # after the sentence has taken its room from the list

    def _show_key(self, row: KeyRow) -> None:
        """Show the key in force, and what can be put back."""
        self.edit.setText(keys_in_force().key(row.name))
        self.one_back.setEnabled(not keys_in_force().is_shipped(row.name))
        self.all_back.setEnabled(any(not keys_in_force().is_shipped(name) for name in self._words))

    def _show_row(self) -> None:
        self.list.scrollTo(self.list.currentIndex())

    def _on_row_chosen(self, row: KeyRow | None) -> None:
        self.field.setEnabled(row is not None)
        if row is not None:
            self.field.label.say(f"Key: {row.words}")
            self.edit.setAccessibleName(self.field.label.text())
            self.field.show_trouble("")
            self._show_key(row)

    def _on_one_back_pressed(self) -> None:
        self._take(SHIPPED.get(self.list.current_row().name, ""))

    def _on_all_back_pressed(self) -> None:
        keys_in_force().put_all_back()

    def _on_keys_changed(self) -> None:
        self.model.read_again()
        self._on_row_chosen(self.list.current_row())

    def _on_theme_changed(self) -> None:
        over = self.parentWidget()
        most = over.window().size() if over is not None else self.screen().availableSize()
        width, height = (round(side * min(current_theme().text_scale, 1.5)) for side in SIZE)
        self.resize(min(width, most.width() - EDGE), min(height, most.height() - EDGE))
