"""Nothing that is typed in can be found in any byte of what lies on the disk."""

import math
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from planner.actions.workspace import Workspace
from planner.core.records import Child, Story
from tests.helpers.stores import PASSPHRASE, HandClock, a_child, do, inside, opened, put

CANARIES = [f"Canary{number:04d}Wren" for number in range(1000)]


def files(folder: Path) -> list[Path]:
    return [item for item in folder.rglob("*") if item.is_file()]


def entropy(content: bytes) -> float:
    """Bits a byte."""
    counts = Counter(content)
    return -sum(count / len(content) * math.log2(count / len(content)) for count in counts.values())


def holds_a_canary(content: bytes) -> bool:
    """Whether any of them is there, in one byte a character or in two."""
    return any(re.search(rb"Canary\d{4}Wren", form) for form in (content, content.replace(b"\x00", b"")))


def test_no_canary_and_no_key_lies_in_any_file_while_open_or_closed(
    workspace: Workspace, tmp_path: Path, path: Path, clock: HandClock
) -> None:
    children = [replace(a_child(number), name=canary, locality=canary) for number, canary in enumerate(CANARIES)]
    do(workspace, put, *children)
    do(workspace, put, Story(id="s", why=CANARIES[0], action=CANARIES[1]), title="Write a story")
    workspace.backup().result()
    key = bytes(inside(workspace).key)
    secrets = [key, key.hex().encode(), PASSPHRASE.encode()]
    open_now = {item: b"" if item == path else item.read_bytes() for item in files(tmp_path)}
    workspace.close()
    closed = {item: item.read_bytes() for item in files(tmp_path)}
    assert {item.suffix for item in [*open_now, *closed]} >= {
        ".planner",
        ".planner-wal",
        ".keys",
        ".lock",
        ".planner-backup",
        ".json",
    }
    for content in [*open_now.values(), *closed.values()]:
        assert b"SQLite format 3" not in content
        assert not [secret for secret in secrets if secret in content]
        assert not holds_a_canary(content)
    assert entropy(closed[path]) > 7.9
    assert entropy(next(content for item, content in closed.items() if item.suffix == ".planner-backup")) > 7.9
    again = opened(path, clock)
    assert len(again.snapshot.all(Child)) == len(CANARIES)
    again.close()
