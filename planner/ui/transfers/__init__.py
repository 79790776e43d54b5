"""The parts of the Transfers page."""
