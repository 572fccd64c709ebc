"""A small municipality for the tests of the administration: its files, its runs, and what is in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import sqlalchemy as sa
from tests import hulp

from verrekening import run
from verrekening.administratie import schema, verbinding
from verrekening.maand import lees_maand, lees_moment

NETTO = 134849
"""Net norm of a single person from 2026-07: what a full month is booked at."""


@dataclass
class Gemeente:
    """Files in a folder, and an administration.

    Attributes:
        map: folder of the files.
        waar: the administration.
        leveringen: folders with wage records, in order.
    """

    map: Path
    waar: str
    leveringen: list[Path] = field(default_factory=list)
    _uit: int = 0

    def lever(self, records: Iterable[Mapping[str, Any]]) -> Path:
        """A new delivery of wage records; later runs get all of them."""
        doel = self.map / f"levering-{len(self.leveringen) + 1}"
        self.leveringen.append(hulp.schrijf_polis(doel, records))
        return doel

    def opdracht(self, dossiers: Iterable[Mapping[str, Any]], maand: str, peildatum: str | None = None) -> run.Opdracht:
        """A run over P at K (default: the 15th)."""
        self._uit += 1
        return run.Opdracht(
            betaalmaand=lees_maand(maand),
            peilmoment=lees_moment(peildatum or f"{maand}-15T00:00:00+00:00"),
            dossiers=[hulp.schrijf_dossiers(self.map / "dossiers.jsonl", dossiers)],
            polis=list(self.leveringen),
            beleid=hulp.schrijf_beleid(self.map / "beleid.yaml"),
        )

    def draai(
        self,
        dossiers: Iterable[Mapping[str, Any]],
        maand: str,
        peildatum: str | None = None,
        *,
        proef: bool = False,
    ) -> tuple[run.Besluit, Uitvoer]:
        """The nightly run, and what it wrote."""
        opdracht = self.opdracht(dossiers, maand, peildatum)
        doel = self.map / f"uit-{self._uit}"
        return run.nacht(opdracht, doel, self.waar, proef=proef), Uitvoer(doel)

    def rijen(self, tabel: sa.Table) -> list[dict[str, Any]]:
        """All rows of a table, in order of their key."""
        with verbinding.lezen(self.waar) as db:
            vraag = sa.select(tabel).order_by(*tabel.primary_key)
            return [dict(rij) for rij in db.execute(vraag).mappings()]

    def alles(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything in the database that does not depend on the clock of the machine."""
        klok = {"geboekt_op", "hash", "vorige", "toegepast_op"}
        return {
            tabel.name: [tuple(v for k, v in rij.items() if k not in klok) for rij in self.rijen(tabel)]
            for tabel in schema.TABELLEN
        }


@dataclass(frozen=True)
class Uitvoer:
    """The folder of a run."""

    map: Path

    def betaling(self, nummer: str = "D-1") -> dict[str, Any]:
        """The payment of a household."""
        rijen: list[dict[str, Any]] = pq.read_table(self.map / "betaalvoorstel.parquet").to_pylist()
        return {rij["dossiernummer"]: rij for rij in rijen}[nummer]

    def maand(self, maand: str, nummer: str = "D-1") -> dict[str, Any]:
        """A month of a household."""
        rijen: list[dict[str, Any]] = pq.read_table(self.map / "maanden.parquet").to_pylist()
        return {(rij["dossiernummer"], rij["maand"]): rij for rij in rijen}[nummer, maand]

    def codes(self, nummer: str = "D-1") -> set[tuple[str, str]]:
        """Code and month of the signals of a household."""
        rijen = pq.read_table(self.map / "signalen.parquet").to_pylist()
        return {(rij["code"], rij["maand"]) for rij in rijen if rij["dossiernummer"] == nummer}

    def json(self, naam: str) -> Any:
        """A JSON file of the run."""
        return json.loads((self.map / naam).read_text("utf-8"))

    def inhoud(self) -> dict[str, bytes]:
        """All files."""
        return {pad.name: pad.read_bytes() for pad in self.map.iterdir()}


def zaak(nummer: str = "D-1", bsn: str = hulp.BSN, *boekingen: tuple[str, int], **velden: Any) -> dict[str, Any]:
    """A single person on assistance since July 2026."""
    return hulp.dossier(
        nummer,
        begindatum="2026-07-01",
        personen=[hulp.persoon(bsn=bsn)],
        betalingen=[hulp.boeking(*een) for een in boekingen],
        **velden,
    )


def loon(maand: str, bedrag: str, **velden: Any) -> dict[str, Any]:
    """A wage record that accrues holiday allowance."""
    return hulp.opgave(maand, LnLbPh=bedrag, OpgRchtVakBsl="56.00", **velden)
