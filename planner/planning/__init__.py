"""Planners: values in, a suggestion out; nothing is saved here."""
