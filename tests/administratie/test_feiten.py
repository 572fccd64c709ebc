"""Facts have two dates: a delivery is its content, and what was read later was not known before (N1)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak

from verrekening import administratie, run, uitvoer
from verrekening.administratie import schema, verbinding
from verrekening.fouten import AdministratieGeweigerd

D1 = zaak("D-1", hulp.BSN, ("2026-07", NETTO))
D2 = zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO))
LATER = "2026-08-20T00:00:00+00:00"


@pytest.fixture
def gemeente(tmp_path: Path, waar: str) -> Gemeente:
    """One message with two persons, of whom only the first is in a dossier in the first run."""
    uit = Gemeente(tmp_path, waar)
    uit.lever([loon("2026-07", "700.00"), loon("2026-07", "500.00", BSN=hulp.BSN_PARTNER, NumIV=2)])
    uit.draai([D1], "2026-08")
    return uit


def test_a_person_who_enters_later_is_found_in_a_file_that_was_read_before(gemeente: Gemeente) -> None:
    """The file is read again for him only; nobody else's record is withdrawn by it, and every record counts once."""
    besluit, uit = gemeente.draai([D1, D2], "2026-08", LATER)
    assert (besluit.gewijzigd, besluit.vervangen) == (1, 0)
    assert uit.maand("2026-07", "D-1")["netto_arbeid_cent"] == 69664
    # 500.00 − WGA 2.40
    assert uit.maand("2026-07", "D-2")["netto_arbeid_cent"] == 49760
    opgaven = uit.json("controle.json")["opgaven"]
    assert opgaven["telt_op"] is True
    assert (opgaven["gelezen"], opgaven["gebruikt"], opgaven["onbekende_persoon"]) == (2, 2, 0)
    _, toen = gemeente.draai([D1, D2], "2026-08", proef=True)
    assert toen.json("controle.json")["opgaven"]["onbekende_persoon"] == 1


def test_a_file_under_another_name_is_the_same_file(gemeente: Gemeente) -> None:
    """Delivered again under another name and in another folder: not read again, and nothing changes."""
    for pad in gemeente.leveringen[0].iterdir():
        (gemeente.map / "ander").mkdir(exist_ok=True)
        shutil.copy(pad, gemeente.map / "ander" / f"kopie-van-{pad.name}")
    gemeente.leveringen.append(gemeente.map / "ander")
    besluit, _ = gemeente.draai([D1], "2026-08", LATER)
    assert (besluit.gewijzigd, besluit.boeking) == (0, None)
    assert len(gemeente.rijen(schema.LEVERINGEN)) == 1


def test_what_was_made_early_but_read_late_was_not_known_before(gemeente: Gemeente) -> None:
    """A correction that is dated before the first run, and delivered after it, is no part of its replay."""
    gemeente.lever([loon("2026-07", "900.00", moment="2026-08-01T10:00:00", IdBer="B2")])
    _, nu = gemeente.draai([D1], "2026-08", LATER)
    assert nu.maand("2026-07")["netto_arbeid_cent"] != 69664
    _, toen = gemeente.draai([D1], "2026-08", proef=True)
    assert toen.maand("2026-07")["netto_arbeid_cent"] == 69664


def test_a_dossier_that_changed_is_replayed_as_it_was(gemeente: Gemeente) -> None:
    """The file of today is not read in a replay, and unchanged lines are not kept twice."""
    anders = zaak("D-1", hulp.BSN, ("2026-07", NETTO), maatregelen=[{"maand": "2026-08", "bedrag_cent": 5000}])
    _, nu = gemeente.draai([anders, D2], "2026-08", LATER)
    assert nu.betaling()["maatregel_cent"] == 5000
    besluit, toen = gemeente.draai([anders, D2], "2026-08", proef=True)
    assert (besluit.naspel, toen.betaling()["maatregel_cent"]) == (True, 0)
    with pytest.raises(KeyError):
        toen.betaling("D-2")


def test_before_the_first_reading_nothing_was_known(gemeente: Gemeente) -> None:
    """A moment before everything is refused, not answered with the facts of now."""
    with pytest.raises(AdministratieGeweigerd, match="nog geen dossiers"):
        gemeente.draai([D1], "2026-08", "2026-08-01T00:00:00+00:00", proef=True)


def test_a_broken_file_is_told_each_time_it_is_given_and_read_once(gemeente: Gemeente) -> None:
    """Its refusal stands in every output of a run that gets it, and in no other."""
    kapot = gemeente.map / "kapot"
    kapot.mkdir()
    (kapot / "kapot.xml").write_text("<Loonaangifte", "utf-8")
    gemeente.leveringen.append(kapot)
    for _ in range(2):
        besluit, uit = gemeente.draai([D1], "2026-08", LATER)
        assert besluit.afgekeurd == 1
        assert "kapot.xml" in (uit.map / "afgekeurd.csv").read_text("utf-8-sig")
    gemeente.leveringen.pop()
    assert gemeente.draai([D1], "2026-08", LATER)[0].afgekeurd == 0


def test_another_municipality_is_refused(gemeente: Gemeente) -> None:
    """One administration, one municipality."""
    opdracht = gemeente.opdracht([D1 | {"gemeentecode": "0363"}], "2026-08", LATER)
    hulp.schrijf_beleid(opdracht.beleid, gemeentecode="0363")

    voor = gemeente.alles()
    with pytest.raises(AdministratieGeweigerd, match="gemeente 0014"):
        run.nacht(opdracht, gemeente.map / "uit", gemeente.waar)
    assert gemeente.alles() == voor


def test_tables_of_a_newer_version_are_refused(gemeente: Gemeente) -> None:
    """An older program does not write in what it does not know."""
    with verbinding.schrijven(gemeente.waar, "nu") as (db, _):
        db.execute(schema.MIGRATIES.insert(), {"versie": 99, "toegepast_op": "2030-01-01"})
        db.commit()
    with pytest.raises(AdministratieGeweigerd, match="nieuwere versie"):
        gemeente.draai([D1], "2026-08", LATER)


def test_everything_is_right_after_all_of_it(gemeente: Gemeente) -> None:
    """Chain, parts, receipts and money identity after several runs."""
    gemeente.draai([D1, D2], "2026-08", LATER)
    with administratie.open_om_te_lezen(gemeente.waar, 0) as boek:
        verslag = administratie.controleer(boek.verbinding, uitvoer.vingerafdruk)
    assert verslag.bevindingen == ()
    assert verslag.geteld["runs"] == 2
