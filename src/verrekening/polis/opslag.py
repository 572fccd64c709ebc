"""Tables of wage records on disk for as long as a run lasts: files that only their owner can read."""

# ruff: noqa: PLC0415 - one case is read without a file
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from verrekening.kolommen import Afkeuring
from verrekening.polis.tabel import LEEG, Bestand, Bevinding, Levering, geteld
from verrekening.schijf import als_kolommen, als_tabel, eigen_bestand, op_schijf

if TYPE_CHECKING:
    import pyarrow as pa

_WAT = "de gelezen loongegevens"
_GETELD = ("gelezen", "onbekende_persoon", "afgekeurd")
_BESTAND = ("naam", "sha256", "bytes", "intrekkingen", "archief_sha256")
_AFKEURING = tuple(veld.name for veld in fields(Afkeuring))
_BEVINDING = tuple(veld.name for veld in fields(Bevinding))


def bewaar(levering: Levering, pad: Path) -> None:
    """Write a delivery to a new file. Raises VerrekeningFout when that fails."""
    tabellen = [als_tabel(getattr(levering, naam)) for naam in LEEG]
    tabellen += [
        _van_lijsten({"idber": levering.idber}),
        _van_lijsten({naam: [getattr(een, naam) for een in levering.bestanden] for naam in _BESTAND}
                     | {naam: [een.tellingen[naam] for een in levering.bestanden] for naam in _GETELD}),
        _van_lijsten({naam: [getattr(een, naam) for een in levering.afkeuringen] for naam in _AFKEURING}),
        _van_lijsten({naam: [getattr(een, naam) for een in levering.bevindingen] for naam in _BEVINDING}),
    ]  # fmt: skip
    schrijf(pad, tabellen)


def haal(pad: Path) -> Levering:
    """The delivery that `bewaar` wrote; the file is gone afterwards. Raises VerrekeningFout when that fails.

    Columns of numbers are views of the file: they keep all of it as long as they live.
    """
    import pyarrow as pa

    with op_schijf(_WAT), pa.memory_map(str(pad)) as bron:
        pad.unlink()
        tabellen = [pa.ipc.open_stream(bron).read_all() for _ in range(len(LEEG) + 4)]
    idber, bestanden, afkeuringen, bevindingen = tabellen[len(LEEG) :]
    return Levering(
        **{naam: als_kolommen(tabel) for naam, tabel in zip(LEEG, tabellen, strict=False)},
        idber=tuple(idber["idber"].to_pylist()),
        bestanden=tuple(
            Bestand(naam, sha256, grootte, geteld(*tellingen), intrekkingen, archief)
            for naam, sha256, grootte, intrekkingen, archief, *tellingen in _rijen(bestanden, (*_BESTAND, *_GETELD))
        ),
        afkeuringen=tuple(Afkeuring(*rij) for rij in _rijen(afkeuringen, _AFKEURING)),
        bevindingen=tuple(Bevinding(*rij) for rij in _rijen(bevindingen, _BEVINDING)),
    )


def _rijen(tabel: pa.Table, namen: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(tabel[naam].to_pylist() for naam in namen), strict=True)


def _van_lijsten(lijsten: Mapping[str, Sequence[Any]]) -> pa.Table:
    import pyarrow as pa

    getal = {"bytes", "intrekkingen", "aantal", *_GETELD}
    return pa.table(
        {naam: pa.array(lijst, pa.int64() if naam in getal else pa.string()) for naam, lijst in lijsten.items()}
    )


def schrijf(pad: Path, tabellen: Sequence[pa.Table]) -> None:
    """Write tables behind each other to a new file that only its owner can read."""
    import pyarrow as pa

    with op_schijf(_WAT), eigen_bestand(pad) as bestand:
        for tabel in tabellen:
            with pa.ipc.new_stream(bestand, tabel.schema) as stroom:
                stroom.write_table(tabel)


def lees_rijen(pad: Path, van: int, tot: int) -> dict[str, np.ndarray[Any, Any]]:
    """Some rows of the first table of a file, as columns of their own: nothing of the file stays in memory."""
    import pyarrow as pa

    with op_schijf(_WAT), pa.memory_map(str(pad)) as bron:
        tabel = pa.ipc.open_stream(bron).read_all().slice(van, tot - van)
        return {naam: np.array(kolom) for naam, kolom in als_kolommen(tabel).items()}
