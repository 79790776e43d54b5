"""What was said of a tracker's columns is kept by its shape, for the whole workspace."""

from planner.actions.trackers import remember_columns
from planner.core.column_answers import remembered_answers
from planner.formats.table import pasted_table
from planner.formats.tracker import shape_of

ANSWERS = {"column:last seen": "visit_on", "column:notes": "", "dates": "day"}


def test_answers_are_kept_by_shape_and_undone_like_anything_else(workspace):
    workspace.perform("Remember", remember_columns, "a shape", ANSWERS).result()
    assert remembered_answers(workspace.snapshot, "a shape") == ANSWERS
    assert remembered_answers(workspace.snapshot, "another shape") is None
    workspace.perform("Remember", remember_columns, "a shape", {"dates": "month"}).result()
    assert remembered_answers(workspace.snapshot, "a shape") == {"dates": "month"}
    workspace.undo().result()
    workspace.undo().result()
    assert remembered_answers(workspace.snapshot, "a shape") is None


def test_a_tracker_with_its_columns_in_another_order_has_the_same_shape():
    one = pasted_table("ID\tLast seen\n10001\t3/11/2026")
    other = pasted_table("last seen\tID\n4/11/2026\t10002")
    assert shape_of(one) == shape_of(other)
    assert shape_of(one) != shape_of(pasted_table("ID\tSeen on\n10001\t3/11/2026"))
