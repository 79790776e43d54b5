"""The data key and the slots that wrap it: a passphrase through Argon2id, and other ways in later."""

import base64
import json
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from planner.core.errors import NotOurs, WrongPassphrase
from planner.store.recovery_codes import is_like_a_code, plain_code
from planner.store.whole_files import write_whole

_FORMAT = 1
_KEY_BYTES, _SALT_BYTES, _NONCE_BYTES = 32, 16, 12
_WORKSPACE = re.compile(r"[0-9A-Za-z-]{1,64}")
"""A workspace's id names a folder of the person's own, so a forged one must not lead out of it."""
_MOST_SLOTS, _MOST_BYTES = 32, 64 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs: memory in KiB, passes over it, lanes at a time."""

    memory_kib: int = 262_144
    passes: int = 3
    lanes: int = 4

    def is_bearable(self) -> bool:
        """Whether the figures are ones a planner would write, so that a forged file cannot exhaust the computer."""
        return 8 * self.lanes <= self.memory_kib <= 2_097_152 and 1 <= self.passes <= 16 and 1 <= self.lanes <= 16


DEFAULT_COST = Cost()
_LIGHT = Cost(memory_kib=8, passes=1, lanes=1)
"""For 160 random bits: nothing is gained by making a guess at them dear."""

PASSPHRASE, RECOVERY = "passphrase", "recovery"
"""The kinds of slot."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key: its kind, the cost, and the key wrapped by AES-GCM."""

    kind: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class KeySlots:
    """The slots of one workspace, named by its id; nothing here is secret."""

    workspace: str
    slots: tuple[Slot, ...]


def new_data_key() -> bytearray:
    """A random key of 32 bytes; wipe it when it has been used."""
    return bytearray(os.urandom(_KEY_BYTES))


def wipe(key: bytearray) -> None:
    """Overwrite a key, as far as Python lets us: copies made by the libraries below are not ours to reach."""
    for place in range(len(key)):
        key[place] = 0


def passphrase_slot(workspace: str, passphrase: str, key: bytearray, cost: Cost) -> Slot:
    """A slot that a passphrase opens."""
    return _wrapped(PASSPHRASE, workspace, passphrase, key, cost)


def _wrapped(kind: str, workspace: str, secret: str, key: bytearray, cost: Cost) -> Slot:
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    wrapping = _wrapping_key(secret, salt, cost)
    try:
        wrapped = AESGCM(wrapping).encrypt(nonce, bytes(key), _bound_to(workspace, kind))
    finally:
        wipe(wrapping)
    return Slot(kind, cost, salt, nonce, wrapped)


def _unwrapped(slot: Slot, workspace: str, secret: str) -> bytearray | None:
    """The data key of a slot; None when the secret is not its own."""
    wrapping = _wrapping_key(secret, slot.salt, slot.cost)
    try:
        return bytearray(AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _bound_to(workspace, slot.kind)))
    except InvalidTag:
        return None
    finally:
        wipe(wrapping)


def data_key(slots: KeySlots, typed: str) -> bytearray:
    """The data key behind a passphrase or a recovery code. Raises WrongPassphrase when no slot opens with it."""
    secrets = {RECOVERY: plain_code(typed), PASSPHRASE: typed}
    for slot in sorted(slots.slots, key=lambda slot: slot.kind == PASSPHRASE):
        secret = secrets.get(slot.kind, "")
        key = _unwrapped(slot, slots.workspace, secret) if secret else None
        if key is not None:
            return key
    if has_recovery_code(slots) and is_like_a_code(typed) and not plain_code(typed):
        raise WrongPassphrase(
            "This does not open the workspace. If it is the recovery code, there is a slip in it: compare each group."
        )
    raise WrongPassphrase("This passphrase does not open the workspace. Check for capital letters and spaces and type it again.")


def with_new_passphrase(slots: KeySlots, old: str, new: str, cost: Cost) -> KeySlots:
    """The slots after a change of passphrase: the same data key wrapped anew, other kinds of slot kept.

    `old` may be the recovery code, of which the passphrase was forgotten. Raises WrongPassphrase.
    """
    key = data_key(slots, old)
    try:
        fresh = passphrase_slot(slots.workspace, new, key, cost)
    finally:
        wipe(key)
    return KeySlots(slots.workspace, (fresh, *(slot for slot in slots.slots if slot.kind != PASSPHRASE)))


def has_recovery_code(slots: KeySlots) -> bool:
    """Whether a recovery code opens the workspace."""
    return any(slot.kind == RECOVERY for slot in slots.slots)


def with_recovery_code(slots: KeySlots, code: str, key: bytearray) -> KeySlots:
    """The slots with one for a new recovery code; the code before it goes on to open until the new one is confirmed."""
    before = [slot for slot in slots.slots if slot.kind == RECOVERY]
    kept = [slot for slot in slots.slots if slot not in before[1:]]
    return KeySlots(slots.workspace, (*kept, _wrapped(RECOVERY, slots.workspace, plain_code(code), key, _LIGHT)))


def with_confirmed_code(slots: KeySlots, typed: str, key: bytearray) -> KeySlots:
    """The slots without older recovery codes, once the newest has been typed back and gives the data key.

    Raises WrongPassphrase when it does not.
    """
    codes = [slot for slot in slots.slots if slot.kind == RECOVERY]
    found = _unwrapped(codes[-1], slots.workspace, plain_code(typed)) if codes else None
    if found != key:
        raise WrongPassphrase("This is not the newest recovery code as it was shown. Compare each group and type it again.")
    wipe(found)
    return KeySlots(slots.workspace, tuple(slot for slot in slots.slots if slot not in codes[:-1]))


def _wrapping_key(passphrase: str, salt: bytes, cost: Cost) -> bytearray:
    kdf = Argon2id(salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return bytearray(kdf.derive(_normal(passphrase).encode()))


def _normal(passphrase: str) -> str:
    """One form for letters that keyboards compose differently."""
    return unicodedata.normalize("NFC", passphrase)


def _bound_to(workspace: str, kind: str) -> bytes:
    return f"planner/{_FORMAT}/{workspace}/{kind}".encode()


# The file of slots


def keys_path(path: Path) -> Path:
    """Where the slots of a workspace lie: beside it."""
    return path.with_name(path.name + ".keys")


def slots_text(slots: KeySlots) -> bytes:
    """The slots as they are written."""
    lines = [
        asdict(slot) | {name: base64.b64encode(getattr(slot, name)).decode() for name in ("salt", "nonce", "wrapped")}
        for slot in slots.slots
    ]
    return json.dumps({"format": _FORMAT, "workspace": slots.workspace, "slots": lines}, indent=1).encode()


def write_slots(path: Path, slots: KeySlots) -> None:
    """Write a file of slots whole, or not at all."""
    write_whole(path, slots_text(slots))


def slots_of_file(path: Path) -> KeySlots:
    """The slots of a file. Raises NotOurs when it is not one, or asks for more than a planner would."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as missing:
        raise NotOurs(
            f"The key file {path.name} is not here. Put it back beside the workspace, or restore a backup."
        ) from missing
    return slots_of_text(raw, path.name)


def slots_of_text(raw: bytes, name: str) -> KeySlots:
    """The slots of a file's bytes. Raises NotOurs naming the file."""
    try:
        if len(raw) > _MOST_BYTES:
            raise ValueError("too long")
        told = json.loads(raw)
        slots = tuple(_slot(line) for line in told["slots"])
        workspace = told["workspace"]
        if told["format"] != _FORMAT or not _WORKSPACE.fullmatch(workspace) or not 0 < len(slots) <= _MOST_SLOTS:
            raise ValueError("not of this format")
    except (ValueError, KeyError, TypeError) as odd:
        raise NotOurs(f"{name} is damaged or not a key file of this version. Restore a backup; it was left as it is.") from odd
    return KeySlots(workspace, slots)


def _slot(line: dict[str, Any]) -> Slot:
    cost = Cost(**line["cost"])
    figures = (cost.memory_kib, cost.passes, cost.lanes)
    salt, nonce, wrapped = (base64.b64decode(line[name], validate=True) for name in ("salt", "nonce", "wrapped"))
    if not all(type(figure) is int for figure in figures) or not cost.is_bearable():
        raise ValueError("a cost no planner would write")
    if (len(salt), len(nonce), len(wrapped)) != (_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES + 16):
        raise ValueError("a length no planner would write")
    return Slot(str(line["kind"]), cost, salt, nonce, wrapped)


def slots_from(paths: Sequence[Path]) -> KeySlots:
    """The slots of the first of these files that is there and whole; raises what the first said when none is."""
    first: NotOurs | None = None
    for path in paths:
        try:
            return slots_of_file(path)
        except NotOurs as odd:
            first = first or odd
    raise first or NotOurs("There is no key file. Put it back beside the workspace, or restore a backup.")
