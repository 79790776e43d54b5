"""Reading workbooks that tests write, and leaving out the tests that look at files beside the project where there are none."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from planner.core.found import Found
from planner.formats.choosing import FORMATS
from tests.helpers.annex_a_workbook import Rows, write_workbook

SHARED = Path(__file__).parents[3] / "shared" / "data"
collect_ignore = [] if (SHARED / "annex_a").is_dir() else ["test_shared_files.py"]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    """Writes lists to a workbook and reads it."""

    def _read(lists: Mapping[int, Rows], answers: Mapping[str, str] | None = None, **how: Any) -> Found:
        path = write_workbook(tmp_path / "annex a.xlsx", lists, **how)
        return FORMATS[0].read(path, answers)

    return _read
