"""The command line: the same actions as the window, for scripts, scheduled exports and whoever checks the planner."""

import argparse
import getpass
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

from planner import __version__, cli_answers
from planner.actions.imports import preview
from planner.actions.paper_sheets import numbered
from planner.actions.samples import SAMPLE_PASSPHRASE, SAMPLES, sample_workspace
from planner.actions.shipped import reference
from planner.actions.workspace import Workspace, new_id, restore
from planner.cli_names import named
from planner.cli_sources import found_in_sources, import_all
from planner.core.date_words import plain_date, typed_date
from planner.core.errors import PlannerError, Refused
from planner.core.outlook import Outlook
from planner.core.policy import RuleSet, ruleset_from_toml, stacked
from planner.core.records import Child, Person, Team, Worker
from planner.core.rules_check import rules_check
from planner.core.workspace_settings import SAMPLE_TODAY

DONE, NEEDS_A_PERSON, REFUSED, STOPPED = 0, 1, 2, 130
ENGLAND = "england"

Answer = tuple[int, Any]
"""An exit status, and the JSON document to print."""


def main(words: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 done and something needs a person, 2 refused, 130 stopped by keys."""
    try:
        options = _parser().parse_args(words)
        status, answer = COMMANDS[options.name_of_command].run(options)
    except PlannerError as error:
        print(error.sentence, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Stopped. What was being saved is in the workspace whole, or not at all.", file=sys.stderr)
        return STOPPED
    text = (
        json.dumps(answer, indent=1, ensure_ascii=False) if options.json else cli_answers.as_text(options.name_of_command, answer)
    )
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Whoever read our output has enough; Python must not complain of it again while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


class Command:
    """One command: what it runs, its own arguments, and a line of help."""

    def __init__(self, run: Callable[[argparse.Namespace], Answer], words: str, *arguments: tuple[Any, ...]) -> None:
        self.run = run
        self.words = words
        self.arguments = arguments


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the words typed in one sentence, as every other refusal does."""

    def error(self, message: str) -> NoReturn:
        """Refuse the words typed. Raises Refused."""
        plainly = message.replace("invalid choice: ", "not known: ").replace("unrecognized arguments", "not known")
        raise Refused(f"{plainly[:1].upper()}{plainly[1:]}. {self.prog} --help says what can be typed.")


def _parser() -> argparse.ArgumentParser:
    about = "Plan the work of children's social work teams. Without a command, or with a FILE.planner alone, the window opens."
    parser = _Parser(prog="planner", description=about)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.words, description=command.words)
        for *flags, settings in command.arguments:
            sub.add_argument(*flags, **settings)
        sub.add_argument("--json", action="store_true", help="print one JSON document and nothing else there")
        sub.add_argument("--passphrase-file", type=Path, help="a file whose first line is the passphrase")
        sub.add_argument("--me", help="who is working, by name")
        sub.set_defaults(name_of_command=name)
    return parser


# Who, with what key, on which day


def _passphrase(options: argparse.Namespace, sample: str = "") -> str:
    """The passphrase: from a file, from PLANNER_PASSPHRASE, a sample's own, or asked for."""
    if options.passphrase_file:
        try:
            return str(options.passphrase_file.read_text("utf-8-sig").splitlines()[0])
        except (OSError, IndexError, UnicodeDecodeError) as problem:
            raise Refused(f"{options.passphrase_file} holds no passphrase that can be read. Nothing was changed.") from problem
    given = os.environ.get("PLANNER_PASSPHRASE", "") or sample
    if given:
        return given
    if not sys.stdin.isatty():
        raise Refused("Give the passphrase with --passphrase-file, or in the variable PLANNER_PASSPHRASE.")
    return getpass.getpass("Passphrase: ")


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[tuple[Workspace, Person]]:
    """The workspace named by FILE, open and signed in to, then closed."""
    workspace = Workspace.open(options.file, _passphrase(options), device_name=_device(), clock=_now)
    try:
        yield workspace, workspace.sign_in(_person(workspace, options).id)
    finally:
        workspace.close()


def _device() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "this computer")


def _person(workspace: Workspace, options: argparse.Namespace) -> Person:
    """Who is working: by --me or PLANNER_PERSON, else the only person, else (in a sample) its first manager, else asked."""
    people = workspace.people()
    name = options.me or os.environ.get("PLANNER_PERSON", "")
    if not name and len(people) == 1:
        return people[0]
    managers = [person for person in people if person.role == "team manager"]
    if not name and managers and workspace.snapshot.setting(SAMPLE_TODAY):
        return managers[0]
    names = ", ".join(person.name for person in people)
    if not name and not sys.stdin.isatty():
        raise Refused(f"Say who is working with --me. People here: {names}.")
    return named(people, name or input(f"Who is working ({names})? "), "person")


def _day(text: str, today: date) -> date:
    """A date as typed, seen from today."""
    return typed_date(text, today, reference().calendar)


def _outlook(workspace: Workspace, options: argparse.Namespace) -> Outlook:
    """The plan as looked at on --on (else the workspace's today), for --team (else all)."""
    today = workspace.today
    on = _day(options.on, today) if options.on else today
    teams = tuple(workspace.snapshot.all(Team).values())
    chosen = [named(teams, options.team, "team").id] if options.team else []
    return Outlook(workspace.snapshot, reference(), on, today, chosen)


def _worker(workspace: Workspace, outlook: Outlook, options: argparse.Namespace) -> Worker | None:
    """The worker of --worker, sought in --team where one is named, for two teams may have workers of one name."""
    if not options.worker:
        return None
    workers = list(workspace.snapshot.all(Worker).values())
    return named([one for one in workers if not outlook.team_ids or one.team_id in outlook.team_ids], options.worker, "worker")


def _child(workspace: Workspace, options: argparse.Namespace) -> str:
    """The id of the child of --child, or an empty string. Raises Refused where no child has the reference."""
    if not options.child:
        return ""
    found = [child.id for child in workspace.snapshot.all(Child).values() if child.reference == options.child]
    if not found:
        raise Refused("No child has this reference. Look it up on the Cases page.")
    return found[0]


# Commands


def _new(options: argparse.Namespace) -> Answer:
    """An empty workspace, with the person who makes it."""
    name = (options.me or os.environ.get("PLANNER_PERSON", "") or getpass.getuser()).strip()
    if not name:
        raise Refused("Give the name of the person who will work in it with --me. Nothing was made.")
    workspace = Workspace.create(
        options.file,
        _passphrase(options),
        name=options.file.stem,
        person=Person(id=new_id(), name=name),
        device_name=_device(),
        clock=_now,
    )
    workspace.close()
    return DONE, {"ok": True, "file": str(options.file), "keys": f"{options.file}.keys", "person": name}


def _demo(options: argparse.Namespace) -> Answer:
    """A sample project; with no passphrase given it takes the sample's own, which is printed."""
    passphrase = _passphrase(options, SAMPLE_PASSPHRASE)
    workspace = sample_workspace(
        options.file, options.name, whole=options.whole, passphrase=passphrase, device_name=_device(), clock=_now
    )
    today, person = workspace.today, workspace.person
    workspace.close()
    answer = {"ok": True, "file": str(options.file), "today": today.isoformat(), "person": person.name if person else ""}
    if passphrase == SAMPLE_PASSPHRASE:
        answer["passphrase"] = passphrase
    return DONE, answer


def _import(options: argparse.Namespace) -> Answer:
    """Read each source apart, then save them as one step that can be undone: all of them, or none."""
    told, status = [], DONE
    with _opened(options) as (workspace, _):
        said = _day(options.as_at, workspace.today) if options.as_at else None
        found = found_in_sources(options.source, options.format or "", options.mapping, workspace)
        dated = [(one, said or one.as_at or workspace.today) for one in found]
        if options.dry_run:
            results: list[Any] = [preview(workspace.snapshot, one, as_at) for one, as_at in dated]
        else:
            title = f"Import as at {plain_date(max(as_at for _, as_at in dated))}"
            stopped = threading.Event()
            saving = workspace.perform(title, import_all, dated, stopped)
            try:
                results = saving.result().result
            except KeyboardInterrupt:
                stopped.set()
                raise
        for (one, as_at), done in zip(dated, results, strict=True):
            told.append(cli_answers.imported(one, done, "" if said else plain_date(as_at)))
            if any(problem.outcome != "accepted" for problem in done.problems):
                status = NEEDS_A_PERSON
    return status, told[0] if len(told) == 1 else told


def _due(options: argparse.Namespace) -> Answer:
    """Everything owed, one row for each obligation."""
    with _opened(options) as (workspace, _):
        outlook = _outlook(workspace, options)
        until = _day(options.until, workspace.today) if options.until else None
        return DONE, cli_answers.due(outlook, until, _worker(workspace, outlook, options))


def _caseload(options: argparse.Namespace) -> Answer:
    """Every worker's load, and the children nobody holds."""
    with _opened(options) as (workspace, _):
        return DONE, cli_answers.caseload(_outlook(workspace, options))


def _kpis(options: argparse.Namespace) -> Answer:
    """Each KPI of a period with its parts and its definition; of the month of the day looked at, where no period is said."""
    with _opened(options) as (workspace, _):
        first, last = (_day(text, workspace.today) if text else None for text in (options.first, options.last))
        return DONE, cli_answers.kpis(_outlook(workspace, options), first, last)


def _print(options: argparse.Namespace) -> Answer:
    """One sheet as a PDF, or as rows where the name ends in .xlsx or .csv; or the list of sheets."""
    from planner.reports import REPORTS

    if options.list:
        return DONE, {"ok": True, "reports": [{"report": report.name, "title": report.title} for report in REPORTS]}
    if not options.file or not options.report or not options.out:
        raise Refused("Give the workspace, the report and --out. planner print --list names the reports.")
    report = next((report for report in REPORTS if report.name == options.report), None)
    if report is None:
        raise Refused(f"No report is called {options.report}. There are: {', '.join(report.name for report in REPORTS)}.")
    from planner.reports.as_pdf import pdf
    from planner.reports.as_table import TABLES, table_bytes

    suffix = options.out.suffix.casefold()
    is_table = suffix in TABLES
    if suffix not in ("", ".pdf") and not is_table:
        raise Refused(f"A sheet is written as .pdf, or its rows as .xlsx or .csv, and not as {suffix}. Nothing was written.")
    with _opened(options) as (workspace, person):
        outlook = _outlook(workspace, options)
        worker = _worker(workspace, outlook, options)
        if worker is not None and report.of_team:
            raise Refused(f"The {report.title.lower()} is the whole team's. Leave --worker out. Nothing was printed.")
        settings = report.options(
            worker_id=worker.id if worker else "",
            child_id=_child(workspace, options),
            month_on=_day(options.month, workspace.today) if options.month else None,
            printed_by=person.name,
            printed_at=_now().astimezone(),
        )
        with numbered(workspace, outlook, report.title, report.typed_back, worker) as snapshot:
            outlook = outlook.after(snapshot, ())
            document = report.build(outlook, settings, workspace.today)
            _write(options.out, table_bytes(report, outlook, settings, workspace.today, suffix) if is_table else pdf(document))
        workspace.note("exported" if is_table else "printed", report.name, document.reference)
    return DONE, {"ok": True, "report": report.name, "out": str(options.out), "reference": document.reference}


def _export(options: argparse.Namespace) -> Answer:
    """Everything that is known on a day, as the tables of an SSD extract: a folder, or a zip where the name says so."""
    from planner.formats import ssd_writing

    with _opened(options) as (workspace, _):
        on = _day(options.on, workspace.today) if options.on else workspace.today
        tables = ssd_writing.tables_of(workspace.snapshot, on)
        workspace.note("exported", options.format, "tables")
        try:
            ssd_writing.write(tables, options.out)
        except OSError as problem:
            raise Refused(f"{options.out} could not be written: {problem.strerror}. Choose another place.") from problem
    counts = {"children": len(tables["person"]), "rows": sum(map(len, tables.values()))}
    return DONE, {"ok": True, "format": options.format, "out": str(options.out), "as_at": on.isoformat(), **counts}


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise Refused(f"{path} cannot be written: {problem.strerror}. Choose another place with --out.") from problem


def _check(options: argparse.Namespace) -> Answer:
    """What is wrong inside a workspace, if anything."""
    with _opened(options) as (workspace, _):
        findings, place = workspace.check(), workspace.backup_place
    answer = {"ok": not findings, "findings": [str(finding) for finding in findings], "backups": place}
    return (NEEDS_A_PERSON if findings else DONE), answer


def _backup(options: argparse.Namespace) -> Answer:
    """A verified backup."""
    with _opened(options) as (workspace, _):
        path = workspace.backup(options.to).result()
        place = f"in the folder {path.parent}" if options.to else workspace.backup_place
    return DONE, {"ok": True, "backup": str(path), "backups": place}


def _restore(options: argparse.Namespace) -> Answer:
    """A workspace from a backup, at a path where none is."""
    restore(options.backup, options.file, _passphrase(options))
    return DONE, {"ok": True, "file": str(options.file)}


def _rules(options: argparse.Namespace) -> Answer:
    """The rules in force, or the due dates of facts that are in no workspace."""
    rules = _ruleset(options.policy)
    if options.what == "list":
        return DONE, cli_answers.rules(rules, _now().date())
    if options.facts is None:
        raise Refused("Name the file of facts: planner rules check FACTS.json.")
    try:
        entries = json.loads(options.facts.read_text("utf-8-sig"))
    except OSError as problem:
        raise Refused(f"{options.facts} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise Refused(f"{options.facts} is not JSON: {problem}. Write a list of entries with id and facts.") from problem
    return DONE, rules_check(entries, rules, reference().calendar)


def _ruleset(policy: Path | None) -> RuleSet:
    england = reference().policies[ENGLAND]
    if policy is None:
        return england
    try:
        return stacked(england, ruleset_from_toml(policy.read_text("utf-8-sig"), policy.stem))
    except OSError as problem:
        raise Refused(f"{policy} cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise Refused(f"{policy} is not text in UTF-8, so it is not a policy. Save it as UTF-8.") from problem


def _say(words: str) -> None:
    """Tell a person what is being done, apart from the answer."""
    print(f"{words} ...", file=sys.stderr)


def _tour(options: argparse.Namespace) -> Answer:
    """A manager's Monday on a sample through the real window: a picture of every screen, every sheet as PDF."""
    from planner.tour import tour

    return DONE, {"ok": True, "written": [str(path) for path in tour(options.out, _say)]}


_FILE = ("file", {"type": Path, "metavar": "FILE"})
_ON = ("--on", {"metavar": "DATE", "help": "the day looked at, as typed: 2026-11-23, 23/11/2026, 23 Nov, today"})
_TEAM = ("--team", {"metavar": "NAME", "help": "one team, by name"})
_CHILD = ("--child", {"metavar": "REFERENCE", "help": "one child, by reference"})
_WORKER = ("--worker", {"metavar": "NAME", "help": "one worker, by name"})

COMMANDS = {
    "new": Command(_new, "make an empty workspace", _FILE),
    "demo": Command(
        _demo,
        "make a sample project of invented children",
        ("name", {"choices": sorted(SAMPLES)}),
        _FILE,
        ("--whole", {"action": "store_true", "help": "the finished project, on its last day"}),
    ),
    "import": Command(
        _import,
        "read files of the case system",
        _FILE,
        ("source", {"type": Path, "nargs": "+", "metavar": "SOURCE"}),
        ("--as", {"dest": "format", "metavar": "FORMAT", "help": "the format, when it cannot be recognised"}),
        ("--mapping", {"type": Path, "metavar": "M.toml", "help": "which column of a tracker is which field"}),
        ("--as-at", {"metavar": "DATE", "help": "the day the figures speak of"}),
        ("--dry-run", {"action": "store_true", "help": "say what would change, and change nothing"}),
    ),
    "due": Command(
        _due,
        "what is owed, to whom, by when and why",
        _FILE,
        _ON,
        ("--until", {"metavar": "DATE", "help": "only what is due by this day"}),
        _WORKER,
        _TEAM,
    ),
    "caseload": Command(_caseload, "how full each worker is", _FILE, _ON, _TEAM),
    "kpis": Command(
        _kpis,
        "how a month's visits, assessments and reviews were in time",
        _FILE,
        ("--from", {"dest": "first", "metavar": "DATE", "help": "the first day of the period, else the first of the month"}),
        ("--to", {"dest": "last", "metavar": "DATE", "help": "its last day, else the last of the month"}),
        _ON,
        _TEAM,
    ),
    "print": Command(
        _print,
        "write a sheet as PDF, or its rows as Excel or CSV where it has them",
        ("file", {"type": Path, "metavar": "FILE", "nargs": "?"}),
        ("report", {"metavar": "REPORT", "nargs": "?"}),
        ("--out", {"type": Path, "metavar": "OUT.pdf"}),
        ("--list", {"action": "store_true", "help": "name the sheets"}),
        ("--month", {"metavar": "DATE", "help": "a day of the month to tell of, else that of the day looked at"}),
        _ON,
        _WORKER,
        _CHILD,
        _TEAM,
    ),
    "export": Command(
        _export,
        "write everything as the tables of an SSD extract, which is not encrypted",
        _FILE,
        ("format", {"choices": ["ssd"]}),
        ("--out", {"type": Path, "metavar": "PATH", "required": True, "help": "a folder, or a file that ends in .zip"}),
        _ON,
    ),
    "check": Command(_check, "look for orphans, duplicates and broken chains", _FILE),
    "backup": Command(_backup, "make a verified backup", _FILE, ("--to", {"type": Path, "metavar": "PATH"})),
    "restore": Command(_restore, "bring a backup back", ("backup", {"type": Path, "metavar": "BACKUP"}), _FILE),
    "rules": Command(
        _rules,
        "the rules in force, or due dates of facts in a file",
        ("what", {"choices": ["list", "check"]}),
        ("facts", {"type": Path, "nargs": "?", "metavar": "FACTS.json"}),
        ("--policy", {"type": Path, "metavar": "P.toml", "help": "a council's policy, over England's rules"}),
    ),
    "tour": Command(
        _tour,
        "a manager's Monday: pictures of every screen, every sheet as PDF",
        ("--out", {"type": Path, "default": Path("build/tour"), "metavar": "DIR"}),
    ),
}
