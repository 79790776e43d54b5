"""Periods of care out of an SSD extract: episodes make a period, placements have the reason they began, reviews belong to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from planner.core.found import FoundPeriod
from planner.formats.ssd_rows import Columns


class Care:
    """The tables of looked-after children by child; those without a child's id are found by their period of care."""

    def __init__(self, tables: Mapping[str, Columns]) -> None:
        self._episodes = tables.get("cla_episodes")
        self._placements = tables.get("cla_placement")
        self._statuses = tables.get("legal_status")
        self._reviews = tables.get("cla_reviews")
        self._child_of: dict[str, str] = {}
        self._reasons: dict[str, tuple[date, str]] = {}
        self._episodes_of = self._by_child(self._episodes)
        self._note_episodes()
        self._statuses_of = self._by_child(self._statuses)
        self._placements_of = self._by_child(self._placements)
        self._reviews_of = self._by_child(self._reviews)

    def _by_child(self, table: Columns | None) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place in range(len(table) if table is not None else 0):
            assert table is not None
            child = table.text("person", place) or self._child_of.get(table.text("period", place), "")
            if child:
                found[child].append(place)
        return found

    def _note_episodes(self) -> None:
        """Whose each period of care is, and why each placement began: the reason of its first episode."""
        table = self._episodes
        for place in range(len(table) if table is not None else 0):
            assert table is not None
            if period := table.text("period", place):
                self._child_of.setdefault(period, table.text("person", place))
            start, placement = table.day("start", place), table.text("placement", place)
            if placement and start is not None and (placement not in self._reasons or start < self._reasons[placement][0]):
                self._reasons[placement] = start, table.text("reason", place)

    def orphans(self, name: str, table: Columns) -> Iterable[int]:
        """The rows of placements or reviews that belong to no child."""
        if name in ("cla_placement", "cla_reviews"):
            of = self._placements_of if name == "cla_placement" else self._reviews_of
            known = {place for places in of.values() for place in places}
            yield from (place for place in range(len(table)) if place not in known)

    def periods(self, child: str) -> list[FoundPeriod]:
        """A child's periods of care, legal statuses and placements."""
        return [*self._in_care(child), *self._legal(child), *self._homes(child)]

    def _in_care(self, child: str) -> Iterable[FoundPeriod]:
        """One period for episodes of one period of care, or for those that follow one another without a day between."""
        table = self._episodes
        spells: list[tuple[str, date, date | None, str, tuple[str, ...], str]] = []
        if table is None:
            return
        for place in sorted(self._episodes_of.get(child, ()), key=lambda place: table.day("start", place) or date.min):
            start, end, period = table.day("start", place), table.day("end", place), table.text("period", place)
            assert start is not None
            last = spells[-1] if spells else None
            need, ids, row = table.text("need", place), table.ids(place), table.where(place)
            if last is not None and (last[0] == period if period and last[0] else last[2] is None or start <= last[2]):
                ended = None if end is None else max(end, last[2] or end)
                spells[-1] = (last[0], last[1], ended, last[3] or need, last[4] + ids, last[5])
            else:
                entered = table.day("entered", place)
                spells.append((period, min(start, entered) if entered else start, end, need, ids, row))
        for _, start, end, need, ids, row in spells:
            yield FoundPeriod(what="plan", code="lac", start=start, end=end, category=need, source_ids=ids, source_row=row)

    def _legal(self, child: str) -> Iterable[FoundPeriod]:
        table = self._statuses
        for place in self._statuses_of.get(child, ()):
            assert table is not None
            yield FoundPeriod(
                what="legal",
                code=table.text("code", place),
                start=table.day("start", place),
                end=table.day("end", place),
                source_ids=table.ids(place),
                source_row=table.where(place),
            )

    def _homes(self, child: str) -> Iterable[FoundPeriod]:
        table = self._placements
        for place in self._placements_of.get(child, ()):
            assert table is not None
            yield FoundPeriod(
                what="placement",
                code=table.text("type", place),
                start=table.day("start", place),
                end=table.day("end", place),
                provider=table.text("provider", place),
                reason=self._reasons.get(table.text("id", place), (date.min, ""))[1],
                source_ids=table.ids(place),
                source_row=table.where(place),
            )

    def reviews(self, child: str) -> Iterable[tuple[Columns, int]]:
        """A child's reviews that were not cancelled."""
        table = self._reviews
        for place in self._reviews_of.get(child, ()):
            assert table is not None
            if not table.flag("cancelled", place):
                yield table, place
