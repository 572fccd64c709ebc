"""The closed vocabulary in which the rules are written: the same word for a column and for one number.

A rule body may use these words, ``+ - *``, comparisons, assignment and return; `motor.regel` checks
that at import. Both branches of `kies` are computed; what does not apply is 0.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Annotated, Any, Protocol, TypeAlias

import numpy as np

from verrekening.geld import Exact, Verhouding, evenredig, naar_beneden, per_hoofd, rekenkundig

__all__ = [
    "WOORDEN",
    "Aantal",
    "Breuk",
    "Cent",
    "Code",
    "Dag",
    "Exact",
    "JaNee",
    "Maand",
    "Tabel",
    "deel",
    "en",
    "evenredig",
    "is_een_van",
    "kies",
    "naar_beneden",
    "niet",
    "of",
    "per_hoofd",
    "rekenkundig",
    "ten_hoogste",
    "ten_minste",
    "volgens_tabel",
]


class SchijvenTabel(Protocol):
    """A table of brackets: from a lower edge (cents) a ratio, and an amount (cents) taken off."""

    @property
    def vanaf(self) -> tuple[int, ...]: ...
    @property
    def teller(self) -> tuple[int, ...]: ...
    @property
    def noemer(self) -> int: ...
    @property
    def minus(self) -> tuple[int, ...]: ...


Cent: TypeAlias = Annotated[Any, "cent"]
"""Whole cents."""
Breuk: TypeAlias = Annotated[Verhouding, "breuk"]
"""An exact ratio."""
JaNee: TypeAlias = Annotated[Any, "ja_nee"]
"""True or false."""
Aantal: TypeAlias = Annotated[Any, "aantal"]
"""A count (months, days, persons)."""
Maand: TypeAlias = Annotated[Any, "maand"]
"""Months since 1970-01."""
Dag: TypeAlias = Annotated[Any, "dag"]
"""Days since 1970-01-01."""
Code: TypeAlias = Annotated[Any, "code"]
"""A code out of a list."""
Tabel: TypeAlias = Annotated[SchijvenTabel, "tabel"]
"""A table of brackets."""


def kies(voorwaarde: Any, dan: Any, anders: Any) -> Any:
    """``dan`` where the condition holds, else ``anders``."""
    if isinstance(voorwaarde, np.ndarray):
        if not isinstance(dan, np.ndarray) and not isinstance(anders, np.ndarray) and dan == anders:
            return dan
        return np.where(voorwaarde, dan, anders)
    return dan if voorwaarde else anders


def ten_hoogste(bedrag: Any, maximum: Any) -> Any:
    """The amount, but not more than the maximum."""
    if isinstance(bedrag, np.ndarray) or isinstance(maximum, np.ndarray):
        return np.minimum(bedrag, maximum)
    return min(maximum, bedrag)


def ten_minste(bedrag: Any, minimum: Any) -> Any:
    """The amount, but not less than the minimum."""
    if isinstance(bedrag, np.ndarray) or isinstance(minimum, np.ndarray):
        return np.maximum(bedrag, minimum)
    return max(minimum, bedrag)


def en(*voorwaarden: Any) -> Any:
    """All conditions hold."""
    uit: Any = True
    for voorwaarde in voorwaarden:
        if isinstance(voorwaarde, np.ndarray):
            uit = voorwaarde if uit is True else uit & voorwaarde
        elif not voorwaarde:
            # One condition that holds for nobody decides for everybody.
            return False
    return uit


def of(*voorwaarden: Any) -> Any:
    """At least one condition holds."""
    uit: Any = False
    for voorwaarde in voorwaarden:
        if isinstance(voorwaarde, np.ndarray):
            uit = voorwaarde if uit is False else uit | voorwaarde
        elif voorwaarde:
            return True
    return uit


def niet(voorwaarde: Any) -> Any:
    """The condition does not hold."""
    if isinstance(voorwaarde, np.ndarray):
        return np.logical_not(voorwaarde)
    return not voorwaarde


def is_een_van(code: Any, *codes: int) -> Any:
    """The code is one of these."""
    uit = code == codes[0]
    for andere in codes[1:]:
        uit = uit | (code == andere)
    return uit


def deel(verhouding: Verhouding, van: Any) -> Exact:
    """A ratio of an amount, exactly."""
    return Exact(verhouding.teller * van, verhouding.noemer)


def volgens_tabel(bedrag: Any, tabel: SchijvenTabel) -> Exact:
    """``percentage × bedrag − minus`` of the bracket in which the amount lies, exactly."""
    if isinstance(bedrag, np.ndarray) and len(tabel.vanaf) > 1:
        raak = np.flatnonzero(bedrag)
        if 2 * len(raak) > len(bedrag):
            return Exact(_in_schijf(bedrag, tabel), tabel.noemer)
        # Most tables are of few persons: of the others the amount is 0, and its outcome is known.
        teller = np.full(len(bedrag), volgens_tabel(0, tabel).teller)
        teller[raak] = _in_schijf(bedrag.take(raak), tabel)
        return Exact(teller, tabel.noemer)
    # One bracket: of every amount, also of a column.
    plaats = max(bisect_right(tabel.vanaf, bedrag) - 1, 0) if len(tabel.vanaf) > 1 else 0
    return Exact(tabel.teller[plaats] * bedrag - tabel.minus[plaats] * tabel.noemer, tabel.noemer)


def _in_schijf(bedrag: Any, tabel: SchijvenTabel) -> Any:
    """The numerator for a column of amounts."""
    vanaf, teller, minus = _kolommen(tabel.vanaf, tabel.teller, tabel.minus, tabel.noemer)
    # A negative amount (a corrected wage) falls in the first bracket.
    schijf = np.maximum(np.searchsorted(vanaf, bedrag, side="right") - 1, 0)
    return teller.take(schijf) * bedrag - minus.take(schijf)


@lru_cache(maxsize=256)
def _kolommen(vanaf: tuple[int, ...], teller: tuple[int, ...], minus: tuple[int, ...], noemer: int) -> Any:
    """The columns of a table; the amounts that are taken off as numerators."""
    return np.array(vanaf), np.array(teller), np.array(minus) * noemer


WOORDEN = frozenset(
    {
        "kies", "ten_hoogste", "ten_minste", "en", "of", "niet", "is_een_van",
        "deel", "evenredig", "per_hoofd", "volgens_tabel", "rekenkundig", "naar_beneden", "Exact",
    }
)  # fmt: skip
"""The words a rule body may call."""
