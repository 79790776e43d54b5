"""The parts of the Chase page."""
