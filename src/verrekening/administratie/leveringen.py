"""Received wage records: every version of every record, with the moment it was first read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from verrekening import kolommen
from verrekening.administratie import delen
from verrekening.administratie.schema import LEVERINGEN
from verrekening.fouten import AdministratieGeweigerd
from verrekening.kolommen import Afkeuring, Getallen
from verrekening.polis import Bestand, Indeling, Levering, kenmerk_van
from verrekening.polis.tabel import Erboven
from verrekening.schijf import als_kolommen, als_tabel

_TABELLEN = ("opgaven", "perioden", "aangiften", "intrekkingen", "afgekeurde_opgaven")
_GETELD = ("gelezen", "onbekende_persoon", "afgekeurd")
_AFKEURING = ("bestand", "plaats", "dossiernummer", "reden", "wat_te_doen")


def herlezing(levering: Levering) -> Levering:
    """A reading of files that were read before, for other persons: counted once, as no longer unknown."""
    bestand = levering.opgaven["bestand"]
    aangifte = levering.afgekeurde_opgaven["aangifte"]
    erbij = np.bincount(bestand, minlength=len(levering.bestanden))
    fout = levering.aangiften["bestand"][aangifte[aangifte >= 0]]
    afgekeurd = np.bincount(fout, minlength=len(levering.bestanden))
    return replace(
        levering,
        bestanden=tuple(
            replace(
                een,
                tellingen={"gelezen": 0, "onbekende_persoon": -int(nieuw + stuk), "afgekeurd": int(stuk)},
                intrekkingen=0,
            )
            for een, nieuw, stuk in zip(levering.bestanden, erbij, afgekeurd, strict=True)
        ),
    )


class Lezingen:
    """What a run reads of wage records, packed for the administration part after part, while it is read."""

    def __init__(self, map_: Path) -> None:
        """``map_``: a folder to work in."""
        self._map = map_
        self._pakkers: dict[str, delen.Inpakker] = {}
        self._bestanden: list[Bestand] = []
        self._gezocht: list[Getallen] = []
        self._delen: list[dict[str, int]] = []
        self._erboven = Erboven()

    def __bool__(self) -> bool:
        return bool(self._gezocht)

    def zocht(self, bsn: Getallen) -> None:
        """A reading looked for these persons."""
        self._gezocht.append(bsn)

    def voeg_toe(self, levering: Levering) -> None:
        """The next part of a reading: row numbers and positions go on where the last part ended (`polis.samen`)."""
        for naam in _TABELLEN:
            tabel = als_tabel(self._erboven.verschuif(getattr(levering, naam)))
            if naam == "aangiften":
                tabel = tabel.append_column("idber", pa.array(list(levering.idber), pa.string()))
            self._pak(naam, tabel)
        rijen = {veld: [getattr(een, veld) for een in levering.afkeuringen] for veld in _AFKEURING}
        self._pak("afkeuringen", pa.table({veld: pa.array(kolom, pa.string()) for veld, kolom in rijen.items()}))
        self._bestanden += levering.bestanden
        deel = {naam: kolommen.aantal(getattr(levering, naam)) for naam in _TABELLEN}
        deel |= {"bestanden": len(levering.bestanden), "afkeuringen": len(levering.afkeuringen)}
        self._delen.append(deel)
        self._erboven = self._erboven.met(levering)

    def _pak(self, naam: str, tabel: pa.Table) -> None:
        if naam not in self._pakkers:
            self._pakkers[naam] = delen.Inpakker(self._map / f"polis-{naam}.parquet")
        self._pakkers[naam].voeg_toe(tabel)

    def als_rijen(self, peilmoment: int, indeling: Indeling | None) -> tuple[list[list[Any]], dict[str, Path]]:
        """The rows of ``leveringen``, and the parts."""
        bestanden = self._bestanden
        if not bestanden:
            return [], {}
        rijen: list[list[Any]] = [
            list(range(len(bestanden))),
            [een.naam for een in bestanden],
            [een.sha256 for een in bestanden],
            [een.archief_sha256 for een in bestanden],
            [kenmerk_van(een, indeling) for een in bestanden],
            [een.bytes for een in bestanden],
            [peilmoment] * len(bestanden),
            *[[int(een.tellingen[naam]) for een in bestanden] for naam in _GETELD],
            [een.intrekkingen for een in bestanden],
        ]
        self._pak("gezocht", pa.table({"bsn": np.unique(np.concatenate(self._gezocht))}))
        metadata = {"delen": json.dumps(self._delen)}
        return rijen, {f"polis/{naam}": pakker.sluit(metadata) for naam, pakker in self._pakkers.items()}


class Ontvangen:
    """The readings that an administration holds.

    Args:
        verbinding: a consistent view.
        bekend_op: K: only what was read at this moment or before; None for everything.
        tot: only through this boeking.
    """

    def __init__(self, verbinding: sa.Connection, bekend_op: int | None = None, tot: int | None = None) -> None:
        self._verbinding = verbinding
        nummers = delen.nummers(verbinding, "polis/opgaven", bekend_op, tot)
        self._bestanden: dict[int, list[tuple[str, Bestand]]] = {nr: [] for nr in nummers}
        vraag = sa.select(LEVERINGEN).order_by(LEVERINGEN.c.boeking, LEVERINGEN.c.volgnr)
        for rij in verbinding.execute(vraag).all():
            if rij.boeking in self._bestanden:
                geteld = {naam: getattr(rij, naam) for naam in _GETELD}
                een = Bestand(rij.naam, rij.sha256, rij.bytes, geteld, rij.intrekkingen, rij.archief_sha256)
                self._bestanden[rij.boeking].append((rij.kenmerk, een))

    def gezocht_in(self, inhoud: Collection[str]) -> dict[tuple[int, ...], set[str]]:
        """The files with this content that were read before, grouped by the readings that they were in."""
        per_inhoud: dict[str, tuple[int, ...]] = {}
        for nr, bestanden in self._bestanden.items():
            for sha in {sha for sha, _ in bestanden} & set(inhoud):
                per_inhoud[sha] = (*per_inhoud.get(sha, ()), nr)
        groepen: dict[tuple[int, ...], set[str]] = {}
        for sha, lezingen in per_inhoud.items():
            groepen.setdefault(lezingen, set()).add(sha)
        return groepen

    def gezocht(self, lezingen: Collection[int]) -> Getallen:
        """The persons who were looked for in some of these readings."""
        stukken = [self._deel("gezocht", nr)["bsn"].to_numpy() for nr in lezingen]
        return np.unique(np.concatenate(stukken)) if stukken else np.zeros(0, np.int64)

    def leveringen(self, aangeboden: Collection[str] = ()) -> Iterator[Levering]:
        """The readings in order, in the parts in which they were read; together (`polis.samen_op_inhoud`) everything.

        Args:
            aangeboden: content of the files of this run; refusals of other, older files are not told again.
        """
        for nr in self._bestanden:
            yield from self._uitpakken(nr, set(aangeboden))

    def _deel(self, naam: str, nr: int) -> pa.Table:
        return delen.uitpakken(delen.lees(self._verbinding, f"polis/{naam}", nr))

    def _uitpakken(self, nr: int, aangeboden: set[str]) -> Iterator[Levering]:
        namen = {een.naam for sha, een in self._bestanden[nr] if sha in aangeboden}
        bron = {
            naam: delen.Uitpakker(delen.lees(self._verbinding, f"polis/{naam}", nr))
            for naam in (*_TABELLEN, "afkeuringen")
        }
        if "delen" not in bron["aangiften"].metadata:
            raise AdministratieGeweigerd(
                "deze administratie is gemaakt met een proefversie van vóór 0.1.0; begin een nieuwe"
            )
        erboven = Erboven()
        for deel in json.loads(bron["aangiften"].metadata["delen"]):
            tabellen = {naam: bron[naam].rijen(deel[naam]) for naam in _TABELLEN}
            idber = tabellen["aangiften"]["idber"].to_pylist()
            tabellen["aangiften"] = tabellen["aangiften"].drop_columns(["idber"])
            afkeuringen = bron["afkeuringen"].rijen(deel["afkeuringen"])
            bestanden = self._bestanden[nr][erboven.bestand : erboven.bestand + deel["bestanden"]]
            inhoud: dict[str, Any] = {naam: erboven.terug(als_kolommen(tabel)) for naam, tabel in tabellen.items()}
            levering = Levering(
                bestanden=tuple(een for _, een in bestanden),
                idber=tuple(idber),
                afkeuringen=tuple(Afkeuring(**een) for een in afkeuringen.to_pylist() if een["bestand"] in namen),
                bevindingen=(),
                **inhoud,
            )
            yield levering
            erboven = erboven.met(levering)
