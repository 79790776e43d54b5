"""Writing a file that leaves the workspace: whole, or not at all."""

from pathlib import Path


def written_whole(content: bytes, path: Path) -> Path:
    """Put a file in its place once all of it is written; what stood there before stays until then. Raises OSError."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
