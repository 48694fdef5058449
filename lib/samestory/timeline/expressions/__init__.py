"""Expressions of time and their TIMEX3 values: `find` is the way in."""
