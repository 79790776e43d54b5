"""Where things lie on this machine; the standard library and platformdirs alone, so that every room but core may ask."""

from importlib.resources import files
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

APPLICATION = "planner"

_CHECKOUT = Path(__file__).parent.parent / "resources"


def resource(name: str) -> Path:
    """The path of a file of `resources/`, in a checkout or in an installed product."""
    if _CHECKOUT.is_dir():
        return _CHECKOUT / name
    return Path(str(files("planner") / "resources" / name))


def data_folder() -> Path:
    """Where this person's own copies lie: key slots, device keys, samples."""
    return user_data_path(APPLICATION, appauthor=False)


def config_folder() -> Path:
    """Where the settings of this computer lie; they hold nothing of any child."""
    return user_config_path(APPLICATION, appauthor=False)


def log_folder() -> Path:
    """Where the log lies."""
    return user_log_path(APPLICATION, appauthor=False)


def workspaces_folder() -> Path:
    """Where a new workspace is offered a place: on this computer, and in no folder that is synchronised."""
    return Path.home() / "Planner"


def samples_folder() -> Path:
    """Where the sample projects are made; nothing in them is real."""
    return data_folder() / "samples"
