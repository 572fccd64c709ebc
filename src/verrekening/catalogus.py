"""The law and the amounts to look up: what the commands ``regels`` and ``parameters`` and the pages in docs/ show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from verrekening.fouten import Gebruiksfout
from verrekening.maand import lees_datum, lees_maand, toon_maand
from verrekening.motor import Niveau, Regel
from verrekening.motor.regel import Tabelregel
from verrekening.parameters import Parameters
from verrekening.regels import NIVEAUS, TABELREGELS

PLAATS = "src/verrekening/parameters"
"""Where in the repository the amounts are entered."""


def regels() -> list[dict[str, Any]]:
    """Every rule: those over columns per level, then those that make rows, in order of calculation.

    Per rule: regel (number), naam, hoofdstuk, niveau, artikel, zin (formula in words), soort, leest (name -> kind),
    herkomst (name -> rule, parameter, toestand, or where an input comes from), vanaf and tot (``JJJJ-MM`` or None).
    """
    return [
        *(_regel(niveau, regel) for niveau in NIVEAUS for regel in niveau.regels),
        *(_tabelregel(een) for een in TABELREGELS),
    ]


def _tabelregel(een: Tabelregel) -> dict[str, Any]:
    return {
        "regel": een.nummer,
        "naam": een.naam,
        "hoofdstuk": _hoofdstuk(een.functie),
        "niveau": "deel",
        "artikel": een.artikel,
        "zin": een.zin,
        "soort": "Tabel",
        "leest": {},
        "herkomst": {},
        "vanaf": None,
        "tot": None,
    }


def _regel(niveau: Niveau, regel: Regel) -> dict[str, Any]:
    return {
        "regel": regel.nummer,
        "naam": regel.naam,
        "hoofdstuk": _hoofdstuk(regel.functie),
        "niveau": niveau.naam,
        "artikel": regel.artikel,
        "zin": regel.zin,
        "soort": regel.soort,
        "leest": dict(regel.argumenten),
        "herkomst": {naam: _herkomst(niveau, naam) for naam in regel.argumenten},
        "vanaf": None if regel.vanaf is None else toon_maand(regel.vanaf),
        "tot": None if regel.tot is None else toon_maand(regel.tot),
    }


def _hoofdstuk(functie: Any) -> str:
    return str(functie.__module__).rpartition(".")[2]


def _herkomst(niveau: Niveau, naam: str) -> str:
    if naam in niveau.invoer:
        return niveau.invoer[naam].herkomst
    if naam in niveau.parameters:
        return "parameter"
    if naam in niveau.toestand:
        return "toestand"
    return "regel " + "/".join(dict.fromkeys(een.nummer for een in niveau.regels if een.naam == naam))


def parameters(bron: Parameters) -> list[dict[str, Any]]:
    """Every parameter with its values and sources, and the file in which it is entered (``plaats``)."""
    return [een | {"plaats": f"{PLAATS}/{een['hoofdstuk']}.yaml"} for een in bron.catalogus()]


def op_dag(waarden: Sequence[Mapping[str, Any]], dag: int) -> list[Mapping[str, Any]]:
    """The value that holds on a day (none before the first)."""
    return [waarde for waarde in waarden if lees_datum(waarde["vanaf"]) <= dag][-1:]


def verloopt(bron: Parameters) -> list[dict[str, Any]]:
    """What must be checked or entered before which month (rule P2), soonest first.

    Per parameter: voor_maand (the first month that is refused), naam, omschrijving, artikel, herziening, plaats, and
    vervalt: no rule reads it from that month on, so that it needs no new value.
    """
    uit = [
        {
            "voor_maand": toon_maand(lees_maand(een["gecontroleerd_tot"]) + 1),
            **{veld: een[veld] for veld in ("naam", "omschrijving", "artikel", "herziening", "plaats")},
            "vervalt": _vervalt(een["naam"], lees_maand(een["gecontroleerd_tot"]) + 1),
        }
        for een in parameters(bron)
        if een["gecontroleerd_tot"] is not None
    ]
    return sorted(uit, key=lambda een: str(een["voor_maand"]))


def _vervalt(naam: str, maand: int) -> bool:
    lezers = [regel for niveau in NIVEAUS for regel in niveau.regels if naam in regel.argumenten]
    return bool(lezers) and all(regel.tot is not None and regel.tot < maand for regel in lezers)


def kies(alles: Sequence[dict[str, Any]], naam: str | None, velden: Sequence[str], wat: str) -> list[dict[str, Any]]:
    """What has that name exactly, else what contains it.

    Raises:
        Gebruiksfout: there is nothing; the message names what looks like it.
    """
    if naam is None:
        return list(alles)
    precies = [een for een in alles if any(een[veld] == naam for veld in velden)]
    gevonden = precies or [een for een in alles if any(naam.lower() in een[veld].lower() for veld in velden)]
    if not gevonden:
        lijkt = get_close_matches(naam, list(dict.fromkeys(_namen(alles, velden))), n=3, cutoff=0.5)
        raise Gebruiksfout(f"er is geen {wat} {naam}" + (f"; bedoelt u {' of '.join(lijkt)}?" if lijkt else ""))
    return gevonden


def _namen(alles: Sequence[dict[str, Any]], velden: Sequence[str]) -> Iterator[str]:
    return (een[veld] for veld in velden for een in alles)
