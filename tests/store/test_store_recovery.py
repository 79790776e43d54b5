"""The recovery code: made, typed back, and opening what a forgotten passphrase had shut."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.workspace import Workspace, restore
from planner.core.errors import Refused, WrongPassphrase
from planner.core.records import Child
from planner.store.keys import slots_of_file
from planner.store.places import data_folder
from planner.store.recovery_codes import is_like_a_code, new_code, plain_code
from tests.helpers.stores import CHEAP, PASSPHRASE, HandClock, a_child, do, opened, put


def added(workspace: Workspace) -> str:
    code: str = workspace.add_recovery_code().result()
    return code


def keys_file(path: Path) -> Path:
    return path.with_name(path.name + ".keys")


def test_a_code_is_160_bits_in_nine_groups_with_their_sum_and_never_the_same() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code.split("-")) == 9 and len(plain_code(code)) == 36 for code in codes)


def test_a_code_may_be_typed_in_any_case_and_spacing() -> None:
    code = new_code()
    for typed in (code.lower(), code.replace("-", " "), code.replace("-", ""), f"  {code}\n", code.replace("-", " – ")):
        assert plain_code(typed) == plain_code(code) != ""


def test_figures_that_no_code_has_are_read_as_the_letters_they_are_taken_for() -> None:
    code = next(code for code in iter(new_code, "") if {"O", "I", "B"} <= set(code))
    assert plain_code(code.replace("O", "0").replace("I", "1").replace("B", "8")) == plain_code(code)


CODE = plain_code("MFRG-GZDF-MZTW-Q2LK-NNWG-23TP-OBYX-E43U-APVD")


@given(st.integers(0, 35), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_letter_is_told_from_a_code_that_does_not_fit(place: int, letter: str) -> None:
    slipped = CODE[:place] + letter + CODE[place + 1 :]
    assert len(CODE) == 36
    assert is_like_a_code(slipped)
    assert (plain_code(slipped) != "") is (slipped == CODE)


@pytest.mark.parametrize("text", ["", "ABCD-EFGH", "violet kettle morning", "é" * 36])
def test_other_text_is_no_code(text: str) -> None:
    assert not is_like_a_code(text)
    assert plain_code(text) == ""


def test_the_code_opens_in_place_of_the_passphrase_which_still_opens(workspace: Workspace, path: Path, clock: HandClock) -> None:
    do(workspace, put, a_child())
    assert not workspace.has_recovery_code
    code = added(workspace)
    workspace.confirm_recovery_code(code.lower()).result()
    assert workspace.has_recovery_code
    workspace.close()
    for secret in (code, code.replace("-", " "), PASSPHRASE):
        again = opened(path, clock, secret)
        assert set(again.snapshot.all(Child)) == {"c1"}
        again.close()
    assert code.replace("-", "").encode() not in keys_file(path).read_bytes()


def test_a_forgotten_passphrase_is_replaced_by_means_of_the_code(workspace: Workspace, path: Path, clock: HandClock) -> None:
    code = added(workspace)
    workspace.close()
    again = opened(path, clock, code)
    again.change_passphrase(code, "amber lantern tuesday", CHEAP).result()
    again.close()
    opened(path, clock, "amber lantern tuesday").close()
    opened(path, clock, code).close()
    with pytest.raises(WrongPassphrase):
        opened(path, clock)


def test_a_slip_is_named_and_counts_as_a_wrong_try(workspace: Workspace, path: Path, clock: HandClock) -> None:
    code = added(workspace)
    workspace.close()
    slipped = code[:-1] + ("A" if code[-1] != "A" else "C")
    with pytest.raises(WrongPassphrase, match="there is a slip in it"):
        opened(path, clock, slipped)
    with pytest.raises(Refused, match="Wait"):
        opened(path, clock, code)
    clock.forward(seconds=1)
    with pytest.raises(WrongPassphrase, match="does not open"):
        opened(path, clock, new_code())


def test_a_new_code_takes_the_place_of_the_old_one_only_when_it_is_typed_back(
    workspace: Workspace, path: Path, clock: HandClock
) -> None:
    first = added(workspace)
    workspace.confirm_recovery_code(first).result()
    added(workspace)
    second = added(workspace)
    with pytest.raises(WrongPassphrase, match="newest recovery code"):
        workspace.confirm_recovery_code(first).result()
    workspace.close()
    opened(path, clock, first).close()
    again = opened(path, clock, second)
    again.confirm_recovery_code(second).result()
    again.close()
    assert [slot.kind for slot in slots_of_file(keys_file(path)).slots] == ["passphrase", "recovery"]
    opened(path, clock, second).close()
    with pytest.raises(WrongPassphrase):
        opened(path, clock, first)


@pytest.mark.parametrize("typed", ["", PASSPHRASE, "MFRG-GZDF"])
def test_what_is_not_the_code_confirms_nothing(workspace: Workspace, typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        workspace.confirm_recovery_code(typed).result()
    added(workspace)
    with pytest.raises(WrongPassphrase):
        workspace.confirm_recovery_code(typed).result()


def test_a_backup_and_the_code_alone_bring_everything_back(
    workspace: Workspace, path: Path, clock: HandClock, own_folders: Path, tmp_path: Path
) -> None:
    do(workspace, put, a_child())
    code = added(workspace)
    workspace.confirm_recovery_code(code).result()
    assert workspace.last_backup is not None
    kept = Path(shutil.copy(workspace.last_backup[0], tmp_path))
    workspace.close()
    shutil.rmtree(path.parent)
    shutil.rmtree(own_folders)
    restore(kept, path, code)
    again = opened(path, clock, code)
    assert set(again.snapshot.all(Child)) == {"c1"}
    again.close()


def test_without_the_key_file_the_copy_in_the_persons_folder_knows_the_code(
    workspace: Workspace, path: Path, clock: HandClock
) -> None:
    code = added(workspace)
    workspace.close()
    keys_file(path).unlink()
    assert data_folder("").is_dir()
    opened(path, clock, code).close()


def test_a_backup_that_is_looked_at_gets_no_code(workspace: Workspace, path: Path, clock: HandClock) -> None:
    workspace.close()
    looked = Workspace.open_backup(path, PASSPHRASE, clock=clock)
    with pytest.raises(Refused):
        added(looked)
    looked.close()
