"""Dossiers as they were received: each line once, by its content, with the moment it was first known.

A reading keeps for every line of the files where it stood and its hash, and its text when that was never
seen before. So the same files can be read again, line by line, as they were at any moment.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from verrekening import dossier
from verrekening.administratie import delen
from verrekening.administratie.schema import RUNS
from verrekening.dossier import Dossiers
from verrekening.fouten import AdministratieGeweigerd
from verrekening.schijf import op_schijf

_DEEL = "dossiers"


class Opname:
    """Keeps the lines of the files while they are read (`verrekening.dossier.lees_in_blokken`, argument ``bewaar``).

    The text of a line goes to disk; in memory stays where it stood and its hash.
    """

    def __init__(self, map_: Path, standen: Standen) -> None:
        """``map_`` is a folder to work in; ``standen`` what the administration holds."""
        self._map, self._standen = map_, standen
        self._bekend = standen.hashes()
        self._regels: list[pa.Table] = []
        self._genomen: list[pa.Table] = []
        self._pad = map_ / "regels.arrow"
        self._tekst: pa.RecordBatchStreamWriter | None = None

    def __call__(self, bestand: int, regel: int, stuk: bytes) -> None:
        """A piece of whole lines; lines without text are left out."""
        gevuld = [(regel + plaats, een) for plaats, een in enumerate(stuk.split(b"\n")) if een.strip(b" \t\r")]
        hashes = pa.array([hashlib.sha256(een).digest() for _, een in gevuld], pa.binary(32))
        nieuw = pc.invert(pc.is_in(hashes, value_set=self._bekend))
        inhoud = pc.if_else(nieuw, pa.array([een for _, een in gevuld], pa.binary()), None)
        tekst = pa.record_batch({"inhoud": inhoud})
        with op_schijf(delen.WAT):
            if self._tekst is None:
                self._pad.touch(0o600, exist_ok=False)
                self._tekst = pa.ipc.new_stream(self._pad, tekst.schema)
            self._tekst.write_batch(tekst)
        self._regels.append(
            pa.table(
                {
                    "bestand": pa.array(np.full(len(gevuld), bestand, np.int32)),
                    "regel": pa.array([nummer for nummer, _ in gevuld], pa.int64()),
                    "sha256": hashes,
                }
            )
        )

    def zie(self, zaken: Dossiers) -> None:
        """Which of the lines were accepted, and as which dossier."""
        huizen = zaken.huishoudens
        plek = pa.array(huizen["bestand"] << 40 | huizen["regel"])
        self._genomen.append(pa.table({"plek": plek, "dossiernummer": pa.array(huizen["dossiernummer"], pa.string())}))

    def deel(self, bestanden: Sequence[dossier.Bestand]) -> Path | None:
        """All lines as a part to keep, with the text of those that were never held; None when nothing changed."""
        if self._tekst is not None:
            with op_schijf(delen.WAT):
                self._tekst.close()
        namen = json.dumps([[een.naam, een.sha256, een.bytes] for een in bestanden])
        if self._standen.zelfde(_stapel(self._regels, _REGELS), namen):
            return None
        genomen = _stapel(self._genomen, _GENOMEN).sort_by("plek")
        plekken, nummers = genomen["plek"].to_numpy(), genomen["dossiernummer"].combine_chunks()

        def volledig(regels: pa.Table, inhoud: pa.Array) -> pa.Table:
            """Lines with their text, and the number of the dossier that each was accepted as."""
            plek = np.asarray(regels["bestand"].to_numpy(), np.int64) << 40 | regels["regel"].to_numpy()
            waar = np.searchsorted(plekken, plek)
            mist = np.append(plekken, -1)[waar] != plek
            uit = regels.append_column("dossiernummer", nummers.take(pa.array(waar, mask=mist)))
            return uit.append_column("inhoud", inhoud).replace_schema_metadata({"bestanden": namen})

        inpakker = delen.Inpakker(self._map / "dossiers.parquet")
        inpakker.voeg_toe(volledig(_REGELS.empty_table(), pa.array([], pa.binary())))
        if self._regels:
            with pa.OSFile(str(self._pad)) as bron:
                for regels, tekst in zip(self._regels, pa.ipc.open_stream(bron), strict=True):
                    inpakker.voeg_toe(volledig(regels, tekst["inhoud"]))
        return inpakker.sluit()


_REGELS = pa.schema([("bestand", pa.int32()), ("regel", pa.int64()), ("sha256", pa.binary(32))])
_GENOMEN = pa.schema([("plek", pa.int64()), ("dossiernummer", pa.string())])


def _stapel(tabellen: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    return pa.concat_tables([schema.empty_table(), *tabellen])


class Standen:
    """The readings of dossiers that an administration holds; arguments as for `leveringen.Ontvangen`."""

    def __init__(self, verbinding: sa.Connection, bekend_op: int | None = None, tot: int | None = None) -> None:
        self._verbinding = verbinding
        self._boekingen = delen.nummers(verbinding, _DEEL, bekend_op, tot)

    def _deel(self, boeking: int, kolommen: list[str]) -> pa.Table:
        return delen.uitpakken(delen.lees(self._verbinding, _DEEL, boeking), kolommen)

    def hashes(self) -> pa.Array:
        """Hashes of the lines of the last reading: a line that comes back after it was changed is held again."""
        leeg = pa.array([], pa.binary(32))
        if not self._boekingen:
            return leeg
        laatste = self._deel(self._boekingen[-1], ["sha256"])["sha256"]
        return pa.concat_arrays([leeg, *(stuk.cast(pa.binary(32)) for stuk in laatste.chunks)]).unique()

    def zelfde(self, regels: pa.Table, bestanden: str) -> bool:
        """Whether the last reading held exactly these lines in these places."""
        if not self._boekingen:
            return False
        velden = regels.column_names
        vorige = self._deel(self._boekingen[-1], velden)
        zelfde_bestanden = vorige.schema.metadata[b"bestanden"] == bestanden.encode()
        return bool(
            zelfde_bestanden and vorige.select(velden).replace_schema_metadata(None).cast(_REGELS).equals(regels)
        )

    def lees(self, alleen: str | None = None) -> Dossiers:
        """The dossiers of the last reading, as they were received.

        Args:
            alleen: only the dossier with this number.

        Raises:
            AdministratieGeweigerd: nothing was read yet, or the dossier is not there.
        """
        if not self._boekingen:
            raise AdministratieGeweigerd("op dat moment had de administratie nog geen dossiers")
        laatste = self._deel(self._boekingen[-1], ["bestand", "regel", "sha256", "dossiernummer"])
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
        for boeking in self._boekingen:
            tabel = self._deel(boeking, ["dossiernummer", "inhoud"])
            eigen = tabel.filter(pc.and_(pc.equal(tabel["dossiernummer"], dossiernummer), pc.is_valid(tabel["inhoud"])))
            uit += [(boeking, inhoud) for inhoud in eigen["inhoud"].to_pylist()]
        return uit

    def _inhoud(self, gezocht: pa.Array) -> list[bytes]:
        """The text of the lines with these hashes, wherever it was first read."""
        uit: list[bytes | None] = [None] * len(gezocht)
        nog = np.arange(len(gezocht))
        for boeking in reversed(self._boekingen):
            tabel = self._deel(boeking, ["sha256", "inhoud"])
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
