"""Opening an administration: a SQLite file or PostgreSQL by URL, one writer at a time, errors people can act on."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from verrekening.administratie.schema import STAPPEN, migreer, versie_van
from verrekening.fouten import AdministratieBezet, AdministratieFout, AdministratieGeweigerd

WACHT_MS = 10_000
"""How long SQLite waits for a reader or a copy that holds the file."""
_SLOT = 0x7665_7272_656B
"""Key of the advisory lock of PostgreSQL; one database (or schema) holds one municipality."""
_NIETS = "Er is niets besloten; draai opnieuw als het is opgelost."


def bestaat(waar: str) -> bool:
    """Whether the file is there; of PostgreSQL the database always is, with or without tables."""
    url = _url(waar)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


@contextmanager
def lezen(waar: str) -> Iterator[sa.Connection]:
    """A consistent view for reading, also while a run is writing.

    Raises:
        AdministratieGeweigerd: it is not there, empty, or made by a newer version.
        AdministratieFout: the database cannot be reached.
    """
    if not bestaat(waar):
        raise AdministratieGeweigerd(f"de administratie {naam_van(waar)} bestaat niet; `verrekening batch` maakt haar")
    with _fouten(waar), _motor(waar, schrijven=False).connect() as verbinding:
        # One transaction from here to the end: a consistent view.
        if keur_versie(verbinding) == 0:
            raise AdministratieGeweigerd(f"{naam_van(waar)} is geen administratie, of nog leeg")
        yield verbinding


@contextmanager
def schrijven(waar: str, nu: str) -> Iterator[tuple[sa.Connection, bool]]:
    """The only writer of this administration; made when it is not there yet.

    The lock is one that the operating system (SQLite) or the server (PostgreSQL) drops when the process dies.

    Returns:
        The connection, and whether the administration is new.

    Raises:
        AdministratieBezet: another run is busy.
        AdministratieGeweigerd: made by a newer version, or by something else.
        AdministratieFout: the database cannot be reached or written.
    """
    with _fouten(waar), _bestandsslot(waar), _motor(waar, schrijven=True).connect() as verbinding:
        if verbinding.dialect.name == "postgresql":
            with verbinding.begin():
                if not verbinding.scalar(sa.text("SELECT pg_try_advisory_lock(:s)"), {"s": _SLOT}):
                    raise _bezet()
        with verbinding.begin():
            oud = keur_versie(verbinding)
            migreer(verbinding, nu)
        # One transaction again, until the caller commits.
        yield verbinding, oud == 0


@contextmanager
def inzagelog(waar: str, *, schrijven: bool) -> Iterator[sa.Connection]:
    """The log of who looked at a case: with SQLite a file beside the administration, else the same database.

    It has no part in the lock of the only writer, so that looking never waits for a run.

    Raises:
        AdministratieFout: it cannot be reached or written.
    """
    pad = sqlite_bestand(waar)
    log = waar if pad is None else str(pad.with_name(f"{pad.name}-inzage"))
    if not schrijven and not bestaat(log):
        with sa.create_engine("sqlite://").connect() as leeg:
            yield leeg
        return
    with _fouten(log), _motor(log, schrijven=schrijven).connect() as verbinding:
        yield verbinding


def keur_versie(verbinding: sa.Connection) -> int:
    """Version of the tables; refuses what this program does not know."""
    versie = versie_van(verbinding)
    if versie > len(STAPPEN):
        raise AdministratieGeweigerd("de administratie is gemaakt met een nieuwere versie van verrekening; werk bij")
    return versie


def naam_van(waar: str) -> str:
    """How to call the administration in a message: the file name, or the URL without the password."""
    url = _url(waar)
    if url.get_backend_name() == "sqlite":
        return Path(url.database or "").name
    return url.render_as_string(hide_password=True)


def sqlite_bestand(waar: str) -> Path | None:
    """The file of a SQLite administration; None for PostgreSQL."""
    url = _url(waar)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _url(waar: str) -> URL:
    if "://" not in waar:
        return URL.create("sqlite", database=waar)
    try:
        url = make_url(waar)
    except ArgumentError:
        raise AdministratieGeweigerd("--administratie is geen bestand en geen geldige URL") from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return url
    raise AdministratieGeweigerd("een administratie is een SQLite-bestand of postgresql://…")


def _motor(waar: str, *, schrijven: bool) -> sa.Engine:
    url = _url(waar)
    if url.get_backend_name() != "sqlite":
        niveau: Any = "REPEATABLE READ"
        return sa.create_engine(url, poolclass=NullPool, hide_parameters=True, isolation_level=niveau)
    pad = Path(url.database or "")
    if schrijven and not pad.exists():
        # Made here, so that only its owner can read it; -wal and -shm follow the rights of the file.
        pad.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(pad, os.O_RDWR | os.O_CREAT, 0o600))
    motor = sa.create_engine(url, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(motor, "connect")
    def _open(ruw: Any, _: Any) -> None:
        # The driver must not begin or end transactions of its own.
        ruw.isolation_level = None
        ruw.execute(f"PRAGMA busy_timeout = {WACHT_MS}")
        if schrijven:
            ruw.execute("PRAGMA journal_mode = WAL")
        ruw.execute("PRAGMA synchronous = FULL")
        ruw.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(motor, "begin")
    def _begin(verbinding: sa.Connection) -> None:
        verbinding.exec_driver_sql("BEGIN IMMEDIATE" if schrijven else "BEGIN")

    return motor


@contextmanager
def _bestandsslot(waar: str) -> Iterator[None]:
    """Beside the file, because SQLite uses locks on the file itself."""
    pad = sqlite_bestand(waar)
    if pad is None:
        yield
        return
    pad.parent.mkdir(parents=True, exist_ok=True)
    nummer = os.open(pad.with_name(f"{pad.name}-slot"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(nummer, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _bezet() from None
        yield
    finally:
        os.close(nummer)


def _bezet() -> AdministratieBezet:
    return AdministratieBezet(
        "er loopt al een run op deze administratie; wacht tot die klaar is. Er is niets besloten."
    )


@contextmanager
def _fouten(waar: str) -> Iterator[None]:
    """What a database says, as one sentence: never the values that were being written."""
    try:
        yield
    except DBAPIError as fout:
        raise AdministratieFout(f"administratie {naam_van(waar)}: {_reden(fout)}. {_NIETS}") from fout
    except SQLAlchemyError as fout:
        raise AdministratieFout(f"administratie {naam_van(waar)}: {type(fout).__name__}. {_NIETS}") from fout
    except OSError as fout:
        if fout.filename is not None and str(fout.filename).startswith(str(sqlite_bestand(waar) or "\0")):
            raise AdministratieFout(f"administratie {naam_van(waar)}: {fout.strerror}. {_NIETS}") from fout
        raise


_REDENEN = {
    "locked": "de database is bezet door een ander programma",
    "full": "de schijf is vol",
    "i/o error": "de schijf is vol of geeft een fout",
    "readonly": "het bestand mag niet worden geschreven",
    "unable to open": "het bestand kan niet worden geopend",
    "not a database": "dit bestand is geen administratie",
    "malformed": "het bestand is beschadigd; zet een reservekopie terug",
    "append-only": "een regel mag niet worden gewijzigd of verwijderd",
}


def _reden(fout: DBAPIError) -> str:
    tekst = str(fout.orig).lower()
    for deel, reden in _REDENEN.items():
        if deel in tekst:
            return reden
    if fout.connection_invalidated or "connect" in tekst or "terminat" in tekst or "server closed" in tekst:
        return "de verbinding met de database is er niet of viel weg"
    return f"onverwachte fout van de database ({type(fout.orig).__name__})"
