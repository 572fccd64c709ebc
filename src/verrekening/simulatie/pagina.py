"""A simulation as one page; apart, because plots and templates take time to load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verrekening.rapport import Reeks, lijnen, omgeving, schrijf_pagina, staven
from verrekening.simulatie.beeld import samenvatting, uitvoering


def pagina(uit: dict[str, Any]) -> str:
    """One self-contained page of what `simuleer` gave."""
    sjabloon = omgeving("verrekening.simulatie").get_template("simulatie.html.j2")
    klassen, maanden = uit["recht"]["klassen"], uit["recht"]["maanden"]
    nu, dan = uit["uitvoering"]["nu"], uit["uitvoering"]["dan"]
    return sjabloon.render(
        uit=uit,
        kort=samenvatting(uit),
        uitvoering=uitvoering(uit),
        klassen=staven(
            list(klassen),
            [Reeks("huishoudens", [aantal if isinstance(aantal, int) else None for aantal in klassen.values()])],
            "Huishoudens naar verschil over alle maanden",
            eenheid="huishoudens",
        ),
        kosten=staven(
            [een["maand"] for een in maanden],
            [Reeks("verschil", [een["verschil_cent"] for een in maanden])],
            "Verschil in kosten per maand",
        ),
        mens=lijnen(
            nu["maanden"],
            [Reeks("nu", nu["zonder_mens_per_maand"]), Reeks("dan", dan["zonder_mens_per_maand"])],
            "Berekeningen zonder mens",
            eenheid="procent",
        ),
    )


def schrijf(uit: dict[str, Any], doel: Path) -> None:
    """Writes the page, readable by its owner only. Raises OSError."""
    schrijf_pagina(pagina(uit), doel)
