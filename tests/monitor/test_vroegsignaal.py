"""Early signals: what can still be prevented, the worst first."""

from __future__ import annotations

import pandas as pd

from verrekening.monitor import Gegevens, vroegsignalen

P = 680


def _g(
    standen: list[tuple[str, int, int, int, int]],
    signalen: list[tuple[str, int, str, int, int]] | None = None,
    lijnen: list[tuple[str, int, int, int]] | None = None,
) -> Gegevens:
    """Tables with these rows: standen (dossier, p, r, open, ontvangst), signalen (dossier, p, code, r, bedrag)."""
    return Gegevens(
        maanden=(P - 2, P - 1, P),
        betalingen=pd.DataFrame({"dossiernummer": [], "p": []}),
        lijnen=pd.DataFrame(lijnen or [], columns=["dossiernummer", "p", "r", "verrekend"]),
        signalen=pd.DataFrame(signalen or [], columns=["dossiernummer", "p", "code", "r", "bedrag"]),
        standen=pd.DataFrame(standen, columns=["dossiernummer", "p", "r", "open", "ontvangst"]),
        vervangen={},
    )


def _kort(g: Gegevens) -> list[tuple[str, str, int | None]]:
    return [(een["dossiernummer"], een["soort"], een["bedrag_cent"]) for een in vroegsignalen(g)]


def test_what_prevents_hardship_comes_first_then_the_largest_amount() -> None:
    """Below 95% of the norm before a window that closes, before records that stay away; within a kind by amount."""
    g = _g(
        [("D-1", P, P - 5, 20000, P - 5), ("D-2", P, P - 5, 50000, P - 4)],
        [
            ("D-3", P, "LOONGEGEVENS_ONTBREKEN", P - 2, 0), ("D-4", P, "ONDER_BESTAANSMINIMUM", P, 100),
            ("D-5", P, "ONDER_BESTAANSMINIMUM", P, 900),
        ],
    )  # fmt: skip
    assert _kort(g) == [
        ("D-5", "ONDER_95", 900), ("D-4", "ONDER_95", 100), ("D-2", "TERMIJN", 50000), ("D-1", "TERMIJN", 20000),
        ("D-3", "LOON_BLIJFT_WEG", None),
    ]  # fmt: skip


def test_a_window_that_closes_within_two_months() -> None:
    """Received in P−5 and P−4 it closes in P+1 and P+2; P−6 closed with this payment, P−3 has time."""
    g = _g([(f"D-{oud}", P, P - oud, 1000, P - oud) for oud in (3, 4, 5, 6, 7)])
    assert [nummer for nummer, soort, _ in _kort(g) if soort == "TERMIJN"] == ["D-4", "D-5"]
    assert "2026-11" in next(een["voorstel"] for een in vroegsignalen(g) if een["dossiernummer"] == "D-4")


def test_an_open_amount_that_grows_twice() -> None:
    """Growth in both of the last payment months; once is not enough, and what has another cause does not count."""
    open_bedragen = {"D-1": (100, 200, 300), "D-2": (200, 200, 300), "D-3": (100, 300, 200), "D-4": (100, 200, 300)}
    g = _g(
        [
            (nummer, P - 2 + i, P - 3, cent, P - 3)
            for nummer, rij in open_bedragen.items()
            for i, cent in enumerate(rij)
        ],
        [("D-4", P, "GEEN_MIDDELEN", P - 3, 300)],
    )
    assert _kort(g) == [("D-1", "OPEN_GROEIT", 300)]


def test_records_that_stay_away_tell_what_may_come() -> None:
    """The largest amount settled for one month before, else unknown."""
    g = _g(
        [],
        [("D-1", P, "WACHT_OP_LOONGEGEVENS", P, 0), ("D-2", P, "LOONGEGEVENS_ONTBREKEN", P - 2, 0)],
        [("D-1", P - 1, P - 2, 700), ("D-1", P - 2, P - 3, 900)],
    )
    assert _kort(g) == [("D-1", "LOON_BLIJFT_WEG", 900), ("D-2", "LOON_BLIJFT_WEG", None)]
