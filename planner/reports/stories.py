"""The story of what is overdue, as a cell of a sheet: why, what is done, by whom and by when, and how long that is carried."""

from planner.core.outlook import Outlook
from planner.core.outlook_rows import CaseDue, LateVisit
from planner.core.stories import told_of
from planner.reports.document import Cell, Run, cell, muted, strong
from planner.reports.wording import counted, short_day


def story_cell(outlook: Outlook, due: CaseDue | LateVisit) -> Cell:
    """What was written of one thing overdue; that nothing was is said in bold."""
    told = told_of(outlook, due.case, due.obligation)
    if told is None:
        return cell(strong("No story"))
    story, on = told.story, outlook.on
    by = f"by {short_day(story.by, on)}{', which has passed' if told.is_promise_past else ''}" if story.by is not None else ""
    done = ", ".join(part for part in (story.action, story.owner, by) if part)
    written = [f"written {short_day(story.written_on, on)}"]
    if told.weeks:
        written.append(f"carried for {counted(told.weeks, 'week')}")
    written.append(f"agreed by {story.agreed_by}" if told.is_agreed else "not yet agreed")
    return cell(Run(story.why), *([Run(done)] if done else []), muted(", ".join(written)))


def brief_story(outlook: Outlook, due: CaseDue | LateVisit) -> Cell:
    """The same in as few lines as it takes."""
    told = told_of(outlook, due.case, due.obligation)
    if told is None:
        return cell(strong("No story"))
    story, on = told.story, outlook.on
    by = f"by {short_day(story.by, on)}{', which has passed' if told.is_promise_past else ''}" if story.by is not None else ""
    done = ", ".join(part for part in (story.action, story.owner if story.owner != _worker(due) else "", by) if part)
    notes = [f"carried for {counted(told.weeks, 'week')}"] if told.weeks else []
    notes += [] if told.is_agreed else ["not yet agreed"]
    words = ". ".join(part.rstrip(".") for part in (story.why, done) if part)
    return cell((Run(words), muted(f" ({', '.join(notes)})")) if notes else Run(words))


def _worker(due: CaseDue | LateVisit) -> str:
    return due.case.worker.name if due.case.worker is not None else ""
