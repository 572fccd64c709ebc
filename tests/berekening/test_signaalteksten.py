"""What the signals of chapter S say besides their amount."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import hulp


def _teksten(map_: Path, code: str, maand: str, **dossier: Any) -> list[str]:
    records = [hulp.opgave("2026-07", LnLbPh="400.00", DatEind="2026-07-31")]
    persoon = hulp.persoon(vrijlating={"n": {"toestemming": False}})
    velden: dict[str, Any] = {"personen": [persoon]} | dossier
    zaak = hulp.dossier(**velden)
    _, _, signalen = hulp.rijen(hulp.draai_op(map_, [zaak], records, maand))
    return [s["tekst"] for s in signalen if s["code"] == code]


@pytest.mark.parametrize(
    ("betaalmaand", "reserve"), [("2026-08", "€ 121,15"), ("2026-10", "€ 121,15"), ("2026-11", "€ 0,00")]
)
def test_what_is_left_at_the_end_names_the_reserve_not_yet_paid(tmp_path: Path, betaalmaand: str, reserve: str) -> None:
    """June 70.08 and July 51.07, until three months after the end (Pw art. 45 lid 1); May was paid in June."""
    boekingen = {"2026-05": 133142, "2026-06": 133142, "2026-07": 134849}
    (tekst,) = _teksten(
        tmp_path,
        "RESTANT_BIJ_EINDE",
        betaalmaand,
        begindatum="2026-05-01",
        einddatum="2026-07-31",
        betalingen=[hulp.boeking(maand, cent) for maand, cent in boekingen.items()],
    )
    assert "€ 378,18" in tekst
    assert tekst.endswith(f"De reservering die nog niet is betaald, is {reserve}.")


@pytest.mark.parametrize("aflossing", [True, False])
def test_a_shortage_with_an_instalment_names_the_beslagvrije_voet(tmp_path: Path, aflossing: bool) -> None:
    """Rule S10; without an instalment there is nothing to say about it."""
    (tekst,) = _teksten(
        tmp_path,
        "ONDER_BESTAANSMINIMUM",
        "2026-08",
        begindatum="2026-07-01",
        betalingen=[hulp.boeking("2026-07", 134849)],
        aflossingen=[{"maand": "2026-08", "bedrag_cent": 1, "vordering": "V-1"}] if aflossing else [],
    )
    assert ("beslagvrije voet" in tekst) == aflossing
