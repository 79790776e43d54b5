"""A looked-after child's rows of SSD tables: episodes and placements, legal statuses, reviews, health and care plans."""

from planner.core.records import Child, LegalStatus, Placement, PlanSpell
from planner.formats.ssd_written import Known, Written, covering


def write_care(written: Written, child: Child) -> None:
    """Everything the tables can hold of a child's time in care."""
    homes = written.periods(Placement, child)
    spells = written.spells(child, "lac")
    for home, start, end in homes:
        written.put(
            "cla_placement",
            home,
            person=child.reference,
            start=start,
            end=end,
            type=home.type,
            provider=home.provider,
            period=period_id(written, covering(spells, start)),
        )
    for spell in spells:
        _episodes(written, child, spell, homes)
    for status, start, end in written.periods(LegalStatus, child):
        written.put("legal_status", status, person=child.reference, code=status.code, start=start, end=end)
    _meetings(written, child, spells)


def period_id(written: Written, spell: PlanSpell | None) -> str:
    """The id of a period of care; nothing for none."""
    return f"L{written.id_of('cla_episodes', spell)}" if spell is not None else ""


def _episodes(written: Written, child: Child, spell: Known[PlanSpell], homes: list[Known[Placement]]) -> None:
    """The episodes of a period of care: one for each placement, from its start to the next's, the last to the period's end."""
    period, begins, ends = spell
    within = [home for home in homes if (ends is None or home[1] < ends) and (home[2] is None or home[2] > begins)]
    starts = sorted({begins, *(max(start, begins) for _, start, _ in within)})
    for place, start in enumerate(starts):
        begun: list[Placement | None] = [home for home, first, _ in within if max(first, begins) == start]
        for number, home in enumerate(begun or [None]):
            written.put(
                "cla_episodes",
                period,
                id=written.id_of("cla_episodes", period if place == number == 0 else home),
                person=child.reference,
                start=start,
                reason=home.reason if home is not None else "",
                need=period.category,
                end=starts[place + 1] if place + 1 < len(starts) else ends,
                period=period_id(written, period),
                placement=written.id_of("cla_placement", home),
                entered=begins,
            )


def _meetings(written: Written, child: Child, spells: list[Known[PlanSpell]]) -> None:
    """Reviews, which belong to a period of care, health assessments and care plans."""
    for event, on in written.held(child, "lac_review_held"):
        period = covering(spells, on) or (spells[-1][0] if spells else None)
        if period is not None:
            written.put("cla_reviews", event, period=period_id(written, period), on=on, cancelled=False)
    for event, on in written.held(child, "health_assessment_held"):
        written.put("cla_health", event, person=child.reference, type="Health assessment", on=on)
    for event, on in written.held(child, "care_plan_made"):
        written.put("cla_care_plan", event, person=child.reference, on=on)
