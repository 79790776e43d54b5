"""The files the planner reads; they answer with a `Found` and save nothing."""
