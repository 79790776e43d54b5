"""A file that leaves the workspace is there whole, or what stood there before is."""

from errno import ENOSPC

import pytest

from planner.core.errors import Environment
from planner.ui.saving import written_whole


def test_what_stood_there_stays_where_the_new_file_cannot_be_written_whole(tmp_path):
    path = written_whole(tmp_path / "sheet.pdf", lambda beside: beside.write_bytes(b"before"))

    def write_half(beside):
        beside.write_bytes(b"aft")
        raise OSError(ENOSPC, "No space left on device")

    with pytest.raises(Environment, match="not written: No space left on device"):
        written_whole(path, write_half)
    assert [(one.name, one.read_bytes()) for one in tmp_path.glob("sheet*")] == [("sheet.pdf", b"before")]
