"""Who may lead which children, as a table of stages and roles against kinds of case, and what the council itself says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.core.codes import PLANS
from planner.core.coming_changes import STAGES
from planner.core.holding import HoldingRule, rules_against
from planner.core.holding_layers import COURT, MAY, MAY_NOT, speaks_of
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Worker
from planner.core.snapshot import Snapshot

BESIDE = ("co-worker", "lead child protection practitioner")
"""The roles in which another worker can be asked to stand beside."""
KINDS = (*PLANS, COURT)
ALWAYS_STAGES = ("asye", "nqsw")


@dataclass(frozen=True, slots=True)
class Who:
    """A row of the table: the workers of a stage of career, or of a role."""

    stage: str = ""
    role: str = ""

    @property
    def words(self) -> str:
        """`ASYE`, `Family help lead practitioner`."""
        return STAGES.get(self.stage, self.stage.capitalize()) if self.stage else f"{self.role[:1].upper()}{self.role[1:]}"


def table_rows(rules: Iterable[HoldingRule], workers: Iterable[Worker]) -> tuple[Who, ...]:
    """The stages and roles of the workers here, and those a rule names; stages first, the experienced left out."""
    rules, workers = tuple(rules), tuple(workers)
    stages = dict.fromkeys((*ALWAYS_STAGES, *sorted({worker.stage.lower() for worker in workers} - {"", "experienced"})))
    roles = dict.fromkeys(sorted({worker.role.lower() for worker in workers} - {""}))
    for rule in rules:
        stages |= dict.fromkeys(sorted(rule.stages))
        roles |= dict.fromkeys(sorted(rule.roles))
    return (*(Who(stage=stage) for stage in stages), *(Who(role=role) for role in roles))


def cell(rules: Iterable[HoldingRule], who: Who, kind: str, on: date) -> str:
    """What holds on the day for these workers and a kind of case: `may`, the role that must stand beside, or `may not`."""
    said = [rule.unless or MAY_NOT for rule in rules if rule.holds(on) and speaks_of(rule, who.stage, who.role, kind)]
    return MAY_NOT if MAY_NOT in said else said[0] if said else MAY


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """A child led by a worker who may not, with the rules that say so."""

    case: OpenCase
    rules: tuple[HoldingRule, ...]


def held_against(outlook: Outlook) -> tuple[HeldAgainst, ...]:
    """The children of the teams looked at who are led by someone who may not lead them on the day."""
    found = []
    for case in outlook.cases:
        if case.worker is not None:
            rules = outlook.policy(case.worker.team_id).holding
            against = rules_against(outlook.snapshot, rules, case.worker, case.child.id, outlook.on)
            if against:
                found.append(HeldAgainst(case, against))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class HoldingChange:
    """A child led against the rules before or after a change; none on one side where it is in order there."""

    case: OpenCase
    before: tuple[HoldingRule, ...]
    after: tuple[HoldingRule, ...]


@dataclass(frozen=True, slots=True)
class HoldingEffects:
    """Who would hold what they may not, and who no longer, on the day a change begins."""

    on: date
    changes: tuple[HoldingChange, ...]

    @property
    def against(self) -> int:
        """How many children would be led by someone who may not."""
        return sum(bool(change.after) for change in self.changes)

    @property
    def newly(self) -> int:
        """How many of them are in order now."""
        return sum(bool(change.after) and not change.before for change in self.changes)

    @property
    def settled(self) -> int:
        """How many are led against the rules now and would not be."""
        return sum(bool(change.before) and not change.after for change in self.changes)


def holding_effects(outlook: Outlook, later: Snapshot, start: date, team_ids: Iterable[str] = ()) -> HoldingEffects:
    """Who leads what they may not under the rules of `later`, beside now, on the day they begin, today at the earliest."""
    on, teams = max(start, outlook.today), frozenset(team_ids)
    now = {one.case.child.id: one for one in held_against(Outlook(outlook.snapshot, outlook.reference, on, outlook.today, teams))}
    then = {one.case.child.id: one for one in held_against(Outlook(later, outlook.reference, on, outlook.today, teams))}
    changes = [
        HoldingChange(
            (then.get(child_id) or now[child_id]).case,
            now[child_id].rules if child_id in now else (),
            then[child_id].rules if child_id in then else (),
        )
        for child_id in dict.fromkeys((*then, *now))
    ]
    changes.sort(key=lambda one: (bool(one.before) == bool(one.after), not one.after, one.case.child.reference))
    return HoldingEffects(on, tuple(changes))
