"""Undo and redo: which step is next, and the step that takes another one back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.records import RECORDS, Record, StepTaken
from planner.core.snapshot import Snapshot
from planner.store.cells import DELETED
from planner.store.history import Effect
from planner.store.journal import Watch
from planner.store.workspace_file import WorkspaceFile

_DEEPEST = 500
"""How many steps of a person can be taken back one after another."""

NEXT = "Press again for the step that comes next."

_Entry = tuple[str, str, str]
"""A step's id and title, and the id of the step that was done first, where it does that again or takes it back."""


class BuiltOn(Refused):
    """Others have built on the step since, so that it stays as it is."""


@dataclass(frozen=True, slots=True)
class Trail:
    """One person's steps that can be undone and redone, the next one last."""

    done: tuple[_Entry, ...] = ()
    undone: tuple[_Entry, ...] = ()

    @property
    def undoable_title(self) -> str:
        """The title of what undo takes back, or an empty string."""
        return self.done[-1][1] if self.done else ""

    @property
    def redoable_title(self) -> str:
        """The title of what redo does again, or an empty string."""
        return self.undone[-1][1] if self.undone else ""

    def passing_by(self, entry: _Entry) -> "Trail":
        """The trail without a step that cannot be taken back; History still leads to it."""
        return Trail(_without(self.done, entry), _without(self.undone, entry))

    def after(self, step: StepTaken) -> "Trail":
        """The trail after one more step of the same person; a new step clears what could be redone."""
        if not step.undoable:
            return self
        if not step.undoes:
            return Trail((*self.done[1 - _DEEPEST :], (step.id, step.title, step.id)))
        for entry in reversed(self.done):
            if _is_of(entry, step.undoes):
                return Trail(_without(self.done, entry), (*self.undone, (step.id, *entry[1:])))
        for entry in reversed(self.undone):
            if entry[0] == step.undoes:
                return Trail((*self.done, (step.id, *entry[1:])), _without(self.undone, entry))
        return self


def _is_of(entry: _Entry, step: str) -> bool:
    """Whether an entry is a step, or does again what it did."""
    return step in (entry[0], entry[2])


def _without(entries: tuple[_Entry, ...], gone: _Entry) -> tuple[_Entry, ...]:
    return tuple(entry for entry in entries if entry != gone)


def trail_of(steps: Iterable[StepTaken], person_id: str) -> Trail:
    """The trail of a person from all steps, oldest first; so it outlives a restart."""
    trail = Trail()
    for step in steps:
        if step.person_id == person_id:
            trail = trail.after(step)
        elif step.undoes:
            trail = Trail(tuple(entry for entry in trail.done if not _is_of(entry, step.undoes)), trail.undone)
    return trail


def take_back(step: Step, target: str, title: str, file: WorkspaceFile, watch: Watch | None) -> None:
    """An action that puts back what a step changed; `watch` stops it by raising.

    Raises BuiltOn, naming the cells, when someone has replaced them since, or when later entries rest on what it added.
    """
    undoes = {taken.id: taken.undoes for taken in step.snapshot.all(StepTaken).values() if taken.undoes}
    effects = file.effects_of(target, undoes, watch)
    replaced = [effect for effect in effects if effect.replaced_since]
    if replaced:
        words = _cells_in_words(replaced)
        raise BuiltOn(f"“{title}” cannot be taken back: {words} changed since. Everything was kept. {NEXT}")
    _check_nothing_rests_on(step.snapshot, effects, title)
    step.undoes = target
    # One look for all: a snapshot asked for after each put would be patched as often as there are rows.
    before = step.snapshot
    for effect in effects:
        _reverse(step, effect, before)


def _reverse(step: Step, effect: Effect, before: Snapshot) -> None:
    current = before.find(RECORDS[effect.kind], effect.row) if effect.removed is None else None
    if effect.removed is not None:
        step.put(effect.removed)
    elif current is not None and effect.appeared:
        step.remove(current)
    elif current is not None and effect.cells:
        step.put(_with_cells(current, effect))


def _with_cells(current: Record, effect: Effect) -> Record:
    cells: dict[str, object] = dict(effect.cells or {})
    return replace(current, **cells)  # type: ignore[arg-type]


def _cells_in_words(effects: Sequence[Effect]) -> str:
    """The cells at issue: `place and minutes of a visit were`."""
    first = effects[0]
    names = [name.replace("_", " ") for name in first.replaced_since if name != DELETED] or ["presence"]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    others = f" and {len(effects) - 1} more {'entry' if len(effects) == 2 else 'entries'}" if len(effects) > 1 else ""
    verb = "was" if len(names) == 1 and not others else "were"
    return f"{listed} of a {first.kind.replace('_', ' ')}{others} {verb}"


def _check_nothing_rests_on(snapshot: Snapshot, effects: Sequence[Effect], title: str) -> None:
    """Refuse to take away a row that a row which stays, as it then is, refers to."""
    going = {effect.row for effect in effects if effect.appeared}
    if not going:
        return
    put_back = {(RECORDS[effect.kind], effect.row): effect for effect in effects if effect.cells}
    for record in snapshot.records():
        if record.id in going or isinstance(record, StepTaken) or going.isdisjoint(references(record)):
            continue
        effect = put_back.get((type(record), record.id))
        if effect is None or not going.isdisjoint(references(_with_cells(record, effect))):
            kind = type(record).__name__.lower()
            raise BuiltOn(
                f"“{title}” cannot be taken back: a later {kind} rests on what it added. History takes that back first. {NEXT}"
            )


def references(record: Record) -> list[str]:
    """The ids a record names in its fields ending in `_id` or `_ids`, and what an away reason is about."""
    found: list[str] = []
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name.endswith("_ids"):
            found.extend(value)
        elif value and (field.name.endswith("_id") or field.name == "about"):
            found.append(value)
    return found
