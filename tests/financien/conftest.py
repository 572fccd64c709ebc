"""Administrations on both databases, as for the tests of the room that keeps them."""

from tests.administratie.conftest import postgresserver, waar

__all__ = ["postgresserver", "waar"]
