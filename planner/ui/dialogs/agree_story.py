"""Agree the story of what is overdue: as it stands, with how it was told before; or write another."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.decisions import agree_story
from planner.core.date_words import list_date
from planner.core.stories import stories_of
from planner.ui.case_words import status_words
from planner.ui.dialogs.form import Form, MaybeDay
from planner.ui.dialogs.question import discreet, read
from planner.ui.dialogs.story import StoryDialog
from planner.ui.queue_words import age_words, story_words
from planner.ui.widgets.button import Button

if TYPE_CHECKING:
    from planner.core.stories import Told
    from planner.ui.desk import Desk


class AgreeStoryDialog(Form):
    """Shows a story whole, and the ones before it; its button agrees it."""

    def __init__(self, desk: "Desk", told: "Told", parent: QWidget | None = None) -> None:
        outlook = desk.outlook
        assert outlook is not None
        self._told, self._words = told, discreet(told.case.child)
        super().__init__(desk, f"Agree the story of {self._words}?", "Agree it", told.obligation.id, 640, parent)
        rule = outlook.rule_of(told.obligation)
        self.remark(f"{rule.title or rule.id}: {status_words(told.obligation, outlook.on)}.")
        self.remark(f"{story_words(told.story, outlook.on)}.", tone="")
        written = f"Written {list_date(told.story.written_on, outlook.on)}"
        self.remark(". ".join(part for part in (written, age_words(told)) if part) + ".")
        for story in reversed(stories_of(outlook.snapshot, told.obligation.id, outlook.on)[:-1]):
            self.remark(f"{list_date(story.written_on, outlook.on)}: {story_words(story, story.written_on or outlook.on)}.")
        self.by = MaybeDay(desk, "To be done by", None if told.is_promise_past else told.story.by)
        self.add(self.by)
        self.body.addWidget(Button("Write another story instead", self._on_other_asked, kind="link"))
        self.body.addStretch(1)

    def act(self) -> None:
        """Agree it, to be done by the day that stands there."""
        title = f"Agree the story of {self._words}"
        day = read(self.by, lambda: self.by.day_or_none)
        self.perform(title, agree_story, self._told.obligation.id, day, said=f"Agreed the story of {self._words}")

    def _on_other_asked(self) -> None:
        dialog = StoryDialog(self.desk, self._told.case.child.id, self.parentWidget())
        dialog.duty.choose(self._told.obligation.id)
        self.reject()
        dialog.show_up()
