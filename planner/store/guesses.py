"""Wrong passphrases: each makes the next try wait longer, and all are told to the journal when the workspace next opens.

This hinders someone at this computer's own window. It does not hinder whoever takes the files elsewhere; Argon2id does that.
"""

import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner.core.errors import Refused, WrongPassphrase
from planner.store.keys import KeySlots, data_key
from planner.store.places import data_folder
from planner.store.whole_files import write_whole

LONGEST_WAIT_S = 60
_MOST_TIMES = 100


@dataclass(frozen=True, slots=True)
class Guesses:
    """Wrong tries: how many in a row, how many the journal has not been told of, and the moments of the newest of those."""

    in_a_row: int = 0
    untold: int = 0
    times: tuple[str, ...] = ()


def unlocked(slots: KeySlots, passphrase: str, now: datetime) -> bytearray:
    """The data key behind a passphrase.

    Raises WrongPassphrase with the seconds to wait, or Refused while they have not passed: 1, 2, 4 … 60 after each wrong try.
    """
    folder = data_folder(slots.workspace)
    before = guesses(folder)
    left = _seconds_left(before, now)
    if left:
        raise Refused(f"Wait {left} seconds before the next try." if left > 1 else "Wait a second before the next try.")
    try:
        key = data_key(slots, passphrase)
    except WrongPassphrase as wrong:
        times = (*before.times, now.isoformat(timespec="seconds"))[-_MOST_TIMES:]
        after = Guesses(before.in_a_row + 1, before.untold + 1, times)
        _write(folder, after)
        raise WrongPassphrase(wrong.sentence, wait_s=_wait_s(after)) from None
    if before.in_a_row:
        _write(folder, replace(before, in_a_row=0))
    return key


def guesses(folder: Path) -> Guesses:
    """The wrong tries that the person's own folder for a workspace tells of; none when it cannot be read."""
    try:
        told = json.loads((folder / "guesses.json").read_bytes())
        times = tuple(datetime.fromisoformat(at).astimezone(UTC).isoformat() for at in told["times"])
        return Guesses(int(told["in_a_row"]), int(told["untold"]), times)
    except (OSError, ValueError, KeyError, TypeError):
        return Guesses()


def forget_told(folder: Path) -> None:
    """The journal has been told."""
    _write(folder, Guesses(in_a_row=guesses(folder).in_a_row))


def _write(folder: Path, found: Guesses) -> None:
    told = {"in_a_row": found.in_a_row, "untold": found.untold, "times": found.times}
    write_whole(folder / "guesses.json", json.dumps(told).encode())


def _wait_s(found: Guesses) -> int:
    return min(2 ** min(found.in_a_row - 1, 6), LONGEST_WAIT_S) if found.in_a_row > 0 else 0


def _seconds_left(found: Guesses, now: datetime) -> int:
    """How long the next try has to wait; not at all when the clock has been put back since."""
    if not found.times or not found.in_a_row:
        return 0
    past = now - datetime.fromisoformat(found.times[-1])
    left = timedelta(seconds=_wait_s(found)) - past
    return math.ceil(left.total_seconds()) if past >= timedelta(0) and left > timedelta(0) else 0
