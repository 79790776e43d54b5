"""Keeping views of a list, renaming and removing them; they belong to the workspace, so everyone who opens it has them."""

from dataclasses import replace

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.records import Setting
from planner.core.saved_views import SavedView, saved_views, setting_id, setting_of

LONGEST_NAME = 60
GONE = "This view is gone already. Nothing was changed."


def keep_view(step: Step, view: SavedView) -> SavedView:
    """Keep a view; one of the same name on the same page gives way. Raises Refused without a name, or with one too long."""
    name = _named(view.name)
    same = _same(step, view.page, name)
    kept = replace(view, name=name, id=same[0].id if same else step.new_id())
    step.put(setting_of(kept))
    return kept


def rename_view(step: Step, page: str, view_id: str, name: str) -> None:
    """Give a view another name. Raises Refused where it is gone, without a name, or where another view has that name."""
    kept = next((view for view in saved_views(step.snapshot, page) if view.id == view_id), None)
    if kept is None:
        raise Refused(GONE)
    name = _named(name)
    if any(view.id != view_id for view in _same(step, page, name)):
        raise Refused(f"Another view is called {name}. Choose another name. Nothing was changed.")
    step.put(setting_of(replace(kept, name=name)))


def remove_view(step: Step, page: str, view_id: str) -> None:
    """Take a view away. Raises Refused where it is gone already."""
    setting = step.snapshot.find(Setting, setting_id(page, view_id))
    if setting is None:
        raise Refused(GONE)
    step.remove(setting)


def _named(typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise Refused("Give the view a name. Nothing was changed.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Give the view a name of {LONGEST_NAME} letters or fewer. Nothing was changed.")
    return name


def _same(step: Step, page: str, name: str) -> list[SavedView]:
    return [kept for kept in saved_views(step.snapshot, page) if kept.name.casefold() == name.casefold()]
