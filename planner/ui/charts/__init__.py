"""Charts: their figures as plain values, drawn late by pyqtgraph, each with a table twin."""
