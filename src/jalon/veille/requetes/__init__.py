"""Reads: cuts, alerts, exceptional accesses, what a reader is."""
