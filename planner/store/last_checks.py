"""When each check of a workspace was last passed on this computer, kept in the person's own folder and not in the journal."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from planner.store.whole_files import write_whole

PAGES, WHOLE, DRILL = "pages", "whole", "drill"
"""Every page's code of authenticity; the structure and our own rules; bringing the newest backup back."""

PERIODS: Mapping[str, timedelta] = {PAGES: timedelta(days=1), WHOLE: timedelta(days=7), DRILL: timedelta(days=7)}


def is_due(folder: Path, check: str, now: datetime) -> bool:
    """Whether a check has not been passed for its period; nor has one that was passed in what is now the future."""
    last = _passed(folder).get(check)
    return last is None or not timedelta(0) <= now - last < PERIODS[check]


def note_passed(folder: Path, check: str, now: datetime) -> None:
    """Remember that a check has been passed."""
    _write(folder, {**_passed(folder), check: now})


def forget(folder: Path, *checks: str) -> None:
    """Have checks done again, whenever they were last passed."""
    _write(folder, {check: at for check, at in _passed(folder).items() if check not in checks})


def _passed(folder: Path) -> dict[str, datetime]:
    try:
        told = json.loads((folder / "checks.json").read_bytes())
        found = {check: datetime.fromisoformat(told[check]) for check in PERIODS if check in told}
    except (OSError, ValueError, TypeError):
        return {}
    return {check: at for check, at in found.items() if at.tzinfo is not None}


def _write(folder: Path, passed: Mapping[str, datetime]) -> None:
    write_whole(folder / "checks.json", json.dumps({check: at.isoformat() for check, at in passed.items()}).encode())
