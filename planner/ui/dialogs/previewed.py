"""A form whose choice is looked at before it is made: what would change is worked out on a thread and stands beneath."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from planner.actions.policies import tried
from planner.core.errors import PlannerError, Refused
from planner.core.records import Team
from planner.ui.background import is_alive
from planner.ui.dialogs.fields import ChoiceField, Field
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import RING
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

WIDTH = 760
PAUSE_MS = 150
TABLE_ROWS = 8
WORKING = "Working out what would change."


@dataclass(frozen=True)
class Choice:
    """What the dialog would do: the step's name, what is said of it, the action with what it takes, from when, for whom."""

    title: str
    said: str
    action: Callable[..., Any]
    args: tuple[Any, ...]
    start: date
    team_ids: tuple[str, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)


Effects = Callable[["Outlook", Any, date, tuple[str, ...]], Any]
"""Works out what follows from an outlook, the later snapshot, the day and the teams."""


class Previewed(Form):
    """A subclass says in `choice` what it would do, in `effects` how to work out what follows, and shows it in `show_effects`.

    `choice` raises Refused, or Wrong with its field, where the fields as they stand come to nothing; `show_effects`
    answers the sentence, the columns and the rows of what was worked out.
    """

    choice: Callable[[], Choice]
    effects: Callable[[], Effects]
    show_effects: Callable[[Any], tuple[str, Sequence[Column], Sequence[Any]]]

    def __init__(self, desk: "Desk", title: str, verb: str, subject: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, title, verb, subject, WIDTH, parent)
        self.finding = Words("", "strong")
        self.details = Words("", "body", "muted")
        self.warnings = Words("", "body", "warning")
        self.model = RowsModel(())
        self.table = RowsView(self.model, "What would change", "row_compact")
        self._run = 0
        self._looked_at: Choice | None = None
        self._against = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.look)

    # For subclasses

    def watch(self, *fields: Field) -> None:
        """Look again whenever one of these fields changes."""
        for one in fields:
            one.changed.connect(self._on_field_changed)

    def add_preview(self, in_view: bool = False) -> None:
        """The part beneath the fields where the effects stand; the sentence stays `in_view` above the buttons of a long form."""
        for part in (self.finding, self.details, self.warnings, self.table):
            self.body.addWidget(part)
        for words in (self.finding, self.details) if in_view else ():
            words.setContentsMargins(RING, 0, RING, 0)
            self._outer.insertWidget(self._outer.indexOf(self.trouble), words)
        self.table.setFixedHeight(TABLE_ROWS * self.table.verticalHeader().defaultSectionSize())
        self.table.hide()
        self.warnings.hide()
        self.body.addStretch(1)

    def team_field(self) -> ChoiceField:
        """For all teams, or for one."""
        teams = sorted(self.desk.workspace.snapshot.all(Team).values(), key=lambda team: team.name)
        return ChoiceField("For", {"": "All teams", **{team.id: team.name for team in teams}})

    # Looking

    @property
    def is_looked_at(self) -> bool:
        """Whether what stands beneath the fields is of the choice as it is now."""
        return self._looked_at is not None

    def look(self) -> None:
        """Work out what the choice would change."""
        self._run += 1
        self._looked_at, self._against = None, ""
        outlook, person = self.desk.outlook, self.desk.workspace.person
        assert outlook is not None
        try:
            chosen = self.choice()
        except Refused as refused:
            self._show_nothing(refused.sentence)
            return
        self._show_nothing(WORKING)
        self.desk.run_in_background(
            partial(_worked_out, outlook, self.desk.workspace.snapshot, person, chosen, self.effects()),
            then=partial(_if_current, self, self._run, partial(self._on_effects_found, chosen)),
            failed=partial(_if_current, self, self._run, self._on_effects_failed),
        )

    def act(self) -> None:
        """Do it, once what follows from it stands there to be seen; what was found against it is said again."""
        chosen = self.choice()
        if self._against:
            self.details.say("")
            raise Refused(self._against)
        if self._looked_at is None:
            raise Refused("What this changes is still being worked out. Look at it first, then press again. Nothing was changed.")
        self.perform(chosen.title, chosen.action, *chosen.args, said=chosen.said, **chosen.kwargs)

    def _show_nothing(self, sentence: str) -> None:
        self.finding.say("")
        self.details.say(sentence)
        self.warnings.say("")
        self.table.hide()

    def _on_field_changed(self) -> None:
        self._looked_at, self._against = None, ""
        self._timer.start()

    def _on_effects_found(self, chosen: Choice, found: Any) -> None:
        self._looked_at = chosen
        self.details.say("")
        self.warnings.say("")
        sentence, columns, rows = self.show_effects(found)
        self.finding.say(sentence)
        self.model.set_columns(columns)
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.table.fit_columns()
        announce(self, sentence)

    def _on_effects_failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, PlannerError):
            raise trouble
        self._against = trouble.sentence
        self._show_nothing(trouble.sentence)


def _worked_out(outlook: "Outlook", snapshot: Any, person: Any, chosen: Choice, effects: Callable[..., Any]) -> Any:
    """Try the action on the snapshot and work out what follows; called on a thread."""
    later = tried(snapshot, outlook.today, person, chosen.action, *chosen.args, **chosen.kwargs)
    return effects(outlook, later, chosen.start, chosen.team_ids)


def _if_current(dialog: Previewed, run: int, then: Callable[[Any], Any], result: Any) -> None:
    """Pass a result on unless the dialog is gone, or looks at something newer."""
    if is_alive(dialog) and run == dialog._run:
        then(result)
