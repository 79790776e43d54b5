"""The teams side by side: every number opens as many rows as it says."""

import pytest
from PySide6.QtCore import Qt

from planner.ui.rows_page import RowsPage
from planner.ui.teams_page import TeamsPage
from tests.ui.test_palette import opened  # noqa: F401


@pytest.fixture
def teams(big_desk, opened, qtbot):  # noqa: F811
    """The page of teams in a window, filled."""
    window = opened(big_desk)
    window.actions_by_name["teams"].trigger()
    page = window.workbench.inner_page
    assert isinstance(page, TeamsPage)
    qtbot.waitUntil(lambda: bool(page.rows), timeout=10_000)
    return window, page


def test_every_number_opens_its_rows_and_leads_back(teams, qtbot):
    window, page = teams
    bench = window.workbench
    row = next(row for row in page.rows if row.overdue)
    for column, behind in ((1, row.overdue), (2, row.waiting), (3, row.loads), (5, row.cases)):
        page.table.setCurrentIndex(page.table.model().index(page.table.rows_model().place_of(row), column))
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert isinstance(bench.inner_page, RowsPage)
        assert bench.rows_page.model.rows == tuple(behind)
        assert row.team.name in bench.header.title.text()
        assert bench.header.back.text() == "Back to Teams"
        qtbot.mouseClick(bench.header.back, Qt.MouseButton.LeftButton)
        assert bench.inner_page is page
    qtbot.mouseClick(bench.header.back, Qt.MouseButton.LeftButton)
    assert bench.inner_page is None


def test_a_click_on_a_number_opens_it(teams, qtbot):
    window, page = teams
    index = page.table.model().index(0, 5)
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(index).center())
    assert len(window.workbench.rows_page.model.rows) == len(page.rows[0].cases)


def test_the_page_follows_the_teams_looked_at(teams, big_desk, qtbot):
    _, page = teams
    two = {row.team.id for row in page.rows[:2]}
    big_desk.look_at(team_ids=two)
    qtbot.waitUntil(lambda: {row.team.id for row in page.rows} == two, timeout=10_000)


def test_with_one_team_looked_at_the_key_looks_at_all_of_them(big_desk, opened, qtbot):  # noqa: F811
    window = opened(big_desk)
    big_desk.look_at(team_ids=[big_desk.outlook.teams[0].id])
    qtbot.waitUntil(lambda: len(big_desk.outlook.teams) == 1, timeout=10_000)
    window.actions_by_name["teams"].trigger()
    qtbot.waitUntil(lambda: isinstance(window.workbench.inner_page, TeamsPage), timeout=10_000)
    page = window.workbench.inner_page
    qtbot.waitUntil(lambda: len(page.rows) == len(big_desk.outlook.teams) > 1, timeout=10_000)


def test_where_there_is_one_team_it_is_said(desk, opened):  # noqa: F811
    window = opened(desk)
    window.actions_by_name["teams"].trigger()
    assert window.workbench.inner_page is None
    assert "There is one team here" in window.workbench.message.words.text()
