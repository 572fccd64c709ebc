"""The indicators of the municipalities Groningen and Almere, as far as an administration of settlement holds them."""

from __future__ import annotations

from typing import Any

from verrekening.monitor.bron import Gegevens
from verrekening.monitor.geheim import bij, toon

Cijfers = dict[str, Any]

NORM_ONTERECHT_PCT = 1.0
"""Groningen: less than one in a hundred benefits is wrongly paid."""

NIET_UIT_DEZE_BRON: dict[str, tuple[str, ...]] = {
    "Groningen": (
        "nazorg en doorverwijzing",
        "boetes en verlaagde uitkeringen",
        "aandeel onderzoeken waarin iets niet klopte, en de doorlooptijd daarvan",
        "toegekende aanvragen aan de poort",
        "signalen en hun herkomst",
        "uitkomsten van de adreskwaliteit (LAA en BRP)",
    ),
    "Almere": (
        "schendingen van de inlichtingenplicht",
        "boetes en waarschuwingen",
        "gemiddeld bedrag dat na een schending terug moet",
        "uitkeringen die na een schending zijn beëindigd",
        "logboek van preventie en klanttevredenheid",
    ),
}
"""What they count and this source does not hold."""

_MAANDEN_TREND = 3


def indicatoren(g: Gegevens, maanden: list[Cijfers]) -> Cijfers:
    """The indicators with their trend over the months.

    Args:
        g: the tables.
        maanden: `cijfers.per_maand`.
    """
    rijen = [_maand(een) for een in maanden]
    namen = [naam for naam in rijen[0] if naam != "maand"]
    return {
        "groningen": {
            "norm_onterecht_pct": NORM_ONTERECHT_PCT,
            "maanden": rijen,
            "trend": {naam: trend([rij[naam] for rij in rijen]) for naam in namen},
        },
        "almere": {"maatregelen": [_maatregelen(g, p, naam) for p, naam in zip(g.maanden, g.namen, strict=True)]},
        "niet_uit_deze_bron": {naam: list(lijst) for naam, lijst in NIET_UIT_DEZE_BRON.items()},
    }


def _maand(een: Cijfers) -> Cijfers:
    nieuw, einde = een["nieuwe_vordering"], een["bij_einde"]
    huishoudens = een["afhandeling"]["huishoudens"]
    return {
        "maand": een["maand"],
        "onterecht_huishoudens_pct": _pct(nieuw["huishoudens"], huishoudens),
        "onterecht_bedrag_pct": _pct(nieuw["bedrag_cent"], een["verschuldigd_cent"]),
        "vorderingen_nieuw": nieuw["huishoudens"],
        "vordering_bedrag_cent": nieuw["bedrag_cent"],
        "vordering_gemiddeld_cent": nieuw["gemiddeld_cent"],
        "vordering_spreiding_cent": nieuw["spreiding_cent"],
        "bij_einde_gemiddeld_cent": einde["gemiddeld_cent"],
    }


def _pct(deel: Any, geheel: Any) -> float | None:
    if not (isinstance(deel, int) and isinstance(geheel, int) and geheel):
        return None
    return round(100 * deel / geheel, 2)


def trend(waarden: list[Any]) -> str:
    """The last three months beside the three before: ``omhoog``, ``omlaag``, ``gelijk`` or ``onbekend``."""
    bekend = [een if isinstance(een, int | float) else None for een in waarden]
    nieuw, oud = bekend[-_MAANDEN_TREND:], bekend[-2 * _MAANDEN_TREND : -_MAANDEN_TREND]
    if len(oud) < _MAANDEN_TREND or None in oud or None in nieuw:
        return "onbekend"
    een, twee = sum(n for n in oud if n is not None), sum(n for n in nieuw if n is not None)
    return "gelijk" if een == twee else "omhoog" if twee > een else "omlaag"


def _maatregelen(g: Gegevens, p: int, naam: str) -> Cijfers:
    """Measures that were applied: how many and how much; of which kind does not stand in the dossier."""
    deze = g.betalingen.loc[(g.betalingen["p"] == p) & (g.betalingen["maatregel"] > 0), "maatregel"]
    aantal = toon(len(deze))
    return {"maand": naam, "huishoudens": aantal, "bedrag_cent": bij(aantal, int(deze.sum()))}
