"""The parts of the page on which visits are logged, a line a trip."""
