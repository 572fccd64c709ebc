"""The worked cases of tests/scenarios/: read from YAML, and run over real files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from tests import hulp

from verrekening.beleid import Beleid, lees_beleid
from verrekening.feiten import Bekend, Opdracht
from verrekening.feiten import lees as lees_feiten
from verrekening.parameters import Parameters
from verrekening.run import Resultaat, parameters_voor, reken

ROOT = Path(__file__).parents[1]
MAP = ROOT / "tests" / "scenarios"
GEMEENTEN = ROOT / "fixtures" / "gemeenten"


def lees(bestanden: str = "*") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case with its name (file and case), in order; of all files, or of those with this name."""
    for bestand in sorted(MAP.glob(f"{bestanden}.yaml")):
        for geval in yaml.load(bestand.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):  # as safe, and faster
            yield f"{bestand.stem}: {geval['naam']}", geval


@dataclass(frozen=True)
class Gelezen:
    """A case of which everything is read; computing it reads nothing more.

    Attributes:
        naam: file and case.
        geval: as in the YAML file.
        nummer: the dossier number it is about.
        opdracht, beleid, parameters, bekend: what a run computes from.
    """

    naam: str
    geval: dict[str, Any]
    nummer: str
    opdracht: Opdracht
    beleid: Beleid
    parameters: Parameters
    bekend: Bekend

    def reken(self) -> Resultaat:
        """Computes the case."""
        return reken(self.opdracht, self.beleid, self.parameters, self.bekend, self.bekend.blok(0))

    def toets(self, resultaat: Resultaat) -> None:
        """Every amount and signal that the case names came out. Raises AssertionError."""
        toets(self.geval, self.nummer, resultaat)


def lees_alle(bestanden: str = "*") -> Iterator[Gelezen]:
    """Every case, read over real files."""
    for naam, geval in lees(bestanden):
        with tempfile.TemporaryDirectory() as map_:
            yield lees_in(naam, geval, Path(map_))


def lees_in(naam: str, geval: dict[str, Any], map_: Path) -> Gelezen:
    """Writes the files of a case and reads them."""
    nummer, opdracht = _opdracht(geval, map_)
    beleid = lees_beleid(opdracht.beleid)
    parameters = parameters_voor(beleid, opdracht.betaalmaand)
    bekend = lees_feiten(opdracht, beleid, None, lambda _: None)
    return Gelezen(naam, geval, nummer, opdracht, beleid, parameters, bekend)


def draai(geval: dict[str, Any], map_: Path) -> tuple[str, Resultaat]:
    """Runs a case; the dossier number it is about, and the result."""
    gelezen = lees_in("", geval, map_)
    return gelezen.nummer, gelezen.reken()


def _opdracht(geval: dict[str, Any], map_: Path) -> tuple[str, Opdracht]:
    """The files of a case, and the dossier number it is about.

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
    opdracht = hulp.opdracht_op(map_, dossiers, records, geval["betaalmaand"], geval.get("peildatum"), beleid)
    return dossiers[0]["dossiernummer"], opdracht


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
