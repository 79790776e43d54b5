"""What the labels of an Annex A mean, read by the code that stands in them and by their words; never guessed.

A label that fits one code is answered. One that fits none or several, or whose code and words say different things, is a
question for a person. The vocabulary is data: `resources/annex_a/labels.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from planner.formats.words import folded
from planner.paths import resource


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The codes of one column: how a code looks in a label, which words mean it, and what must always be asked.

    `families` groups codes that words cannot tell apart (`U1` to `U6` are all foster care), where the words listed first decide;
    `over` names codes that another takes in; `several` is the code of a label that says more than one thing.
    """

    name: str
    options: tuple[tuple[str, str], ...]
    code: re.Pattern[str] | None
    spellings: dict[str, str]
    families: dict[str, str]
    words: tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]
    ask: re.Pattern[str] | None
    several: str
    over: dict[str, tuple[str, ...]]

    def family(self, code: str) -> str:
        """The group a code belongs to, or the code itself."""
        return self.families.get(code, code)

    def meaning(self, label: str) -> str | None:
        """The code a label means, or None where a person must say."""
        text = folded(label)
        if self.ask and self.ask.search(text):
            return None
        written = self._strongest({self.spellings.get(found, found) for found in self._written(text)})
        said = self._strongest(self._said(text))
        if self.several and len(said) > 1:
            return self.several
        if len({self.family(code) for code in written | said}) != 1:
            return None
        found = written or said
        return found.pop() if len(found) == 1 else None

    def _strongest(self, codes: set[str]) -> set[str]:
        """The codes without those that another of them stands over."""
        return codes - {lesser for code in codes for lesser in self.over.get(code, ())}

    def _written(self, text: str) -> set[str]:
        """The codes that stand in the label."""
        return {match[match.lastindex or 0].upper() for match in self.code.finditer(text)} if self.code else set()

    def _said(self, text: str) -> set[str]:
        """The codes whose words stand in the label; of one family only the one listed first."""
        found: dict[str, str] = {}
        for code, pattern, unless in self.words:
            if pattern.search(text) and not (unless and unless.search(text)):
                found.setdefault(self.family(code), code)
        return set(found.values())


def _label_set(name: str, table: dict[str, object]) -> LabelSet:
    """One column's set out of its TOML table."""

    def pattern(text: object) -> re.Pattern[str] | None:
        return re.compile(str(text), re.VERBOSE) if text else None

    words = []
    for entry in table.get("words", ()):  # type: ignore[attr-defined]
        code, means, *rest = entry
        words.append((code, re.compile(means), re.compile(rest[0]) if rest else None))
    families = {code: family for family, codes in dict(table.get("families", {})).items() for code in codes}  # type: ignore[call-overload]
    return LabelSet(
        name=name,
        options=tuple((code, title) for code, title in dict(table["options"]).items()),  # type: ignore[call-overload]
        code=pattern(table.get("code")),
        spellings=dict(table.get("spellings", {})),  # type: ignore[call-overload]
        families=families,
        words=tuple(words),
        ask=pattern(table.get("ask")),
        several=str(table.get("several", "")),
        over={code: tuple(lesser) for code, lesser in dict(table.get("over", {})).items()},  # type: ignore[call-overload]
    )


@cache
def label_sets() -> dict[str, LabelSet]:
    """Every column's label set by its name, read once from the resources."""
    tables = tomllib.loads(resource("annex_a/labels.toml").read_text(encoding="utf-8"))
    return {name: _label_set(name, table) for name, table in tables.items()}
