"""How fast obligations are worked out, beside the same work with pandas and with a plain loop over `holidays`.

    python benchmarks/obligations.py [--largest 100000] [--peers 10000]

Invented children on child in need, child protection and looked-after plans, with about seven visits each. Ours answers
every rule of England that is switched on; the peers answer the visits and reviews of these plans alone, and only in the
simple way these children need, and both must give the same dates. Facts are built beforehand, as the window keeps them.
"""

import argparse
import gc
import math
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from time import perf_counter

import holidays
import pandas as pd
from pandas.tseries.offsets import CustomBusinessDay, DateOffset

from planner.core.duty_history import visit_clocks
from planner.core.facts import NEVER, Facts, Happening, Order, Seeing, Spell, Stay, clocked_stays
from planner.core.obligations import owed
from planner.core.policy import RuleSet, ruleset_from_toml
from planner.core.working_days import WorkingCalendar, calendar_from_toml
from planner.paths import resource

ON = date(2026, 11, 23)
SIZES = (1_200, 10_000, 100_000)
VISITS_EACH = {1_200: 7.8, 10_000: 8.0, 100_000: 12.5}
"""Visits wanted of each child, so that 1,200 children have about 8,000 and 100,000 about a million; the newest have fewer."""
COMPARED = {
    "CP-VISIT",
    "CIN-VISIT",
    "LAC-V1",
    "LAC-V6W",
    "LAC-V6W2",
    "CIN-REV",
    "CP-RCPC1",
    "CP-RCPC2",
    "LAC-REV1",
    "LAC-REV2",
    "LAC-REV3",
}
Dates = list[tuple[str, str, date, date]]


def invented_children(count: int, seed: int = 7) -> list[Facts]:
    """Children with a plan, its reviews and visits, of whom one visit in twelve found nobody in."""
    chance = random.Random(seed)
    today = ON.toordinal()
    children = []
    for number in range(count):
        plan = chance.choices(("cin", "cp", "lac"), (0.6, 0.25, 0.15))[0]
        start = today - chance.randint(30, 500)
        visits, day = [], start + chance.randint(0, 9)
        for place in range(round(chance.gauss(VISITS_EACH.get(count, 8.0), 1.5))):
            if day > today:
                break
            visits.append(Seeing(day, f"v{number}-{place}", chance.random() > 1 / 12, chance.random() > 0.3))
            day += chance.randint(7, 35)
        review = {"cin": "cin_review_held", "cp": "cp_review_held", "lac": "lac_review_held"}[plan]
        held = [start + 25, start + 110, start + 290]
        events = {review: tuple(Happening(on, f"e{number}-{on}") for on in held if on <= today - 5)}
        child = Facts(subject_id=f"c{number}", cases=((start, NEVER),), spells=(Spell(plan, start, NEVER, f"s{number}"),))
        if plan == "lac":
            stay, order = Stay("U6", start, NEVER, f"p{number}"), Order("C2", start, NEVER, f"l{number}")
            child = replace(child, stays=clocked_stays([stay]), orders=(order,))
        children.append(replace(child, visits=tuple(visits), events=events))
    return children


def ours(children: list[Facts], rules: RuleSet, calendar: WorkingCalendar) -> Dates:
    """Everything owed; those dates which the peers work out too are given back."""
    found: Dates = []
    for child in children:
        for one in owed(child, rules, calendar, ON):
            if one.rule in COMPARED and one.due_on is not None:
                found.append((child.subject_id, one.kind, one.due_on, one.book_by or one.due_on))
    return found


def our_history(children: list[Facts], rules: RuleSet, calendar: WorkingCalendar) -> int:
    """The due date of every visit."""
    return sum(len(visit_clocks(child, rules, calendar, ON)) for child in children)


class Loop:
    """Working days counted one by one with the `holidays` package."""

    def __init__(self) -> None:
        self.off = holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2030))

    def working(self, day: date, count: int) -> date:
        """The working day so many after a day."""
        while count:
            day += timedelta(days=1)
            if day.weekday() < 5 and day not in self.off:
                count -= 1
        return day

    def book_by(self, day: date) -> date:
        """The working day on or before a day."""
        while day.weekday() > 4 or day in self.off:
            day -= timedelta(days=1)
        return day

    def months(self, day: date, count: int) -> date:
        """The corresponding date so many months on."""
        return (pd.Timestamp(day) + DateOffset(months=count)).date()


class Pandas(Loop):
    """Working days by a CustomBusinessDay with England's holidays."""

    def __init__(self) -> None:
        super().__init__()
        days = sorted(self.off)
        self.steps = {count: CustomBusinessDay(count, holidays=days) for count in (10, 20)}

    def working(self, day: date, count: int) -> date:
        """The working day so many after a day."""
        return (pd.Timestamp(day) + self.steps[count]).date()

    def book_by(self, day: date) -> date:
        """The working day on or before a day."""
        return self.steps[10].rollback(pd.Timestamp(day)).date()


def of_peer(children: list[Facts], peer: Loop) -> Dates:
    """Visit and review dates of the same children, by hand."""
    found: Dates = []

    def add(child: Facts, kind: str, due: date) -> None:
        found.append((child.subject_id, kind, due, peer.book_by(due)))

    for child in children:
        spell = child.spells[0]
        start = date.fromordinal(spell.start)
        seen = [visit.on for visit in child.visits if visit.seen]
        add(child, "visit", _visit_due(peer, spell.plan, start, seen))
        held = [date.fromordinal(event.on) for events in child.events.values() for event in events]
        if spell.plan == "cp":
            add(child, "review", peer.months(held[-1], 6) if held else peer.months(start, 3))
        elif spell.plan == "lac":
            add(child, "review", peer.months(held[-1], 3 if len(held) == 1 else 6) if held else peer.working(start, 20))
        else:
            add(child, "review", (held[-1] if held else start) + timedelta(weeks=6))
    return found


def _visit_due(peer: Loop, plan: str, start: date, seen: list[int]) -> date:
    last = date.fromordinal(seen[-1]) if seen else start
    if plan == "lac":
        return last + timedelta(weeks=6 if seen else 1)
    return peer.working(last, 10 if plan == "cp" else 20)


def history_of_peer(children: list[Facts], peer: Loop) -> int:
    """The due date after the start and after each visit in which the child was seen."""
    count = 0
    for child in children:
        spell = child.spells[0]
        seen: list[int] = []
        for on in (None, *(visit.on for visit in child.visits if visit.seen)):
            seen = [on] if on is not None else []
            _visit_due(peer, spell.plan, date.fromordinal(spell.start), seen)
            count += 1
    return count


def sums_alone(children: list[Facts], calendar: WorkingCalendar) -> None:
    """The date sums of the histories alone, ten working days after every visit: each way of counting from days to days."""
    days = [visit.on for child in children for visit in child.visits]
    dates = [date.fromordinal(day) for day in days]
    mine = seconds(lambda: [calendar.ordinal_after(day, 10) for day in days], 3)
    print(f"{'':>8} sums alone, {len(days):,} of them: ours {mine * 1e6 / len(days):.2f} microseconds each", end="")
    few = dates[:5_000]
    for name, peer in (("pandas", Pandas()), ("loop", Loop())):
        if [peer.working(day, 10) for day in few] != [date.fromordinal(calendar.ordinal_after(day, 10)) for day in days[:5_000]]:
            raise SystemExit(f"{name} and ours count working days differently")
        theirs = seconds(lambda peer=peer: [peer.working(day, 10) for day in few], 1) / len(few)  # type: ignore[misc]
        print(f"; {name} {theirs * 1e6:.1f}, {theirs * len(days) / mine:.0f} times ours", end="")
    print()


def seconds(work: Callable[[], object], times: int) -> float:
    """The least time of several runs."""
    best = math.inf
    for _ in range(times):
        gc.collect()
        began = perf_counter()
        work()
        best = min(best, perf_counter() - began)
    return best


def measure(size: int, rules: RuleSet, calendar: WorkingCalendar, with_peers: bool) -> float:
    """Measure one size and print its lines; the seconds ours took for what is owed now."""
    children = invented_children(size)
    visits = sum(len(child.visits) for child in children)
    times = 5 if size < 5_000 else 2
    now = seconds(lambda: ours(children, rules, calendar), times)
    history = seconds(lambda: our_history(children, rules, calendar), times)
    print(f"{size:>8,} children, {visits:>9,} visits   owed now {now * 1000:9.1f} ms   history {history * 1000:9.1f} ms")
    if size == SIZES[0]:
        one = seconds(lambda: owed(children[0], rules, calendar, ON), 20)
        print(f"{'':>8} after one change {one * 1000:.2f} ms (one child anew)")
        sums_alone(children, calendar)
    if with_peers:
        mine = sorted(ours(children, rules, calendar))
        for name, peer in (("pandas", Pandas()), ("loop", Loop())):
            if sorted(of_peer(children, peer)) != mine:
                raise SystemExit(f"{name} and ours give different dates")
            their_now = seconds(lambda peer=peer: of_peer(children, peer), 1)  # type: ignore[misc]
            theirs = seconds(lambda peer=peer: history_of_peer(children, peer), 1)  # type: ignore[misc]
            print(
                f"{'':>8} {name:<7} owed now {their_now * 1000:9.1f} ms, {their_now / now:6.1f} times ours;"
                f"   history {theirs * 1000:9.1f} ms, {theirs / history:6.1f} times ours"
            )
    return now


def main() -> None:
    """Measure every size up to the largest asked for, and say how time grows with it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="leave out sizes above this many children")
    parser.add_argument("--peers", type=int, default=10_000, help="ask the peers up to this many children")
    options = parser.parse_args()
    rules = ruleset_from_toml(resource("policies/england.toml").read_text(encoding="utf-8"), "england")
    calendar = calendar_from_toml(resource("calendar.toml").read_text(encoding="utf-8"))
    taken = {size: measure(size, rules, calendar, size <= options.peers) for size in SIZES if size <= options.largest}
    sizes = sorted(taken)
    for small, large in pairwise(sizes):
        slope = math.log(taken[large] / taken[small]) / math.log(large / small)
        print(f"slope from {small:,} to {large:,} children: {slope:.2f}")


if __name__ == "__main__":
    main()
