"""How an operation and its values are written, so that any program can work out the hashes again."""

import json
from hashlib import sha256
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.store import cells
from planner.store.operations import HEADER, Operation, digest_of, packed, unpacked
from planner.store.purge import emptied

_TOLD = st.one_of(st.text(), st.booleans(), st.integers(), st.none())


@given(st.one_of(_TOLD, st.lists(st.one_of(_TOLD, st.lists(st.text()))).map(tuple)))
@settings(max_examples=100, deadline=None)
def test_a_value_is_written_as_canonical_json_and_read_back_as_it_was(value: Any) -> None:
    text = cells.encoded(value)
    assert text == json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert cells.decoded(cells.Field("x", type(value), optional=True, default=None), text) == value


@given(st.dictionaries(st.text(), st.lists(st.text())), st.lists(st.text(), min_size=11, max_size=11))
@settings(max_examples=50, deadline=None)
def test_an_operation_is_hashed_as_canonical_json(named: dict[str, list[str]], plain: list[str]) -> None:
    cells = {name: sorted(ids) for name, ids in named.items()}
    text = json.dumps(cells, sort_keys=True, separators=(",", ":"))
    assert packed(named) == text
    assert unpacked(text) == {name: tuple(ids) for name, ids in cells.items()}
    salt, values = b"0" * 16, {"name": '"x"', "family": '"y\\n"'}
    one = Operation(
        **dict(zip(HEADER, [plain[0], 7, *plain[1:]], strict=True)),  # type: ignore[arg-type]
        replaces=named,
        values=values,
        salt=salt,
    )
    kept = sha256(salt + b'"y\\n"\n"x"').hexdigest()
    header = [plain[0], 7, *plain[1:], text, "{}", "family name", kept]
    told = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    assert digest_of(one) == digest_of(emptied(one)) == sha256(told).digest()
