"""No figure about fewer than ten: small cells are hidden, and so much more that nobody can subtract them back."""

from __future__ import annotations

from typing import Any

import numpy as np

from verrekening.kolommen import Getallen, Masker

MINIMUM = 10
"""A group has at least this many households, and so at least this many persons."""
KLEIN, VERBORGEN = "<10", "*"
"""What stands in the place of a smaller count, and of one that would tell the smaller count beside it."""
_SAMEN = 2 * MINIMUM
"""What is hidden in a row counts this many together: then any count from one through nine remains possible."""


def te_klein(aantallen: Getallen) -> Masker:
    """Counts of one through nine; that nobody is in a group tells nothing about anybody."""
    return np.asarray((aantallen > 0) & (aantallen < MINIMUM))


def verberg(aantallen: Getallen) -> Masker:
    """Which cells of a row with a known total are hidden.

    The small ones, and the next smallest as long as what is hidden is one cell or fewer than twenty together: else
    the total minus the rest would tell it, or leave few possibilities.
    """
    return _aanvullen(aantallen, np.zeros(len(aantallen), dtype=bool))


def verberg_tabel(aantallen: Getallen) -> Masker:
    """The same for a table of which the totals of rows and of columns are known."""
    uit = np.zeros(aantallen.shape, dtype=bool)
    while True:
        nieuw = uit.copy()
        for rij in range(aantallen.shape[0]):
            nieuw[rij] |= _aanvullen(aantallen[rij], nieuw[rij])
        for kolom in range(aantallen.shape[1]):
            nieuw[:, kolom] |= _aanvullen(aantallen[:, kolom], nieuw[:, kolom])
        if (nieuw == uit).all():
            return uit
        uit = nieuw


def _aanvullen(aantallen: Getallen, verborgen: Masker) -> Masker:
    """What must be hidden in a row of which some cells are hidden already."""
    uit = verborgen | te_klein(aantallen)
    while uit.any() and (uit.sum() < 2 or aantallen[uit].sum() < _SAMEN):
        zichtbaar = np.flatnonzero(~uit & (aantallen > 0))
        if not len(zichtbaar):
            break
        uit[zichtbaar[np.argmin(aantallen[zichtbaar])]] = True
    return uit


def toon(aantal: int, *, verborgen: bool = False) -> int | str:
    """A count as it may be shown."""
    if 0 < aantal < MINIMUM:
        return KLEIN
    return VERBORGEN if verborgen else int(aantal)


def bij(aantal: int | str, waarde: Any) -> Any:
    """A figure that may be shown beside its count; None when the count is hidden or nothing was counted."""
    return waarde if isinstance(aantal, int) and aantal > 0 else None
