"""Drawing lots: one stream of random numbers per subject, and numbers that belong to nobody.

Every subject draws from its own stream, so that a change in one room does not shift what the others
draw. With the same seed and the same numpy release the result is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import Getallen, Masker

TESTREEKS = (99_999_000, 100_000_000)
"""First eight digits of the BSN reserved for testing (99999xxxx): some 900 numbers pass the elfproef."""

BSN_REEKS = (91_000_000, 99_999_000)
"""First eight digits of the other BSN: numbers from 910000000 on, which are not issued."""

LHNR_REEKS = (90_000_000, 91_000_000)
"""First eight digits of the loonheffingennummers: 90xxxxxxx, not issued, and never equal to a BSN here."""


def stroom(seed: int, onderwerp: str) -> np.random.Generator:
    """The stream of random numbers of one subject."""
    return np.random.default_rng([seed, *onderwerp.encode()])


def kans(rng: np.random.Generator, aantal: int, promille: int) -> Masker:
    """A yes for on average ``promille`` in a thousand rows."""
    return rng.integers(0, 1000, aantal) < promille


def kies(rng: np.random.Generator, aantal: int, waarden: Sequence[int], gewichten: Sequence[int]) -> Getallen:
    """Per row one of the values, in proportion to whole-number weights."""
    grenzen = np.cumsum(np.asarray(gewichten, dtype=np.int64))
    lot = rng.integers(0, int(grenzen[-1]), aantal)
    return np.asarray(waarden, dtype=np.int64)[np.searchsorted(grenzen, lot, side="right")]


def tussen(rng: np.random.Generator, aantal: int, laag: int, hoog: int) -> Getallen:
    """Per row a whole number from ``laag`` through ``hoog``."""
    return rng.integers(laag, hoog + 1, aantal, dtype=np.int64)


def bsns(rng: np.random.Generator, aantal: int) -> Getallen:
    """Distinct numbers of nine digits that pass the elfproef and belong to nobody.

    The first come from the test range 99999xxxx; that holds some 900, so the rest start with 91 to 99.
    """
    test = _met_controlecijfer(rng.permutation(np.arange(*TESTREEKS, dtype=np.int64)))[:aantal]
    return np.concatenate([test, _trek(rng, BSN_REEKS, aantal - len(test))])


def lhnrs(rng: np.random.Generator, aantal: int) -> Getallen:
    """Distinct loonheffingennummers as integers (nine digits × 100 + 01)."""
    return _trek(rng, LHNR_REEKS, aantal) * 100 + 1


def _trek(rng: np.random.Generator, reeks: tuple[int, int], aantal: int) -> Getallen:
    # One in eleven has no check digit, so a fifth more is always enough for a draw of any size.
    ruim = aantal * 6 // 5 + 50
    begin, eind = reeks
    eerste_acht = begin + rng.choice(eind - begin, ruim, replace=False).astype(np.int64)
    return _met_controlecijfer(eerste_acht)[:aantal]


def _met_controlecijfer(eerste_acht: npt.NDArray[np.int64]) -> Getallen:
    som, rest = np.zeros_like(eerste_acht), eerste_acht
    for gewicht in range(2, 10):
        som += gewicht * (rest % 10)
        rest = rest // 10
    cijfer = som % 11
    return (eerste_acht * 10 + cijfer)[cijfer < 10]
