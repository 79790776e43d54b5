"""Writes resources/calendar.toml: the weekday bank holidays of England from 2012 to 2035, by the `holidays` package."""

from pathlib import Path

import holidays

YEARS = range(2012, 2036)
TARGET = Path(__file__).parent.parent / "resources" / "calendar.toml"
HEAD = """\
# Weekday bank holidays of England, with Good Friday and Christmas Day, and their substitute days.
# Written by tools/make_calendar.py. Holidays announced since then are added in the planner, not here.
# The years from 2028 follow the rules of the Banking and Financial Dealings Act 1971 and are to be checked when announced.

[bank_holidays]
"""


def calendar_text() -> str:
    """The whole file: a line for each year."""
    lines = []
    for year in YEARS:
        days = sorted(day for day in holidays.country_holidays("GB", subdiv="ENG", years=year) if day.isoweekday() < 6)
        lines.append(f"{year} = [{', '.join(day.isoformat() for day in days)}]")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(calendar_text(), encoding="utf-8")
    print(f"wrote {TARGET.name}: {len(YEARS)} years")
