"""The monitor as data (``monitor.v1``), and the figures for the entry in the Algoritmeregister."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd

from verrekening.geld import euro
from verrekening.monitor.bron import Gegevens
from verrekening.monitor.cijfers import STROMEN, per_jaar, per_maand
from verrekening.monitor.geheim import MINIMUM
from verrekening.monitor.indicatoren import indicatoren

VERSIE = "monitor.v1"
TOELICHTING = {
    "minimum": f"Een groep van minder dan {MINIMUM} huishoudens staat er als <10, zonder bedrag. Een * is "
    "een groter aantal dat is weggelaten, omdat het kleine aantal anders was uit te rekenen.",
    "zonder_mens": "Zonder mens: de run had voor het huishouden geen signaal waar een medewerker naar moet kijken.",
    "doorlooptijd": "Dagen van het einde van de maand waar het loon bij hoort tot de dag waarop de run besliste.",
    "gevonden": "Gevonden: te veel betaald door inkomen, voor het eerst gezien in deze run.",
    "nieuwe_vordering": "Nieuwe vordering: een bedrag dat niet meer verrekend kan worden, omdat de zes maanden voorbij "
    "zijn of de bijstand stopte. Of de gemeente het terugvordert, beslist de gemeente.",
    "zonder_verrekening": "Zonder verrekening is een berekening en geen meting. Hij gaat over dezelfde huishoudens en "
    "hetzelfde loon. De aanname is: de gemeente kijkt één keer per jaar, vraagt dan alles terug wat te veel was, en "
    "trekt eraf wat te weinig was. Wat mensen dan anders hadden gedaan, weten we niet.",
}
"""How the figures are meant, in Dutch."""


def verslag(g: Gegevens) -> dict[str, Any]:
    """Everything the monitor tells."""
    maanden = per_maand(g)
    return {
        "versie": VERSIE,
        "van": g.namen[0],
        "tot": g.namen[-1],
        "minimum": MINIMUM,
        "maanden": maanden,
        "jaren": per_jaar(g, maanden),
        "indicatoren": indicatoren(g, maanden),
        "toelichting": TOELICHTING,
    }


def cijfers_voor_register(uit: dict[str, Any]) -> dict[str, str]:
    """Measured figures of the last year, for ``verrekening algoritmeregister --cijfers``."""
    jaar = uit["jaren"][-1]
    zonder, met = jaar["zonder_verrekening"]["zonder"], jaar["zonder_verrekening"]["met"]
    alle: dict[str, Any] = {
        "jaar": jaar["jaar"],
        "huishoudens": jaar["huishoudens"],
        "zonder_mens": _pct(jaar["afhandeling"]["zonder_mens_pct"]),
        "op_tijd_verrekend": _geld(jaar["verrekend"]["bedrag_cent"]),
        "nabetaald": _geld(jaar["nabetaald"]["bedrag_cent"]),
        "dagen_tot_verrekening": jaar["doorlooptijd_dagen"]["helft_binnen"],
        "vorderingen_berekend_zonder_verrekening": zonder["huishoudens"],
        "vorderingen_met_verrekening": met["huishoudens"],
    }
    return {naam: str(waarde) for naam, waarde in alle.items() if waarde is not None}


def _pct(waarde: float | None) -> str | None:
    return None if waarde is None else f"{waarde}%".replace(".", ",")


def _geld(cent: int | None) -> str | None:
    return None if cent is None else euro(cent)


def tabellen(uit: dict[str, Any]) -> dict[str, bytes]:
    """The monitor as CSV for Dutch spreadsheets, by name of the file."""
    maanden, jaren = uit["maanden"], uit["jaren"]
    return {
        "maanden.csv": _csv([_plat(een, "maand") for een in maanden]),
        "jaren.csv": _csv([_plat(een, "jaar") for een in jaren]),
        "redenen.csv": _csv(
            [
                {"maand": een["maand"], "code": code, "huishoudens": aantal}
                for een in maanden
                for code, aantal in een["redenen"].items()
            ]
        ),
        "groningen.csv": _csv(uit["indicatoren"]["groningen"]["maanden"]),
        "almere_maatregelen.csv": _csv(uit["indicatoren"]["almere"]["maatregelen"]),
    }


def _plat(een: dict[str, Any], sleutel: str) -> dict[str, Any]:
    rij = {sleutel: een[sleutel], "verschuldigd_cent": een["verschuldigd_cent"]}
    rij |= een["afhandeling"]
    for naam in (*STROMEN, "doorlooptijd_dagen", "correcties"):
        rij |= {f"{naam}_{veld}": waarde for veld, waarde in een.get(naam, {}).items()}
    for kant, velden in een.get("zonder_verrekening", {}).items():
        rij |= {f"berekend_{kant}_{veld}": waarde for veld, waarde in velden.items()}
    return rij


def _csv(rijen: list[dict[str, Any]]) -> bytes:
    """Semicolon, decimal comma, UTF-8 with BOM; an empty cell is not shown or not known."""
    # Object columns: an amount of whole cents beside an empty cell stays whole.
    tabel = pd.DataFrame(rijen, dtype=object)
    doel = io.StringIO()
    tabel.map(_cel).to_csv(doel, sep=";", index=False, lineterminator="\r\n")
    return doel.getvalue().encode("utf-8-sig")


def _cel(waarde: Any) -> str:
    if waarde is None or waarde != waarde:  # noqa: PLR0124 - NaN is not itself
        return ""
    return str(waarde).replace(".", ",") if isinstance(waarde, float) else str(waarde)
