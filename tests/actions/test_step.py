"""The ids of records that a step makes."""

from itertools import islice

from planner.actions.step import ascending_ids


def test_the_ids_of_an_import_are_made_in_the_order_in_which_tables_keep_them():
    first, other = (list(islice(ascending_ids(), 3_000)) for _ in range(2))
    assert first == sorted(set(first))
    assert {len(one) for one in first} == {32}
    assert not set(first) & set(other)
