"""A planner for children's social work teams."""

__version__ = "0.1.0"
