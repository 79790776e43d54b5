"""Widgets set in lines like words."""

from PySide6.QtWidgets import QPushButton, QWidget

from planner.ui.widgets.flow import FlowLayout


def test_what_is_hidden_takes_no_room_in_its_line(themed, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=10)
    first, hidden, last = QPushButton("First"), QPushButton("Hidden"), QPushButton("Last")
    for button in (first, hidden, last):
        flow.addWidget(button)
    whole = flow.sizeHint().width()
    hidden.hide()
    holder.resize(600, 60)
    holder.show()
    assert last.x() == first.geometry().right() + 1 + 10
    assert flow.sizeHint().width() == whole - hidden.sizeHint().width() - 10
    hidden.show()
    qtbot.waitUntil(lambda: last.x() > hidden.x() > first.x())
