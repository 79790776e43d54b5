"""Reads a file in a child process of its own, with limits, so that a hostile or broken file cannot harm the planner."""

import contextlib
import gc
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar, runtime_checkable

from planner.core.collecting import collection_put_off
from planner.core.errors import PlannerError, Refused
from planner.formats.safety import checked_file

MIB = 1024 * 1024
_LOOK_EVERY = 0.1
"""Seconds between looks at whether the person has cancelled."""

READ_APART = "--read-apart"
"""The only argument of the program when it is started as a reader: `__main__` then calls `serve` and nothing else."""

_LENGTH = struct.Struct("!Q")
Message = tuple[str, Any]


Read = TypeVar("Read", covariant=True)
"""What a format reads a file to: a `Found`, or plain tables."""


class Format(Protocol[Read]):
    """What a format must be able to do to be read apart: it is named, and it reads a path."""

    @property
    def name(self) -> str:
        """The name it goes by on the command line and in a receipt."""

    def read(self, path: Path, answers: Mapping[str, str] | None = None, progress: Callable[[float], None] = ...) -> Read:
        """What the file says."""


@runtime_checkable
class OfParts(Protocol):
    """A format that reads several files, and says which: only these must be safe."""

    def parts(self, path: Path) -> list[Path]:
        """The files that reading a path would read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader may use: seconds of time, and bytes of memory where the system can hold it to that."""

    seconds: float = 60.0
    memory: int = 1024 * MIB


LIMITS = Limits()


class Cancelled(PlannerError):
    """The person stopped the reading; nothing was changed."""


def read_apart(
    format: Format[Read],
    path: Path,
    limits: Limits = LIMITS,
    *,
    answers: Mapping[str, str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _: None,
) -> Read:
    """Read a file to what was found in it, in a process that is stopped when it takes too much or is `cancelled`.

    `progress` is told the part done, 0 to 1. Raises Refused with a sentence for a file that is not safe, not of the format,
    or takes too long; Cancelled when the person stops it.
    """
    path = Path(path)
    if not path.exists():
        raise Refused(f"{path.name} is not there any more. Choose the file again.")
    process = subprocess.Popen(_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdin is not None
    assert process.stdout is not None
    messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
    listener = threading.Thread(target=_listen, args=(process.stdout, messages), daemon=True)
    listener.start()
    try:
        with contextlib.suppress(BrokenPipeError):
            _send(process.stdin, ("read", (format, path, dict(answers or {}), limits)))
        return _awaited(messages, path, limits, cancelled, progress)  # type: ignore[no-any-return]
    finally:
        process.kill()
        process.wait()
        listener.join()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()


def _command() -> list[str]:
    """How this program is started as a reader: as itself where it is frozen, else by the same Python with the same paths."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READ_APART]
    paths = [path for path in sys.path if path] + [str(Path(__file__).parents[2])]
    return [sys.executable, "-c", f"import sys; sys.path[:] = {paths!r}; from planner.formats.apart import serve; serve()"]


def _awaited(
    messages: "queue.SimpleQueue[Message]",
    path: Path,
    limits: Limits,
    cancelled: Callable[[], bool],
    progress: Callable[[float], None],
) -> Any:
    """Wait for the reader's answer, passing progress on."""
    deadline = time.monotonic() + limits.seconds
    while True:
        if cancelled():
            raise Cancelled(f"Reading {path.name} was stopped. Nothing was changed.")
        if time.monotonic() > deadline:
            raise Refused(
                f"{path.name} took longer than {limits.seconds:.0f} seconds to read. Delete sheets and columns "
                "that the planner does not need, save it and choose it again."
            )
        try:
            kind, value = messages.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            continue
        if kind == "progress":
            progress(value)
        elif kind == "refused":
            raise Refused(value)
        elif kind == "found":
            return value
        else:
            raise _gave_up(path)


def _gave_up(path: Path) -> Refused:
    return Refused(
        f"{path.name} could not be read within the memory allowed, or is damaged. Open it in the "
        "spreadsheet program, save it as a new file and choose that."
    )


def _send(stream: IO[bytes], message: Message) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes]) -> Message:
    """The next message of our own process's other end; `("ended", None)` when there is none."""
    head = stream.read(_LENGTH.size)
    data = stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    try:
        with collection_put_off():
            return pickle.loads(data)  # type: ignore[no-any-return]
    except (EOFError, pickle.UnpicklingError):
        return ("ended", None)


def _listen(stream: IO[bytes], messages: "queue.SimpleQueue[Message]") -> None:
    """Pass on what the reader says until it ends."""
    kind = ""
    while kind not in ("ended", "found", "refused"):
        kind, value = _received(stream)
        messages.put((kind, value))


def serve() -> None:
    """The reader's whole life: take one request from standard input, and answer it on standard output."""
    answers_to = sys.stdout.buffer
    sys.stdout = sys.stderr
    # This process ends with its answer, so looking for what nobody holds any more would only cost time.
    gc.disable()
    _, (format, path, answers, limits) = _received(sys.stdin.buffer)
    _hold_memory(limits.memory)
    try:
        for part in format.parts(path) if isinstance(format, OfParts) else [path]:
            checked_file(part)
        _send(answers_to, ("progress", 0.1))
        answer = format.read(path, answers, lambda part: _send(answers_to, ("progress", part)))
    except PlannerError as refusal:
        _send(answers_to, ("refused", refusal.sentence))
    except OSError as problem:
        message = f"{path.name} cannot be opened: {problem.strerror}. See that you may read it, and choose it again."
        _send(answers_to, ("refused", message))
    except MemoryError:
        _send(answers_to, ("refused", _gave_up(path).sentence))
    else:
        _send(answers_to, ("found", answer))


def _hold_memory(limit: int) -> None:
    """Let this process have no more memory than the limit, where the system can do that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
