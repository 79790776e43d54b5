"""This computer's own signing key for one workspace: outside the workspace, sealed with a key only the workspace holds."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from planner.store.whole_files import write_whole

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """This computer as a workspace knows it: the id of its Device record and its public key in hexadecimal."""

    id: str
    public_key: str


def own_device(folder: Path, key: bytearray) -> OwnDevice | None:
    """The device this computer is to the workspace of this data key; None when it is not enrolled or its key is lost."""
    try:
        told = json.loads((folder / "device.json").read_bytes())
        sealed = bytes.fromhex(told["sealed"])
        device = str(told["id"])
        raw = AESGCM(_sealing_key(key)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], device.encode())
    except (OSError, ValueError, KeyError, TypeError, InvalidTag):
        return None
    return OwnDevice(device, _public_key(Ed25519PrivateKey.from_private_bytes(raw)))


def enrolled_device(folder: Path, key: bytearray, device: str) -> OwnDevice:
    """Make this computer's key under a new device id and keep it, sealed and readable by this account alone."""
    private = Ed25519PrivateKey.generate()
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + AESGCM(_sealing_key(key)).encrypt(nonce, private.private_bytes_raw(), device.encode())
    write_whole(folder / "device.json", json.dumps({"id": device, "sealed": sealed.hex()}).encode())
    return OwnDevice(device, _public_key(private))


def _sealing_key(key: bytearray) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"planner device key").derive(bytes(key))


def _public_key(private: Ed25519PrivateKey) -> str:
    return private.public_key().public_bytes_raw().hex()
