"""Dialogs: things that must be finished or dropped, each one undoable step."""
