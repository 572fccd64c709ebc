"""The tables of an administration, and the steps that bring an older one up to date.

Every table only grows: the database itself refuses UPDATE and DELETE (`beveilig`). Bulk facts are Parquet in
``delen``; what people ask for with SQL (decisions, deliveries, runs) are rows. Months are ``YYYY-MM`` text,
moments are microseconds UTC, money is whole cents.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    inspect,
    select,
    text,
)

BEDRAGEN = (
    "norm_cent", "verwacht_inkomen_cent", "besteedbaar_inkomen_cent", "bijstand_cent", "reservering_cent",
    "netto_uitkering_cent", "maatregel_cent", "verschuldigd_cent", "verrekend_met_uitkering_cent",
    "verrekend_met_nabetaling_cent", "nabetaling_cent", "aflossing_cent", "bufferbudget_cent", "te_betalen_cent",
)  # fmt: skip
"""The fields of a payment, as in the contract."""

# STRICT tables of SQLite know INTEGER (64 bits); PostgreSQL needs to hear that it is big.
_GETAL = BigInteger().with_variant(Integer(), "sqlite")
_META = MetaData()


def _tabel(naam: str, *kolommen: Column[object] | Index) -> Table:
    return Table(naam, _META, *kolommen, sqlite_strict=True)


def _getal(naam: str, *, sleutel: bool = False) -> Column[object]:
    return Column(naam, _GETAL, primary_key=sleutel, autoincrement=False, nullable=False)


def _tekst(naam: str, *, sleutel: bool = False, leeg: bool = False) -> Column[object]:
    return Column(naam, Text(), primary_key=sleutel, nullable=leeg)


def _boeking(*, sleutel: bool = True) -> Column[object]:
    return Column("boeking", _GETAL, ForeignKey("boekingen.nr"), primary_key=sleutel, nullable=False)


MIGRATIES = _tabel("migraties", _getal("versie", sleutel=True), _tekst("toegepast_op"))

BOEKINGEN = _tabel(
    "boekingen",
    _getal("nr", sleutel=True),
    _tekst("soort"),  # run | besluit
    _tekst("geboekt_op"),
    _tekst("gemeentecode"),
    _tekst("inhoud"),
    _tekst("vorige"),
    _tekst("hash"),
)
"""One per transaction, chained: ``hash`` covers everything the transaction added, and ``vorige``."""

RUNS = _tabel(
    "runs",
    _boeking(),
    _tekst("betaalmaand"),
    _getal("peilmoment"),
    _tekst("aard"),  # besluit | vervanging | ongewijzigd
    _tekst("engine"),
    _tekst("bewijs"),
    _tekst("controle"),
)

LEVERINGEN = _tabel(
    "leveringen",
    _boeking(),
    _getal("volgnr", sleutel=True),
    _tekst("naam"),
    _tekst("sha256"),
    _tekst("archief_sha256"),
    _tekst("kenmerk"),
    *(
        _getal(naam)
        for naam in ("bytes", "gelezen_op", "gelezen", "onbekende_persoon", "afgekeurd", "intrekkingen")
    ),
)  # fmt: skip
"""Deliveries: a file, or a member of a zip; ``kenmerk`` tells a file that was read before."""

DELEN = _tabel(
    "delen",
    _boeking(),
    _tekst("naam", sleutel=True),
    _tekst("sha256"),
    Column("inhoud", LargeBinary(), nullable=False),
)
"""Columns in bulk, as Parquet: received records, snapshots of dossiers, signals; and the policy as it was."""

MAANDREGELS = _tabel(
    "maandregels",
    _boeking(),
    _getal("nr", sleutel=True),
    _tekst("dossiernummer"),
    _tekst("betaalmaand"),
    _tekst("rechtmaand"),
    _getal("teken"),
    _tekst("reden"),
    _tekst("verwijzing"),
    _getal("verrekend_cent"),
    _getal("nabetaald_cent"),
    Index("maandregels_dossier", "dossiernummer", "betaalmaand"),
)
"""Decision lines per household × month R; a reversal has ``teken`` -1 and negative amounts."""

BETAALREGELS = _tabel(
    "betaalregels",
    _boeking(),
    _getal("nr", sleutel=True),
    _tekst("dossiernummer"),
    _tekst("betaalmaand"),
    _getal("teken"),
    _tekst("reden"),
    _tekst("verwijzing"),
    *(_getal(naam) for naam in BEDRAGEN),
    Index("betaalregels_dossier", "dossiernummer", "betaalmaand"),
)
"""Payment lines per household × P; a reversal has ``teken`` -1 and negative amounts."""

MENSBESLUITEN = _tabel(
    "mensbesluiten",
    _boeking(),
    _tekst("dossiernummer"),
    _tekst("soort"),
    _tekst("maand", leeg=True),
    _tekst("artikel"),
    _tekst("reden"),
    _tekst("door"),
    _getal("genomen_op"),
    _getal("bekend_op"),
    _tekst("inhoud"),
    Index("mensbesluiten_dossier", "dossiernummer"),
)
"""Decisions of humans: when they were taken, and from when runs know them."""

TABELLEN: tuple[Table, ...] = tuple(_META.sorted_tables)
"""All tables, parents first."""

IN_BOEKING = (RUNS, LEVERINGEN, DELEN, MAANDREGELS, BETAALREGELS, MENSBESLUITEN)
"""What a transaction can add; each is covered by the hash of its line in ``boekingen``."""


def _eerste_versie(verbinding: Connection) -> None:
    _META.create_all(verbinding)
    for tabel in TABELLEN:
        beveilig(verbinding, tabel)


STAPPEN: tuple[Callable[[Connection], None], ...] = (_eerste_versie,)
"""Migrations in order; step n makes version n. A step that ever ran is never changed, the next one is added."""


def versie_van(verbinding: Connection) -> int:
    """Version of the tables; 0 when there are none."""
    if not inspect(verbinding).has_table(MIGRATIES.name):
        return 0
    return max(verbinding.execute(select(MIGRATIES.c.versie)).scalars(), default=0)


def migreer(verbinding: Connection, nu: str) -> None:
    """Brings the tables up to date, inside the transaction of the caller."""
    for versie in range(versie_van(verbinding) + 1, len(STAPPEN) + 1):
        STAPPEN[versie - 1](verbinding)
        verbinding.execute(MIGRATIES.insert(), {"versie": versie, "toegepast_op": nu})


def beveilig(verbinding: Connection, tabel: Table) -> None:
    """Makes the database refuse every change and removal of a row of a table."""
    naam = tabel.name
    if verbinding.dialect.name == "sqlite":
        for wat in ("UPDATE", "DELETE"):
            verbinding.execute(
                text(
                    f"CREATE TRIGGER {naam}_{wat.lower()} BEFORE {wat} ON {naam} "
                    "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
                )
            )
        # INSERT OR REPLACE removes the old row without a DELETE trigger: refuse a key that exists.
        zelfde = " AND ".join(f"{kolom.name} = NEW.{kolom.name}" for kolom in tabel.primary_key)
        verbinding.execute(
            text(
                f"CREATE TRIGGER {naam}_insert BEFORE INSERT ON {naam} "  # noqa: S608 - names of this file
                f"WHEN EXISTS (SELECT 1 FROM {naam} WHERE {zelfde}) BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )
        )
        return
    verbinding.execute(
        text(
            "CREATE OR REPLACE FUNCTION verrekening_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
        )
    )
    verbinding.execute(
        text(
            f"CREATE TRIGGER {naam}_vast BEFORE UPDATE OR DELETE OR TRUNCATE ON {naam} "
            "FOR EACH STATEMENT EXECUTE FUNCTION verrekening_alleen_toevoegen()"
        )
    )
    # Not UPDATE from the owner too: PostgreSQL wants that right to lock the row a foreign key points to.
    verbinding.execute(text(f"REVOKE DELETE, TRUNCATE ON {naam} FROM PUBLIC, CURRENT_USER"))
    verbinding.execute(text(f"REVOKE UPDATE ON {naam} FROM PUBLIC"))
