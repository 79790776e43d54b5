"""Lengths of time as rules write them, `10 working days` or `3 months`, and the day each ends on.

Counting follows the common law: the day of the event is day 0 (Lester v Garland 1808), a month ends on the corresponding
date or the last day of the month (Dodds v Walker 1981), and nothing rolls forward from a weekend.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from planner.core.errors import Refused
from planner.core.working_days import WorkingCalendar

_WRITTEN = re.compile(r"(\d{1,4})\s+(working day|day|week|month|year|hour)s?")
_DAYS = {"day": 1.0, "working day": 1.4, "week": 7.0, "month": 30.44, "year": 365.25, "hour": 1 / 24}


@dataclass(frozen=True, slots=True)
class Duration:
    """A count of one unit: `hour`, `day`, `working day`, `week`, `month` or `year`."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    @property
    def rough_days(self) -> float:
        """About how many days it is, to say which of two lengths is the looser."""
        return self.count * _DAYS[self.unit]

    def end(self, ordinal: int, calendar: WorkingCalendar, inclusive: bool = False) -> int:
        """The last day that is in time, counted from a day; `inclusive` makes that day itself day 1. Ordinals both."""
        unit = self.unit
        if unit == "working day":
            return calendar.ordinal_after(ordinal - 1 if inclusive else ordinal, self.count)
        if unit == "week":
            ordinal += 7 * self.count
        elif unit == "day":
            ordinal += self.count
        elif unit == "month":
            ordinal = _months_after(ordinal, self.count)
        elif unit == "year":
            ordinal = _months_after(ordinal, 12 * self.count)
        else:
            ordinal += -(-self.count // 24)
        return ordinal - 1 if inclusive else ordinal


def _months_after(ordinal: int, months: int) -> int:
    day = date.fromordinal(ordinal)
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if day.day > 28:
        return date(year, month, min(day.day, monthrange(year, month)[1])).toordinal()
    return day.replace(year, month).toordinal()


@lru_cache(maxsize=1024)
def duration(text: str) -> Duration:
    """The length that was written, such as `6 weeks`. Raises Refused where it is not one."""
    found = _WRITTEN.fullmatch(" ".join(text.lower().split()))
    if found is None or int(found[1]) == 0:
        raise Refused(f"“{text}” is not a length of time. Write a number and a unit, for example “10 working days” or “6 weeks”.")
    return Duration(int(found[1]), found[2])
