"""What is seen: tables, marked text, figures, and the HTML that they share."""
