"""The case summary: what is known and owed of one child, and of no other."""

from collections.abc import Callable

import pytest

from planner.core.errors import Refused
from planner.core.outlook import Outlook
from planner.reports.as_pdf import pdf
from planner.reports.case_summary import CASE_SUMMARY
from planner.reports.document import Document
from planner.reports.report import SheetOptions
from tests.helpers.paper_team import MONDAY
from tests.helpers.printed_words import text_of
from tests.reports.conftest import PRINTED_AT


def summary(outlook: Outlook, child_id: str, names: bool = False) -> Document:
    options = SheetOptions(child_id=child_id, names=names, printed_by="Helen Marsh", printed_at=PRINTED_AT)
    return CASE_SUMMARY.build(outlook, options, MONDAY)


def test_the_summary_of_a_late_child_is_as_it_was(team: Outlook, agrees: Callable[[str, Document], None]) -> None:
    agrees("case_summary", summary(team, team.overdue_visits[0].case.child.id))


def test_every_rule_that_owes_the_child_something_stands_on_it_and_no_other_child(team: Outlook) -> None:
    for case in team.cases[:12]:
        text = " ".join(text_of(pdf(summary(team, case.child.id))))
        assert all(team.rule_of(one).id in text for one in team.owed_to(case.child.id))
        assert not any(other.child.reference in text.split() for other in team.cases if other is not case)


def test_it_has_initials_unless_the_council_and_the_job_let_names_be_shown(team: Outlook, named_team: Outlook) -> None:
    child = named_team.cases[0].child
    assert child.name not in " ".join(text_of(pdf(summary(named_team, child.id))))
    assert child.name in " ".join(text_of(pdf(summary(named_team, child.id, names=True))))
    with pytest.raises(Refused):
        summary(team, child.id, names=True)


@pytest.mark.parametrize("child_id", ["", "nobody"])
def test_a_child_must_be_chosen(team: Outlook, child_id: str) -> None:
    with pytest.raises(Refused, match="Choose a child"):
        summary(team, child_id)


def test_the_file_is_named_by_the_reference_alone(team: Outlook) -> None:
    made = summary(team, team.cases[0].child.id)
    assert made.sheets[0].what == f"Case summary, {team.cases[0].child.reference}"
