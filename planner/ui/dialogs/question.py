"""What every dialog is: a question with fields, a button that acts, a safe one beside it, and a draft that is kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner.core.errors import Refused
from planner.core.records import Child
from planner.ui.dialogs.fields import Field
from planner.ui.table import RowsView
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.focus_ring import FocusFollower
from planner.ui.widgets.words import Words
from planner.ui.wording import child_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

Draft = dict[str, Any]
WINDOW_EDGE = 40
WIDEST_SCALE = 1.5
FIELDS_APART = 16
LEAST_HEIGHT = 400
RING = 4
"""Room round the fields for the ring of the one in focus."""
Value = TypeVar("Value")


class Drafts(QObject):
    """What was typed into dialogs that were left without acting, as long as the window lives; nothing is written down."""

    def __init__(self, desk: QObject) -> None:
        super().__init__(desk)
        self.kept: dict[tuple[str, str], Draft] = {}


def drafts_of(desk: QObject) -> Drafts:
    """The desk's drafts."""
    return desk.findChild(Drafts) or Drafts(desk)


def discreet(child: Child) -> str:
    """A child for titles and step names: reference and initials, never the name."""
    return child_words(child, initials_only=True)


class Question(QDialog):
    """A dialog. A subclass adds its fields to `body`, and says in `act` what its main button does.

    `act` raises Refused, or `Wrong` with the field it belongs to; else it calls `perform`, and the dialog closes when
    the step is done. What was typed is kept when it is left, and stands there again when it is opened for the same child.
    While nothing can be changed, it does not open, and the window says why.
    """

    changes_plan = True
    """Whether it ends in a step; one that only looks or exports may open over the past too."""

    def __init__(
        self, desk: "Desk", title: str, verb: str, subject: str, width: int = 480, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.fields: list[Field] = []
        self._key = (type(self).__name__, subject)
        self._fresh: Draft = {}
        self._is_waiting = False
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = Words(title, "section")
        self.restored = Words("", "small", "muted")
        self.trouble = Words("", "body", "overdue")
        self.act_button = Button(verb, kind="primary")
        self.cancel_button = Button("Cancel")
        self.body = QVBoxLayout()
        self._rows: list[QHBoxLayout] = []
        self._designed_width = width
        self._build()
        theme_changes.changed.connect(self._on_theme_changed)
        self.act_button.clicked.connect(self._on_act_clicked)
        self.cancel_button.clicked.connect(self.reject)
        desk.failed.connect(self._on_desk_failed)
        desk.privacy_changed.connect(self._on_privacy_changed)
        FocusFollower(self)

    # For subclasses

    def act(self) -> None:
        """Do what the dialog is for."""

    def draft(self) -> Draft:
        """What stands in the fields, so that it can be kept."""
        return {}

    def restore(self, draft: Draft) -> None:
        """Put back what was kept."""

    def show_names(self) -> None:
        """Say anew what names a child outside a table: names are shown now, or hidden."""

    def add(self, field: Field) -> Field:
        """Add a field beneath the others."""
        self.fields.append(field)
        self.body.addWidget(field)
        return field

    def add_row(self, *fields: Field) -> None:
        """Add fields side by side."""
        row = QHBoxLayout()
        row.setSpacing(FIELDS_APART)
        self._rows.append(row)
        for field in fields:
            self.fields.append(field)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def perform(self, title: str, action: Callable[..., Any], *args: Any, said: str = "", **kwargs: Any) -> None:
        """Do the step; the dialog closes when it is done and stays, with the reason, when it is refused."""
        self._is_waiting = True
        self.act_button.setEnabled(False)
        self.desk.perform(title, action, *args, then=self._on_step_done, said=said, **kwargs)

    def show_up(self) -> None:
        """Open the dialog over its window, with any draft put back; say why where nothing can be changed now."""
        refusal = self.desk.reason_not_to_edit() if self.changes_plan else ""
        if refusal:
            self.desk.failed.emit(refusal)
            self.deleteLater()
            return
        self._fresh = self.draft()
        kept = drafts_of(self.desk).kept.get(self._key)
        if kept is not None:
            self.restore(kept)
            self.restored.say("What you had typed before is put back here.")
        self.adjustSize()
        self.open()
        usable = [field.control for field in self.fields if field.control.isEnabled() and not field.isHidden()]
        if self.focusWidget() in (None, self.cancel_button) and usable:
            usable[0].setFocus()

    # Building

    def _build(self) -> None:
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(24 - RING, 20, 24 - RING, 20)
        outer.setSpacing(16)
        self.restored.setVisible(False)
        self.trouble.setVisible(False)
        self.body.setContentsMargins(RING, RING, RING, RING)
        self.body.setSpacing(16)
        inside = QWidget()
        inside.setLayout(self.body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        inside.installEventFilter(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for words in (self.title, self.restored, self.trouble):
            words.setContentsMargins(RING, 0, RING, 0)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(RING, 0, RING, 0)
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.act_button)
        for part in (self.title, self.restored, self._scroll, self.trouble):
            outer.addWidget(part)
        outer.setStretchFactor(self._scroll, 1)
        outer.addLayout(buttons)
        self.act_button.setDefault(True)
        self._fit_width()

    def _most(self) -> QSize:
        """The room of the window the dialog belongs to."""
        over = self.parentWidget()
        return over.window().size() if over is not None else self.screen().availableSize()

    def _fit_width(self) -> None:
        """Wider for larger text, as far as the window goes."""
        wanted = round(self._designed_width * min(current_theme().text_scale, WIDEST_SCALE))
        self.setFixedWidth(min(wanted, max(self._designed_width, self._most().width() - WINDOW_EDGE)))

    def _fit_rows(self, width: int) -> None:
        """Fields that stand side by side stand under one another where the text is too large for the width."""
        for row in self._rows:
            items = [row.itemAt(place) for place in range(row.count())]
            fields = [item.widget() for item in items if item is not None]
            least = sum(field.minimumSizeHint().width() for field in fields if field is not None and not field.isHidden())
            is_narrow = least + FIELDS_APART * (len(fields) - 1) > width
            row.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    def adjustSize(self) -> None:
        """As high as its fields need, and never higher than the window it belongs to."""
        margins = self._outer.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        self._fit_rows(width - 2 * RING)
        wanted = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else self.body.totalSizeHint().height()
        rest = self._outer.totalHeightForWidth(self.width()) - self._scroll.sizeHint().height()
        most = self._most().height() - WINDOW_EDGE
        self.resize(self.width(), min(wanted + rest, max(most, LEAST_HEIGHT)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the room that a field which appears, or what is said under one, needs."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.adjustSize()
        return False

    # What happens

    def _on_theme_changed(self) -> None:
        self._fit_width()
        if self.isVisible():
            self.adjustSize()

    def _on_act_clicked(self) -> None:
        self.trouble.say("")
        for field in self.fields:
            field.show_trouble("")
        try:
            self.act()
        except Wrong as wrong:
            wrong.field.show_trouble(wrong.sentence)
            (wrong.field.control.focusProxy() or wrong.field.control).setFocus()
            self._scroll.ensureWidgetVisible(wrong.field)
        except Refused as refused:
            self._say_trouble(refused.sentence)

    def _on_step_done(self, _result: object) -> None:
        self._is_waiting = False
        drafts_of(self.desk).kept.pop(self._key, None)
        self._fresh = self.draft()
        self.accept()

    def _on_desk_failed(self, sentence: str) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self.act_button.setEnabled(True)
            self._say_trouble(sentence)

    def _on_privacy_changed(self) -> None:
        for table in self.findChildren(RowsView):
            table.rows_model().read_again()
        self.show_names()

    def _say_trouble(self, sentence: str) -> None:
        self.trouble.say(sentence)
        self.adjustSize()
        announce(self, sentence)

    def reject(self) -> None:
        """Leave without acting; what was typed is kept."""
        draft = self.draft()
        if draft != self._fresh:
            drafts_of(self.desk).kept[self._key] = draft
        else:
            drafts_of(self.desk).kept.pop(self._key, None)
        super().reject()


class Wrong(Refused):
    """What is wrong with one field."""

    def __init__(self, field: Field, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def read(field: Field, value: Callable[[], Value]) -> Value:
    """The value of a field; a refusal is said under it."""
    try:
        return value()
    except Refused as refused:
        raise Wrong(field, refused.sentence) from refused
