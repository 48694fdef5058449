"""Expressions of time and their TIMEX3 values."""

from samestory.annotation.times.finding import Time, find_times

__all__ = ["Time", "find_times"]
