"""Where a workspace may not live, and what is offered instead."""

from pathlib import Path

import pytest

from planner.core.errors import Environment
from planner.store.places import check_place, local_default
from tests.helpers.stores import HandClock, a_workspace


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive",
        "OneDrive - Westmere Council",
        "Dropbox",
        "Dropbox (Personal)",
        "Google Drive",
        "My Drive",
        "iCloud Drive",
        "Mobile Documents",
        "iCloud~com~apple",
        "Nextcloud",
    ],
)
def test_a_folder_that_another_program_synchronises_is_refused_with_a_local_one_offered(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "plans" / "team.planner"
    with pytest.raises(Environment) as refused:
        check_place(path)
    assert folder in refused.value.sentence
    assert str(local_default("team.planner")) in refused.value.sentence


def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    real = tmp_path / "Dropbox"
    real.mkdir()
    (tmp_path / "plans").symlink_to(real)
    with pytest.raises(Environment):
        check_place(tmp_path / "plans" / "team.planner")


@pytest.mark.parametrize("path", ["\\\\server\\share\\team.planner", "//server/share/team.planner"])
def test_a_network_share_is_refused(path: str) -> None:
    with pytest.raises(Environment, match="network share"):
        check_place(Path(path) if path.startswith("\\") else _Unnormalised(path))


class _Unnormalised(type(Path())):
    """A path that keeps its two leading slashes, as Windows does."""

    def __str__(self) -> str:
        return "//server/share/team.planner"


@pytest.mark.parametrize(
    ("kind", "is_refused"), [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False), ("btrfs", False)]
)
def test_the_disk_under_the_path_decides(tmp_path: Path, kind: str, is_refused: bool) -> None:
    share = tmp_path / "a share"
    share.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {str(share.resolve()).replace(' ', chr(92) + '040')} {kind} rw 0 0\n")
    if is_refused:
        with pytest.raises(Environment, match=kind):
            check_place(share / "team.planner", mounts)
    else:
        check_place(share / "team.planner", mounts)
    check_place(tmp_path / "team.planner", mounts)


def test_names_that_only_resemble_such_folders_are_let_be(tmp_path: Path) -> None:
    check_place(tmp_path / "onedriver" / "dropboxes" / "team.planner")


def test_a_workspace_is_not_made_in_such_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Environment):
        a_workspace(tmp_path / "Dropbox" / "team.planner", HandClock())
    assert not (tmp_path / "Dropbox").exists()
