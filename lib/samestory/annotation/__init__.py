"""Room 2, annotation: one article at a time, Doc in, rows out."""
