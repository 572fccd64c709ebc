"""Adding to the administration in one chained transaction, and checking that nothing was changed since.

A ``boeking`` is one transaction: a run, or a decision of a human. Its hash covers its header, every row it adds
and the hash of the boeking before it; so a changed, removed or inserted row anywhere shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import psycopg
import sqlalchemy as sa

from verrekening.administratie.schema import BOEKINGEN, DELEN, IN_BOEKING
from verrekening.fouten import AdministratieGeweigerd

BEGIN = "0" * 64
"""What the first boeking has before it."""

Stuk = Sequence[Sequence[Any]]
"""Columns of some rows to add, in the order of the table without ``boeking``."""
Rijen = Iterable[Stuk]
"""Rows to add, some at a time (see `stukgrootte`), so that not all of them are in memory; walked more than once."""
_STUK = 10_000


def stukgrootte(tabel: str) -> int:
    """Rows of every piece of a table but the last: they are hashed and written piece by piece."""
    # A part can be large: one at a time.
    return 1 if tabel == DELEN.name else _STUK


def in_stukken(tabel: str, kolommen: Stuk) -> list[Stuk]:
    """Rows that are in memory anyway as pieces."""
    grootte = stukgrootte(tabel)
    aantal = len(kolommen[0]) if kolommen else 0
    return [[kolom[begin : begin + grootte] for kolom in kolommen] for begin in range(0, aantal, grootte)]


@dataclass(frozen=True)
class Kop:
    """Header of a boeking: what it is, when the clock of the machine said so, of which municipality."""

    soort: str
    geboekt_op: str
    gemeentecode: str
    inhoud: Mapping[str, Any]


def laatste(verbinding: sa.Connection) -> tuple[int, str, str | None]:
    """Number and hash of the last boeking, and the municipality; 0 when there is none."""
    rij = verbinding.execute(
        sa.select(BOEKINGEN.c.nr, BOEKINGEN.c.hash, BOEKINGEN.c.gemeentecode).order_by(BOEKINGEN.c.nr.desc()).limit(1)
    ).first()
    return (0, BEGIN, None) if rij is None else (rij.nr, rij.hash, rij.gemeentecode)


def boek(verbinding: sa.Connection, kop: Kop, rijen: Mapping[str, Rijen]) -> int:
    """Adds a boeking inside the transaction of the caller; returns its number.

    Args:
        verbinding: of the only writer.
        kop: header.
        rijen: per table name.

    Raises:
        AdministratieGeweigerd: the administration is of another municipality.
    """
    nr, vorige, gemeente = laatste(verbinding)
    if gemeente is not None and gemeente != kop.gemeentecode:
        raise AdministratieGeweigerd(
            f"deze administratie is van gemeente {gemeente}, niet van {kop.gemeentecode}; er is niets besloten"
        )
    nr += 1
    inhoud = json.dumps(kop.inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = _hash(nr, kop.soort, kop.geboekt_op, kop.gemeentecode, inhoud, vorige, _digests(rijen))
    verbinding.execute(
        BOEKINGEN.insert(),
        {
            "nr": nr, "soort": kop.soort, "geboekt_op": kop.geboekt_op, "gemeentecode": kop.gemeentecode,
            "inhoud": inhoud, "vorige": vorige, "hash": digest,
        },
    )  # fmt: skip
    for tabel in IN_BOEKING:
        _voeg_toe(verbinding, tabel, nr, rijen.get(tabel.name, ()))
    return nr


def _voeg_toe(verbinding: sa.Connection, tabel: sa.Table, nr: int, rijen: Rijen) -> None:
    """Binds the rows straight to the driver, a piece at a time."""
    namen = ", ".join(kolom.name for kolom in tabel.columns)
    stukken = (list(zip(repeat(nr), *stuk, strict=False)) for stuk in rijen)
    if verbinding.dialect.name == "postgresql":
        ruw = verbinding.connection.driver_connection
        assert isinstance(ruw, psycopg.Connection)  # noqa: S101 - the only driver for PostgreSQL
        for stuk in stukken:
            with ruw.cursor() as cursor, cursor.copy(f"COPY {tabel.name} ({namen}) FROM STDIN") as stroom:
                for rij in stuk:
                    stroom.write_row(rij)
        return
    vragen = ", ".join("?" * len(tabel.columns))
    opdracht = f"INSERT INTO {tabel.name} ({namen}) VALUES ({vragen})"  # noqa: S608 - names of our own tables
    for stuk in stukken:
        verbinding.exec_driver_sql(opdracht, stuk)


def _digests(rijen: Mapping[str, Rijen]) -> str:
    return "|".join(f"{tabel.name}={digest(rijen.get(tabel.name, ()))}" for tabel in IN_BOEKING)


def digest(rijen: Rijen) -> str:
    """sha256 over rows, piece by piece: the same for a table and for its rows read back, whatever the database."""
    som = hashlib.sha256()
    for stuk in rijen:
        for kolom in stuk:
            som.update(b"%d:" % len(kolom))
            if isinstance(kolom[0], int):
                som.update(np.asarray(kolom, dtype="<i8").tobytes())
            elif isinstance(kolom[0], bytes | memoryview):
                som.update(b"".join(hashlib.sha256(waarde).digest() for waarde in kolom))
            else:
                som.update("\x1f".join("\x1e" if waarde is None else waarde for waarde in kolom).encode())
    return som.hexdigest()


def _hash(*delen: object) -> str:
    return hashlib.sha256(json.dumps(delen, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def keur(verbinding: sa.Connection) -> Iterable[str]:
    """What is wrong with the chain, as sentences; nothing when everything is as it was written."""
    verwacht, vorige = 1, BEGIN
    for rij in verbinding.execute(sa.select(BOEKINGEN).order_by(BOEKINGEN.c.nr)).all():
        if rij.nr != verwacht:
            yield f"boeking {verwacht} ontbreekt"
            verwacht = rij.nr
        if rij.vorige != vorige:
            yield f"boeking {rij.nr} sluit niet aan op de boeking ervoor"
        digests = _digests({tabel.name: lees_rijen(verbinding, tabel, rij.nr) for tabel in IN_BOEKING})
        if rij.hash != _hash(rij.nr, rij.soort, rij.geboekt_op, rij.gemeentecode, rij.inhoud, rij.vorige, digests):
            yield f"boeking {rij.nr} ({rij.soort} van {rij.geboekt_op}) is na het vastleggen gewijzigd"
        verwacht, vorige = verwacht + 1, rij.hash


def lees_rijen(verbinding: sa.Connection, tabel: sa.Table, nr: int) -> Iterator[Stuk]:
    """The rows that a boeking added, without ``boeking``, in the order of their key."""
    velden = [kolom for kolom in tabel.columns if kolom.name != "boeking"]
    sleutels = [kolom for kolom in tabel.primary_key if kolom.name != "boeking"]
    vraag = sa.select(*velden).where(tabel.c.boeking == nr).order_by(*sleutels)
    grootte = stukgrootte(tabel.name)
    with verbinding.execution_options(stream_results=True).execute(vraag) as resultaat:
        for rijen in resultaat.partitions(grootte):
            yield list(zip(*rijen, strict=True))
