"""The log holds ids and counts, whatever it is given."""

import logging
import sys

import pytest

from planner.logs import LEFT_OUT, IdsAndCounts, allowed, start_log

CHILD = "Anna Beispiel"


def written(name, message, *args, exc_info=None):
    """A record as the log writes it."""
    return IdsAndCounts().format(logging.LogRecord(name, logging.INFO, __file__, 1, message, args, exc_info))


def test_numbers_and_ids_are_written():
    assert written("planner.store", "step %s put %d rows", "0f" * 16, 12).endswith(f"planner.store step {'0f' * 16} put 12 rows")


@pytest.mark.parametrize("args", [(CHILD,), ({"name": CHILD},), ([CHILD],), (ValueError(CHILD),)])
def test_words_that_are_no_ids_are_left_out(args):
    line = written("planner.ui", "opened %s", *args)
    assert CHILD not in line
    assert LEFT_OUT in line


def test_a_message_made_beforehand_with_a_percent_sign_is_left_out():
    assert CHILD not in written("planner.ui", f"100% of {CHILD}")


def test_an_exception_gives_its_kind_and_places_but_not_its_text():
    try:
        raise ValueError(CHILD)
    except ValueError:
        line = written("planner.ui", "a fault", exc_info=sys.exc_info())
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert CHILD not in line


def test_what_other_packages_say_is_left_out():
    assert CHILD not in written("sqlalchemy.engine", f"select {CHILD}")


def test_numbers_that_do_not_fit_their_place_do_not_break_the_log():
    assert CHILD not in written("planner.ui", "took %d ms", CHILD)


def test_types_are_named_by_their_name():
    assert allowed(ValueError) == "ValueError"
    assert allowed("dark") == "dark"


def test_the_log_is_written_to_its_folder(tmp_path):
    handler = start_log(tmp_path / "logs")
    ours = logging.getLogger("planner")
    try:
        logging.getLogger("planner.app").info("opened a workspace of %d records, %s", 3, CHILD)
    finally:
        ours.removeHandler(handler)
        ours.propagate = True
        handler.close()
    text = (tmp_path / "logs" / "planner.log").read_text(encoding="utf-8")
    assert "opened a workspace of 3 records" in text
    assert CHILD not in text
