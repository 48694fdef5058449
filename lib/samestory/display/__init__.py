"""Room 4, display: matplotlib figures and HTML views; computes nothing that a table does not hold."""
