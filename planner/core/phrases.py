"""Words as they stand within a sentence."""


def lower_first(words: str) -> str:
    """The words with a small letter first; an abbreviation, `ASYE study day`, stays as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
