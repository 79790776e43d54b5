"""The tour a newcomer without a display is taken on: the manager's Monday, drawn."""

import os
import subprocess
import sys
from pathlib import Path

from pypdf import PdfReader

from planner.reports import REPORTS
from planner.ui.screens import SCREENS

ROOT = Path(__file__).parent.parent
TAKEN = "import sys, pathlib; from planner.tour import tour; tour(pathlib.Path(sys.argv[1]), other_looks=(), settling_ms=0)"


def test_the_tour_draws_every_screen_and_sets_every_sheet(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    taken = subprocess.run(
        [sys.executable, "-c", TAKEN, str(tmp_path / "tour")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert taken.returncode == 0, taken.stderr
    drawn = {path.stem for path in (tmp_path / "tour").glob("*.png")}
    assert {f"{screen.name}-light" for screen in SCREENS} <= drawn
    for report in REPORTS:
        pages = PdfReader(tmp_path / "tour" / f"{report.name}.pdf").pages
        assert "Page 1 of" in pages[0].extract_text()
