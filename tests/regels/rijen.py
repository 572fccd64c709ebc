"""One row for one rule: arguments in the order of the rule, computed as numbers and as columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Rij = tuple[Callable[..., Any], tuple[Any, ...], Any]
"""A rule, its arguments, and what it must answer."""


def naam(een: Any) -> str | None:
    """How a row is named in the report of pytest."""
    return een.__name__ if callable(een) else None


def antwoord(regel: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """What a rule answers on numbers; a column gives the same (AssertionError when not)."""
    getal = regel(*args)
    kolommen = [np.array([een]) if isinstance(een, int) else een for een in args]
    # What is the same whatever the row is one number.
    assert np.broadcast_to(regel(*kolommen), 1).tolist() == [getal]
    return getal
