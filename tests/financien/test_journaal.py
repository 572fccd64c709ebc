"""The journal: every amount worked out by hand from the worked months, debit above 0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak
from tests.financien.boekhouding import alles_klopt, journaal, sluit

from verrekening.financien import lees_rekeningen, tabellen

# Norm of a single person from 2026-07: 141946; reserve 5% of it, half up: 7097; net 134849.
NORM, RESERVE = 141946, 7097
# Worked month 1: a wage of 700.00 leaves assistance 84125, reserve 4206, net 79919; so 54930 was paid too much.
BIJSTAND_700, RESERVE_700, TE_VEEL = 84125, 4206, 54930


@pytest.fixture
def gemeente(tmp_path: Path) -> Gemeente:
    """One municipality with a delivery over July."""
    uit = Gemeente(tmp_path, str(tmp_path / "administratie.db"))
    uit.lever([loon("2026-07", "700.00")])
    return uit


def _augustus(gemeente: Gemeente, **velden: object) -> None:
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), **velden)], "2026-08")


def test_the_first_month_takes_what_is_open_from_before(gemeente: Gemeente) -> None:
    """Right over August; July was paid before this journal, so its difference comes from the opening balance."""
    _augustus(gemeente)
    assert journaal(gemeente.waar, "2026-08") == {
        ("recht", "2026-08", "lasten_bijstand"): NORM,
        ("recht", "2026-08", "reservering"): -RESERVE,
        ("recht", "2026-08", "uit_te_betalen"): -NETTO,
        ("beginstand", "2026-07", "te_verrekenen"): TE_VEEL,
        ("beginstand", "2026-07", "beginstand"): -TE_VEEL,
        ("verrekening", "2026-07", "te_verrekenen"): -TE_VEEL,
        ("verrekening", "2026-08", "uit_te_betalen"): TE_VEEL,
    }
    alles_klopt(gemeente.waar, "2026-08")


def test_the_next_month_recomputes_what_was_booked(gemeente: Gemeente) -> None:
    """August, booked in full, turns out to have a wage of 700.00: expense and reserve go down, and it is settled."""
    _augustus(gemeente)
    gemeente.lever([loon("2026-08", "700.00")])
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))], "2026-09")
    regels = journaal(gemeente.waar, "2026-09")
    assert {sleutel: cent for sleutel, cent in regels.items() if sleutel[0] != "recht"} == {
        ("herrekening", "2026-08", "lasten_bijstand"): BIJSTAND_700 - NORM,
        ("herrekening", "2026-08", "reservering"): RESERVE - RESERVE_700,
        ("herrekening", "2026-08", "te_verrekenen"): TE_VEEL,
        ("verrekening", "2026-08", "te_verrekenen"): -TE_VEEL,
        ("verrekening", "2026-09", "uit_te_betalen"): TE_VEEL,
    }
    alles_klopt(gemeente.waar, "2026-09")


def test_a_correction_downwards_is_paid_back(gemeente: Gemeente) -> None:
    """The wage of July turns out to be nothing: what August settled becomes expense again and goes out in cash."""
    _augustus(gemeente)
    gemeente.lever([loon("2026-07", "0.00", moment="2026-09-01T10:00:00", IdBer="B2")])
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))], "2026-09")
    regels = journaal(gemeente.waar, "2026-09")
    assert {sleutel: cent for sleutel, cent in regels.items() if sleutel[0] != "recht"} == {
        ("herrekening", "2026-07", "lasten_bijstand"): NORM - BIJSTAND_700,
        ("herrekening", "2026-07", "reservering"): RESERVE_700 - RESERVE,
        ("herrekening", "2026-07", "te_verrekenen"): -TE_VEEL,
        ("nabetaling", "2026-07", "te_verrekenen"): TE_VEEL,
        ("nabetaling", "2026-09", "uit_te_betalen"): -TE_VEEL,
    }
    alles_klopt(gemeente.waar, "2026-09")


def test_a_booking_that_differs_from_the_decision_waits_on_an_account_of_its_own(gemeente: Gemeente) -> None:
    """Booked over August is 12.34 less than was due: the difference is nobody's expense."""
    _augustus(gemeente)
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO - 1234))], "2026-09")
    regels = journaal(gemeente.waar, "2026-09")
    assert regels["afwijkende_boeking", "2026-08", "te_verrekenen"] == -1234
    assert regels["afwijkende_boeking", "2026-08", "tussenrekening_betalingen"] == 1234
    alles_klopt(gemeente.waar, "2026-09")


def test_measure_and_instalment_stand_apart(gemeente: Gemeente) -> None:
    """A measure lowers what is due, an instalment what goes out; each has its own account."""
    _augustus(
        gemeente,
        maatregelen=[{"maand": "2026-08", "bedrag_cent": 5000}],
        aflossingen=[{"maand": "2026-08", "bedrag_cent": 3500, "vordering": "V-1"}],
    )
    regels = journaal(gemeente.waar, "2026-08")
    assert regels["recht", "2026-08", "maatregel"] == -5000
    assert regels["recht", "2026-08", "uit_te_betalen"] == -(NETTO - 5000)
    assert regels["aflossing", "2026-08", "debiteuren"] == -3500
    assert regels["aflossing", "2026-08", "uit_te_betalen"] == 3500
    alles_klopt(gemeente.waar, "2026-08")


def test_a_claim_takes_its_part_of_what_was_open(gemeente: Gemeente) -> None:
    """What was claimed back by decision is a debtor, and no longer to be settled."""
    _augustus(gemeente, uitgesloten="bezwaar")
    gemeente.draai(
        [
            zaak(
                "D-1",
                hulp.BSN,
                ("2026-07", NETTO),
                ("2026-08", NETTO),
                uitgesloten="bezwaar",
                teruggevorderd=[
                    {"rechtmaand": "2026-07", "bedrag_cent": 5000, "besluit_op": "2026-09-01", "vordering": "V-2"}
                ],
            )
        ],
        "2026-09",
    )
    regels = journaal(gemeente.waar, "2026-09")
    assert regels["teruggevorderd", "2026-07", "debiteuren"] == 5000
    assert regels["teruggevorderd", "2026-07", "te_verrekenen"] == -5000
    assert sluit(gemeente.waar, "2026-09").openstaand["open"].tolist() == [TE_VEEL - 5000]
    alles_klopt(gemeente.waar, "2026-09")


def test_too_little_paid_at_a_stop_is_not_hidden_in_what_is_to_be_settled(gemeente: Gemeente) -> None:
    """A stopped household that was paid 10.00 too little over June stands on an account of its own."""
    gemeente.draai(
        [zaak("D-1", hulp.BSN, ("2026-07", 79919 - 1000), uitgesloten="bezwaar")],
        "2026-08",
    )
    resultaat = sluit(gemeente.waar, "2026-08")
    saldi = resultaat.saldi.set_index("rekening")["sluiting"]
    assert saldi["na_te_betalen"] == -1000
    assert saldi.get("te_verrekenen", 0) == 0
    assert resultaat.klopt


def test_a_closed_month_keeps_its_journal(gemeente: Gemeente) -> None:
    """Once September was run, the books of August stay as they were, whatever is known later."""
    _augustus(gemeente)
    voor = journaal(gemeente.waar, "2026-08")
    gemeente.lever([loon("2026-07", "0.00", moment="2026-09-01T10:00:00", IdBer="B2")])
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))], "2026-09")
    assert journaal(gemeente.waar, "2026-08") == voor


def test_a_household_that_was_not_delivered_stays_open(gemeente: Gemeente) -> None:
    """Its decision and what it has open stay in the books until it comes back."""
    _augustus(gemeente, uitgesloten="bezwaar")
    andere = zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO))
    gemeente.draai([andere], "2026-09")
    resultaat = sluit(gemeente.waar, "2026-09")
    assert resultaat.openstaand[["dossiernummer", "open"]].to_numpy().tolist() == [["D-1", TE_VEEL]]
    assert resultaat.klopt


def test_a_correction_of_last_year_stands_apart(tmp_path: Path) -> None:
    """December 2025 turns out to have a wage of 700.00 in January 2026: its expense stands on the account of old years.

    December 2025: norm 136906 (single, from 2025-07); reserve 6845; net 130061. wga 0.415% of 70000 = 291 (290.5, half
    up); net wage 69709; no claim table of 2025, so 8% flat: 5577; exempt 25% of 69709 = 17427; income 57859; assistance
    79047; reserve 3952; net 75095.
    """
    gemeente = Gemeente(tmp_path, str(tmp_path / "administratie.db"))
    vast: dict[str, Any] = {"begindatum": "2025-11-01", "personen": [hulp.persoon()]}
    boekingen = [hulp.boeking("2025-11", 130061), hulp.boeking("2025-12", 130061)]
    gemeente.lever([loon("2025-11", "0.00")])
    gemeente.draai([hulp.dossier(**vast, betalingen=boekingen[:1])], "2025-12")
    gemeente.lever([loon("2025-12", "700.00")])
    gemeente.draai([hulp.dossier(**vast, betalingen=boekingen)], "2026-01")
    regels = journaal(gemeente.waar, "2026-01")
    assert {sleutel: cent for sleutel, cent in regels.items() if sleutel[0] == "herrekening"} == {
        ("herrekening", "2025-12", "lasten_oude_jaren"): 79047 - 136906,
        ("herrekening", "2025-12", "reservering"): 6845 - 3952,
        ("herrekening", "2025-12", "te_verrekenen"): 130061 - 75095,
    }
    grootboek = tabellen.samengevat(sluit(gemeente.waar, "2026-01").boeken.journaal, lees_rekeningen())
    assert set(grootboek.loc[grootboek["over_jaargrens"] == "ja", "jaar"]) == {2025}
    assert not [sleutel for sleutel in regels if sleutel[0] == "afwijkende_boeking"]
    alles_klopt(gemeente.waar, "2026-01")
