"""Everything the administration holds about one household, for the resident (AVG art. 15)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from verrekening import administratie, polis
from verrekening.administratie import Boek
from verrekening.dossier import Dossiers
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import OPEN, lees_maand, toon_datum, toon_moment
from verrekening.nummers import toon_lhnr
from verrekening.polis import BEDRAGEN, Levering
from verrekening.terugblik.herspeel import herspeel

VERSIE = "inzage.v1"

DOEL = (
    "De gemeente gebruikt deze gegevens om uw inkomen te verrekenen met uw bijstand (Participatiewet).",
    "De loongegevens komen van uw werkgever of uitkering, via UWV. De andere gegevens komen uit uw dossier.",
    "Geen mens of programma geeft u een score. De regels staan in de wet en zijn voor iedereen gelijk.",
    "Klopt er iets niet? Laat het de gemeente weten. U kunt vragen om verbetering, en u kunt bezwaar maken.",
)
"""Purpose, source, logic and rights, in simple words."""


def inzage(boek: Boek, dossiernummer: str, gekeken: Sequence[Mapping[str, Any]], nu: int) -> dict[str, Any]:
    """The export of one household: sources, amounts, rules, decisions, and who looked.

    Args:
        boek: the administration, opened for reading.
        dossiernummer: the household.
        gekeken: looks at the case (`administratie.gelezen`).
        nu: moment of the export, microseconds UTC.

    Returns:
        versie, dossiernummer, gemaakt_op, toelichting, dossier (every version as received), loonopgaven (every
        version of every record), besluiten (each with its lines and the rules behind it), mensbesluiten and
        inzagen. It holds the BSN of the household itself, because that is what the municipality holds.

    Raises:
        AdministratieGeweigerd: the administration does not know this dossier.
    """
    alles = Boek(boek.verbinding, nu, tot=boek.volgend_nummer() - 1, alleen=dossiernummer)
    dossiers = [
        {"boeking": boeking, "inhoud": json.loads(tekst)}
        for boeking, tekst in alles.dossier_als_ontvangen(dossiernummer)
    ]
    if not dossiers:
        raise AdministratieGeweigerd(f"dossier {dossiernummer} staat niet in de administratie")
    zaken = alles.dossiers()
    levering = polis.samen_op_inhoud(list(alles.leveringen()))
    betaalregels = administratie.besluiten_over(boek.verbinding, dossiernummer)
    maanden = sorted({regel["betaalmaand"] for regel in betaalregels})
    return {
        "versie": VERSIE,
        "dossiernummer": dossiernummer,
        "gemaakt_op": toon_moment(nu),
        "toelichting": list(DOEL),
        "dossier": dossiers,
        "loonopgaven": _loonopgaven(levering, zaken),
        "besluiten": [_besluit(boek, dossiernummer, maand, betaalregels) for maand in maanden],
        "mensbesluiten": [
            {naam: een[naam] for naam in ("boeking", "soort", "maand", "artikel", "reden", "door", "inhoud")}
            | {"genomen_op": toon_moment(een["genomen_op"])}
            for een in administratie.mensbesluiten(boek.verbinding, alleen=dossiernummer)
        ],
        "inzagen": [{naam: een[naam] for naam in ("op", "door", "wat", "reden")} for een in gekeken],
    }


def _besluit(boek: Boek, dossiernummer: str, maand: str, betaalregels: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was decided over a payment month: all lines, and the explanation of the decision that stands."""
    eigen = [
        {naam: waarde for naam, waarde in regel.items() if naam not in {"nr", "dossiernummer", "betaalmaand"}}
        for regel in betaalregels
        if regel["betaalmaand"] == maand
    ]
    uit: dict[str, Any] = {"betaalmaand": maand, "betaalregels": eigen}
    if sum(regel["teken"] for regel in eigen) > 0:
        uit["uitleg"] = herspeel(boek, dossiernummer, lees_maand(maand)).uitleg
    return uit


def _loonopgaven(levering: Levering, zaken: Dossiers) -> list[dict[str, Any]]:
    """Every version of every record of the people of the household, as received."""
    rijen = np.flatnonzero(np.isin(levering.opgaven["bsn"], zaken.personen["bsn"]))
    return [_opgave(levering, int(rij)) for rij in rijen]


def _opgave(levering: Levering, rij: int) -> dict[str, Any]:
    o = levering.opgaven
    return {
        "bsn": f"{int(o['bsn'][rij]):09d}",
        "loonheffingennummer": toon_lhnr(int(o["lhnr"][rij])),
        "inkomstenverhouding": int(o["numiv"][rij]),
        "begin": _dag(o["ikv_begin"][rij]),
        "eind": _dag(o["ikv_eind"][rij]),
        "tijdvak_begin": _dag(o["tv_begin"][rij]),
        "tijdvak_eind": _dag(o["tv_eind"][rij]),
        "ontvangen_op": toon_moment(int(o["moment"][rij])),
        "bestand": levering.bestanden[int(o["bestand"][rij])].naam,
        **{f"{naam}_cent": int(o[naam][rij]) if o[f"{naam}_bekend"][rij] else None for naam in BEDRAGEN},
    }


def _dag(dag: Any) -> str | None:
    return toon_datum(int(dag)) if abs(int(dag)) < OPEN else None
