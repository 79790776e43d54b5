"""What this computer remembers between starts, declared once; it holds nothing personal and nothing of any child."""

import configparser
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path

from planner.paths import config_folder

log = logging.getLogger(__name__)
_SECTION = "planner"
RECENT_KEPT = 6
LOCK_MINUTES = tuple(str(minutes) for minutes in range(1, 61))
"""It can be put off, and never turned off."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting: its name in the file, its default, and the words a person reads."""

    name: str
    default: str
    words: str
    choices: tuple[str, ...] = ()


DECLARED = (
    Declared("theme", "system", "Colours", ("system", "light", "dark", "high_contrast")),
    Declared("text_percent", "100", "Text size", ("80", "90", "100", "110", "125", "150", "175", "200")),
    Declared("window", "", "Place and size of the window"),
    Declared("drawer_width", "480", "Width of the drawer"),
    Declared("columns", "", "Columns of lists: order, width, choice and sort"),
    Declared("teams_shown", "", "Teams looked at"),
    Declared("cases_shown", "", "View, types and due states shown on the Cases page"),
    Declared("visits_shown", "", "Days shown at a time on the Visits page, as a board or a table"),
    Declared("calendar_shown", "", "Months shown at a time in the calendar, as a grid or a table"),
    Declared("lock_minutes", "5", "Minutes without a key or a click before the planner locks", LOCK_MINUTES),
    Declared("clipboard_seconds", "60", "Seconds after which what was copied is taken off the clipboard", ("30", "60", "300")),
    Declared("charts_as_tables", "", "Charts shown as tables"),
    Declared("keys", "", "Keys of actions, where they differ from those shipped"),
    Declared("recent", "", "Workspaces opened lately"),
)
DEFAULTS = {setting.name: setting.default for setting in DECLARED}
_CHOICES = {setting.name: setting.choices for setting in DECLARED}


@dataclass(slots=True)
class Settings:
    """The settings as read from their file; each change is written at once."""

    path: Path
    values: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """A setting, or its default where the file has none or something it cannot be. Raises KeyError for no such setting."""
        value = self.values.get(name, DEFAULTS[name])
        return value if not _CHOICES[name] or value in _CHOICES[name] else DEFAULTS[name]

    def keep(self, name: str, value: str) -> None:
        """Remember a value; for this run alone where the disk takes no more. Raises KeyError for one that is not declared."""
        if self.value(name) != value:
            self.values[name] = value
            try:
                self._write()
            except OSError as denied:
                log.warning("the settings were not written: %s", type(denied).__name__)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Workspaces opened lately that are still there, newest first."""
        return tuple(path for line in self.value("recent").split("\n") if line and (path := Path(line)).is_file())

    def opened(self, path: Path) -> None:
        """Put a workspace at the head of those opened lately."""
        others = [str(other) for other in self.recent if other != path]
        self.keep("recent", "\n".join([str(path), *others][:RECENT_KEPT]))

    def forget(self, path: Path) -> None:
        """Take a workspace off the list; the file stays."""
        self.keep("recent", "\n".join(str(other) for other in self.recent if other != path))

    def _write(self) -> None:
        parser = configparser.ConfigParser(interpolation=None)
        parser[_SECTION] = {name: value for name, value in self.values.items() if name in DEFAULTS}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            parser.write(file)
        os.replace(beside, self.path)


def read_settings(path: Path | None = None) -> Settings:
    """The settings of this computer; defaults where there is no file, or it cannot be read."""
    path = path or config_folder() / "settings.ini"
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read(path, encoding="utf-8")
        values = dict(parser[_SECTION]) if parser.has_section(_SECTION) else {}
    except (configparser.Error, OSError, UnicodeDecodeError):
        values = {}
    return Settings(path, {name: value for name, value in values.items() if name in DEFAULTS})
