"""The figures of an outlook that are about the flow of work: what waits for the manager, stories, suspensions, gaps to chase."""

from functools import cached_property
from typing import TYPE_CHECKING, cast

from planner.core.chase import Gap, gaps, gaps_to_chase
from planner.core.closing import ReadyToClose, closures_to_authorise, ready_to_close
from planner.core.intake import IntakeRow, UnderContract, came_in, open_cases
from planner.core.manager_queue import ToDecide, manager_queue
from planner.core.outlook_rows import CaseDue
from planner.core.stories import (
    Suspended,
    Told,
    overdue_duties,
    overdue_without_story,
    stories_to_carry,
    suspended_clocks,
    told_stories,
)
from planner.core.transfers import ToMove, to_move, transfers_to_decide

if TYPE_CHECKING:
    from planner.core.outlook import Outlook


class FlowFigures:
    """Part of `Outlook`: each figure is worked out by its module when first asked for, then kept."""

    @property
    def _outlook(self) -> "Outlook":
        return cast("Outlook", self)

    @cached_property
    def manager_queue(self) -> tuple[ToDecide, ...]:
        """All that waits for the manager, in order of need."""
        return manager_queue(self._outlook)

    @cached_property
    def overdue_duties(self) -> tuple[CaseDue, ...]:
        """Everything overdue that a story is told of, latest first."""
        return overdue_duties(self._outlook)

    @cached_property
    def told_stories(self) -> tuple[Told, ...]:
        """The stories of what is overdue, in order of what is latest."""
        return told_stories(self._outlook)

    @cached_property
    def stories_to_carry(self) -> tuple[Told, ...]:
        """Stories last told in an earlier week, whose duty is still overdue."""
        return stories_to_carry(self._outlook)

    @cached_property
    def overdue_without_story(self) -> tuple[CaseDue, ...]:
        """What is overdue and nobody has said why."""
        return overdue_without_story(self._outlook)

    @cached_property
    def suspended_clocks(self) -> tuple[Suspended, ...]:
        """Clocks that do not run by a manager's decision."""
        return suspended_clocks(self._outlook)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What is late, missing or not yet in the case system, by worker, nobody's last."""
        return gaps(self._outlook)

    @cached_property
    def gaps_to_chase(self) -> tuple[Gap, ...]:
        """What of it is to be asked for on the day."""
        return gaps_to_chase(self._outlook)

    @cached_property
    def to_move(self) -> tuple[ToMove, ...]:
        """All that is to move at an agreed point, by week."""
        return to_move(self._outlook)

    @cached_property
    def transfers_to_decide(self) -> tuple[ToMove, ...]:
        """Planned transfers whose day has come: accepted or returned by the receiving team."""
        return transfers_to_decide(self._outlook)

    @cached_property
    def ready_to_close(self) -> tuple[ReadyToClose, ...]:
        """Every case marked ready to close, longest stuck first."""
        return ready_to_close(self._outlook)

    @cached_property
    def closures_to_authorise(self) -> tuple[ReadyToClose, ...]:
        """What of it waits for the manager, in order of readiness."""
        return closures_to_authorise(self._outlook)

    @cached_property
    def came_in(self) -> tuple[IntakeRow, ...]:
        """Every child referred, or passed to a team another way, earliest received first."""
        return came_in(self._outlook)

    @cached_property
    def under_contract(self) -> tuple[UnderContract, ...]:
        """Every open case, of all teams: what the contract's cap counts."""
        return open_cases(self._outlook.snapshot, self._outlook.on)
