"""The cards of the waiting list, made from the families who wait and from a child who is to change worker."""

from collections.abc import Sequence

from planner.core.codes import PLAN_MARKS, PLANS
from planner.core.comparing import WaitingChild, WaitingFamily
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.phrases import lower_first
from planner.ui.allocate.waiting_list import Card
from planner.ui.allocate.words import ChildWords
from planner.ui.case_words import age_sentence, plan_name
from planner.ui.dialogs.worker_table import points
from planner.ui.screens.today_words import is_past_one_day, meanwhile_words, waiting_status, waiting_words
from planner.ui.wording import count_words, list_date

MUST = "Must have a worker"
ONE_OF = {"children": "child"}


def waiting_cards(outlook: Outlook, families: Sequence[WaitingFamily], child_words: ChildWords) -> tuple[Card, ...]:
    """A card for each waiting child, siblings one under the other, the first with the family above it."""
    return tuple(_card(outlook, family, place, child_words) for family in families for place in range(len(family.children)))


def _card(outlook: Outlook, family: WaitingFamily, place: int, child_words: ChildWords) -> Card:
    one = family.children[place]
    row = one.waiting
    said = waiting_words(outlook, row).removeprefix(f"{MUST}. ").removeprefix(MUST).replace("Referral from: ", "From: ")
    several = len(family.children) > 1
    heading = f"Family of {len(family.children)}, {points(family.tenths)} together" if several and place == 0 else ""
    return Card(
        child_id=row.case.child.id,
        title=child_words(row.case.child),
        plan=row.case.plan,
        status=waiting_status(row),
        status_tone="overdue" if is_past_one_day(row) else "",
        kind=_kind(outlook, row.case, plan_name(row.case)),
        short_kind=_kind(outlook, row.case, PLAN_MARKS.get(row.case.plan, "")),
        points=_points(outlook, one),
        loud=MUST if row.must_have_worker else "",
        lines=(said, f"Meanwhile: {meanwhile_words(row)}"),
        family=tuple(child.child.id for child in family.children),
        heading=heading,
        is_joined=several and place > 0,
    )


def changing_card(outlook: Outlook, case: OpenCase, child_words: ChildWords) -> Card:
    """The card of a child who has a worker and is to change to another."""
    since = list_date(case.since, outlook.on)
    held = f"With {case.worker.name} since {since}" if case.worker is not None else ""
    return Card(
        child_id=case.child.id,
        title=child_words(case.child),
        plan=case.plan,
        status="",
        status_tone="",
        kind=_kind(outlook, case, plan_name(case)),
        points="",
        loud="",
        lines=(held,),
        family=(case.child.id,),
        heading="Change of worker",
    )


def _kind(outlook: Outlook, case: OpenCase, plan: str) -> str:
    age = age_sentence(case.child, outlook.on).rstrip(".")
    if age.endswith(("weeks", "week", "months", "month")):
        age = age.removeprefix("Age ")
    return f"{plan}, {lower_first(age)}" if case.plan in PLANS else age


def _points(outlook: Outlook, one: WaitingChild) -> str:
    if one.tenths is None:
        return "not weighed"
    unit = outlook.scheme(one.waiting.case.team_id).unit
    return f"{points(one.tenths)} {unit}" if one.tenths != 10 else f"1 {ONE_OF.get(unit, unit.removesuffix('s'))}"


def waiting_finding(outlook: Outlook, families: Sequence[WaitingFamily]) -> str:
    """`6 children in 5 families wait, 35 points in all. 2 must have a worker today. 3 waited past 1 working day.`"""
    waiting = outlook.waiting
    if not waiting:
        return "Every child has a worker." if outlook.cases else "There is no open case here yet."
    children = count_words(len(waiting), "child", "children")
    among = f" in {count_words(len(families), 'family', 'families')}" if len(families) < len(waiting) else ""
    verb = "waits" if len(waiting) == 1 else "wait"
    units = {outlook.scheme(row.case.team_id).unit for row in waiting}
    unit = units.pop() if len(units) == 1 else "points"
    # Where children are counted, the sum would say the same number twice.
    in_all = "" if unit in ONE_OF else f", {points(sum(family.tenths for family in families))} {unit} in all"
    said = [f"{children}{among} {verb}{in_all}."]
    if must := sum(row.must_have_worker for row in waiting):
        said.append(f"{must} must have a worker today.")
    if late := sum(is_past_one_day(row) for row in waiting):
        said.append(f"{late} waited past 1 working day.")
    return " ".join(said)
