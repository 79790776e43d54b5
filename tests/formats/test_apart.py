"""Reading in a process apart: what is refused, how fast, and that it can be stopped."""

import io
import struct
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from planner.core.errors import Refused
from planner.formats.apart import Cancelled, Limits, read_apart
from planner.formats.choosing import FORMATS
from tests.helpers.annex_a_workbook import a_service, row, write_workbook

ANNEX_A = FORMATS[0]


class Sleeper:
    """A format that never comes to an end."""

    name = "sleeper"

    def read(self, path, answers=None, progress=lambda part: None):
        while True:
            path.exists()


class Glutton:
    """A format that takes all the memory there is."""

    name = "glutton"

    def read(self, path, answers=None, progress=lambda part: None):
        return b"x" * (8 * 1024**3)


class LockedOut:
    """A format whose file its reader may not open."""

    name = "locked out"

    def read(self, path, answers=None, progress=lambda part: None):
        raise PermissionError(13, "Permission denied", str(path))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "annex a.xlsx", {7: [row(7, start=date(2026, 9, 1))]})


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def changed(workbook: Path, name: str, old: bytes, new: bytes) -> Path:
    """The workbook with one part's text replaced."""
    with zipfile.ZipFile(workbook) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    assert old in members[name]
    members[name] = members[name].replace(old, new, 1)
    return zipped(workbook, members)


def refusal(path: Path, limits: Limits = Limits(seconds=20)) -> str:
    with pytest.raises(Refused) as refused:
        read_apart(ANNEX_A, path, limits)
    assert "took longer" not in refused.value.sentence
    assert refused.value.sentence.endswith(".")
    assert path.name in refused.value.sentence
    return refused.value.sentence


def test_a_workbook_is_read_with_its_progress(workbook):
    parts: list[float] = []
    found = read_apart(ANNEX_A, workbook, progress=parts.append)
    assert found == ANNEX_A.read(workbook)
    assert parts == sorted(parts)
    assert len(parts) >= 3


def test_answers_reach_the_reader(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {7: [row(7, start="03/04/2026")]})
    key = read_apart(ANNEX_A, path).questions[0].key
    assert not read_apart(ANNEX_A, path, answers={key: "month first"}).questions


def test_a_reading_can_be_stopped(workbook):
    with pytest.raises(Cancelled, match="Nothing was changed"):
        read_apart(Sleeper(), workbook, cancelled=lambda: True)


def test_a_reading_ends_at_its_time(workbook):
    with pytest.raises(Refused, match="took longer than 1 seconds"):
        read_apart(Sleeper(), workbook, Limits(seconds=1))


def test_a_file_that_may_not_be_opened_is_refused_by_what_is_in_the_way(workbook):
    with pytest.raises(Refused, match=r"annex a.xlsx cannot be opened: Permission denied\. See that you may read it"):
        read_apart(LockedOut(), workbook)


if sys.platform == "linux":  # which alone holds a process to its memory

    def test_a_reading_that_takes_all_memory_is_refused(workbook):
        with pytest.raises(Refused, match="memory"):
            read_apart(Glutton(), workbook)


def test_a_bomb_is_refused_by_its_ratio(tmp_path):
    assert "100 times" in refusal(zipped(tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": b"0" * 150_000_000}))


def test_a_bomb_of_many_parts_is_refused_by_its_total(tmp_path):
    part = bytes(range(256)) * 4 * 1024
    members = {f"xl/{number}.bin": part[number:] for number in range(220)}
    assert "would unpack" in refusal(zipped(tmp_path / "bomb.xlsx", members))


def test_a_part_that_lies_about_its_size_is_refused(tmp_path):
    path = zipped(tmp_path / "lies.xlsx", {"xl/worksheets/sheet1.xml": b"<c>" * 1_000_000})
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    path.write_bytes(data)
    assert "damaged" in refusal(path)


def test_too_many_parts_are_refused(tmp_path):
    assert "2,001 parts" in refusal(zipped(tmp_path / "many.xlsx", {f"{number}": b"" for number in range(2001)}))


@pytest.mark.parametrize("name", ["../out.xml", "/etc/out.xml", "xl/../../out.xml", "c:/out.xml", "..\\out.xml"])
def test_parts_that_point_outside_are_refused(tmp_path, name):
    assert "outside" in refusal(zipped(tmp_path / "paths.xlsx", {name: b"x"}))


def test_macros_are_refused_by_name_and_by_content(tmp_path, workbook):
    assert "macros" in refusal(zipped(tmp_path / "plain.xlsx", {"xl/vbaProject.bin": b"x"}))
    named = workbook.rename(tmp_path / "annex.xlsm")
    assert "macros" in refusal(named)


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    assert "20 MB" in refusal(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("text.xlsx", b"child,born", "not a workbook"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0rest", "password"),
        ("book.csv", b"PK\x03\x04rest", "not text"),
        ("nul.csv", b"a\0\0\0b\0\0\0", "not text"),
        ("picture.png", b"\x89PNG", "not a kind"),
        ("empty.xlsx", b"", "is empty"),
        ("broken.xlsx", b"PK\x03\x04" + b"x" * 500, "damaged"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


@pytest.mark.parametrize("cell", [b'r="XFD7"', b'r="A1048576"', b'r="A200001"', b'r="IW2"', b'r="A99999999"'])
def test_a_cell_far_away_is_refused_before_it_takes_memory(workbook, cell):
    assert "beyond row" in refusal(changed(workbook, "xl/worksheets/sheet1.xml", b'r="A2"', cell))


def test_a_declaration_is_refused(workbook):
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    assert "declarations" in refusal(changed(workbook, "xl/worksheets/sheet1.xml", b"<worksheet", entity))


@pytest.mark.parametrize("times", [16_384, 80_000])
def test_a_cell_that_is_too_long_is_refused(workbook, times):
    longer = b">" + b"ab" * times + b"<"
    assert "32,767" in refusal(changed(workbook, "xl/sharedStrings.xml", b">70001<", longer))


def test_a_file_that_has_gone_is_refused(tmp_path):
    assert "not there any more" in refusal(tmp_path / "gone.xlsx")


def test_cut_short_at_any_length_it_is_refused_or_read_and_never_worse(workbook):
    whole = workbook.read_bytes()
    for length in range(0, len(whole), max(len(whole) // 6, 1)):
        workbook.write_bytes(whole[:length])
        with pytest.raises(Refused):
            read_apart(ANNEX_A, workbook)


def test_twelve_hundred_children_are_read_whole(tmp_path):
    path = write_workbook(tmp_path / "big.xlsx", a_service(1200))
    found = read_apart(ANNEX_A, path)
    assert len(found.children) == 1200
    assert io.BytesIO(path.read_bytes()).getbuffer().nbytes < 20 * 1024 * 1024
