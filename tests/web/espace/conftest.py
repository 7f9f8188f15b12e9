"""The world of the matrix serves here too."""

from tests.matrice.conftest import monde

__all__ = ["monde"]
