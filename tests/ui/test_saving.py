"""A file that leaves the workspace is there whole, or what stood there before is."""

import pytest

from planner.ui.saving import written_whole


def test_what_stood_there_stays_where_the_new_file_cannot_be_written_whole(tmp_path):
    path = written_whole(b"before", tmp_path / "sheet.pdf")
    (tmp_path / "sheet.pdf.part").mkdir()
    with pytest.raises(OSError, match=r"directory|denied|permitted"):
        written_whole(b"after", path)
    assert path.read_bytes() == b"before"
