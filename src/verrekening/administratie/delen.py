"""Facts in bulk: tables of columns to Parquet and back, a part per table and boeking.

Parquet and not rows: forty thousand households receive some sixty thousand records of fifty columns a month.
As rows those cost seconds to write, and tens of seconds to read back every night; as columns a fraction of one.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from verrekening.administratie.schema import DELEN, RUNS
from verrekening.kolommen import Kolommen

Kolom = npt.NDArray[Any]


def inpakken(tabel: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    bestand = io.BytesIO()
    pq.write_table(tabel, bestand, compression="zstd")
    return bestand.getvalue()


def uitpakken(inhoud: bytes, kolommen: list[str] | None = None) -> pa.Table:
    """The table back, or some of its columns."""
    return pq.read_table(pa.BufferReader(inhoud), columns=kolommen)


def als_tabel(kolommen: Kolommen) -> pa.Table:
    """Columns of numpy as an Arrow table."""
    return pa.table({naam: pa.array(kolom) for naam, kolom in kolommen.items()})


def als_kolommen(tabel: pa.Table) -> dict[str, Kolom]:
    """An Arrow table without nulls as columns of numpy."""
    return {naam: np.asarray(tabel[naam].to_numpy()) for naam in tabel.column_names}


def rijen(delen: Mapping[str, bytes]) -> list[list[Any]]:
    """The columns of ``delen`` for a boeking: name, hash, content, in order of name."""
    namen = sorted(delen)
    return [namen, [hashlib.sha256(delen[naam]).hexdigest() for naam in namen], [delen[naam] for naam in namen]]


def lees(
    verbinding: sa.Connection, naam: str, bekend_op: int | None = None, tot: int | None = None
) -> dict[int, bytes]:
    """The parts of one name per boeking, in order.

    Args:
        verbinding: a consistent view.
        naam: name of the part.
        bekend_op: only of runs that read at this moment or before.
        tot: only through this boeking.
    """
    vraag = sa.select(DELEN.c.boeking, DELEN.c.inhoud).where(DELEN.c.naam == naam)
    if bekend_op is not None:
        vraag = vraag.join(RUNS, RUNS.c.boeking == DELEN.c.boeking).where(RUNS.c.peilmoment <= bekend_op)
    if tot is not None:
        vraag = vraag.where(DELEN.c.boeking <= tot)
    return {nr: bytes(inhoud) for nr, inhoud in verbinding.execute(vraag.order_by(DELEN.c.boeking)).all()}
