"""Two outcomes beside each other: every household and cent that differs, and where it begins."""

from __future__ import annotations

import pyarrow as pa
import pytest

from verrekening.financien import Kant, vergelijk_uitkomsten
from verrekening.financien.verschil import als_json, rijentabel


def _kant(naam: str, betaling: list[tuple[str, int]], maanden: list[tuple[str, str, int, int | None]]) -> Kant:
    return Kant(
        naam,
        {"engine": naam, "beleid": {"sha256": "x"}, "vingerafdruk": naam},
        pa.table(
            {
                "dossiernummer": pa.array([een[0] for een in betaling], pa.string()),
                "betaalmaand": pa.array(["2026-08"] * len(betaling), pa.string()),
                "te_betalen_cent": pa.array([een[1] for een in betaling], pa.int64()),
            }
        ),
        pa.table(
            {
                "dossiernummer": pa.array([een[0] for een in maanden], pa.string()),
                "maand": pa.array([een[1] for een in maanden], pa.string()),
                "inkomen_cent": pa.array([een[2] for een in maanden], pa.int64()),
                "betaald_cent": pa.array([een[3] for een in maanden], pa.int64()),
            }
        ),
    )


OUD = _kant("0.1.0", [("A", 100), ("B", 200), ("C", 300)], [("A", "2026-07", 10, 50), ("B", "2026-07", 20, None)])


def test_equal_outcomes_have_no_difference() -> None:
    """Also when the rows stand in another order."""
    zelfde = _kant(
        "0.1.0", [("C", 300), ("A", 100), ("B", 200)], [("B", "2026-07", 20, None), ("A", "2026-07", 10, 50)]
    )
    resultaat = vergelijk_uitkomsten(OUD, zelfde)
    assert (resultaat.huishoudens["met_verschil"], len(resultaat.rijen), resultaat.bewijs) == (0, 0, {})


def test_every_difference_is_counted_once_per_field() -> None:
    """One cent for A, and its cause in the month; C is gone; what was unknown for B is known now."""
    nieuw = _kant("0.2.0", [("A", 101), ("B", 200)], [("A", "2026-07", 9, 50), ("B", "2026-07", 20, 0)])
    resultaat = vergelijk_uitkomsten(OUD, nieuw)
    assert resultaat.huishoudens == {"in_beide": 2, "alleen_oud": 1, "alleen_nieuw": 0, "met_verschil": 3}
    velden = {(een["tabel"], een["veld"]): een for een in resultaat.velden.to_dict("records")}
    assert velden["betaling", "te_betalen_cent"]["verschil_cent"] == 1 - 300
    assert velden["betaling", "te_betalen_cent"]["omvang_cent"] == 1 + 300
    assert velden["maanden", "inkomen_cent"]["huishoudens"] == 1
    assert velden["maanden", "betaald_cent"]["verschil_cent"] == 0
    assert als_json(resultaat)["bewijs"] == {"engine": ["0.1.0", "0.2.0"]}


def test_the_first_field_in_the_order_of_calculation_is_the_cause() -> None:
    """Income comes before what was paid: only income is a cause of the row of A."""
    nieuw = _kant("0.2.0", [("A", 100), ("B", 200), ("C", 300)], [("A", "2026-07", 9, 40), ("B", "2026-07", 20, None)])
    resultaat = vergelijk_uitkomsten(OUD, nieuw)
    assert resultaat.oorzaken[["veld", "regel"]].to_numpy().tolist() == [["inkomen_cent", "A1"]]
    assert rijentabel(resultaat)[["veld", "oorzaak"]].to_numpy().tolist() == [
        ["inkomen_cent", "ja"],
        ["betaald_cent", "nee"],
    ]


@pytest.mark.parametrize("veld", ["oud_cent", "nieuw_cent"])
def test_an_unknown_amount_stays_empty(veld: str) -> None:
    """Unknown is not zero in the table for people either."""
    bekend = _kant("0.1.0", [("A", 100), ("B", 200), ("C", 300)], [("A", "2026-07", 10, 50), ("B", "2026-07", 20, 0)])
    kanten = (OUD, bekend) if veld == "oud_cent" else (bekend, OUD)
    assert rijentabel(vergelijk_uitkomsten(*kanten))[veld].tolist() == [None]
