"""The field that says whether a thing is done for one child or for the open cases of its whole household."""

from typing import TYPE_CHECKING

from planner.core.records import Child
from planner.core.transfers import household_cases
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.wording import child_words, count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ALL = "all"


class HouseholdField(ChoiceField):
    """`Only C10432 – A.B.`, or all of the household with an open case; hidden where there is nobody else."""

    def __init__(self, desk: "Desk", child: Child) -> None:
        outlook = desk.outlook
        case = outlook.open_case(child.id) if outlook is not None else None
        cases = household_cases(outlook, case) if outlook is not None and case is not None else ()
        self.child_ids = tuple(one.child.id for one in cases) or (child.id,)
        named = ", ".join(child_words(one.child) for one in cases)
        everyone = f"The household, {count_words(len(cases), 'child', 'children')}: {named}"
        super().__init__("For", {ALL: everyone, "": f"Only {child_words(child)}"} if len(cases) > 1 else {"": child_words(child)})
        self.setVisible(len(cases) > 1)

    @property
    def chosen_ids(self) -> tuple[str, ...]:
        """The children it is done for, the one asked about first."""
        return self.child_ids if self.value == ALL else self.child_ids[:1]


def children_words(children: list[Child]) -> str:
    """`C10432 – A.B.`, or how many children: for the names of steps."""
    return child_words(children[0]) if len(children) == 1 else count_words(len(children), "child", "children")
