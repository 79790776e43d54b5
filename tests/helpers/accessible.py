"""A walk through a window or a dialog, which says what someone who sees, points, types or listens otherwise would miss there.

Every function answers with sentences, one a defect, none where all is well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QStyle,
    QTabBar,
    QTableView,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from planner.ui.table import RowsModel

LEAST_TARGET = 24
"""WCAG 2.2, success criterion 2.5.8, in logical pixels."""
TOLD_BY_TONE = frozenset({"overdue", "warning", "good"})
"""Tones that say a state, so that the words beside them must say it too."""

_Role = QAccessible.Role
ROLES: tuple[tuple[type[QWidget], frozenset[QAccessible.Role]], ...] = (
    (QRadioButton, frozenset({_Role.RadioButton})),
    (QAbstractButton, frozenset({_Role.Button, _Role.CheckBox, _Role.RadioButton, _Role.ButtonMenu, _Role.ButtonDropDown})),
    (QComboBox, frozenset({_Role.ComboBox})),
    (QAbstractSpinBox, frozenset({_Role.SpinBox})),
    (QLineEdit, frozenset({_Role.EditableText})),
    (QTextBrowser, frozenset({_Role.StaticText})),
    (QTextEdit | QPlainTextEdit, frozenset({_Role.EditableText, _Role.Document})),
    (QTableView, frozenset({_Role.Table})),
    (QListView, frozenset({_Role.List})),
    (QTabBar, frozenset({_Role.PageTabList})),
    (QWidget, frozenset({_Role.Chart, _Role.Grouping, _Role.Splitter, _Role.Dialog, _Role.Graphic})),
)


def shown(root: QWidget) -> Iterator[QWidget]:
    """Every widget of a window that can be seen, the window itself first; popups and the ring of the focus apart."""
    for widget in (root, *root.findChildren(QWidget)):
        is_part = widget is root or (not widget.isWindow() and widget.window() is root.window())
        if is_part and widget.isVisible() and widget.objectName() not in {"focusRing", "qt_scrollarea_viewport"}:
            yield widget


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab can stand on."""
    return [
        widget
        for widget in shown(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.focusProxy() is None
    ]


def known_as(widget: QWidget) -> str:
    """A widget in the words of a developer: its class, and what it says or where it is."""
    words = spoken(widget) or getattr(widget, "text", lambda: "")() or widget.objectName()
    return f"{type(widget).__name__} “{words[:60]}” in {type(widget.parentWidget()).__name__}"


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget; Qt gives a box to choose from the words of its label beside, by a relation."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def role(widget: QWidget) -> QAccessible.Role:
    """What a screen reader says a widget is."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.role() if found else QAccessible.Role.NoRole


# Names and roles


def unnamed(root: QWidget) -> list[str]:
    """What the keyboard reaches and a screen reader cannot name."""
    return [f"{known_as(widget)} has no accessible name" for widget in focusable(root) if not spoken(widget).strip()]


def misnamed(root: QWidget) -> list[str]:
    """Controls whose name is another's too, or does not hold the words on them (so that they can be called by voice)."""
    found = []
    holders: dict[tuple[QAccessible.Role, str], list[QWidget]] = defaultdict(list)
    for widget in focusable(root):
        name = spoken(widget)
        holders[role(widget), name.casefold()].append(widget)
        words = visible_words(widget)
        if any(letter.isalnum() for letter in words) and words.casefold() not in name.casefold():
            found.append(f"{known_as(widget)} shows “{words}”, which is not in its name")
    for label in shown(root):
        if isinstance(label, QLabel) and " ".join(label.text().split()) not in " ".join(spoken(label).split()):
            found.append(f"{known_as(label)} shows “{label.text()}”, which a screen reader does not say")
    for (_, name), widgets in holders.items():
        if name and len(widgets) > 1:
            places = ", ".join(type(widget.parentWidget()).__name__ for widget in widgets)
            found.append(f"{len(widgets)} {type(widgets[0]).__name__} are all called “{name}”, in {places}")
    return found


def visible_words(widget: QWidget) -> str:
    """The words on a button, without its mnemonic; of other widgets nothing."""
    return widget.text().replace("&", "").strip() if isinstance(widget, QAbstractButton) else ""


def wrongly_told(root: QWidget) -> list[str]:
    """What has the role of something else, or of nothing."""
    found = []
    for widget in focusable(root):
        right = next(roles for kind, roles in ROLES if isinstance(widget, kind))
        if role(widget) not in right:
            found.append(f"{known_as(widget)} has the role {role(widget).name}")
    return found


# The keyboard


def unreached(root: QWidget) -> list[str]:
    """What Tab does not reach, traps where it stays, and steps that go back up the page; the window must be active."""
    walked, trap = _walked(root.window())
    found = [trap] if trap else []
    reached = set(walked)
    for widget in focusable(root):
        if widget not in reached and not _has_sibling_in(widget, reached):
            found.append(f"Tab does not reach {known_as(widget)}")
    for area in root.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)
    regions: dict[QWidget, list[QWidget]] = defaultdict(list)
    for widget in walked:
        if root is widget or root.isAncestorOf(widget):
            regions[_region(widget, root)].append(widget)
    return found + [words for stops in regions.values() for words in _steps_back(stops, root)]


def _steps_back(stops: list[QWidget], root: QWidget) -> list[str]:
    """Steps that go back up the page; one of them is the step from the last stop round to the first."""
    round_trip = [*stops, *stops[:1]]
    places = {stop: _seen_place(stop, root) for stop in stops}
    back = [(one, other) for one, other in pairwise(round_trip) if _goes_back(places[one], places[other])]
    return [f"Tab goes from {known_as(one)} back to {known_as(other)}" for one, other in back] if len(back) > 1 else []


def _walked(window: QWidget) -> tuple[list[QWidget], str]:
    """Where Tab goes from the first stop of a window until it comes round, and the trap it falls into if there is one."""
    stops = focusable(window)
    if not stops:
        return [], ""
    _first_stop(window, stops).setFocus(Qt.FocusReason.TabFocusReason)
    walked: list[QWidget] = []
    for _ in range(2 * len(stops) + 3):
        here = QApplication.focusWidget()
        if here is None or here.window() is not window:
            return walked, f"Tab leaves the window after {known_as(walked[-1])}" if walked else "Nothing takes the focus"
        if here in walked:
            return walked, "" if here is walked[0] else f"Tab goes round from {known_as(walked[-1])} to {known_as(here)}"
        walked.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is here and len(stops) > 1:
            return walked, f"Tab stays in {known_as(here)}"
    return walked, ""


def _first_stop(window: QWidget, stops: list[QWidget]) -> QWidget:
    """The first in the window's chain of those that can be stood on."""
    here = window
    while here.nextInFocusChain() is not window:
        here = here.nextInFocusChain()
        if here in stops:
            return here
    return stops[0]


def _has_sibling_in(widget: QWidget, reached: set[QWidget]) -> bool:
    """Whether Tab reaches another button of its group: of buttons that exclude one another, arrow keys reach the others."""
    if isinstance(widget, QRadioButton) and widget.autoExclusive():
        return any(isinstance(other, QRadioButton) and other.parentWidget() is widget.parentWidget() for other in reached)
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(button in reached for button in group.buttons())


def _place(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _seen_place(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget lies; what a page that scrolls holds is not beneath what stands under that page."""
    place, holder = _place(widget, root), widget.parentWidget()
    while holder is not None and holder is not root:
        area = holder.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is holder:
            bottom = _place(holder, root).bottom()
            place.setTop(min(place.top(), bottom - 1))
            place.setBottom(min(place.bottom(), bottom))
        holder = area
    return place


def _region(widget: QWidget, root: QWidget) -> QWidget:
    """The navigation column, the drawer, or all the rest."""
    here: QWidget | None = widget
    while here is not None and here is not root:
        if here.objectName() in {"nav", "drawer", "pageHeader"}:
            return here
        here = here.parentWidget()
    return root


def _goes_back(one: QRect, other: QRect) -> bool:
    """Whether the second place is read before the first: above it and not in a column to its right, or left of it in its line."""
    if other.bottom() <= one.top():
        return other.left() < one.right()
    overlap = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    same_line = overlap > min(one.height(), other.height()) / 2
    return same_line and other.right() <= one.left() and abs(one.top() - other.top()) < LEAST_TARGET


# Sizes


def small_targets(root: QWidget) -> list[str]:
    """What can be pressed and is smaller than 24 by 24; buttons within a line of text have a key that does the same."""
    found = []
    for widget in shown(root):
        if not widget.isEnabled():
            continue
        for size in _targets(widget):
            if min(size.width(), size.height()) < LEAST_TARGET:
                found.append(f"{known_as(widget)} can be pressed on {size.width()} by {size.height()} only")
    return found


def _targets(widget: QWidget) -> Iterator[QSize]:
    if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox):
        if not isinstance(widget.parentWidget(), QLineEdit | QAbstractSpinBox | QComboBox | QAbstractItemView):
            yield widget.size()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabRect(number).size() for number in range(widget.count()))
    elif isinstance(widget, QHeaderView):
        if widget.sectionsClickable() and widget.count():
            yield QSize(LEAST_TARGET, widget.height() if widget.orientation() == Qt.Orientation.Horizontal else LEAST_TARGET)
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None and widget.model().rowCount():
        yield widget.visualRect(widget.model().index(0, 0)).size().expandedTo(QSize(LEAST_TARGET, 0))


# Text


def cut_text(root: QWidget) -> list[str]:
    """Words of labels, buttons and choices that do not fit, or lie outside what holds them."""
    found = []
    for widget in shown(root):
        if isinstance(widget, QLabel) and widget.text() and _is_label_cut(widget):
            found.append(f"{known_as(widget)} is cut: {widget.width()} by {widget.height()} for “{widget.text()[:60]}”")
        elif isinstance(widget, QAbstractButton) and widget.text() and _is_button_cut(widget):
            found.append(f"{known_as(widget)} is cut: {widget.width()} by {widget.height()}, {widget.sizeHint()} wanted")
        elif isinstance(widget, QComboBox) and _is_choice_cut(widget):
            found.append(f"{known_as(widget)} does not show the whole of “{widget.currentText()}”")
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox) and (holder := cutting_holder(widget, root)):
            found.append(f"{known_as(widget)} lies partly outside {type(holder).__name__}")
    return found


def _is_label_cut(label: QLabel) -> bool:
    if label.pixmap() and not label.pixmap().isNull():
        return False
    metrics, room = QFontMetrics(label.font()), label.contentsRect()
    if label.wordWrap():
        widest = max((metrics.horizontalAdvance(word) for word in label.text().split()), default=0)
        return label.height() < label.heightForWidth(label.width()) - 1 or widest > room.width() + 1
    lines = label.text().split("\n")
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    return widest > room.width() + 1 or metrics.height() * len(lines) > room.height() + 2


def _is_button_cut(button: QAbstractButton) -> bool:
    """A button that paints its words itself says in its size hint what they need."""
    if not isinstance(button, QPushButton):
        return button.width() < button.sizeHint().width() or button.height() < button.sizeHint().height()
    wanted = button.minimumSizeHint()
    words = max(QFontMetrics(button.font()).horizontalAdvance(line) for line in button.text().replace("&", "").split("\n"))
    return button.height() < wanted.height() - 1 or button.width() < words + 2


def _is_choice_cut(box: QComboBox) -> bool:
    width = box.style().pixelMetric(QStyle.PixelMetric.PM_ComboBoxFrameWidth)
    room = box.width() - 24 - 2 * width - 8
    return not box.isEditable() and QFontMetrics(box.font()).horizontalAdvance(box.currentText()) > room + 2


def cutting_holder(widget: QWidget, root: QWidget) -> QWidget | None:
    """The widget outside which a part of this one lies unreachably, if there is one; what can be scrolled to is reachable."""
    below: QWidget = widget
    holder = widget.parentWidget()
    while holder is not None and below is not root:
        area = holder.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is holder:
            sideways = area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            return None if sideways or below.width() <= holder.width() else area
        if isinstance(area, QAbstractScrollArea) and area.viewport() is holder:
            return None
        if not isinstance(holder, QSplitter) and not holder.rect().adjusted(-1, -1, 1, 1).contains(_place(widget, holder)):
            return holder
        below, holder = holder, holder.parentWidget()
    return None


def overlapping(root: QWidget) -> list[str]:
    """Words and controls that lie on one another."""
    kinds = (QLabel, QAbstractButton, QLineEdit, QComboBox)
    leaves = [
        (widget, _place(widget, root))
        for widget in shown(root)
        if isinstance(widget, kinds) and not isinstance(widget.parentWidget(), (QLineEdit, QComboBox, QAbstractItemView))
    ]
    found = []
    for number, (one, place) in enumerate(leaves):
        for other, beside in leaves[number + 1 :]:
            both = place.intersected(beside)
            if both.width() > 2 and both.height() > 2 and one.parentWidget() is other.parentWidget():
                found.append(f"{known_as(one)} and {known_as(other)} lie on one another")
    return found


def sideways(root: QWidget) -> list[str]:
    """Pages that must be scrolled sideways to be read; tables and boards may."""
    found = []
    for area in shown(root):
        if isinstance(area, QScrollArea):
            bar: QScrollBar = area.horizontalScrollBar()
            if bar.maximum() > 0:
                found.append(f"{type(area.widget()).__name__} is {bar.maximum()} px wider than the page")
    return found


# Colour and charts


def told_by_colour_alone(root: QWidget) -> list[str]:
    """Cells of tables whose tone says a state while the row says nothing."""
    found = []
    for view in shown(root):
        model = view.model() if isinstance(view, QTableView) else None
        if not isinstance(model, RowsModel):
            continue
        for column in model.columns:
            for row in model.rows:
                if column.tone is not None and column.tone(row) in TOLD_BY_TONE and not column.text(row).strip():
                    found.append(f"Column “{column.title}” of {known_as(view)} shows a colour without a word")
                    break
    return found


def without_twin(root: QWidget, painted: tuple[type[QWidget], ...], twin: Callable[[QWidget], QWidget | None]) -> list[str]:
    """Charts and painted views of these kinds for which `twin` finds no table."""
    return [
        f"{known_as(widget)} has no table twin"
        for widget in shown(root)
        if isinstance(widget, painted) and not isinstance(twin(widget), QTableView)
    ]
