"""The parts of the Intake page."""
