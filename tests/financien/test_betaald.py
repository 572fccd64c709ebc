"""What was really paid: every planted difference is found and named and no other, and the next run knows it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak
from tests.financien.boekhouding import alles_klopt, journaal, sluit, verbinding

from verrekening import administratie, financien, uitvoer
from verrekening.cli import voer_uit
from verrekening.financien.betaald import lees_bedrag
from verrekening.fouten import AdministratieGeweigerd, InvoerGeweigerd
from verrekening.maand import lees_maand, lees_moment

TE_VEEL = 54930  # worked month 1: settled with the payment of August
TE_BETALEN = NETTO - TE_VEEL


def _betaling(**bedragen: int) -> pd.DataFrame:
    nul = [0] * len(bedragen)
    velden = {
        "dossiernummer": list(bedragen),
        "te_betalen": list(bedragen.values()),
        "aflossing": nul,
        "bufferbudget": nul,
    }
    return pd.DataFrame(velden)


def _bestand(map_: Path, *regels: str, kop: str = "dossiernummer;bedrag") -> financien.Betaalbestand:
    pad = map_ / "betaald.csv"
    pad.write_text("\n".join([kop, *regels]) + "\n", encoding="utf-8")
    return financien.lees_betaald(pad)


def _soorten(map_: Path, betaling: pd.DataFrame, *regels: str) -> dict[str, tuple[str, str]]:
    v = financien.vergelijk(betaling, _bestand(map_, *regels), set(betaling["dossiernummer"]))
    assert v.regels.groupby("soort").size().sum() == len(v.bestand.regels)
    assert "" not in set(v.regels["soort"])
    assert int(v.huishoudens["betaald"].sum()) == int(v.bestand.regels["cent"].sum())
    huis = v.huishoudens[~v.huishoudens["soort"].isin(("aangesloten", "niets_te_betalen"))]
    return {rij["dossiernummer"]: (rij["soort"], rij["ander"]) for rij in huis.to_dict("records")}


@pytest.mark.parametrize(
    ("regels", "verwacht"),
    [
        (["A;100,00", "B;250,00", "C;100,00", "D;0,50"], {}),
        (["A;60,00", "B;250,00", "C;100,00", "D;0,50", "A;40,00"], {"A": ("in_delen", "")}),
        (["A;100,00", "C;100,00", "D;0,50"], {"B": ("ontbreekt", "")}),
        (["A;100,00", "B;250,00", "C;100,00", "D;0,50", "B;250,00"], {"B": ("dubbel", "")}),
        (["A;100,00", "B;250,01", "C;100,00", "D;0,50"], {"B": ("een_cent", "")}),
        (["A;100,00", "B;205,00", "C;100,00", "D;0,50"], {"B": ("ander_bedrag", "")}),
        (["A;250,00", "B;100,00", "C;100,00", "D;0,50"], {"A": ("verwisseld", "B"), "B": ("verwisseld", "A")}),
        (["A;100,00", "D;250,00", "C;100,00", "D;0,50"], {"B": ("elders_betaald", "D"), "D": ("ander_huishouden", "B")}),
        (["A;100,00", "B;250,00", "A;100,00", "D;0,50"], {"C": ("elders_betaald", "A"), "A": ("ander_huishouden", "C")}),
        (["A;100,00", "B;250,00", "D;0,50", "A;100,00"], {"C": ("ontbreekt", ""), "A": ("dubbel", "")}),
        (["A;100,00", "B;250,00", "C;100,00", "D;0,50", "Z;12,00"], {"Z": ("extra", "")}),
        (["A;100,00", "B;250,00", "C;100,00", "D;0,50", "B;3,00"], {"B": ("extra", "")}),
        (["A;100,00", "B;250,00", "C;100,00", "D;0,50", "D;-0,50"], {"D": ("ontbreekt", "")}),
        (["A;100,00", "B;250,00", "C;100,00", "D;0,50", "A;5,00", "A;-4,00", "A;-1,00"], {"A": ("in_delen", "")}),
        (["A;100,00", "B;250,00", "C;100,00", "D;0,50", "A;-100,00", "A;100,00"], {}),
    ],
)  # fmt: skip
def test_every_difference_has_one_name(tmp_path: Path, regels: list[str], verwacht: dict[str, tuple[str, str]]) -> None:
    """One planted fault: the households in it are named, with each other, and nobody else."""
    assert _soorten(tmp_path, _betaling(A=10000, B=25000, C=10000, D=50, E=0), *regels) == verwacht


def test_a_number_of_nobody_we_know_is_not_repeated(tmp_path: Path) -> None:
    """It may be a BSN: unreadable in a difference and in a refusal; a dossier of ours may have nine digits."""
    bestand = _bestand(tmp_path, f"{hulp.BSN};1,00", f"{hulp.BSN_PARTNER};2,00", f"{hulp.BSN};veel")
    assert bestand.afkeuringen[0].dossiernummer == "*********"
    v = financien.vergelijk(_betaling(**{hulp.BSN: 100}), bestand, {hulp.BSN})
    assert v.huishoudens[["dossiernummer", "soort"]].to_numpy().tolist() == [
        [hulp.BSN, "aangesloten"],
        ["*********", "extra"],
    ]


@pytest.mark.parametrize(
    ("tekst", "cent"),
    [
        ("1234,56", 123456), ("1.234,56", 123456), ("1234.56", 123456), ("1,234.56", 123456), ("1234", 123400),
        ("€ 12,00", 1200), ("-12,34", -1234), ("0", 0),
        ("1.234", None), ("12,3", None), ("12,345", None), ("", None), ("twaalf", None), ("1e3", None), ("99999999999", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_exactly_or_not_at_all(tekst: str, cent: int | None) -> None:
    """Comma or point, with or without thousands; what could mean two things is refused."""
    assert lees_bedrag(tekst) == cent


def test_a_bad_line_is_refused_with_its_place_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Each refusal says which line and what to do; blank lines are nothing."""
    bestand = _bestand(tmp_path, "A;100,00", "", "B;veel", ";1,00", "C")
    assert [(een.plaats, een.dossiernummer) for een in bestand.afkeuringen] == [
        ("regel 4", "B"),
        ("regel 5", ""),
        ("regel 6", ""),
    ]
    assert bestand.regels["cent"].tolist() == [10000]


def test_another_header_is_read_with_a_mapping(tmp_path: Path) -> None:
    """The columns of a bank or of the benefit administration; without the mapping it is refused, naming the column."""
    pad, kolommen = tmp_path / "b.csv", tmp_path / "k.yaml"
    pad.write_text("Client,Netto,Inhouding\nD-1,799.19,35.00\n", encoding="utf-8")
    with pytest.raises(InvoerGeweigerd, match="dossiernummer ontbreekt"):
        financien.lees_betaald(pad)
    kolommen.write_text("dossiernummer: Client\nbedrag: Netto\naflossing: Inhouding\n", encoding="utf-8")
    bestand = financien.lees_betaald(pad, kolommen)
    assert bestand.regels[["dossiernummer", "cent", "aflossing"]].to_numpy().tolist() == [["D-1", 79919, 3500]]


# ---- the next run -------------------------------------------------------------------------------------------


@pytest.fixture
def gemeente(tmp_path: Path) -> Gemeente:
    """August decided for one household: 549.30 settled, 799.19 to pay, 35.00 of it as instalment."""
    uit = Gemeente(tmp_path, str(tmp_path / "administratie.db"))
    uit.lever([loon("2026-07", "700.00")])
    uit.draai([_zaak()], "2026-08")
    return uit


def _zaak(*boekingen: tuple[str, int]) -> dict[str, object]:
    aflossing = [{"maand": "2026-08", "bedrag_cent": 3500, "vordering": "V-1"}]
    return zaak("D-1", hulp.BSN, ("2026-07", NETTO), *boekingen, aflossingen=aflossing)


def _betaald(gemeente: Gemeente, *regels: str, kop: str = "dossiernummer;bedrag", op: str = "2026-08-28") -> int | None:
    bestand = _bestand(gemeente.map, *regels, kop=kop)
    with administratie.open_om_te_besluiten(gemeente.waar, 0, "2026-08-28T00:00:00+00:00") as boek:
        v = financien.vergelijk_betaald(boek.verbinding, lees_maand("2026-08"), bestand)
        moment = lees_moment(f"{op}T00:00:00+00:00")
        nr = financien.leg_betaald_vast(boek.verbinding, lees_maand("2026-08"), v, moment, "2026-08-28T00:00:00+00:00")
        boek.bevestig()
    return nr


def test_a_payment_that_never_came_settles_nothing(gemeente: Gemeente) -> None:
    """The bank paid nothing over August: what was settled with it is open again, and August is paid back."""
    assert _betaald(gemeente) == 2
    assert (
        journaal(gemeente.waar, "2026-08").items()
        >= {
            ("teruggedraaid", "2026-07", "te_verrekenen"): TE_VEEL,
            # Due over August and not paid; the instalment was not taken either.
            ("teruggedraaid", "2026-08", "te_verrekenen"): -NETTO,
            ("teruggedraaid", "2026-08", "debiteuren"): 3500,
            ("teruggedraaid", "2026-08", "uit_te_betalen"): TE_BETALEN - 3500,
        }.items()
    )
    alles_klopt(gemeente.waar, "2026-08")
    _, uit = gemeente.draai([_zaak()], "2026-09")
    assert uit.maand("2026-07")["betaald_cent"] == NETTO
    assert uit.maand("2026-08")["betaald_cent"] == 0
    assert uit.betaling()["verrekend_met_nabetaling_cent"] == TE_VEEL
    assert uit.betaling()["nabetaling_cent"] == NETTO - TE_VEEL
    assert not [code for code, _ in uit.codes() if code.startswith("BETALING")]
    alles_klopt(gemeente.waar, "2026-09")


def test_another_amount_counts_with_the_instalment_that_was_taken(gemeente: Gemeente) -> None:
    """The bank paid 500.00 and the file says that 20.00 was taken as instalment: 520.00 was paid over August."""
    _betaald(gemeente, "D-1;500,00;20,00", kop="dossiernummer;bedrag;aflossing")
    _, uit = gemeente.draai([_zaak()], "2026-09")
    assert (uit.maand("2026-08")["betaald_cent"], uit.maand("2026-07")["betaald_cent"]) == (52000, NETTO)
    alles_klopt(gemeente.waar, "2026-09")


def test_a_payment_as_decided_changes_nothing(gemeente: Gemeente) -> None:
    """Matched to the cent: no lines are reversed, and the bank clears what had to be paid."""
    _betaald(gemeente, f"D-1;{(TE_BETALEN - 3500) // 100},{(TE_BETALEN - 3500) % 100:02d}")
    saldi = sluit(gemeente.waar, "2026-08").saldi.set_index("rekening")["sluiting"]
    assert (saldi["uit_te_betalen"], saldi["bank"]) == (0, -(TE_BETALEN - 3500))
    _, uit = gemeente.draai([_zaak()], "2026-09")
    assert uit.maand("2026-07")["betaald_cent"] == NETTO - TE_VEEL
    alles_klopt(gemeente.waar, "2026-09")


def test_the_same_file_twice_changes_nothing(gemeente: Gemeente) -> None:
    """The second time nothing is added."""
    assert _betaald(gemeente, "D-1;1,00") == 2
    voor = gemeente.alles()
    assert _betaald(gemeente, "D-1;1,00") is None
    assert gemeente.alles() == voor


def test_a_better_file_takes_the_place_of_the_first(gemeente: Gemeente) -> None:
    """The payment was in the file after all: the decision stands again, and the bank stands once."""
    _betaald(gemeente)
    _betaald(gemeente, f"D-1;{(TE_BETALEN - 3500) // 100},{(TE_BETALEN - 3500) % 100:02d}")
    saldi = sluit(gemeente.waar, "2026-08").saldi.groupby("rekening")["sluiting"].sum()
    assert (saldi["uit_te_betalen"], saldi["bank"], saldi["te_verrekenen"]) == (0, -(TE_BETALEN - 3500), 0)
    _, uit = gemeente.draai([_zaak()], "2026-09")
    assert uit.maand("2026-07")["betaald_cent"] == NETTO - TE_VEEL
    alles_klopt(gemeente.waar, "2026-09")


def test_a_booking_in_the_dossier_wins(gemeente: Gemeente) -> None:
    """The benefit administration says what was booked over August; the payment file stands back."""
    _betaald(gemeente)
    _, uit = gemeente.draai([_zaak(("2026-08", 12345))], "2026-09")
    assert uit.maand("2026-08")["betaald_cent"] == 12345
    alles_klopt(gemeente.waar, "2026-09")


def test_a_run_of_before_the_file_does_not_know_it(gemeente: Gemeente) -> None:
    """The facts have a moment: a run at K before it counts the decision."""
    _betaald(gemeente, op="2026-09-20")
    _, uit = gemeente.draai([_zaak()], "2026-09")
    assert uit.maand("2026-08")["betaald_cent"] == NETTO
    _, later = gemeente.draai([_zaak()], "2026-09", "2026-09-21T00:00:00+00:00")
    assert later.maand("2026-08")["betaald_cent"] == 0


def test_a_paid_month_is_closed(gemeente: Gemeente) -> None:
    """The same facts change nothing; new facts over a month that was paid are refused (rule S14)."""
    _betaald(gemeente)
    besluit, _ = gemeente.draai([_zaak()], "2026-08", "2026-08-29T00:00:00+00:00")
    assert besluit.gewijzigd == 0
    gemeente.lever([loon("2026-07", "800.00", moment="2026-08-29T10:00:00", IdBer="B2")])
    with pytest.raises(AdministratieGeweigerd, match="betaalbestand"):
        gemeente.draai([_zaak()], "2026-08", "2026-08-30T00:00:00+00:00")


def test_the_administration_still_holds(gemeente: Gemeente) -> None:
    """Chain, parts, receipts and money identity after a payment file."""
    _betaald(gemeente)
    gemeente.draai([_zaak()], "2026-09")
    with verbinding(gemeente.waar) as db:
        assert administratie.controleer(db, uitvoer.vingerafdruk).bevindingen == ()


def test_a_file_with_a_refused_line_is_not_kept(gemeente: Gemeente) -> None:
    """What that line paid is unknown, and unknown is not zero."""
    assert _betaald(gemeente, "D-1;veel") is None


def test_a_file_that_comes_late_stands_in_the_books_that_are_open(gemeente: Gemeente) -> None:
    """After September was run, the journal of August stays; September turns back what the bank did not do."""
    gemeente.draai([_zaak()], "2026-09")
    voor = journaal(gemeente.waar, "2026-08")
    _betaald(gemeente, op="2026-09-20")
    assert journaal(gemeente.waar, "2026-08") == voor
    assert journaal(gemeente.waar, "2026-09")["teruggedraaid", "2026-07", "te_verrekenen"] == TE_VEEL
    alles_klopt(gemeente.waar, "2026-09")
    _, uit = gemeente.draai([_zaak()], "2026-10")
    assert (uit.maand("2026-07")["betaald_cent"], uit.maand("2026-08")["betaald_cent"]) == (NETTO, 0)
    alles_klopt(gemeente.waar, "2026-10")


def test_money_to_somebody_unknown_waits_on_an_account(gemeente: Gemeente) -> None:
    """No dossier to book it on: it is named, and stands between bank and an answer."""
    _betaald(gemeente, f"D-1;{(TE_BETALEN - 3500) // 100},{(TE_BETALEN - 3500) % 100:02d}", "D-9;12,00")
    saldi = sluit(gemeente.waar, "2026-08").saldi.groupby("rekening")["sluiting"].sum()
    assert (saldi["tussenrekening_betalingen"], saldi["uit_te_betalen"]) == (1200, 0)
    alles_klopt(gemeente.waar, "2026-08")


def test_the_case_explains_what_was_booked(gemeente: Gemeente) -> None:
    """`zaak --administratie` shows what was paid by the file, and computes the decision again to the cent."""
    _betaald(gemeente)
    gemeente.draai([_zaak()], "2026-09")
    assert voer_uit(["zaak", "D-1", "--maand", "2026-09", "--administratie", gemeente.waar]) == 0
