"""Reversing any step, however old: what that would do, shown beforehand, and the step that does it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.actions.step import Step
from planner.actions.undo import references
from planner.core.errors import Refused
from planner.core.records import RECORDS, Record, StepTaken
from planner.core.snapshot import Snapshot
from planner.store.cells import DELETED
from planner.store.history import Effect
from planner.store.journal import Watch
from planner.store.workspace_file import WorkspaceFile


@dataclass(frozen=True, slots=True)
class Reversal:
    """What reversing a step does to one row: how it stands `now`, how it would stand `after`, None where it is not there.

    `kept` names the cells that someone replaced since: they stay as they are. `is_kept_whole` says that the row stays
    though the step brought it, or stays away though the step took it.
    """

    kind: str
    row: str
    now: Record | None
    after: Record | None
    kept: tuple[str, ...] = ()
    is_kept_whole: bool = False

    @property
    def does_something(self) -> bool:
        """Whether the row would change."""
        return self.now != self.after


@dataclass(frozen=True, slots=True)
class Preview:
    """What reversing a step would do, row by row; `refusal` is why it cannot be done, or an empty string."""

    step: StepTaken
    reversals: tuple[Reversal, ...]
    refusal: str = ""


def taken_back(steps: Sequence[StepTaken]) -> frozenset[str]:
    """The ids of the steps, oldest first, that are taken back and were not done again."""
    gone: set[str] = set()
    for step in reversed(steps):
        if step.undoes and step.id not in gone:
            gone.add(step.undoes)
    return frozenset(gone)


def preview(
    snapshot: Snapshot, steps: Sequence[StepTaken], target: str, file: WorkspaceFile, watch: Watch | None = None
) -> Preview:
    """What reversing a step would do now. `steps` are all of them, oldest first. Raises Refused for a step not known."""
    step = snapshot.find(StepTaken, target)
    if step is None:
        raise Refused("This step is not in the workspace. Nothing was changed.")
    if not step.undoable:
        return Preview(step, (), "This is the planner's own step and cannot be reversed.")
    if target in taken_back(steps):
        return Preview(step, (), "This step is taken back already.")
    undoes = {taken.id: taken.undoes for taken in steps if taken.undoes}
    reversals = _with_company([_reversal(snapshot, effect) for effect in file.effects_of(target, undoes, watch)])
    return Preview(step, reversals, _refusal(snapshot, reversals))


def reverse(step: Step, steps: Sequence[StepTaken], target: str, file: WorkspaceFile, watch: Watch | None) -> Preview:
    """An action that reverses a step and keeps what someone replaced since; `watch` stops it by raising.

    Raises Refused with the preview's reason.
    """
    seen = preview(step.snapshot, steps, target, file, watch)
    if seen.refusal:
        raise Refused(f"{seen.refusal} Everything was kept.")
    step.undoes = target
    for reversal in seen.reversals:
        if reversal.does_something:
            if reversal.after is not None:
                step.put(reversal.after)
            elif reversal.now is not None:
                step.remove(reversal.now)
    return seen


def _reversal(snapshot: Snapshot, effect: Effect) -> Reversal:
    now = snapshot.find(RECORDS[effect.kind], effect.row)
    kept = tuple(name for name in effect.replaced_since if name != DELETED)
    if effect.removed is not None:
        is_kept = bool(effect.replaced_since) or now is not None
        return Reversal(effect.kind, effect.row, now, now if is_kept else effect.removed, kept, is_kept)
    if effect.appeared:
        is_kept = bool(effect.replaced_since) and now is not None
        return Reversal(effect.kind, effect.row, now, now if is_kept else None, kept, is_kept)
    if now is None or not effect.cells:
        return Reversal(effect.kind, effect.row, now, now)
    cells: dict[str, object] = {name: value for name, value in effect.cells.items() if name not in kept}
    return Reversal(effect.kind, effect.row, now, replace(now, **cells), kept)  # type: ignore[arg-type]


def _with_company(reversals: Sequence[Reversal]) -> tuple[Reversal, ...]:
    """A row that is kept keeps the rows of the same step that belong to it: a visit keeps its children."""
    found = {reversal.row: reversal for reversal in reversals}
    staying = [reversal for reversal in reversals if reversal.is_kept_whole and reversal.now is not None]
    while staying:
        kept = staying.pop()
        assert kept.now is not None
        named = set(references(kept.now))
        for other in list(found.values()):
            if other.now is None or other.after is not None:
                continue
            if other.row in named or kept.row in references(other.now):
                found[other.row] = replace(other, after=other.now, is_kept_whole=True)
                staying.append(found[other.row])
    return tuple(found[reversal.row] for reversal in reversals)


def _refusal(snapshot: Snapshot, reversals: Sequence[Reversal]) -> str:
    if not any(reversal.does_something for reversal in reversals):
        return "Nothing of this step is left to reverse: all of it was changed since."
    going = {reversal.row for reversal in reversals if reversal.now is not None and reversal.after is None}
    if going:
        then = {(type(one.after), one.row): one.after for one in reversals if one.after is not None}
        for record in snapshot.records():
            if record.id in going or isinstance(record, StepTaken):
                continue
            if not going.isdisjoint(references(then.get((type(record), record.id), record))):
                return f"A later {type(record).__name__.lower()} rests on what it added. Reverse that first."
    return ""
