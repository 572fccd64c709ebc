"""Who looked at which case, when, and why: a log of its own, that only grows.

With SQLite it is a file beside the administration, so that looking never waits for a nightly run; with PostgreSQL a
table in the same database. A look that cannot be logged is refused.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from verrekening.administratie.schema import beveilig
from verrekening.administratie.verbinding import bestaat, inzagelog, naam_van
from verrekening.fouten import AdministratieGeweigerd

_META = sa.MetaData()
INZAGEN = sa.Table(
    "inzagen",
    _META,
    sa.Column("nr", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
    sa.Column("op", sa.Text(), nullable=False),
    sa.Column("dossiernummer", sa.Text(), nullable=False),
    sa.Column("door", sa.Text(), nullable=False),
    sa.Column("wat", sa.Text(), nullable=False),
    sa.Column("reden", sa.Text(), nullable=False),
    sa.Index("inzagen_dossier", "dossiernummer"),
    sqlite_strict=True,
)
"""One row per look; ``op`` is an ISO 8601 moment."""


def noteer(waar: str, op: str, dossiernummer: str, door: str, wat: str, reden: str = "") -> None:
    """Logs a look before it happens.

    Args:
        waar: the administration.
        op: the moment, ISO 8601.
        dossiernummer: which case.
        door: who.
        wat: what is shown, such as ``zaak 2026-08``.
        reden: why, when given.

    Raises:
        AdministratieGeweigerd: there is no such administration, so there is nothing to look at.
        AdministratieFout: it cannot be logged; then nothing may be shown.
    """
    if not bestaat(waar):
        raise AdministratieGeweigerd(f"de administratie {naam_van(waar)} bestaat niet; `verrekening batch` maakt haar")
    with inzagelog(waar, schrijven=True) as verbinding:
        if not sa.inspect(verbinding).has_table(INZAGEN.name):
            _META.create_all(verbinding)
            beveilig(verbinding, INZAGEN)
        rij = {"op": op, "dossiernummer": dossiernummer, "door": door, "wat": wat, "reden": reden}
        verbinding.execute(INZAGEN.insert(), rij)
        verbinding.commit()


def gelezen(waar: str, dossiernummer: str) -> list[dict[str, Any]]:
    """All looks at a case, in order."""
    with inzagelog(waar, schrijven=False) as verbinding:
        if not sa.inspect(verbinding).has_table(INZAGEN.name):
            return []
        vraag = sa.select(INZAGEN).where(INZAGEN.c.dossiernummer == dossiernummer).order_by(INZAGEN.c.nr)
        return [dict(rij) for rij in verbinding.execute(vraag).mappings().all()]
