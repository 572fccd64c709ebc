"""A population for tests: groups of equal households in an administration, so that every figure can be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente

from verrekening.voorbeeld import loting

BSNS = [f"{int(bsn):09d}" for bsn in loting.bsns(loting.stroom(7, "bevolking"), 600)]
"""Fictitious numbers."""


def gemeente(map_: Path) -> Gemeente:
    """An administration that is not there yet."""
    return Gemeente(map_, str(map_ / "administratie.db"))


def huishouden(nummer: int, boekingen: Mapping[str, int] | None = None, **velden: Any) -> dict[str, Any]:
    """A single person of 36 on assistance since July 2026, booked at the full norm over July."""
    bsn = BSNS[nummer]
    geboekt = [hulp.boeking(maand, cent) for maand, cent in (boekingen or {"2026-07": NETTO}).items()]
    basis: dict[str, Any] = {"begindatum": "2026-07-01", "betalingen": geboekt, "personen": [hulp.persoon(bsn=bsn)]}
    return hulp.dossier(f"D-{nummer:04d}", **(basis | velden))


def loon(nummers: Iterable[int], maand: str, bedrag: str = "700.00", **velden: Any) -> list[dict[str, Any]]:
    """A wage record over a month for each of these households."""
    return [
        hulp.opgave(maand, BSN=BSNS[nr], NumIV=nr + 1, LnLbPh=bedrag, OpgRchtVakBsl="56.00", **velden) for nr in nummers
    ]
