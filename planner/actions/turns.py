"""Long work on the database thread in turns, so that what a person does in between does not wait for the end of it."""

from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import TypeVar

from planner.core.errors import Environment

Answer = TypeVar("Answer")


def in_turns(
    submit: Callable[[Callable[[], bool]], Future[bool]], work: Generator[None, None, Answer], broken_off: Answer
) -> Future[Answer]:
    """Submit work up to its next `yield`, and then again behind whatever has been submitted meanwhile.

    Its answer, or what it raised, comes by the future; `broken_off` when `submit` refused because the workspace was closed.
    """
    answer: Future[Answer] = Future()

    def ask() -> None:
        try:
            submit(turn).add_done_callback(go_on)
        except Environment:
            work.close()
            answer.set_result(broken_off)

    def turn() -> bool:
        try:
            next(work)
        except StopIteration as finished:
            answer.set_result(finished.value)
            return False
        return True

    def go_on(taken: Future[bool]) -> None:
        raised = taken.exception()
        if raised is not None:
            answer.set_exception(raised)
        elif taken.result():
            ask()

    ask()
    return answer
