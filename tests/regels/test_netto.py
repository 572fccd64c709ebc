"""Rule N2: every code of the list has one kind, and any other code is unknown."""

from __future__ import annotations

import pytest

from verrekening.regels import netto

WERK = {11, 13, 15}
UITKERING = {18, 22, 24, 31, 32, 33, 36, 37, 38, 39, 40, 46, 50, 52}
PENSIOEN = {23, 53, 55, 56, 57, 58, 59, 60, 63}
NOOIT = {34, 43, 45}
EIGEN_SIGNAAL = {17, 42, 61, 62}


@pytest.mark.parametrize("code", range(100))
def test_a_code_has_one_kind(code: int) -> None:
    """Employment, benefit, pension, never income, one of its own signal, or unknown; 17 is work once it is let in."""
    werk, pensioen = netto.is_werk(code), netto.is_pensioen(code)
    uitkering, nooit = netto.is_bekende_uitkering(code), netto.nooit_inkomen(code)
    assert werk == (code in WERK | {17})
    assert pensioen == (code in PENSIOEN)
    assert uitkering == (code in UITKERING)
    assert nooit == (code in NOOIT)
    onbekend = netto.onbekende_code(code, werk, pensioen, uitkering, nooit)
    assert onbekend == (code not in WERK | UITKERING | PENSIOEN | NOOIT | EIGEN_SIGNAAL)
