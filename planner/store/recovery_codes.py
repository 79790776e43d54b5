"""Recovery codes as they are written on paper: 160 random bits in letters, with a sum against slips of the pen."""

import base64
import hashlib
import os
import re

_BYTES, _SUM_LETTERS, _GROUP = 20, 4, 4
_LETTERS = _BYTES * 8 // 5 + _SUM_LETTERS
_LIKE = re.compile(rf"[A-Z2-7]{{{_LETTERS}}}")
_MISREAD = str.maketrans("018", "OIB")
"""Figures that no code has, and the letters they are taken for."""


def new_code() -> str:
    """A fresh code: nine groups of four letters and figures, the last of which is the sum of the others."""
    letters = base64.b32encode(os.urandom(_BYTES)).decode()
    whole = letters + _sum(letters)
    return "-".join(whole[place : place + _GROUP] for place in range(0, _LETTERS, _GROUP))


def is_like_a_code(typed: str) -> bool:
    """Whether what was typed has a code's length and letters, however it is spaced; its sum may be wrong."""
    return _LIKE.fullmatch(_plain(typed)) is not None


def plain_code(typed: str) -> str:
    """The letters of a code as typed, in the one form that opens; empty when it is none, or has a slip in it."""
    plain = _plain(typed)
    return plain if is_like_a_code(typed) and plain[-_SUM_LETTERS:] == _sum(plain[:-_SUM_LETTERS]) else ""


def _plain(typed: str) -> str:
    return re.sub(r"[\s\-‐-―]", "", typed).upper().translate(_MISREAD)


def _sum(letters: str) -> str:
    return base64.b32encode(hashlib.sha256(letters.encode()).digest()).decode()[:_SUM_LETTERS]
