"""Who works in the planner, and in which teams; nobody is taken out, for what they did stays theirs."""

from collections.abc import Iterable
from dataclasses import replace

from planner.actions.step import Step
from planner.core.away_reasons import is_manager
from planner.core.errors import Refused
from planner.core.records import Person, Team

ROLES = ("team manager", "service manager", "head of service", "project co-ordinator")


def keep_person(
    step: Step, name: str, role: str, team_ids: Iterable[str] = (), *, has_left: bool = False, person_id: str = ""
) -> Person:
    """Add a person, or say anew what is known of the one of an id; without teams they work for all.

    Raises Refused for anyone but a manager, without a name or with one that is another's already, for a role or a team that
    is not known, for whoever works just now as the one who left, and where no manager would be left.
    """
    _must_manage(step)
    name = " ".join(name.split())
    known = step.snapshot.find(Person, person_id) if person_id else Person(id=step.new_id())
    if known is None:
        raise Refused("This person is no longer there. Nothing was changed.")
    others = [person for person in step.snapshot.all(Person).values() if person.id != known.id and not person.has_left]
    _check_name(name, (person.name for person in others))
    teams = step.snapshot.all(Team)
    if role not in ROLES or not set(team_ids) <= set(teams):
        raise Refused("Choose a role and teams from the list. Nothing was changed.")
    if has_left and known.id == step.person.id:
        raise Refused("You are at work as this person. Another manager can say that you have left. Nothing was changed.")
    kept = replace(known, name=name, role=role, team_ids=tuple(team_ids), has_left=has_left)
    if not any(is_manager(person) and not person.has_left for person in (kept, *others)):
        raise Refused("Nobody would be left to decide anything. Add another manager first. Nothing was changed.")
    step.put(kept)
    return kept


def keep_team(step: Step, name: str, manager: str, function: str, *, team_id: str = "") -> Team:
    """Add a team, or say anew what the one of an id is called, who manages it and what its work is, such as `assessment`.

    Raises Refused for anyone but a manager, and without a name or with one that is another team's already.
    """
    _must_manage(step)
    name = " ".join(name.split())
    known = step.snapshot.find(Team, team_id) if team_id else Team(id=step.new_id())
    if known is None:
        raise Refused("This team is no longer there. Nothing was changed.")
    _check_name(name, (team.name for team in step.snapshot.all(Team).values() if team.id != known.id))
    kept = replace(known, name=name, manager=" ".join(manager.split()), function=" ".join(function.split()).casefold())
    step.put(kept)
    return kept


def _must_manage(step: Step) -> None:
    if not is_manager(step.person):
        raise Refused("Who works here, and in which teams, is for a manager to say. Nothing was changed.")


def _check_name(name: str, taken: Iterable[str]) -> None:
    if not name:
        raise Refused("Type a name. Nothing was changed.")
    if name.casefold() in {other.casefold() for other in taken}:
        raise Refused(f"{name} is here already. Add what tells the two apart. Nothing was changed.")
