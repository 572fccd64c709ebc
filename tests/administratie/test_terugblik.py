"""Looking back: a decision is computed again from its own facts, and a change is shown rule by rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak

from verrekening import administratie, terugblik
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import lees_maand, lees_moment

AUGUSTUS, SEPTEMBER = lees_maand("2026-08"), lees_maand("2026-09")


@pytest.fixture
def boek(tmp_path: Path, waar: str):
    """August decided, then September with a correction of July; opened for reading."""
    gemeente = Gemeente(tmp_path, waar)
    gemeente.lever([loon("2026-07", "700.00")])
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    gemeente.lever([loon("2026-07", "800.00", moment="2026-09-01T10:00:00", IdBer="B2")])
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))], "2026-09")
    with administratie.open_om_te_lezen(gemeente.waar, lees_moment("2026-10-01T00:00:00+00:00")) as uit:
        yield uit


def test_a_decision_is_computed_again_from_what_its_run_knew(boek: administratie.Boek) -> None:
    """August does not know the correction, and gives the lines that stand."""
    uit = terugblik.herspeel(boek, "D-1", AUGUSTUS).uitleg
    assert (uit["besluit"]["boeking"], uit["besluit"]["herrekend_gelijk"]) == (1, True)
    assert uit["maanden"][0]["netto_arbeid_cent"] == 69664
    assert [een["bestand"] for een in uit["besluit"]["leveringen"]] == ["bericht-0000.xml"]
    assert list(uit)[-1] == "regels"


def test_a_changed_month_is_explained_by_its_new_delivery_and_rule_by_rule(boek: administratie.Boek) -> None:
    """Why did July change? Another wage: net pay, exemption and what is due follow, in order of calculation."""
    uit = terugblik.waarom(boek, "D-1", SEPTEMBER, lees_maand("2026-07"), None)
    assert len(uit["feiten"]["leveringen"]) == 1
    assert {regel["maand"] for regel in uit["regels"]} <= {"2026-07", None}
    namen = [regel["naam"] for regel in uit["regels"]]
    assert [namen.index(naam) for naam in ("netto", "vrijlating_n", "verschuldigd")] == sorted(
        namen.index(naam) for naam in ("netto", "vrijlating_n", "verschuldigd")
    )
    (netto,) = [regel for regel in uit["regels"] if regel["naam"] == "netto"]
    # 800.00 − WGA 3.84
    assert (netto["van"], netto["naar"]) == (69664, 79616)
    (maand,) = uit["maanden"]
    assert maand["velden"]["netto_arbeid_cent"] == [69664, 79616]


def test_two_runs_beside_each_other_differ_in_everything_that_changed(boek: administratie.Boek) -> None:
    """Also the payment, and the months that only one of them has."""
    uit = terugblik.twee_runs(boek, "D-1", 1, 2)
    assert uit["van"]["boeking"], uit["naar"]["boeking"] == (1, 2)
    assert "te_betalen_cent" in uit["betaling"]
    assert [(een["maand"], een["nieuw"]) for een in uit["maanden"]] == [("2026-07", False), ("2026-08", True)]


@pytest.mark.parametrize(("nummer", "maand"), [("D-9", AUGUSTUS), ("D-1", SEPTEMBER + 1)])
def test_what_was_not_decided_is_refused(boek: administratie.Boek, nummer: str, maand: int) -> None:
    """An unknown household or month is a sentence, not an empty page."""
    with pytest.raises(AdministratieGeweigerd, match="niets besloten"):
        terugblik.herspeel(boek, nummer, maand)


def test_the_first_decision_has_nothing_before_it(boek: administratie.Boek) -> None:
    """Why did it change is refused for the first decision."""
    with pytest.raises(AdministratieGeweigerd, match="niet eerder"):
        terugblik.waarom(boek, "D-1", AUGUSTUS, AUGUSTUS - 1, None)
