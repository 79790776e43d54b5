"""The navigation column: team and person, the pages with their counts, and at the foot what is saved and who can see what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from planner.core.records import Team
from planner.ui.keys import KeyWords, spaced
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

Index = QModelIndex | QPersistentModelIndex

COUNT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
RED_ROLE = COUNT_ROLE + 1
MARGIN = 16


@dataclass(frozen=True, slots=True)
class PageName:
    """A page as the column names it."""

    title: str
    count: str = ""
    red: bool = False


class PagesModel(QAbstractListModel):
    """The pages and their counts."""

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = [PageName(title) for title in titles]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The number of pages."""
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, count, and whether the count is of things overdue."""
        if not index.isValid():
            return None
        page = self._pages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return page.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{page.title}, {page.count}" if page.count else page.title
        return {COUNT_ROLE: page.count, RED_ROLE: page.red}.get(role)

    def set_counts(self, counts: Sequence[tuple[str, bool]]) -> None:
        """Take a count and a colour for each page, in order."""
        self._pages = [PageName(page.title, *count) for page, count in zip(self._pages, counts, strict=True)]
        self.dataChanged.emit(self.index(0), self.index(len(self._pages) - 1))


class PagesDelegate(QStyledItemDelegate):
    """One page: its title at the left, its count at the right; the selected one looks like the page it opens."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A row of the design's height at this text size."""
        return QSize(0, current_theme().size("nav_item_height"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, title, count, focus."""
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.colour("surface"))
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.colour("border"))
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        self._paint_words(painter, rect.adjusted(MARGIN, 0, -MARGIN, 0), index, selected)
        if option.state & QStyle.StateFlag.State_HasFocus:
            width = theme.size("focus_ring")
            painter.setPen(theme.colour("focus"))
            for inset in range(width):
                painter.drawRect(rect.adjusted(1 + inset, 1 + inset, -2 - inset, -2 - inset))
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        theme = current_theme()
        count, red = index.data(COUNT_ROLE) or "", bool(index.data(RED_ROLE))
        small = theme.font("small")
        if red:
            small = theme.font("strong")
            small.setPixelSize(theme.font("small").pixelSize())
        painter.setFont(small)
        painter.setPen(theme.colour("overdue" if red else "text_muted"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
        taken = painter.fontMetrics().horizontalAdvance(count) + 8 if count else 0
        painter.setFont(theme.font("strong" if selected else "body"))
        painter.setPen(theme.colour("text"))
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width() - taken)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)


class Navigation(QFrame):
    """The column itself; it says what was asked for and leaves the doing to others."""

    page_asked = Signal(int)
    teams_asked = Signal(object)
    meeting_over_asked = Signal()
    compare_asked = Signal()
    find_asked = Signal()
    privacy_asked = Signal()
    help_asked = Signal()

    def __init__(self, titles: Sequence[str], menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setAccessibleName("Navigation")
        self.team = Words("", "strong")
        self.person = Words("", "small", "muted")
        self.find_button = Button("", self.find_asked.emit, kind="find", small=True)
        self.choose_team = Button("Teams", small=True)
        self.menu_button = Button("Menu", small=True)
        self.menu_button.setAccessibleName("Menu")
        self.menu_button.setMenu(menu)
        self.teams_menu = QMenu("Teams looked at", self)
        self.choose_team.setMenu(self.teams_menu)
        self.model = PagesModel(titles, self)
        self.pages = self._pages_list()
        self.saved = Words("", "small")
        self.privacy = Button("", self.privacy_asked.emit, kind="foot")
        self.meeting = Button("", self.meeting_over_asked.emit, kind="foot")
        self.meeting.setToolTip("The planner does not lock until then. Press to end the meeting now.")
        self.meeting.hide()
        self.help = Button("", self.help_asked.emit, kind="foot")
        self._lay_out()
        KeyWords(self.find_button, "find", self._name_find_key)
        KeyWords(self.help, "help", lambda key: self.help.setText(f"Help {spaced(key)}"))
        self._team_ids: frozenset[str] = frozenset()
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())

    def _name_find_key(self, key: str) -> None:
        self.find_button.setText(f"Find ({spaced(key)})")
        self.find_button.setToolTip(f"Any child, worker, page or action ({key})")

    def _pages_list(self) -> QListView:
        pages = QListView()
        pages.setObjectName("pages")
        pages.setAccessibleName("Pages")
        pages.setModel(self.model)
        pages.setItemDelegate(PagesDelegate(pages))
        pages.setMouseTracking(True)
        pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        pages.selectionModel().currentChanged.connect(self._on_current_page_changed)
        return pages

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 1, 12)
        layout.setSpacing(2)
        for widget in (self.team, self.person):
            widget.setContentsMargins(MARGIN, 0, MARGIN, 0)
            layout.addWidget(widget)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(MARGIN - 4, 8, MARGIN - 4, 12)
        buttons.setSpacing(6)
        buttons.addWidget(self.find_button)
        buttons.addWidget(self.choose_team)
        buttons.addWidget(self.menu_button)
        layout.addLayout(buttons)
        layout.addWidget(self.pages, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(MARGIN, 8, MARGIN - 4, 0)
        foot.setSpacing(0)
        foot.addWidget(self.saved)
        foot.addWidget(self.meeting)
        foot.addWidget(self.privacy)
        foot.addWidget(self.help)
        layout.addLayout(foot)

    def show_page(self, number: int) -> None:
        """Mark a page as the one in view; -1 for none of them."""
        model = self.pages.selectionModel()
        model.blockSignals(True)
        if number >= 0:
            self.pages.setCurrentIndex(self.model.index(number))
        else:
            self.pages.clearSelection()
        model.blockSignals(False)
        self.pages.viewport().update()

    def show_teams(self, teams: Sequence[Team], chosen: frozenset[str], workspace_name: str) -> None:
        """Offer the teams; none chosen means all of them."""
        self._team_ids = chosen
        named = [team.name for team in teams if team.id in chosen]
        self.team.setText(named[0] if len(named) == 1 else f"{len(named)} teams" if named else workspace_name or "All teams")
        self.choose_team.setVisible(len(teams) > 1)
        self.choose_team.setText("All teams" if not named else "Teams looked at")
        self.teams_menu.clear()
        self.teams_menu.addAction("Compare the teams").triggered.connect(lambda _checked=False: self.compare_asked.emit())
        self.teams_menu.addSeparator()
        every = self.teams_menu.addAction("All teams")
        every.setCheckable(True)
        every.setChecked(not chosen)
        every.triggered.connect(lambda _checked=False: self.teams_asked.emit(frozenset()))
        for team in teams:
            action = self.teams_menu.addAction(team.name)
            action.setCheckable(True)
            action.setChecked(team.id in chosen)
            action.triggered.connect(lambda _checked=False, team_id=team.id: self._on_team_toggled(team_id))

    def show_meeting(self, until: datetime | None) -> None:
        """Say until when a meeting keeps the planner open, or nothing."""
        self.meeting.setText(f"Meeting until {until.astimezone():%H:%M}. End" if until else "")
        self.meeting.setVisible(until is not None)

    def _on_team_toggled(self, team_id: str) -> None:
        self.teams_asked.emit(self._team_ids ^ {team_id})

    def _on_current_page_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.page_asked.emit(current.row())

    def _on_theme_changed(self, theme: Theme) -> None:
        self.setFixedWidth(round(theme.size("nav_width") * max(1.0, theme.text_scale * 0.9)))
        self.pages.doItemsLayout()
