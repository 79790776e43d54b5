"""What an assistive technology can do over AT-SPI: find a control by its name, press it, write in it, press keys, and hear."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

LONGEST_S = 30.0
KEYS = {"Enter": 36, "Esc": 9, "Home": 110, "Up": 111, "Down": 116}
KEYS |= {digit: 10 + number for number, digit in enumerate("1234567890")}
KEYS |= {letter: 24 + number for number, letter in enumerate("qwertyuiop")}
KEYS |= {letter: 38 + number for number, letter in enumerate("asdfghjkl")}
KEYS |= {letter: 52 + number for number, letter in enumerate("zxcvbnm")}
KEYS |= {"Ctrl": 37, "Shift": 50, "Alt": 64}
"""The key codes of an ordinary keyboard under X."""


class NotThere(AssertionError):
    """Something did not come to be within the longest wait; what there is instead is said."""


def until(question: Callable[[], Any], what: str, longest: float = LONGEST_S) -> Any:
    """Wait for an answer that is not empty, hearing meanwhile. Raises NotThere."""
    end = time.monotonic() + longest
    while time.monotonic() < end:
        answer = _asked(question)
        if answer:
            return answer
        listen(0.1)
    raise NotThere(f"Waited {longest:.0f} seconds for {what}.")


def _asked(question: Callable[[], Any]) -> Any:
    """What the application answers; nothing while the part asked has just gone from its window."""
    try:
        return question()
    except (GLib.GError, LookupError):
        return None


def listen(seconds: float) -> None:
    """Let events come in for a while."""
    loop = GLib.MainLoop()
    GLib.timeout_add(round(1000 * seconds), loop.quit)
    loop.run()


class Ear:
    """Hears what is announced, and which control has the focus."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        pyatspi.Registry.registerEventListener(self._on_announced, "object:announcement")

    def _on_announced(self, event: Any) -> None:
        self.heard.append(str(event.any_data))

    def wait_for(self, words: str) -> str:
        """The announcement that holds the words."""
        return str(until(lambda: next((said for said in self.heard if words in said), ""), f"“{words}” to be announced"))


class Assistant:
    """One application, found by its name on the accessibility bus."""

    def __init__(self, name: str) -> None:
        self.ear = Ear()
        self.app = until(lambda: self._application(name), f"{name} on the accessibility bus")

    def _application(self, name: str) -> Any:
        desktop = pyatspi.Registry.getDesktop(0)
        return next((app for app in desktop if app is not None and app.name == name), None)

    # Finding

    def parts(self, start: Any = None) -> Iterator[Any]:
        """Every part that is showing, in the order of the tree; of a table or list only the first few hundred cells."""
        here = start if start is not None else self.app
        for place in range(min(here.childCount, 400)):
            part = here.getChildAtIndex(place)
            if part is not None and (here == self.app or part.getState().contains(pyatspi.STATE_SHOWING)):
                yield part
                yield from self.parts(part)

    def find(self, role: str, name: str, start: Any = None) -> Any:
        """The showing part of a role whose name begins with these words. Raises NotThere."""

        def _found() -> Any:
            return next((part for part in self.parts(start) if part.getRoleName() == role and part.name.startswith(name)), None)

        try:
            return until(_found, f"a {role} called “{name}”")
        except NotThere as nothing:
            there = sorted({part.name for part in self.parts(start) if part.getRoleName() == role})
            raise NotThere(f"{nothing} There are: {', '.join(there)}") from nothing

    def named(self, role: str) -> list[str]:
        """The names of all showing parts of a role."""
        return [part.name for part in self.parts() if part.getRoleName() == role]

    # Doing

    def press(self, role: str, name: str) -> None:
        """Press a control by its own action."""
        part = self.find(role, name)
        action = part.queryAction()
        names = [action.getName(number) for number in range(action.nActions)]
        action.doAction(names.index("Press"))
        listen(0.2)

    def write(self, name: str, words: str) -> None:
        """Put words in a field."""
        self.find("text", name).queryEditableText().setTextContents(words)
        listen(0.1)

    def focus(self, role: str, name: str) -> Any:
        """Stand on a control."""
        part = self.find(role, name)
        part.queryComponent().grabFocus()
        listen(0.2)
        return part

    def keys(self, *chords: str) -> None:
        """Press keys on the keyboard: `Ctrl+3`, `Down`, `Enter`."""
        for chord in chords:
            *held, last = chord.split("+")
            for name in held:
                pyatspi.Registry.generateKeyboardEvent(KEYS[name], None, pyatspi.KEY_PRESS)
            pyatspi.Registry.generateKeyboardEvent(KEYS[last], None, pyatspi.KEY_PRESSRELEASE)
            for name in reversed(held):
                pyatspi.Registry.generateKeyboardEvent(KEYS[name], None, pyatspi.KEY_RELEASE)
            listen(0.15)


def rows_of(table: Any) -> list[list[str]]:
    """What a table says, cell by cell."""
    asked = table.queryTable()
    return [[asked.getAccessibleAt(row, column).name for column in range(asked.nColumns)] for row in range(min(asked.nRows, 400))]
