"""Choose a workload scheme from a day, with everyone's figure before and after."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.actions.policies import put_in_force
from planner.core.coming_changes import STAGES
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.policy_effects import LoadChange, SchemeEffects, scheme_effects
from planner.core.workload import Load, Scheme, own_schemes
from planner.core.workload_scheme import NORMAL
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.dialogs.previewed import Choice, Previewed
from planner.ui.dialogs.question import read
from planner.ui.dialogs.worker_table import load_words, points
from planner.ui.table import Column
from planner.ui.team.rows import TAGS
from planner.ui.wording import count_words, names_in_a_row

if TYPE_CHECKING:
    from planner.ui.desk import Desk


MOST_NAMED = 4


def percent_words(load: Load) -> str:
    """`84%`, or a dash."""
    return "–" if load.percent is None else f"{load.percent:.0f}%"


def visits_words(change: LoadChange) -> str:
    """`6`, or `6 → 4` where the scheme changes what the week holds."""
    before, after = change.visits_before, change.visits_after
    return f"{after}" if before == after else f"{before} → {after}"


COLUMNS = (
    Column("Worker", lambda one: one.before.worker.name, strong=True, width=140, stretch=True),
    Column("Now", lambda one: load_words(one.before), align="right", width=88),
    Column("", lambda one: percent_words(one.before), sort=lambda one: one.before.percent, align="right", width=66),
    Column("Band", lambda one: one.before.state, width=94, tag=lambda one: TAGS.get(one.before.state, "neutral")),
    Column("Then", lambda one: load_words(one.after), align="right", width=88),
    Column("", lambda one: percent_words(one.after), sort=lambda one: one.after.percent, align="right", width=66),
    Column("Visits", visits_words, sort=lambda one: one.visits_after, align="right", width=62),
    Column("Band then", lambda one: one.after.state, width=94, tag=lambda one: TAGS.get(one.after.state, "neutral")),
)


def bands_words(scheme: Scheme) -> str:
    """`has room below 90%, nearly full up to 100%, over above that`."""
    said = []
    for band in scheme.bands:
        edge = "above that" if band.edge is None else f"{'up to' if band.includes_edge else 'below'} {band.edge:g}%"
        said.append(f"{band.name} {edge}")
    return ", ".join(said)


def scheme_words(scheme: Scheme) -> str:
    """Target, stable element, limits, visits and bands, in a sentence each."""
    stages = [f"{points(target)} for {STAGES.get(stage, stage)}" for stage, target in scheme.targets.items() if stage != NORMAL]
    other = f" ({', '.join(stages)})" if stages else ""
    history = ", or as each one’s last 12 weeks had" if scheme.visits_from_history else ""
    visits = f" {scheme.visits[NORMAL]} visits in a full week{history}." if NORMAL in scheme.visits else ""
    stable = f" Stable element {points(scheme.stable)}." if scheme.stable else ""
    limits = [f"{limit} for {STAGES.get(stage, stage)}" for stage, limit in scheme.headcounts.items()]
    most = f" Children at most {', '.join(limits)}." if limits else ""
    return f"Target {points(scheme.targets[NORMAL])} {scheme.unit}{other}.{stable}{most}{visits} Bands: {bands_words(scheme)}."


def scheme_sentence(found: SchemeEffects) -> str:
    """How many change band and who comes over capacity or a limit, the pooled percentage, and what would not be counted."""
    before, after = (f"{one[2]:.0f}%" if one[2] is not None else one[3] for one in (found.before, found.after))
    bands = count_words(found.other_bands, "worker changes", "workers change")
    said = [f"On {plain_date(found.on)}, {bands} band.", f"All together: {before} now, {after} then."]
    for loads, what in ((found.newly_over, "over capacity"), (found.over_headcount, "over the limit of children")):
        if loads:
            comes = "comes" if len(loads) == 1 else "come"
            names = [load.worker.name for load in loads]
            more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
            said.append(f"{names_in_a_row([*names[:MOST_NAMED], *more])} {comes} {what}.")
    if found.unweighted:
        children = count_words(found.unweighted, "child", "children")
        has, is_not = ("has", "is not") if found.unweighted == 1 else ("have", "are not")
        said.append(f"{children} {has} no weight and {is_not} counted.")
    return " ".join(said)


class SchemeDialog(Previewed):
    """Which scheme, for whom, from when."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Choose a workload scheme", "Put in force", "", parent)
        self._known = {**desk.reference.schemes, **own_schemes(desk.workspace.snapshot)}
        schemes = sorted(self._known.values(), key=lambda scheme: scheme.title.casefold())
        self.scheme = ChoiceField("Scheme", {scheme.id: scheme.title for scheme in schemes})
        self.team = self.team_field()
        self.start = DayField(desk, "In force from", desk.today)
        self.add_row(self.scheme, self.team)
        self.about = self.remark("")
        self.add(self.start)
        self.add_preview()
        self.watch(self.scheme, self.team, self.start)
        self.scheme.changed.connect(self._on_scheme_changed)
        self._on_scheme_changed()
        self.look()

    def choice(self) -> Choice:
        """Put the scheme in force. Raises Refused for a day that is none, and for a day gone by."""
        start = read(self.start, lambda: self.start.day)
        if start < self.desk.today:
            raise Refused("Choose a day from today on: figures of days gone by stay as they were.")
        scheme = self._known[self.scheme.value]
        team_id = self.team.value
        where = f" for {self.team.box.currentText()}" if team_id else ""
        return Choice(
            f"Put the scheme {scheme.title} in force{where}",
            f"The scheme {scheme.title} is in force{where} from {plain_date(start)}",
            put_in_force,
            ("workload", scheme.id, start, self._known),
            start,
            (team_id,) if team_id else (),
            {"team_id": team_id},
        )

    def effects(self) -> Callable[[Any, Any, date, tuple[str, ...]], SchemeEffects]:
        """Everyone's load."""
        return scheme_effects

    def show_effects(self, found: SchemeEffects) -> tuple[str, Sequence[Column], Sequence[LoadChange]]:
        """How many change, and the pooled percentage."""
        return scheme_sentence(found), COLUMNS, found.changes

    def _on_scheme_changed(self) -> None:
        scheme = self._known[self.scheme.value]
        self.about.say(f"{scheme.source} {scheme_words(scheme)}".strip())
