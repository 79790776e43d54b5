"""A child in the drawer: facts, what can be done, what is due and why, the course, visits, who held the child, the family."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from planner.actions.decisions import resume_rule
from planner.actions.visits import mark_recorded
from planner.core.candidates import family_of
from planner.core.course import course_of
from planner.core.date_words import plain_date
from planner.core.outlook_rows import OpenCase
from planner.core.recording import TOOK_PLACE
from planner.core.records import Child
from planner.ui.case_words import NO_WORKER, age_sentence, plan_letters, plan_name, status_tone, status_words
from planner.ui.child_tasks import child_tasks
from planner.ui.dialogs.question import discreet
from planner.ui.drawer_due import DueList
from planner.ui.drawer_parts import Heading, Listing
from planner.ui.drawer_rows import (
    CONTACT_COLUMNS,
    COURSE_COLUMNS,
    FAMILY_COLUMNS,
    HELD_COLUMNS,
    PLACEMENT_COLUMNS,
    VISIT_COLUMNS,
    ChildRow,
    ContactRow,
    HeldRow,
    VisitRow,
    contact_rows,
    course_rows,
    held_rows,
    placement_rows,
    visit_rows,
)
from planner.ui.transfers.words import leaving_words
from planner.ui.widgets.button import Button
from planner.ui.widgets.course import CourseView
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

VISITS_SHOWN = 5
BUTTONS = ("log", "plan", "allocate", "print")


class ChildPanel(QWidget):
    """Everything the plan knows of one child. Other children and workers in it are asked for by signal."""

    child_asked = Signal(str)
    worker_asked = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.child_id = ""
        self._shows_all_visits = False
        self.facts = Words("", tone="muted")
        self.alarm = Words("", "strong", "warning")
        self.buttons = {key: Button("", partial(self.run_task, key), small=True) for key in BUTTONS}
        self.buttons["log"].setProperty("kind", "primary")
        self.more = Button("More", self._on_more_pressed, small=True)
        self.leaving = Words("")
        self.closed_words = Words("", tone="muted")
        self.due = DueList()
        self.course = CourseView()
        self.course_table = Listing(COURSE_COLUMNS, "Course as a table")
        self.course_heading = Heading("Course")
        self.visits_heading = Heading("Visits")
        self.no_visits = Words("", tone="muted")
        self.visits = Listing(VISIT_COLUMNS, "Visits", self._on_visit_opened, given_up=2)
        self.all_visits = Button("", self._on_all_visits_pressed, kind="link")
        self.placements_heading = Heading("Placements")
        self.placements = Listing(PLACEMENT_COLUMNS, "Placements")
        self.contacts_heading = Heading("Contacts by role")
        self.contacts = Listing(CONTACT_COLUMNS, "Contacts by role", self._on_contact_opened, given_up=2)
        self.held_heading = Heading("Who held the case")
        self.held = Listing(HELD_COLUMNS, "Who held the case", self._on_held_opened, given_up=2)
        self.family_heading = Heading("Family")
        self.family = Listing(FAMILY_COLUMNS, "Family", self._on_family_opened, given_up=2)
        self._lay_out()

    # Building

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for words in (self.facts, self.alarm, self.leaving, self.closed_words):
            layout.addWidget(words)
        layout.addWidget(self._button_row())
        parts = (
            (self.due,),
            (self._course_switch(),),
            (self.visits_heading, self.no_visits, self.visits, self.all_visits),
            (self.placements_heading, self.placements),
            (self.contacts_heading, self.contacts),
            (self.held_heading, self.held),
            (self.family_heading, self.family),
        )
        for part in parts:
            layout.addSpacing(8)
            for widget in part:
                layout.addWidget(widget)
        layout.addStretch(1)
        self.due.resume_asked.connect(self._on_resume_asked)
        self.visits.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.visits.customContextMenuRequested.connect(self._on_visit_menu_asked)

    def _button_row(self) -> QWidget:
        row = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        layout = FlowLayout(row, gap=8, line_gap=8)
        for button in (*self.buttons.values(), self.more):
            layout.addWidget(button)
        return row

    def _course_switch(self) -> QWidget:
        """The course as a chart, or as a table; what was chosen stays chosen."""
        self.switch = Button("Table", self._on_switch_pressed, kind="link")
        self.course_heading.add(self.switch)
        self.course_part = QWidget()
        layout = QVBoxLayout(self.course_part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.course_heading)
        layout.addWidget(self.course)
        layout.addWidget(self.course_table)
        self.course_table.hide()
        self._shows_table = False
        return self.course_part

    # Showing

    def show_child(self, outlook: "Outlook", child: Child) -> None:
        """Show a child as the outlook sees them."""
        if child.id != self.child_id:
            self.child_id, self._shows_all_visits = child.id, False
        case = outlook.case_of(child.id)
        self._show_facts(outlook, child, case)
        self._show_buttons()
        self.due.setVisible(case is not None)
        self.due.show_owed(outlook, child.id, "Nothing is due by the rules in force.")
        owed = [(outlook.rule_of(one).title, one) for one in outlook.owed_to(child.id)] if case else []
        course = course_of(outlook.snapshot, child.id, outlook.on, owed)
        self.course_heading.words.setText(f"Course since {plain_date(course.received)}")
        self.course.show_course(course, f"Course of {self.desk.child_words(child)} since {plain_date(course.received)}")
        self._course_rows = course_rows(course)
        self.course_part.setVisible(case is not None or bool(course.marks) or not all(span.gap for span in course.spans))
        self._show_course()
        self._visit_rows = visit_rows(outlook, child.id)
        self._show_visits()
        self._show_people(outlook, child)

    def _show_people(self, outlook: "Outlook", child: Child) -> None:
        """Where the child lives and has lived, whom to turn to, who held the case, the family."""
        placements = placement_rows(outlook, child.id)
        self.placements_heading.setVisible(bool(placements))
        self.placements_heading.count.setText(str(len(placements)))
        self.placements.show_rows(placements)
        contacts = contact_rows(outlook, child.id)
        self.contacts_heading.setVisible(bool(contacts))
        self.contacts.show_rows(contacts)
        held = held_rows(outlook, child.id)
        self.held_heading.setVisible(bool(held))
        self.held_heading.count.setText(count_words(len({row.held.worker_id for row in held}), "worker"))
        self.held.show_rows(held)
        self._show_family(outlook, child)

    def _show_facts(self, outlook: "Outlook", child: Child, case: OpenCase | None) -> None:
        said = [age_sentence(child, outlook.on)]
        self.alarm.say("")
        if case is not None:
            since = f" since {plain_date(case.plan_since)}" if case.plan_since else ""
            others = f" (also {plan_letters(case).partition(', ')[2]})" if len({spell.plan for spell in case.plans}) > 1 else ""
            said.append(f"{plan_name(case)}{since}{others}.")
        if case is not None and case.worker is not None and case.since is not None:
            said.append(f"Held by {case.worker.name} since {plain_date(case.since)}.")
        self.facts.setText(" ".join(said))
        if case is not None and case.worker is None:
            self.alarm.say(_waiting_words(outlook, case))
        self.leaving.say(leaving_words(outlook, case) if case is not None else "")
        elsewhere = outlook.snapshot.case(child.id, outlook.on) is not None
        gone = "The teams looked at do not have this child." if elsewhere else "No case is open on the day looked at."
        self.closed_words.say("" if case is not None else gone)

    def _show_buttons(self) -> None:
        titles = {task.key: task.title for task in child_tasks(self.desk, self.child_id, self)}
        refusal = self.desk.reason_not_to_edit()
        for key, button in self.buttons.items():
            button.setText(titles[key])
            why = "" if key == "print" else refusal
            button.setToolTip(why)
            button.setAccessibleDescription(why)

    def _show_course(self) -> None:
        self.course.setVisible(not self._shows_table)
        self.switch.setText("Chart" if self._shows_table else "Table")
        self.switch.setAccessibleName("Show the course as a chart" if self._shows_table else "Show the course as a table")
        self.course_table.show_rows(self._course_rows if self._shows_table else ())

    def _show_visits(self) -> None:
        rows = self._visit_rows
        made = sum(row.visit.status in TOOK_PLACE for row in rows)
        self.visits_heading.count.setText(str(made) if made else "")
        self.no_visits.say("" if rows else "No visit is planned or logged yet.")
        self.visits.show_rows(rows if self._shows_all_visits else rows[:VISITS_SHOWN])
        self.all_visits.setText(f"Show all {len(rows)} visits")
        self.all_visits.setVisible(len(rows) > VISITS_SHOWN and not self._shows_all_visits)

    def _show_family(self, outlook: "Outlook", child: Child) -> None:
        family = family_of(outlook.snapshot, child)
        self.family_heading.setVisible(bool(family))
        self.family_heading.count.setText(count_words(len(family), "other child", "other children"))
        self.family.show_rows([child_row(self.desk, outlook, other) for other in family])

    # Acting

    def run_task(self, key: str) -> None:
        """Do one of the child's tasks, by its key."""
        next(task for task in child_tasks(self.desk, self.child_id, self.window()) if task.key == key).run()

    def _on_more_pressed(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for task in child_tasks(self.desk, self.child_id, self.window()):
            if task.key not in BUTTONS:
                menu.addAction(task.title, task.run)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_switch_pressed(self) -> None:
        self._shows_table = not self._shows_table
        self._show_course()

    def _on_all_visits_pressed(self) -> None:
        self._shows_all_visits = True
        self._show_visits()
        self.visits.setFocus()

    def _on_held_opened(self, row: HeldRow) -> None:
        self.worker_asked.emit(row.held.worker_id)

    def _on_contact_opened(self, row: ContactRow) -> None:
        if row.worker_id:
            self.worker_asked.emit(row.worker_id)

    def _on_family_opened(self, row: ChildRow) -> None:
        self.child_asked.emit(row.child.id)

    def _on_visit_opened(self, row: VisitRow) -> None:
        index = self.visits.currentIndex()
        self._open_visit_menu(row, self.visits.visualRect(index).bottomLeft())

    def _on_visit_menu_asked(self, at: QPoint) -> None:
        row = self.visits.current_row()
        if row is not None:
            self._open_visit_menu(row, at)

    def visit_tasks(self, row: VisitRow) -> list[tuple[str, Callable[[], None]]]:
        """What can be done with a visit: log what was planned, or say that it is recorded."""
        if row.visit.status == "planned":
            return [("Log this visit", lambda: self._log_planned(row)), ("Cancel this visit", lambda: self._cancel_planned(row))]
        return [("Recorded in the case system today", lambda: self._mark_recorded(row))] if row.is_unrecorded else []

    def _open_visit_menu(self, row: VisitRow, at: QPoint) -> None:
        tasks = self.visit_tasks(row)
        refusal = self.desk.reason_not_to_edit()
        if tasks and refusal:
            self.desk.failed.emit(refusal)
        elif tasks:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for words, run in tasks:
                menu.addAction(words, run)
            menu.popup(self.visits.viewport().mapToGlobal(at))

    def _log_planned(self, row: VisitRow) -> None:
        from planner.ui.dialogs.log_visit import LogVisitDialog

        LogVisitDialog(self.desk, self.child_id, row.visit.id, self.window()).show_up()

    def _on_resume_asked(self, suspension_id: str) -> None:
        title, said = (f"{words} for {self._discreet()}" for words in ("Let a rule run again", "A rule runs again"))
        self.desk.perform(title, resume_rule, suspension_id, self.desk.today, said=said)

    def _discreet(self) -> str:
        """The child for the name of a step."""
        child = self.desk.workspace.snapshot.find(Child, self.child_id)
        return discreet(child) if child else "the child"

    def _cancel_planned(self, row: VisitRow) -> None:
        from planner.ui.dialogs.cancel_visit import CancelVisitDialog

        CancelVisitDialog(self.desk, self.child_id, row.visit.id, self.window()).show_up()

    def _mark_recorded(self, row: VisitRow) -> None:
        said = f"Marked the visit to {self._discreet()} as recorded"
        title = f"Mark visit to {self._discreet()} as recorded"
        self.desk.perform(title, mark_recorded, row.visit.id, self.desk.today, said=said)


def _waiting_words(outlook: "Outlook", case: OpenCase) -> str:
    """That nobody holds the child, since when, and who does meanwhile; loud where there must be a worker."""
    waiting = next((row for row in outlook.waiting if row.case.child.id == case.child.id), None)
    since = f" since {plain_date(waiting.since)}" if waiting else ""
    meanwhile = case.case.held_meanwhile
    held = f" Held meanwhile by {meanwhile}." if meanwhile else " Nobody is named as holding the child meanwhile."
    must = f" A child who is {_must_words(case.plan)} must always have one." if waiting and waiting.must_have_worker else ""
    return f"{NO_WORKER}{since}.{must}{held}"


def _must_words(plan: str) -> str:
    return "looked after" if plan == "lac" else "on a child protection plan"


def child_row(desk: "Desk", outlook: "Outlook", child: Child) -> ChildRow:
    """A child as a row of a list in the drawer."""
    case = outlook.case_of(child.id)
    if case is None:
        is_open = outlook.snapshot.case(child.id, outlook.on) is not None
        return ChildRow(child, desk.child_words(child), "", "", "", "other team" if is_open else "no open case", "text_muted")
    return ChildRow(
        child=child,
        words=desk.child_words(child),
        plan=case.plan,
        letters=plan_letters(case),
        worker=case.worker.name if case.worker else NO_WORKER,
        status=status_words(case.next_visit, outlook.on),
        tone=status_tone(case.next_visit),
    )
