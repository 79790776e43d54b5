"""Writing a workload scheme as TOML again, so that the workspace can keep a changed copy as its own."""

from typing import Any

from planner.core.rule_writing import rule_text
from planner.core.workload_scheme import Band, Scheme


def scheme_text(scheme: Scheme) -> str:
    """A scheme as TOML; read again under its id, it is the scheme. Raises Refused for a value TOML does not hold."""
    tables: dict[str, Any] = {
        "targets": _in_units(scheme.targets),
        "weights": _in_units(scheme.weights),
        "siblings": _siblings(scheme),
        "travel": {"over_minutes": scheme.travel_over_minutes, "adds": _units(scheme.travel)},
        "co_work": {"share": scheme.co_work_share},
        "headcount": dict(scheme.headcounts),
        "visits": dict(scheme.visits),
    }
    head = {
        "title": scheme.title,
        "source": scheme.source,
        "unit": scheme.unit,
        "standard_week": _units(scheme.standard_hours),
        "stable": _units(scheme.stable),
        "extra_work": scheme.counts_extra_work,
        "visits_from_history": scheme.visits_from_history,
    }
    return rule_text({**head, **tables, "bands": [_band(band) for band in scheme.bands]})


def _units(tenths: int) -> int | float:
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def _in_units(table: Any) -> dict[str, int | float]:
    return {key: _units(tenths) for key, tenths in table.items()}


def _siblings(scheme: Scheme) -> dict[str, Any]:
    further = {} if scheme.sibling is None else {"further": _units(scheme.sibling)}
    return {**further, "instead_of_own_weight": scheme.siblings_instead}


def _band(band: Band) -> dict[str, Any]:
    edge = {} if band.edge is None else {"up_to" if band.includes_edge else "below": band.edge}
    return {"name": band.name, **edge}
