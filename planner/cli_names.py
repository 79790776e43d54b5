"""Who or what is meant by a name typed on the command line."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from planner.core.errors import Refused


class Named(Protocol):
    """Anything that goes by a name."""

    @property
    def name(self) -> str: ...


Thing = TypeVar("Thing", bound=Named)


def named(things: Sequence[Thing], name: str, what: str) -> Thing:
    """The one thing of that name, exactly or by a part of it; refused when none or two fit."""
    folded = name.casefold().strip()
    fits = [thing for thing in things if thing.name.casefold() == folded] or [
        thing for thing in things if folded in thing.name.casefold()
    ]
    if len(fits) != 1:
        found = (
            f"{name} fits {len(fits)}: {', '.join(sorted(thing.name for thing in fits))}"
            if fits
            else f"No {what} is called {name}"
        )
        alike = len(fits) > 1 and len({thing.name.casefold() for thing in fits}) == 1 and what == "worker"
        raise Refused(f"{found}. {'Name their team with --team' if alike else f'Give the whole name of one {what}'}.")
    return fits[0]
