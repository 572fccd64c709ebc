"""Instalments go to the claims in the order of the list (rule S9)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import hulp

from verrekening.berekening import Spoor
from verrekening.uitleg import zaak


@pytest.mark.parametrize(
    ("gegeven", "verwacht"),
    [([3500, 2000], [3500, 2000]), ([134000, 2000], [134000, 849]), ([134849, 2000, 1], [134849, 0, 0])],
)
def test_each_claim_gets_its_instalment_until_the_payment_is_used(
    tmp_path: Path, gegeven: list[int], verwacht: list[int]
) -> None:
    """The payment of August is 1348.49; an instalment of another month does not count."""
    dossier = hulp.dossier(
        begindatum="2026-07-01",
        betalingen=[hulp.boeking("2026-07", 134849)],
        aflossingen=[
            {"maand": "2026-07", "bedrag_cent": 999, "vordering": "V-0"},
            *[
                {"maand": "2026-08", "bedrag_cent": cent, "vordering": f"V-{nummer}"}
                for nummer, cent in enumerate(gegeven, 1)
            ],
        ],
    )
    spoor = Spoor(aan=True)
    resultaat = hulp.draai_op(tmp_path, [dossier], [], "2026-08", spoor=spoor)
    assert resultaat.uitkomst.betaling.aflossingen.afgelost.tolist() == verwacht
    uitleg = zaak(resultaat, spoor, volledig=True)
    regels = [regel for regel in uitleg["regels"] if regel["naam"] == "afgelost"]
    assert [(regel["vordering"], regel["bedrag_cent"]) for regel in regels] == [
        (f"V-{nummer}", cent) for nummer, cent in enumerate(verwacht, 1)
    ]
    assert uitleg["betaling"]["aflossing_cent"] == sum(verwacht)
