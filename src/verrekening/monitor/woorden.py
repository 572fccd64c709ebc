"""Words of the reports: headings of flows and how a hidden figure looks."""

from __future__ import annotations

from typing import Any

from verrekening.geld import euro

STROMEN = {
    "gevonden": "Te veel betaald, gevonden",
    "verrekend": "Verrekend",
    "nabetaald": "Nabetaald",
    "open": "Open voor een volgende maand",
    "loopt_af": "Laatste kans om te verrekenen",
    "nieuwe_vordering": "Niet meer te verrekenen (nieuw)",
    "bij_einde": "Over bij het einde van de bijstand",
    "andere_oorzaak": "Te veel door een andere oorzaak",
}
INDICATOREN = {
    "onterecht_huishoudens_pct": "Onterecht betaald, % van de huishoudens",
    "onterecht_bedrag_pct": "Onterecht betaald, % van het bedrag",
    "vorderingen_nieuw": "Vorderingen: nieuw",
    "vordering_bedrag_cent": "Vorderingen: bedrag",
    "vordering_gemiddeld_cent": "Vorderingen: gemiddeld",
    "vordering_spreiding_cent": "Vorderingen: spreiding",
    "bij_einde_gemiddeld_cent": "Vordering bij het einde: gemiddeld",
}
_NIETS = "–"


def cel(waarde: Any, *, cent: bool = False) -> str:
    """A figure of a report as text; what is hidden or unknown is a dash."""
    if waarde is None:
        return _NIETS
    if cent and isinstance(waarde, int):
        return euro(waarde)
    return f"{waarde:g}".replace(".", ",") if isinstance(waarde, float) else str(waarde)


def procent(waarde: float | None) -> str:
    """A share as text."""
    return _NIETS if waarde is None else f"{waarde:g}%".replace(".", ",")


def code_in_woorden(code: str) -> str:
    """``TERMIJN_LOOPT_AF`` as ``termijn loopt af``."""
    return code.replace("_", " ").lower()


UITKOMSTEN = {
    "gestopt": "gestopt",
    "later_gecorrigeerd": "later opnieuw verrekend",
    "laat_verrekend": "laat verrekend",
    "blijft_open": "met een open bedrag",
    "onder_minimum": "onder 95% van de norm",
}
"""Outcomes of the check for bias, as they stand after "vaker"."""
OORDELEN = {"verschil": "verschil", "geen": "geen verschil", "te_klein": "te klein"}
VROEG = {
    "ONDER_95": "te weinig om van te leven",
    "TERMIJN": "termijn loopt bijna af",
    "OPEN_GROEIT": "open bedrag groeit",
    "LOON_BLIJFT_WEG": "loongegevens blijven weg",
}
"""Kinds of early signals, what is worst to happen first."""


def aandeel(een: dict[str, float] | None, *, kort: bool = False) -> str:
    """A share from 0 to 1 as a percentage, with its interval unless short."""
    if een is None:
        return _NIETS
    if kort:
        return f"{_pct(een['waarde'])}%"
    return f"{_pct(een['waarde'])}% ({_pct(een['laag'])}–{_pct(een['hoog'])})"


def punten(verschil: float) -> str:
    """A difference of shares in percentage points."""
    return f"{_pct(verschil)} punt"


def _pct(waarde: float) -> str:
    return f"{100 * waarde:.1f}".replace(".", ",").replace("-", "−")
