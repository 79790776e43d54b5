"""What a screen reader says a painted widget is; Qt would call it a plain widget, which it may pass over."""

from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_PROPERTY = "spokenRole"


class _Told(QAccessibleWidget):
    """Speaks for one widget in the role it was given."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role(widget.property(_PROPERTY)))


class _Tellers:
    """Who speaks for whom; Qt does not hold on to them, so this does until their widget is gone."""

    kept: ClassVar[dict[int, _Told]] = {}
    is_installed = False


def tell_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Have a screen reader say that the widget is a chart, say; called while the widget is made."""
    widget.setProperty(_PROPERTY, role.value)
    if not _Tellers.is_installed:
        _Tellers.is_installed = True
        QAccessible.installFactory(_teller)


def _teller(_class_name: str, subject: QObject) -> QAccessibleInterface | None:
    if not isinstance(subject, QWidget) or subject.property(_PROPERTY) is None:
        return None
    number, told = id(subject), _Told(subject)
    _Tellers.kept[number] = told
    subject.destroyed.connect(lambda *_: _Tellers.kept.pop(number, None))
    return told
