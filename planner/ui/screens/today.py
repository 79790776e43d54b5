"""Today: what needs a decision, in order of need; every figure, list and bar opens exactly its rows."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from planner.core.manager_queue import ToDecide, is_for
from planner.core.outlook import Outlook
from planner.core.since_monday import SinceMonday, last_monday, since_last_monday
from planner.core.stories import Told
from planner.reports.allocation_sheet import ALLOCATION_SHEET
from planner.reports.monday_brief import MONDAY_BRIEF
from planner.reports.report import Report, SheetOptions
from planner.settings import Settings
from planner.ui.background import is_alive
from planner.ui.charts.bars import Behind
from planner.ui.charts.capacity_chart import capacity_chart
from planner.ui.charts.chart_frame import ChartFrame
from planner.ui.charts.lateness_chart import lateness_chart
from planner.ui.child_tasks import child_tasks
from planner.ui.qt_types import make_types
from planner.ui.rows_page import subject_of
from planner.ui.screen import Screen
from planner.ui.screens.today_sections import TodayFigures, fortnight_from
from planner.ui.soon import soon
from planner.ui.theme import current_theme
from planner.ui.widgets.button import Button
from planner.ui.widgets.doors_line import DoorsLine
from planner.ui.widgets.fortnight import fortnight_days, fortnight_rows
from planner.ui.widgets.fortnight_frame import FortnightFrame
from planner.ui.widgets.nothing_yet import NothingYet
from planner.ui.widgets.section_list import Section, SectionList
from planner.ui.widgets.stat_strip import StatStrip
from planner.ui.widgets.tab_order import tab_through
from planner.ui.wording import count_words, full_date

if TYPE_CHECKING:
    from planner.ui.desk import Desk

SIDE_LEAST, SIDE_MOST, GAP = 444, 464, 36
ONE_COLUMN_UNDER, WIDE_FROM = 1200, 1230
EDGE = 20
"""Page margin less the inset of rows, so that the text of rows stands at the page margin."""
INSET = 8
SWITCHES = "charts_as_tables"
NOTHING_YET = "There are no children and no workers here yet. Bring them in on the Case system page, or look at another team."


class TodayScreen(Screen):
    """The page a manager opens on Monday. `filled` says that all of it shows the outlook last given."""

    name = "today"
    title = "Today"
    filled = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.figures: TodayFigures | None = None
        self.behind: dict[str, Behind] = {}
        self.sections: dict[str, SectionList] = {}
        self.strip = StatStrip()
        self.strip.figure_pressed.connect(lambda key: self._open(self.behind[key]))
        self.since = DoorsLine()
        self.since.setContentsMargins(INSET, 0, INSET, 0)
        self.since.pressed.connect(lambda key: self._open(self.behind[key]))
        self.changes: SinceMonday | None = None
        self._compared: tuple[date, frozenset[str]] | None = None
        self.nothing_yet = NothingYet(desk.open_page, "primary")
        self.caseload = ChartFrame("Caseload by worker")
        self.lateness = ChartFrame("Overdue visits by worker")
        self.fortnight = FortnightFrame()
        self.fortnight.worker_opened.connect(desk.open_worker)
        self.fortnight.all_asked.connect(lambda: self._open(self.behind["away"]))
        self.charts = {"caseload": self.caseload, "lateness": self.lateness}
        for chart in self.charts.values():
            chart.opened.connect(self._open)
            chart.switched.connect(lambda _as_table: self._keep_switches())
        self._is_narrow: bool | None = None
        self.are_plots_ready = False
        self._asked_for_plots = False
        self._steps: Iterator[Callable[[], None]] = iter(())
        self._is_interrupted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_step_due)
        self._build()

    def _build(self) -> None:
        self._main, self._side = QWidget(), QWidget()
        self._main_column, side_column = _column(self._main), _column(self._side)
        self._main_column.addStretch(1)
        for part in (self.caseload, self.lateness, self.fortnight):
            side_column.addWidget(part)
            part.hide()
        side_column.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(EDGE, 0, EDGE, 16)
        self._grid.setVerticalSpacing(16)
        self._grid.setHorizontalSpacing(GAP - 2 * INSET)
        self._grid.addWidget(self.strip, 0, 0, 1, 2)
        self._grid.addWidget(self.since, 1, 0, 1, 2)
        self._grid.addWidget(self.nothing_yet, 2, 0, 1, 2)
        self.nothing_yet.setContentsMargins(INSET, 0, INSET, 0)
        self._grid.setRowStretch(5, 1)
        self._arrange()

    # What the window asks

    @property
    def is_filled(self) -> bool:
        """Whether every step is done, the charts are drawn and the plan is compared with Monday's."""
        return self.changes is not None and self.are_plots_ready

    def finding(self, outlook: Outlook) -> str:
        """`Monday 23 November 2026. Team 2 holds 112 children; 6 more wait for a worker.`"""
        held, waiting = len(outlook.cases) - len(outlook.waiting), len(outlook.waiting)
        who = outlook.teams[0].name if len(outlook.teams) == 1 else "These teams"
        verb = "holds" if len(outlook.teams) == 1 else "hold"
        words = f"{full_date(outlook.on)}. {who} {verb} {count_words(held, 'child', 'children')}"
        more = " more" if held else ""
        return f"{words}; {waiting:,}{more} {'waits' if waiting == 1 else 'wait'} for a worker." if waiting else f"{words}."

    def show_outlook(self, outlook: Outlook) -> None:
        """Fill the page in steps, so that the window stays awake with many workers."""
        self.figures = TodayFigures(outlook, self.desk.child_words, self.desk.workspace.person)
        self.changes = None
        self._steps = self._filling(self.figures)
        self._timer.stop()
        self._on_step_due()

    def header_actions(self) -> list[QWidget]:
        """Today on paper, and the sheet that is taken into the allocation meeting."""
        return [
            Button("Print brief", lambda: self.desk.print_report(MONDAY_BRIEF, SheetOptions())),
            Button("Print allocation sheet", lambda: self.desk.print_report(*self.printable())),
        ]

    def printable(self) -> tuple[Report, SheetOptions]:
        """The allocation sheet of the teams looked at, with initials."""
        return ALLOCATION_SHEET, SheetOptions()

    def showEvent(self, event: QShowEvent) -> None:
        """After the first frame, have pyqtgraph imported on a thread; the charts are drawn when it is there."""
        super().showEvent(event)
        if self._is_interrupted:
            self._is_interrupted = False
            self._timer.start(0)
        if not self._asked_for_plots:
            self._asked_for_plots = True
            self._recall_switches()
            soon(self, self._import_plots)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the steps that are not done until the page is in view again: the page that is now comes first."""
        super().hideEvent(event)
        self._is_interrupted = self._timer.isActive()
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._arrange()

    # Filling

    def _filling(self, figures: TodayFigures) -> Iterator[Callable[[], None]]:
        yield partial(self._show_strip, figures)
        for section in figures.sections():
            yield partial(self._show_section, section)
        yield partial(self._show_caseload, figures)
        yield partial(self._show_lateness, figures)
        yield partial(self._show_fortnight, figures)
        yield partial(self._compare_with_monday, figures)

    def _on_step_due(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._tab_as_read()
            self.filled.emit()
            return
        step()
        self._timer.start(0)

    def _show_strip(self, figures: TodayFigures) -> None:
        doors = figures.doors()
        self.behind |= {key: behind for key, (_, behind) in doors.items()}
        self.strip.show_figures(figure for figure, _ in doors.values())
        self.since.say(f"Since {full_date(last_monday(figures.outlook.on))}:")
        looked_at = (figures.outlook.on, figures.outlook.team_ids)
        if looked_at != self._compared:
            self.since.hide()
        self._compared = looked_at
        empty = not figures.outlook.cases and not figures.outlook.workers
        self.nothing_yet.say(NOTHING_YET if empty else "")
        self._main.setVisible(not empty)
        self._side.setVisible(not empty)

    def _show_section(self, section: Section) -> None:
        shown = self.sections.get(section.key)
        if shown is not None:
            shown.show_section(section)
            return
        made = SectionList(section)
        made.all_asked.connect(lambda all_of: self._open(Behind(all_of.heading, all_of.full, all_of.rows)))
        made.row_opened.connect(self._open_row)
        made.menu_asked.connect(self._on_menu_asked)
        self.sections[section.key] = made
        self._main_column.insertWidget(self._main_column.count() - 1, made)

    def _show_caseload(self, figures: TodayFigures) -> None:
        outlook = figures.outlook
        self.caseload.show()
        self.caseload.show_chart(capacity_chart(outlook.loads, outlook.held_by, figures.columns.loads_behind()))

    def _show_lateness(self, figures: TodayFigures) -> None:
        rows = figures.outlook.overdue_visits
        self.lateness.show()
        self.lateness.show_chart(lateness_chart(rows, figures.columns.late(), figures.none_overdue()))

    def _show_fortnight(self, figures: TodayFigures) -> None:
        outlook = figures.outlook
        first, last = fortnight_from(outlook.on)
        days = fortnight_days(first)
        rows = fortnight_rows(days, outlook.away(first, last), outlook.calendar.is_working)
        self.fortnight.show()
        self.fortnight.show_rows(days, rows, len(figures.away_workers()))

    def _compare_with_monday(self, figures: TodayFigures) -> None:
        """On a thread: the whole plan is worked out once more, as it stood."""

        def then(since: SinceMonday) -> None:
            if is_alive(self) and figures is self.figures:
                self._show_changes(figures, since)

        self.desk.run_in_background(since_last_monday, figures.outlook, then=then)

    def _show_changes(self, figures: TodayFigures, since: SinceMonday) -> None:
        self.changes = since
        doors = figures.changes(since)
        self.behind |= {key: behind for key, (_, behind) in doors.items()}
        self.since.setVisible(bool(figures.outlook.cases or figures.outlook.workers))
        self.since.show_doors((key, len(behind.rows), noun) for key, (noun, behind) in doors.items())
        self._tab_as_read()

    def _import_plots(self) -> None:
        make_types()
        self.desk.run_in_background(import_module, "planner.ui.charts.bar_plot", then=self._on_plots_imported)

    def _on_plots_imported(self, _module: Any) -> None:
        self.are_plots_ready = True
        for chart in self.charts.values():
            chart.let_draw()
        self._tab_as_read()

    def _tab_as_read(self) -> None:
        """Tab follows the page from top to bottom, in whatever order its parts came home from their threads."""
        tab_through((self.strip, self.since, self._main, *self.charts.values(), self.fortnight))

    # What is remembered

    def _settings(self) -> Settings | None:
        window = self.window()
        return getattr(window, "settings", None)

    def _recall_switches(self) -> None:
        settings = self._settings()
        if settings is not None:
            kept = settings.value(SWITCHES).split(",")
            for name, chart in self.charts.items():
                chart.show_as_table(name in kept)

    def _keep_switches(self) -> None:
        settings = self._settings()
        if settings is not None:
            settings.keep(SWITCHES, ",".join(name for name, chart in self.charts.items() if chart.is_table))

    # Opening

    def _open(self, behind: Behind) -> None:
        self.desk.open_rows(behind.title, behind.columns, behind.rows)

    def _on_menu_asked(self, row: Any, at: QPoint) -> None:
        subject = subject_of(row)
        if subject is None or subject[0] != "child":
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open", lambda: self.desk.open_child(subject[1]))
        for task in child_tasks(self.desk, subject[1], self.window()):
            menu.addAction(task.title, task.run)
        menu.popup(at)

    def _open_row(self, row: Any) -> None:
        if isinstance(row, ToDecide) and is_for(self.desk.workspace.person, row):
            # Here, for the dialogs are many, and the window is to stand there first.
            from planner.ui.decision_tasks import decide

            decide(self.desk, row, self.window())
            return
        if isinstance(row, Told):
            from planner.ui.decision_tasks import carry_or_tell

            carry_or_tell(self.desk, row, self.window())
            return
        subject = subject_of(row)
        if subject is not None:
            kind, row_id = subject
            (self.desk.open_child if kind == "child" else self.desk.open_worker)(row_id)

    # Two columns or one

    def _arrange(self) -> None:
        narrow = self.width() < ONE_COLUMN_UNDER * current_theme().text_scale
        # Two widths and none between: the charts are not laid out again at every step of a window that is resized.
        side = (SIDE_MOST if self.width() >= WIDE_FROM else SIDE_LEAST) + 2 * INSET
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._grid.removeWidget(self._main)
            self._grid.removeWidget(self._side)
            self._grid.addWidget(self._main, 3, 0, 1, 2 if narrow else 1)
            self._grid.addWidget(self._side, 4 if narrow else 3, 0 if narrow else 1, 1, 2 if narrow else 1)
            self._grid.setColumnStretch(0, 1)
        self._side.setMinimumWidth(0 if narrow else side)
        self._side.setMaximumWidth(16_777_215 if narrow else side)


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(16)
    return layout
