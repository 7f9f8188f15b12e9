"""Période de reconversion (Code du travail, L6324-1 to L6324-11): in the place of the Pro-A since 01/01/2026."""
