"""Text that is safe in a spreadsheet, and the same text back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.sheet_text import neutral, original


@pytest.mark.parametrize("text", ["=1+1", "+44", "-3 days", "@home", "\tx", "\rx", "\0x", "＝1", "＠x", "  =1"])
def test_a_cell_that_would_be_a_formula_gets_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "C10432 – A.B.", "3 of 4", "it's", "'quoted"])
def test_plain_text_stays_as_it_is(text):
    assert neutral(text) == text


@given(st.text() | st.text(alphabet="'=+-@ \t＝x"))
def test_every_text_comes_back_as_it_was(text):
    assert original(neutral(text)) == text
