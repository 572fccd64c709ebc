"""A decision computed again from the facts of its run, and compared with the lines that stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from verrekening import administratie, uitleg
from verrekening.administratie import Boek, Run
from verrekening.berekening import Spoor
from verrekening.maand import toon_maand, toon_moment
from verrekening.run import Opdracht, Resultaat, draai
from verrekening.versie import VERSIE

NIET_GELIJK = "De regels van nu geven een andere uitkomst dan dit besluit."


@dataclass(frozen=True)
class Herspeeld:
    """One case as a run knew it.

    Attributes:
        run: the run.
        resultaat, spoor: as computed again.
        uitleg: the object of ``verrekening zaak --json``, with ``besluit`` before the rules.
    """

    run: Run
    resultaat: Resultaat
    spoor: Spoor
    uitleg: dict[str, Any]


def herspeel(
    boek: Boek, dossiernummer: str, betaalmaand: int, bekend_op: int | None = None, *, volledig: bool = False
) -> Herspeeld:
    """What was decided over P for a household, as known at K.

    Args:
        boek: the administration, opened for reading.
        dossiernummer, betaalmaand: which decision.
        bekend_op: K; None for the decision that stands now.
        volledig: also the rules that did nothing.

    Raises:
        AdministratieGeweigerd: nothing was decided.
    """
    van, betaling, lijnen = administratie.staand_besluit(boek.verbinding, dossiernummer, betaalmaand, bekend_op)
    return _herspeel(boek, van, dossiernummer, (betaling, lijnen), volledig=volledig)


def herspeel_run(boek: Boek, dossiernummer: str, boeking: int, *, volledig: bool = False) -> Herspeeld:
    """What one run computed for a household, whether or not it added a line."""
    return _herspeel(boek, administratie.run(boek.verbinding, boeking), dossiernummer, None, volledig=volledig)


def _herspeel(
    boek: Boek,
    van: Run,
    dossiernummer: str,
    besloten: tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]] | None,
    *,
    volledig: bool,
) -> Herspeeld:
    toen = Boek(boek.verbinding, van.peilmoment, tot=van.boeking, alleen=dossiernummer)
    beleid = toen.beleid(van.bewijs["beleid"]["sha256"])
    opdracht = Opdracht(
        van.betaalmaand, van.peilmoment, [], [], Path(van.bewijs["beleid"]["bestand"]), alleen=dossiernummer
    )
    spoor = Spoor(aan=True)
    resultaat = draai(opdracht, spoor=spoor, boek=toen, beleid=beleid)
    uitgelegd = uitleg.zaak(resultaat, spoor, volledig=volledig)
    regels = uitgelegd.pop("regels")
    uitgelegd["besluit"] = _besluit(toen, van, dossiernummer, resultaat, uitgelegd, besloten)
    uitgelegd["regels"] = regels
    return Herspeeld(van, resultaat, spoor, uitgelegd)


def _besluit(
    boek: Boek,
    van: Run,
    dossiernummer: str,
    resultaat: Resultaat,
    uitgelegd: Mapping[str, Any],
    besloten: tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]] | None,
) -> dict[str, Any]:
    """What was decided, when, on which facts, and whether the rules of now agree."""
    verbinding = boek.verbinding
    mensen = administratie.mensbesluiten(verbinding, van.peilmoment, van.boeking, dossiernummer)
    uit: dict[str, Any] = {
        "boeking": van.boeking,
        "besloten_op": van.geboekt_op,
        "peildatum": toon_moment(van.peilmoment),
        "betaalmaand": toon_maand(van.betaalmaand),
        "engine": van.bewijs["engine"],
        "vingerafdruk": van.bewijs["vingerafdruk"],
        "beleid": van.bewijs["beleid"],
        "leveringen": _leveringen(resultaat),
        "mensbesluiten": [
            {naam: een[naam] for naam in ("boeking", "soort", "maand", "artikel", "reden", "door", "inhoud")}
            | {"genomen_op": toon_moment(een["genomen_op"]), "bekend_op": toon_moment(een["bekend_op"])}
            for een in mensen
        ],
        "regels_in_administratie": [
            {naam: een[naam] for naam in ("boeking", "reden", "verwijzing", "te_betalen_cent")}
            | {"tegenboeking": een["teken"] < 0}
            for een in administratie.besluiten_over(verbinding, dossiernummer, van.betaalmaand)
        ],
    }
    if besloten is not None:
        gelijk = _gelijk(*besloten, uitgelegd)
        uit |= {"herrekend_gelijk": gelijk}
        if not gelijk:
            anders = " (besloten met een andere versie)" if van.bewijs["engine"] != VERSIE else ""
            uit |= {"melding": NIET_GELIJK + anders}
    return uit


def _gelijk(betaling: Mapping[str, Any], lijnen: Sequence[Mapping[str, Any]], uitgelegd: Mapping[str, Any]) -> bool:
    """Whether the computed payment and lines are those that stand."""
    staand = {een["rechtmaand"]: (een["verrekend_cent"], een["nabetaald_cent"]) for een in lijnen}
    nu = {
        een["maand"]: (een["verrekend_cent"], een["nabetaald_cent"])
        for een in uitgelegd["maanden"]
        if een["verrekend_cent"] or een["nabetaald_cent"]
    }
    return staand == nu and all(betaling[naam] == waarde for naam, waarde in uitgelegd["betaling"].items())


def _leveringen(resultaat: Resultaat) -> list[dict[str, Any]]:
    """The deliveries that brought something about the people of this case."""
    levering = resultaat.levering
    van_ons = np.isin(levering.opgaven["bsn"], resultaat.zaken.personen["bsn"])
    nummers = np.unique(levering.opgaven["bestand"][van_ons]).tolist()
    return [{"bestand": levering.bestanden[i].naam, "sha256": levering.bestanden[i].sha256} for i in nummers]
