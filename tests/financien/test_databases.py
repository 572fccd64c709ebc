"""The books and a payment file give the same on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak
from tests.financien.boekhouding import alles_klopt, sluit, verbinding

from verrekening import administratie, uitvoer
from verrekening.cli import voer_uit

TE_VEEL = 54930  # worked month 1


def test_a_payment_that_never_came_is_known_to_the_next_run(waar: str, tmp_path: Path) -> None:
    """Decided, not paid, kept once, turned back, and settled again from what was really paid."""
    gemeente = Gemeente(tmp_path, waar)
    gemeente.lever([loon("2026-07", "700.00")])
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    (tmp_path / "b.csv").write_text("dossiernummer;bedrag\n", encoding="utf-8")
    opdracht = ["aansluiting", "--administratie", waar, "--maand", "2026-08", "--betaald", str(tmp_path / "b.csv")]
    opdracht += ["--bekend-op", "2026-08-28", "--uit"]
    assert voer_uit([*opdracht, str(tmp_path / "af1")]) == 5
    assert voer_uit([*opdracht, str(tmp_path / "af2")]) == 5
    _, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-09")
    assert (uit.maand("2026-07")["betaald_cent"], uit.maand("2026-08")["betaald_cent"]) == (NETTO, 0)
    assert uit.betaling()["verrekend_met_nabetaling_cent"] == TE_VEEL
    alles_klopt(waar, "2026-09")
    assert sluit(waar, "2026-09").klopt
    with verbinding(waar) as db:
        verslag = administratie.controleer(db, uitvoer.vingerafdruk)
    assert (verslag.bevindingen, verslag.geteld["boekingen"]) == ((), 3)
