"""The statement: the same amounts as the run, lines that add up, B1 Dutch, and a PDF a screen reader can read."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from tests import hulp
from tests.brief.zaken import BRIEVEN

from verrekening import brief, uitleg
from verrekening.berekening import Spoor
from verrekening.brief import Brief
from verrekening.brief.woordenlijst import begrippen_in
from verrekening.fouten import InvoerGeweigerd
from verrekening.geld import euro

GOUD = Path(__file__).parent / "golden"
AFZENDER = brief.Afzender(
    naam="gemeente Voorbeeldstad",
    adres=("Postbus 1", "1234 AB Voorbeeldstad"),
    telefoon="14 0123",
    website="www.voorbeeldstad.example",
    bezwaar="gemeente Voorbeeldstad, Postbus 2, 1234 AB Voorbeeldstad",
)


def _maak(naam: str, map_: Path) -> tuple[dict[str, Any], Brief]:
    dossier, records = BRIEVEN[naam]
    spoor = Spoor(aan=True)
    zaak = uitleg.zaak(hulp.draai_op(map_, [dossier], records, "2026-08", spoor=spoor, alleen="D-1"), spoor)
    return zaak, brief.maak("D-1", "2026-08", zaak["betaling"], zaak["maanden"], zaak["signalen"], AFZENDER)


@pytest.fixture(params=BRIEVEN)
def geval(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, dict[str, Any], Brief]:
    """Each worked case: its name, the data of the case, and its statement."""
    return (request.param, *_maak(request.param, tmp_path))


def _als_tekst(een: Brief) -> str:
    """The content as plain text, for the golden files."""

    def posten(lijst: tuple[brief.Post, ...]) -> list[str]:
        return [
            f"  {post.teken or ' '} {post.woorden:<34} {euro(post.cent):>12}  {post.wet}".rstrip() for post in lijst
        ]

    regels = [f"Uitkeringsspecificatie {een.betaalmaand}", "", *een.kern, "", *posten(een.betaling)]
    for blok in een.maanden:
        regels += ["", f"Over {blok.maand}", *blok.redenen, *posten(blok.posten)]
    for kop, zinnen in een.doen:
        regels += ["", kop, *zinnen]
    regels += ["", "Wat betekenen deze woorden?", *(f"{woord}: {wat}" for woord, wat in een.begrippen)]
    return "\n".join(regels) + "\n"


def test_the_statement_is_the_golden_text(geval: tuple[str, dict[str, Any], Brief]) -> None:
    """Write them anew with GOLDEN=1, and read the difference."""
    naam, _, een = geval
    tekst = _als_tekst(een)
    if os.environ.get("GOLDEN"):
        GOUD.mkdir(exist_ok=True)
        (GOUD / f"{naam}.txt").write_text(tekst, encoding="utf-8")
    assert tekst == (GOUD / f"{naam}.txt").read_text(encoding="utf-8")


def test_lines_add_up_to_each_total(geval: tuple[str, dict[str, Any], Brief]) -> None:
    """Whoever adds the lines by hand finds every total, in each block from its own start."""
    _, zaak, een = geval
    for posten in (een.betaling, *(blok.posten for blok in een.maanden)):
        stand = 0
        for post in posten:
            if post.woorden == "Al betaald":
                stand = post.cent - stand
            elif post.teken == "":
                stand = post.cent
            elif post.totaal:
                assert abs(stand) == post.cent, post.woorden
                stand = abs(stand)
            else:
                stand += post.cent if post.teken == "+" else -post.cent
    assert een.betaling[-1].cent == zaak["betaling"]["te_betalen_cent"] == een.te_betalen_cent


def test_every_month_with_a_line_has_a_reason(geval: tuple[str, dict[str, Any], Brief]) -> None:
    """No amount is settled or paid without a sentence that says why."""
    _, zaak, een = geval
    geraakt = [maand for maand in zaak["maanden"] if maand["verrekend_cent"] or maand["nabetaald_cent"]]
    assert len(een.maanden) == len(geraakt)
    assert all(blok.redenen for blok in een.maanden)


def test_the_text_reads_at_b1(geval: tuple[str, dict[str, Any], Brief]) -> None:
    """Short sentences, no place in the law in running text, and every word that must stay is explained."""
    _, _, een = geval
    zinnen = [zin for tekst in een.zinnen() for zin in re.split(r"(?<=[.?!])\s+(?=[A-Z])", tekst) if zin]
    woorden = [len(zin.split()) for zin in zinnen]
    assert sum(woorden) / len(woorden) < 12
    assert max(woorden) <= 20, zinnen[woorden.index(max(woorden))]
    assert not [zin for zin in zinnen if re.search(r"\bart(?:ikel|\.)|\blid \d|\bWet\b", zin, re.IGNORECASE)]
    posten = [post.woorden for lijst in (een.betaling, *(blok.posten for blok in een.maanden)) for post in lijst]
    assert {woord for woord, _ in begrippen_in([*een.zinnen(), *posten])} == {woord for woord, _ in een.begrippen}


def test_a_stopped_case_says_that_somebody_looks_first(tmp_path: Path) -> None:
    """Nothing settled, and no month block."""
    _, een = _maak("gestopt", tmp_path)
    assert een.gestopt
    assert een.maanden == ()
    assert "Een medewerker kijkt daar eerst naar." in een.kern


def test_html_and_pdf_hold_every_amount_and_no_bsn(geval: tuple[str, dict[str, Any], Brief]) -> None:
    """Both forms from one content."""
    _, _, een = geval
    html = brief.als_html(een, "15 augustus 2026").replace("\N{NO-BREAK SPACE}", " ")
    pdf = brief.als_pdf(een, "15 augustus 2026")
    assert hulp.BSN not in html
    for post in een.betaling:
        assert euro(post.cent) in html
    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in pdf  # PDF/UA-1: the compiler refuses a document that is not tagged throughout


def test_words_from_outside_stay_words(tmp_path: Path) -> None:
    """A sender with signs of HTML or Typst is text."""
    _, een = _maak("een-baan", tmp_path)
    gek = brief.Afzender(naam="<b>#panic()</b>", adres=("$x^2$ *vet*",))
    anders = brief.Brief(**{**{veld: getattr(een, veld) for veld in een.__dataclass_fields__}, "afzender": gek})
    assert "<b>#panic" not in brief.als_html(anders, "15 augustus 2026")
    assert brief.als_pdf(anders, "15 augustus 2026").startswith(b"%PDF")


def test_a_sender_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    """With the key and what is wrong."""
    bestand = tmp_path / "afzender.yaml"
    bestand.write_text("naam: gemeente X\ntelefon: '1'\n", encoding="utf-8")
    with pytest.raises(InvoerGeweigerd, match=r"afzender\.yaml: telefon"):
        brief.lees_afzender(bestand)
