"""One child of a visit: seen alone, seen with others, or not seen and why; bedroom seen or not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QWidget

from planner.actions.visits import SeenAs
from planner.ui.dialogs.fields import ChoiceField, Field
from planner.ui.dialogs.visit_words import BEDROOM, NOT_ALONE, NOT_SEEN, TOLD
from planner.ui.widgets.choice import Choice

OUTCOMES = {
    "": "Choose",
    "alone": "Seen alone",
    "not alone": "Seen, not alone",
    "seen": "Seen, not said whether alone",
    "not seen": "Not seen",
}
LEFT_OUT = {"out": "Not part of this visit"}


class ReasonField(Field):
    """A reason, typed or chosen from the commonest."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self.box = Choice()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        super().__init__(label, self.box, "", parent)
        self.box.view().setAccessibleName(label)
        self.box.editTextChanged.connect(self.changed)

    @property
    def text(self) -> str:
        """The reason, without space around it."""
        return self.box.currentText().strip()

    def offer(self, label: str, reasons: tuple[str, ...], child: str) -> None:
        """Ask for another kind of reason; what was typed stays."""
        typed = self.box.currentText()
        self.label.setText(label)
        self.box.setAccessibleName(f"{child}: {label.lower()}")
        self.box.clear()
        self.box.addItems(list(reasons))
        self.box.setEditText(typed)


class ChildOutcome(QFrame):
    """The fields of one child of a visit. A child who was not the one asked about can be left out."""

    changed = Signal()

    def __init__(self, child_id: str, words: str, *, can_be_left_out: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.child_id = child_id
        self.outcome = ChoiceField(words, OUTCOMES | (LEFT_OUT if can_be_left_out else {}))
        self.reason = ReasonField("Why not")
        self.bedroom = ChoiceField("Bedroom", BEDROOM)
        self.call(words)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(4)
        layout.addWidget(self.outcome, 0, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.reason, 0, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.bedroom, 1, 0)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 1)
        self.outcome.changed.connect(self._on_outcome_changed)
        self.reason.changed.connect(self.changed)
        self._on_outcome_changed()

    def call(self, words: str) -> None:
        """Call the child so."""
        self.words = words
        self.outcome.label.setText(words)
        self.outcome.box.view().setAccessibleName(words)
        self.outcome.box.setAccessibleName(f"{words}: outcome")
        self.bedroom.box.setAccessibleName(f"{words}: bedroom")

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that can be wrong."""
        return self.outcome, self.reason, self.bedroom

    @property
    def is_left_out(self) -> bool:
        """Whether this child was no part of the visit."""
        return self.outcome.value == "out"

    @property
    def is_chosen(self) -> bool:
        """Whether anything was said of this child."""
        return bool(self.outcome.value)

    def seen_as(self) -> SeenAs:
        """How the child was seen, or why not."""
        value, reason = self.outcome.value, self.reason.text
        return SeenAs(
            seen=value != "not seen",
            seen_alone={"alone": True, "not alone": False}.get(value),
            not_seen_reason=reason if value == "not seen" else "",
            not_alone_reason=reason if value == "not alone" else "",
            bedroom_seen=TOLD.get(self.bedroom.value) if value != "not seen" else None,
        )

    def draft(self) -> tuple[str, str, str]:
        """What stands in the fields."""
        return self.outcome.value, self.reason.text, self.bedroom.value

    def restore(self, draft: tuple[str, str, str]) -> None:
        """Put it back."""
        self.outcome.choose(draft[0])
        self.reason.box.setEditText(draft[1])
        self.bedroom.choose(draft[2])

    def _on_outcome_changed(self) -> None:
        value = self.outcome.value
        self.outcome.show_trouble("")
        self.reason.show_trouble("")
        self.reason.setVisible(value in ("not alone", "not seen"))
        self.bedroom.setVisible(value in ("alone", "not alone", "seen"))
        if value == "not seen":
            self.reason.offer("Why not seen", NOT_SEEN, self.words)
        elif value == "not alone":
            self.reason.offer("Why not alone (may be left empty)", NOT_ALONE, self.words)
        self.changed.emit()
