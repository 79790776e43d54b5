"""The screens, in the order of the navigation column; a new screen is a file here and its class in this tuple."""

from planner.ui.screen import Screen
from planner.ui.screens.allocate import AllocateScreen
from planner.ui.screens.cases import CasesScreen
from planner.ui.screens.chase import ChaseScreen
from planner.ui.screens.import_page import ImportScreen
from planner.ui.screens.intake import IntakeScreen
from planner.ui.screens.log_visits import LogVisitsScreen
from planner.ui.screens.policy import PolicyScreen
from planner.ui.screens.team import TeamScreen
from planner.ui.screens.today import TodayScreen
from planner.ui.screens.transfers import TransfersScreen
from planner.ui.screens.visits import VisitsScreen

SCREENS: tuple[type[Screen], ...] = (
    TodayScreen,
    IntakeScreen,
    AllocateScreen,
    VisitsScreen,
    LogVisitsScreen,
    ChaseScreen,
    TransfersScreen,
    CasesScreen,
    TeamScreen,
    PolicyScreen,
    ImportScreen,
)
