"""Received wage records: every version of every record, with the moment it was first read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from verrekening.administratie import delen
from verrekening.administratie.schema import LEVERINGEN
from verrekening.kolommen import Afkeuring, Getallen
from verrekening.polis import Bestand, Indeling, Levering, kenmerk_van, samen_op_inhoud

_TABELLEN = ("opgaven", "perioden", "aangiften", "intrekkingen", "afgekeurde_opgaven")
_GETELD = ("gelezen", "onbekende_persoon", "afgekeurd")
_AFKEURING = ("bestand", "plaats", "dossiernummer", "reden", "wat_te_doen")


@dataclass(frozen=True)
class Lezing:
    """What one run read: the deliveries, and which persons were looked for in them.

    Attributes:
        levering: as it was read.
        gezocht: BSN, sorted.
    """

    levering: Levering
    gezocht: Getallen


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


def als_rijen(lezing: Lezing, peilmoment: int, indeling: Indeling | None) -> tuple[list[list[Any]], dict[str, bytes]]:
    """The rows of ``leveringen`` and the parts of a reading."""
    bestanden = lezing.levering.bestanden
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
    tabellen = {naam: delen.als_tabel(getattr(lezing.levering, naam)) for naam in _TABELLEN}
    tabellen["aangiften"] = tabellen["aangiften"].append_column(
        "idber", pa.array(list(lezing.levering.idber), pa.string())
    )
    afgekeurd = lezing.levering.afkeuringen
    tabellen["afkeuringen"] = pa.table(
        {veld: pa.array([getattr(een, veld) for een in afgekeurd], pa.string()) for veld in _AFKEURING}
    )
    tabellen["gezocht"] = pa.table({"bsn": lezing.gezocht})
    return rijen, {f"polis/{naam}": delen.inpakken(tabel) for naam, tabel in tabellen.items()}


class Ontvangen:
    """The readings that an administration holds.

    Args:
        verbinding: a consistent view.
        bekend_op: K: only what was read at this moment or before; None for everything.
        tot: only through this boeking.
    """

    def __init__(self, verbinding: sa.Connection, bekend_op: int | None = None, tot: int | None = None) -> None:
        self._verbinding = verbinding
        self._parts = {
            naam: delen.lees(verbinding, f"polis/{naam}", bekend_op, tot)
            for naam in (*_TABELLEN, "afkeuringen", "gezocht")
        }
        rijen = verbinding.execute(sa.select(LEVERINGEN).order_by(LEVERINGEN.c.boeking, LEVERINGEN.c.volgnr)).all()
        self._bestanden: dict[int, list[tuple[str, Bestand]]] = {nr: [] for nr in self._parts["opgaven"]}
        for rij in rijen:
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
        stukken = [delen.uitpakken(self._parts["gezocht"][nr])["bsn"].to_numpy() for nr in lezingen]
        return np.unique(np.concatenate(stukken)) if stukken else np.zeros(0, np.int64)

    def levering(self, erbij: Collection[Levering] = (), aangeboden: Collection[str] = ()) -> Levering:
        """Everything that was received, with new readings below it.

        Args:
            erbij: readings of this run.
            aangeboden: content of the files of this run; refusals of other, older files are not told again.
        """
        oud = [self._uitpakken(nr, set(aangeboden)) for nr in self._bestanden]
        return samen_op_inhoud([*oud, *erbij])

    def _uitpakken(self, nr: int, aangeboden: set[str]) -> Levering:
        tabellen: dict[str, Mapping[str, Any]] = {}
        idber: tuple[str, ...] = ()
        for naam in _TABELLEN:
            tabel = delen.uitpakken(self._parts[naam][nr])
            if naam == "aangiften":
                idber = tuple(tabel["idber"].to_pylist())
                tabel = tabel.drop_columns(["idber"])
            tabellen[naam] = delen.als_kolommen(tabel)
        namen = {een.naam for sha, een in self._bestanden[nr] if sha in aangeboden}
        afkeuringen = delen.uitpakken(self._parts["afkeuringen"][nr]).to_pylist() if namen else []
        return Levering(
            bestanden=tuple(een for _, een in self._bestanden[nr]),
            idber=idber,
            afkeuringen=tuple(Afkeuring(**een) for een in afkeuringen if een["bestand"] in namen),
            bevindingen=(),
            **tabellen,
        )
