"""Kinds of files beyond plain text, web pages and tables: one module a family."""
