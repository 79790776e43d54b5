"""The log: fixed words, ids and counts. Whatever else a call passes is left out, so that no name can slip in."""

import logging
import logging.handlers
import platform
import re
import sys
import traceback
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from planner.paths import log_folder

LEFT_OUT = "(left out)"
LARGEST_BYTES = 500_000
KEPT_FILES = 3

_ID = re.compile(r"[0-9a-f]{12,64}")


def allowed(value: Any) -> Any:
    """The value where a log may hold it: numbers, dates, durations, ids, exception types and our own code words; else a mark."""
    if value is None or isinstance(value, bool | int | float | date | timedelta):
        return value
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, str) and (_ID.fullmatch(value) or value in _KNOWN_WORDS):
        return value
    return LEFT_OUT


_KNOWN_WORDS = frozenset({"light", "dark", "high_contrast", "system", "linux", "darwin", "win32"})


def where(trace: TracebackType | None) -> str:
    """The places of a traceback, innermost last: module file, line and function, and nothing of any value."""
    frames = traceback.extract_tb(trace)
    return "\n".join(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


def fault_report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What may be shown or passed on of a fault: its kind, its places, versions. Not its text, which might hold a name."""
    return f"{kind.__name__}\n{where(trace)}\nPython {platform.python_version()}, {sys.platform}"


class IdsAndCounts(logging.Formatter):
    """Writes a record's fixed words with what `allowed` lets through; of an exception its type and places, never its text."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the places of the exception if there is one."""
        message = self._message(record)
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {message}"
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            line = f"{line}\n{kind.__name__}\n{where(trace)}"
        return line

    def _message(self, record: logging.LogRecord) -> str:
        if not isinstance(record.msg, str) or not record.name.startswith("planner"):
            return LEFT_OUT
        if not record.args:
            return record.msg if "%" not in record.msg else LEFT_OUT
        args = record.args
        if isinstance(args, dict):
            return record.msg % {key: allowed(value) for key, value in args.items()}
        try:
            return record.msg % tuple(allowed(value) for value in args)
        except (TypeError, ValueError):
            return record.msg.partition("%")[0] + LEFT_OUT


def start_log(folder: Path | None = None) -> logging.Handler:
    """Write the log to its file, half a megabyte at most and three files back; returns the handler."""
    folder = folder or log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "planner.log", maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(IdsAndCounts())
    ours = logging.getLogger("planner")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False
    return handler
