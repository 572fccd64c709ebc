"""One value out of a column: as data, as text, and whether it is nothing."""

from __future__ import annotations

import string
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from verrekening.geld import Verhouding, euro
from verrekening.maand import toon_datum, toon_maand
from verrekening.parameters import Schijven

ONBEKEND = "onbekend"
"""Text of a value that is not known; it never becomes € 0,00."""

_OPEN = 10**6
"""Dates and months from here on (either side) are open ends; the calendar of the text does not reach them."""


def cel(kolom: Any, rij: int) -> Any:
    """The value of one row of a column, as plain Python; what is the same for all rows is that value."""
    if isinstance(kolom, Verhouding):
        return Verhouding(cel(kolom.teller, rij), kolom.noemer)
    if isinstance(kolom, np.ndarray):
        return kolom[rij].item() if kolom.ndim else kolom.item()
    return kolom.item() if isinstance(kolom, np.generic) else kolom


def is_niets(waarde: Any) -> bool:
    """0, nee, or unknown."""
    if isinstance(waarde, Verhouding):
        return bool(waarde.teller == 0)
    return waarde is None or (isinstance(waarde, int) and waarde == 0)


def als_data(soort: str, waarde: Any) -> dict[str, Any]:
    """A value for JSON: ``bedrag_cent`` for an amount, ``waarde`` for anything else."""
    if soort == "Cent":
        return {"bedrag_cent": None if waarde is None else int(waarde)}
    if waarde is None:
        return {"waarde": None}
    if soort == "JaNee":
        return {"waarde": bool(waarde)}
    if soort in {"Aantal", "Code"}:
        return {"waarde": int(waarde)}
    return {"waarde": als_tekst(soort, waarde)}


def als_tekst(soort: str, waarde: Any) -> str:
    """A value as people write it, by kind of argument."""
    if waarde is None:
        return ONBEKEND
    match soort:
        case "Cent":
            return euro(int(waarde))
        case "JaNee":
            return "ja" if waarde else "nee"
        case "Maand":
            return toon_maand(int(waarde)) if 0 < waarde < _OPEN else "geen"
        case "Dag":
            return toon_datum(int(waarde)) if abs(waarde) < _OPEN else "geen"
        case "Code":
            return str(waarde) if waarde >= 0 else ONBEKEND
    if isinstance(waarde, Verhouding):
        return procent(waarde)
    if isinstance(waarde, Schijven):
        return schijven(waarde)
    return str(waarde)


def procent(verhouding: Verhouding) -> str:
    """A ratio as an exact percentage, ``0,48%``; one without a finite decimal form stays a fraction."""
    breuk = Fraction(int(verhouding.teller), int(verhouding.noemer))
    honderd = breuk * 100
    for decimalen in range(7):
        macht = 10**decimalen
        if macht % honderd.denominator == 0:
            heel, rest = divmod(abs(honderd.numerator) * (macht // honderd.denominator), macht)
            komma = f",{rest:0{decimalen}d}" if decimalen else ""
            return f"{'-' if honderd < 0 else ''}{heel}{komma}%"
    return f"{breuk.numerator}/{breuk.denominator}"


def schijven(tabel: Schijven) -> str:
    """A table of brackets on one line."""
    delen = [
        f"vanaf {euro(vanaf)}: {procent(Verhouding(teller, tabel.noemer))}" + (f" − {euro(minus)}" if minus else "")
        for vanaf, teller, minus in zip(tabel.vanaf, tabel.teller, tabel.minus, strict=True)
    ]
    return "; ".join(delen) if len(delen) > 1 else delen[0].removeprefix("vanaf € 0,00: ")


def vul_zin(zin: str, teksten: Mapping[str, str]) -> str:
    """The sentence of a rule with the values of its arguments between the words."""
    delen = []
    for letterlijk, naam, _, _ in string.Formatter().parse(zin):
        delen.append(letterlijk)
        if naam is not None:
            delen.append(teksten[naam])
    return "".join(delen)
