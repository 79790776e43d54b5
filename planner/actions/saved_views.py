"""Keeping views of a list and taking them away; they belong to the workspace, so everyone who opens it has them."""

from dataclasses import replace

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.records import Setting
from planner.core.saved_views import SavedView, saved_views, setting_id, setting_of

LONGEST_NAME = 60


def keep_view(step: Step, view: SavedView) -> SavedView:
    """Keep a view; one of the same name on the same page gives way. Raises Refused without a name, or with one too long."""
    name = " ".join(view.name.split())
    if not name:
        raise Refused("Give the view a name. Nothing was changed.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Give the view a name of {LONGEST_NAME} letters or fewer. Nothing was changed.")
    same = [kept for kept in saved_views(step.snapshot, view.page) if kept.name.casefold() == name.casefold()]
    kept = replace(view, name=name, id=same[0].id if same else step.new_id())
    step.put(setting_of(kept))
    return kept


def remove_view(step: Step, page: str, view_id: str) -> None:
    """Take a view away. Raises Refused where it is gone already."""
    setting = step.snapshot.find(Setting, setting_id(page, view_id))
    if setting is None:
        raise Refused("This view is gone already. Nothing was changed.")
    step.remove(setting)
