"""The parameters that come with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from verrekening.parameters.lader import lees_map
from verrekening.parameters.register import Parameters


@cache
def laad() -> Parameters:
    """The built-in parameters, read once.

    Raises:
        ParameterbestandFout: a file of the package breaks the format.
    """
    return Parameters(*lees_map(Path(__file__).parent))
