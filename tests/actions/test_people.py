"""Who works here and in which teams: who may say so, what is refused, and what follows from it."""

import pytest

from planner.actions.people import keep_person, keep_team
from planner.core.errors import Refused
from planner.core.records import Person, Team

MANAGER, CO_ORDINATOR = "team manager", "project co-ordinator"


def test_a_person_who_is_added_can_sign_in_and_what_they_do_is_theirs(workspace, does):
    added = does(keep_person, "  Ann   Lee ", CO_ORDINATOR, ())
    assert [person.name for person in workspace.people()] == ["Ann Lee", "Test Person"]
    workspace.sign_in(added.id)
    assert workspace.person == Person(id=added.id, name="Ann Lee", role=CO_ORDINATOR)


def test_only_a_manager_says_who_works_here(workspace, does):
    added = does(keep_person, "Ann Lee", CO_ORDINATOR, ())
    workspace.sign_in(added.id)
    for action, words in ((keep_person, ("Bo", MANAGER)), (keep_team, ("Team B", "", ""))):
        with pytest.raises(Refused, match="is for a manager to say"):
            does(action, *words)


def test_whoever_left_signs_in_no_more_and_is_still_known(workspace, does):
    added = does(keep_person, "Ann Lee", MANAGER, ())
    does(keep_person, "Ann Lee", MANAGER, (), has_left=True, person_id=added.id)
    assert [person.name for person in workspace.people()] == ["Test Person"]
    assert workspace.snapshot.find(Person, added.id).name == "Ann Lee"
    does(keep_person, "Ann Lee", MANAGER, ())
    assert len(workspace.people()) == 2


def test_a_change_of_oneself_holds_at_once_and_its_undo_too(workspace, does):
    does(keep_person, "Bo Fox", MANAGER, ())
    does(keep_person, "Test Person", CO_ORDINATOR, (), person_id="p")
    assert workspace.person.role == CO_ORDINATOR
    workspace.undo().result()
    assert workspace.person.role == MANAGER


@pytest.mark.parametrize(
    ("name", "role", "more", "sentence"),
    [
        (" ", MANAGER, {}, "Type a name"),
        ("TEST person", MANAGER, {}, "is here already"),
        ("Ann Lee", "owner", {}, "Choose a role"),
        ("Ann Lee", MANAGER, {"team_ids": ("no such",)}, "Choose a role and teams"),
        ("Ann Lee", MANAGER, {"person_id": "no such"}, "no longer there"),
        ("Test Person", MANAGER, {"person_id": "p", "has_left": True}, "You are at work as this person"),
        ("Test Person", CO_ORDINATOR, {"person_id": "p"}, "Nobody would be left to decide"),
    ],
)
def test_what_would_leave_the_workspace_in_disorder_is_refused(workspace, does, name, role, more, sentence):
    before = workspace.people()
    with pytest.raises(Refused, match=sentence):
        does(keep_person, name, role, **more)
    assert workspace.people() == before


def test_a_team_is_added_and_changed_and_no_two_have_one_name(workspace, does):
    added = does(keep_team, "Court team", "", "Court")
    assert (added.name, added.function) == ("Court team", "court")
    does(keep_team, "Court and care", "Bo Fox", "Court", team_id=added.id)
    assert workspace.snapshot.find(Team, added.id) == Team(id=added.id, name="Court and care", manager="Bo Fox", function="court")
    for name, sentence in (("", "Type a name"), ("COURT AND CARE", "is here already")):
        with pytest.raises(Refused, match=sentence):
            does(keep_team, name, "", "")
