"""A passphrase made for a person: four invented words that can be said and remembered."""

from collections.abc import Callable, Sequence

WORDS = 4
_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
RULES = "12 characters or more. Four unrelated words do well; capitals and symbols are not needed."


def made_passphrase(choice: Callable[[Sequence[str]], str]) -> str:
    """Words such as `tolib-manuk-feris-gadop`; `choice` picks one of a sequence by good chance. About 64 bits."""
    return "-".join("".join(choice(letters) for letters in _shape()) for _ in range(WORDS))


def _shape() -> tuple[str, ...]:
    return (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS)
