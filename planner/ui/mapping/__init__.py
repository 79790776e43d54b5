"""A tracker's columns: what each is taken for, and what that reads."""
