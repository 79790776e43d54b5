"""Keeping what was answered about the columns of a tracker, or of a front-door list."""

from collections.abc import Mapping

from planner.actions.step import Step
from planner.core.column_answers import answers_setting
from planner.core.workspace_settings import TRACKER


def remember_columns(step: Step, shape: str, answers: Mapping[str, str], of: str = TRACKER) -> None:
    """Keep the answers about tables of a shape in place of those kept before."""
    step.put(answers_setting(shape, answers, of))
