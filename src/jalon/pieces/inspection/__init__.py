"""Inspection of one untrusted file, run in a process of its own: `python -m jalon.pieces.inspection`.

Nothing here imports Django or anything else of ours. The result is a motive (see `motifs`) or a clean content.
"""
