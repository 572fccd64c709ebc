"""Standing decisions: what was decided and not reversed, and which lines a new outcome adds (rules S2, S14)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from verrekening.administratie import delen, ketting
from verrekening.administratie.schema import BEDRAGEN, BETAALREGELS, BOEKINGEN, MAANDREGELS, RUNS
from verrekening.berekening import Besloten
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen
from verrekening.maand import lees_maand, toon_maand
from verrekening.schijf import op_schijf

_LIJN = ("verrekend_cent", "nabetaald_cent")
EERSTE, NIEUWE_FEITEN, TEGENBOEKING = "eerste besluit", "nieuwe feiten", "tegenboeking"
"""Reasons of lines."""
BETAALBESTAND = "betaalbestand"
"""Kind of a boeking that says what was really paid (`betaalbestanden`)."""
TE_VEEL, TE_WEINIG = "te veel betaald door inkomen (Pw art. 58 lid 4)", "te weinig betaald (Pw art. 45)"


@dataclass(frozen=True)
class Uitsnede:
    """Which lines are looked at: of what was known at a moment, through a boeking, of one dossier; None for all.

    ``zoals_besloten`` leaves out what payment files reversed afterwards; ``tussen`` are the first and the last
    number, in order of their bytes, of the dossiers that are looked at.
    """

    bekend_op: int | None = None
    tot: int | None = None
    alleen: str | None = None
    zoals_besloten: bool = False
    tussen: tuple[str, str] | None = None


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
    if uit.tussen is not None:
        # PostgreSQL orders text as its locale does; blocks of dossiers are cut in order of bytes, as SQLite does.
        nummer: Any = tabel.c.dossiernummer
        nummer = sa.collate(nummer, "C") if verbinding.dialect.name == "postgresql" else nummer
        vraag = vraag.where(nummer.between(*uit.tussen))
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
        betaalregels, maandregels: lines to add, with the columns of their table after ``boeking`` and ``nr``.
    """

    gewijzigd: pa.Array
    vervangen: pa.Array
    betaalregels: pa.Table
    maandregels: pa.Table


class Lijnen:
    """Lines to add to a table, on disk until they are; their number is their place."""

    def __init__(self, pad: Path, tabel: str) -> None:
        self._pad, self._tabel = pad, tabel
        self._schrijver: pa.RecordBatchStreamWriter | None = None

    def voeg_toe(self, regels: pa.Table) -> None:
        """The lines of a block of households."""
        with op_schijf(delen.WAT):
            if self._schrijver is None:
                self._pad.touch(0o600, exist_ok=False)
                self._schrijver = pa.ipc.new_stream(self._pad, regels.schema)
            self._schrijver.write_table(regels)

    def sluit(self) -> None:
        """After the last: now they can be read."""
        if self._schrijver is not None:
            with op_schijf(delen.WAT):
                self._schrijver.close()

    def __iter__(self) -> Iterator[ketting.Stuk]:
        if self._schrijver is None:
            return
        grootte, nr = ketting.stukgrootte(self._tabel), 0
        with pa.OSFile(str(self._pad)) as bestand:
            bron = pa.ipc.open_stream(bestand)
            over = bron.schema.empty_table()
            for stuk in bron:
                over = pa.concat_tables([over, pa.Table.from_batches([stuk])])
                while len(over) >= grootte:
                    yield _met_nummer(over.slice(0, grootte), nr)
                    over, nr = over.slice(grootte), nr + grootte
            if len(over):
                yield _met_nummer(over, nr)


def _met_nummer(regels: pa.Table, vanaf: int) -> ketting.Stuk:
    return [list(range(vanaf, vanaf + len(regels))), *[kolom.to_pylist() for kolom in regels.columns]]


class Verschillen:
    """What all blocks of a run add, in order.

    Attributes:
        betaalregels, maandregels: the lines.
    """

    def __init__(self, map_: Path) -> None:
        """``map_``: a folder to work in."""
        self.betaalregels = Lijnen(map_ / "betaalregels.arrow", BETAALREGELS.name)
        self.maandregels = Lijnen(map_ / "maandregels.arrow", MAANDREGELS.name)
        self.gewijzigd = self.vervangen = 0

    def voeg_toe(self, verschil: Verschil) -> None:
        """What a block adds."""
        self.betaalregels.voeg_toe(verschil.betaalregels)
        self.maandregels.voeg_toe(verschil.maandregels)
        self.gewijzigd += len(verschil.gewijzigd)
        self.vervangen += len(verschil.vervangen)

    def sluit(self) -> None:
        """After the last block."""
        self.betaalregels.sluit()
        self.maandregels.sluit()


def vergelijk(
    verbinding: sa.Connection,
    betaalmaand: int,
    in_dossiers: pa.Array,
    voorstel: pa.Table,
    maanden: pa.Table,
    tussen: tuple[str, str] | None = None,
) -> Verschil:
    """Compares an outcome with what stands; a dossier that was not delivered keeps its decision.

    Args:
        verbinding: a consistent view.
        betaalmaand: P.
        in_dossiers: numbers of all dossiers that were computed.
        voorstel: the payments (`uitvoer.betaalvoorstel`).
        maanden: the months (`uitvoer.maanden`).
        tussen: as in `Uitsnede`.
    """
    # A decision that a payment file reversed is still what was decided: the same facts change nothing.
    uit = Uitsnede(zoals_besloten=True, tussen=tussen)
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


def _regels(p: str, weg: pa.Table, erbij: pa.Table, bedragen: Sequence[str], maand: str | None) -> pa.Table:
    """The lines in order of dossier, so that the size of a block does not show; of each the reversals first."""
    vervangt = pc.index_in(erbij["dossiernummer"], value_set=weg["dossiernummer"]).combine_chunks()
    boeking = weg["boeking"].combine_chunks().cast(pa.string())
    nieuw = pc.is_null(vervangt)
    reden = pc.if_else(nieuw, EERSTE, NIEUWE_FEITEN)
    if maand is not None:
        reden = pc.if_else(pc.greater(erbij[_LIJN[0]].combine_chunks(), 0), TE_VEEL, TE_WEINIG)
    verwijzing = pc.binary_join_element_wise("vervangt boeking ", boeking.take(vervangt), "")
    kolommen = {
        "dossiernummer": [weg["dossiernummer"], erbij["dossiernummer"]],
        "betaalmaand": [pa.repeat(p, len(weg) + len(erbij))],
        **({} if maand is None else {"rechtmaand": [weg[maand], erbij[maand]]}),
        "teken": [pa.repeat(-1, len(weg)), pa.repeat(1, len(erbij))],
        "reden": [pa.repeat(TEGENBOEKING, len(weg)), reden],
        "verwijzing": [pc.binary_join_element_wise("boeking ", boeking, ""), pc.if_else(nieuw, "", verwijzing)],
        **{naam: [pc.negate(weg[naam]), erbij[naam]] for naam in bedragen},
    }
    uit = pa.table({naam: _onder_elkaar(stukken) for naam, stukken in kolommen.items()})
    return uit.take(pc.sort_indices(uit["dossiernummer"]))


def _onder_elkaar(stukken: Sequence[pa.Array | pa.ChunkedArray]) -> pa.Array:
    heel = [een.combine_chunks() if isinstance(een, pa.ChunkedArray) else een for een in stukken]
    soort = pa.string() if pa.types.is_string(heel[-1].type) else pa.int64()
    return pa.concat_arrays([een.cast(soort) for een in heel])


def laatste_betaalmaand(verbinding: sa.Connection) -> int | None:
    """The last payment month that was decided."""
    maand: str | None = verbinding.scalar(sa.select(sa.func.max(BETAALREGELS.c.betaalmaand)))
    return None if maand is None else lees_maand(maand)
