"""Records that were taken the fast way, from where they stood to rows of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verrekening.kolommen import Getallen, Kolommen, kies_rijen
from verrekening.polis.brok import Tijdvak
from verrekening.polis.snel import OPGAVE_KOLOMMEN, PERIODE_KOLOMMEN, Bundel
from verrekening.polis.tabel import AFGEKEURD_GETALLEN, ALLE_VELDEN, BEDRAGEN


@dataclass(frozen=True, slots=True)
class Geplaatst:
    """A bundle and where it belongs: in which tijdvak, and the position of its first record."""

    bundel: Bundel
    tijdvak: int
    volgorde: int


@dataclass(frozen=True, slots=True)
class Tabellen:
    """As `brok.Omgezet`; nothing is refused here but records of a tijdvak that cannot be used."""

    opgaven: Kolommen
    perioden: Kolommen
    afgekeurde_opgaven: Kolommen
    afgekeurd: Getallen


def tabellen(geplaatst: Sequence[Geplaatst], tijdvakken: Sequence[Tijdvak]) -> Tabellen:
    """The records of all bundles below each other."""
    welk = np.repeat(
        np.array([een.tijdvak for een in geplaatst], np.int64), [len(een.bundel.opgaven) for een in geplaatst]
    )
    opgaven = _opgaven(geplaatst, tijdvakken, welk)
    perioden = _perioden(geplaatst)
    goed = opgaven["aangifte"] >= 0
    nieuw = np.cumsum(goed) - 1
    perioden = kies_rijen(perioden, goed[perioden["opgave"]])
    perioden["opgave"] = nieuw[perioden["opgave"]]
    fout = kies_rijen(opgaven, ~goed)
    return Tabellen(
        kies_rijen(opgaven, goed),
        perioden,
        {naam: fout[naam] for naam in ("bestand", *AFGEKEURD_GETALLEN)},
        np.bincount(welk[~goed], minlength=len(tijdvakken)),
    )


def _opgaven(geplaatst: Sequence[Geplaatst], tijdvakken: Sequence[Tijdvak], welk: Getallen) -> Kolommen:
    leeg = np.zeros((0, len(OPGAVE_KOLOMMEN)), np.int64)
    rijen = np.concatenate([leeg, *[een.bundel.opgaven for een in geplaatst]])
    # A copy per column: a view would make every later rule slower and keep the others alive.
    uit = {naam: np.ascontiguousarray(rijen[:, kolom]) for kolom, naam in enumerate(OPGAVE_KOLOMMEN)}
    aantallen = [len(een.bundel.opgaven) for een in geplaatst]
    uit["regel"] += np.repeat(np.array([een.bundel.regel for een in geplaatst], np.int64), aantallen)
    volgorde = np.array([een.volgorde - een.bundel.eerste for een in geplaatst], np.int64)
    velden = ("begin", "eind", "aangifte", "lhnr", "moment", "nummer", "volgorde")
    per_tijdvak = {
        veld: np.array([getattr(tijdvak, veld) for tijdvak in tijdvakken], np.int64)[welk] for veld in velden
    }
    uit["volgorde"] = uit.pop("plaats") + np.repeat(volgorde, aantallen) + per_tijdvak["volgorde"]
    uit["bestand"], uit["tv_begin"], uit["tv_eind"] = (per_tijdvak[veld] for veld in ("nummer", "begin", "eind"))
    for veld in ("aangifte", "lhnr", "moment"):
        uit[veld] = per_tijdvak[veld]
    waar = np.ones(len(rijen), np.bool_)
    uit["velden"] = np.full(len(rijen), ALLE_VELDEN, np.int64)
    return {**uit, **{f"{naam}_bekend": waar.copy() for naam in BEDRAGEN}}


def _perioden(geplaatst: Sequence[Geplaatst]) -> dict[str, Getallen]:
    delen = [np.zeros((0, len(PERIODE_KOLOMMEN)), np.int64)]
    erbij, rij = [0], 0
    for een in geplaatst:
        delen.append(een.bundel.perioden)
        erbij.append(rij - een.bundel.rij)
        rij += len(een.bundel.opgaven)
    rijen_alle = np.concatenate(delen)
    uit = {naam: np.ascontiguousarray(rijen_alle[:, kolom]) for kolom, naam in enumerate(PERIODE_KOLOMMEN)}
    uit["opgave"] += np.repeat(np.array(erbij, np.int64), [len(deel) for deel in delen])
    return uit
