"""Reads about rights."""
