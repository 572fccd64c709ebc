"""What changes, as one line of text such as ``loon=+200`` or ``uren=+8 uurloon=16,50``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from verrekening.beleid import Beleid, lees_beleid
from verrekening.fouten import Gebruiksfout
from verrekening.geld import Exact, euro, rekenkundig
from verrekening.maand import lees_datum, lees_maand

UITLEG = (
    ("loon=900", "het loon (LnLbPh) van de grootste baan wordt € 900 per maand"),
    ("loon=+200 of loon=+10%", "het loon wordt hoger (of met − lager)"),
    ("uren=+8 uurloon=16,50", "acht uur per week meer werk tegen dit uurloon"),
    ("baan=600", "een tweede baan van € 600 per maand, met opbouw van vakantiegeld"),
    ("gift=1500", "een gift in geld"),
    ("kind=2014-10-03", "het jongste kind is op deze dag geboren"),
    ("later=2026-08", "de loonopgaven over deze maand komen een maand later"),
    ("beleid=ander.yaml", "het beleid van dit bestand geldt"),
    ("… vanaf=2026-10", "de wijziging begint in deze maand (anders: de betaalmaand)"),
)
"""Every kind of change with what it means, for the help text."""

_EXTRA = {"uren": {"uurloon"}}
_WEKEN_PER_MAAND = Fraction(52, 12)


@dataclass(frozen=True)
class Wijziging:
    """One change.

    Attributes:
        soort: ``loon``, ``baan``, ``gift``, ``kind``, ``later`` or ``beleid``.
        tekst: as it was asked for.
        vanaf: month from which it holds; None for the payment month.
        cent: new amount, or what is added when ``erbij``.
        factor: what the wage is multiplied by, when asked for as a percentage.
        erbij: the amount is added to what there is.
        dag: date of birth.
        maand: month of the records that come later.
        beleid: another policy.
        aannames: what was filled in, in words.
    """

    soort: str
    tekst: str
    vanaf: int | None = None
    cent: int = 0
    factor: Fraction | None = None
    erbij: bool = False
    dag: int = 0
    maand: int = 0
    beleid: Beleid | None = None
    aannames: tuple[str, ...] = ()


def ontleed(tekst: str) -> Wijziging:
    """Reads one change.

    Raises:
        Gebruiksfout: it says which part is not understood, and what can be asked.
    """
    delen = dict(_delen(tekst))
    soort = next((naam for naam in _LEZERS if naam in delen), None)
    if soort is None:
        raise Gebruiksfout(f"--wat-als {tekst}: kies {', '.join(vorm for vorm, _ in UITLEG)}")
    onbekend = delen.keys() - {soort, "vanaf"} - _EXTRA.get(soort, set())
    if onbekend:
        raise Gebruiksfout(f"--wat-als {tekst}: {', '.join(sorted(onbekend))} hoort niet bij {soort}")
    try:
        velden = _LEZERS[soort](delen)
        vanaf = lees_maand(delen["vanaf"]) if "vanaf" in delen else None
    except ValueError as fout:
        vorm = next(vorm for vorm, _ in UITLEG if vorm.startswith(soort))
        raise Gebruiksfout(f"--wat-als {tekst}: {fout}; zo hoort het: {vorm}") from fout
    return Wijziging(**({"soort": soort, "tekst": tekst, "vanaf": vanaf} | velden))


def _delen(tekst: str) -> list[tuple[str, str]]:
    uit = []
    for deel in tekst.split():
        naam, is_, waarde = deel.partition("=")
        if not is_ or not waarde:
            raise Gebruiksfout(f"--wat-als {tekst}: schrijf naam=waarde, zoals {UITLEG[0][0]}")
        uit.append((naam, waarde))
    return uit


def _cent(tekst: str) -> int:
    """Whole cents of ``1.234,56`` or ``1234.56``. Raises ValueError."""
    kaal = tekst.replace(".", "").replace(",", ".") if "," in tekst else tekst
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", kaal):
        raise ValueError(f"{tekst} is geen bedrag")
    return int(Fraction(kaal) * 100)


def _getal(tekst: str) -> tuple[int, str]:
    """Sign (0 when there is none) and the rest."""
    teken = {"+": 1, "-": -1, "−": -1}.get(tekst[0], 0)
    return teken, tekst[1:] if teken else tekst


def _loon(delen: dict[str, str]) -> dict[str, Any]:
    teken, rest = _getal(delen["loon"])
    if rest.endswith("%"):
        breuk = Fraction(_cent(rest[:-1]), 10_000)
        return {"factor": 1 + (teken or 1) * breuk if teken else breuk}
    return {"cent": (teken or 1) * _cent(rest), "erbij": teken != 0}


def _uren(delen: dict[str, str]) -> dict[str, Any]:
    teken, rest = _getal(delen["uren"])
    if "uurloon" not in delen:
        raise ValueError("geef ook het uurloon")
    uren, uurloon = Fraction(_cent(rest), 100), _cent(delen["uurloon"])
    per_maand = uren * _WEKEN_PER_MAAND
    cent = rekenkundig(Exact(per_maand.numerator * uurloon, per_maand.denominator))
    aanname = f"{rest} uur per week is {euro(cent)} per maand (52/12 weken × {euro(uurloon)})"
    return {"soort": "loon", "cent": (teken or 1) * int(cent), "erbij": True, "aannames": (aanname,)}


_LEZERS: dict[str, Callable[[dict[str, str]], dict[str, Any]]] = {
    "loon": _loon,
    "uren": _uren,
    "baan": lambda delen: {"cent": _cent(delen["baan"])},
    "gift": lambda delen: {"cent": _cent(delen["gift"])},
    "kind": lambda delen: {"dag": lees_datum(delen["kind"])},
    "later": lambda delen: {"maand": lees_maand(delen["later"])},
    "beleid": lambda delen: {"beleid": lees_beleid(Path(delen["beleid"]))},
}
