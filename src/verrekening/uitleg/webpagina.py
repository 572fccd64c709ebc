"""The explanation of a case as one page: pictures first, every amount folds out to where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verrekening.maand import AMSTERDAM
from verrekening.rapport import Balk, Reeks, omgeving, schrijf_pagina, staven, waterval
from verrekening.uitleg.beeld import BETALING
from verrekening.uitleg.boom import bomen
from verrekening.uitleg.woorden import bedrag, maand_in_woorden, moment_in_woorden
from verrekening.versie import VERSIE

_STANDEN = ("bijstand_cent", "netto_uitkering_cent")
_MAANDREEKSEN = (
    ("verschuldigd_cent", "recht"),
    ("betaald_cent", "betaald"),
    ("verrekend_cent", "nu verrekend"),
    ("open_cent", "blijft open"),
)


def webpagina(uitleg: Mapping[str, Any]) -> str:
    """One self-contained HTML page of what `zaak` made. Never holds a BSN."""
    sjabloon = omgeving("verrekening.uitleg").get_template("zaak.html.j2")
    maanden = uitleg["maanden"]
    return sjabloon.render(
        uitleg=uitleg,
        betaalmaand=maand_in_woorden(uitleg["betaalmaand"]),
        peildatum=moment_in_woorden(uitleg["peildatum"], AMSTERDAM),
        waterval=_waterval(uitleg),
        betaling=_regels(uitleg["betaling"]),
        maandgrafiek=_maandgrafiek(maanden) if maanden else None,
        berekend=[(maand, maand_in_woorden(maand["maand"]), bomen(uitleg, maand["maand"])) for maand in maanden],
        in_woorden=maand_in_woorden,
        bedrag=bedrag,
        versie=VERSIE,
    )


def schrijf(uitleg: Mapping[str, Any], doel: Path) -> None:
    """Writes the page of a case, readable by its owner only. Raises OSError."""
    schrijf_pagina(webpagina(uitleg), doel)


def _regels(betaling: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Lines of the payment that are shown: sign, words, cents."""
    return [(teken, woorden, betaling[veld]) for teken, veld, woorden, altijd in BETALING if altijd or betaling[veld]]


def _waterval(uitleg: Mapping[str, Any]) -> str:
    betaling = uitleg["betaling"]
    balken = [Balk("Norm", betaling["norm_cent"], totaal=True)]
    for teken, veld, woorden, _ in BETALING[1:]:
        if veld in _STANDEN:
            balken.append(Balk(woorden, betaling[veld], totaal=True))
        elif betaling[veld]:
            balken.append(Balk(woorden.partition(":")[0], betaling[veld] * (-1 if teken == "−" else 1)))
    balken.append(Balk("Te betalen", betaling["te_betalen_cent"], totaal=True))
    return waterval(balken, f"Van norm naar betaling, {maand_in_woorden(uitleg['betaalmaand'])}")


def _maandgrafiek(maanden: list[dict[str, Any]]) -> str:
    reeksen = [Reeks(naam, [maand[veld] for maand in maanden]) for veld, naam in _MAANDREEKSEN]
    return staven([maand["maand"] for maand in maanden], reeksen, "Recht, betaald en verrekend per maand")
