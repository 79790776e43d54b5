"""What the contract asks of each KPI."""

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.contract import set_kpi_targets
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.measures.kpis import KPIS, target_of
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.numbers_field import NumbersField
from planner.ui.dialogs.question import Wrong, read
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

TARGET = "target"
WIDTH = 560
_SHARE = re.compile(r"(\d{1,3})(?:[.,](\d))?\s*%?", re.ASCII)
_ALL = 1_000


class KpiTargetsDialog(Form):
    """A share to reach for each KPI; an empty line asks nothing of it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "What does the contract ask of the KPIs?", "Save the targets", "", WIDTH, parent)
        self.start = DayField(desk, "In force from", desk.today)
        self.targets = NumbersField(
            "Share to reach",
            {kpi.id: kpi.title for kpi in KPIS},
            {TARGET: "Target, %"},
            "Such as 95 or 97.5. Empty: no target. A month’s KPI exceptions are held against the targets of its last day.",
        )
        for (kpi_id, _), edit in self.targets.edits.items():
            edit.setToolTip(next(kpi.definition for kpi in KPIS if kpi.id == kpi_id))
        self._shown: dict[str, str] = {}
        self._changed: dict[str, str] = {}
        self._show_day()
        self.add(self.start)
        self.add(self.targets)
        self.body.addStretch(1)
        self.start.changed.connect(self._show_day)

    def _show_day(self) -> None:
        """Show what holds on the day; what was typed stays typed."""
        on = self.start.known_day() or self.desk.today
        asked = {kpi.id: target_of(self.desk.workspace.snapshot, kpi.id, on) for kpi in KPIS}
        holding = {f"{kpi_id}/{TARGET}": f"{tenths / 10:g}" for kpi_id, tenths in asked.items() if tenths is not None}
        now, shown = self.targets.texts, self._shown
        self._changed |= {at: now.get(at, "") for at in {*now, *shown} if now.get(at) != shown.get(at)}
        self.targets.fill({**holding, **self._changed})
        self._shown = self.targets.texts

    def act(self) -> None:
        """Save them."""
        start = read(self.start, lambda: self.start.day)
        tenths = {kpi.id: self._typed(kpi.id) for kpi in KPIS}
        count = sum(target is not None for target in tenths.values())
        said = f"From {plain_date(start)} the contract has {count_words(count, 'KPI target') if count else 'no KPI targets'}"
        self.perform("Set the KPI targets", set_kpi_targets, tenths, start, said=said)

    def _typed(self, kpi_id: str) -> int | None:
        text = self.targets.text_at(kpi_id, TARGET)
        try:
            return typed_share(text)
        except Refused as refused:
            raise Wrong(self.targets, f"{self.targets.name_of((kpi_id, TARGET))}: {refused.sentence}") from refused


def typed_share(text: str) -> int | None:
    """`97.5` or `97.5%` as 975 tenths of a per cent; None for nothing. Raises Refused with what to type."""
    typed = text.strip()
    if not typed:
        return None
    found = _SHARE.fullmatch(typed)
    tenths = int(found[1]) * 10 + int(found[2] or 0) if found else _ALL + 1
    if tenths > _ALL:
        raise Refused(f"“{typed}” is not a share in per cent. Type a number from 0 to 100, such as 95 or 97.5.")
    return tenths
