"""The long reliability runs: only with `--campaign`, for as long as `--campaign-minutes` says, figures and seeds shown."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--campaign", action="store_true", help="run the long reliability runs")
    parser.addoption("--campaign-minutes", type=float, default=5, help="how long each of them may take")
    parser.addoption("--campaign-seed", type=int, default=1, help="the first seed")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return None if config.getoption("campaign", default=False) else True


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("campaign_seed"))


@pytest.fixture
def time_is_left(request: pytest.FixtureRequest) -> Callable[[], bool]:
    """Whether the run may go on."""
    end = time.monotonic() + 60 * float(request.config.getoption("campaign_minutes"))
    return lambda: time.monotonic() < end


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Show a line of figures."""
    plugins = request.config.pluginmanager

    def line(text: str) -> None:
        with plugins.getplugin("capturemanager").global_and_fixture_disabled():
            plugins.getplugin("terminalreporter").write_line(f"\n  {text}")

    return line
