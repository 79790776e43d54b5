"""The calendar of a team: its model, what it paints, what is done on it, and its page."""
