"""The chart of accounts: a municipality's own numbers over the default."""

from __future__ import annotations

from pathlib import Path

import pytest

from verrekening.financien import REKENINGEN, lees_rekeningen
from verrekening.fouten import InvoerGeweigerd


def test_the_default_has_every_account_with_a_number_of_its_own() -> None:
    """A journal never has an account without a number."""
    standaard = lees_rekeningen()
    assert tuple(standaard) == REKENINGEN
    assert len({een.nummer for een in standaard.values()}) == len(REKENINGEN)


def test_own_numbers_stand_over_the_default(tmp_path: Path) -> None:
    """Only what is given changes."""
    pad = tmp_path / "r.yaml"
    pad.write_text('reservering: {nummer: "299"}\n', encoding="utf-8")
    eigen = lees_rekeningen(pad)
    assert (eigen["reservering"].nummer, eigen["reservering"].omschrijving) == (
        "299",
        lees_rekeningen()["reservering"].omschrijving,
    )
    assert eigen["bank"] == lees_rekeningen()["bank"]


@pytest.mark.parametrize(
    "tekst",
    ["kas: {nummer: '1'}", "bank: 12", "bank: {omschrijving: x}", "[1]", "bank: {nummer: '1', kant: debet}", "a: &a b"],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, tekst: str) -> None:
    """An unknown account, no number, another field, no mapping, no plain YAML."""
    pad = tmp_path / "r.yaml"
    pad.write_text(tekst, encoding="utf-8")
    with pytest.raises(InvoerGeweigerd, match=r"r\.yaml"):
        lees_rekeningen(pad)
