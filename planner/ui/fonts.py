"""Inter, from its installed package, and the fonts the design names before it on each system."""

import sys
from functools import lru_cache
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

_WEIGHT = QFont.Tag("wght")
_OPTICAL_SIZE = QFont.Tag("opsz")


@lru_cache(maxsize=1)
def _inter() -> str:
    """The family name Inter has once its file is loaded; empty where the package brings no file."""
    folder = files("fontpkg_inter") / "files"
    for file in folder.iterdir():
        if file.name.startswith("Inter[") and file.name.endswith(".ttf"):
            number = QFontDatabase.addApplicationFontFromData(file.read_bytes())
            families = QFontDatabase.applicationFontFamilies(number)
            if families:
                return families[0]
    return ""


def families(tokens: dict[str, list[str]]) -> list[str]:
    """The families for this system, best first, from the `[font]` table of the tokens."""
    system = {"win32": "ui_windows", "darwin": "ui_macos"}.get(sys.platform, "ui_linux")
    named = list(tokens[system])
    inter = _inter()
    return [inter if name == "Inter" and inter else name for name in named]


def font(names: list[str], pixels: int, weight: int, features: list[str]) -> QFont:
    """A font of that size and weight; a variable font is given its weight as an axis, or Qt draws it regular."""
    made = QFont()
    made.setFamilies(names)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setVariableAxis(_WEIGHT, weight)
    made.setVariableAxis(_OPTICAL_SIZE, min(32, max(14, pixels)))
    for feature in features:
        made.setFeature(QFont.Tag(feature), 1)
    return made
