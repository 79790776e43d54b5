"""The children of a workspace by what a person types for them: a reference, its digits, or initials."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planner.core.records import Child

SUGGESTED = 8
"""How many children are suggested while a reference is not typed to its end."""

_APART = re.compile(r"[\W_]+")
_NO_DIGIT = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Match:
    """The children that may be meant. `is_exact` says that each was typed in full, and is not only a guess from a part.

    `more` counts the children who would fit as well and are not listed.
    """

    children: tuple[Child, ...]
    is_exact: bool
    more: int = 0

    @property
    def child(self) -> Child | None:
        """The one child that was typed in full, or None."""
        return self.children[0] if self.is_exact and len(self.children) == 1 else None


class Roll:
    """Every child by reference, by the digits of the reference and, for those `near`, by initials.

    `near` are the ids of the children of the teams looked at: initials mean one of them, and they stand first in a list.
    """

    def __init__(self, children: Iterable[Child], near: Collection[str]) -> None:
        self._near = near
        ordered = sorted(children, key=lambda child: (child.id not in near, child.reference))
        self._exact: dict[str, list[Child]] = defaultdict(list)
        self._keys: list[tuple[str, str, str, Child]] = []
        self._by_id: dict[str, Child] = {}
        for child in ordered:
            self._by_id[child.id] = child
            reference, digits = typed_key(child.reference), digits_of(child.reference)
            initials = typed_key(child.initials) if child.id in near else ""
            for key in {reference, digits, initials} - {""}:
                self._exact[key].append(child)
            self._keys.append((reference, digits, initials, child))

    def child(self, child_id: str) -> Child | None:
        """A child by id."""
        return self._by_id.get(child_id)

    def names(self, typed: str) -> bool:
        """Whether what was typed is the whole of a reference, its digits or initials, of one child or several."""
        return typed_key(typed) in self._exact

    def matches(self, typed: str) -> Match:
        """Who is meant by what was typed; part of a reference or of initials only suggests, it never decides."""
        key = typed_key(typed)
        if not key:
            return Match((), is_exact=False)
        exact = self._exact.get(key)
        if exact:
            return Match(tuple(exact[:SUGGESTED]), is_exact=True, more=max(0, len(exact) - SUGGESTED))
        begun = [child for *keys, child in self._keys if _is_part(key, *keys)]
        return Match(tuple(begun[:SUGGESTED]), is_exact=False, more=max(0, len(begun) - SUGGESTED))


def typed_key(text: str) -> str:
    """Letters and digits alone, in lower case: what counts of a reference or of initials as typed."""
    return _APART.sub("", text).casefold()


def digits_of(reference: str) -> str:
    """The digits of a reference, by which it may be typed."""
    return _NO_DIGIT.sub("", reference)


def _is_part(key: str, reference: str, digits: str, initials: str) -> bool:
    if key.isdecimal():
        return len(key) > 1 and (digits.startswith(key) or digits.endswith(key))
    return (len(key) > 1 and reference.startswith(key)) or initials.startswith(key)
