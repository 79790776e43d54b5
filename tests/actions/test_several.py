"""One thing for several children: done where it can be, and the reason where it cannot; and views that are kept."""

from datetime import date

import pytest

from planner.actions.saved_views import keep_view, remove_view, rename_view
from planner.actions.several import allocate_several, mark_several_recorded, unrecorded
from planner.core.errors import Refused
from planner.core.records import Child, ConflictOfInterest, Setting, Visit, Worker
from planner.core.saved_views import SavedView, saved_views, setting_id
from tests.helpers.people import TODAY, a_small_team
from tests.helpers.stores import put


@pytest.fixture
def team(tmp_path, filled_files):
    made = filled_files.workspace(a_small_team, tmp_path / "small.planner")
    yield made
    made.close()


def waiting(workspace):
    """Children nobody leads for."""
    snapshot = workspace.snapshot
    return [child for child in snapshot.all(Child).values() if snapshot.lead(child.id, TODAY) is None]


def does(workspace, action, *args, **kwargs):
    return workspace.perform("A step", action, *args, **kwargs).result().result


def test_children_are_allocated_in_one_step_and_who_cannot_be_is_named(team):
    worker = next(iter(team.snapshot.all(Worker).values()))
    first, second = waiting(team)[:2]
    does(team, put, ConflictOfInterest(id="a" * 32, worker_id=worker.id, child_id=second.id))
    done = does(team, allocate_several, [first.id, second.id], worker.id, TODAY, reason="Room this week")
    assert done.children == (first,)
    assert [row.child for row in done.not_done] == [second]
    assert "conflict of interest" in done.not_done[0].why
    assert team.snapshot.lead(first.id, TODAY).reason == "Room this week"
    assert team.undoable == "A step: 1 of 2 done"
    team.undo().result()
    assert team.snapshot.lead(first.id, TODAY) is None


def test_where_not_one_can_be_allocated_nothing_is_changed(team):
    worker = next(iter(team.snapshot.all(Worker).values()))
    with pytest.raises(Refused, match="Say why this worker"):
        does(team, allocate_several, [waiting(team)[0].id], worker.id, TODAY, reason=" ")


def test_visits_are_marked_recorded_and_children_without_any_are_named(team):
    snapshot = team.snapshot
    with_some = next(child for child in snapshot.all(Child).values() if any(snapshot.visits_of(child.id)))
    visit = next(visit for visit, _ in snapshot.visits_of(with_some.id) if visit.status == "made")
    does(team, put, Visit(**{**{n: getattr(visit, n) for n in visit.__dataclass_fields__}, "recorded_on": None}))
    count = len(list(unrecorded(team.snapshot, with_some.id)))
    without = next(child for child in team.snapshot.all(Child).values() if not list(unrecorded(team.snapshot, child.id)))
    done = does(team, mark_several_recorded, [with_some.id, without.id], TODAY)
    assert (done.count, done.children) == (count, (with_some,))
    assert [row.child for row in done.not_done] == [without]
    assert team.snapshot.find(Visit, visit.id).recorded_on == TODAY


def test_visits_recorded_already_are_not_marked_again(team):
    child = next(child for child in team.snapshot.all(Child).values() if not list(unrecorded(team.snapshot, child.id)))
    with pytest.raises(Refused, match="waits to be recorded"):
        does(team, mark_several_recorded, [child.id], date(2026, 11, 23))


def test_a_view_is_kept_with_all_it_shows_and_taken_away_again(team):
    view = SavedView("", "cases", "  Late   CP ", "dev", "Overdue", {"Type": ("cp",)}, {"hidden": ["Age"]})
    kept = does(team, keep_view, view)
    assert kept.name == "Late CP"
    (found,) = saved_views(team.snapshot, "cases")
    assert (found.text, found.chosen, found.chips, found.columns) == ("dev", "Overdue", {"Type": ("cp",)}, {"hidden": ["Age"]})
    assert saved_views(team.snapshot, "visits") == ()
    does(team, remove_view, "cases", found.id)
    assert saved_views(team.snapshot, "cases") == ()


def test_a_view_of_the_same_name_gives_way(team):
    first = does(team, keep_view, SavedView("", "cases", "Mine", "a"))
    second = does(team, keep_view, SavedView("", "cases", "mine", "b"))
    assert first.id == second.id
    assert [view.text for view in saved_views(team.snapshot, "cases")] == ["b"]


def test_a_view_is_renamed_and_keeps_all_else_but_not_to_the_name_of_another(team):
    mine = does(team, keep_view, SavedView("", "cases", "Mine", "a"))
    does(team, keep_view, SavedView("", "cases", "Late", "b"))
    does(team, rename_view, "cases", mine.id, " mine  too ")
    assert [(view.name, view.text) for view in saved_views(team.snapshot, "cases")] == [("Late", "b"), ("mine too", "a")]
    for view_id, name, words in ((mine.id, "late", "Another view"), (mine.id, "", "name"), ("f" * 32, "New", "gone")):
        with pytest.raises(Refused, match=words):
            does(team, rename_view, "cases", view_id, name)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_view_needs_a_name_of_fair_length(team, name):
    with pytest.raises(Refused, match="name"):
        does(team, keep_view, SavedView("", "cases", name))


@pytest.mark.parametrize("value", ["", "[]", "{}", '{"name": 1, "chips": 2}'])
def test_a_view_written_in_another_way_is_left_out(team, value):
    does(team, put, Setting(id=setting_id("cases", "f" * 32), value=value))
    assert saved_views(team.snapshot, "cases") == ()
