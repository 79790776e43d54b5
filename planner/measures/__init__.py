"""The service's measures: what is counted in a period, each with its parts, its definition and the rows behind it."""
