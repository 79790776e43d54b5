"""Looks at a file before any reader does: its size, its kind, and what an archive would unpack to."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from planner.core.errors import Refused
from planner.formats.sheets import CELL_LIMIT, COLUMN_LIMIT, ROW_LIMIT

FILE_LIMIT = 20 * 1024 * 1024
MEMBER_LIMIT = 2_000
TOTAL_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 100
_CHUNK = 1024 * 1024
_OVERLAP = 64

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FAR_CELL = re.compile(rb'\br="(?:(?:I[W-Z]|[J-Z][A-Z]|[A-Z]{3,})\d+|[A-Z]{0,3}(?:[2-9]\d{5}|1\d{6,}|\d{7,}))"')
"""A cell right of column IV (256) or a row from 200,000 on; that row itself is let off by the reader's own count."""
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONG_TEXT = re.compile(rb">[^<]{%d}" % (CELL_LIMIT * 4 + 1))
"""More bytes than a cell's letters can have in UTF-8; shorter ones are counted by the reader."""

_ODS_MACROS = ("Basic/", "Scripts/")
_ZIP_AGAIN = "Make a zip that holds the CSV files of one extract and nothing else, and choose that."
_SAVE = "Save it as .xlsx without a password or macros, and choose that file."


def checked_file(path: Path) -> None:
    """Raise Refused, saying what to do, for a file that is too large, not of the kind its name says, or not safe to unpack."""
    if path.is_dir():
        files = sorted(path.glob("*.csv"))
        if len(files) > MEMBER_LIMIT:
            _refuse(path, f"holds {len(files):,} CSV files; the most is {MEMBER_LIMIT:,}", "Choose the folder of one export.")
        for file in files:
            checked_file(file)
        return
    size = path.stat().st_size
    if size > FILE_LIMIT:
        limit = FILE_LIMIT // 2**20
        _refuse(path, f"is larger than {limit} MB", "Delete sheets the planner does not need, save it and choose it again.")
    if size == 0:
        _refuse(path, "is empty", "Export it from the case system again.")
    _checked_kind(path)
    if path.suffix.casefold() in (".xlsx", ".ods", ".zip"):
        _checked_archive(path)


def _save(path: Path) -> str:
    """What to do with an archive that was not read."""
    return _ZIP_AGAIN if path.suffix.casefold() == ".zip" else _SAVE


def _refuse(path: Path, what: str, then: str) -> NoReturn:
    raise Refused(f"{path.name} {what}, so it was not read. {then}")


def _checked_kind(path: Path) -> None:
    """The first bytes must be those of the kind the name says."""
    suffix = path.suffix.casefold()
    with path.open("rb") as file:
        start = file.read(4096)
    if suffix in (".xlsm", ".xltm", ".xlsb", ".xls"):
        _refuse(path, "is an old workbook or one that may hold macros", _SAVE)
    if suffix == ".xlsx":
        if start.startswith(_OLE):
            _refuse(path, "is protected with a password, or is an old .xls under another name", _SAVE)
        if not start.startswith(_ZIP):
            _refuse(path, "is named .xlsx but is not a workbook", "Open it in the spreadsheet program and save it as .xlsx.")
    elif suffix == ".ods":
        if not start.startswith(_ZIP):
            _refuse(
                path, "is named .ods but is not an OpenDocument sheet", "Open it in the spreadsheet program and save it again."
            )
    elif suffix == ".zip":
        if not start.startswith(_ZIP):
            _refuse(path, "is named .zip but is not a zip archive", "Make the zip again, or choose the folder of CSV files.")
    elif suffix in (".csv", ".tsv", ".txt"):
        if start.startswith((_ZIP, _OLE)) or (b"\0" in start and not _is_wide(start) and start.count(b"\0") > len(start) // 50):
            _refuse(path, f"is named {suffix} but is not text", "Export it again as CSV, or rename a workbook to .xlsx.")
    else:
        _refuse(path, "is not a kind of file the planner reads", "Choose a workbook, CSV files, or a folder or zip of them.")


def _is_wide(start: bytes) -> bool:
    """Whether bytes look like text of two bytes a character: by its mark, or by every second byte being nothing."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return any(start[n::2].count(0) > 0.8 * len(start[n::2]) and 0 not in start[1 - n :: 2] for n in (0, 1))


def _checked_archive(path: Path) -> None:
    """Names, counts, sizes as claimed, and then sizes as they really are, by unpacking to nowhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _checked_members(path, members)
            _checked_claims(path, members)
            total = 0
            for member in members:
                total = _checked_content(path, archive, member, total)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError) as reason:
        then = "Make it again" if path.suffix.casefold() == ".zip" else "Open it in the spreadsheet program and save it again"
        raise Refused(f"{path.name} is damaged, so it was not read. {then}.") from reason


def _checked_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBER_LIMIT:
        _refuse(path, f"has {len(members):,} parts inside; the most is {MEMBER_LIMIT:,}", _save(path))
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            _refuse(path, "has parts that point outside itself", "Do not open it; ask who sent it.")
        if name.casefold().endswith("vbaproject.bin") or (path.suffix.casefold() == ".ods" and name.startswith(_ODS_MACROS)):
            _refuse(path, "holds macros", _save(path))
        if member.flag_bits & 1:
            _refuse(path, "is protected with a password", _save(path))


def _checked_claims(path: Path, members: list[zipfile.ZipInfo]) -> None:
    packed = sum(member.compress_size for member in members)
    total = sum(member.file_size for member in members)
    ratio = max((member.file_size / max(member.compress_size, 1) for member in members if member.file_size > _CHUNK), default=0)
    if total > TOTAL_LIMIT or packed > path.stat().st_size:
        _refuse(path, f"would unpack to more than {TOTAL_LIMIT // 2**20} MB", _save(path))
    if ratio > RATIO_LIMIT:
        _refuse(path, f"would unpack to more than {RATIO_LIMIT} times its size", _save(path))


def _checked_content(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, total: int) -> int:
    """Unpack one part to nowhere: its real size, no declarations, no cell beyond the limits; the total so far comes back."""
    is_sheet, is_plain = member.filename.startswith("xl/worksheets/"), path.suffix.casefold() == ".zip"
    tail, unpacked = b"", 0
    for chunk in _unpacked(archive, member):
        unpacked += len(chunk)
        total += len(chunk)
        if total > TOTAL_LIMIT or (unpacked > _CHUNK and unpacked > RATIO_LIMIT * max(member.compress_size, 1)):
            _refuse(path, f"unpacks to more than {TOTAL_LIMIT // 2**20} MB or {RATIO_LIMIT} times its size", _save(path))
        if is_plain:
            continue
        text = tail + chunk
        if _DECLARATION.search(text):
            _refuse(path, "holds declarations that a workbook does not have", "Do not open it; ask who sent it.")
        if is_sheet and _FAR_CELL.search(text):
            what = f"has cells beyond row {ROW_LIMIT:,} or column {COLUMN_LIMIT}"
            _refuse(path, what, "Delete the empty rows and columns after the data, save it and choose it again.")
        if _LONG_TEXT.search(text):
            _refuse(path, f"has a cell of more than {CELL_LIMIT:,} characters", "Shorten the cell, save it and choose it again.")
        keep = 4 * CELL_LIMIT + _OVERLAP
        tail = text[-keep:] if b"<" not in text[-_OVERLAP:] else text[-_OVERLAP:]
    return total


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's bytes in pieces of at most a megabyte, whatever size it claims."""
    if member.is_dir():
        return
    claimed = member.file_size
    with archive.open(member) as packed:
        while chunk := packed.read(_CHUNK):
            yield chunk
    if claimed == 0 and member.compress_size > 64:
        raise zipfile.BadZipFile("a part claims to be empty")
