"""Decisions of humans are facts with two dates: kept with who, when and why, and known to the next run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak

from verrekening import administratie
from verrekening.administratie import Mensbesluit, schema
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import lees_moment


@pytest.fixture
def gemeente(tmp_path: Path, waar: str) -> Gemeente:
    """July was decided in August, for one household."""
    uit = Gemeente(tmp_path, waar)
    uit.lever([loon("2026-07", "700.00")])
    uit.draai([DOSSIER], "2026-08")
    return uit


DOSSIER = zaak("D-1", hulp.BSN, ("2026-07", NETTO))


def besluit(
    gemeente: Gemeente, soort: str, op: str = "2026-08-16T09:00:00+00:00", nummer: str = "D-1", **inhoud: Any
) -> int:
    """Keeps a decision; returns from when it is known."""
    mens = Mensbesluit(nummer, soort, inhoud, "J. Jansen", "gezien", administratie.ARTIKELEN[soort], lees_moment(op))
    with administratie.open_om_te_besluiten(gemeente.waar, lees_moment(op), op) as boek:
        _, bekend_op = boek.leg_mensbesluit_vast(mens, op)
        boek.bevestig()
    return bekend_op


def test_a_refused_consent_takes_the_exemption_away(gemeente: Gemeente) -> None:
    """The next run exempts nothing, and the old moment still gives the old decision."""
    besluit(gemeente, "toestemming", onderdeel="n", toestemming=False)
    gewijzigd, uit = gemeente.draai([DOSSIER], "2026-08", "2026-08-17T00:00:00+00:00")
    assert gewijzigd.vervangen == 1
    assert uit.maand("2026-07")["vrijlating_cent"] == 0
    _, toen = gemeente.draai([DOSSIER], "2026-08", proef=True)
    assert toen.maand("2026-07")["vrijlating_cent"] == 17416


def test_a_case_is_taken_out_and_let_in_again(gemeente: Gemeente) -> None:
    """Exclusion stops the case with its reason; re-admission lets it run."""
    besluit(gemeente, "uitsluiten")
    _, uit = gemeente.draai([DOSSIER], "2026-08", "2026-08-17T00:00:00+00:00")
    assert ("UITGESLOTEN", "2026-08") in uit.codes()
    besluit(gemeente, "toelaten", "2026-08-18T09:00:00+00:00")
    _, uit = gemeente.draai([DOSSIER], "2026-08", "2026-08-19T00:00:00+00:00")
    assert ("UITGESLOTEN", "2026-08") not in uit.codes()


@pytest.mark.parametrize(("akkoord", "stopt"), [(True, False), (False, True)])
def test_an_amount_for_a_stopped_record_is_accepted_or_rejected(
    tmp_path: Path, waar: str, akkoord: bool, stopt: bool
) -> None:
    """An accepted amount counts as the net of the record; after a rejection the stop stays."""
    gemeente = Gemeente(tmp_path, waar)
    gemeente.lever([loon("2026-07", "700.00", LnTabBB="100.00")])
    _, uit = gemeente.draai([DOSSIER], "2026-08")
    assert ("BIJZONDERE_BELONING", "2026-07") in uit.codes()
    besluit(
        gemeente, "stop", code="BIJZONDERE_BELONING", maand="2026-07", lhnr=hulp.LHNR, numiv=1, bedrag_cent=61000, akkoord=akkoord,
    )  # fmt: skip
    _, uit = gemeente.draai([DOSSIER], "2026-08", "2026-08-17T00:00:00+00:00")
    assert (("BIJZONDERE_BELONING", "2026-07") in uit.codes()) is stopt
    assert uit.maand("2026-07")["netto_arbeid_cent"] == (0 if stopt else 61000)


def test_a_decision_kept_after_a_run_was_never_known_to_it(gemeente: Gemeente) -> None:
    """Taken before the run but kept after it: known from just after the run."""
    bekend_op = besluit(gemeente, "uitsluiten", "2026-08-01T09:00:00+00:00")
    assert bekend_op == lees_moment("2026-08-15T00:00:00+00:00") + 1
    _, toen = gemeente.draai([DOSSIER], "2026-08", proef=True)
    assert ("UITGESLOTEN", "2026-08") not in toen.codes()


@pytest.mark.parametrize(
    ("soort", "nummer", "inhoud"),
    [
        ("gift", "D-1", {"datum": "2026-07-03", "uitkomst": "meetellen"}),
        ("toestemming", "D-1", {"onderdeel": "n", "toestemming": True, "persoon": "partner"}),
        ("uitsluiten", "D-9", {}),
    ],
)
def test_a_decision_about_nothing_is_refused(
    gemeente: Gemeente, soort: str, nummer: str, inhoud: dict[str, Any]
) -> None:
    """No such gift, person or dossier: nothing is kept."""
    with pytest.raises(AdministratieGeweigerd):
        besluit(gemeente, soort, nummer=nummer, **inhoud)
    assert gemeente.rijen(schema.MENSBESLUITEN) == []


def test_the_work_list_says_since_when_a_case_is_open_and_what_it_needs(gemeente: Gemeente) -> None:
    """The date stays from run to run, also for a signal about the payment month itself."""
    besluit(gemeente, "uitsluiten")
    gemeente.draai([DOSSIER], "2026-08", "2026-08-17T00:00:00+00:00")
    _, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))], "2026-09")
    kop, *rijen = (uit.map / "werkvoorraad.csv").read_text("utf-8-sig").splitlines()
    velden = [veld.strip('"') for veld in kop.split(";")]
    (rij,) = [dict(zip(velden, rij.split(";"), strict=True)) for rij in rijen if "UITGESLOTEN" in rij]
    assert (rij["open_sinds"].strip('"'), rij["dagen_open"], rij["besluit"].strip('"')) == (
        "2026-08-17",
        "29",
        "toelaten",
    )
