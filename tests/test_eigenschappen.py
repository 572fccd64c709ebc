"""What must hold for every household: batch is case, order does not matter, columns are integers, cents add up."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests import hulp
from tests.strategieen import BETAALMAAND, MAANDEN, beleid, gemeente, jaar_later

from verrekening.berekening import Spoor
from verrekening.geld import Verhouding
from verrekening.maand import lees_maand
from verrekening.polis.versies import tellingen
from verrekening.regels import OPGAVE
from verrekening.run import Resultaat
from verrekening.uitvoer import betaalvoorstel, maanden, signalen

# A municipality per example reaches much at once; shrinking one takes longer than reading it.
WEINIG = settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def _draai(dossiers: list[dict[str, Any]], records: list[dict[str, Any]], **anders: Any) -> Resultaat:
    maand = BETAALMAAND
    if "giftenvrijlating_m" in anders.get("beleid", {}).get("parameters", {}):
        # A policy with its own amounts for 2027: everything a year later.
        dossiers, records, maand = jaar_later(dossiers), jaar_later(records), jaar_later(maand)
        anders |= {naam: jaar_later(anders[naam]) for naam in ("beleid", "peildatum") if naam in anders}
    with tempfile.TemporaryDirectory() as map_:
        resultaat = hulp.draai_op(Path(map_), dossiers, records, maand, **anders)
    assert not resultaat.afkeuringen, [een.reden for een in resultaat.afkeuringen]
    return resultaat


def _tabellen(resultaat: Resultaat) -> tuple[list[dict[str, Any]], ...]:
    uitkomst = resultaat.uitkomst
    return tuple(tabel.to_pylist() for tabel in (betaalvoorstel(uitkomst), maanden(uitkomst), signalen(uitkomst)))


@WEINIG
@given(gemeente(), beleid())
def test_a_household_in_a_batch_is_the_same_household_alone(geval, regels) -> None:
    """Every field, signal and text of a row of the batch equals the case by itself, whatever the policy.

    The batch leaves out what need not be computed; the case alone, with its trace, leaves out nothing.
    """
    dossiers, records = geval
    samen = _tabellen(_draai(dossiers, records, beleid=regels))
    for zaak in dossiers:
        nummer = zaak["dossiernummer"]
        alleen = _tabellen(_draai(dossiers, records, alleen=nummer, beleid=regels, spoor=Spoor(aan=True)))
        for tabel, eigen in zip(samen, alleen, strict=True):
            assert [rij for rij in tabel if rij["dossiernummer"] == nummer] == eigen


@WEINIG
@given(gemeente(), beleid(), st.randoms(use_true_random=False))
def test_the_order_of_dossiers_and_records_does_not_matter(geval, regels, toeval: random.Random) -> None:
    """Shuffled input gives the same tables."""
    dossiers, records = geval
    verwacht = _tabellen(_draai(dossiers, records, beleid=regels))
    toeval.shuffle(dossiers)
    toeval.shuffle(records)
    assert _tabellen(_draai(dossiers, records, beleid=regels)) == verwacht


@WEINIG
@given(gemeente(6), beleid())
def test_columns_give_what_plain_integers_give(geval, regels) -> None:
    """Every rule of every level, computed again row by row on Python integers."""
    spoor = Spoor(aan=True)
    _draai(*geval, spoor=spoor, beleid=regels)
    opgaven = spoor.tabellen["opgaven"]
    maand = lees_maand(BETAALMAAND)
    stappen = [(OPGAVE.op(maand), opgaven.kolommen, len(opgaven))]
    stappen += [(stap.graaf, stap.kolommen, len(stap.rijen)) for stap in spoor.stappen]
    for graaf, kolommen, aantal in stappen:
        gemaakt = {regel.naam for regel in graaf.regels}
        for rij in range(aantal):
            los = graaf.reken({naam: _los(kolom, rij) for naam, kolom in kolommen.items() if naam not in gemaakt})
            for naam in gemaakt:
                assert los[naam] == _los(kolommen[naam], rij), f"{graaf.niveau}.{naam}"


def _los(kolom: Any, rij: int) -> Any:
    """One value of a column as a Python integer or bool; a single value stays as it is."""
    if isinstance(kolom, Verhouding):
        return Verhouding(_los(kolom.teller, rij), kolom.noemer)
    if isinstance(kolom, np.ndarray) and kolom.ndim:
        return kolom[rij].item() if isinstance(kolom[rij], np.generic) else kolom[rij]
    return kolom


@WEINIG
@given(gemeente(), beleid())
def test_every_cent_is_found_back(geval, regels) -> None:
    """The money identity (rule S13), from the written tables; a stop settles nothing and touches nobody else."""
    resultaat = _draai(*geval, beleid=regels)
    betalingen, maandrijen, signaalrijen = _tabellen(resultaat)
    gestopt = {rij["dossiernummer"] for rij in signaalrijen if rij["gewicht"] == "stop"}
    for b in betalingen:
        eigen = [rij for rij in maandrijen if rij["dossiernummer"] == b["dossiernummer"]]
        assert (
            sum(rij["verrekend_cent"] for rij in eigen)
            == b["verrekend_met_uitkering_cent"] + b["verrekend_met_nabetaling_cent"]
        )
        assert sum(rij["nabetaald_cent"] for rij in eigen) == b["nabetaling_cent"] + b["verrekend_met_nabetaling_cent"]
        assert (
            b["te_betalen_cent"]
            == b["verschuldigd_cent"]
            - b["verrekend_met_uitkering_cent"]
            + b["nabetaling_cent"]
            - b["aflossing_cent"]
            + b["bufferbudget_cent"]
        )
        assert min(b.values(), key=lambda x: x if isinstance(x, int) else 0) != -1
        if b["dossiernummer"] in gestopt:
            assert all(rij["verrekend_cent"] == rij["nabetaald_cent"] == 0 for rij in eigen)
        for rij in eigen:
            _controleer_maand(rij, b["dossiernummer"] in gestopt)


def _controleer_maand(rij: Mapping[str, Any], gestopt: bool) -> None:
    delen = (
        "netto_arbeid_cent",
        "netto_uitkeringen_cent",
        "vakantietoeslag_aanspraak_cent",
        "overige_inkomsten_cent",
        "giften_meegeteld_cent",
    )
    assert rij["inkomen_cent"] == sum(rij[naam] for naam in delen) - rij["vrijlating_cent"]
    assert rij["bijstand_cent"] == max(0, rij["norm_cent"] - rij["inkomen_cent"])
    # With the method `op_de_maand` a month that waits for its wage pays nothing yet (rule S4).
    assert rij["netto_uitkering_cent"] in (rij["bijstand_cent"] - rij["reservering_cent"], 0)
    assert 0 <= rij["te_verrekenen_cent"] <= max(rij["verschil_cent"] or 0, 0)
    if rij["betaald_cent"] is None:
        assert rij["verschil_cent"] is None
        assert gestopt
        return
    saldo = rij["betaald_cent"] - rij["verrekend_cent"] + rij["nabetaald_cent"] - rij["verschuldigd_cent"]
    assert rij["open_cent"] == max(0, saldo)
    assert gestopt or saldo >= 0


@WEINIG
@given(gemeente())
def test_no_wage_record_disappears_without_a_count(geval) -> None:
    """Per file: read = used + replaced + withdrawn + not yet known + unknown person + refused."""
    resultaat = _draai(*geval)
    for rij in tellingen(resultaat.levering, resultaat.versies):
        assert rij["gelezen"] == sum(waarde for naam, waarde in rij.items() if naam != "gelezen")


@WEINIG
@given(gemeente(), beleid())
def test_what_becomes_known_later_does_not_change_an_earlier_moment(geval, regels) -> None:
    """A run at the knowledge moment of an old run gives the old answer, whatever was received since."""
    dossiers, records = geval
    toen = "2026-08-01T00:00:00+02:00"
    verwacht = _tabellen(_draai(dossiers, records, peildatum=toen, beleid=regels))
    later = [rij | {"LnLbPh": "999.00", "moment": "2026-09-20T08:00:00"} for rij in records]
    for zaak in dossiers:
        zaak["betalingen"] = [
            *zaak["betalingen"],
            {"rechtmaand": "2026-07", "betaald_op": "2026-09-30", "bedrag_cent": 1},
        ]
    assert _tabellen(_draai(dossiers, [*records, *later], peildatum=toen, beleid=regels)) == verwacht


@WEINIG
@given(st.integers(0, 180000), st.integers(1, 40000), st.sampled_from(["1990-05-01", "2004-01-01"]))
def test_more_wage_never_gives_more_assistance(loon: int, meer: int, geboren: str) -> None:
    """Without a claim to holiday allowance; the tables of art. 11 and 12 jump at their edges, as published."""
    uit = []
    for cent in (loon, loon + meer):
        zaak = hulp.dossier(
            begindatum="2026-09-01",
            personen=[hulp.persoon(geboortedatum=geboren)],
            betalingen=[hulp.boeking("2026-09", 134849)],
        )
        opgave = hulp.opgave("2026-09", LnLbPh=f"{cent // 100}.{cent % 100:02d}")
        maandrijen, _, _ = hulp.rijen(_draai([zaak], [opgave]))
        uit.append(maandrijen["D-1", "2026-09"]["bijstand_cent"])
    assert uit[1] <= uit[0]


@WEINIG
@given(gemeente(), beleid(), st.sampled_from(MAANDEN[:-1]), st.integers(1, 150000))
def test_more_counted_income_never_gives_more_assistance(geval, regels, maand: str, meer: int) -> None:
    """Other income of the aanvrager, with or without right; earlier months stay as they were.

    Later months may change: a month in which the exemption lapses is not used (rule W5).
    """
    dossiers, records = geval
    eerst, _, _ = hulp.rijen(_draai(dossiers, records, beleid=regels))
    for zaak in dossiers:
        bsn = zaak["personen"][0]["bsn"]
        erbij = {"bsn": bsn, "soort": "overig", "maand": maand, "bedrag_cent": meer}
        zaak["overige_inkomsten"] = [*zaak["overige_inkomsten"], erbij]
    dan, _, _ = hulp.rijen(_draai(dossiers, records, beleid=regels))
    for sleutel in eerst.keys() & dan.keys():
        if sleutel[1] == maand:
            for veld in ("bijstand_cent", "netto_uitkering_cent", "verschuldigd_cent"):
                assert dan[sleutel][veld] <= eerst[sleutel][veld], (sleutel, veld)
        elif sleutel[1] < maand:
            assert dan[sleutel]["bijstand_cent"] == eerst[sleutel]["bijstand_cent"]


def test_a_year_at_once_equals_half_a_year_twice(tmp_path: Path) -> None:
    """Months 1–12 in one run, or 1–6 first and then 7–12 with the used months and the settled amounts carried over."""
    boekingen = [hulp.boeking(f"2025-{maand:02d}", 127818 if maand < 7 else 130061) for maand in range(1, 13)]
    records = [
        hulp.opgave(f"2025-{maand:02d}", LnLbPh=f"{300 + 10 * maand}.00", OpgRchtVakBsl="20.00")
        for maand in range(1, 13)
    ]
    heel = hulp.dossier(begindatum="2025-01-01", betalingen=boekingen)
    alles, _, _ = hulp.rijen(_map(tmp_path / "heel", [heel], records, "2026-01"))
    eerste, _, _ = hulp.rijen(_map(tmp_path / "eerste", [heel], records, "2025-07"))
    gebruikt = [maand for (_, maand), rij in eerste.items() if rij["vrijlating_onderdeel"] == "n"]
    assert gebruikt == [f"2025-{maand:02d}" for maand in range(1, 7)]
    verder = hulp.dossier(
        begindatum="2025-01-01",
        betalingen=boekingen[6:],
        personen=[hulp.persoon(vrijlating={"n": {"toestemming": True, "gebruikte_maanden": gebruikt}})],
    )
    tweede, _, _ = hulp.rijen(_map(tmp_path / "tweede", [verder], records, "2026-01"))
    velden = (
        "inkomen_cent",
        "vrijlating_cent",
        "vrijlating_onderdeel",
        "bijstand_cent",
        "verschuldigd_cent",
        "verschil_cent",
    )
    assert len(tweede) == 6
    for sleutel, rij in tweede.items():
        assert {veld: rij[veld] for veld in velden} == {veld: alles[sleutel][veld] for veld in velden}


def _map(map_: Path, dossiers: list[dict[str, Any]], records: list[dict[str, Any]], maand: str) -> Resultaat:
    map_.mkdir()
    return hulp.draai_op(map_, dossiers, records, maand)
