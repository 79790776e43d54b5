"""The board as a plain table: one row a worker, one cell a day, what is placed, and what is left."""

from functools import partial

from planner.core.board import Board, BoardRow
from planner.ui.board.words import ChildWords, cell_name, cell_text, day_words, left_words, placed_words, worker_name
from planner.ui.table import Column


def columns(board: Board, child_words: ChildWords) -> tuple[Column, ...]:
    """The columns for the days of a board; a cell's tip says it in full."""
    days = tuple(
        Column(
            f"{day_words(day)}, {board.school_holidays[number]}" if board.school_holidays[number] else day_words(day),
            partial(_text, number),
            sort=partial(_count, number),
            width=150,
            stretch=True,
            tip=partial(_tip, child_words, number),
        )
        for number, day in enumerate(board.days)
    )
    return (
        Column("Worker", worker_name, strong=True, width=140),
        Column("Placed", lambda row: placed_words(row)[0], width=150, tone=lambda row: placed_words(row)[1]),
        Column("Left", left_words, sort=lambda row: row.room - row.used, width=64, align="right"),
        *days,
    )


def _text(number: int, row: BoardRow) -> str:
    return cell_text(row.cells[number])


def _count(number: int, row: BoardRow) -> int:
    return len(row.cells[number].trips)


def _tip(child_words: ChildWords, number: int, row: BoardRow) -> str:
    return cell_name(row, row.cells[number], child_words)
