"""The worked cases of tests/scenarios/: read from YAML, and run over real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from tests import hulp

from verrekening.run import Resultaat

ROOT = Path(__file__).parents[1]
MAP = ROOT / "tests" / "scenarios"
GEMEENTEN = ROOT / "fixtures" / "gemeenten"


def lees() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case with its name (file and case), in order."""
    for bestand in sorted(MAP.glob("*.yaml")):
        for geval in yaml.safe_load(bestand.read_text(encoding="utf-8")):
            yield f"{bestand.stem}: {geval['naam']}", geval


def draai(geval: dict[str, Any], map_: Path) -> tuple[str, Resultaat]:
    """Runs a case; the dossier number it is about, and the result.

    ``beleid`` is settings, or the name of a municipality in fixtures/gemeenten (the dossiers are then its).
    """
    beleid = geval.get("beleid")
    code: dict[str, Any] = {}
    if isinstance(beleid, str):
        beleid = yaml.safe_load((GEMEENTEN / f"{beleid}.yaml").read_text(encoding="utf-8"))
        code = {"gemeentecode": beleid["gemeentecode"]}
    dossiers = [_dossier(code | een) for een in geval.get("dossiers", [geval.get("dossier", {})])]
    formaat = {"formaat": geval.get("formaat", "loonaangifte")}
    records = [hulp.opgave(**(formaat | een)) for een in geval.get("opgaven", [])]
    uit = hulp.draai_op(map_, dossiers, records, geval["betaalmaand"], geval.get("peildatum"), beleid)
    return dossiers[0]["dossiernummer"], uit


def toets(geval: dict[str, Any], nummer: str, resultaat: Resultaat) -> None:
    """Every amount and signal that the case names came out. Raises AssertionError."""
    assert geval["bron"], "a scenario names its source"
    assert not resultaat.afkeuringen, [een.reden for een in resultaat.afkeuringen]
    maanden, betalingen, signalen = hulp.rijen(resultaat)
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
    for code, stuk in verwacht.get("teksten", {}).items():
        assert any(s["code"] == code and stuk in s["tekst"] for s in signalen), code
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
