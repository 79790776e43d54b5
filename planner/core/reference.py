"""What comes with the product and is not the workspace's: policies, workload schemes and the working calendar, as read."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.core.policy import RuleSet
from planner.core.working_days import WorkingCalendar
from planner.core.workload import Scheme


@dataclass(frozen=True, slots=True)
class Reference:
    """The shipped visiting policies and schemes by id, and the calendar of England."""

    policies: Mapping[str, RuleSet]
    schemes: Mapping[str, Scheme]
    calendar: WorkingCalendar
