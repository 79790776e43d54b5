"""Work off the window's thread, and results brought home to it; a result whose owner is gone is dropped."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid


def is_alive(owner: object) -> bool:
    """Whether an owner can still be called: not a widget whose C++ side is deleted."""
    return not isinstance(owner, QObject) or isValid(owner)


class Home(QObject):
    """Calls functions on the window's thread, whichever thread asks."""

    _asked = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked.connect(self._on_call_asked, Qt.ConnectionType.QueuedConnection)

    def call(self, function: Callable[..., Any], *args: Any) -> None:
        """Call a function with values on the window's thread, soon; a bound method, or a part of one, while its owner lives."""
        if isValid(self):
            self._asked.emit(function, args)

    def deliver(self, future: "Future[Any]", then: Callable[[Any], Any], failed: Callable[[BaseException], Any]) -> None:
        """When the future is done, give its result to `then` or its exception to `failed`, on the window's thread."""

        def _on_future_done(done: "Future[Any]") -> None:
            if done.cancelled():
                return
            trouble = done.exception()
            if trouble is None:
                self.call(then, done.result())
            else:
                self.call(failed, trouble)

        future.add_done_callback(_on_future_done)

    def _on_call_asked(self, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        bound: Any = function
        while isinstance(bound, partial):
            bound = bound.func
        if is_alive(getattr(bound, "__self__", None)):
            function(*args)


class Background:
    """Threads for work that takes values and returns a value."""

    def __init__(self, threads: int = 2) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="background")

    def submit(self, function: Callable[..., Any], *args: Any) -> "Future[Any]":
        """Start work on a thread."""
        return self._pool.submit(function, *args)

    def close(self, drop: bool = True) -> None:
        """Take no more work and wait for what has begun; drop what has not, or wait for that too."""
        self._pool.shutdown(wait=True, cancel_futures=drop)
