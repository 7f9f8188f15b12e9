"""The world of the matrix, once per module."""

from tests.matrice.conftest import monde

__all__ = ["monde"]
