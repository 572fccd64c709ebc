"""Whether one version of a record says something else than another (rule N1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verrekening.kolommen import Getallen, Masker, aantal
from verrekening.maand import OPEN
from verrekening.polis.tabel import ALLE_VELDEN, BEDRAGEN, PERIODE_GETALLEN, Levering, bits

_BEDRAGEN = tuple(naam for naam in BEDRAGEN if naam != "Reisk")
"""Reisk is no income (rule N4): another travel allowance changes nothing."""
_GEBRUIKTE_VELDEN = ("ikv_begin", "ikv_eind", *_BEDRAGEN, *(f"{naam}_bekend" for naam in _BEDRAGEN))


def groepen(kolommen: Sequence[Getallen]) -> Getallen:
    """A number per row, the same for rows that are equal in all columns."""
    orde = np.lexsort(tuple(kolommen))
    nieuw = np.zeros(len(orde), np.bool_)
    for kolom in kolommen:
        gesorteerd = kolom[orde]
        nieuw[1:] |= gesorteerd[1:] != gesorteerd[:-1]
    groep = np.empty(len(orde), np.int64)
    groep[orde] = np.cumsum(nieuw)
    return groep


def verschilt(levering: Levering, links: Getallen, rechts: Getallen) -> Masker:
    """Per pair of records whether a used field differs."""
    uit = np.zeros(len(links), np.bool_)
    for naam in _GEBRUIKTE_VELDEN:
        kolom = levering.opgaven[naam]
        uit |= kolom[links] != kolom[rechts]
    rijen = np.unique(np.concatenate([links, rechts]))
    gekozen = np.zeros(aantal(levering.opgaven), np.bool_)
    gekozen[rijen] = True
    keuze = np.flatnonzero(gekozen[levering.perioden["opgave"]])
    inhoud = groepen([levering.perioden[k][keuze] for k in PERIODE_GETALLEN if k != "opgave"])
    perioden = _verzameling(levering.perioden["opgave"][keuze], inhoud, len(gekozen))
    return np.asarray(uit | (perioden[links] != perioden[rechts]))


def vertelt_iets(levering: Levering, groep: Getallen, opgave: Getallen) -> Masker:
    """Which events count. Not: a record of a source that delivers fewer fields, when no delivered field differs.

    Args:
        levering: the records.
        groep, opgave: events sorted by key and order; ``opgave`` is a row of ``opgaven``, -1 for a withdrawal.
    """
    telt = np.ones(len(groep), np.bool_)
    velden = levering.opgaven["velden"]
    kandidaten = np.flatnonzero(opgave >= 0)
    kandidaten = kandidaten[velden[opgave[kandidaten]] != ALLE_VELDEN]
    if not len(kandidaten):
        return telt
    # What the second of a key is compared with depends on the first, so they are judged one per key at a time.
    begin = np.append(True, groep[kandidaten][1:] != groep[kandidaten][:-1])
    beurt = np.arange(len(kandidaten)) - np.flatnonzero(begin)[np.cumsum(begin) - 1]
    for ronde in range(int(beurt.max()) + 1):
        nu = kandidaten[(beurt == ronde) & (kandidaten > 0)]
        geldt = np.maximum.accumulate(np.where(telt, np.arange(len(telt)), -1))
        vorige = geldt[nu - 1]
        ervoor = (vorige >= 0) & (groep[vorige] == groep[nu]) & (opgave[vorige] >= 0)
        nu, oud, nieuw = nu[ervoor], opgave[vorige[ervoor]], opgave[nu[ervoor]]
        minder = (velden[oud] & ~velden[nieuw]) != 0
        telt[nu[minder]] = _geleverd_verschilt(levering, oud[minder], nieuw[minder])
    return telt


def _geleverd_verschilt(levering: Levering, oud: Getallen, nieuw: Getallen) -> Masker:
    """Per pair whether a field that the new version delivers differs from the old one."""
    o = levering.opgaven
    uit = np.zeros(len(oud), np.bool_)
    for naam in _BEDRAGEN:
        bekend = o[f"{naam}_bekend"]
        uit |= bekend[nieuw] & (~bekend[oud] | (o[naam][oud] != o[naam][nieuw]))
    geleverd = o["velden"][nieuw]
    begin, eind = o["ikv_begin"], o["ikv_eind"]
    uit |= ((geleverd & bits(["ikv_begin"])) != 0) & (begin[nieuw] != -OPEN) & (begin[oud] != begin[nieuw])
    # A wage return of the month cannot know an end after it; that the other source does is no correction of it.
    binnen = np.where(eind > o["tv_eind"], OPEN, eind)
    uit |= ((geleverd & bits(["ikv_eind"])) != 0) & (binnen[oud] != binnen[nieuw])
    return np.asarray(uit | _perioden_verschillen(levering, oud, nieuw))


def _perioden_verschillen(levering: Levering, oud: Getallen, nieuw: Getallen) -> Masker:
    """Per pair whether kind, tax credit, table, Zvw or Wajong differ in the tijdvak, as far as the new one says."""
    n = len(oud)
    geleverd = np.tile(levering.opgaven["velden"][nieuw], 2)
    deel, rij = _in_het_tijdvak(levering, np.concatenate([oud, nieuw]))
    p, o = levering.perioden, levering.opgaven
    opgave = p["opgave"][rij]
    vanaf = np.maximum(p["begin"][rij], np.maximum(o["tv_begin"], o["ikv_begin"])[opgave])
    inhoud = [vanaf]
    for naam in ("srtiv", "lhkort", "lbtab", "cdzvw_m", "sa72"):
        waarde = p[naam][rij]
        # Wajong in the wage: not mentioned is no, for the rules as well.
        waarde = np.maximum(waarde, 0) if naam == "sa72" else waarde
        inhoud.append(np.where((geleverd[deel] & bits([naam])) != 0, waarde, -9))
    nummer = _verzameling(deel, groepen(inhoud), 2 * n)
    spreekt = np.bincount(deel, minlength=2 * n)[n:] > 0
    return np.asarray(spreekt & (nummer[:n] != nummer[n:]))


def _in_het_tijdvak(levering: Levering, opgaven: Getallen) -> tuple[Getallen, Getallen]:
    """The income periods in force in the tijdvak: (position in ``opgaven``, row of ``perioden``)."""
    o, p = levering.opgaven, levering.perioden
    orde = np.lexsort((p["begin"], p["opgave"]))
    start = np.searchsorted(p["opgave"][orde], opgaven)
    keer = np.searchsorted(p["opgave"][orde], opgaven, side="right") - start
    deel = np.repeat(np.arange(len(opgaven)), keer)
    rij = orde[np.arange(len(deel)) - np.repeat(np.cumsum(keer) - keer, keer) + np.repeat(start, keer)]
    begin = p["begin"][rij]
    eerste = np.maximum(o["tv_begin"], o["ikv_begin"])[opgaven[deel]]
    # Of those that began before the tijdvak only the last is in force: the next one of the record began as well.
    volgende_ook = np.append((deel[1:] == deel[:-1]) & (begin[1:] <= eerste[1:]), False) if len(deel) else deel > 0
    houd = ~volgende_ook & (begin <= o["tv_eind"][opgaven[deel]])
    return deel[houd], rij[houd]


def _verzameling(van: Getallen, inhoud: Getallen, n: int) -> Getallen:
    """Per owner (0..n-1) a number that is equal for two owners with the same set of contents."""
    nummer = np.zeros(n, np.int64)
    if not len(van):
        return nummer
    rijen = np.unique(van)
    orde = np.lexsort((inhoud, van))
    van, inhoud = van[orde], inhoud[orde] + 1
    nieuw = np.append(True, (van[1:] != van[:-1]) | (inhoud[1:] != inhoud[:-1]))
    van, inhoud = van[nieuw], inhoud[nieuw]
    begin = np.append(True, van[1:] != van[:-1])
    plaats_in = np.arange(len(van)) - np.flatnonzero(begin)[np.cumsum(begin) - 1]
    # Fold the sorted contents one place at a time: equal numbers so far and equal content here stay equal.
    for plaats in range(int(plaats_in.max()) + 1):
        hier = plaats_in == plaats
        deze = np.zeros(n, np.int64)
        deze[van[hier]] = inhoud[hier]
        # From 1: an owner without contents keeps 0.
        nummer[rijen] = groepen([nummer[rijen], deze[rijen]]) + 1
    return nummer
