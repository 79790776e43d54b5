"""The screens, in the order of the navigation column; a new screen is a file here and its class in this tuple."""

from planner.ui.screen import Screen

SCREENS: tuple[type[Screen], ...] = ()
