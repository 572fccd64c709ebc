"""Runs the worked cases in tests/scenarios/: each states its source and exact cents, computed by hand from the law."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests import hulp

MAP = Path(__file__).parent / "scenarios"


def _gevallen() -> list[Any]:
    gevallen = []
    for bestand in sorted(MAP.glob("*.yaml")):
        lijst = yaml.safe_load(bestand.read_text(encoding="utf-8"))
        gevallen += [pytest.param(geval, id=f"{bestand.stem}: {geval['naam']}") for geval in lijst]
    return gevallen


@pytest.mark.parametrize("geval", _gevallen())
def test_scenario_gives_the_cents_computed_by_hand(geval: dict[str, Any], tmp_path: Path) -> None:
    """Every amount and signal that a scenario names comes out of a real run over real files."""
    assert geval["bron"], "a scenario names its source"
    dossiers = [_dossier(een) for een in geval.get("dossiers", [geval.get("dossier", {})])]
    records = [hulp.opgave(**een) for een in geval.get("opgaven", [])]
    resultaat = hulp.draai_op(
        tmp_path, dossiers, records, geval["betaalmaand"], geval.get("peildatum"), geval.get("beleid")
    )
    assert not resultaat.afkeuringen, [een.reden for een in resultaat.afkeuringen]
    maanden, betalingen, signalen = hulp.rijen(resultaat)
    nummer = dossiers[0]["dossiernummer"]
    verwacht = geval["verwacht"]
    for maand, velden in verwacht.get("maanden", {}).items():
        rij = maanden[nummer, maand]
        assert {veld: rij[veld] for veld in velden} == velden, f"maand {maand}"
    if "betaling" in verwacht:
        velden = verwacht["betaling"]
        assert {veld: betalingen[nummer][veld] for veld in velden} == velden, "betaling"
    if "signalen" in verwacht:
        gevonden = [
            [s["code"], s["gewicht"], s["maand"], s["bedrag_cent"]] for s in signalen if s["dossiernummer"] == nummer
        ]
        assert gevonden == verwacht["signalen"]
    for maand in verwacht.get("geen_maanden", []):
        assert (nummer, maand) not in maanden


def _dossier(velden: dict[str, Any]) -> dict[str, Any]:
    """A dossier from its short form: ``boekingen: {maand: cent}`` and ``persoon: {…}`` stand for the long one."""
    velden = dict(velden)
    kort: dict[str, Any] = {}
    if "boekingen" in velden:
        kort["betalingen"] = [hulp.boeking(maand, cent) for maand, cent in velden.pop("boekingen").items()]
    if "personen" in velden:
        velden["personen"] = [
            hulp.persoon(**een) if een.get("rol", "aanvrager") == "aanvrager" else {"bsn": hulp.BSN_PARTNER} | een
            for een in velden["personen"]
        ]
    if "persoon" in velden:
        kort["personen"] = [hulp.persoon(**velden.pop("persoon"))]
    return hulp.dossier(**(kort | velden))
