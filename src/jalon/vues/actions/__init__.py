"""Writes: keeping a view and sharing it, arranging one's home, choosing and preparing the digest."""
