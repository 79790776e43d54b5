"""The case system beside the plan: where the two differ, what is accepted of it, and what is still to be typed there."""
