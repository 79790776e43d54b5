"""The Standard Safeguarding Dataset: the tables a council's case system is drawn off to, as CSV files, in a folder or a zip."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePath

from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.found import Found, Problem
from planner.formats.notes import Notes
from planner.formats.sheets import Sheet
from planner.formats.ssd_children import Extract
from planner.formats.ssd_rows import Columns, Telling, columns
from planner.formats.ssd_staff import Staffing
from planner.formats.ssd_tables import OPTIONAL, TABLES, named_table, table_of_dataset

EXTENSIONS = (".csv", ".txt")
_PLANS = {
    "cin_assessments": "assessment",
    "cin_plans": "cin",
    "cp_plans": "cp",
    "cla_episodes": "lac",
    "care_leavers": "care_leaver",
}
"""The plan each table is the table of."""
_FEW = 12
_NOT_SAID = (
    "Due dates of visits are not in an SSD extract: the rules of the policy in force work them out.",
    "Who made a visit is not in an SSD extract, so its visits stand without a worker.",
    "Core groups, child in need meetings and education plans are not in an SSD extract: what fell due before is unknown.",
)


@dataclass(frozen=True)
class Ssd:
    """Reads an SSD extract; `files` are its CSV files where they were chosen one by one, else it is read from a path."""

    files: tuple[Path, ...] = ()
    name = "ssd"
    label = "SSD tables"

    def recognises(self, path: Path) -> bool:
        """Whether a path looks like an SSD extract: a folder or zip with its tables, or a CSV file named as one.

        One that is named as a table that is not read is none of another format either: its rows are no children.
        """
        try:
            names = list(_names(path))
        except (OSError, zipfile.BadZipFile):
            return path.suffix.casefold() == ".zip"
        return any(named_table(PurePath(name).stem) or _is_called_ssd(PurePath(name)) for name in names)

    def of_files(self, files: Iterable[Path]) -> "Ssd | None":
        """The format for several files chosen together; None unless each is a table of an extract, and one is read."""
        chosen = tuple(sorted(files))
        is_known = all(map(is_of_extract, chosen)) and any(named_table(file.stem) for file in chosen)
        return Ssd(chosen) if is_known else None

    def parts(self, path: Path) -> list[Path]:
        """The files that are read, each of which must be safe; one with nothing in it, beside others, is only told of."""
        files = self._table_files(path)
        return [file for file in files if file.stat().st_size] or files

    def _table_files(self, path: Path) -> list[Path]:
        files = self.files or (_folder(path) if path.is_dir() else ())
        return [file for file in files if named_table(file.stem)] if files or path.is_dir() else [path]

    def read(
        self, path: Path, answers: Mapping[str, str] | None = None, progress: Callable[[float], None] = lambda _: None
    ) -> Found:
        """Read an extract to what it says of each child.

        `answers` are a person's answers to the questions of an earlier reading. Raises Refused where there is none of the
        tables; tables, rows and cells that cannot be read are problems of what is found.
        """
        notes = Notes(answers or {})
        written = _written_on(self.parts(path))
        digest = hashlib.sha256()
        tables = self._tables(path, notes, written, digest, progress)
        _tell_missing(path, tables, notes)
        _check_sense(tables, notes)
        progress(0.8)
        staffing = Staffing(tables)
        extract = Extract(tables, staffing)
        children = tuple(extract.children())
        _tell_strangers(staffing, notes)
        progress(0.9)
        counted = (*notes.assumed.items(), *staffing.assumed.items(), *extract.assumed.items())
        return Found(
            source=self._source(path),
            format=self.name,
            digest=digest.hexdigest(),
            as_at=_newest(tables.values(), written),
            children=children,
            workers=tuple(staffing.workers.values()),
            problems=tuple(sorted(notes.problems, key=_place)),
            assumed=(*(f"{what}: {count:,}." for what, count in counted if count), *self._not_read(path), *_NOT_SAID),
            questions=tuple(notes.questions.values()),
            holds=frozenset(plan for name, plan in _PLANS.items() if name in tables),
        )

    def _source(self, path: Path) -> str:
        read = self._table_files(path)
        return f"{len(read)} SSD tables" if self.files and len(read) > 1 else read[0].name if self.files else path.name

    def _not_read(self, path: Path) -> Iterator[str]:
        """Which files beside the tables were left out, in a sentence for those of the dataset and one for others."""
        names = sorted(PurePath(name) for name in ([file.name for file in self.files] or _names(path)))
        tables = sorted({f"ssd_{table}" for name in names if (table := table_of_dataset(name.stem)) and table not in TABLES})
        if tables:
            yield f"Tables of the dataset that were left out, for the planner does not read them: {', '.join(tables)}."
        others = [name.name for name in names if not table_of_dataset(name.stem)]
        if others:
            more = f" and {len(others) - _FEW:,} more" if len(others) > _FEW else ""
            yield f"Files that were left out, as no table of the dataset has their names: {', '.join(others[:_FEW])}{more}."

    def _tables(
        self, path: Path, notes: Notes, written: date, digest: "hashlib._Hash", progress: Callable[[float], None]
    ) -> dict[str, Columns]:
        """The tables found, each read; of two files for one table the first is read."""
        named = list(self._named_parts(path))
        if not named:
            raise Refused(
                f"{path.name} has none of the tables of an SSD extract, such as ssd_person.csv. "
                "Choose the folder, the zip or the CSV files that the extract wrote."
            )
        total = sum(size for _, size, _ in named) or 1
        tables: dict[str, Columns] = {}
        seen: set[str] = set()
        done = 0
        for file, size, read in named:
            table = named_table(PurePath(file).stem)
            if table in seen:
                message = f"{file} is a second file for {TABLES[table].title}; only the first was read."
                notes.problem(Sheet(file, TABLES[table].title, []), "table-twice", message, "refused")
                continue
            seen.add(table)
            raw = read()
            digest.update(table.encode() + hashlib.sha256(raw).digest())
            found = columns(TABLES[table], PurePath(file).name, raw, notes, written)
            if found is not None:
                tables[table] = found
            done += size
            progress(0.1 + 0.6 * done / total)
        return tables

    def _named_parts(self, path: Path) -> Iterator[tuple[str, int, Callable[[], bytes]]]:
        """The files of tables in order of name: the name, the size in bytes, and how to read it."""
        if not self.files and path.suffix.casefold() == ".zip":
            archive = zipfile.ZipFile(path)
            for member in sorted(archive.infolist(), key=lambda member: member.filename):
                if _is_table(member.filename):
                    yield member.filename, member.file_size, partial(archive.read, member)
            return
        for file in self._table_files(path):
            if _is_table(file.name):
                yield file.name, file.stat().st_size, file.read_bytes


def is_of_extract(path: PurePath) -> bool:
    """Whether a file is named as a table of the dataset, be it one that is read or not."""
    return path.suffix.casefold() in EXTENSIONS and bool(table_of_dataset(path.stem))


def _is_called_ssd(path: PurePath) -> bool:
    return is_of_extract(path) and path.name.casefold().startswith("ssd_")


def _is_table(name: str) -> bool:
    return _is_text(name) and bool(named_table(PurePath(name).stem))


def _is_text(name: str) -> bool:
    path = PurePath(name)
    return path.suffix.casefold() in EXTENSIONS and "__MACOSX" not in path.parts


def _folder(path: Path) -> list[Path]:
    return sorted(file for file in path.iterdir() if file.is_file() and file.suffix.casefold() in EXTENSIONS)


def _names(path: Path) -> Iterable[str]:
    """The names of the CSV files of a path."""
    if path.is_dir():
        return [file.name for file in _folder(path)]
    if path.suffix.casefold() == ".zip":
        with zipfile.ZipFile(path) as archive:
            return [name for name in archive.namelist() if _is_text(name)]
    return [path.name] if path.suffix.casefold() in EXTENSIONS else []


def _written_on(files: Iterable[Path]) -> date:
    """The day the newest file was written: nothing the extract tells of can be later."""
    newest = max((file.stat().st_mtime for file in files), default=0.0)
    return datetime.fromtimestamp(newest).astimezone().date()


def _newest(tables: Iterable[Columns], written: date) -> date | None:
    """The newest day on which something began, was done or ended: the guess at the day the extract speaks of."""
    days = (
        value
        for table in tables
        for key in ("start", "end", "on", "contact", "pathway")
        for value in table.values.get(key, ())
        if isinstance(value, date) and value <= written
    )
    return max(days, default=None)


def _place(problem: Problem) -> tuple[str, int, str]:
    return (problem.sheet, problem.row or 0, problem.column)


# What only a look across tables shows


def _tell_missing(path: Path, tables: Mapping[str, Columns], notes: Notes) -> None:
    whole = Sheet(path.name, "", [])
    refused = {problem.sheet for problem in notes.problems if problem.code in ("column-missing", "table-empty")}
    for name, table in TABLES.items():
        if name not in tables and name not in OPTIONAL and table.title not in refused:
            message = f"There is no table {table.title}, so no {table.about} were read."
            notes.problem(whole, "table-missing", message, "accepted")


def _check_sense(tables: dict[str, Columns], notes: Notes) -> None:
    """Leave out rows of people who are not in the table of people, and ends that lie before their starts."""
    people = set(tables["person"].values["person"]) if "person" in tables else None
    for name, table in tables.items():
        telling = Telling(notes, table.sheet)
        if people is not None and name != "person" and "person" in table.values:
            _leave_out_strangers(table, people, telling)
        _leave_out_early_ends(table, telling)
        _leave_out_alone_unseen(table, telling)
        telling.close()


def _leave_out_strangers(table: Columns, people: set[object], telling: Telling) -> None:
    strangers = [place for place, person in enumerate(table.values["person"]) if person and person not in people]
    for place in strangers:
        message = "The person of this row is not in ssd_person, so the row was left out. Extract both on the same day."
        telling.tell(table.numbers[place], "person-unknown", message, "refused", value=table.text("person", place))
    if strangers:
        gone = set(strangers)
        kept = [place for place in range(len(table)) if place not in gone]
        table.values = {key: [column[place] for place in kept] for key, column in table.values.items()}
        table.numbers = [table.numbers[place] for place in kept]


def _leave_out_early_ends(table: Columns, telling: Telling) -> None:
    starts, ends = table.values.get("start"), table.values.get("end")
    if starts is None or ends is None:
        return
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if isinstance(start, date) and isinstance(end, date) and end < start:
            message = (
                f"The end, {plain_date(end)}, is before the start, {plain_date(start)}. The end was left out; correct it there."
            )
            telling.tell(table.numbers[place], "end-before-start", message, "refused", value=end.isoformat())
            ends[place] = None


def _leave_out_alone_unseen(table: Columns, telling: Telling) -> None:
    seen, alone = table.values.get("seen", ()), table.values.get("alone", [])
    for place, (was_seen, was_alone) in enumerate(zip(seen, alone, strict=False)):
        if was_seen is False and was_alone is True:
            message = "The child was seen alone, yet not seen. Not seen was taken; correct the one that is wrong there."
            telling.tell(table.numbers[place], "alone-unseen", message, "ask", value="Y")
            alone[place] = None


def _tell_strangers(staffing: Staffing, notes: Notes) -> None:
    """Name the involvements whose worker the professionals do not hold."""
    if staffing.unknown:
        telling = Telling(notes, staffing.unknown[0][0].sheet)
        for table, place in staffing.unknown:
            message = "The worker of this row is not in ssd_professionals. The allocation was kept, under the worker's id."
            telling.tell(table.numbers[place], "worker-unknown", message, "accepted", value=table.text("worker", place))
        telling.close()
