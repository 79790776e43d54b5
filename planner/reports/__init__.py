"""What can be printed, as a table of contents."""

from planner.reports.allocation_sheet import ALLOCATION_SHEET
from planner.reports.case_summary import CASE_SUMMARY
from planner.reports.caseload_sheet import CASELOAD_SHEET
from planner.reports.chase_sheet import CHASE_SHEET
from planner.reports.day_sheet import DAY_SHEET
from planner.reports.hand_back_plan import HAND_BACK_PLAN
from planner.reports.inspection_list import INSPECTION_LIST
from planner.reports.intake_list import INTAKE_LIST
from planner.reports.kpi_exceptions import KPI_EXCEPTIONS
from planner.reports.monday_brief import MONDAY_BRIEF
from planner.reports.report import Report
from planner.reports.to_type import TO_TYPE
from planner.reports.transfer_sheet import TRANSFER_SHEET
from planner.reports.worker_week import WORKER_WEEK
from planner.reports.workload_sheet import WORKLOAD_SHEET

REPORTS: tuple[Report, ...] = (
    ALLOCATION_SHEET,
    WORKER_WEEK,
    CASELOAD_SHEET,
    WORKLOAD_SHEET,
    CASE_SUMMARY,
    INTAKE_LIST,
    MONDAY_BRIEF,
    INSPECTION_LIST,
    KPI_EXCEPTIONS,
    CHASE_SHEET,
    DAY_SHEET,
    TO_TYPE,
    TRANSFER_SHEET,
    HAND_BACK_PLAN,
)
