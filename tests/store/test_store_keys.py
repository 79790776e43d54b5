"""The slots round the data key, and which passphrases are good enough."""

import json
import stat
from inspect import signature
from pathlib import Path

import pytest

from planner.actions.samples import sample_workspace
from planner.actions.workspace import Workspace
from planner.core.errors import NotOurs, Refused, WrongPassphrase
from planner.store import keys
from planner.store.keys import Cost, KeySlots
from planner.store.passphrases import check_passphrase
from tests.helpers.stores import CHEAP, PASSPHRASE, HandClock, a_child, a_workspace, do, opened, put


def slots_for(passphrase: str, key: bytearray) -> KeySlots:
    return KeySlots("w", (keys.passphrase_slot("w", passphrase, key, CHEAP),))


def test_a_slot_gives_the_key_back_for_its_passphrase_alone() -> None:
    key = keys.new_data_key()
    slots = slots_for("é long passphrase", key)
    assert keys.data_key(slots, "e\u0301 long passphrase") == key
    with pytest.raises(WrongPassphrase):
        keys.data_key(slots, "e long passphrase")


def test_two_workspaces_never_share_a_key_or_a_salt() -> None:
    first, second = (slots_for("the same words here", keys.new_data_key()).slots[0] for _ in range(2))
    assert len({first.salt, second.salt, first.nonce, second.nonce, first.wrapped, second.wrapped}) == 6


def test_a_slot_moved_to_another_workspace_does_not_open() -> None:
    slots = slots_for(PASSPHRASE, keys.new_data_key())
    with pytest.raises(WrongPassphrase):
        keys.data_key(KeySlots("another", slots.slots), PASSPHRASE)


def test_a_new_passphrase_wraps_the_same_key_and_shuts_the_old_one_out() -> None:
    key = keys.new_data_key()
    slots = keys.with_new_passphrase(slots_for("old words of mine", key), "old words of mine", "new words of mine", CHEAP)
    assert keys.data_key(slots, "new words of mine") == key
    with pytest.raises(WrongPassphrase):
        keys.data_key(slots, "old words of mine")


def test_a_wiped_key_is_nothing_but_zeros() -> None:
    key = keys.new_data_key()
    keys.wipe(key)
    assert key == bytearray(32)


def test_the_file_of_slots_reads_back_and_is_this_accounts_alone(tmp_path: Path) -> None:
    slots = slots_for(PASSPHRASE, keys.new_data_key())
    path = tmp_path / "team.planner.keys"
    keys.write_slots(path, slots)
    assert keys.slots_of_file(path) == slots
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["team.planner.keys"]


def told(**changes: object) -> bytes:
    text = json.loads(keys.slots_text(slots_for(PASSPHRASE, keys.new_data_key())))
    text["slots"][0] |= changes
    return json.dumps(text).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b'{"format": 2}',
        b"x" * 70_000,
        told(salt="AAAA"),
        told(wrapped="!"),
        told(nonce=None),
        told(cost={"memory_kib": 1 << 30, "passes": 3, "lanes": 4}),
        told(cost={"memory_kib": 64, "passes": 10_000, "lanes": 1}),
        told(cost={"memory_kib": 64.5, "passes": 1, "lanes": 1}),
        told(cost={"memory_kib": 64, "passes": 1, "lanes": 1, "more": 1}),
        told(surprise=1, cost=7),
    ],
)
def test_a_forged_or_damaged_key_file_is_refused_before_any_work_is_done_for_it(raw: bytes) -> None:
    with pytest.raises(NotOurs, match=r"team\.keys is damaged"):
        keys.slots_of_text(raw, "team.keys")


def test_the_cost_is_at_least_what_is_recommended_for_desktop_use() -> None:
    assert Cost().memory_kib >= 262_144
    assert Cost().passes >= 3
    for making in (Workspace.create, Workspace.change_passphrase, sample_workspace):
        assert signature(making).parameters["cost"].default == Cost()


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "kettle",
        "elevenchars",
        "passwordpassword",
        "Password1234!",
        "p@ssw0rdp@ssw0rd",
        "123456789012",
        "987654321098",
        "aaaaaaaaaaaa",
        "abababababab",
        "qwertyuiopas",
        "abcdefghijklm",
        "liverpool2024",
        "correct horse battery staple"[:13],
        "social worker 1",
        "            x",
    ],
)
def test_a_short_or_common_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(Refused):
        check_passphrase(passphrase)


@pytest.mark.parametrize("passphrase", ["westmere team", "Westmere2024!!", "shah westmere 99"])
def test_the_words_of_the_workspace_itself_are_refused(passphrase: str) -> None:
    with pytest.raises(Refused):
        check_passphrase(passphrase, ("Westmere", "Priya Shah"))


@pytest.mark.parametrize(
    "passphrase",
    ["violet kettle morning", "three random words", "Zażółć gęślą jaźń", "q9#Lm2!vTz0p", "синий чайник утром", "83 92 01 74 65"],
)
def test_long_and_unusual_passphrases_pass_whatever_they_are_made_of(passphrase: str) -> None:
    check_passphrase(passphrase, ("Westmere", "Priya Shah"))


def test_a_changed_passphrase_opens_the_workspace_and_the_old_one_does_not(tmp_path: Path) -> None:
    clock, path = HandClock(), tmp_path / "team.planner"
    workspace = a_workspace(path, clock)
    do(workspace, put, a_child())
    with pytest.raises(Refused):
        workspace.change_passphrase(PASSPHRASE, "short", CHEAP)
    with pytest.raises(WrongPassphrase):
        workspace.change_passphrase("not the old one", "amber lantern tuesday", CHEAP).result()
    workspace.change_passphrase(PASSPHRASE, "amber lantern tuesday", CHEAP).result()
    workspace.close()
    with pytest.raises(WrongPassphrase):
        opened(path, clock)
    clock.forward(seconds=1)
    again = opened(path, clock, "amber lantern tuesday")
    assert "c1" in again.snapshot.all(type(a_child()))
    again.close()
