"""The visits board: its model, what it paints, how visits are carried over it, and the tray beside it."""
