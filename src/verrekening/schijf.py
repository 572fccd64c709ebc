"""Files of a run: tables in them, readable by their owner only, and what goes wrong with them in words."""

# ruff: noqa: PLC0415 - Arrow is only loaded by who has a table
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import numpy.typing as npt

from verrekening.fouten import VerrekeningFout
from verrekening.kolommen import Kolommen

if TYPE_CHECKING:
    import pyarrow as pa


@contextmanager
def eigen_bestand(pad: Path) -> Iterator[BinaryIO]:
    """A new file to write, that only its owner can read. Raises FileExistsError when it is there already."""
    nummer = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(nummer, "wb") as bestand:
        yield bestand


@contextmanager
def op_schijf(wat: str) -> Iterator[None]:
    """What goes wrong with what a run puts away while it works, as an error for people.

    Args:
        wat: what it is (Dutch, plural), without anybody's data.

    Raises:
        VerrekeningFout: a file cannot be written or read.
    """
    try:
        yield
    except OSError as fout:
        # Not the text of the error: that of Arrow holds a path.
        waarom = os.strerror(fout.errno) if fout.errno else "de schijf geeft een fout"
        raise VerrekeningFout(
            f"{wat} kunnen niet tijdelijk op schijf staan: {waarom}. "
            "Er is niets besloten; maak ruimte naast de map van de uitvoer."
        ) from fout


def als_tabel(kolommen: Kolommen) -> pa.Table:
    """Columns of numpy as an Arrow table."""
    import pyarrow as pa

    return pa.table({naam: pa.array(kolom) for naam, kolom in kolommen.items()})


def als_kolommen(tabel: pa.Table) -> dict[str, npt.NDArray[Any]]:
    """An Arrow table without nulls as columns of numpy."""
    return {naam: np.asarray(tabel[naam].to_numpy()) for naam in tabel.column_names}
