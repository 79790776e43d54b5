"""What has come in from the front door by the Monday of a sample and waits for a decision; they are children of no figure yet."""

from datetime import date, timedelta

from planner.core.flow_records import Referral
from tools.samples.book import Book

_FIRST_ID = 0xE000
_ONE = timedelta(days=1)

_CAME = (
    # family, reference, initials, born, referred and received (days before the Monday), source, priority, visit within days
    ("a", "C10401", "T.W.", date(2013, 3, 14), 4, 3, "6", "high", 2),
    ("a", "C10402", "M.W.", date(2016, 9, 2), 4, 3, "6", "high", 2),
    ("a", "", "J.W.", date(2022, 1, 30), 4, 3, "6", "high", 2),
    ("", "C10403", "R.O.", date(2011, 6, 21), 5, 4, "2A", "normal", None),
    ("b", "C10404", "L.H.", date(2018, 11, 8), 3, 0, "3D", "normal", None),
    ("b", "C10405", "N.H.", date(2020, 4, 17), 3, 0, "3D", "normal", None),
    ("", "", "A.S.", date(2025, 12, 5), 0, 0, "3E", "urgent", 1),
)


def waiting_referrals(book: Book, team_id: str, monday: date) -> list[Referral]:
    """Seven children of four families who wait for a decision, one of them longer than a working day; invented."""
    rows = []
    for number, (family, reference, initials, born, referred, received, source, priority, within) in enumerate(_CAME, start=1):
        rows.append(
            Referral(
                id=f"{book.prefix}{_FIRST_ID + number:020x}",
                team_id=team_id,
                reference=reference,
                initials=initials,
                born=born,
                household=f"{book.prefix}{_FIRST_ID + 0x100 + ord(family):020x}" if family else "",
                referred_on=monday - referred * _ONE,
                received_on=monday - received * _ONE,
                referral_source=source,
                priority=priority,
                first_visit_by=monday + within * _ONE if within is not None else None,
            )
        )
    return rows
