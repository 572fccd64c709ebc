"""The workbook, read back: sheets, numbers with their format, totals, and no text that a spreadsheet would run."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak
from tests.financien.boekhouding import verbinding

from verrekening import financien
from verrekening.financien.werkboek import veilig, werkboek
from verrekening.maand import lees_maand

TE_VEEL = 54930  # worked month 1
BLADEN = ["Samenvatting", "Keten", "Journaal", "Saldi", "Verschillen", "Openstaand", "Werkvoorraad"]


@pytest.fixture
def afsluiting(tmp_path: Path) -> financien.Afsluiting:
    """August, decided for a household that waits for a human, and a payment of one cent too much."""
    gemeente = Gemeente(tmp_path, str(tmp_path / "administratie.db"))
    gemeente.lever([loon("2026-07", "700.00")])
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO), uitgesloten="bezwaar")], "2026-08")
    pad = tmp_path / "betaald.csv"
    pad.write_text("dossiernummer;bedrag\nD-1;1348,50\n", encoding="utf-8")
    with verbinding(gemeente.waar) as db:
        v = financien.vergelijk_betaald(db, lees_maand("2026-08"), financien.lees_betaald(pad))
        return financien.sluit_af(db, lees_maand("2026-08"), financien.lees_rekeningen(), v)


def _open(afsluiting: financien.Afsluiting) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(werkboek(afsluiting)))


def test_every_question_has_a_sheet(afsluiting: financien.Afsluiting) -> None:
    """In a fixed order, each with a header that stays in view."""
    boek = _open(afsluiting)
    assert boek.sheetnames == BLADEN
    assert {blad.freeze_panes for blad in boek} == {"A4"}


def test_amounts_are_numbers_with_a_format(afsluiting: financien.Afsluiting) -> None:
    """What is open is a number that sums, shown with two decimals in the language of the spreadsheet."""
    blad = _open(afsluiting)["Openstaand"]
    kop = [cel.value for cel in blad[3]]
    cel = blad.cell(row=4, column=kop.index("open") + 1)
    assert (cel.value, cel.number_format.split(";")[0]) == (TE_VEEL / 100, "#,##0.00")
    assert blad.cell(row=5, column=kop.index("open") + 1).value == "=SUM(G4:G4)"


def test_a_difference_and_a_broken_link_are_seen(afsluiting: financien.Afsluiting) -> None:
    """One cent: on its own row, and the link of the chain is marked."""
    boek = _open(afsluiting)
    assert [cel.value for cel in boek["Verschillen"][4]][:5] == ["D-1", "een_cent", 1348.49, 1348.5, 0.01]
    oordelen = [cel.value for cel in boek["Keten"]["A"]]
    assert oordelen.count("BREUK") == 2
    assert "KLOPT NIET: zie blad Keten" in [cel.value for cel in boek["Samenvatting"]["D"]]


@pytest.mark.parametrize("tekst", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_text_is_never_run(afsluiting: financien.Afsluiting, tekst: str) -> None:
    """A dossier number that looks like a formula is text, also after saving as CSV."""
    assert veilig(tekst).startswith("'")
    assert afsluiting.vergelijking is not None
    anders = afsluiting.vergelijking.huishoudens.assign(dossiernummer=pd.Series([tekst], dtype="str"))
    boek = _open(replace(afsluiting, vergelijking=replace(afsluiting.vergelijking, huishoudens=anders)))
    cel = boek["Verschillen"]["A4"]
    assert (cel.data_type, cel.value) == ("s", f"'{tekst}")


def test_the_same_closing_gives_the_same_bytes(afsluiting: financien.Afsluiting) -> None:
    """No clock in the file, so that two can be compared."""
    assert werkboek(afsluiting) == werkboek(afsluiting)
