"""Who holds a child nobody is allocated to yet, until somebody is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.families import name_meanwhile
from planner.core.comparing import waiting_families
from planner.core.records import Child
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import discreet

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NOBODY = "Nobody named"
USUAL = ("Duty worker", "Team manager", "Sending worker")


class MeanwhileDialog(Form):
    """Names the duty worker, the manager or anybody else, for one child or for all of the family who wait."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._words = discreet(child)
        super().__init__(desk, f"Who holds {self._words} until there is a worker?", "Save", child_id, parent=parent)
        outlook = desk.outlook
        families = waiting_families(outlook) if outlook is not None else ()
        waiting = [tuple(one.child.id for one in family.children) for family in families]
        self._family = next((ids for ids in waiting if child_id in ids), (child_id,))
        case = desk.workspace.snapshot.case(child_id, desk.on)
        now = case.held_meanwhile if case is not None else ""
        names = (*filter(None, (now,)), *USUAL, *(worker.name for worker in (outlook.workers if outlook is not None else ())))
        self.who = ChoiceField("Meanwhile", {"": NOBODY} | {name: name for name in names})
        self.who.choose(now)
        self.other = TextField("Somebody else", "May be left empty; it stands in place of the choice above.")
        self.whose = ChoiceField("For", {"": self._words, "all": f"All {len(self._family)} of the family who wait"})
        self.add(self.who)
        self.add(self.other)
        if len(self._family) > 1:
            self.whose.choose("all")
            self.add(self.whose)
        self._child_id = child_id
        self.body.addStretch(1)

    def act(self) -> None:
        """Keep it."""
        holder = self.other.text or self.who.value
        children = self._family if self.whose.value else (self._child_id,)
        whose = self._words if len(children) == 1 else f"{len(children)} children"
        said = f"{holder} holds {whose} meanwhile" if holder else f"Nobody is named to hold {whose} meanwhile"
        self.perform(f"Say who holds {whose} meanwhile", name_meanwhile, children, holder, self.desk.on, said=said)
