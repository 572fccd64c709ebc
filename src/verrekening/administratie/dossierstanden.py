"""Dossiers as they were received: each line once, by its content, with the moment it was first known.

A reading keeps for every line of the files where it stood and its hash, and its text when that was never
seen before. So the same files can be read again, line by line, as they were at any moment.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from verrekening import dossier
from verrekening.administratie import delen
from verrekening.administratie.schema import RUNS
from verrekening.dossier import Dossiers
from verrekening.fouten import AdministratieGeweigerd

_DEEL = "dossiers"


class Opname:
    """Keeps the lines of the files while they are read (`verrekening.dossier.lees`, argument ``bewaar``)."""

    def __init__(self) -> None:
        self._bestand: list[int] = []
        self._regel: list[int] = []
        self._inhoud: list[bytes] = []

    def __call__(self, bestand: int, regel: int, stuk: bytes) -> None:
        """A piece of whole lines; lines without text are left out."""
        regels = stuk.split(b"\n")
        gevuld = [(regel + plaats, tekst) for plaats, tekst in enumerate(regels) if tekst.strip(b" \t\r")]
        self._bestand += [bestand] * len(gevuld)
        self._regel += [nummer for nummer, _ in gevuld]
        self._inhoud += [tekst for _, tekst in gevuld]

    def tabel(self, zaken: Dossiers, bekend: pa.Array) -> pa.Table:
        """All lines, with the text of those whose hash is not in ``bekend``.

        Args:
            zaken: what reading gave, for the number of each accepted dossier.
            bekend: hashes that the administration holds.
        """
        hashes = pa.array([hashlib.sha256(tekst).digest() for tekst in self._inhoud], pa.binary(32))
        nieuw = pc.invert(pc.is_in(hashes, value_set=bekend))
        plek = np.array(self._bestand, np.int64) << 40 | np.array(self._regel, np.int64)
        huizen = zaken.huishoudens
        van = huizen["bestand"] << 40 | huizen["regel"]
        waar = pc.index_in(pa.array(plek), value_set=pa.array(van))
        return pa.table(
            {
                "bestand": pa.array(self._bestand, pa.int32()),
                "regel": pa.array(self._regel, pa.int64()),
                "sha256": hashes,
                "dossiernummer": pa.array(huizen["dossiernummer"], pa.string()).take(waar),
                "inhoud": pc.if_else(nieuw, pa.array(self._inhoud, pa.binary()), None),
            }
        ).replace_schema_metadata({"bestanden": json.dumps([[b.naam, b.sha256, b.bytes] for b in zaken.bestanden])})


class Standen:
    """The readings of dossiers that an administration holds; arguments as for `leveringen.Ontvangen`."""

    def __init__(self, verbinding: sa.Connection, bekend_op: int | None = None, tot: int | None = None) -> None:
        self._delen = delen.lees(verbinding, _DEEL, bekend_op, tot)

    def hashes(self) -> pa.Array:
        """Hashes of all lines that are held."""
        leeg = pa.array([], pa.binary(32))
        stukken = [delen.uitpakken(deel, ["sha256"])["sha256"].combine_chunks() for deel in self._delen.values()]
        return pa.concat_arrays([leeg, *(stuk.cast(pa.binary(32)) for stuk in stukken)]).unique()

    def zelfde(self, tabel: pa.Table) -> bool:
        """Whether the last reading held exactly these lines in these places."""
        if not self._delen:
            return False
        velden = ["bestand", "regel", "sha256"]
        vorige = delen.uitpakken(list(self._delen.values())[-1], [*velden, "dossiernummer"])
        zelfde_bestanden = vorige.schema.metadata[b"bestanden"] == tabel.schema.metadata[b"bestanden"]
        return bool(zelfde_bestanden and vorige.select(velden).equals(tabel.select(velden)))

    def lees(self, alleen: str | None = None) -> Dossiers:
        """The dossiers of the last reading, as they were received.

        Args:
            alleen: only the dossier with this number.

        Raises:
            AdministratieGeweigerd: nothing was read yet, or the dossier is not there.
        """
        if not self._delen:
            raise AdministratieGeweigerd("op dat moment had de administratie nog geen dossiers")
        laatste = delen.uitpakken(list(self._delen.values())[-1], ["bestand", "regel", "sha256", "dossiernummer"])
        bestanden = [dossier.Bestand(*een) for een in json.loads(laatste.schema.metadata[b"bestanden"])]
        if alleen is not None:
            laatste = laatste.filter(pc.equal(laatste["dossiernummer"], alleen))
            if not len(laatste):
                raise AdministratieGeweigerd(f"dossier {alleen} staat niet in de administratie, of was geweigerd")
        inhoud = self._inhoud(laatste["sha256"].combine_chunks())
        bestand, regel = laatste["bestand"].to_numpy(), laatste["regel"].to_numpy()
        stukken = [
            stuk
            for nummer in range(len(bestanden))
            for stuk in _stukken(
                nummer, regel[bestand == nummer], [inhoud[i] for i in np.flatnonzero(bestand == nummer)]
            )
        ]
        return dossier.lees_opnieuw(bestanden, stukken)

    def tekst(self, dossiernummer: str) -> list[tuple[int, bytes]]:
        """Every version of a dossier as it was received: boeking in which it was first read, and its line."""
        uit = []
        for boeking, deel in self._delen.items():
            tabel = delen.uitpakken(deel, ["dossiernummer", "inhoud"])
            eigen = tabel.filter(pc.and_(pc.equal(tabel["dossiernummer"], dossiernummer), pc.is_valid(tabel["inhoud"])))
            uit += [(boeking, inhoud) for inhoud in eigen["inhoud"].to_pylist()]
        return uit

    def _inhoud(self, gezocht: pa.Array) -> list[bytes]:
        """The text of the lines with these hashes, wherever it was first read."""
        uit: list[bytes | None] = [None] * len(gezocht)
        nog = np.arange(len(gezocht))
        for deel in reversed(list(self._delen.values())):
            tabel = delen.uitpakken(deel, ["sha256", "inhoud"])
            tabel = tabel.filter(pc.is_valid(tabel["inhoud"])).combine_chunks()
            plek = pc.index_in(gezocht.take(pa.array(nog)), value_set=tabel["sha256"].combine_chunks())
            raak = np.asarray(pc.is_valid(plek))
            teksten = tabel["inhoud"].combine_chunks().take(plek.filter(pc.is_valid(plek))).to_pylist()
            for rij, tekst in zip(nog[raak].tolist(), teksten, strict=True):
                uit[rij] = tekst
            nog = nog[~raak]
            if not len(nog):
                return [tekst for tekst in uit if tekst is not None]
        raise AdministratieGeweigerd("de administratie mist een regel die zij zou moeten hebben; draai de controle")


def _stukken(nummer: int, regels: np.ndarray, inhoud: Sequence[bytes]) -> list[tuple[int, int, bytes]]:
    """Runs of lines without a gap, as pieces for the reader."""
    if not len(regels):
        return []
    knip = [0, *(np.flatnonzero(np.diff(regels) != 1) + 1).tolist(), len(regels)]
    return [(nummer, int(regels[van]), b"\n".join(inhoud[van:tot])) for van, tot in itertools.pairwise(knip)]


def laatste_moment(verbinding: sa.Connection) -> int | None:
    """K of the latest reading; None when there is none."""
    moment: int | None = verbinding.scalar(sa.select(sa.func.max(RUNS.c.peilmoment)))
    return moment
