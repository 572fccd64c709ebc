"""From the published text to an exact value, per unit. Nothing here ever is a float."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import gcd, lcm
from typing import TypeAlias

from verrekening.geld import BEDRAG_GRENS, Verhouding
from verrekening.parameters.schijven import Schijven
from verrekening.parameters.tekstyaml import Tekst

Exacte_waarde: TypeAlias = "int | Verhouding | Schijven"
"""Cents, months or years; an exact ratio; or a table of brackets."""

# At most six decimals: an amount (below 10**9 cents) times a numerator stays far within int64.
_DECIMAAL = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,6}))?")
_EURO = re.compile(r"([0-9]{1,8})(?:\.([0-9]{2}))?")
_BREUKSTREEP = re.compile(r"([0-9]{1,6})/([1-9][0-9]{0,5})")
_GEHEEL = re.compile(r"[0-9]{1,3}")
_LEEFTIJD = re.compile(r"([0-9]{2,3})y([0-9]{1,2})m")
_SCHIJFVELDEN = {"vanaf", "onder", "procent", "minus"}


def _tekst(waarde: Tekst) -> str:
    if isinstance(waarde, str) and waarde.strip():
        return waarde.strip()
    raise ValueError("één waarde als tekst verwacht, niet leeg")


def _verhouding(teller: int, noemer: int) -> Verhouding:
    deler = gcd(teller, noemer)
    return Verhouding(teller // deler, noemer // deler)


def lees_cent(waarde: Tekst) -> int:
    """Cents of an amount in euro: ``1200`` or ``1419.46``."""
    treffer = _EURO.fullmatch(_tekst(waarde))
    if treffer is None:
        raise ValueError(f"{waarde} is geen bedrag in euro (zoals 1419.46)")
    cent = int(treffer[1]) * 100 + int(treffer[2] or 0)
    if cent >= BEDRAG_GRENS:
        raise ValueError(f"{waarde} is te groot voor een bedrag")
    return cent


def lees_procent(waarde: Tekst) -> Verhouding:
    """The ratio of a percentage: ``0.480`` or ``0.480%`` is 480 / 100000, in lowest terms."""
    treffer = _DECIMAAL.fullmatch(_tekst(waarde).removesuffix("%"))
    if treffer is None:
        raise ValueError(f"{waarde} is geen percentage (zoals 0.480 of 0.480%)")
    decimalen = treffer[2] or ""
    verhouding = _verhouding(int(treffer[1] + decimalen), 100 * 10 ** len(decimalen))
    if verhouding.teller > verhouding.noemer:
        raise ValueError(f"{waarde} is meer dan 100%")
    return verhouding


def lees_breuk(waarde: Tekst) -> Verhouding:
    """A ratio of at most 1: ``0.05``, ``5%`` or ``1/20``."""
    tekst = _tekst(waarde)
    if tekst.endswith("%"):
        return lees_procent(tekst)
    if treffer := _BREUKSTREEP.fullmatch(tekst):
        verhouding = _verhouding(int(treffer[1]), int(treffer[2]))
    elif treffer := _DECIMAAL.fullmatch(tekst):
        decimalen = treffer[2] or ""
        verhouding = _verhouding(int(treffer[1] + decimalen), 10 ** len(decimalen))
    else:
        raise ValueError(f"{waarde} is geen breuk (zoals 0.05, 5% of 1/20)")
    if verhouding.teller > verhouding.noemer:
        raise ValueError(f"{waarde} is meer dan het geheel; schrijf een percentage met %, zoals 5%")
    return verhouding


def lees_aantal(waarde: Tekst) -> int:
    """A whole number of months or years."""
    tekst = _tekst(waarde)
    if _GEHEEL.fullmatch(tekst) is None:
        raise ValueError(f"{waarde} is geen geheel aantal")
    return int(tekst)


def lees_leeftijd(waarde: Tekst) -> int:
    """An age in months: ``66y10m`` is 802."""
    treffer = _LEEFTIJD.fullmatch(_tekst(waarde))
    if treffer is None or int(treffer[2]) > 11:
        raise ValueError(f"{waarde} is geen leeftijd (zoals 66y10m)")
    return int(treffer[1]) * 12 + int(treffer[2])


def lees_schijven(waarde: Tekst) -> Schijven:
    """A table of brackets: a list of ``vanaf``, ``onder`` (not in the last), ``procent``, ``minus``.

    A single text is one percentage over everything. There it must carry its %-sign (``8.00%``) or be a
    fraction (``0.08``), so that 8 and 0.08 cannot be mistaken for each other.
    """
    if isinstance(waarde, str):
        vlak = lees_breuk(waarde)
        return Schijven((0,), (vlak.teller,), vlak.noemer, (0,))
    if not isinstance(waarde, list) or not waarde:
        raise ValueError("een lijst van schijven of één percentage verwacht")
    vanaf: list[int] = []
    procenten: list[Verhouding] = []
    minus: list[int] = []
    verwacht = 0
    for nummer, rij in enumerate(waarde, 1):
        laatste = nummer == len(waarde)
        if not isinstance(rij, dict) or set(rij) != _SCHIJFVELDEN - ({"onder"} if laatste else set()):
            velden = "vanaf, procent en minus" if laatste else "vanaf, onder, procent en minus"
            raise ValueError(f"schijf {nummer} heeft precies {velden}")
        vanaf.append(lees_cent(rij["vanaf"]))
        procenten.append(lees_procent(rij["procent"]))
        minus.append(lees_cent(rij["minus"]))
        if vanaf[-1] != verwacht:
            raise ValueError(f"schijf {nummer} sluit niet aan op wat ervoor komt")
        if not laatste:
            verwacht = lees_cent(rij["onder"])
            if verwacht <= vanaf[-1]:
                raise ValueError(f"schijf {nummer} loopt niet op")
    noemer = lcm(*(procent.noemer for procent in procenten))
    teller = tuple(procent.teller * (noemer // procent.noemer) for procent in procenten)
    return Schijven(tuple(vanaf), teller, noemer, tuple(minus))


def toon(waarde: Tekst) -> str:
    """The published text on one line, a table too."""
    if isinstance(waarde, str):
        return waarde.strip()
    schijven = [rij for rij in waarde if isinstance(rij, dict)]
    return "; ".join(f"vanaf {rij['vanaf']}: {rij['procent']}% - {rij['minus']}" for rij in schijven)


EENHEDEN: Mapping[str, Callable[[Tekst], Exacte_waarde]] = {
    "cent_per_maand": lees_cent,
    "cent_per_kalenderjaar": lees_cent,
    "procent": lees_procent,
    "breuk": lees_breuk,
    "maanden": lees_aantal,
    "jaren": lees_aantal,
    "leeftijd": lees_leeftijd,
    "schijven": lees_schijven,
}
"""Reader per unit. An amount is written in euro and kept in cents. Each raises ValueError (Dutch text)."""
