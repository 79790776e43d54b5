"""The keys of the window's actions: as shipped, as changed on this computer, and which keys none of them may take."""

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from planner.settings import Settings

PAGE_KEYS = "1234567890-"
"""What opens each page together with Ctrl: the upper row of the keyboard, from its left."""
SHIPPED = {
    "find": "Ctrl+K",
    "undo": "Ctrl+Z",
    "redo": "Ctrl+Y",
    "filter": "Ctrl+F",
    "sort": "Ctrl+Shift+S",
    "log_visit": "Ctrl+L",
    "quick_line": "Ctrl+J",
    "day": "Ctrl+D",
    "history": "Ctrl+H",
    "teams": "Ctrl+Shift+T",
    "calendar": "Ctrl+Shift+D",
    "print": "Ctrl+P",
    "export": "Ctrl+E",
    "copy_table": "Ctrl+Shift+C",
    "privacy": "Ctrl+Shift+P",
    "next_region": "F6",
    "previous_region": "Shift+F6",
    "wider": "Ctrl+[",
    "narrower": "Ctrl+]",
    "back": "Esc",
    "lock": "Ctrl+Shift+L",
    "help": "F1",
    **{f"page_{number}": f"Ctrl+{key}" for number, key in enumerate(PAGE_KEYS, 1)},
}
"""By the name of the action; those not named here have no key until they are given one."""
FIXED = "back"
"""The action whose key is what every dialog and field closes by, too."""
OWN = {
    "Ctrl+C": "copies",
    "Ctrl+X": "cuts",
    "Ctrl+V": "pastes",
    "Ctrl+A": "selects all",
    "Ctrl+Z": "takes back what was typed in a field",
    "Ctrl+Y": "puts it back",
    "Ctrl+Shift+Z": "puts it back",
    "Ctrl+M": "moves the selected visit or case",
    "Shift+F10": "opens the menu of the row",
    "F4": "opens a list of choices",
    "Ctrl++": "enlarges a print preview",
    "Ctrl+-": "makes a print preview smaller",
    "Ctrl+0": "fits a print preview",
    "Alt+F4": "closes the window",
    "Alt+Space": "opens the menu of the window",
}
"""Keys that the board, lists, fields and dialogs use for themselves, and what each does there."""
ON_A_LETTER = "“{}” is typed, and lists act on letters. Hold Ctrl with it, or take an F key."
OF_PAGES = "{} is kept for pages: with Alt, letters act on Intake, Chase and Transfers. Hold Ctrl with it."
OF_LISTS = "{} belongs to lists, fields and dialogs. Take a letter or digit with Ctrl, or an F key."
_NAMED_KEY = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+(?:\w+|[\[\]-])|\bF\d+\b")
_MODIFIERS = Qt.KeyboardModifier


def spaced(key: str) -> str:
    """A key as a button has it among its words: `Ctrl Shift P`."""
    return re.sub(r"\+(?=.)", " ", key)


def kept_back(key: str) -> str:
    """Why no action may take a key, in a sentence; empty where any may."""
    sequence = QKeySequence(key)
    if sequence.count() != 1 or sequence.toString() != key:
        return f"“{key}” is not a key."
    if key in OWN:
        return f"{key} is kept: it {OWN[key]}."
    combined: int = sequence[0].toCombined()  # type: ignore[index]
    held = Qt.KeyboardModifier(combined & _MODIFIERS.KeyboardModifierMask.value)
    pressed = combined & ~_MODIFIERS.KeyboardModifierMask.value
    is_function_key = Qt.Key.Key_F1 <= pressed <= Qt.Key.Key_F35
    is_typed = pressed < Qt.Key.Key_Escape
    if is_typed and not held & (_MODIFIERS.ControlModifier | _MODIFIERS.AltModifier):
        return ON_A_LETTER.format(key)
    if is_typed and not held & _MODIFIERS.ControlModifier and chr(pressed).isalpha():
        return OF_PAGES.format(key)
    return "" if is_typed or is_function_key else OF_LISTS.format(key)


class KeysInForce(QObject):
    """The key of each action, by its name; a change holds at once and is kept in the settings."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings: Settings | None = None
        self._chosen: dict[str, str] = {}

    def take(self, settings: Settings, names: frozenset[str]) -> None:
        """Go by the settings of this computer, for actions of these names."""
        self._settings = settings
        self._chosen = chosen_keys(settings.value("keys"), names)
        self.changed.emit()

    def key(self, name: str) -> str:
        """The key in force, such as `Ctrl+K`; empty where the action has none."""
        return self._chosen.get(name, SHIPPED.get(name, ""))

    def is_shipped(self, name: str) -> bool:
        """Whether an action has the key it came with."""
        return name not in self._chosen

    def owner(self, key: str) -> str:
        """The action that a key belongs to, or nothing."""
        return next((name for name in (*SHIPPED, *self._chosen) if self.key(name) == key), "")

    def choose(self, name: str, key: str) -> None:
        """Give an action a key that is free; none, where it came with none."""
        self._keep(self._chosen | {name: key})

    def put_all_back(self) -> None:
        """Give every action the key it came with."""
        self._keep({})

    def said(self, text: str) -> str:
        """A text that names shipped keys, with those in force in their place."""
        names = {key: name for name, key in SHIPPED.items()}
        return _NAMED_KEY.sub(lambda found: self.key(names[found[0]]) if found[0] in names else found[0], text)

    def _keep(self, chosen: dict[str, str]) -> None:
        self._chosen = {name: key for name, key in chosen.items() if key != SHIPPED.get(name, "")}
        if self._settings is not None:
            self._settings.keep("keys", "; ".join(f"{name}={key}" for name, key in sorted(self._chosen.items())))
        self.changed.emit()


def chosen_keys(written: str, names: frozenset[str]) -> dict[str, str]:
    """The changed keys that a setting holds, `find=Ctrl+Space; undo=F9`, without what cannot be read, may not be or clashes."""
    pairs = (entry.strip().partition("=")[::2] for entry in written.split("; "))
    chosen = {name: key for name, key in pairs if name in names - {FIXED} and not kept_back(key)}
    while clashing := _clashing(chosen):
        chosen = {name: key for name, key in chosen.items() if name not in clashing}
    return chosen


def _clashing(chosen: dict[str, str]) -> set[str]:
    keys = [*(SHIPPED | chosen).values()]
    return {name for name, key in chosen.items() if keys.count(key) > 1}


def keys_in_force() -> KeysInForce:
    """The application's one table of keys."""
    application = QCoreApplication.instance()
    assert application is not None
    return application.findChild(KeysInForce) or KeysInForce(application)


class KeyWords(QObject):
    """Has a widget say its words anew, with the key in force of an action, whenever a key is changed."""

    def __init__(self, widget: QWidget, name: str, say: Callable[[str], object]) -> None:
        super().__init__(widget)
        self._name, self._say = name, say
        keys_in_force().changed.connect(self._on_keys_changed)
        self._on_keys_changed()

    def _on_keys_changed(self) -> None:
        self._say(keys_in_force().key(self._name))


def tip_with_key(widget: QWidget, name: str, tip: str) -> None:
    """Give a widget a tooltip that ends with the key of an action."""
    KeyWords(widget, name, lambda key: widget.setToolTip(f"{tip} ({key})"))
