"""The monitor as one page; apart, because plots and templates take time to load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verrekening.monitor import woorden
from verrekening.monitor.beeld import bias_kort
from verrekening.monitor.raad import tekst
from verrekening.rapport import Reeks, lijnen, omgeving, schrijf_pagina, staven, vast


def pagina(uit: dict[str, Any]) -> str:
    """One self-contained page of a report (`verslag`)."""
    sjabloon = omgeving("verrekening.monitor").get_template("monitor.html.j2")
    return sjabloon.render(
        uit=uit,
        raad=tekst(uit),
        stromen=woorden.STROMEN,
        indicatoren=woorden.INDICATOREN,
        cel=lambda waarde, cent=False: vast(woorden.cel(waarde, cent=cent)),
        procent=woorden.procent,
        in_woorden=woorden.code_in_woorden,
        grafieken=_grafieken(uit),
    )


def schrijf(uit: dict[str, Any], doel: Path) -> None:
    """Writes the page, readable by its owner only. Raises OSError."""
    schrijf_pagina(pagina(uit), doel)


def biaspagina(uit: dict[str, Any]) -> str:
    """One self-contained page of a check for bias."""
    sjabloon = omgeving("verrekening.monitor").get_template("biascheck.html.j2")
    verschillen = [een for een in uit["rijen"] if een["oordeel"] == "verschil"]
    getoond = [(nr, een) for nr, een in enumerate(verschillen, start=1) if "aandeel" in een]
    grafiek = staven(
        [f"verschil {nr}" for nr, _ in getoond],
        [
            Reeks(naam, [round(100 * een[veld]["waarde"], 1) for _, een in getoond])
            for naam, veld in (("de groep", "aandeel"), ("de anderen", "aandeel_rest"))
        ],
        "Aandeel van de groep en van de anderen, waar een verschil is gevonden",
        eenheid="procent",
    )
    return sjabloon.render(uit=uit, kort=bias_kort(uit), woorden=woorden, grafiek=grafiek if getoond else None)


def schrijf_bias(uit: dict[str, Any], doel: Path) -> None:
    """Writes the page, readable by its owner only. Raises OSError."""
    schrijf_pagina(biaspagina(uit), doel)


def _grafieken(uit: dict[str, Any]) -> dict[str, str]:
    maanden, jaar = uit["maanden"], uit["jaren"][-1]
    namen = [een["maand"] for een in maanden]
    zonder, met = jaar["zonder_verrekening"]["zonder"], jaar["zonder_verrekening"]["met"]
    zonder_mens = [een["afhandeling"]["zonder_mens_pct"] for een in maanden]
    return {
        "mens": lijnen(
            namen, [Reeks("zonder mens", zonder_mens)], "Berekeningen zonder mens, per maand", eenheid="procent"
        ),
        "geld": staven(
            namen,
            [
                Reeks(woorden.STROMEN[naam].lower(), [een[naam]["bedrag_cent"] for een in maanden])
                for naam in ("verrekend", "open")
            ],
            "Verrekend, en open voor een volgende maand",
        ),
        "zonder": staven(
            ["zonder verrekening (berekend)", "met verrekening"],
            [Reeks("huishoudens", [_getal(zonder["huishoudens"]), _getal(met["huishoudens"])])],
            f"Huishoudens met een terugvordering over {jaar['jaar']}",
            eenheid="huishoudens",
        ),
    }


def _getal(aantal: int | str) -> int | None:
    return aantal if isinstance(aantal, int) else None
