"""Bad input gets a clear answer: where, which household, what is wrong, what to do; everything else goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests import hulp

from verrekening import run
from verrekening.fouten import BeleidGeweigerd, ParameterVerlopen
from verrekening.kolommen import Afkeuring
from verrekening.run import Resultaat

GOED = hulp.dossier("D-goed", begindatum="2026-07-01", betalingen=[hulp.boeking("2026-07", 134849)])
ANDER = "999996769"
LOON = hulp.opgave("2026-07", LnLbPh="700.00", OpgRchtVakBsl="56.00")


def _besluit(code: str) -> dict[str, Any]:
    """A decision that says too little."""
    return {"code": code, "maand": "2026-07", "op": "2026-08-01T09:00:00+02:00", "door": "consulent", "reden": "gezien"}


def _draai(map_: Path, dossiers: list[dict[str, Any]], records: list[dict[str, Any]], **anders: Any) -> Resultaat:
    resultaat = hulp.draai_op(map_, dossiers, records, anders.pop("maand", "2026-08"), **anders)
    _goed_huishouden_gaat_door(resultaat)
    return resultaat


def _goed_huishouden_gaat_door(resultaat: Resultaat) -> None:
    _, betalingen, _ = hulp.rijen(resultaat)
    assert betalingen["D-goed"]["te_betalen_cent"] == 79919


def _een(resultaat: Resultaat) -> Afkeuring:
    (afkeuring,) = resultaat.afkeuringen
    assert afkeuring.bestand
    assert afkeuring.plaats
    assert afkeuring.wat_te_doen
    return afkeuring


def test_broken_xml_costs_only_itself(tmp_path: Path) -> None:
    """A truncated message is one row; the other messages are used and the counts add up."""
    polis = hulp.schrijf_polis(tmp_path / "polis", [LOON | {"LhNr": "800007207L01", "LnLbPh": "1.00"}])
    tekst = (polis / "bericht-0000.xml").read_text(encoding="utf-8")
    (polis / "kapot.xml").write_text(tekst[: tekst.index("<Werknemersgegevens>")], encoding="utf-8")
    (polis / "bericht-0000.xml").unlink()
    afkeuring = _een(_draai(tmp_path, [GOED], [LOON]))
    assert afkeuring.bestand == "kapot.xml"
    assert "afgekapt" in afkeuring.reden


def test_a_wrong_amount_refuses_the_record_and_stops_its_household(tmp_path: Path) -> None:
    """Unknown is not zero: the record is refused with its XML path, the household is not settled as without wage."""
    fout = hulp.opgave("2026-07", BSN=ANDER, LhNr="800007207L01", LnLbPh="12,3x")
    ander = hulp.dossier(
        "D-ander",
        begindatum="2026-07-01",
        personen=[hulp.persoon(bsn=ANDER)],
        betalingen=[hulp.boeking("2026-07", 134849)],
    )
    resultaat = _draai(tmp_path, [GOED, ander], [LOON, fout])
    afkeuring = _een(resultaat)
    assert afkeuring.plaats.endswith("/InkomstenverhoudingInitieel[1]/Werknemersgegevens/LnLbPh")
    _, betalingen, signalen = hulp.rijen(resultaat)
    stops = {(s["dossiernummer"], s["code"], s["maand"]) for s in signalen if s["gewicht"] == "stop"}
    assert stops == {("D-ander", "GEGEVEN_ONTBREEKT", "2026-07")}
    assert betalingen["D-ander"]["verrekend_met_uitkering_cent"] == 0


def test_a_later_good_version_takes_that_stop_away(tmp_path: Path) -> None:
    """Once the record was delivered well, the refused version stops nobody."""
    fout = LOON | {"LnLbPh": "7OO.00", "moment": "2026-07-20T08:00:00"}
    resultaat = _draai(tmp_path, [GOED], [fout, LOON])
    assert len(resultaat.afkeuringen) == 1


def test_an_unknown_income_code_stops_the_household_and_refuses_nothing(tmp_path: Path) -> None:
    """A code outside the list is a signal, not a refusal."""
    ander = hulp.dossier(
        "D-ander",
        begindatum="2026-07-01",
        personen=[hulp.persoon(bsn=ANDER)],
        betalingen=[hulp.boeking("2026-07", 134849)],
    )
    resultaat = _draai(tmp_path, [GOED, ander], [LOON, hulp.opgave("2026-07", BSN=ANDER, SrtIV="99", LnLbPh="10.00")])
    assert not resultaat.afkeuringen
    _, _, signalen = hulp.rijen(resultaat)
    assert [s["code"] for s in signalen if s["gewicht"] == "stop"] == ["ONBEKENDE_INKOMENSCODE"]


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        ({"onbekend": 1}, "onbekend"),
        ({"personen": [hulp.persoon(bsn="123456789")]}, "geen BSN"),
        (
            {
                "situatie": [
                    {"van": "2026-01", "tot": "2026-08", "leefvorm": "alleenstaande"},
                    {"van": "2026-08", "leefvorm": "alleenstaande"},
                ]
            },
            "overlap",
        ),
        ({"situatie": [{"van": "2026-01", "tot": "2026-07", "leefvorm": "alleenstaande"}]}, "situatie"),
        ({"situatie": [{"van": "2026-01", "leefvorm": "gehuwden"}]}, "partner"),
        ({"betalingen": [{"rechtmaand": "2026-07", "betaald_op": "2026-07-25", "bedrag_cent": 1.5}]}, "bedrag_cent"),
        ({"betalingen": [hulp.boeking("2026-07", -1)]}, "negatief"),
        ({"begindatum": "2026-02-30"}, "datum"),
        (
            {"giften": [{"datum": "2026-07-01", "bedrag_cent": 100, "soort": "geld", "besluit": "meetellen"}]},
            "besluit_op",
        ),
        (
            {"overige_inkomsten": [{"bsn": ANDER, "soort": "alimentatie", "maand": "2026-07", "bedrag_cent": -1}]},
            "bedrag_cent",
        ),
        ({"gemeentecode": "0363"}, "gemeentecode"),
        ({"besluiten": [_besluit("DGA")]}, "noemt bsn, lhnr en numiv"),
        ({"besluiten": [_besluit("BETALING_ONBEKEND")]}, "sluit u niet met een besluit"),
    ],
)
def test_a_wrong_dossier_is_refused_with_line_and_reason_and_the_others_go_on(
    tmp_path: Path, anders: dict[str, Any], reden: str
) -> None:
    """One row: file, line, dossiernummer, reason, what to do; never a BSN."""
    fout = hulp.dossier("D-fout", **({"personen": [hulp.persoon(bsn=ANDER)]} | anders))
    resultaat = _draai(tmp_path, [GOED, fout], [LOON])
    afkeuring = resultaat.afkeuringen[0]
    assert afkeuring.dossiernummer == "D-fout"
    assert "regel 2" in afkeuring.plaats
    assert reden in f"{afkeuring.reden} {afkeuring.plaats}"
    assert afkeuring.wat_te_doen
    assert resultaat.bekend.geteld == {"gelezen": 2, "aangenomen": 1, "geweigerd": 1}


def test_a_payment_month_past_the_checked_amounts_is_refused_as_a_whole(tmp_path: Path) -> None:
    """Exit 3, naming parameter and month; nothing is read or written."""
    with pytest.raises(ParameterVerlopen, match=r"norm_.*2027-02") as fout:
        hulp.draai_op(tmp_path, [GOED], [LOON], "2027-02")
    assert fout.value.exitcode == 3


@pytest.mark.parametrize(
    ("beleid", "reden"),
    [
        ({"methode": "anders"}, "methode"),
        ({"onbekend": 1}, "onbekend"),
        ({"signalen": {"DGA": "mens"}}, "DGA"),
    ],
)
def test_a_wrong_policy_refuses_the_run(tmp_path: Path, beleid: dict[str, Any], reden: str) -> None:
    """The key and what is allowed; exit 3."""
    with pytest.raises(BeleidGeweigerd, match=reden):
        hulp.draai_op(tmp_path, [GOED], [LOON], "2026-08", beleid=beleid)


def test_no_bsn_is_written_anywhere(tmp_path: Path) -> None:
    """Not in an output, a refusal or a file name, also when the input has one in its names and texts."""
    (tmp_path / "in").mkdir()
    polis = hulp.schrijf_polis(tmp_path / "in" / "polis", [LOON, hulp.opgave("2026-07", BSN=ANDER, LnLbPh="x")])
    (polis / f"levering-{hulp.BSN}.xml").write_text("<kapot", encoding="utf-8")
    zaken = [
        GOED,
        hulp.dossier("D-2", personen=[hulp.persoon(bsn=ANDER)], uitgesloten=f"zie {ANDER}"),
        hulp.dossier(f"D-{ANDER}", onbekend=ANDER),
    ]
    resultaat = hulp.draai_op(tmp_path / "in", zaken, [], "2026-08")
    controle = run.schrijf(resultaat, tmp_path / "uit").controle
    assert controle["opgaven"]["telt_op"]
    bestanden = list((tmp_path / "uit").iterdir())
    assert len(bestanden) == 8
    for bestand in bestanden:
        inhoud = bestand.read_bytes()
        if bestand.suffix == ".parquet":
            inhoud = str(pq.read_table(bestand).to_pylist()).encode()
        for bsn in (hulp.BSN, ANDER):
            assert bsn.encode() not in inhoud, bestand.name
    assert json.loads((tmp_path / "uit" / "controle.json").read_text(encoding="utf-8"))["geldidentiteit"]["klopt"]
