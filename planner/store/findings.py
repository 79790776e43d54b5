"""What `planner check` and a merge report: one finding, in a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: a code, the table and row it concerns, and a sentence."""

    code: str
    table: str
    row: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence
