"""Which passphrases are long and unusual enough; no rules of composition, any characters, no expiry."""

import re
from collections.abc import Iterable
from functools import cache

from planner.core.errors import Refused
from planner.paths import resource

SHORTEST = 12
_SWAPS = str.maketrans("013457@$!", "oieastasi")


def check_passphrase(passphrase: str, context: Iterable[str] = ()) -> None:
    """Raise Refused when it is too short, too common, or made of the words of its own workspace (`context`)."""
    if len(passphrase) < SHORTEST:
        raise Refused(f"The passphrase must have {SHORTEST} characters or more. Three or four unrelated words do well.")
    forms = {re.sub(r"[\W\d_]", "", text) for text in (passphrase.casefold(), passphrase.casefold().translate(_SWAPS))}
    plain = re.sub(r"[\W_]", "", passphrase.casefold())
    if len(set(plain)) < 5 or _is_run(plain) or any(_is_made_of(form, common_words()) for form in forms):
        raise Refused("This passphrase is one of the first that would be guessed. Take three or four unrelated words.")
    words = {word for phrase in context for word in re.findall(r"[a-z]{3,}", phrase.casefold())}
    if words and any(_is_made_of(form, words | common_words()) for form in forms):
        raise Refused("This passphrase is made of the names of the workspace and its people. Take three or four unrelated words.")


@cache
def common_words() -> frozenset[str]:
    """The words and phrases that guessers begin with."""
    return frozenset(resource("common_passphrases.txt").read_text(encoding="utf-8").split())


def _is_run(text: str) -> bool:
    """Whether it only counts up, counts down, or walks along the keyboard."""
    rows = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")
    pairs = {row[place : place + 2] for row in rows for place in range(len(row) - 1)}
    pairs |= {pair[::-1] for pair in pairs}
    steps = [text[place : place + 2] in pairs for place in range(len(text) - 1)]
    return bool(steps) and sum(steps) >= len(steps) * 0.7


def _is_made_of(text: str, words: Iterable[str]) -> bool:
    """Whether at most two of the words, each as often as you like, and little else, make up the text."""
    used = [word for word in words if len(word) > 2 and word in text]
    for first in used:
        rest = text.replace(first, "")
        if len(rest) <= 2 or any(len(rest.replace(second, "")) <= 2 for second in used):
            return True
    return False
