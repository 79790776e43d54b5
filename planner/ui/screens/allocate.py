"""Allocate: the children who wait beside the workers who could take them, compared; one step with its reason gives them."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from planner.actions.families import allocate_family
from planner.core.comparing import Compared, Comparison, WaitingFamily, comparison, waiting_families
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.reports.allocation_sheet import ALLOCATION_SHEET
from planner.reports.report import Report, SheetOptions
from planner.ui.allocate.cards import changing_card, waiting_cards, waiting_finding
from planner.ui.allocate.choose_worker import ChooseWorkerDialog
from planner.ui.allocate.compare_pane import SCROLL_ROOM, ComparePane
from planner.ui.allocate.siblings import Siblings
from planner.ui.allocate.terms import Terms
from planner.ui.allocate.waiting_list import Card, WaitingList
from planner.ui.allocate.words import facts_words, fixed_words, siblings_words
from planner.ui.child_tasks import child_tasks
from planner.ui.dialogs.find_child import FindChildDialog
from planner.ui.dialogs.question import Wrong, discreet, read
from planner.ui.screen import Screen
from planner.ui.soon import soon
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.week_rows import open_weeks
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import names_in_a_row

if TYPE_CHECKING:
    from planner.ui.desk import Desk

LIST_WIDTH, WIDEST_LIST = 264, 1.4
LARGE_TEXT = 1.5
ROOMY = (600, 560)
"""The least width right of the list, and height, at 100% text, at which the terms stay at the foot of the page."""
STILL_COMPARING = "The workers are being compared for this child. Press again in a moment."
EVERY_CHILD = "Every child has a worker."
NO_CHILD = "There is no open case here yet."
FIRST_CHILD = "Take the first family in on Intake, or bring the children in on the Case system page."
WHAT_NEXT = (
    "Children who are received without a worker stand here until they have one. To give a child to another worker, "
    "find the child."
)


class AllocateScreen(Screen):
    """The list of waiting children, the compared workers of the one it stands on, and the terms at the foot."""

    name = "allocate"
    title = "Allocate"
    offers = ("Change worker",)
    is_page_scrolled = False

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._outlook: Outlook | None = None
        self._families: tuple[WaitingFamily, ...] = ()
        self._changing = ""
        self._child_id = ""
        self._group: tuple[str, ...] = ()
        self._compared_group: tuple[str, ...] = ()
        self._request = 0
        self.list = WaitingList()
        self.heading = Words(role="section")
        self.facts = Words(tone="muted")
        self.fixed = Words(tone="muted")
        self.siblings = Siblings()
        self.end_button = Button("End the allocation", self._on_end_pressed)
        self.compare_button = Button("Compare others", self.ask_whom_to_compare)
        self.team_button = Button("Open Team", lambda: desk.open_page("team"))
        self.pane = ComparePane(self._head(), desk.child_words)
        self.terms = Terms(desk)
        self.print_button = Button("Print sheet", lambda: self.desk.print_report(*self.printable()))
        self.change_button = Button("Change worker", self._on_change_pressed)
        self.empty_words, self.what_next = Words("", "section"), Words("", tone="muted")
        self.empty_button = Button("Find a child", self._on_change_pressed)
        self.intake_button = Button("Open Intake", lambda: desk.open_page("intake"))
        self._build()
        self._connect()

    # What the window asks

    def show_outlook(self, outlook: Outlook) -> None:
        """Fill the list; the child it stands on stays, or else the next one takes its place."""
        self._outlook = outlook
        self._add_right()
        self._families = waiting_families(outlook)
        self._show_cards()

    def finding(self, outlook: Outlook) -> str:
        """How many wait, in how many families, with how many points, and how many past a working day."""
        families = self._families if outlook is self._outlook else waiting_families(outlook)
        return waiting_finding(outlook, families)

    @staticmethod
    def count(outlook: Outlook) -> tuple[str, bool]:
        """The number of children who wait."""
        return str(len(outlook.waiting) or ""), False

    def header_actions(self) -> list[QWidget]:
        """The sheet, and changing the worker of a child who has one."""
        return [self.print_button, self.change_button]

    def printable(self) -> tuple[Report, SheetOptions]:
        """The allocation sheet of the teams looked at, with initials."""
        return ALLOCATION_SHEET, SheetOptions()

    def show_child(self, child_id: str) -> None:
        """Compare the workers for any open case: one who waits, or one who has a worker and is to change."""
        outlook = self._outlook
        case = outlook.case_of(child_id) if outlook is not None else None
        if outlook is None or case is None:
            self.desk.failed.emit("The teams looked at do not have this child on the day looked at.")
            return
        self._changing = child_id if case.worker is not None else ""
        self._child_id = child_id
        self.terms.clear()
        self._show_cards()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Building

    def _build(self) -> None:
        self._right = QVBoxLayout()
        self._right.setContentsMargins(20, 0, 14, 0)
        self._right.setSpacing(0)
        filled = QWidget()
        columns = QHBoxLayout(filled)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self._tray())
        columns.addLayout(self._right, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(filled)
        self.stack.addWidget(self._empty())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        for later in (self.pane, self.terms):
            later.setParent(self)
            later.hide()
        self._on_theme_changed(current_theme())

    def _add_right(self) -> None:
        """Put the workers and the terms on the page, each in a moment of its own, so that opening it keeps nobody waiting."""
        if self._right.indexOf(self.pane) < 0:
            self._right.addWidget(self.pane, 1)
            self.pane.show()
            soon(self, self._place_terms)

    def _place_terms(self) -> None:
        """At the foot of the page, or in a page with little room under the workers, where they scroll along."""
        if self._right.indexOf(self.pane) < 0:
            return
        scale = current_theme().text_scale
        is_roomy = self.width() - self.tray.width() >= ROOMY[0] * scale and self.height() >= ROOMY[1] * scale
        if is_roomy and self._right.indexOf(self.terms) < 0:
            self.pane.give_foot_back()
            self._right.addWidget(self.terms)
            self.terms.stand_in_line(SCROLL_ROOM)
        elif not is_roomy and not self.pane.isAncestorOf(self.terms):
            self._right.removeWidget(self.terms)
            self.terms.stand_in_line(0)
            self.pane.take_foot(self.terms)
        self.terms.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The terms stand where there is room for them."""
        super().resizeEvent(event)
        self._place_terms()

    def _order_focus(self) -> None:
        """Tab goes as the page is read, whenever columns come and go; the terms follow of themselves."""
        for before, after in pairwise([self.compare_button, *self.siblings.boxes.values(), *self.pane.in_reading_order()]):
            self.setTabOrder(before, after)

    def _head(self) -> QWidget:
        head, self._head_buttons = QWidget(), QWidget()
        buttons = FlowLayout(self._head_buttons, gap=8, line_gap=4)
        self.team_button.hide()
        for button in (self.end_button, self.compare_button, self.team_button):
            buttons.addWidget(button)
        self._head_grid = first = QGridLayout()
        first.setSpacing(8)
        first.addWidget(self.heading, 0, 0)
        first.setColumnStretch(0, 1)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addLayout(first)
        for part in (self.facts, self.fixed, self.siblings):
            column.addWidget(part)
        return head

    def _tray(self) -> QWidget:
        self.tray = QWidget()
        self.tray.setObjectName("tray")
        self.tray.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(self.tray)
        grid.setContentsMargins(16, 12, 12, 8)
        grid.setVerticalSpacing(4)
        order = Words("by risk", tone="muted")
        order.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(Words("Waiting", "section"), 0, 0)
        grid.addWidget(order, 0, 1)
        grid.addWidget(self.list, 1, 0, 1, 2)
        return self.tray

    def _empty(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(8)
        column.addWidget(self.empty_words)
        column.addWidget(self.what_next)
        column.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.intake_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return empty

    def _connect(self) -> None:
        self.list.child_chosen.connect(self._on_child_chosen)
        self.list.entered_child.connect(lambda _child_id: self.pane.focus_chosen())
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.siblings.changed.connect(self._on_siblings_changed)
        self.pane.given.connect(self.give_to)
        self.pane.chosen.connect(self._on_worker_chosen)
        self.pane.worker_opened.connect(self.desk.open_worker)
        self.pane.week_opened.connect(lambda one: open_weeks(self.desk, one.worker, (one.visits,)))
        self.pane.filled.connect(self._order_focus)
        self.terms.changed.connect(self._compare)
        self.terms.asked.connect(lambda: self.give_to(self.pane.chosen_id))
        move = QShortcut(QKeySequence("Ctrl+M"), self)
        move.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        move.activated.connect(self.ask_who_takes)
        theme_changes.changed.connect(self._on_theme_changed)

    # The list

    def _show_cards(self) -> None:
        outlook = self._outlook
        if outlook is None:
            return
        had_focus, place = self.list.hasFocus(), max(0, self.list.currentIndex().row())
        cards = list(waiting_cards(outlook, self._families, self.desk.child_words))
        changing = outlook.case_of(self._changing) if self._changing else None
        if changing is not None and changing.worker is not None:
            cards.insert(0, changing_card(outlook, changing, self.desk.child_words))
        else:
            self._changing = ""
        self.list.cards_model.set_cards(cards)
        self.stack.setCurrentIndex(0 if cards else 1)
        if not cards:
            self._child_id, self._group = "", ()
            self._say_nobody_waits(outlook)
            return
        stood = self.list.cards_model.place_of(self._child_id)
        self.list.stand_on(stood if stood >= 0 else min(place, len(cards) - 1))
        if had_focus:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_nobody_waits(self, outlook: Outlook) -> None:
        """Every child has a worker, or there is no child at all yet."""
        is_empty = not outlook.cases
        self.empty_words.say(NO_CHILD if is_empty else EVERY_CHILD)
        self.what_next.say(FIRST_CHILD if is_empty else WHAT_NEXT)
        self.empty_button.setVisible(not is_empty)
        self.intake_button.setVisible(is_empty)

    def _on_child_chosen(self, child_id: str) -> None:
        card = self.list.current_card()
        if card is None:
            return
        if child_id != self._child_id and not (set(self._group) & set(card.family)):
            self.terms.clear()
        stays = child_id in self._group and set(self._group) <= set(card.family)
        self._child_id = child_id
        self._group = tuple(other for other in card.family if other in self._group) if stays else card.family
        self.siblings.show_children({other: self._words(other) for other in card.family}, frozenset(self._group))
        self._show_head()
        self._compare()

    def _on_siblings_changed(self) -> None:
        card, ticked = self.list.current_card(), self.siblings.ticked()
        if card is not None:
            self._group = tuple(other for other in card.family if other in ticked)
            self._show_head()
            self._compare()

    def _cases(self) -> tuple[OpenCase, ...]:
        outlook = self._outlook
        return tuple(case for one in self._group if outlook is not None and (case := outlook.case_of(one)) is not None)

    def _words(self, child_id: str) -> str:
        case = self._outlook.case_of(child_id) if self._outlook is not None else None
        return self.desk.child_words(case.child) if case is not None else ""

    def _show_head(self) -> None:
        outlook, cases = self._outlook, self._cases()
        if outlook is None:
            return
        self.heading.setText(names_in_a_row([self.desk.child_words(case.child) for case in cases]))
        facts = [facts_words(outlook, case) for case in cases]
        siblings = siblings_words(outlook, cases, self.desk.child_words)
        if len(cases) > 1:
            facts = [f"{case.child.reference}: {said}" for case, said in zip(cases, facts, strict=True)]
            self.facts.say("\n".join(filter(None, (*facts, siblings))))
        else:
            self.facts.say(" ".join(filter(None, (*facts, siblings))))
        self.end_button.setVisible(bool(self._changing) and self._child_id == self._changing)
        self._show_change()

    def _show_change(self) -> None:
        is_lead = self.terms.role.value == "lead"
        former = next((case.worker.name for case in self._cases() if case.worker is not None), "")
        self.terms.say_change(former if is_lead else "")

    # Comparing

    def _compare(self) -> None:
        """Compare the workers for the children, the role and the day, off this thread."""
        self._show_change()
        start, outlook = self.terms.start.known_day(), self._outlook
        self._request += 1
        if start is not None and outlook is not None and self._group:
            role = self.terms.role.value
            self.desk.run_in_background(_numbered, self._request, outlook, self._group, start, role, then=self._on_compared)

    def _on_compared(self, made: tuple[int, Comparison]) -> None:
        number, asked = made
        if number != self._request or self._outlook is None:
            return
        group = tuple(sorted(case.child.id for case in asked.cases))
        is_same = bool(set(group) & set(self._compared_group))
        self._compared_group = group
        self.fixed.say(fixed_words(asked, self._outlook.on))
        self.compare_button.setVisible(bool(asked.workers))
        self.team_button.setVisible(not asked.workers)
        self.pane.show_comparison(asked, self._outlook.on, is_same)

    @property
    def is_compared(self) -> bool:
        """Whether the columns are those of the children, the role and the day that are shown now."""
        asked = self.pane.asked
        return (
            asked is not None
            and tuple(case.child.id for case in asked.cases) == self._group
            and (asked.role, asked.start) == (self.terms.role.value, self.terms.start.known_day())
        )

    def _on_worker_chosen(self, worker_id: str) -> None:
        one = self.pane.worker(worker_id)
        self.terms.say_act(f"Allocate to {one.worker.name}" if one is not None else "Allocate")

    def ask_whom_to_compare(self) -> None:
        """Open another column."""
        self._ask_worker("Compare which worker?", "Compare", self.pane.compare_with, may_be_barred=True)

    def ask_who_takes(self) -> None:
        """The key's twin of dragging a child onto a worker."""
        self._ask_worker(f"Who takes {self._discreet()}?", "Choose", self.give_to)

    def _ask_worker(self, title: str, verb: str, then: object, may_be_barred: bool = False) -> None:
        asked = self.pane.asked
        if asked is None or not self._group:
            self.desk.failed.emit("Choose a child in the list first.")
        elif not self.is_compared:
            self.desk.failed.emit(STILL_COMPARING)
        else:
            assert callable(then)
            dialog = ChooseWorkerDialog(self.desk, title, verb, asked.workers, then, self.window(), may_be_barred)
            dialog.show_up()

    # Giving

    def give_to(self, worker_id: str, child_id: str = "") -> None:
        """Give the children to a worker; what is still missing is asked for in its field. The one way for drag, key and menu."""
        if child_id and child_id not in self._group:
            self.list.stand_on(self.list.cards_model.place_of(child_id))
        refusal = self.desk.reason_not_to_edit()
        one = self.pane.worker(worker_id)
        if refusal or one is None:
            self.desk.failed.emit(refusal or "Choose a worker first: open a column with Compare others.")
            return
        if not self.is_compared:
            self.desk.failed.emit(STILL_COMPARING)
            return
        if worker_id in self.pane.open_ids:
            self.pane.choose(worker_id)
        else:
            self.pane.compare_with(worker_id)
        try:
            self._give(one)
        except Wrong as wrong:
            wrong.field.show_trouble(wrong.sentence)
            (wrong.field.control.focusProxy() or wrong.field.control).setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, one: Compared) -> None:
        terms, called = self.terms, self._discreet()
        start = read(terms.start, lambda: terms.start.day)
        if one.barred:
            self.desk.failed.emit(f"{one.worker.name} cannot be given {called}. {' '.join(one.barred)} Nothing was changed.")
            return
        if terms.is_change() and not terms.code.value:
            raise Wrong(terms.code, "Choose the statutory reason for the change of worker.")
        if not terms.reason.text:
            raise Wrong(terms.reason, f"Say why {one.worker.name} takes {called}, then press Enter.")
        self.desk.perform(
            f"Allocate {called} to {one.worker.name}",
            allocate_family,
            self._group,
            one.worker.id,
            start,
            role=terms.role.value,
            reason=terms.reason.text,
            end_code=terms.code.value if terms.is_change() else "",
            then=self._on_given,
            said=f"Allocated {called} to {one.worker.name}",
        )

    def _discreet(self) -> str:
        """The children in words for titles and names of steps: reference and initials."""
        return names_in_a_row([discreet(case.child) for case in self._cases()])

    def _on_given(self, _allocations: object) -> None:
        self.terms.clear()
        if self._changing:
            # The list of those who wait is the same after a change of worker, so only the card is taken away.
            self._changing = ""
            self._show_cards()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # What else happens

    def _on_menu_asked(self, at: QPoint) -> None:
        card = self.list.current_card()
        if card is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open", lambda: self.desk.open_child(card.child_id))
        menu.addSeparator()
        for worker_id in self.pane.open_ids:
            one = self.pane.worker(worker_id)
            if one is not None and one.can_take:
                menu.addAction(f"Allocate to {one.worker.name}", self._giver(worker_id))
        menu.addAction("Allocate to another worker\tCtrl+M", self.ask_who_takes)
        menu.addSeparator()
        self._add_tasks(menu, card)
        where = self.list.visualRect(self.list.currentIndex()).center() if at.isNull() else at
        menu.popup(self.list.viewport().mapToGlobal(where))

    def _giver(self, worker_id: str) -> Callable[[], None]:
        return lambda: self.give_to(worker_id)

    def _add_tasks(self, menu: QMenu, card: Card) -> None:
        for task in child_tasks(self.desk, card.child_id, self.window()):
            if task.key not in ("allocate", "compare"):
                menu.addAction(task.title, task.run)

    def _on_change_pressed(self) -> None:
        FindChildDialog(self.desk, self.window(), task="compare", title="Change the worker of which child?").show_up()

    def _on_end_pressed(self) -> None:
        next(task for task in child_tasks(self.desk, self._child_id, self.window()) if task.key == "end").run()

    def _on_theme_changed(self, theme: Theme) -> None:
        self.tray.setFixedWidth(round(LIST_WIDTH * min(theme.text_scale, WIDEST_LIST)))
        is_large = theme.text_scale > LARGE_TEXT
        self._head_grid.removeWidget(self._head_buttons)
        self._head_grid.addWidget(self._head_buttons, 1 if is_large else 0, 0 if is_large else 1)
        self._place_terms()


def _numbered(number: int, outlook: Outlook, child_ids: tuple[str, ...], start: date, role: str) -> tuple[int, Comparison]:
    """A comparison with the number of its request, so that a late one is not taken for the newest."""
    return number, comparison(outlook, child_ids, start, role)
