"""Writing a file that leaves the workspace: whole, or not at all."""

from collections.abc import Callable
from pathlib import Path


def written_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Put a file in its place once `write` has written all of it beside; what stood there stays until then. Raises OSError."""
    beside = path.with_name(f"{path.stem}.part{path.suffix}")
    try:
        write(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
