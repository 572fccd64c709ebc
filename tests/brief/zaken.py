"""Ten worked households for the statement and the page: what a resident can meet."""

from __future__ import annotations

from typing import Any

from tests import hulp

_LOON = {"LnLbPh": "700.00", "OpgRchtVakBsl": "56.00"}
_WW = {"SrtIV": "33", "CdZvw": "M", "LhNr": "800007207L01", "LnLbPh": "600.00", "IngLbPh": "60.00", "BijdrZvw": "29.10"}
_PARTNER = {"bsn": hulp.BSN_PARTNER, "rol": "partner", "geboortedatum": "1998-03-01"}


def _een(begin: str = "2026-07-01", **velden: Any) -> dict[str, Any]:
    return hulp.dossier(begindatum=begin, **({"betalingen": [hulp.boeking("2026-07", 134849)]} | velden))


BRIEVEN: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "een-baan": (_een(), [hulp.opgave("2026-07", **_LOON)]),
    "twee-maanden": (
        _een("2026-06-01", betalingen=[hulp.boeking("2026-06", 133142), hulp.boeking("2026-07", 134849)]),
        [hulp.opgave(maand, LnLbPh="500.00", OpgRchtVakBsl="40.00") for maand in ("2026-06", "2026-07")],
    ),
    "gehuwden-twee-inkomens": (
        _een(
            personen=[hulp.persoon(), _PARTNER],
            situatie=[{"van": "2026-01", "leefvorm": "gehuwden"}],
            betalingen=[hulp.boeking("2026-07", 150000)],
        ),
        [hulp.opgave("2026-07", **_LOON), hulp.opgave("2026-07", BSN=hulp.BSN_PARTNER, **_WW)],
    ),
    "nabetaling": (_een(betalingen=[hulp.boeking("2026-07", 60000)]), [hulp.opgave("2026-07", **_LOON)]),
    "weggestreept": (
        _een("2026-06-01", betalingen=[hulp.boeking("2026-06", 60000), hulp.boeking("2026-07", 134849)]),
        [hulp.opgave(maand, **_LOON) for maand in ("2026-06", "2026-07")],
    ),
    "uitkering-loopt-door": (
        _een(betalingen=[hulp.boeking("2026-07", 134849)]),
        [hulp.opgave("2026-07", **_WW)],
    ),
    "aflossing-en-maatregel": (
        _een(
            aflossingen=[{"maand": "2026-08", "bedrag_cent": 3500, "vordering": "V-1"}],
            maatregelen=[{"maand": "2026-08", "bedrag_cent": 10000}],
        ),
        [hulp.opgave("2026-07", LnLbPh="300.00", OpgRchtVakBsl="24.00")],
    ),
    "meer-dan-de-betaling": (
        _een(
            "2026-05-01",
            betalingen=[hulp.boeking(maand, bedrag) for maand, bedrag in (("2026-05", 133142), ("2026-06", 133142), ("2026-07", 134849))],
        ),
        [hulp.opgave(maand, LnLbPh="1100.00", OpgRchtVakBsl="88.00") for maand in ("2026-05", "2026-06", "2026-07")],
    ),
    "inkomen-boven-de-norm": (_een(), [hulp.opgave("2026-07", LnLbPh="1900.00", IngLbPh="80.00", OpgRchtVakBsl="152.00")]),
    "gestopt": (_een(), [hulp.opgave("2026-07", SrtIV="99", LnLbPh="700.00")]),
}  # fmt: skip
"""Name -> dossier and wage records; the payment month is August 2026."""
