"""A decision on cases whose consequences are seen first: what ends, what begins, and which planned visits go along."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.core.case_effects import Effect, case_effects
from planner.ui.dialogs.previewed import Previewed
from planner.ui.table import Column
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.core.snapshot import Snapshot


class CaseEffectsDialog(Previewed):
    """What the dialogs that move or end cases share; `child_ids` are whose."""

    child_ids: tuple[str, ...] = ()

    def effects(self) -> "Callable[[Outlook, Snapshot, date, tuple[str, ...]], tuple[Effect, ...]]":
        """What differs for these children."""
        return partial(_effects, self.child_ids)

    def show_effects(self, found: Sequence[Effect]) -> tuple[str, Sequence[Column], Sequence[Effect]]:
        """Planned visits first, then all else."""
        return effects_sentence(found), self._columns(), found

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Child", lambda one: self.desk.child_words(one.child), strong=True, width=124),
            Column("What", lambda one: one.what, width=300, stretch=True, tip=lambda one: one.what),
            Column("Becomes", lambda one: one.becomes, width=220, stretch=True, tip=lambda one: one.becomes),
        )


def effects_sentence(found: Sequence[Effect]) -> str:
    """How many planned visits go along, and that all can be undone."""
    visits = [one for one in found if one.is_visit]
    if not visits:
        return "No planned visit goes with it. All of this is one step that can be undone."
    cancelled = sum(one.becomes == "cancelled" for one in visits)
    said = []
    if cancelled:
        said.append(count_words(cancelled, "planned visit is cancelled", "planned visits are cancelled"))
    if cancelled < len(visits):
        said.append(count_words(len(visits) - cancelled, "planned visit goes on otherwise", "planned visits go on otherwise"))
    return f"{' and '.join(said)}. All of this is one step that can be undone."


def _effects(
    child_ids: tuple[str, ...], outlook: Any, later: Any, _start: date, _team_ids: tuple[str, ...]
) -> tuple[Effect, ...]:
    return case_effects(outlook.snapshot, later, child_ids)
