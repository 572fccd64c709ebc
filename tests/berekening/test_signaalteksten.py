"""What the signals of chapter S say besides their amount."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import hulp

from verrekening.berekening.signalen import Verzamelaar, euro_tekst
from verrekening.geld import euro
from verrekening.maand import lees_maand


def _teksten(map_: Path, code: str, maand: str, **dossier: Any) -> list[str]:
    records = [hulp.opgave("2026-07", LnLbPh="400.00", DatEind="2026-07-31")]
    persoon = hulp.persoon(vrijlating={"n": {"toestemming": False}})
    velden: dict[str, Any] = {"personen": [persoon]} | dossier
    zaak = hulp.dossier(**velden)
    _, _, signalen = hulp.rijen(hulp.draai_op(map_, [zaak], records, maand))
    return [s["tekst"] for s in signalen if s["code"] == code]


@pytest.mark.parametrize(
    ("betaalmaand", "reserve"), [("2026-08", "€ 121,15"), ("2026-10", "€ 121,15"), ("2026-11", "€ 0,00")]
)
def test_what_is_left_at_the_end_names_the_reserve_not_yet_paid(tmp_path: Path, betaalmaand: str, reserve: str) -> None:
    """June 70.08 and July 51.07, until three months after the end (Pw art. 45 lid 1); May was paid in June."""
    boekingen = {"2026-05": 133142, "2026-06": 133142, "2026-07": 134849}
    (tekst,) = _teksten(
        tmp_path,
        "RESTANT_BIJ_EINDE",
        betaalmaand,
        begindatum="2026-05-01",
        einddatum="2026-07-31",
        betalingen=[hulp.boeking(maand, cent) for maand, cent in boekingen.items()],
    )
    assert "€ 378,18" in tekst
    assert tekst.endswith(f"De reservering die nog niet is betaald, is {reserve}.")


@pytest.mark.parametrize("aflossing", [True, False])
def test_a_shortage_with_an_instalment_names_the_beslagvrije_voet(tmp_path: Path, aflossing: bool) -> None:
    """Rule S10; without an instalment there is nothing to say about it."""
    (tekst,) = _teksten(
        tmp_path,
        "ONDER_BESTAANSMINIMUM",
        "2026-08",
        begindatum="2026-07-01",
        betalingen=[hulp.boeking("2026-07", 134849)],
        aflossingen=[{"maand": "2026-08", "bedrag_cent": 1, "vordering": "V-1"}] if aflossing else [],
    )
    assert ("beslagvrije voet" in tekst) == aflossing


@given(st.lists(st.integers(-(10**9) + 1, 10**9 - 1), max_size=6))
def test_a_column_of_amounts_is_written_as_one_amount(centen: list[int]) -> None:
    """With no, one or two points."""
    assert euro_tekst(np.array(centen, dtype=np.int64)).to_pylist() == [euro(cent) for cent in centen]


def _verzamelaar(**teksten: Any) -> list[tuple[str, str, str]]:
    """What becomes of the same six signals, told with these texts; two of a household outside the run."""
    signalen = Verzamelaar(lees_maand("2026-08"), {})
    wie, maand = np.array([2, 1, 0, 2, 1, 2]), np.array([3, 3, 2, 2, 1, 3]) + lees_maand("2026-04")
    signalen.meld("VOORLOPIGE_PARAMETER", wie, maand, oorzaak=np.arange(6), **teksten)
    tabel = signalen.tabel(np.array([True, False, True]))
    return list(zip(*[kolom.to_pylist() for kolom in (tabel.regel, tabel.artikel, tabel.tekst)], strict=True))


def test_texts_with_a_dictionary_are_those_without() -> None:
    """Sentences that repeat themselves are made once, and come out the same, in the same order."""
    plek, woorden = pa.array([0, 1, 0, 1, 1, 0]), pa.array(["eerste", "tweede"])
    boek = pa.DictionaryArray.from_arrays(plek, woorden)
    met = _verzamelaar(wat=boek, regel=boek, artikel=boek)
    assert met == _verzamelaar(wat=woorden.take(plek), regel=woorden.take(plek), artikel=woorden.take(plek))
    assert [tekst for _, _, tekst in met] == [
        f"In {maand} 2026 is met een voorlopig bedrag gerekend: {wat}."
        for maand, wat in (("juni", "eerste"), ("juni", "tweede"), ("juli", "eerste"), ("juli", "eerste"))
    ]


def test_signals_without_texts_of_their_own_are_told_month_by_month_or_at_once() -> None:
    """The same table, in order of household and month."""

    def tabel(delen: list[list[int]]) -> list[Any]:
        signalen = Verzamelaar(lees_maand("2026-08"), {})
        for deel in delen:
            signalen.meld(
                "INKOMEN_BOVEN_NORM", np.array([0, 1] * len(deel)), np.repeat(deel, 2) + lees_maand("2026-01")
            )
        uit = signalen.tabel(np.ones(2, dtype=bool))
        return [uit.huishouden.tolist(), uit.maand.tolist(), uit.tekst.to_pylist()]

    assert tabel([[7], [1], [3]]) == tabel([[7, 1, 3]])
    # January lies more than six months before the payment month, and tells of no open amount.
    assert tabel([[0]]) == [[], [], []]
