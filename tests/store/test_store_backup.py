"""Backups: verified before they count, kept for a time, brought back whole, and never in the way of the workspace."""

import json
import os
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.step import Step
from planner.actions.workspace import Workspace, restore
from planner.core.errors import Environment, NotOurs, Refused, WrongPassphrase
from planner.core.records import Child, SourceRead
from planner.store import backup as backups
from planner.store import database
from planner.store.backup import ENDING, backup_folder, kept_backups, newest_backup
from planner.store.keys import keys_path
from planner.store.lock import lock_path
from planner.store.places import data_folder
from tests.helpers.stores import (
    CHEAP,
    PASSPHRASE,
    HandClock,
    a_child,
    a_workspace,
    do,
    inside,
    on_its_thread,
    opened,
    put,
    records_of,
)


def archives(path: Path) -> list[Path]:
    return sorted(backup_folder(path).glob("*"))


def test_a_backup_lies_beside_the_workspace_and_nothing_else_is_left(workspace: Workspace, path: Path, clock: HandClock) -> None:
    do(workspace, put, a_child())
    left = backup_folder(path) / ".making-by-a-killed-program"
    left.mkdir(parents=True)
    made = workspace.backup().result()
    assert made == backup_folder(path) / f"team 2026-11-23T090000Z{ENDING}"
    assert archives(path) == [made]
    assert workspace.last_backup == (made, clock.now)


def test_a_backup_goes_where_it_is_asked_to(workspace: Workspace, tmp_path: Path) -> None:
    to = tmp_path / "stick" / f"monday{ENDING}"
    assert workspace.backup(to).result() == to
    assert to.exists()


def test_a_workspace_is_backed_up_on_closing_and_on_opening_but_only_if_it_changed(path: Path, clock: HandClock) -> None:
    a_workspace(path, clock).close()
    assert len(archives(path)) == 1
    clock.forward(minutes=5)
    opened(path, clock).close()
    assert len(archives(path)) == 1
    again = opened(path, clock)
    do(again, put, a_child())
    again.close()
    assert len(archives(path)) == 2
    archives(path)[-1].unlink()
    clock.forward(minutes=5)
    third = opened(path, clock)
    assert third.backup_if_changed().result() is None
    assert len(archives(path)) == 2
    third.close()


def test_an_import_is_preceded_by_a_backup(workspace: Workspace, path: Path, clock: HandClock) -> None:
    do(workspace, put, a_child(1))
    do(workspace, put, a_child(2), SourceRead(id="s", name="annex.xlsx"))
    looked = Workspace.open_backup(path, PASSPHRASE, clock=clock)
    assert set(looked.snapshot.all(Child)) == {"c1"}
    looked.close()
    made = archives(path)
    workspace.undo().result()
    workspace.redo().result()
    assert archives(path) == made


def _import_stopped(step: Step, looks: int) -> None:
    """Puts what an import puts, and stops itself once it has been looked at so many times."""
    told: list[float] = []

    def watch(part: float) -> None:
        told.append(part)
        if len(told) == looks:
            raise Refused("Stopped.")

    step.watch = watch
    step.put(SourceRead(id="s", name="annex.xlsx"))


def test_an_import_stopped_at_any_moment_of_its_backup_leaves_neither_backup_nor_step(
    workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOOKS_EVERY", 1_000)
    do(workspace, put, *(a_child(number) for number in range(30)))
    before, looks = inside(workspace).content(), 0
    while not archives(path):
        looks += 1
        with pytest.raises(Refused, match="Stopped"):
            do(workspace, _import_stopped, looks)
        assert inside(workspace).content() == before
    assert looks > 5
    assert [made.suffix for made in archives(path)] == [ENDING]
    do(workspace, _import_stopped, 0)
    assert workspace.snapshot.all(SourceRead)


def test_a_restored_backup_holds_what_the_workspace_held(workspace: Workspace, path: Path, clock: HandClock) -> None:
    do(workspace, put, *(a_child(number) for number in range(30)))
    made = workspace.backup().result()
    before = records_of(workspace)
    do(workspace, put, a_child(99))
    target = path.with_name("back again.planner")
    restore(made, target, PASSPHRASE)
    again = opened(target, clock)
    assert records_of(again) == before
    assert again.check() == []
    do(again, put, a_child(77))
    again.close()


def test_a_backup_needs_nothing_but_itself_and_the_passphrase(
    workspace: Workspace, path: Path, clock: HandClock, own_folders: Path, tmp_path: Path
) -> None:
    do(workspace, put, a_child())
    made = Path(shutil.copy(workspace.backup().result(), tmp_path))
    workspace.close()
    for item in (path, keys_path(path), own_folders, backup_folder(path)):
        shutil.rmtree(item) if item.is_dir() else item.unlink()
    restore(made, path, PASSPHRASE)
    again = opened(path, clock)
    assert set(again.snapshot.all(Child)) == {"c1"}
    again.close()


def test_restoring_refuses_to_overwrite(workspace: Workspace, path: Path) -> None:
    made = workspace.backup().result()
    with pytest.raises(Refused, match="already"):
        restore(made, path, PASSPHRASE)


def test_a_wrong_passphrase_restores_nothing(workspace: Workspace, path: Path) -> None:
    made = workspace.backup().result()
    with pytest.raises(WrongPassphrase):
        restore(made, path.with_name("x.planner"), "violet kettle evening")
    assert not [item for item in path.parent.iterdir() if item.name.startswith("x.planner")]


def test_an_old_backup_opens_with_the_passphrase_of_its_day(workspace: Workspace, path: Path, clock: HandClock) -> None:
    made = workspace.backup().result()
    workspace.change_passphrase(PASSPHRASE, "amber lantern tuesday", CHEAP).result()
    target = path.with_name("old.planner")
    restore(made, target, PASSPHRASE)
    opened(target, clock).close()


def damaged(archive: Path, place: int) -> None:
    content = bytearray(archive.read_bytes())
    content[place % len(content)] ^= 0x41
    archive.write_bytes(content)


def test_a_flipped_byte_anywhere_is_found_before_anything_is_restored(workspace: Workspace, path: Path) -> None:
    do(workspace, put, a_child())
    made = workspace.backup().result()
    content = made.read_bytes()
    with zipfile.ZipFile(made) as packed:
        start = packed.getinfo("workspace.planner").header_offset + 100
    for place in [*range(200, start, 97), *range(start, len(content) - 400, 40_009)]:
        damaged(made, place)
        target = path.with_name("x.planner")
        with pytest.raises((NotOurs, WrongPassphrase)):
            restore(made, target, PASSPHRASE)
        assert not target.exists()
        made.write_bytes(content)


@pytest.mark.parametrize("kept", [0, 10, 1000, -1, -100])
def test_a_backup_cut_short_is_refused(workspace: Workspace, path: Path, kept: int) -> None:
    made = workspace.backup().result()
    made.write_bytes(made.read_bytes()[:kept])
    with pytest.raises(NotOurs, match="not a backup"):
        restore(made, path.with_name("x.planner"), PASSPHRASE)


def test_an_archive_with_other_parts_is_refused(tmp_path: Path) -> None:
    forged = tmp_path / f"forged{ENDING}"
    with zipfile.ZipFile(forged, "w") as packed:
        packed.writestr("../evil", "x")
        packed.writestr("manifest.json", json.dumps({"format": 1}))
    with pytest.raises(NotOurs):
        restore(forged, tmp_path / "x.planner", PASSPHRASE)


def test_when_the_newest_backup_is_damaged_the_one_before_is_looked_at(
    workspace: Workspace, path: Path, clock: HandClock
) -> None:
    do(workspace, put, a_child(1))
    workspace.backup().result()
    first = clock.now
    clock.forward(hours=1)
    do(workspace, put, a_child(2))
    damaged(workspace.backup().result(), 90_000)
    looked = Workspace.open_backup(path, PASSPHRASE, clock=clock)
    assert (looked.backup_taken, set(looked.snapshot.all(Child))) == (first, {"c1"})
    looked.close()


def test_what_was_brought_out_to_be_looked_at_goes_when_it_is_closed(
    workspace: Workspace, path: Path, clock: HandClock, own_folders: Path
) -> None:
    workspace.backup().result()
    looked = Workspace.open_backup(path, PASSPHRASE, clock=clock)
    assert len(list(own_folders.rglob("*.planner"))) == 1
    looked.close()
    assert list(own_folders.rglob("*.planner")) == []
    assert lock_path(path).exists()


def test_what_a_killed_program_brought_out_goes_a_day_later(workspace: Workspace, path: Path, clock: HandClock) -> None:
    workspace.backup().result()
    left = data_folder("reading") / "left.planner"
    for age, stays in ((timedelta(hours=1), True), (timedelta(hours=25), False)):
        left.write_text("x")
        then = (clock.now - age).timestamp()
        os.utime(left, (then, then))
        Workspace.open_backup(path, PASSPHRASE, clock=clock).close()
        assert left.exists() is stays


def test_without_a_backup_the_person_is_told_so(path: Path, clock: HandClock) -> None:
    with pytest.raises(NotOurs, match="no backup of team"):
        Workspace.open_backup(path, PASSPHRASE, clock=clock)


def test_a_copy_that_does_not_hold_what_it_should_never_becomes_a_backup(
    workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(workspace, put, a_child())
    answers = iter([(1, "something else"), (2, "and another")])
    with monkeypatch.context() as patched:
        patched.setattr(backups, "content_of", lambda connection: next(answers))
        with pytest.raises(Environment, match="does not hold what it should"):
            on_its_thread(workspace, backups.made_backup, inside(workspace), datetime(2026, 11, 23, tzinfo=UTC))
    assert archives(path) == []


def test_a_folder_that_cannot_be_written_is_told_and_the_workspace_goes_on(workspace: Workspace, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    with pytest.raises(Environment, match="the workspace itself is saved"):
        workspace.backup(blocked / "b").result()
    do(workspace, put, a_child())


@given(st.lists(st.integers(0, 400 * 24), min_size=1, max_size=60, unique=True))
def test_the_newest_and_all_of_two_days_are_always_kept_and_the_number_is_bounded(hours: list[int]) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    moments = [now - timedelta(hours=back) for back in hours]
    kept = kept_backups(moments, now)
    assert max(moments) in kept
    assert kept <= set(moments)
    assert {at for at in moments if now - at <= timedelta(hours=48)} <= kept
    assert len([at for at in kept if now - at > timedelta(hours=48)]) <= 14 + 8 + 6
    assert kept_backups(kept, now) == kept


def test_years_of_hourly_backups_thin_out_to_days_weeks_and_months() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    kept = kept_backups([now - timedelta(hours=back) for back in range(2 * 365 * 24)], now)
    ages = sorted((now - at).days for at in kept)
    assert len(kept) == 49 + 11 + 6 + 4
    assert 140 < ages[-1] < 190


def test_pruning_touches_only_this_workspaces_own_backups(workspace: Workspace, path: Path, clock: HandClock) -> None:
    folder = backup_folder(path)
    folder.mkdir()
    others = [folder / f"team b 2020-01-01T000000Z{ENDING}", folder / "notes.txt", folder / f"team{ENDING}"]
    for other in others:
        other.write_text("x")
    (folder / f"team 2020-01-01T000000Z{ENDING}").write_text("x")
    (folder / f"team 2020-01-01T000001Z{ENDING}").write_text("x")
    made = workspace.backup().result()
    assert set(archives(path)) == {*others, made, folder / f"team 2020-01-01T000001Z{ENDING}"}
    assert newest_backup(path) is not None


def test_two_backups_of_one_second_have_two_names(workspace: Workspace) -> None:
    first = workspace.backup().result()
    do(workspace, put, a_child())
    second = workspace.backup().result()
    assert first != second
    assert newest_backup(workspace.path).path == second
    assert os.path.exists(first)
