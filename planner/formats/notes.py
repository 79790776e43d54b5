"""What a reader has to say while it reads: problems with their place, questions, and what was assumed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from planner.core.found import Problem, Question
from planner.formats.corrections import CORRECTED
from planner.formats.labels import LabelSet
from planner.formats.sheets import Sheet, column_letter
from planner.formats.words import folded, tidied

VALUE_SHOWN = 60
"""How many characters of a cell's value a problem shows."""


@dataclass(slots=True)
class Notes:
    """Collects problems and questions; `answers` are what a person said to the questions of an earlier reading."""

    answers: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    assumed: Counter[str] = field(default_factory=Counter)
    unread: set[tuple[str, int, str]] = field(default_factory=set)
    """Sheet, row and key of each date that was told to be unreadable, so that nothing says of it that it is missing."""

    def problem(
        self,
        sheet: Sheet,
        code: str,
        message: str,
        outcome: str,
        *,
        row: int | None = None,
        column: int | None = None,
        heading: str = "",
        value: object = "",
    ) -> None:
        """Note a problem; `row` is the spreadsheet's number, `column` counts from 0."""
        letter = "" if column is None else column_letter(column)
        shown = tidied(str(value))[:VALUE_SHOWN]
        self.problems.append(
            Problem(
                file=sheet.file,
                sheet=sheet.name,
                row=row,
                column=letter,
                heading=tidied(heading),
                value=shown,
                code=code,
                message=message,
                outcome=outcome,
            )
        )

    def corrected(self, cells: int) -> None:
        """Note how many cells of a sheet a person corrected on the way in."""
        if cells:
            self.assumed[CORRECTED] += cells

    def asked(self, question: Question) -> str:
        """The answer to a question, or its default where none was given; the question is kept while it has no answer."""
        answer = self.answers.get(question.key)
        if answer is not None:
            return answer
        known = self.questions.get(question.key)
        self.questions[question.key] = question if known is None else replace(known, rows=known.rows + question.rows)
        return question.default

    def label_asked(self, labels: LabelSet, title: str, value: str) -> str:
        """The code a person gave for a label, or an empty string with the question noted."""
        return self.asked(
            Question(
                key=f"label:{labels.name}:{folded(value)}",
                heading=title,
                value=tidied(value)[:VALUE_SHOWN],
                message=f"What does “{tidied(value)[:VALUE_SHOWN]}” mean under {title}?",
                options=labels.options,
            )
        )

    def is_answered(self, labels: LabelSet, value: str) -> bool:
        """Whether a person has said what a label means."""
        return f"label:{labels.name}:{folded(value)}" in self.answers
