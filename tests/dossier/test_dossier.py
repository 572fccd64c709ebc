"""Dossiers in: columns for what is right, a precise row for what is not, the same by both ways of reading."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import hulp
from tests.strategieen import BSNS, dossier

from verrekening.dossier import Dossiers, lees, lezen
from verrekening.dossier.tabellen import TABELLEN
from verrekening.maand import OPEN, lees_datum, lees_maand, lees_moment


def _schrijf(pad: Path, *regels: Any) -> Path:
    pad.write_text(
        "".join((een if isinstance(een, str) else json.dumps(een)) + "\n" for een in regels), encoding="utf-8"
    )
    return pad


def _gelijk(links: Dossiers, rechts: Dossiers) -> None:
    for naam in TABELLEN:
        een, twee = getattr(links, naam), getattr(rechts, naam)
        assert een.keys() == twee.keys()
        for kolom in een:
            assert een[kolom].tolist() == twee[kolom].tolist(), f"{naam}.{kolom}"


def test_what_is_left_out_has_the_defaults_of_the_contract(tmp_path: Path) -> None:
    """Open ends, no consent known, everything else empty, right to assistance."""
    zaken = lees(
        [
            _schrijf(
                tmp_path / "d.jsonl",
                hulp.dossier(personen=[{"bsn": hulp.BSN, "rol": "aanvrager", "geboortedatum": "1990-05-01"}]),
            )
        ]
    )
    assert (zaken.gelezen, zaken.geweigerd, zaken.afkeuringen) == (1, 0, ())
    h, p = zaken.huishoudens, zaken.personen
    assert (h["begin"].tolist(), h["eind"].tolist(), h["uitgesloten"].tolist()) == (
        [lees_datum("2026-01-01")],
        [OPEN],
        [""],
    )
    assert (p["van"].tolist(), p["tot"].tolist(), p["rechthebbend"].tolist()) == ([-OPEN], [OPEN], [True])
    assert [p[f"{naam}_toestemming"].tolist() for naam in ("n", "r", "aa", "a34")] == [[-1]] * 4
    assert [p[f"{naam}_eerste_maand"].tolist() for naam in ("r", "z")] == [[OPEN]] * 2
    assert all(
        len(getattr(zaken, naam)["huishouden"]) == 0 for naam in ("betalingen", "correcties", "giften", "besluiten")
    )


def test_every_list_of_the_contract_becomes_rows_of_the_household(tmp_path: Path) -> None:
    """The full example of the contract, with a decision of a human and its moment."""
    zaak = hulp.dossier(
        einddatum="2026-12-31",
        uitgesloten="op verzoek",
        personen=[hulp.persoon(medisch_urenbeperkt=[{"van": "2026-03", "tot": None}], loonkostensubsidie=[{"van": "2026-03", "lhnr": hulp.LHNR, "numiv": 1}],
                               vrijlating={"n": {"toestemming": True, "vanaf": "2026-02", "gebruikte_maanden": ["2026-01"]}, "r": {"toestemming": False}})],
        betalingen=[hulp.boeking("2026-07", 134849)],
        correcties=[{"rechtmaand": "2026-06", "betaalmaand": "2026-07", "verrekend_cent": 1000, "nabetaald_cent": 0}],
        teruggevorderd=[{"rechtmaand": "2026-01", "bedrag_cent": 5000, "besluit_op": "2026-06-01", "vordering": "V-2"}],
        overige_inkomsten=[{"bsn": hulp.BSN, "soort": "alimentatie", "maand": "2026-07", "bedrag_cent": 10000, "ontvangen_op": "2026-07-01", "vakantietoeslag": False}],
        schattingen=[{"bsn": hulp.BSN, "maand": "2026-08", "netto_cent": 30000}],
        giften=[{"datum": "2026-02-03", "bedrag_cent": 20000, "soort": "geld", "bsn": hulp.BSN, "besluit": "vrijgelaten", "besluit_op": "2026-02-05"}],
        maatregelen=[{"maand": "2026-08", "bedrag_cent": 5000}],
        aflossingen=[{"maand": "2026-08", "bedrag_cent": 3500, "vordering": "V-1"}],
        bufferbudget=[{"maand": "2027-02", "bedrag_cent": 20000, "soort": "betaling", "op": "2027-02-01"}],
        besluiten=[{"code": "BIJZONDERE_BELONING", "maand": "2026-07", "bsn": hulp.BSN, "lhnr": hulp.LHNR, "numiv": 1, "netto_cent": 61000,
                    "op": "2026-08-10T09:00:00+02:00", "door": "consulent", "reden": "loonstrook gezien"}],
    )  # fmt: skip
    zaken = lees([_schrijf(tmp_path / "d.jsonl", zaak)])
    assert zaken.afkeuringen == ()
    assert zaken.n_gebruikt["maand"].tolist() == [lees_maand("2026-01")]
    assert zaken.lks["lhnr"].tolist() == [123456001]
    assert zaken.schattingen["vakantietoeslag"].tolist() == [True]
    assert zaken.correcties["betaalmaand"].tolist() == [lees_maand("2026-07")]
    assert zaken.besluiten["op"].tolist() == [lees_moment("2026-08-10T07:00:00Z")]
    assert (zaken.besluiten["lhnr"].tolist(), zaken.besluiten["netto"].tolist()) == ([123456001], [61000])


@settings(max_examples=15)
@given(
    st.lists(st.integers(0, 40), unique=True, min_size=1, max_size=8).flatmap(
        lambda nummers: st.tuples(*[dossier(n) for n in nummers])
    )
)
def test_the_fast_and_the_careful_way_give_the_same_columns(tmp_path_factory, zaken) -> None:
    """Arrow and pydantic read the same; the order of the lines does not matter."""
    map_ = tmp_path_factory.mktemp("d")
    pad = _schrijf(map_ / "d.jsonl", *zaken)
    snel, zorgvuldig = lees([pad]), lezen._lees([pad], None, altijd_zorgvuldig=True)
    assert snel.afkeuringen == zorgvuldig.afkeuringen == ()
    _gelijk(snel, zorgvuldig)
    andersom = lees([_schrijf(map_ / "e.jsonl", *zaken[::-1])])
    for naam in ("personen", "betalingen", "situatie"):
        for kolom, waarden in getattr(snel, naam).items():
            assert waarden.tolist() == getattr(andersom, naam)[kolom].tolist()


def test_one_bad_line_does_not_change_how_the_others_are_read(tmp_path: Path) -> None:
    """The piece that Arrow refuses is read line by line: same columns, one row for the bad line."""
    goed = [
        hulp.dossier(f"D-{n}", personen=[hulp.persoon(bsn=BSNS[n])], betalingen=[hulp.boeking("2026-07", n)])
        for n in range(5)
    ]
    alleen = lees([_schrijf(tmp_path / "a.jsonl", *goed)])
    samen = lees([_schrijf(tmp_path / "b.jsonl", *goed[:2], "{kapot", *goed[2:])])
    assert [een.plaats for een in samen.afkeuringen] == ["regel 3"]
    assert samen.huishoudens["dossiernummer"].tolist() == alleen.huishoudens["dossiernummer"].tolist()
    _gelijk(
        alleen, Dossiers(**{**vars(samen), "huishoudens": {**samen.huishoudens, "regel": alleen.huishoudens["regel"]}})
    )


@pytest.mark.parametrize(
    ("velden", "deel"),
    [
        ({"personen": [hulp.persoon(onzin=1)]}, "personen[0].onzin"),
        ({"begindatum": None}, "begindatum"),
        ({"einddatum": "2025-12-31"}, "einddatum"),
        ({"betalingen": [{"rechtmaand": "2026-07", "betaald_op": "2026-07-25", "bedrag_cent": "100"}]}, "bedrag_cent"),
        ({"betalingen": [{"rechtmaand": "2026-07", "betaald_op": "2026-07-25", "bedrag_cent": True}]}, "bedrag_cent"),
        ({"betalingen": [{"rechtmaand": "2026-07", "betaald_op": "2026-07-25", "bedrag_cent": 10**9}]}, "bedrag_cent"),
        ({"maatregelen": [{"maand": "2026-13", "bedrag_cent": 1}]}, "maatregelen[0].maand"),
        ({"maatregelen": [{"maand": "2026-08", "bedrag_cent": -1}]}, "maatregelen[0].bedrag_cent"),
        ({"personen": [hulp.persoon(rechthebbend=False)]}, "niemand recht"),
        ({"personen": [hulp.persoon(rechthebbend=False), hulp.persoon(bsn=hulp.BSN_PARTNER, rol="partner", rechthebbend=False)], "situatie": [{"van": "2020-01", "leefvorm": "gehuwden"}]}, "niemand recht"),
        ({"personen": [hulp.persoon(rechthebbend=False), hulp.persoon(bsn=hulp.BSN_PARTNER, rol="partner")], "situatie": [{"van": "2020-01", "tot": "2026-05", "leefvorm": "gehuwden"}, {"van": "2026-06", "leefvorm": "alleenstaande"}]}, "niemand recht"),
        ({"personen": [hulp.persoon(rol="kind")]}, "personen[0].rol"),
        ({"personen": [hulp.persoon(rol="partner")]}, "aanvrager"),
        ({"personen": [hulp.persoon(), hulp.persoon(bsn=hulp.BSN_PARTNER)]}, "aanvrager"),
        ({"personen": [hulp.persoon(), hulp.persoon(rol="partner")]}, "bsn"),
        ({"situatie": []}, "situatie"),
        ({"schattingen": [{"bsn": hulp.BSN_PARTNER, "maand": "2026-08", "netto_cent": 1}]}, "schattingen[0].bsn"),
        ({"besluiten": [{"code": "ANDERS", "maand": "2026-07", "op": "2026-08-10T09:00:00", "door": "x", "reden": "y"}]}, "besluiten[0].code"),
    ],
)  # fmt: skip
def test_a_wrong_dossier_names_the_key_and_never_the_bsn(tmp_path: Path, velden: dict[str, Any], deel: str) -> None:
    """Line, key, reason and what to do."""
    zaken = lees([_schrijf(tmp_path / "d.jsonl", hulp.dossier(**velden))])
    assert zaken.geweigerd == 1
    tekst = " ".join(f"{een.plaats} {een.reden} {een.wat_te_doen}" for een in zaken.afkeuringen)
    assert deel in tekst
    assert "regel 1" in tekst
    assert hulp.BSN not in tekst
    assert hulp.BSN_PARTNER not in tekst


@pytest.mark.parametrize(
    ("nummer", "geweigerd"),
    [
        ("D", 0),
        ("é" * 100, 0),
        ("a" + " " * 98 + "b", 0),
        ("", 1),
        ("é" * 101, 1),
        ("D-1 ", 1),
        (" D-1", 1),
        ("D\t1", 1),
    ],
)
def test_a_number_has_1_to_100_readable_characters(tmp_path: Path, nummer: str, geweigerd: int) -> None:
    """Characters and not bytes; spaces only inside it."""
    zaken = lees([_schrijf(tmp_path / "d.jsonl", hulp.dossier(nummer))])
    assert zaken.geweigerd == geweigerd
    assert [een.reden[:13] for een in zaken.afkeuringen] == ["dossiernummer"] * geweigerd


def test_one_of_the_spouses_may_be_without_right(tmp_path: Path) -> None:
    """Either of them (Pw art. 24)."""
    for nummer, (a, p) in enumerate([(True, False), (False, True)]):
        personen = [
            hulp.persoon(rechthebbend=a),
            {"bsn": hulp.BSN_PARTNER, "rol": "partner", "geboortedatum": "1991-01-01", "rechthebbend": p},
        ]
        zaak = hulp.dossier(personen=personen, situatie=[{"van": "2020-01", "leefvorm": "gehuwden"}])
        assert lees([_schrijf(tmp_path / f"d{nummer}.jsonl", zaak)]).geweigerd == 0


def test_a_number_or_a_person_in_two_dossiers_refuses_both(tmp_path: Path) -> None:
    """Nobody is settled twice; one household after the other is fine."""
    a = hulp.dossier("D-1", einddatum="2026-03-31")
    na = hulp.dossier("D-2", begindatum="2026-04-01")
    tegelijk = hulp.dossier("D-3", begindatum="2026-03-31")
    assert lees([_schrijf(tmp_path / "a.jsonl", a, na)]).geweigerd == 0
    assert lees([_schrijf(tmp_path / "b.jsonl", a, tegelijk)]).geweigerd == 2
    assert lees([_schrijf(tmp_path / "c.jsonl", a, a)]).geweigerd == 2


def test_a_file_may_be_gzipped_empty_or_have_a_bom_and_blank_lines(tmp_path: Path) -> None:
    """What systems really deliver."""
    regel = json.dumps(hulp.dossier())
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf\n" + regel.encode() + b"\n\n")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(regel.encode()))
    (tmp_path / "c.jsonl").write_bytes(b"")
    aantallen = [
        (lees([tmp_path / naam]).gelezen, len(lees([tmp_path / naam]).huishoudens["begin"]))
        for naam in ("a.jsonl", "b.jsonl.gz", "c.jsonl")
    ]
    assert aantallen == [(1, 1), (1, 1), (0, 0)]


def test_who_is_in_an_institution_may_be_named(tmp_path: Path) -> None:
    """True for everybody, or a list of persons."""
    paar = [hulp.persoon(), {"bsn": hulp.BSN_PARTNER, "rol": "partner", "geboortedatum": "1991-01-01"}]
    situatie = {"van": "2026-01", "leefvorm": "gehuwden"}
    lijst = lees(
        [
            _schrijf(
                tmp_path / "a.jsonl",
                hulp.dossier(personen=paar, situatie=[situatie | {"in_inrichting": [hulp.BSN_PARTNER]}]),
            )
        ]
    )
    allen = lees(
        [_schrijf(tmp_path / "b.jsonl", hulp.dossier(personen=paar, situatie=[situatie | {"in_inrichting": True}]))]
    )
    assert np.array_equal(lijst.situatie_persoon["in_inrichting"], [False, True])
    assert np.array_equal(allen.situatie_persoon["in_inrichting"], [True, True])
