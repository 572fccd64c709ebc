"""The explanation of a case: golden pictures, and every amount back to its rule, article and source."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tests import hulp

from verrekening import uitleg
from verrekening.berekening import Spoor
from verrekening.maand import lees_maand
from verrekening.motor.regel import Regel, Tabelregel
from verrekening.regels import NIVEAUS, TABELREGELS

GOUD = Path(__file__).parent / "golden"
PAAR = [
    hulp.persoon(),
    {
        "bsn": hulp.BSN_PARTNER,
        "rol": "partner",
        "geboortedatum": "1998-03-01",
        "medisch_urenbeperkt": [{"van": "2026-01"}],
    },
]

GEVALLEN: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "alleenstaande-met-baan": (
        hulp.dossier(
            begindatum="2026-06-01", betalingen=[hulp.boeking("2026-06", 133142), hulp.boeking("2026-07", 134849)]
        ),
        [hulp.opgave(maand, LnLbPh="700.00", OpgRchtVakBsl="56.00") for maand in ("2026-06", "2026-07")],
    ),
    "gehuwden-met-twee-inkomens": (
        hulp.dossier(
            begindatum="2026-07-01",
            personen=PAAR,
            situatie=[{"van": "2026-01", "leefvorm": "gehuwden"}],
            betalingen=[hulp.boeking("2026-07", 150000)],
            aflossingen=[{"maand": "2026-08", "bedrag_cent": 3500, "vordering": "V-1"}],
        ),
        [
            hulp.opgave("2026-07", LnLbPh="500.00", OpgRchtVakBsl="40.00"),
            hulp.opgave(
                "2026-07",
                BSN=hulp.BSN_PARTNER,
                LhNr="800007207L01",
                SrtIV="33",
                CdZvw="M",
                LnLbPh="600.00",
                IngLbPh="60.00",
                BijdrZvw="29.10",
            ),
        ],
    ),
    "gestopt-bij-een-onbekende-code": (
        hulp.dossier(begindatum="2026-07-01", betalingen=[hulp.boeking("2026-07", 134849)]),
        [hulp.opgave("2026-07", SrtIV="99", LnLbPh="700.00")],
    ),
}


@pytest.fixture(params=GEVALLEN)
def uitgelegd(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, dict[str, Any]]:
    """The explanation of each case, as data."""
    zaak, records = GEVALLEN[request.param]
    spoor = Spoor(aan=True)
    resultaat = hulp.draai_op(tmp_path, [zaak], records, "2026-08", spoor=spoor, alleen="D-1")
    return request.param, uitleg.zaak(resultaat, spoor)


def test_a_case_on_the_terminal_is_the_golden_picture(uitgelegd: tuple[str, dict[str, Any]]) -> None:
    """80 columns, no colour. Write them anew with GOLDEN=1, and read the difference."""
    naam, inhoud = uitgelegd
    stroom = io.StringIO()
    uitleg.terminal(inhoud, Console(file=stroom, width=80, highlight=False, markup=False, emoji=False))
    beeld = "\n".join(regel.rstrip() for regel in stroom.getvalue().splitlines()) + "\n"
    if os.environ.get("GOLDEN"):
        GOUD.mkdir(exist_ok=True)
        (GOUD / f"{naam}.txt").write_text(beeld, encoding="utf-8")
    assert beeld == (GOUD / f"{naam}.txt").read_text(encoding="utf-8")
    assert all(len(regel) <= 80 for regel in beeld.splitlines())


def test_on_a_terminal_an_article_opens_the_law_of_that_month(uitgelegd: tuple[str, dict[str, Any]]) -> None:
    """A link that a terminal follows; in a pipe there is no sign of it."""
    stroom = io.StringIO()
    uitleg.terminal(uitgelegd[1], Console(file=stroom, width=100, force_terminal=True, _environ={}))
    if uitgelegd[0] != "gestopt-bij-een-onbekende-code":
        assert (
            "https://wetten.overheid.nl/jci1.3:c:BWBR0015703&artikel=19&z=2026-07-01&g=2026-07-01" in stroom.getvalue()
        )
    assert "wetten.overheid.nl" not in (GOUD / f"{uitgelegd[0]}.txt").read_text(encoding="utf-8")


def test_every_amount_of_a_month_stands_among_the_rules(uitgelegd: tuple[str, dict[str, Any]]) -> None:
    """What is not 0 is explained: rule, article, formula with the amounts, and where each input came from."""
    _, inhoud = uitgelegd
    for maand in inhoud["maanden"]:
        bedragen = {regel.get("bedrag_cent") for regel in inhoud["regels"] if regel["maand"] in (maand["maand"], None)}
        for veld, bedrag in maand.items():
            if veld.endswith("_cent") and bedrag and veld not in ("norm_cent", "maatregel_cent"):
                assert bedrag in bedragen or veld in (
                    "netto_arbeid_cent",
                    "netto_uitkeringen_cent",
                    "vakantietoeslag_aanspraak_cent",
                ), veld
    for regel in inhoud["regels"]:
        assert regel["regel"]
        assert regel["artikel"]
        assert "{" not in regel["formule"]
        assert all(invoer["herkomst"] for invoer in regel["invoer"])


def test_the_explanation_never_holds_a_bsn(uitgelegd: tuple[str, dict[str, Any]]) -> None:
    """Persons are numbered by their place in the dossier."""
    tekst = json.dumps(uitgelegd[1])
    assert hulp.BSN not in tekst
    assert hulp.BSN_PARTNER not in tekst


def test_every_rule_has_number_article_sentence_and_docstring() -> None:
    """No rule without an article, in any month; the docstring says what it means."""
    alle: list[Regel | Tabelregel] = [regel for niveau in NIVEAUS for regel in niveau.regels]
    assert len(alle) > 130
    alle += TABELREGELS
    for regel in alle:
        assert regel.nummer
        assert regel.artikel
        assert len(regel.zin) > 5
        assert regel.functie.__doc__, regel.naam
    for niveau in NIVEAUS:
        assert niveau.op(lees_maand("2026-12")).regels


@pytest.mark.parametrize(
    ("partner", "situatie", "namen"),
    [
        (None, {}, ["norm_alleen", "thuis_a", "eigen_a", "norm"]),
        (None, {"in_inrichting": True}, ["inrichting_alleen", "eigen_a", "norm"]),
        (
            "1991-01-01",
            {"leefvorm": "gehuwden"},
            ["norm_gehuwd", "thuis_paar", "een_binnen", "een_zonder_recht", "norm_van_beiden", "norm"],
        ),
    ],
)
def test_of_all_norms_only_the_one_that_holds_is_explained(
    tmp_path: Path, partner: str | None, situatie: dict[str, Any], namen: list[str]
) -> None:
    """Every norm is computed for everybody; ``volledig`` still shows them all."""
    personen = [hulp.persoon()]
    if partner is not None:
        personen.append({"bsn": hulp.BSN_PARTNER, "rol": "partner", "geboortedatum": partner})
    dossier = hulp.dossier(
        begindatum="2026-07-01",
        personen=personen,
        situatie=[{"van": "2026-01", "leefvorm": "alleenstaande"} | situatie],
        betalingen=[hulp.boeking("2026-07", 0)],
    )
    spoor = Spoor(aan=True)
    resultaat = hulp.draai_op(tmp_path, [dossier], [], "2026-08", spoor=spoor)
    deze = [
        [
            r["naam"]
            for r in uitleg.zaak(resultaat, spoor, volledig=alles)["regels"]
            if (r["niveau"], r["maand"]) == _JULI
        ]
        for alles in (False, True)
    ]
    assert deze[0] == namen
    assert set(deze[0]) < set(deze[1])


_JULI = ("norm", "2026-07")
