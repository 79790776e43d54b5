"""Who works in this workspace: someone new, or what is known of somebody who is here."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.people import ROLES, keep_person
from planner.core.records import Person, Team
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Wrong
from planner.ui.dialogs.ticks_field import TicksField

if TYPE_CHECKING:
    from planner.ui.desk import Desk

CO_ORDINATOR = "project co-ordinator"
HERE = {"": "Works here", "left": "Has left, and signs in no more"}


class PersonDialog(Form):
    """Adds a person who then can choose themselves at the start, or changes one."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Who works here?", "Save", "", parent=parent)
        snapshot = desk.workspace.snapshot
        self._known = snapshot.all(Person)
        by_name = sorted(self._known.values(), key=lambda person: (person.has_left, person.name.casefold(), person.id))
        offer = {person.id: f"{person.name}, has left" if person.has_left else person.name for person in by_name}
        teams = sorted(snapshot.all(Team).values(), key=lambda team: (team.name.casefold(), team.id))
        self.person = ChoiceField("Person", {"": "Somebody new"} | offer)
        self.name = TextField("Name", "As it stands beside what they enter.")
        self.role = ChoiceField("Role", {role: role[:1].upper() + role[1:] for role in ROLES}, "Only managers decide.")
        self.here = ChoiceField("Now", HERE)
        self.teams = TicksField("Teams", {team.id: team.name for team in teams}, "None ticked: all of them.")
        self.add(self.person)
        self.add(self.name)
        self.add_row(self.role, self.here)
        self.add(self.teams)
        self.remark("Everybody opens the workspace with the same passphrase, and then says who is working.")
        self.body.addStretch(1)
        self.person.changed.connect(self._on_person_changed)
        self._on_person_changed()

    def act(self) -> None:
        """Keep it, as one step."""
        name, person_id = self.name.text, self.person.value
        if not name:
            raise Wrong(self.name, "Type a name.")
        self.perform(
            f"{'Change' if person_id else 'Add'} {name}",
            keep_person,
            name,
            self.role.value,
            self.teams.chosen,
            has_left=bool(self.here.value),
            person_id=person_id,
            said=f"{name} has left" if self.here.value else f"{name} can sign in as {self.role.value}",
        )

    def _on_person_changed(self) -> None:
        known = self._known.get(self.person.value, Person(id="", role=CO_ORDINATOR))
        self.name.edit.setText(known.name)
        self.role.choose(known.role)
        self.teams.choose(known.team_ids)
        self.here.choose("left" if known.has_left else "")
        self.here.setVisible(bool(known.id))
