"""What was answered about the columns of a table, kept for the next one with the same headings."""

import json
from collections.abc import Mapping

from planner.core.records import Setting
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import TRACKER


def answers_setting(shape: str, answers: Mapping[str, str], of: str = TRACKER) -> Setting:
    """The answers as they are kept under a shape (`formats.tracker.shape_of`)."""
    return Setting(id=of + shape, value=json.dumps(dict(answers), sort_keys=True, ensure_ascii=False))


def remembered_answers(snapshot: Snapshot, shape: str, of: str = TRACKER) -> dict[str, str] | None:
    """The answers kept for a shape, None where there are none."""
    kept = snapshot.setting(of + shape)
    return {str(key): str(value) for key, value in json.loads(kept).items()} if kept else None
