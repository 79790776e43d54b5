"""Workers in their posts, and when they are away."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.core.records import Absence, AwayReason, Commitment, Reduction, Worker
from tools.samples.book import Book
from tools.samples.days import Days
from tools.samples.dice import Dice

FULL_TIME = (74, 74, 74, 74, 74, 0, 0)
FOUR_DAYS = (74, 74, 0, 74, 74, 0, 0)
SHORT_DAYS = (59, 59, 59, 59, 59, 0, 0)
NOTICE = timedelta(days=28)


@dataclass
class Post:
    """One worker's time in a team: `end` is the first day gone, `pull` how full they run beside their fellows."""

    worker: Worker
    start: date
    end: date | None
    pull: float = 1.0
    successor: str = ""
    away: list[tuple[date, date]] = field(default_factory=list)
    closed_to_new_until: date | None = None

    @property
    def id(self) -> str:
        """The worker's id."""
        return self.worker.id

    def is_here(self, on: date) -> bool:
        """Whether the worker is in post and at work on the day."""
        in_post = self.start <= on and (self.end is None or on < self.end)
        return in_post and not any(first <= on <= last for first, last in self.away)

    def takes_new(self, on: date) -> bool:
        """Whether new work may come on the day: here, staying, and open to it."""
        stays = self.end is None or self.end - on > timedelta(days=21)
        is_open = self.closed_to_new_until is None or on >= self.closed_to_new_until
        return self.is_here(on) and stays and is_open

    def hours_share(self) -> float:
        """The worker's week as a part of a full one."""
        return sum(self.worker.pattern) / 370


class Staff:
    """Writes workers and their time away into the book."""

    def __init__(self, book: Book, dice: Dice, days: Days, names: list[str]) -> None:
        self.book, self.dice, self.days = book, dice, days
        self._names = iter(names)
        self.posts: list[Post] = []

    def post(self, team_id: str, start: date, end: date | None = None, pull: float = 1.0, **fields: object) -> Post:
        """A worker in a team; an agency worker unless `supplier` is given as empty."""
        number = len(self.posts) + 1
        is_agency = bool(fields.get("supplier", "agency"))
        known: dict[str, object] = {
            "name": next(self._names),
            "team_id": team_id,
            "supplier": f"Sample Agency {self.dice.one(('One', 'Two'))}",
            "swe_number": f"SW{990000 + number}",
            "qualified_on": start - timedelta(days=self.dice.number(3 * 365 + 60, 16 * 365)),
            "assignment_start": start if is_agency else None,
            "assignment_end": end,
            "notice_on": end - NOTICE if end and end < self.days.last else None,
            "checks_complete_on": self.days.after(start, -self.dice.number(3, 9)),
            "login_complete_on": self.days.after(start, -self.dice.number(1, 2)),
        }
        worker = self.book.put(Worker, **{**known, **fields})
        made = Post(worker, start, end, pull, closed_to_new_until=worker.no_new_cases_until)
        self.posts.append(made)
        return made

    def away(self, post: Post, first: date, last: date, reason: str = "Annual leave", part: str = "day") -> None:
        """Days away, with the reason apart."""
        absence = self.book.put(Absence, worker_id=post.id, first_day=first, last_day=last, part=part)
        self.book.put(AwayReason, about=absence.id, reason=reason)
        if part == "day":
            post.away.append((first, last))

    def fewer_hours(self, post: Post, tenths: int, start: date, end: date | None, reason: str) -> None:
        """Fewer hours a week for a time, with the reason apart."""
        cut = self.book.put(Reduction, worker_id=post.id, hours=tenths, start=start, end=end)
        self.book.put(AwayReason, about=cut.id, reason=reason)

    def busy(self, post: Post, kind: str, on: date, title: str = "", part: str = "day", child_id: str = "") -> None:
        """A day of duty, court, study or training."""
        self.book.put(
            Commitment, worker_id=post.id, kind=kind, title=title, first_day=on, last_day=on, part=part, child_id=child_id
        )

    def yearly_leave(self, post: Post, every_weeks: int, keep_free: tuple[tuple[date, date], ...] = ()) -> None:
        """A few days or a week of leave about every so many weeks, never over another absence."""
        day = post.start + timedelta(weeks=self.dice.number(3, every_weeks))
        last_day = min(post.end or self.days.last, self.days.last)
        while day < last_day - timedelta(days=7):
            first = self.days.working(day - timedelta(days=day.weekday()) + timedelta(days=self.dice.one((0, 0, 2, 3, 4))))
            last = first + timedelta(days=4 - first.weekday())
            taken = [*post.away, *keep_free]
            if not any(begin <= last and first <= end for begin, end in taken):
                self.away(post, first, last)
            day += timedelta(weeks=self.dice.number(every_weeks - 2, every_weeks + 2))

    def desk_duty(self, first: date, last: date, posts: list[Post]) -> None:
        """One worker a day on the duty desk, in turn, passing over who is away."""
        day, turn = first, 0
        while day <= last:
            if self.days.calendar.is_working(day):
                here = [post for post in posts if post.is_here(day)]
                if here:
                    self.busy(here[turn % len(here)], "duty", day)
                    turn += 1
            day += timedelta(days=1)
