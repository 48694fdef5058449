"""Room 3, comparison: what needs two articles."""
