"""The folder of a run: complete or not there at all, readable by its owner only, safe in a spreadsheet."""

# ruff: noqa: PLC0415 - one case writes no files
from __future__ import annotations

import fcntl
import glob
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from verrekening.fouten import Gebruiksfout, VerrekeningFout
from verrekening.schijf import eigen_bestand

_BOM = b"\xef\xbb\xbf"
Voegtoe: TypeAlias = Callable[[pa.Table], None]
"""Puts a table below what is in a file already."""


@contextmanager
def hele_map(doel: Path, voor_zichtbaar: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """A folder to write into that becomes ``doel`` when the block ends well, and disappears when it does not.

    Args:
        doel: the folder.
        voor_zichtbaar: done when everything is safely on disk, just before the folder gets its name.

    Raises:
        Gebruiksfout: ``doel`` is a file, or a folder that already holds something: one run, one folder.
        VerrekeningFout: it can't be written (disk full, no rights); no folder is left behind.
    """
    keur_doel(doel)
    gebeurd = "Er is niets achtergelaten"
    try:
        with _naast(doel) as tijdelijk:
            yield tijdelijk
            for bestand in tijdelijk.iterdir():
                _naar_schijf(bestand)
            _naar_schijf(tijdelijk)
            voor_zichtbaar()
            gebeurd = "Met een administratie is al besloten: draai opnieuw voor de uitvoer"
            if doel.exists():
                doel.rmdir()
            tijdelijk.rename(doel)
            _naar_schijf(doel.parent)
    except OSError as fout:
        raise VerrekeningFout(
            f"de uitvoer kan niet worden geschreven in {doel}: {fout.strerror}. "
            f"{gebeurd}; maak ruimte of kies een andere map."
        ) from fout


@contextmanager
def werkmap(doel: Path) -> Iterator[Path]:
    """A folder beside ``doel`` for what a run puts away while it works; gone when the block ends, however it ends.

    Raises:
        VerrekeningFout: it can't be made.
    """
    with ExitStack() as stapel:
        try:
            map_ = stapel.enter_context(_naast(doel))
        except OSError as fout:
            raise VerrekeningFout(
                f"naast {doel} kan geen werkmap worden gemaakt: {fout.strerror}. "
                "Er is niets besloten; maak ruimte of kies een andere map."
            ) from fout
        yield map_


@contextmanager
def _naast(doel: Path) -> Iterator[Path]:
    """A new folder of the owner only beside ``doel``, held as long as this process lives, and gone afterwards."""
    doel.parent.mkdir(parents=True, exist_ok=True)
    _ruim_op(doel)
    map_ = Path(tempfile.mkdtemp(prefix=f".{doel.name}.", dir=doel.parent))
    slot: int | None = None
    try:
        # What is not held is left over from a process that was killed.
        slot = os.open(map_, os.O_RDONLY)
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield map_
    finally:
        if slot is not None:
            os.close(slot)
        shutil.rmtree(map_, ignore_errors=True)


def _ruim_op(doel: Path) -> None:
    """Removes what killed runs left of this folder: it holds personal data, and nobody will finish it."""
    for rest in doel.parent.glob(f".{glob.escape(doel.name)}.*"):
        try:
            nummer = os.open(rest, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue
        try:
            fcntl.flock(nummer, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(rest, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(nummer)


def keur_doel(doel: Path) -> None:
    """Refuses an output folder that is already in use, before anything is read."""
    if doel.exists() and (not doel.is_dir() or any(doel.iterdir())):
        raise Gebruiksfout(f"{doel} bestaat al en is niet leeg. Kies per run een nieuwe map.")


def _naar_schijf(pad: Path) -> None:
    nummer = os.open(pad, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


def schrijf_csv(tabel: pa.Table, pad: Path) -> None:
    """A CSV for a Dutch spreadsheet: ``;``, UTF-8 with BOM, and no text that a spreadsheet would run."""
    with csv_bestand(pad) as voeg_toe:
        voeg_toe(tabel)


@contextmanager
def csv_bestand(pad: Path) -> Iterator[Voegtoe]:
    """The same file, written table after table (at least one, with the same columns)."""
    import pyarrow.csv as pacsv

    opties = pacsv.WriteOptions(delimiter=";", quoting_style="needed")
    with ExitStack() as stapel:
        bestand = stapel.enter_context(eigen_bestand(pad))
        bestand.write(_BOM)
        schrijver: pacsv.CSVWriter | None = None

        def voeg_toe(tabel: pa.Table) -> None:
            nonlocal schrijver
            veilig = [zonder_formule(kolom) if pa.types.is_string(kolom.type) else kolom for kolom in tabel.columns]
            tabel = pa.table(veilig, names=tabel.column_names)
            if schrijver is None:
                schrijver = stapel.enter_context(pacsv.CSVWriter(bestand, tabel.schema, write_options=opties))
            schrijver.write_table(tabel)

        yield voeg_toe


def zonder_formule(kolom: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text that starts like a formula (``= + - @``, tab, return) gets a quote in front of it; an amount does not."""
    veilig = pc.replace_substring_regex(kolom, r"^([=+\-@\t\r])", r"'\1")
    return pc.if_else(pc.match_substring_regex(kolom, r"^-[0-9]+,[0-9]{2}$"), kolom, veilig)


def schrijf_parquet(tabel: pa.Table, pad: Path, metadata: dict[str, str]) -> None:
    """A Parquet file whose metadata hold the fingerprint of the run."""
    with parquet_bestand(pad, metadata) as voeg_toe:
        voeg_toe(tabel)


@contextmanager
def parquet_bestand(pad: Path, metadata: dict[str, str] | None = None) -> Iterator[Voegtoe]:
    """The same file, written table after table (at least one, with the same columns)."""
    import pyarrow.parquet as pq

    with ExitStack() as stapel:
        bestand = stapel.enter_context(eigen_bestand(pad))
        schrijver: pq.ParquetWriter | None = None

        def voeg_toe(tabel: pa.Table) -> None:
            nonlocal schrijver
            tabel = tabel.replace_schema_metadata(metadata)
            if schrijver is None:
                schrijver = stapel.enter_context(pq.ParquetWriter(bestand, tabel.schema, compression="zstd"))
            schrijver.write_table(tabel)

        yield voeg_toe


def schrijf_json(inhoud: Any, pad: Path) -> None:
    """Readable JSON in a fixed order; written as it is made, for it can name a hundred thousand deliveries."""
    with eigen_bestand(pad) as bestand, io.TextIOWrapper(bestand, "utf-8") as tekst:
        json.dump(inhoud, tekst, ensure_ascii=False, indent=2)
        tekst.write("\n")


def schrijf_bytes(inhoud: bytes, pad: Path) -> None:
    """A new file with these bytes."""
    with eigen_bestand(pad) as bestand:
        bestand.write(inhoud)
