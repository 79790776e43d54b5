"""The intake list: who waits, who was accepted, who returned, and each worker's part of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from planner.core.flow_records import Referral
from planner.core.outlook import Outlook
from planner.core.records import IntakeWeek, Setting
from planner.core.workspace_settings import CONTRACT_CAP
from planner.reports.as_pdf import pdf
from planner.reports.document import Document
from planner.reports.intake_list import INTAKE_LIST
from tests.helpers.paper_team import MONDAY
from tests.helpers.printed_words import text_of
from tests.reports.conftest import job, outlook_on

ONE = Referral(
    id="r1",
    team_id="team",
    reference="C777",
    initials="Z.Z.",
    name="Zoe Zed",
    household="h",
    referred_on=MONDAY - timedelta(days=3),
    received_on=MONDAY,
    referral_source="6",
    priority="high",
    first_visit_by=MONDAY + timedelta(days=1),
)
OTHER = replace(ONE, id="r2", reference="", initials="Y.Z.", name="", priority="")
RETURNED = replace(
    ONE,
    id="r3",
    reference="C778",
    household="",
    status="returned",
    decided_on=MONDAY,
    decided_by="Helen Marsh",
    reason="Not enough information",
)


def with_intake(team: Outlook) -> Outlook:
    week = IntakeWeek(id="w", team_id="team", week_on=MONDAY)
    return outlook_on(team.snapshot.patched([ONE, OTHER, RETURNED, week, Setting(id=CONTRACT_CAP, value="90")]))


def test_the_list_is_as_it_was(team: Outlook, agrees: Callable[[str, Document], None]) -> None:
    agrees("intake_list", INTAKE_LIST.build(with_intake(team), job(), MONDAY))


def test_each_who_waits_has_room_for_a_decision_and_each_return_its_reason(team: Outlook) -> None:
    text = " ".join(text_of(pdf(INTAKE_LIST.build(with_intake(team), job(), MONDAY))))
    assert "C777 – Z.Z." in text
    assert "No reference – Y.Z." in text
    assert "Not enough information by Helen Marsh" in text
    assert "91 cases are open, 1 over the contract's 90" in text


def test_names_stand_on_it_only_where_the_job_shows_them(named_team: Outlook) -> None:
    outlook = with_intake(named_team)
    assert "Zoe" not in " ".join(text_of(pdf(INTAKE_LIST.build(outlook, job(), MONDAY))))
    assert "C777 – Zoe Zed" in " ".join(text_of(pdf(INTAKE_LIST.build(outlook, job(names=True), MONDAY))))


def test_a_worker_gets_only_the_children_of_the_week_who_are_theirs(team: Outlook) -> None:
    text = " ".join(text_of(pdf(INTAKE_LIST.build(with_intake(team), job("dev"), MONDAY))))
    assert "No child of the week's intake" in text
    assert "C777" not in text


def test_the_week_looked_at_is_the_one_printed(team: Outlook) -> None:
    before = replace(job(), week_on=MONDAY - timedelta(weeks=1))
    text = " ".join(text_of(pdf(INTAKE_LIST.build(with_intake(team), before, MONDAY))))
    assert "16 to 20 November 2026" in text
    assert "Returned in the week" not in text
