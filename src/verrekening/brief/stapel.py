"""Statements of a whole run: one for every household whose payment changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from verrekening import uitvoer
from verrekening.brief.afzender import Afzender
from verrekening.brief.inhoud import Brief, maak
from verrekening.brief.opmaak import als_html, als_pdf
from verrekening.fouten import InvoerGeweigerd

_BIJZONDER = (
    "verwacht_inkomen_cent",
    "maatregel_cent",
    "verrekend_met_uitkering_cent",
    "verrekend_met_nabetaling_cent",
    "nabetaling_cent",
    "aflossing_cent",
    "bufferbudget_cent",
)
"""Amounts that make a payment differ from the plain one."""


@dataclass(frozen=True)
class Stapel:
    """The rows of one run, ready for letters: payments, months and signals as tables."""

    betalingen: pa.Table
    maanden: pa.Table
    signalen: pa.Table

    def brieven(self, afzender: Afzender) -> Iterator[Brief]:
        """One statement per payment, in the order of the run."""
        maanden, signalen = _per_dossier(self.maanden), _per_dossier(self.signalen)
        for betaling in self.betalingen.to_pylist():
            nummer = betaling["dossiernummer"]
            yield maak(
                nummer, betaling["betaalmaand"], betaling, maanden.get(nummer, []), signalen.get(nummer, []), afzender
            )


def lees_stapel(map_: Path, vorig: Path | None = None) -> Stapel:
    """Reads the outputs of a batch, and keeps the households whose payment changed.

    Args:
        map_: output folder of the run.
        vorig: output folder of the run before it. Changed is then: another amount to pay, no payment then, or a
            line over an earlier month. Without it: anything that differs from the plain norm.

    Raises:
        InvoerGeweigerd: a folder is not one of a run.
    """
    betalingen = _lees(map_, "betaalvoorstel.parquet")
    raak = pc.not_equal(_som(betalingen, _BIJZONDER), 0)
    if vorig is not None:
        toen = _lees(vorig, "betaalvoorstel.parquet").select(["dossiernummer", "te_betalen_cent"])
        zelfde = dict(zip(toen["dossiernummer"].to_pylist(), toen["te_betalen_cent"].to_pylist(), strict=True))
        anders = [
            zelfde.get(nummer) != bedrag
            for nummer, bedrag in zip(
                betalingen["dossiernummer"].to_pylist(), betalingen["te_betalen_cent"].to_pylist(), strict=True
            )
        ]
        over_eerder = _som(
            betalingen, ("verrekend_met_uitkering_cent", "verrekend_met_nabetaling_cent", "nabetaling_cent")
        )
        raak = pc.or_(pa.array(anders, pa.bool_()), pc.not_equal(over_eerder, 0))
    betalingen = betalingen.filter(raak)
    wie = betalingen["dossiernummer"].combine_chunks()

    def van_hen(tabel: pa.Table) -> pa.Table:
        return tabel.filter(pc.is_in(tabel["dossiernummer"], value_set=wie))

    return Stapel(betalingen, van_hen(_lees(map_, "maanden.parquet")), van_hen(_lees(map_, "signalen.parquet")))


def schrijf_stapel(
    stapel: Stapel, afzender: Afzender, datum: str, doel: Path, *, html: bool, voortgang: Callable[[int], None]
) -> int:
    """Writes a PDF (and a page) per household to a new folder, with a list of them; returns how many.

    Args:
        stapel: the rows.
        afzender: the municipality.
        datum: date of the letters in words.
        doel: a new or empty folder; it appears complete or not at all.
        html: also a page beside every PDF.
        voortgang: told how many are done.
    """
    rijen: list[Mapping[str, Any]] = []
    with uitvoer.hele_map(doel) as map_:
        for brief in stapel.brieven(afzender):
            naam = bestandsnaam(brief.dossiernummer)
            uitvoer.schrijf_bytes(als_pdf(brief, datum), map_ / f"{naam}.pdf")
            if html:
                uitvoer.schrijf_bytes(als_html(brief, datum).encode(), map_ / f"{naam}.html")
            rijen.append(
                {
                    "dossiernummer": brief.dossiernummer,
                    "bestand": f"{naam}.pdf",
                    "te_betalen_cent": brief.te_betalen_cent,
                }
            )
            voortgang(len(rijen))
        schema = pa.schema({"dossiernummer": pa.string(), "bestand": pa.string(), "te_betalen_cent": pa.int64()})
        uitvoer.schrijf_csv(pa.Table.from_pylist(rijen, schema), map_ / "brieven.csv")
    return len(rijen)


def bestandsnaam(dossiernummer: str) -> str:
    """A file name of a dossiernummer: letters, digits, ``.``, ``-`` and ``_``."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", dossiernummer).lstrip(".") or "_"


def _lees(map_: Path, naam: str) -> pa.Table:
    try:
        return pq.read_table(map_ / naam)
    except (OSError, pa.ArrowInvalid) as fout:
        raise InvoerGeweigerd(
            f"{map_}: {naam} ontbreekt of is niet te lezen. Geef de uitvoermap van een run van `verrekening batch`."
        ) from fout


def _som(tabel: pa.Table, velden: tuple[str, ...]) -> pa.ChunkedArray:
    """Sum of the absolute amounts, so that plus and minus do not hide each other."""
    som = pc.abs(tabel[velden[0]])
    for veld in velden[1:]:
        som = pc.add(som, pc.abs(tabel[veld]))
    return som


def _per_dossier(tabel: pa.Table) -> dict[str, list[dict[str, Any]]]:
    per: dict[str, list[dict[str, Any]]] = {}
    for rij in tabel.to_pylist():
        per.setdefault(rij["dossiernummer"], []).append(rij)
    return per
