"""Reads: quick accesses and their counts, what is new in them, tasks of every app, digests that are due."""
