"""Room 1, reading: files to the articles table and a table of problems."""
