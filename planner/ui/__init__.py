"""The window: screens, tables and dialogs in Qt."""
