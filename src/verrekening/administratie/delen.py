"""Facts in bulk: tables of columns to Parquet and back, a part per table and boeking.

Parquet and not rows: forty thousand households receive some sixty thousand records of fifty columns a month.
As rows those cost seconds to write, and tens of seconds to read back every night; as columns a fraction of one.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from verrekening.administratie.schema import DELEN, RUNS
from verrekening.fouten import AdministratieGeweigerd
from verrekening.schijf import op_schijf

WAT = "de gegevens die de administratie gaat bewaren"
"""What waits on disk until it is decided, in words."""


def inpakken(tabel: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    bestand = io.BytesIO()
    pq.write_table(tabel, bestand, compression="zstd")
    return bestand.getvalue()


class Inpakker:
    """A part that is packed table after table, in a file of the owner only, until it is kept."""

    def __init__(self, pad: Path) -> None:
        self._pad = pad
        self._schrijver: pq.ParquetWriter | None = None

    def voeg_toe(self, tabel: pa.Table) -> None:
        """Puts a table below what is in the part already; all have the same columns."""
        with op_schijf(WAT):
            if self._schrijver is None:
                self._pad.touch(0o600, exist_ok=False)
                self._schrijver = pq.ParquetWriter(self._pad, tabel.schema, compression="zstd")
            self._schrijver.write_table(tabel)

    def sluit(self, metadata: Mapping[str, str] | None = None) -> Path:
        """The file with the whole part, to which nothing is added any more."""
        if self._schrijver is not None:
            with op_schijf(WAT):
                self._schrijver.add_key_value_metadata(dict(metadata or {}))
                self._schrijver.close()
        return self._pad


class Uitpakker:
    """A part that is unpacked some rows at a time, in order; ``metadata`` is what `Inpakker.sluit` got."""

    def __init__(self, inhoud: bytes) -> None:
        self._bestand = pq.ParquetFile(pa.BufferReader(inhoud))
        self.metadata = {
            naam.decode(): tekst.decode() for naam, tekst in (self._bestand.metadata.metadata or {}).items()
        }
        self._groepen = iter(range(self._bestand.num_row_groups))
        self._over = self._bestand.schema_arrow.empty_table()

    def rijen(self, aantal: int) -> pa.Table:
        """The next rows."""
        stukken = [self._over]
        while sum(map(len, stukken)) < aantal:
            stukken.append(self._bestand.read_row_group(next(self._groepen)))
        samen = pa.concat_tables(stukken)
        self._over = samen.slice(aantal)
        return samen.slice(0, aantal)


def uitpakken(inhoud: bytes, kolommen: list[str] | None = None) -> pa.Table:
    """The table back, or some of its columns."""
    return pq.read_table(pa.BufferReader(inhoud), columns=kolommen)


class Rijen:
    """The rows of ``delen`` for a boeking, one part at a time: name, hash, content, in order of name."""

    def __init__(self, delen: Mapping[str, bytes | Path]) -> None:
        """``delen``: per name the content, or the file that holds it."""
        self._delen = delen

    def __iter__(self) -> Iterator[list[list[Any]]]:
        for naam in sorted(self._delen):
            deel = self._delen[naam]
            inhoud = deel.read_bytes() if isinstance(deel, Path) else deel
            yield [[naam], [hashlib.sha256(inhoud).hexdigest()], [inhoud]]


def nummers(verbinding: sa.Connection, naam: str, bekend_op: int | None = None, tot: int | None = None) -> list[int]:
    """The boekingen that hold a part, in order.

    Args:
        verbinding: a consistent view.
        naam: name of the part.
        bekend_op: only of runs that read at this moment or before.
        tot: only through this boeking.
    """
    vraag = sa.select(DELEN.c.boeking).where(DELEN.c.naam == naam)
    if bekend_op is not None:
        vraag = vraag.join(RUNS, RUNS.c.boeking == DELEN.c.boeking).where(RUNS.c.peilmoment <= bekend_op)
    if tot is not None:
        vraag = vraag.where(DELEN.c.boeking <= tot)
    return list(verbinding.execute(vraag.order_by(DELEN.c.boeking)).scalars())


def lees(verbinding: sa.Connection, naam: str, boeking: int) -> bytes:
    """One part. Raises AdministratieGeweigerd when the boeking does not hold it."""
    inhoud = verbinding.scalar(sa.select(DELEN.c.inhoud).where(DELEN.c.boeking == boeking, DELEN.c.naam == naam))
    if inhoud is None:
        raise AdministratieGeweigerd(f"de administratie mist {naam} van boeking {boeking}; draai de controle")
    return bytes(inhoud)
