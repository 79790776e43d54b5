"""The files the planner reads; they answer with a `Found` and save nothing."""

from planner.formats.annex_a import AnnexA
from planner.formats.ssd import Ssd
from planner.formats.tracker import Tracker

FORMATS = (AnnexA(), Ssd(), Tracker())
"""Every format, in the order they are asked whether they recognise a file."""
