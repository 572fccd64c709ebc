"""A consistent copy of an administration while it is in use: always a SQLite file, readable by its owner only."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from verrekening.administratie.schema import BOEKINGEN, TABELLEN
from verrekening.administratie.verbinding import lezen, schrijven, sqlite_bestand
from verrekening.fouten import AdministratieFout, Gebruiksfout

_STUK = 5_000


def kopieer(waar: str, doel: Path, nu: str) -> None:
    """Copies an administration to a new file, complete or not at all.

    Of SQLite it is a copy page by page; of PostgreSQL all rows of one consistent view. Both can be used as an
    administration.

    Raises:
        Gebruiksfout: there is something at ``doel`` already.
        AdministratieGeweigerd: there is no administration.
        AdministratieFout: it cannot be read or written.
    """
    if doel.exists():
        raise Gebruiksfout(f"{doel.name} bestaat al; een reservekopie overschrijft niets")
    tijdelijk = doel.with_name(f".{doel.name}.{os.getpid()}")
    try:
        with lezen(waar) as bron:
            if sqlite_bestand(waar) is not None:
                _per_pagina(bron, tijdelijk)
            else:
                _per_rij(bron, tijdelijk, nu)
        nummer = os.open(tijdelijk, os.O_RDONLY)
        try:
            os.fsync(nummer)
        finally:
            os.close(nummer)
        os.link(tijdelijk, doel)  # unlike a rename it never replaces a file that appeared meanwhile
    except (OSError, sqlite3.Error) as fout:
        raise AdministratieFout(f"de reservekopie {doel.name} kan niet worden geschreven: {fout}") from fout
    finally:
        for achtervoegsel in ("", "-slot", "-wal", "-shm"):
            tijdelijk.with_name(tijdelijk.name + achtervoegsel).unlink(missing_ok=True)


def _per_pagina(bron: sa.Connection, doel: Path) -> None:
    os.close(os.open(doel, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    ruw = bron.connection.driver_connection
    kopie = sqlite3.connect(doel)
    try:
        ruw.backup(kopie)  # type: ignore[union-attr]
        # One file that can be carried away: without -wal beside it.
        kopie.execute("PRAGMA journal_mode = DELETE")
    finally:
        kopie.close()


def _per_rij(bron: sa.Connection, doel: Path, nu: str) -> None:
    with schrijven(str(doel), nu) as (kopie, _):
        for tabel in (BOEKINGEN, *[een for een in TABELLEN if een.name not in (BOEKINGEN.name, "migraties")]):
            rijen = bron.execute(sa.select(tabel)).mappings()
            while stuk := rijen.fetchmany(_STUK):
                kopie.execute(tabel.insert(), [dict(rij) for rij in stuk])
        kopie.commit()
