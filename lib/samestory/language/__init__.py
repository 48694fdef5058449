"""What every question reads with; it knows none of the questions."""
