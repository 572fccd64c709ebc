"""Standing decisions: what was decided and not reversed, and which lines a new outcome adds (rules S2, S14)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from verrekening.administratie.schema import BEDRAGEN, BETAALREGELS, BOEKINGEN, MAANDREGELS, RUNS
from verrekening.berekening import Besloten
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen
from verrekening.maand import lees_maand, toon_maand

_LIJN = ("verrekend_cent", "nabetaald_cent")
EERSTE, NIEUWE_FEITEN, TEGENBOEKING = "eerste besluit", "nieuwe feiten", "tegenboeking"
"""Reasons of lines."""
BETAALBESTAND = "betaalbestand"
"""Kind of a boeking that says what was really paid (`betaalbestanden`)."""
TE_VEEL, TE_WEINIG = "te veel betaald door inkomen (Pw art. 58 lid 4)", "te weinig betaald (Pw art. 45)"


@dataclass(frozen=True)
class Uitsnede:
    """Which lines are looked at: of what was known at a moment, through a boeking, of one dossier; None for all.

    ``zoals_besloten`` leaves out what payment files reversed afterwards.
    """

    bekend_op: int | None = None
    tot: int | None = None
    alleen: str | None = None
    zoals_besloten: bool = False


def _staand(
    verbinding: sa.Connection,
    tabel: sa.Table,
    sleutel: Sequence[str],
    bedragen: Sequence[str],
    waar: Any,
    uit: Uitsnede,
) -> dict[str, list[Any]]:
    """Lines added up per key; a line and its reversal are nothing together."""
    bestanden = _betaalbestanden(verbinding)
    groep = [tabel.c[naam] for naam in sleutel]
    laatste = sa.func.max(sa.case((tabel.c.teken == 1, tabel.c.boeking), else_=0))
    sommen = [sa.cast(sa.func.sum(tabel.c[naam]), sa.BigInteger).label(naam) for naam in bedragen]
    vraag = sa.select(*groep, laatste.label("boeking"), *sommen).where(waar)
    if uit.bekend_op is not None:
        bekend = [nr for nr, moment in bestanden.items() if moment <= uit.bekend_op]
        vraag = vraag.outerjoin(RUNS, RUNS.c.boeking == tabel.c.boeking)
        vraag = vraag.where(sa.or_(RUNS.c.peilmoment <= uit.bekend_op, tabel.c.boeking.in_(bekend)))
    if uit.zoals_besloten:
        vraag = vraag.where(tabel.c.boeking.not_in(list(bestanden)))
    if uit.tot is not None:
        vraag = vraag.where(tabel.c.boeking <= uit.tot)
    if uit.alleen is not None:
        vraag = vraag.where(tabel.c.dossiernummer == uit.alleen)
    resultaat = verbinding.execute(vraag.group_by(*groep).having(sa.func.sum(tabel.c.teken) == 1).order_by(*groep))
    namen = list(resultaat.keys())
    rijen = resultaat.all()
    return dict(zip(namen, map(list, zip(*rijen, strict=True)) if rijen else [[] for _ in namen], strict=True))


def _betaalbestanden(verbinding: sa.Connection) -> dict[int, int]:
    """Number of every payment file, and from when runs know it."""
    vraag = sa.select(BOEKINGEN.c.nr, BOEKINGEN.c.inhoud).where(BOEKINGEN.c.soort == BETAALBESTAND)
    return {nr: json.loads(inhoud)["bekend_op"] for nr, inhoud in verbinding.execute(vraag).all()}


def betalingen(verbinding: sa.Connection, betaalmaand: int, uit: Uitsnede = Uitsnede()) -> dict[str, list[Any]]:
    """Standing payment lines over P: dossiernummer, boeking and the amounts."""
    waar = BETAALREGELS.c.betaalmaand == toon_maand(betaalmaand)
    return _staand(verbinding, BETAALREGELS, ["dossiernummer"], BEDRAGEN, waar, uit)


def lijnen(verbinding: sa.Connection, betaalmaand: int, uit: Uitsnede = Uitsnede()) -> dict[str, list[Any]]:
    """Standing lines per month R of the runs over P: dossiernummer, rechtmaand, boeking and both amounts."""
    waar = MAANDREGELS.c.betaalmaand == toon_maand(betaalmaand)
    return _staand(verbinding, MAANDREGELS, ["dossiernummer", "rechtmaand"], _LIJN, waar, uit)


def eerder(verbinding: sa.Connection, zaken: Dossiers, betaalmaand: int, uit: Uitsnede) -> tuple[Dossiers, Besloten]:
    """Everything that stands over payment months before P, for the households at hand (rule S2).

    Returns:
        The dossiers with the lines per month R in the place of ``correcties``, and what was decided per month.
    """
    p = toon_maand(betaalmaand)
    sleutel = ["dossiernummer", "betaalmaand"]
    lijn = _staand(verbinding, MAANDREGELS, [*sleutel, "rechtmaand"], _LIJN, MAANDREGELS.c.betaalmaand < p, uit)
    bedragen = ("verschuldigd_cent", "te_betalen_cent")
    besluit = _staand(verbinding, BETAALREGELS, sleutel, bedragen, BETAALREGELS.c.betaalmaand < p, uit)
    nummers = pa.array(zaken.huishoudens["dossiernummer"], pa.string())

    def tabel(bron: dict[str, list[Any]], **namen: str) -> dict[str, Getallen]:
        huishouden = pc.index_in(pa.array(bron["dossiernummer"], pa.string()), value_set=nummers)
        houd = np.asarray(pc.is_valid(huishouden))
        uit = {"huishouden": np.asarray(huishouden.fill_null(-1), dtype=np.int64)}
        for naam, kolom in namen.items():
            waarden = bron[kolom]
            uit[naam] = _maanden(waarden) if kolom.endswith("maand") else np.array(waarden, dtype=np.int64)
        return {naam: kolom[houd] for naam, kolom in uit.items()}

    lijnen = tabel(lijn, rechtmaand="rechtmaand", betaalmaand="betaalmaand", verrekend=_LIJN[0], nabetaald=_LIJN[1])
    besloten = tabel(besluit, maand="betaalmaand", verschuldigd=bedragen[0], te_betalen=bedragen[1])
    return replace(zaken, correcties=lijnen), Besloten(**besloten)


def _maanden(namen: Sequence[str]) -> Getallen:
    uniek, plaats = np.unique(np.array(namen, dtype="U7"), return_inverse=True)
    return np.array([lees_maand(str(naam)) for naam in uniek], dtype=np.int64)[plaats]


@dataclass(frozen=True)
class Verschil:
    """What an outcome adds to what stands over P.

    Attributes:
        gewijzigd: numbers of the dossiers whose decision is new or replaced, sorted.
        vervangen: how many of them had a standing decision.
        betaalregels, maandregels: columns to add.
    """

    gewijzigd: pa.Array
    vervangen: pa.Array
    betaalregels: list[list[Any]]
    maandregels: list[list[Any]]


def vergelijk(
    verbinding: sa.Connection, betaalmaand: int, in_dossiers: pa.Array, voorstel: pa.Table, maanden: pa.Table
) -> Verschil:
    """Compares an outcome with what stands; a dossier that was not delivered keeps its decision.

    Args:
        verbinding: a consistent view.
        betaalmaand: P.
        in_dossiers: numbers of all dossiers that were computed.
        voorstel: the payments (`uitvoer.betaalvoorstel`).
        maanden: the months (`uitvoer.maanden`).
    """
    # A decision that a payment file reversed is still what was decided: the same facts change nothing.
    uit = Uitsnede(zoals_besloten=True)
    staat, staat_lijn = betalingen(verbinding, betaalmaand, uit), lijnen(verbinding, betaalmaand, uit)
    nieuw_lijn = maanden.select(["dossiernummer", "maand", *_LIJN])
    nieuw_lijn = nieuw_lijn.filter(pc.or_(pc.not_equal(nieuw_lijn[_LIJN[0]], 0), pc.not_equal(nieuw_lijn[_LIJN[1]], 0)))
    oud = pa.table({naam: pa.array(staat[naam], _soort(naam)) for naam in ("dossiernummer", "boeking", *BEDRAGEN)})
    oud_lijn = pa.table(
        {
            "dossiernummer": pa.array(staat_lijn["dossiernummer"], pa.string()),
            "maand": pa.array(staat_lijn["rechtmaand"], pa.string()),
            "boeking": pa.array(staat_lijn["boeking"], pa.int64()),
            **{naam: pa.array(staat_lijn[naam], pa.int64()) for naam in _LIJN},
        }
    )
    anders = pa.concat_arrays(
        [
            _andere(oud, voorstel, ["dossiernummer"], BEDRAGEN),
            _andere(oud_lijn, nieuw_lijn, ["dossiernummer", "maand"], _LIJN),
        ]
    ).unique()
    anders = anders.filter(pc.is_in(anders, value_set=in_dossiers)).sort()

    def van(tabel: pa.Table) -> pa.Table:
        return tabel.filter(pc.is_in(tabel["dossiernummer"], value_set=anders)).combine_chunks()

    weg, weg_lijn = van(oud), van(oud_lijn)
    p = toon_maand(betaalmaand)
    return Verschil(
        gewijzigd=anders,
        vervangen=weg["dossiernummer"].combine_chunks(),
        betaalregels=_regels(p, weg, van(voorstel), BEDRAGEN, None),
        maandregels=_regels(p, weg_lijn, van(nieuw_lijn), _LIJN, "maand"),
    )


def _soort(naam: str) -> pa.DataType:
    return pa.string() if naam == "dossiernummer" else pa.int64()


def _andere(oud: pa.Table, nieuw: pa.Table, sleutel: list[str], bedragen: Sequence[str]) -> pa.Array:
    """Numbers of the dossiers of rows that are in one table and not, with the same amounts, in the other."""
    velden = [*sleutel, *bedragen]
    samen = pa.concat_tables([oud.select(velden), nieuw.select(velden)])
    rij = pc.binary_join_element_wise(*[pc.cast(samen[naam], pa.string()) for naam in velden], "\x1f")
    telling = rij.combine_chunks().dictionary_encode()
    codes = telling.indices.to_numpy()
    enkel = np.bincount(codes, minlength=1)[codes] == 1 if len(codes) else np.zeros(0, bool)
    return samen["dossiernummer"].filter(pa.array(enkel)).combine_chunks().cast(pa.string())


def _regels(p: str, weg: pa.Table, erbij: pa.Table, bedragen: Sequence[str], maand: str | None) -> list[list[Any]]:
    """Columns of the lines: reversals first, then the new ones; nothing when there are none."""
    aantal = len(weg) + len(erbij)
    if aantal == 0:
        return []
    vervangt = pc.index_in(erbij["dossiernummer"], value_set=weg["dossiernummer"])
    boeking = weg["boeking"].to_pylist()
    redenen = [TEGENBOEKING] * len(weg)
    verwijzing = [f"boeking {nr}" for nr in boeking]
    for plek in vervangt.to_pylist():
        redenen.append(EERSTE if plek is None else NIEUWE_FEITEN)
        verwijzing.append("" if plek is None else f"vervangt boeking {boeking[plek]}")
    if maand is not None:
        for rij, te_veel in enumerate(pc.greater(erbij[_LIJN[0]], 0).to_pylist(), start=len(weg)):
            redenen[rij] = TE_VEEL if te_veel else TE_WEINIG
    uit = [
        list(range(aantal)),
        [*weg["dossiernummer"].to_pylist(), *erbij["dossiernummer"].to_pylist()],
        [p] * aantal,
        *([[*weg[maand].to_pylist(), *erbij[maand].to_pylist()]] if maand else []),
        [-1] * len(weg) + [1] * len(erbij),
        redenen,
        verwijzing,
    ]
    return uit + [[*pc.negate(weg[naam]).to_pylist(), *erbij[naam].to_pylist()] for naam in bedragen]


def laatste_betaalmaand(verbinding: sa.Connection) -> int | None:
    """The last payment month that was decided."""
    maand: str | None = verbinding.scalar(sa.select(sa.func.max(BETAALREGELS.c.betaalmaand)))
    return None if maand is None else lees_maand(maand)
