"""A table of brackets, as the Regeling prints them for the claim to holiday allowance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schijven:
    """``teller / noemer × bedrag − minus`` of the bracket in which an amount lies.

    A bracket runs from its own lower edge up to, not including, that of the next; the last has no upper
    edge. The tables jump at the edges, so nothing is interpolated.

    Attributes:
        vanaf: lower edges in cents, ascending, the first 0.
        teller: numerator of the percentage per bracket.
        noemer: the one denominator of all brackets.
        minus: what is taken off per bracket, cents.
    """

    vanaf: tuple[int, ...]
    teller: tuple[int, ...]
    noemer: int
    minus: tuple[int, ...]
