"""What was really paid: a payment file as a boeking of its own, that the next run reads as bookings.

Where the bank paid something else than a decision said, nothing of that decision counts as withheld or paid back:
its lines are reversed by new ones, and what was booked over the payment month is what the bank paid (rules S2, S14).
Nothing is edited. A later file over the same payment month takes the place of an earlier one in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from verrekening import dossier
from verrekening.administratie import delen, ketting, staand
from verrekening.administratie.dossierstanden import laatste_moment
from verrekening.administratie.schema import BETAALREGELS, BOEKINGEN, DELEN, MAANDREGELS, RUNS
from verrekening.administratie.staand import BETAALBESTAND, Uitsnede
from verrekening.dossier import Dossiers
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import dag_van_moment, lees_maand, toon_maand, toon_moment

DEEL = "betaald"
ANDERS_BETAALD, TOCH_BETAALD = "de bank betaalde iets anders", "de bank betaalde alsnog volgens het besluit"
"""Reasons of lines."""


@dataclass(frozen=True)
class Betaalbestand:
    """A payment file that the administration holds.

    Attributes:
        boeking: its number.
        betaalmaand: P that it pays.
        bekend_op: from when runs know it.
        sha256, naam: of the file, and how it was called.
        bij: the payment month whose books were open when it came: that of the last run before it.
    """

    boeking: int
    betaalmaand: int
    bekend_op: int
    sha256: str
    naam: str
    bij: int


def lees(verbinding: sa.Connection, tot: int | None = None) -> list[Betaalbestand]:
    """The payment files in order."""
    vraag = sa.select(BOEKINGEN.c.nr, BOEKINGEN.c.inhoud).where(BOEKINGEN.c.soort == BETAALBESTAND)
    if tot is not None:
        vraag = vraag.where(BOEKINGEN.c.nr <= tot)
    uit = []
    for rij in verbinding.execute(vraag.order_by(BOEKINGEN.c.nr)).all():
        inhoud = json.loads(rij.inhoud)
        uit.append(
            Betaalbestand(
                rij.nr, lees_maand(inhoud["betaalmaand"]), inhoud["bekend_op"], inhoud["sha256"], inhoud["naam"],
                lees_maand(inhoud["bij"]),
            )
        )  # fmt: skip
    return uit


def inhoud(verbinding: sa.Connection, boeking: int) -> pa.Table:
    """What a payment file said per household.

    Columns: dossiernummer, bank_cent, aflossing_cent, bufferbudget_cent, and geboekt_cent: what counts as paid over P;
    null when it was paid as decided.
    """
    rij = verbinding.scalar(sa.select(DELEN.c.inhoud).where(DELEN.c.boeking == boeking, DELEN.c.naam == DEEL))
    if rij is None:
        raise AdministratieGeweigerd("de administratie mist een betaalbestand dat zij zou moeten hebben")
    return delen.uitpakken(bytes(rij))


def leg_vast(
    verbinding: sa.Connection, betaalmaand: int, kop: tuple[str, str], bekend_op: int, tabel: pa.Table, nu: str
) -> int | None:
    """Keeps a payment file, and the lines that follow from it; None when it was the last one known over P already.

    Args:
        verbinding: of the only writer; the caller commits.
        betaalmaand: P.
        kop: sha256 and name of the file.
        bekend_op: from when runs know it; just after the last run when that already ran.
        tabel: as `inhoud` gives it.
        nu: the moment on the clock of the machine.

    Raises:
        AdministratieGeweigerd: nothing was decided over P.
    """
    eerder = [een for een in lees(verbinding) if een.betaalmaand == betaalmaand]
    if eerder and inhoud(verbinding, eerder[-1].boeking).equals(tabel) and eerder[-1].sha256 == kop[0]:
        return None
    laatste = verbinding.execute(sa.select(RUNS.c.betaalmaand).order_by(RUNS.c.boeking.desc()).limit(1)).scalar()
    _, _, gemeente = ketting.laatste(verbinding)
    if laatste is None or gemeente is None:
        raise AdministratieGeweigerd("de administratie heeft nog geen run; draai eerst `verrekening batch`")
    sha256, naam = kop
    moment = laatste_moment(verbinding)
    bekend_op = bekend_op if moment is None else max(bekend_op, moment + 1)
    samenvatting = {
        "betaalmaand": toon_maand(betaalmaand), "bekend_op": bekend_op, "bekend": toon_moment(bekend_op),
        "sha256": sha256, "naam": naam, "bij": laatste,
    }  # fmt: skip
    anders = {rij["dossiernummer"] for rij in _anders_betaald(tabel)}
    return ketting.boek(
        verbinding,
        ketting.Kop(BETAALBESTAND, nu, gemeente, samenvatting),
        {DELEN.name: delen.Rijen({DEEL: delen.inpakken(tabel)}), **_lijnen(verbinding, betaalmaand, anders)},
    )


def _anders_betaald(tabel: pa.Table) -> list[dict[str, Any]]:
    """The households that were paid something else: few, of many."""
    rijen: list[dict[str, Any]] = tabel.filter(pc.is_valid(tabel["geboekt_cent"])).to_pylist()
    return rijen


def _lijnen(verbinding: sa.Connection, p: int, anders: set[str]) -> dict[str, list[ketting.Stuk]]:
    """Reversals for households that were paid something else, and what was paid as decided after all."""
    uit = {}
    for tabel, vraag in ((MAANDREGELS, staand.lijnen), (BETAALREGELS, staand.betalingen)):
        staat, besloten = vraag(verbinding, p), vraag(verbinding, p, Uitsnede(zoals_besloten=True))
        weg = _rijen(staat, lambda nummer: nummer in anders)
        nu = set(staat["dossiernummer"])
        terug = _rijen(besloten, lambda nummer, nu=nu: nummer not in nu and nummer not in anders)
        uit[tabel.name] = ketting.in_stukken(tabel.name, _kolommen(tabel, toon_maand(p), weg, terug))
    return uit


def _rijen(kolommen: dict[str, list[Any]], kies: Any) -> list[dict[str, Any]]:
    namen = list(kolommen)
    alle = zip(*kolommen.values(), strict=True)
    return [rij for waarden in alle if kies((rij := dict(zip(namen, waarden, strict=True)))["dossiernummer"])]


def _kolommen(
    tabel: sa.Table, p: str, weg: Sequence[dict[str, Any]], terug: Sequence[dict[str, Any]]
) -> list[list[Any]]:
    """Columns of the lines, in the order of the table without ``boeking``."""
    rijen = [
        {**rij, "betaalmaand": p, "teken": teken, "reden": reden, "verwijzing": f"boeking {rij['boeking']}"}
        | {naam: teken * rij[naam] for naam in rij if naam.endswith("_cent")}
        for groep, teken, reden in ((weg, -1, ANDERS_BETAALD), (terug, 1, TOCH_BETAALD))
        for rij in groep
    ]
    if not rijen:
        return []
    namen = [kolom.name for kolom in tabel.columns if kolom.name not in ("boeking", "nr")]
    return [list(range(len(rijen))), *[[rij[naam] for rij in rijen] for naam in namen]]


def afwijkingen(verbinding: sa.Connection, uit: Uitsnede, voor: int) -> list[dict[str, Any]]:
    """Where payment files over months before P say that something else was paid than decided: few, of many.

    Args:
        verbinding: a consistent view.
        uit: which files are known; the last one over a month counts.
        voor: P.

    Returns:
        dossiernummer, rechtmaand, betaald_op (day) and bedrag (cents).
    """
    laatste: dict[int, Betaalbestand] = {}
    for een in lees(verbinding, uit.tot):
        if een.betaalmaand < voor and (uit.bekend_op is None or een.bekend_op <= uit.bekend_op):
            laatste[een.betaalmaand] = een
    return [
        {
            "dossiernummer": rij["dossiernummer"],
            "rechtmaand": een.betaalmaand,
            "betaald_op": dag_van_moment(een.bekend_op),
            "bedrag": rij["geboekt_cent"],
        }
        for een in laatste.values()
        for rij in _anders_betaald(inhoud(verbinding, een.boeking))
    ]


def met_boekingen(zaken: Dossiers, anders: Sequence[dict[str, Any]], bekend_op: int | None) -> Dossiers:
    """The dossiers with these `afwijkingen` as bookings, where the dossier has no booking over the month by K."""
    nummers = pa.array(zaken.huishoudens["dossiernummer"], pa.string())
    plek = pc.index_in(pa.array([rij["dossiernummer"] for rij in anders], pa.string()), value_set=nummers).to_pylist()
    van_ons = {huishouden for huishouden in plek if huishouden is not None}
    if not van_ons:
        return zaken
    geboekt = zaken.betalingen
    telt = np.isin(geboekt["huishouden"], list(van_ons))
    if bekend_op is not None:
        telt &= geboekt["betaald_op"] <= dag_van_moment(bekend_op)
    eigen = set(zip(geboekt["huishouden"][telt].tolist(), geboekt["rechtmaand"][telt].tolist(), strict=True))
    rijen = [
        {"huishouden": huishouden} | {naam: rij[naam] for naam in ("rechtmaand", "betaald_op", "bedrag")}
        for rij, huishouden in zip(anders, plek, strict=True)
        if huishouden is not None and (huishouden, rij["rechtmaand"]) not in eigen
    ]
    return dossier.met_rijen(zaken, "betalingen", rijen)
