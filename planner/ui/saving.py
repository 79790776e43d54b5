"""Writing a file that leaves the workspace: whole, or not at all."""

from collections.abc import Callable
from pathlib import Path

from planner.core.errors import Environment


def written_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Put a file in its place once `write` has written all of it beside; what stood there stays until then.

    Raises Environment where the place cannot be written.
    """
    beside = path.with_name(f"{path.stem}.part{path.suffix}")
    try:
        try:
            write(beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as wrong:
        raise Environment(f"The file was not written: {wrong.strerror or 'no reason given'}. Choose another place.") from wrong
    return path
