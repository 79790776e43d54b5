"""Where a workspace may live: a local disk, not a network share nor a folder that another program synchronises."""

import os
import sys
from pathlib import Path

from planner import paths
from planner.core.errors import Environment

_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "mobile documents", "nextcloud")
_NETWORK_TYPES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "davfs", "fuse.davfs", "fuse.sshfs", "fuse.rclone", "ncpfs"}
_MOUNTS = Path("/proc/mounts")
_REMOTE_DRIVE = 4


def data_folder(workspace: str) -> Path:
    """This person's own folder for one workspace: a copy of its key slots, and this device's key; made when missing."""
    folder = paths.data_folder() / "workspaces" / workspace
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def local_default(name: str) -> Path:
    """Where a workspace of that file name would do well on this computer."""
    return Path.home() / "Planner" / name


def check_place(path: Path, mounts: Path = _MOUNTS) -> None:
    """Raise Environment when a workspace must not live at the path, naming a place where it can."""
    trouble = _synchronised(path) or _network(path, mounts)
    if trouble:
        better = local_default(path.name)
        raise Environment(
            f"{path.name} lies {trouble}, where two computers can damage it. "
            f"Keep it on this computer, for example at {better}; such a folder is good for backups."
        )


def _synchronised(path: Path) -> str:
    for part in (*path.absolute().parts, *path.resolve().parts):
        folded = part.casefold()
        for name in _SYNCHRONISED:
            if folded == name or folded.startswith((name + " ", name + "-", name + "~")):
                return f"in the folder {part}, which another program copies to and fro"
    return ""


def _network(path: Path, mounts: Path) -> str:
    if str(path).startswith(("\\\\", "//")):
        return "on a network share"
    if sys.platform == "win32":
        return _on_remote_drive(path)
    kind = _mounted_as(path.resolve(), mounts)
    return f"on a network disk ({kind})" if kind in _NETWORK_TYPES else ""


def _on_remote_drive(path: Path) -> str:
    import ctypes

    drive = os.path.splitdrive(path.absolute())[0] + "\\"
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    return f"on the network drive {drive}" if kernel.GetDriveTypeW(drive) == _REMOTE_DRIVE else ""


def _mounted_as(path: Path, mounts: Path) -> str:
    """The type of the file system under a path, where the system lists them."""
    if not mounts.exists():
        return ""
    best, found = -1, ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split(" ")
        if len(fields) > 2:
            point = Path(fields[1].replace("\\040", " "))
            if len(point.parts) >= best and (point == path or point in path.parents):
                best, found = len(point.parts), fields[2]
    return found
