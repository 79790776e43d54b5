"""The story of what is overdue: why, what is being done, by whom and by when."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.decisions import write_story
from planner.core.date_words import list_date
from planner.core.records import Child, Story
from planner.core.stories import stories_of
from planner.ui.case_words import due_day, status_words
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.question import Draft, Question, Wrong, discreet, read
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.core.obligations import Obligation
    from planner.ui.desk import Desk


class StoryDialog(Question):
    """Writes the story of one overdue obligation of a child."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._child, self._words = child, discreet(child)
        super().__init__(desk, f"Why is it late? {self._words}", "Keep the story", child_id, width=640, parent=parent)
        self.duty = ChoiceField("What is overdue", {one.id: self._duty_words(one) for one in overdue(desk, child_id)})
        self.why = TextField("Why", "The reason as it will be read in meetings; no names.")
        self.doing = TextField("What is being done", "May be left empty.")
        self.owner = TextField("By whom", "May be left empty.")
        self.by = DayField(desk, "By when, if there is a day", check=self._against_by)
        self.before = Words("", "small", "muted")
        for field in (self.duty, self.why, self.doing, self.owner, self.by):
            self.add(field)
        self.body.insertWidget(1, self.before)
        self.body.addStretch(1)
        self.duty.changed.connect(self._on_duty_changed)
        self._on_duty_changed()
        self.why.edit.setFocus()

    def _duty_words(self, owed: "Obligation") -> str:
        outlook = self.desk.outlook
        assert outlook is not None
        rule, day = outlook.rule_of(owed), due_day(owed)
        due = f", due {list_date(day, outlook.on)}" if day else ""
        return f"{rule.title}{due}, {status_words(owed, outlook.on)}"

    def _against_by(self, day: date) -> str:
        return "" if day >= self.desk.today else "Enter a day to act by, from today on."

    def act(self) -> None:
        """Keep the story."""
        if not self.duty.value:
            raise Wrong(self.duty, "Nothing is overdue for this child.")
        if not self.why.text:
            raise Wrong(self.why, "Say why it is late.")
        self.perform(
            f"Write the story of {self._words}",
            write_story,
            self._child.id,
            self.duty.value,
            why=self.why.text,
            doing=self.doing.text,
            owner=self.owner.text,
            by=read(self.by, lambda: self.by.day) if self.by.is_filled else None,
            said=f"Kept the story of {self._words}",
        )

    def draft(self) -> Draft:
        """What stands in the fields."""
        typed = [field.text for field in (self.why, self.doing, self.owner)]
        return {"duty": self.duty.value, "typed": typed, "by": self.by.known_day()}

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        self.duty.choose(draft["duty"])
        for field, text in zip((self.why, self.doing, self.owner), draft["typed"], strict=True):
            field.edit.setText(text)
        self.by.set_day(draft["by"])

    def _on_duty_changed(self) -> None:
        """Start from the story there is, and say how long it has been carried."""
        outlook = self.desk.outlook
        assert outlook is not None
        told = stories_of(self.desk.workspace.snapshot, self.duty.value, outlook.on)
        story = told[-1] if told else Story(id="")
        self.why.edit.setText(story.why)
        self.doing.edit.setText(story.action)
        self.owner.edit.setText(story.owner)
        passed = story.by is not None and story.by < self.desk.today
        self.by.set_day(None if passed else story.by)
        self.before.say(_before_words(told, outlook.on))


def _before_words(told: tuple[Story, ...], on: date) -> str:
    """Since when the story is told, and that the day it named has passed; nothing where none was written."""
    if not told:
        return ""
    story, first = told[-1], told[0].written_on or on
    said = [f"Written {list_date(story.written_on, on)}"]
    if len(told) > 1:
        said.append(f"Carried on since {list_date(first, on)}")
    if story.by is not None and story.by < on:
        said.append(f"It was to be done by {list_date(story.by, on)}, which has passed: enter another day")
    return ". ".join(said) + ". Keeping it carries it on from today."


def overdue(desk: "Desk", child_id: str) -> list["Obligation"]:
    """What is overdue for a child on the day looked at."""
    return [one for one in desk.outlook.owed_to(child_id) if one.state == "overdue"] if desk.outlook is not None else []
