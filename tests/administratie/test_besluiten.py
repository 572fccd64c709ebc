"""Deciding: lines are added once, replaced while that may, and never edited (rules S1, S2, S14)."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak

from verrekening.administratie import schema, verbinding
from verrekening.fouten import AdministratieGeweigerd

# Worked month 1: July € 700.00 wage leaves 799.19; 1348.49 was booked, so 549.30 is settled in August.
JULI_VERREKEND = 54930


@pytest.fixture
def gemeente(tmp_path: Path, waar: str) -> Gemeente:
    """One municipality with a delivery over July."""
    uit = Gemeente(tmp_path, waar)
    uit.lever([loon("2026-07", "700.00")])
    return uit


def test_the_first_run_adds_a_line_per_month_and_a_payment(gemeente: Gemeente) -> None:
    """What was decided stands in the database, with its reason."""
    besluit, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    assert (besluit.gewijzigd, besluit.vervangen, besluit.boeking, besluit.nieuw) == (1, 0, 1, True)
    (regel,) = gemeente.rijen(schema.MAANDREGELS)
    assert (regel["rechtmaand"], regel["verrekend_cent"], regel["nabetaald_cent"], regel["teken"]) == (
        "2026-07",
        JULI_VERREKEND,
        0,
        1,
    )
    (betaling,) = gemeente.rijen(schema.BETAALREGELS)
    assert {naam: betaling[naam] for naam in schema.BEDRAGEN} == {
        naam: uit.betaling()[naam] for naam in schema.BEDRAGEN
    }


def test_the_same_facts_twice_change_nothing(gemeente: Gemeente) -> None:
    """The second run finds that everything was decided, adds nothing, and writes the same outputs."""
    dossiers = [zaak("D-1", hulp.BSN, ("2026-07", NETTO))]
    _, eerste = gemeente.draai(dossiers, "2026-08")
    voor = gemeente.alles()
    besluit, tweede = gemeente.draai(dossiers, "2026-08")
    assert (besluit.gewijzigd, besluit.boeking) == (0, None)
    assert gemeente.alles() == voor
    assert tweede.inhoud() == eerste.inhoud()


def test_the_next_month_knows_what_was_settled(gemeente: Gemeente) -> None:
    """September has nothing left to settle over July, and keeps August apart from it."""
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    gemeente.lever([loon("2026-08", "700.00")])
    _, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))], "2026-09")
    assert (uit.maand("2026-07")["betaald_cent"], uit.maand("2026-07")["verschil_cent"]) == (NETTO - JULI_VERREKEND, 0)
    assert uit.betaling()["verrekend_met_uitkering_cent"] == uit.maand("2026-08")["verrekend_cent"] > 0


def test_a_correction_over_a_settled_month_gives_a_line_beside_the_old_one(gemeente: Gemeente) -> None:
    """The wage of July turns out to be nothing: what August settled is paid back in September."""
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    gemeente.lever([loon("2026-07", "0.00", moment="2026-09-01T10:00:00", IdBer="B2")])
    besluit, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))], "2026-09")
    assert uit.betaling()["nabetaling_cent"] == JULI_VERREKEND
    assert besluit.vervangen == 0
    regels = [(r["betaalmaand"], r["verrekend_cent"], r["nabetaald_cent"]) for r in gemeente.rijen(schema.MAANDREGELS)]
    assert regels == [("2026-08", JULI_VERREKEND, 0), ("2026-09", 0, JULI_VERREKEND)]


def test_new_facts_for_the_same_month_reverse_and_replace(gemeente: Gemeente) -> None:
    """The later run for August takes its own lines back and adds new ones; together they are the new decision."""
    dossiers = [zaak("D-1", hulp.BSN, ("2026-07", NETTO)), zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO))]
    gemeente.draai(dossiers, "2026-08")
    gemeente.lever([loon("2026-07", "800.00", moment="2026-08-16T10:00:00", IdBer="B2")])
    besluit, uit = gemeente.draai(dossiers, "2026-08", "2026-08-17T00:00:00+00:00")
    assert (besluit.gewijzigd, besluit.vervangen) == (1, 1)
    regels = gemeente.rijen(schema.MAANDREGELS)
    nieuw = uit.maand("2026-07")["verrekend_cent"]
    assert [(r["boeking"], r["teken"], r["verrekend_cent"]) for r in regels] == [
        (1, 1, JULI_VERREKEND),
        (2, -1, -JULI_VERREKEND),
        (2, 1, nieuw),
    ]
    assert regels[1]["verwijzing"] == "boeking 1"
    assert nieuw > JULI_VERREKEND
    assert [r["dossiernummer"] for r in gemeente.rijen(schema.BETAALREGELS)] == ["D-1", "D-2", "D-1", "D-1"]


def test_a_booked_payment_closes_the_month(gemeente: Gemeente) -> None:
    """Once August was paid its decision stands; the new facts wait for September, or for --proef."""
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    voor = gemeente.alles()
    gemeente.lever([loon("2026-07", "800.00", moment="2026-08-26T10:00:00", IdBer="B2")])
    betaald = [zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))]
    moment = "2026-08-27T00:00:00+00:00"
    with pytest.raises(AdministratieGeweigerd, match="geboekt") as geraakt:
        gemeente.draai(betaald, "2026-08", moment)
    assert geraakt.value.exitcode == 3
    assert gemeente.alles() == voor
    assert not (gemeente.map / "uit-2").exists()
    besluit, uit = gemeente.draai(betaald, "2026-08", moment, proef=True)
    assert (besluit.besloten, besluit.gewijzigd) == (False, 1)
    assert uit.json("bewijs.json")["opties"]["proef"] is True
    assert gemeente.alles() == voor


def test_a_month_before_the_last_decided_one_is_closed(gemeente: Gemeente) -> None:
    """After September, August cannot change any more; asked again with the same facts it is simply the same."""
    een, twee = (
        [zaak("D-1", hulp.BSN, ("2026-07", NETTO))],
        [zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))],
    )
    _, augustus = gemeente.draai(een, "2026-08")
    gemeente.lever([loon("2026-07", "800.00", moment="2026-09-01T10:00:00", IdBer="B2")])
    gemeente.draai(twee, "2026-09")
    with pytest.raises(AdministratieGeweigerd, match="2026-09 is al besloten"):
        gemeente.draai(twee, "2026-08", "2026-09-16T00:00:00+00:00")
    voor = gemeente.alles()
    besluit, opnieuw = gemeente.draai(twee, "2026-08")
    assert (besluit.naspel, besluit.gewijzigd, besluit.boeking) == (True, 0, None)
    assert opnieuw.betaling() == augustus.betaling()
    assert opnieuw.maand("2026-07") == augustus.maand("2026-07")
    assert gemeente.alles() == voor


def test_a_decision_without_a_booking_counts_as_what_was_due(gemeente: Gemeente) -> None:
    """Silence over August: the decision says what was due; the run goes on (rule S2)."""
    _, augustus = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    _, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-09")
    assert uit.maand("2026-08")["betaald_cent"] == augustus.betaling()["verschuldigd_cent"]
    assert ("BETALING_ONBEKEND", "2026-08") not in uit.codes()


@pytest.mark.parametrize(
    ("geboekt", "code"),
    [(NETTO, None), (NETTO - 1, "BETALING_WIJKT_AF"), (NETTO - JULI_VERREKEND, "BETALING_ONBEKEND")],
)
def test_a_booking_is_compared_with_the_decision(gemeente: Gemeente, geboekt: int, code: str | None) -> None:
    """The same is silent; another amount counts and is told; the bank amount stops the case (rule S2)."""
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    _, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", geboekt))], "2026-09")
    over_betaling = {een for een, maand in uit.codes() if maand == "2026-08" and een.startswith("BETALING")}
    assert over_betaling == ({code} if code else set())


def test_a_dossier_that_brings_its_own_lines_is_refused(gemeente: Gemeente) -> None:
    """With an administration `correcties` is refused with a reason; the others go on."""
    met = zaak(
        "D-2",
        hulp.BSN_PARTNER,
        ("2026-07", NETTO),
        correcties=[{"rechtmaand": "2026-07", "betaalmaand": "2026-08", "verrekend_cent": 1}],
    )
    besluit, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO)), met], "2026-08")
    assert (besluit.gewijzigd, besluit.afgekeurd) == (1, 1)
    assert "correcties" in (uit.map / "afgekeurd.csv").read_text("utf-8-sig")


def test_a_household_that_was_not_delivered_keeps_its_decision(gemeente: Gemeente) -> None:
    """Nothing is taken back because a file lacks a line."""
    twee = [zaak("D-1", hulp.BSN, ("2026-07", NETTO)), zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO))]
    gemeente.draai(twee, "2026-08")
    besluit, _ = gemeente.draai(twee[:1], "2026-08", "2026-08-16T00:00:00+00:00")
    assert besluit.gewijzigd == 0
    assert all(rij["teken"] == 1 for rij in gemeente.rijen(schema.BETAALREGELS))


@pytest.mark.parametrize("tabel", schema.TABELLEN, ids=lambda tabel: tabel.name)
def test_the_database_refuses_to_change_or_remove_a_row(gemeente: Gemeente, tabel: sa.Table) -> None:
    """UPDATE, DELETE and INSERT OR REPLACE are refused by the database itself, whoever asks."""
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    rijen = gemeente.rijen(tabel)
    if not rijen:
        return
    for opdracht in (tabel.update().values({tabel.columns[0].name: 9}), tabel.delete()):
        with (
            pytest.raises(Exception, match="niet worden gewijzigd"),
            verbinding.schrijven(gemeente.waar, "nu") as (db, _),
        ):
            db.execute(opdracht)
    assert gemeente.rijen(tabel) == rijen


def test_a_first_night_without_any_delivery(tmp_path: Path, waar: str) -> None:
    """No wage records at all is no fault: the household is paid, and nothing is settled."""
    gemeente = Gemeente(tmp_path, waar)
    gemeente.lever([])
    besluit, uit = gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    assert besluit.gewijzigd == 1
    assert uit.betaling()["te_betalen_cent"] == NETTO
