"""Policy: every rule in force with its force, source and certainty; which policies hold; and how another is put in force."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from planner.core.errors import PlannerError
from planner.core.records import LocalRule, PolicyInForce, Team
from planner.core.rule_words import certainty_words, force_words, interval_words
from planner.ui.dialogs.kpi_targets import KpiTargetsDialog
from planner.ui.dialogs.own_rule import OwnRuleDialog
from planner.ui.dialogs.policy_choice import EndPolicyDialog, ImportPolicyDialog, PolicyDialog
from planner.ui.keys import tip_with_key
from planner.ui.screen import Screen
from planner.ui.table import RowsModel, RowsView
from planner.ui.team.narrowing import NarrowingView
from planner.ui.team.policy_rows import (
    CERTAINTY,
    CHOSEN_COLUMNS,
    FORCE,
    OF,
    RULE_COLUMNS,
    SAYS,
    SOURCE,
    ChosenRow,
    RuleRow,
    chosen_rows,
    confirm_count,
    rule_rows,
)
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.choice import Choice
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

MARGINS = (28, 4, 28, 12)
FILTER_WIDTH = 190
LONG_TITLE = 420
RULES_LEAST = 240
"""The height under which the page scrolls, rather than its list of rules alone."""
NOT_ADVICE = "This is not legal advice. The council’s legal team confirms these rules before they are relied on."
READABLE = "Policy (*.toml);;All files (*)"
LARGEST = 1_000_000


class RuleTable(NarrowingView):
    """Where the page is narrow, does without whose a rule is, its source, force and certainty: they stand beneath."""

    dropped_first = (OF, SOURCE, FORCE, CERTAINTY)

    def fit_columns(self) -> None:
        """In a wide window, what a rule says takes no more than a long title needs; the rest is its source's."""
        super().fit_columns()
        needed = round(LONG_TITLE * current_theme().text_scale)
        spare = self.columnWidth(SAYS) - needed
        if spare > 0 and not self.isColumnHidden(SOURCE) and not self.kept_widths:
            self.set_widths({SAYS: needed, SOURCE: self.columnWidth(SOURCE) + spare})


class PolicyScreen(Screen):
    """The rules of one team at a time, and above them the policies they come from."""

    name = "policy"
    title = "Policy"
    offers = ("KPI targets", "Import a policy file", "Choose a policy")
    is_exported = True
    shows = frozenset({PolicyInForce, LocalRule, Team})

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.outlook: Outlook | None = None
        self.not_advice = Words(NOT_ADVICE, "strong", "warning")
        self.looser = Words("", "body", "warning")
        self.chosen = FittedRows(RowsModel(CHOSEN_COLUMNS), "Policies in force", "row_compact")
        self.end = Button("End the chosen policy", self._on_end_pressed, small=True)
        self.change = Button("Change this rule", self._on_change_pressed, small=True)
        self.team = Choice()
        self.filter = QLineEdit()
        self.counted = Words("", "small", "muted")
        self.model = RowsModel(RULE_COLUMNS)
        self.rules = RuleTable(self.model, "Rules")
        self.about = Words("", "small")
        self.import_file = Button("Import a policy file", self._on_import_pressed)
        self.targets = Button("KPI targets", lambda: KpiTargetsDialog(desk, self.window()).show_up())
        self.choose = Button("Choose a policy", lambda: PolicyDialog(desk, self.window()).show_up(), kind="primary")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.team.setAccessibleName("Rules of which team")
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter rules")
        tip_with_key(self.filter, "filter", "Type parts of an id, a title, a source or a mark")
        self.filter.setClearButtonEnabled(True)
        self.rules.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.chosen.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.about.setObjectName("why")
        self.rules.setMinimumHeight(RULES_LEAST)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.filter)
        top.addWidget(self.team)
        top.addWidget(self.counted, 1)
        top.addWidget(self.change)
        ending = QHBoxLayout()
        ending.addWidget(self.end)
        ending.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*MARGINS)
        column.setSpacing(8)
        for part in (self.not_advice, self.looser, self.chosen):
            column.addWidget(part)
        column.addLayout(ending)
        column.addSpacing(4)
        column.addLayout(top)
        column.addWidget(self.rules, 1)
        column.addWidget(self.about)
        self._on_theme_changed(current_theme())

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter_changed)
        self.team.currentIndexChanged.connect(lambda _place: self._show_rules())
        self.rules.row_selected.connect(self._on_rule_selected)
        self.rules.row_opened.connect(self._change_rule)
        self.rules.customContextMenuRequested.connect(self._on_rule_menu_asked)
        self.chosen.row_opened.connect(self._end)
        self.chosen.customContextMenuRequested.connect(self._on_menu_asked)
        theme_changes.changed.connect(self._on_theme_changed)

    # What the window asks

    def show_outlook(self, outlook: "Outlook") -> None:
        """Show the policies, and the rules of the team chosen."""
        self.outlook = outlook
        self._show_teams(outlook)
        self.chosen.rows_model().set_rows(chosen_rows(outlook))
        self.chosen.fit_height()
        self._show_rules()

    def finding(self, outlook: "Outlook") -> str:
        """How many rules are in force and how many off, how many to confirm, how many looser than the law."""
        rules = outlook.policy(self._team_id(outlook))
        to_confirm = confirm_count(rules, outlook.on)
        off = len(rules.switched_off(outlook.on))
        said = f"{count_words(len(rules.in_force(outlook.on)), 'rule is', 'rules are')} in force"
        said += f", {off:,} switched off." if off else "."
        said += f" {to_confirm:,} to confirm locally." if to_confirm else ""
        loose = len({finding.rule for finding in rules.looser})
        return f"{said} {count_words(loose, 'local value is', 'local values are')} looser than the law." if loose else said

    @staticmethod
    def count(outlook: "Outlook") -> tuple[str, bool]:
        """How many local values are looser than the law, where any are."""
        team_id = outlook.teams[0].id if outlook.teams else ""
        loose = len({finding.rule for finding in outlook.policy(team_id).looser})
        return f"{loose} looser" if loose else "", False

    def header_actions(self) -> list[QWidget]:
        """What the contract asks of the KPIs, a council's own file, and a policy that comes with the planner."""
        return [self.targets, self.import_file, self.choose]

    def kept_tables(self) -> dict[str, RowsView]:
        """The rules."""
        return {self.name: self.rules}

    def filter_field(self) -> QWidget:
        """Where Ctrl+F goes."""
        return self.filter

    def import_path(self, path: Path) -> None:
        """Open a council's policy from its file, with what it would change; one that cannot be read is refused in words."""
        try:
            with path.open("rb") as file:
                text = file.read(LARGEST).decode("utf-8")
            dialog = ImportPolicyDialog(self.desk, path.name, text, self.window())
        except OSError:
            self.desk.failed.emit(
                f"{path.name} could not be opened. Check that it is there and may be read. Nothing was changed."
            )
        except UnicodeDecodeError:
            self.desk.failed.emit(f"{path.name} is not a text file. A policy is written in TOML. Nothing was changed.")
        except PlannerError as trouble:
            self.desk.failed.emit(trouble.sentence)
        else:
            dialog.show_up()

    # Showing

    def _team_id(self, outlook: "Outlook") -> str:
        known = {team.id for team in outlook.teams}
        chosen = str(self.team.currentData() or "")
        return chosen if chosen in known else outlook.teams[0].id if outlook.teams else ""

    def _show_teams(self, outlook: "Outlook") -> None:
        teams = [(team.name, team.id) for team in outlook.teams]
        if [self.team.itemData(place) for place in range(self.team.count())] != [team_id for _, team_id in teams]:
            self.team.blockSignals(True)
            self.team.clear()
            for name, team_id in teams:
                self.team.addItem(name, team_id)
            self.team.blockSignals(False)
        self.team.setVisible(len(teams) > 1)

    def _show_rules(self) -> None:
        if self.outlook is None:
            return
        team_id = self._team_id(self.outlook)
        loose = dict.fromkeys(finding.sentence for finding in self.outlook.policy(team_id).looser)
        self.looser.say("Looser than the law: " + " ".join(loose) if loose else "")
        self.model.set_rows(rule_rows(self.outlook, team_id))
        self._show_narrowed()

    def _show_narrowed(self) -> None:
        """What follows from which rules are listed: one of them is always chosen and told, and they are counted."""
        if self.rules.current_row() is None and self.model.rowCount():
            self.rules.selectRow(0)
        self._on_rule_selected(self.rules.current_row())
        self._say_count()

    def _say_count(self) -> None:
        shown, there = self.model.rowCount(), len(self.model.rows)
        self.counted.setText(count_words(shown, "rule") if shown == there else f"{shown:,} of {count_words(there, 'rule')}")

    def _on_filter_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_narrowed()

    def _on_rule_selected(self, row: RuleRow | None) -> None:
        self.about.say(_whole(row) if row is not None else "")

    def _on_theme_changed(self, theme: Theme) -> None:
        self.filter.setFixedWidth(round(FILTER_WIDTH * theme.text_scale))
        self.chosen.fit_height()

    # Changing

    def _on_change_pressed(self) -> None:
        row = self.rules.current_row()
        if row is None:
            self.desk.failed.emit("Choose a rule in the list first.")
        else:
            self._change_rule(row)

    def _change_rule(self, row: RuleRow) -> None:
        """Type the council's own lengths for a rule."""
        OwnRuleDialog(self.desk, row.rule, self.window()).show_up()

    def _on_rule_menu_asked(self, at: QPoint) -> None:
        row = self.rules.current_row()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"Change the rule {row.rule.id}", partial(self._change_rule, row))
        menu.popup(self.rules.viewport().mapToGlobal(at))

    def _on_import_pressed(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose the council's policy", "", READABLE)
        if name:
            self.import_path(Path(name))

    def _on_end_pressed(self) -> None:
        row = self.chosen.current_row()
        if row is None:
            self.desk.failed.emit("Choose a policy in the list first.")
        else:
            self._end(row)

    def _end(self, row: ChosenRow) -> None:
        if row.record is None:
            self.desk.failed.emit(
                "The rules of England come with the planner and always hold. Put a local policy over them instead."
            )
            return
        EndPolicyDialog(self.desk, row.record, row.title, self.window()).show_up()

    def _on_menu_asked(self, at: QPoint) -> None:
        row = self.chosen.current_row()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"End {row.title}", partial(self._end, row))
        menu.popup(self.chosen.viewport().mapToGlobal(at))


def _whole(row: RuleRow) -> str:
    """Everything about a rule, in sentences."""
    certainty = f" Certainty: {certainty_words(row.rule.certainty).lower()}." if row.rule.certainty else ""
    force = f" {force_words(row.rule)}."
    return (
        f"{row.rule.id}: {row.rule.title}, {interval_words(row.rule)}. {row.about}{force} Source: {row.rule.source}.{certainty}"
    )
