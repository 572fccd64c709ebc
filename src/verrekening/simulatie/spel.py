"""A row of payment months played again over the whole population: each decision is a fact for the next.

The calculation is that of the night. What is played is not what happened: the municipality pays what is computed, the
dossiers are as they are known now, and only the wage records keep the moment at which they became known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from verrekening import administratie, feiten, polis, uitvoer
from verrekening.administratie import Boek
from verrekening.beleid import Beleid
from verrekening.berekening import Besloten, Uitkomst, bereken
from verrekening.dossier import Dossiers
from verrekening.fouten import AdministratieGeweigerd
from verrekening.kolommen import Getallen
from verrekening.maand import toon_maand
from verrekening.monitor import Gegevens, Maandtabellen, verzamel
from verrekening.monitor.bron import maanden
from verrekening.parameters import Parameters
from verrekening.polis import Levering

MAANDEN = 13
"""The payment month and the twelve before it."""


@dataclass(frozen=True)
class Uitgangspunt:
    """What is played from.

    Attributes:
        zaken: dossiers without bookings over the months that are played.
        levering: every wage record that was received.
        gelezen: moment at which each of its files was first read.
        besloten: standing decisions before the first month.
        maanden: payment months with the K of their run.
        beleid: the policy of the last run.
        boeking, vingerafdruk: of the last run.
    """

    zaken: Dossiers
    levering: Levering
    gelezen: Getallen
    besloten: Besloten
    maanden: tuple[tuple[int, int], ...]
    beleid: Beleid
    boeking: int
    vingerafdruk: str


def uitgangspunt(boek: Boek, betaalmaand: int, aantal: int = MAANDEN) -> Uitgangspunt:
    """The facts behind P and the months before it, as the last run over P knew them.

    Raises:
        AdministratieGeweigerd: nothing was decided over P.
    """
    alle = {een.betaalmaand: een for een in administratie.runs(boek.verbinding)}
    if betaalmaand not in alle:
        raise AdministratieGeweigerd(
            f"over betaalmaand {toon_maand(betaalmaand)} is in de administratie niets besloten"
        )
    laatste = alle[betaalmaand]
    maanden = tuple((p, alle[p].peilmoment) for p in range(betaalmaand - aantal + 1, betaalmaand + 1) if p in alle)
    toen = Boek(boek.verbinding, laatste.peilmoment, tot=laatste.boeking)
    beleid = toen.beleid(laatste.bewijs["beleid"]["sha256"])
    eerste = maanden[0][0]
    opdracht = feiten.Opdracht(eerste, laatste.peilmoment, [], [], Path(laatste.bewijs["beleid"]["bestand"]))
    bekend = feiten.lees(opdracht, beleid, toen, lambda _: None).blok(0)
    geboekt = bekend.zaken.betalingen["rechtmaand"] < eerste
    betalingen = {naam: kolom[geboekt] for naam, kolom in bekend.zaken.betalingen.items()}
    gelezen = administratie.eerst_gelezen(boek.verbinding)
    per_bestand = np.array([gelezen.get((een.naam, een.sha256), 0) for een in bekend.levering.bestanden], np.int64)
    return Uitgangspunt(
        replace(bekend.zaken, betalingen=betalingen), bekend.levering, per_bestand,
        bekend.besloten or Besloten.geen(), maanden, beleid, laatste.boeking, laatste.bewijs["vingerafdruk"],
    )  # fmt: skip


def speel(
    u: Uitgangspunt, beleid: Beleid, parameters: Parameters, voortgang: Callable[[str], None] = lambda _: None
) -> Gegevens:
    """Plays the months with a policy and its amounts, and gives the tables that the monitor reads."""
    zaken, besloten = u.zaken, u.besloten
    nummers = pa.array(zaken.huishoudens["dossiernummer"], pa.string())
    tabellen = []
    for p, k in u.maanden:
        voortgang(toon_maand(p))
        levering = gelezen_op(u, k)
        uitkomst = bereken(zaken, levering, polis.bepaal(levering, k), beleid, parameters, p, k, besloten=besloten)
        standen = uitvoer.standen(uitkomst)
        lijnen = _lijnen(standen)
        tabellen.append(
            Maandtabellen(p, k, uitvoer.betaalvoorstel(uitkomst), lijnen, uitvoer.signalen(uitkomst), standen)
        )
        zaken = _met_lijnen(zaken, lijnen, nummers, p)
        besloten = _met_besluit(besloten, uitkomst, p)
    return verzamel(tabellen)


def gelezen_op(u: Uitgangspunt, k: int) -> Levering:
    """The wage records in which what was first read after K still lies in the future (rule N1)."""
    later = u.gelezen > k
    levering = u.levering
    if not later.any():
        return levering
    van = levering.aangiften["bestand"]

    def tabel(naam: str) -> dict[str, Any]:
        kolommen = dict(getattr(levering, naam))
        if "bestand" in kolommen:
            bestand = kolommen["bestand"]
        else:
            bestand = van[kolommen["aangifte"]] if len(van) else kolommen["aangifte"]
        if len(bestand):
            kolommen["moment"] = np.where(later[bestand], np.iinfo(np.int64).max, kolommen["moment"])
        return kolommen

    return replace(
        levering,
        opgaven=tabel("opgaven"),
        aangiften=tabel("aangiften"),
        intrekkingen=tabel("intrekkingen"),
        afgekeurde_opgaven=tabel("afgekeurde_opgaven"),
    )


def _lijnen(standen: pa.Table) -> pa.Table:
    """The lines per month R of one run."""
    raak = pc.or_(pc.not_equal(standen["verrekend_cent"], 0), pc.not_equal(standen["nabetaald_cent"], 0))
    velden = ["dossiernummer", "maand", "verrekend_cent", "nabetaald_cent"]
    namen = ["dossiernummer", "rechtmaand", "verrekend_cent", "nabetaald_cent"]
    return standen.select(velden).filter(raak).rename_columns(namen)


def _met_lijnen(zaken: Dossiers, lijnen: pa.Table, nummers: pa.Array, p: int) -> Dossiers:
    erbij: dict[str, Getallen] = {
        "huishouden": np.asarray(pc.index_in(lijnen["dossiernummer"], value_set=nummers), dtype=np.int64),
        "rechtmaand": maanden(lijnen["rechtmaand"]),
        "betaalmaand": np.full(len(lijnen), p, np.int64),
        "verrekend": np.asarray(lijnen["verrekend_cent"], dtype=np.int64),
        "nabetaald": np.asarray(lijnen["nabetaald_cent"], dtype=np.int64),
    }
    samen = {naam: np.concatenate([kolom, erbij[naam]]) for naam, kolom in zaken.correcties.items()}
    return replace(zaken, correcties=samen)


def _met_besluit(besloten: Besloten, uitkomst: Uitkomst, p: int) -> Besloten:
    wie = np.flatnonzero(uitkomst.in_run)
    nieuw: tuple[Any, ...] = (
        wie,
        np.full(len(wie), p, np.int64),
        uitkomst.maanden.kolommen["verschuldigd"][-1][wie],
        uitkomst.betaling.betaling["te_betalen"][wie],
    )
    oud = (besloten.huishouden, besloten.maand, besloten.verschuldigd, besloten.te_betalen)
    return Besloten(*[np.concatenate(paar) for paar in zip(oud, nieuw, strict=True)])
