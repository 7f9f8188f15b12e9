"""The world of the matrix serves here too: its requests, its keys."""

from tests.matrice.conftest import monde

__all__ = ["monde"]
