"""Draws the two sample projects and writes them into the resources: `python -m tools.make_samples [--check] [NAME]`."""

import argparse
import io
import lzma
import sys
import zipfile
from datetime import date

from planner.actions.shipped import reference
from planner.core.records import Record, Setting
from planner.core.workspace_settings import SOURCE_AS_AT
from planner.formats.ssd_writing import zipped
from planner.paths import resource
from tools.samples import newcastle_project, southampton_project
from tools.samples.middle import Middle, marked
from tools.samples.packing import packed, written
from tools.samples.project import Project
from tools.samples.workbook import workbook
from tools.ssd_extract import sample_tables

DRAWS = {"southampton": southampton_project.draw, "newcastle": newcastle_project.draw}


def project_files(name: str) -> dict[str, bytes]:
    """The files of one project by their names, not yet packed: up to its Monday, and whole."""
    project = DRAWS[name](reference())
    whole = list(project.book.records.values())
    as_at = next(record.value for record in whole if isinstance(record, Setting) and record.id == SOURCE_AS_AT)
    middle = Middle(project).records()
    files = {
        f"{name}.json.xz": _file(project, middle, project.middle),
        f"{name}-whole.json.xz": _file(project, marked(whole, date.fromisoformat(as_at)), project.days.last),
    }
    if name != "southampton":
        return files
    return files | {"annex-a.xlsx": workbook(middle), "ssd.zip": zipped(sample_tables(middle, project.middle))}


def _file(project: Project, records: list[Record], today: date) -> bytes:
    return written(records, project.book.prefix, project.days.first, {"title": project.title, "today": today.isoformat()})


def plain(content: bytes) -> bytes:
    """What is packed, whatever packed it."""
    if content.startswith(b"PK") and b"ssd_person.csv" in content:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"".join(name.encode() + archive.read(name) for name in sorted(archive.namelist()))
    return lzma.decompress(content) if content.startswith(b"\xfd7zXZ") else content


def main() -> int:
    """Write the files, or with --check say which differ from what the seeds draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(DRAWS))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    differing = []
    for name in options.names:
        for file, content in project_files(name).items():
            path = resource("samples") / file
            if options.check:
                differing += [file] if not path.exists() or plain(path.read_bytes()) != plain(content) else []
            else:
                path.write_bytes(packed(content) if path.suffix == ".xz" else content)
            print(f"{file}: {len(content):,} bytes before packing")
    if differing:
        print(f"These differ from what the seeds draw: {', '.join(differing)}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
