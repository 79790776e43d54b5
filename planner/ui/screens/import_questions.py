"""The questions a file leaves open, each with its choice; nothing is chosen beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner.actions.import_people import Namesake
from planner.core.found import Question
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.choice import Choice
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

NOT_SAID = "Not said"
ROWS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """One question as the page puts it; `key` is what its answer goes by, `must` that nothing is imported before it."""

    key: str
    sentence: str
    options: tuple[tuple[str, str], ...]
    must: bool = False


def asks(questions: Iterable[Question], namesakes: Iterable[Namesake], team_names: dict[str, str]) -> tuple[Ask, ...]:
    """The questions of the reading, and those about workers' names."""
    found = [_of_question(question) for question in questions]
    for namesake in namesakes:
        here = tuple(
            (f"{worker.id}", f"{worker.name}, {team_names.get(worker.team_id, 'no team')}") for worker in namesake.candidates
        )
        sentence = f"Who is {namesake.name} of {namesake.team or 'no team'}?"
        found.append(Ask(f"worker:{namesake.name}:{namesake.team}", sentence, (("", "Somebody new"), *here)))
    return tuple(found)


def _of_question(question: Question) -> Ask:
    rows = f" ({count_words(question.rows, 'row')})" if not question.default else ""
    return Ask(question.key, question.message + rows, question.options, must=bool(question.default))


class QuestionsPanel(QFrame):
    """The questions under one another, with one button that uses the answers."""

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asks: tuple[Ask, ...] = ()
        self.choices: dict[str, Choice] = {}
        self.heading = Words(role="section")
        self.use = Button("Use these answers", self._on_use_pressed, small=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._area)
        theme_changes.changed.connect(self._fit)
        self.hide()

    def show_asks(self, asked: tuple[Ask, ...]) -> None:
        """Show questions; answers given already to the same ones stay."""
        kept = self.answers()
        self.asks = asked
        self.choices = {}
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for place, ask in enumerate(asked):
            self._add_row(grid, place, ask, kept.get(ask.key))
        grid.setRowStretch(len(asked), 1)
        self._area.setWidget(inner)
        self.heading.setText(f"{count_words(len(asked), 'question')} to settle")
        self.setVisible(bool(asked))
        self._fit()

    def answers(self) -> dict[str, str]:
        """What was chosen, by the questions' keys."""
        return {key: box.currentData() for key, box in self.choices.items() if box.currentData() is not None}

    def unsettled(self) -> tuple[Ask, ...]:
        """Questions that must be settled before anything is imported and that have no answer yet."""
        return tuple(ask for ask in self.asks if ask.must)

    def _add_row(self, grid: QGridLayout, place: int, ask: Ask, chosen: str | None) -> None:
        box = Choice()
        box.addItem(NOT_SAID, None)
        for value, title in ask.options:
            box.addItem(title, value)
        box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
        box.setAccessibleName(ask.sentence)
        box.setMinimumContentsLength(18)
        sentence = Words(ask.sentence)
        sentence.setBuddy(box)
        grid.addWidget(sentence, place, 0)
        grid.addWidget(box, place, 1)
        self.choices[ask.key] = box

    def _fit(self) -> None:
        row = current_theme().size("control_height") + 4
        self._area.setFixedHeight(row * min(max(len(self.asks), 1), ROWS_SHOWN) + 8)

    def _on_use_pressed(self) -> None:
        self.answered.emit(self.answers())
