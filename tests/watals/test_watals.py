"""What if: the same calculation with other facts, and the difference per line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests import hulp

from verrekening import uitvoer, watals
from verrekening.fouten import Gebruiksfout, InvoerGeweigerd
from verrekening.run import Resultaat

_RECORDS = [hulp.opgave("2026-07", LnLbPh="700.00", OpgRchtVakBsl="56.00")]


def _zaak(map_: Path, records: list[dict[str, Any]] | None = None, **velden: Any) -> Resultaat:
    dossier = hulp.dossier(**({"begindatum": "2026-07-01", "betalingen": [hulp.boeking("2026-07", 134849)]} | velden))
    return hulp.draai_op(map_, [dossier], _RECORDS if records is None else records, "2026-08", alleen="D-1")


def _vergelijk(map_: Path, *teksten: str, **velden: Any) -> watals.Vergelijking:
    return watals.vergelijk(_zaak(map_, **velden), [watals.ontleed(tekst) for tekst in teksten])


def test_the_first_month_as_it_is_is_what_the_run_says(tmp_path: Path) -> None:
    """There is no second engine."""
    resultaat = _zaak(tmp_path)
    nu = watals.vergelijk(resultaat, [watals.ontleed("gift=1")]).nu
    rij = uitvoer.betaalvoorstel(resultaat.uitkomst).to_pylist()[0]
    assert {veld: rij[veld] for veld in nu[0].betaling} == nu[0].betaling
    assert [stand.betaalmaand for stand in nu] == [f"2026-{m:02d}" for m in range(8, 13)] + [
        f"2027-{m:02d}" for m in range(1, 9)
    ]


def test_every_wage_is_settled_in_the_month_after_it(tmp_path: Path) -> None:
    """€ 700 in every month: the September payment settles August. 1348.49 − 799.19 = 549.30 (worked month 1)."""
    nu = _vergelijk(tmp_path, "gift=1").nu
    assert [stand.betaling["verrekend_met_uitkering_cent"] for stand in nu[:4]] == [54930] * 4
    assert [stand.loon_cent for stand in nu[:4]] == [69664] * 4


def test_more_hours_show_what_is_left_of_them(tmp_path: Path) -> None:
    """8 hours × 52/12 × 16.50 = 572.00 more from August: net 1272.00 − WGA 6.11 = 1265.89, seen one month later."""
    uit = _vergelijk(tmp_path, "uren=+8 uurloon=16,50")
    assert uit.dan[0].loon_cent == 126589
    assert uit.dan[0].betaling["te_betalen_cent"] == uit.nu[0].betaling["te_betalen_cent"]
    assert uit.dan[1].samen_cent - uit.nu[1].samen_cent == 9303
    assert any("€ 572,00 per maand" in aanname for aanname in uit.aannames)


def test_a_gift_above_the_limit_asks_for_a_human(tmp_path: Path) -> None:
    """€ 1,500 in August, € 1,200 is free; the run of September sees it."""
    uit = _vergelijk(tmp_path, "gift=1500")
    assert "GIFT_BOVEN_GRENS" in {code for stand in uit.dan for code in stand.signalen}
    assert "GIFT_BOVEN_GRENS" not in {code for stand in uit.nu for code in stand.signalen}


def test_a_later_payslip_moves_the_settlement_not_the_amount(tmp_path: Path) -> None:
    """August arrives a month later: September settles nothing, October both; together it makes no difference."""
    uit = _vergelijk(tmp_path, "later=2026-08")
    assert [stand.betaling["verrekend_met_uitkering_cent"] for stand in uit.dan[:4]] == [54930, 0, 109860, 54930]
    assert sum(stand.betaling["te_betalen_cent"] for stand in uit.dan) == sum(
        stand.betaling["te_betalen_cent"] for stand in uit.nu
    )


def test_a_second_job_is_exempt_together_with_the_first(tmp_path: Path) -> None:
    """€ 600 without credit: 600.00 − WGA 2.88 = 597.12; both 1293.76, 25% is more than the maximum of 285.00."""
    uit = _vergelijk(tmp_path, "baan=600 vanaf=2026-09")
    assert uit.dan[0].loon_cent == 69664
    assert uit.dan[1].loon_cent == 69664 + 59712


def test_a_job_for_someone_without_a_job(tmp_path: Path) -> None:
    """No wage record at all yet."""
    uit = watals.vergelijk(_zaak(tmp_path, records=[]), [watals.ontleed("baan=600")])
    assert uit.dan[0].loon_cent == 59712


def test_another_policy_beside_this_one(tmp_path: Path) -> None:
    """With an estimate August already counts: due 799.19 (as July), less 549.30 settled over July is 249.89."""
    hulp.schrijf_beleid(tmp_path / "ander.yaml", methode="schatten")
    uit = _vergelijk(tmp_path, f"beleid={tmp_path / 'ander.yaml'}")
    assert uit.nu[0].betaling["te_betalen_cent"] == 79919
    assert uit.dan[0].betaling["te_betalen_cent"] == 79919 - 54930


def test_four_weekly_pay_goes_on_per_four_weeks(tmp_path: Path) -> None:
    """28 days after the last tijdvak, and again."""
    vier = {"LnLbPh": "700.00", "OpgRchtVakBsl": "56.00", "moment": "2026-07-20T12:00:00"}
    records = [hulp.opgave(DatAanvTv="2026-06-15", DatEindTv="2026-07-12", **vier)]
    resultaat = _zaak(tmp_path, records=records)
    uit = watals.vergelijk(resultaat, [watals.ontleed("gift=1")])
    assert uit.nu[1].loon_cent > 69664  # August has 31 days: more than one period


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("loon", "schrijf naam=waarde"),
        ("auto=1", "kies loon="),
        ("loon=veel", "veel is geen bedrag"),
        ("uren=8", "geef ook het uurloon"),
        ("kind=gisteren", "is geen datum"),
        ("later=augustus", "is geen maand"),
        ("gift=10 uurloon=3", "uurloon hoort niet bij gift"),
    ],
)
def test_a_change_that_is_not_understood_says_what_can_be_asked(tekst: str, zin: str) -> None:
    """With the right form."""
    with pytest.raises(Gebruiksfout, match=zin):
        watals.ontleed(tekst)


def test_another_wage_without_a_job_is_refused(tmp_path: Path) -> None:
    """With what to ask instead."""
    with pytest.raises(InvoerGeweigerd, match="gebruik baan=bedrag"):
        watals.vergelijk(_zaak(tmp_path, records=[]), [watals.ontleed("loon=+100")])


def test_on_the_command_line_as_table_and_as_json(tmp_path: Path) -> None:
    """The example of the README."""
    zaak = Path(__file__).parents[2] / "fixtures" / "zaken" / "eerste-zaak"
    args = [
        *(
            "zaak",
            "D-000001",
            "--maand",
            "2026-08",
            "--peildatum",
            "2026-08-15",
            "--dossiers",
            str(zaak / "dossiers.jsonl"),
        ),
        *("--polis", str(zaak / "polis"), "--beleid", str(zaak / "beleid.yaml"), "--wat-als", "uren=+8 uurloon=16,50"),
    ]

    def draai(*meer: str) -> str:
        uit = subprocess.run(
            [sys.executable, "-m", "verrekening", *args, *meer],
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )
        assert uit.stderr == ""
        return uit.stdout

    tabel = draai()
    assert "Er is niets besloten" in tabel
    assert "+93,03" in tabel
    data = json.loads(draai("--json"))
    assert data["versie"] == "watals.v1"
    assert len(data["maanden"]) == 13
    for maand in data["maanden"]:
        assert maand["verschil"]["samen_cent"] == maand["dan"]["samen_cent"] - maand["nu"]["samen_cent"]
