"""What comes with the product, read from its resources once: policies, workload schemes and the calendar."""

from functools import cache

from planner.core.policy import ruleset_from_toml
from planner.core.reference import Reference
from planner.core.working_days import calendar_from_toml
from planner.core.workload import scheme_from_toml
from planner.paths import resource


@cache
def reference() -> Reference:
    """The shipped policies and schemes, by the name of their file, and the calendar of England."""
    policies = {
        path.stem: ruleset_from_toml(path.read_text("utf-8"), path.stem) for path in sorted(resource("policies").glob("*.toml"))
    }
    schemes = {
        path.stem: scheme_from_toml(path.read_text("utf-8"), path.stem) for path in sorted(resource("schemes").glob("*.toml"))
    }
    return Reference(
        policies=policies, schemes=schemes, calendar=calendar_from_toml(resource("calendar.toml").read_text("utf-8"))
    )
