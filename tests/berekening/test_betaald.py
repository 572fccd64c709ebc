"""What is known to be paid over a month: bookings and standing decisions (rule S2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests import hulp

from verrekening.berekening.bereik import Besloten, bepaal_bereik
from verrekening.dossier import lees
from verrekening.geld import Verhouding
from verrekening.maand import lees_maand, lees_moment, volgende
from verrekening.regels import RECHTMAAND

P = lees_maand("2026-08")


def _reken(**invoer: Any) -> dict[str, Any]:
    basis: dict[str, Any] = dict.fromkeys(RECHTMAAND.invoer, 0) | {
        "geboekt_bekend": False, "besloten_bekend": False, "reserveert_over_norm": False,
        "verschuldigd": 79919, "zonder_inkomen": 134849, "reservering": 4206,
        "uitbetaling_reserve": P + 10, "ontvangstmaand": P - 1, "betaalmaand": P, "verrekening_termijn_maanden": 6,
    }  # fmt: skip
    graaf = RECHTMAAND.op(P)
    parameters = {"vakantietoeslag_pct_bijstand": Verhouding(1, 20)}
    return graaf.reken(basis | parameters | invoer)


@pytest.mark.parametrize(
    ("invoer", "bekend", "betaald", "wijkt_af"),
    [
        # Nothing at all.
        ({}, False, 0, False),
        # An explicit 0 is a record.
        ({"geboekt_bekend": True}, True, 0, False),
        # No booking: the decision says what was paid.
        ({"besloten_bekend": True, "besloten": 134849, "besloten_te_betalen": 79919}, True, 134849, False),
        # Both, and the same.
        (
            {"geboekt_bekend": True, "geboekt": 134849, "besloten_bekend": True, "besloten": 134849},
            True,
            134849,
            False,
        ),
        # Both, and different: the booking counts, and a human looks.
        ({"geboekt_bekend": True, "geboekt": 130000, "besloten_bekend": True, "besloten": 134849}, True, 130000, True),
        # The booking is what the bank paid: unknown, and no second signal about the same.
        (
            {"geboekt_bekend": True, "geboekt": 79919, "besloten_bekend": True, "besloten": 134849, "besloten_te_betalen": 79919},
            False,
            79919,
            False,
        ),
        # What was due and what was paid are the same amount.
        (
            {"geboekt_bekend": True, "geboekt": 134849, "besloten_bekend": True, "besloten": 134849, "besloten_te_betalen": 134849},
            True,
            134849,
            False,
        ),
        # A booking taken back before it was booked.
        ({"geboekt_bekend": True, "geboekt": -1}, False, -1, False),
    ],
)  # fmt: skip
def test_a_booking_counts_before_a_decision_and_silence_is_not_nothing(
    invoer: dict[str, Any], bekend: bool, betaald: int, wijkt_af: bool
) -> None:
    """Known or not, the amount, and BETALING_WIJKT_AF."""
    uit = _reken(**invoer)
    assert uit["betaling_bekend"] == bekend
    assert uit["betaald"] == betaald
    assert uit["signaal_BETALING_ONBEKEND"] == (not bekend)
    assert uit["signaal_BETALING_WIJKT_AF"] == wijkt_af
    assert bekend or uit["verschil"] == 0


def test_a_decision_makes_a_month_of_right_like_a_booking(tmp_path: Path) -> None:
    """Range (S1) and amounts; a household with only decisions is not without payment."""
    zaken = lees(
        [
            hulp.schrijf_dossiers(
                tmp_path / "d.jsonl",
                [hulp.dossier("D-1"), hulp.dossier("D-2", personen=[hulp.persoon(bsn=hulp.BSN_PARTNER)])],
            )
        ]
    )
    een = np.array([0], dtype=np.int64)
    besloten = Besloten(een, np.array([P - 2]), np.array([133142]), np.array([100000]))
    bereik = bepaal_bereik(zaken, P, lees_moment("2026-08-15T00:00:00+00:00"), besloten)
    assert bereik.is_r[:, 0].tolist() == [True, True, False]
    assert not bereik.is_r[:, 1].any()
    assert bereik.besloten[:, 0].tolist() == [133142, 0, 0]
    assert bereik.besloten_te_betalen[:, 0].tolist() == [100000, 0, 0]
    assert bereik.zonder_betaling.tolist() == [False, True]


@pytest.mark.parametrize(("maand", "juni"), [("2025-06", "2026-06"), ("2026-05", "2026-06"), ("2026-12", "2027-06")])
def test_the_reserve_of_a_month_is_paid_in_the_june_after_it(maand: str, juni: str) -> None:
    """Pw art. 45 lid 1: in June over the twelve months before."""
    assert volgende(lees_maand(maand) + 1, 6) == lees_maand(juni)
