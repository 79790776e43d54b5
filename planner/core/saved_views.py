"""Views of a list that a team keeps: what is filtered, how it is sorted and which columns stand there, under a name."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from planner.core.records import Setting
from planner.core.snapshot import Snapshot

PREFIX = "view."


@dataclass(frozen=True, slots=True)
class SavedView:
    """`page` is the page it belongs to; `chips` are choices by their kind; `columns` is as the table gives and takes it."""

    id: str
    page: str
    name: str
    text: str = ""
    chosen: str = ""
    chips: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)


def setting_of(view: SavedView) -> Setting:
    """The view as a setting of the workspace."""
    cells = {name: value for name, value in asdict(view).items() if name not in ("id", "page")}
    return Setting(id=setting_id(view.page, view.id), value=json.dumps(cells, sort_keys=True))


def setting_id(page: str, view_id: str) -> str:
    """The name under which a view is kept."""
    return f"{PREFIX}{page}.{view_id}"


def saved_views(snapshot: Snapshot, page: str) -> tuple[SavedView, ...]:
    """The views of a page, by name; one that a newer version wrote in another way is left out."""
    start = f"{PREFIX}{page}."
    settings = [setting for setting in snapshot.all(Setting).values() if setting.id.startswith(start)]
    found = [view for setting in settings if (view := _view_of(setting, page, setting.id.removeprefix(start))) is not None]
    return tuple(sorted(found, key=lambda view: (view.name.casefold(), view.id)))


def _view_of(setting: Setting, page: str, view_id: str) -> SavedView | None:
    try:
        cells = json.loads(setting.value)
        chips = {str(kind): tuple(map(str, chosen)) for kind, chosen in cells["chips"].items()}
        return SavedView(
            view_id, page, str(cells["name"]), str(cells["text"]), str(cells["chosen"]), chips, dict(cells["columns"])
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
