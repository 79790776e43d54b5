"""Who holds whom: each family given to a worker, moved when the worker leaves or is long away, ended with the case."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tools.samples.days import ONE, Days
from tools.samples.dice import Dice
from tools.samples.family import Family, Held
from tools.samples.posts import Post

PICK_UP = "Named worker when the case was passed to the team"
LEAVER = "Worker left the project"
TO_TEAM = "Transferred to the long-term team at the end of assessment"
ABSENT = "Worker away for longer than two weeks"
HANDOVER_AFTER = 4
"""Working days of a long absence after which families are moved."""

Weigh = Callable[[Family, date], float]


def count_of_children(family: Family, on: date) -> float:
    """One for each child, of 21."""
    return family.size / 21


def points(family: Family, on: date) -> float:
    """Points of the neutral scheme, of 100."""
    weight = {"cp": 8, "cin": 4, "lac": 5, "assessment": 6}.get(family.plan(on), 6)
    return (weight + 0.5 * (family.size - 1)) / 100


class Holding:
    """The sweep through the project's days."""

    def __init__(self, posts: list[Post], dice: Dice, days: Days, weigh: Weigh) -> None:
        self.posts = {post.id: post for post in posts}
        self.dice, self.days, self.weigh = dice, days, weigh
        self.held: dict[str, list[Family]] = defaultdict(list)

    def sweep(self, families: Iterable[Family]) -> None:
        """Fill `holds` of every family."""
        waiting = sorted(families, key=lambda family: (family.allocated, family.number))
        day = self.days.first
        while day <= self.days.last:
            self._end_cases(day)
            self._leavers(day)
            self._long_away(day)
            self._moves(day)
            while waiting and waiting[0].allocated <= day:
                self._pick_up(waiting.pop(0), day)
            day += ONE

    def _fill(self, post: Post, day: date) -> float:
        carried = sum(self.weigh(family, day) for family in self.held[post.id])
        return carried / (post.hours_share() * post.pull * (0.88 if post.worker.stage == "asye" else 1))

    def _choose(self, family: Family, day: date, team_id: str, but: str = "") -> Post:
        """The worker of the team with most room; anyone of the team where all are away."""
        there = [post for post in self.posts.values() if post.id != but and team_id in ("", post.worker.team_id)]
        open_to_it = [post for post in there if post.takes_new(day)]
        if family.plan(day) in ("cp", "lac"):
            open_to_it = [post for post in open_to_it if post.worker.stage != "asye"] or open_to_it
        fallback = [post for post in there if post.start <= day and (post.end is None or day < post.end)]
        return min(open_to_it or fallback, key=lambda post: (self._fill(post, day), post.id))

    def _give(self, family: Family, post: Post, day: date, came: str) -> None:
        family.holds.append(Held(post.id, day, came))
        family.team_id = family.team_id or post.worker.team_id
        self.held[post.id].append(family)

    def _take(self, family: Family, day: date, code: str, left: str) -> str:
        held = family.holds[-1]
        held.end, held.code, held.left = day, code, left
        self.held[held.worker_id].remove(family)
        return held.worker_id

    def _pick_up(self, family: Family, day: date) -> None:
        if family.ended is None or day < family.ended:
            self._give(family, self._choose(family, day, family.team_id), day, PICK_UP)

    def _end_cases(self, day: date) -> None:
        for held in list(self.held.values()):
            for family in list(held):
                if family.ended is not None and family.ended <= day:
                    self._take(family, day, "", "")

    def _leavers(self, day: date) -> None:
        for post in self.posts.values():
            if post.end != day:
                continue
            for family in list(self.held[post.id]):
                team_id = post.worker.team_id
                self._take(family, day, "LEFTRL", LEAVER)
                heir = self.posts.get(post.successor)
                follows = heir is not None and heir.is_here(day)
                self._give(family, heir if heir and follows else self._choose(family, day, team_id, post.id), day, LEAVER)

    def _long_away(self, day: date) -> None:
        """On the day set, three in five families of a worker long away go to colleagues; the rest stay, in name only."""
        for post in self.posts.values():
            long = [first for first, last in post.away if last - first > timedelta(days=14)]
            if any(self.days.after(first, HANDOVER_AFTER) == day for first in long):
                for family in list(self.held[post.id]):
                    if self.dice.chance(0.6):
                        self._take(family, day, "ABSENC", ABSENT)
                        self._give(family, self._choose(family, day, post.worker.team_id, post.id), day, ABSENT)

    def _moves(self, day: date) -> None:
        for held in list(self.held.values()):
            for family in list(held):
                if family.moved == day:
                    self._take(family, day, "TSPROC", TO_TEAM)
                    self._give(family, self._choose(family, day, family.later_team_id), day, TO_TEAM)
