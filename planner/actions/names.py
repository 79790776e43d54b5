"""Names or initials: whether children's names are kept, and which of the two the screens begin with."""

from dataclasses import replace

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.flow_records import Referral
from planner.core.records import Child, Setting
from planner.core.workspace_settings import NAMES_ALLOWED, NAMES_FIRST

INITIALS, ASKED, NAMES = "initials", "asked", "names"


def choose_names(step: Step, choice: str) -> None:
    """Keep no names (`initials`), show them when asked for (`asked`), or until initials are asked for (`names`).

    Where none are kept, those that are here are taken out, though the journal holds them until they are purged. Raises
    Refused for any other choice.
    """
    if choice not in (INITIALS, ASKED, NAMES):
        raise Refused("Choose names or initials. Nothing was changed.")
    step.put(Setting(id=NAMES_ALLOWED, value="no" if choice == INITIALS else "yes"))
    step.put(Setting(id=NAMES_FIRST, value="yes" if choice == NAMES else "no"))
    if choice == INITIALS:
        for child in step.snapshot.all(Child).values():
            if child.name:
                step.put(replace(child, name=""))
        for referral in step.snapshot.all(Referral).values():
            if referral.name:
                step.put(replace(referral, name=""))
