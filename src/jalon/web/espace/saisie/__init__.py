"""Typing a request: sections in any order, each box kept as it is typed."""
