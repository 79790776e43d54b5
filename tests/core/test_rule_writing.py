"""A rule's table, written and read again, is the same table."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.shipped import reference
from planner.core.errors import Refused
from planner.core.rule_writing import rule_text
from planner.paths import resource

KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
PLAIN = st.one_of(
    st.booleans(), st.integers(-(2**40), 2**40), st.text(st.characters(exclude_categories=["Cs"])), st.dates(date(1900, 1, 1))
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)), max_leaves=8
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_a_table_written_and_read_is_the_table(table: dict[str, Any]) -> None:
    assert tomllib.loads(rule_text(table)) == table


def test_every_shipped_rule_can_be_written() -> None:
    for name in reference().policies:
        for entry in tomllib.loads(resource(f"policies/{name}.toml").read_text("utf-8")).get("rule", []):
            assert tomllib.loads(rule_text(entry)) == entry


def test_a_value_no_rule_holds_is_refused() -> None:
    with pytest.raises(Refused, match="not a value"):
        rule_text({"id": object()})
