"""The KPI exceptions of a month: each figure with its parts and its definition, and every row that missed, with its story."""

from datetime import date

from planner.core.date_words import plain_date
from planner.core.outlook import Outlook
from planner.core.records import Story
from planner.measures.kpis import Measured, measured
from planner.measures.period import Period, month_of
from planner.measures.tally import Counted, Tally
from planner.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    Sheet,
    Table,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.plain_table import PlainTable
from planner.reports.report import Report, SheetOptions, check_names, chosen_workers, made
from planner.reports.several import with_cover
from planner.reports.wording import child_words, counted, figures_of, short_day, team_named, team_words, worker_team_words

TITLE = "KPI exceptions"
NO_STORY = "No story yet"
FEW = 10
"""Of fewer than these a percentage says nothing, and none is shown."""
_SUMMARY = (
    Column("Measure"),
    Column("Figure", 24, "right"),
    Column("Share", 17, "right"),
    Column("Target", 17, "right"),
    Column("Exceptions", 21, "right"),
    Column("No story yet", 23, "right"),
)
_COLUMNS = (Column("Child", 34), Column("Worker", 30), Column("Due", 30), Column("Done", 32), Column("Story"))
_HEADINGS = (
    "Measure",
    "Figure",
    "Child",
    "Worker",
    "What",
    "Due",
    "Done",
    "Days late",
    "Why",
    "What is being done",
    "By whom",
    "By when",
    "Story",
)


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The teams' sheet, or one worker's, or each worker's from a new page. Raises Refused as `check_names` does."""
    check_names(outlook, options)
    period = _period(outlook, options)
    found = measured(outlook, period)
    title = f"{TITLE}, {period.words}"
    if not options.worker_id and not options.each_worker:
        named = team_named(outlook)
        what = f"{title}, {named}" if named else title
        return made(TITLE, (_sheet(outlook, options, (title, team_words(outlook), what), period, found),), options)
    theirs = ((worker, _of_worker(found, worker.id)) for worker in chosen_workers(outlook, options))
    sheets = tuple(
        _sheet(
            outlook,
            options,
            (f"{worker.name}: {title}", worker_team_words(outlook, worker), f"{title}, {worker.name}"),
            period,
            own,
        )
        for worker, own in theirs
        if not options.each_worker or any(exceptions(one.tally) for one in own)
    )
    return made(TITLE, with_cover(TITLE, outlook, sheets), options)


def table(outlook: Outlook, options: SheetOptions, _today: date) -> PlainTable:
    """The same exceptions as rows for a spreadsheet, the figures and definitions above. Raises Refused as `check_names` does."""
    check_names(outlook, options)
    period = _period(outlook, options)
    found = measured(outlook, period)
    about = [f"{team_words(outlook)}. {period.words}, as known on {plain_date(outlook.on)}"]
    if options.worker_id:
        (worker,) = chosen_workers(outlook, options)
        found, about = _of_worker(found, worker.id), [f"{worker.name}. {about[0]}"]
    about += [f"{one.kpi.title}: {figure_words(one)}. {one.kpi.definition}" for one in found]
    rows = [_plain(one, counted_row, outlook, options) for one in found for counted_row in exceptions(one.tally)]
    return PlainTable(TITLE, tuple(about), _HEADINGS, tuple(rows))


KPI_EXCEPTIONS = Report("kpi-exceptions", TITLE, build, by_month=True, table=table)


def exceptions(tally: Tally) -> tuple[Counted, ...]:
    """Every row to be explained: those that missed, then those still open from before the period."""
    return (*tally.missed, *tally.earlier)


def figure_words(one: Measured) -> str:
    """`41 of 45, 91.1%`; of few no percentage, and of none that there was none."""
    tally = one.tally
    if not tally.denominator:
        return "none"
    share = share_words(tally)
    return f"{tally.numerator:,} of {tally.denominator:,}{f', {share}' if share else ''}"


def share_words(tally: Tally) -> str:
    """`91.1%`; nothing where there are too few to say a share."""
    return _percent(tally.tenths) if tally.tenths is not None and tally.denominator >= FEW else ""


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"


def _period(outlook: Outlook, options: SheetOptions) -> Period:
    return month_of(options.month_on or outlook.on)


def _of_worker(found: tuple[Measured, ...], worker_id: str) -> tuple[Measured, ...]:
    return tuple(Measured(one.kpi, one.tally.of_worker(worker_id), one.target) for one in found)


def _sheet(
    outlook: Outlook, options: SheetOptions, words: tuple[str, str, str], period: Period, found: tuple[Measured, ...]
) -> Sheet:
    """The summary, then a section for each measure with rows; `words` are its title, what is under it, and in the footer."""
    summary = Table(_SUMMARY, tuple(_summary_row(one) for one in found))
    blocks: list[Block] = [_finding(found), summary]
    for one in found:
        blocks += _section(outlook, options, period, one)
    title, whose, what = words
    return Sheet(title, whose, figures_of(outlook), what, tuple(blocks))


def _finding(found: tuple[Measured, ...]) -> Paragraph:
    rows = [counted_row for one in found for counted_row in exceptions(one.tally)]
    if not rows:
        return paragraph(strong("Nothing was missed."))
    without = sum(_needs_story(counted_row) for counted_row in rows)
    return paragraph(strong(f"{counted(len(rows), 'exception')}."), f" {without:,} without a story.")


def _needs_story(counted_row: Counted) -> bool:
    return counted_row.story is None and not counted_row.said


def _summary_row(one: Measured) -> Row:
    tally = one.tally
    rows = exceptions(tally)
    target = _percent(one.target) if one.target is not None else "none"
    without = sum(_needs_story(counted_row) for counted_row in rows)
    share = share_words(tally) or ("–" if tally.denominator else "")
    figure = f"{tally.numerator:,} of {tally.denominator:,}" if tally.denominator else "none"
    below = one.is_met is False
    return row(
        one.kpi.title,
        figure,
        strong(f"{share}, below") if below and share else share,
        muted(target) if one.target is None else target,
        f"{len(rows):,}",
        strong(f"{without:,}") if without else "0",
    )


def _section(outlook: Outlook, options: SheetOptions, period: Period, one: Measured) -> list[Block]:
    tally = one.tally
    if not tally.denominator and not tally.earlier and not tally.left_out:
        return []
    blocks: list[Block] = [Heading(f"{one.kpi.title}: {figure_words(one)}"), paragraph(muted(one.kpi.definition))]
    blocks += [paragraph(muted(f"Left out: {number:,} {why}.")) for why, number in tally.left_out]
    says_what = len({counted_row.what for counted_row in exceptions(tally)}) > 1
    missed, earlier = (
        tuple(_row(outlook, options, counted_row, says_what) for counted_row in rows) for rows in (tally.missed, tally.earlier)
    )
    if missed:
        blocks.append(Table(_COLUMNS, missed))
    elif tally.denominator:
        blocks.append(paragraph("No exception."))
    if earlier:
        before = strong(f"Fell due before {period.words}, or before the planner knew the child, and still open")
        blocks.append(Table(_COLUMNS, (row(cell(before, span=len(_COLUMNS)), kind="group"), *earlier)))
    return blocks


def _row(outlook: Outlook, options: SheetOptions, missed: Counted, says_what: bool) -> Row:
    """One exception; what it was is said where a measure's rows are not all of one kind."""
    on = outlook.on
    due = cell(short_day(missed.due_on, on), muted(missed.what) if says_what else "")
    worker = missed.worker.name if missed.worker is not None else strong("No worker")
    return row(strong(child_words(missed.child, options)), worker, due, _done(missed, on), _story(missed, on))


def _done(missed: Counted, on: date) -> Cell:
    late = counted(missed.days_late, "day") + " late" if missed.days_late else ""
    if missed.done_on is not None:
        return cell(short_day(missed.done_on, on), strong(late) if late else "")
    if missed.stopped_on is not None:
        return cell("not done", muted(f"no longer owed from {short_day(missed.stopped_on, on)}"))
    return cell(strong("not yet done"), strong(late) if late else "")


def _story(missed: Counted, on: date) -> Cell:
    story = missed.story
    if story is None:
        return cell(missed.said) if missed.said else cell(strong(NO_STORY))
    by = f"by {short_day(story.by, on)}" if story.by is not None else ""
    done = ", ".join(part for part in (story.action, story.owner, by) if part)
    return cell(Run(story.why), *([Run(done)] if done else []), muted(_agreed(story)))


def _agreed(story: Story) -> str:
    return f"agreed by {story.agreed_by}" if story.agreed_on is not None else "not yet agreed"


def _plain(one: Measured, missed: Counted, outlook: Outlook, options: SheetOptions) -> tuple[str, ...]:
    story = missed.story
    told = (story.why, story.action, story.owner, _iso(story.by), _agreed(story)) if story is not None else ("",) * 5
    if story is None:
        told = (missed.said, "", "", "", "" if missed.said else NO_STORY)
    return (
        one.kpi.title,
        figure_words(one),
        child_words(missed.child, options),
        missed.worker.name if missed.worker is not None else "No worker",
        missed.what,
        _iso(missed.due_on),
        _iso(missed.done_on) or (f"no longer owed from {_iso(missed.stopped_on)}" if missed.stopped_on else ""),
        str(missed.days_late) if missed.days_late else "",
        *told,
    )


def _iso(day: date | None) -> str:
    return plain_date(day) if day is not None else ""
