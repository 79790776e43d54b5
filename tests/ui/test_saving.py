"""A file that leaves the workspace is there whole, or what stood there before is."""

import pytest

from planner.ui.saving import written_whole


def test_what_stood_there_stays_where_the_new_file_cannot_be_written_whole(tmp_path):
    path = written_whole(tmp_path / "sheet.pdf", lambda beside: beside.write_bytes(b"before"))

    def write_half(beside):
        beside.write_bytes(b"aft")
        raise OSError("The disk is full.")

    with pytest.raises(OSError, match="full"):
        written_whole(path, write_half)
    assert [(one.name, one.read_bytes()) for one in tmp_path.glob("sheet*")] == [("sheet.pdf", b"before")]
