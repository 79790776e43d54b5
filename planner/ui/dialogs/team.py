"""The teams of this workspace: a new one, or what one that is here is called, who manages it and what its work is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.people import keep_team
from planner.core.records import Team
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Wrong

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class TeamDialog(Form):
    """Adds a team, or changes one."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Which teams are here?", "Save", "", parent=parent)
        self._known = desk.workspace.snapshot.all(Team)
        by_name = sorted(self._known.values(), key=lambda team: (team.name.casefold(), team.id))
        self.team = ChoiceField("Team", {"": "A new team"} | {team.id: team.name for team in by_name})
        self.name = TextField("Name", "As it stands on the screen and on every sheet.")
        self.manager = TextField("Team manager", "Printed on sheets. May be left empty.")
        self.work = TextField("What its work is", "Agreed transfer points go by it. May be left empty.", "assessment")
        for field in (self.team, self.name, self.manager, self.work):
            self.add(field)
        self.remark("An import finds a team by its name: call it here as the case system does.")
        self.body.addStretch(1)
        self.team.changed.connect(self._on_team_changed)
        self._on_team_changed()

    def act(self) -> None:
        """Keep it, as one step."""
        name, team_id = self.name.text, self.team.value
        if not name:
            raise Wrong(self.name, "Type a name.")
        self.perform(
            f"{'Change' if team_id else 'Add'} the team {name}",
            keep_team,
            name,
            self.manager.text,
            self.work.text,
            team_id=team_id,
            said=f"{name} is kept",
        )

    def _on_team_changed(self) -> None:
        known = self._known.get(self.team.value, Team(id=""))
        self.name.edit.setText(known.name)
        self.manager.edit.setText(known.manager)
        self.work.edit.setText(known.function)
