"""Where things lie on this machine; the standard library and platformdirs alone, so that every room but core may ask."""

from importlib.resources import files
from pathlib import Path

_CHECKOUT = Path(__file__).parent.parent / "resources"


def resource(name: str) -> Path:
    """The path of a file of `resources/`, in a checkout or in an installed product."""
    if _CHECKOUT.is_dir():
        return _CHECKOUT / name
    return Path(str(files("planner") / "resources" / name))
