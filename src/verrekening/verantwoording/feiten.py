"""What the engine knows about itself: numbers of rules and amounts, articles, and the settings of a policy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verrekening.beleid import Beleid
from verrekening.geld import euro
from verrekening.maand import eerste_dag, toon_maand
from verrekening.parameters import Parameters
from verrekening.regels import NIVEAUS, SIGNAALSOORTEN, TABELREGELS


@dataclass(frozen=True)
class Feiten:
    """Counts and texts for the documents; see the names."""

    gemeente: str
    maand: str
    methode_zin: str
    beschermd: str
    beschermd_zin: str
    gemeten_zin: str
    instellingen: str
    drempel: str
    regels: int
    artikelen: str
    parameters: int
    voorlopig: int
    kenmerk: str
    stops: int
    mens: int


_METHODE = {
    "achteraf": "Het loon van een maand telt mee bij de betaling van de maand erna.",
    "schatten": "Het loon van een maand wordt eerst geschat; het verschil volgt bij de betaling van de maand erna.",
    "op_de_maand": "De betaling wacht op het loon van de maand.",
}
_GEEN_MINIMUM = (
    "De gemeente houdt bij het verrekenen geen vast minimum aan; komt een huishouden onder 95% van de norm, dan kijkt "
    "een medewerker mee."
)


def feiten_van(beleid: Beleid, parameters: Parameters, maand: int, cijfers: Mapping[str, Any] | None = None) -> Feiten:
    """Reads them from the rules, the amounts, the policy of a month, and measured figures when there are any."""
    op = beleid.op(maand)
    artikelen = [een.artikel for niveau in NIVEAUS for een in niveau.regels] + [een.artikel for een in TABELREGELS]
    gewicht = {soort.code: op.signalen.get(soort.code, soort.gewicht) for soort in SIGNAALSOORTEN.values()}
    instellingen = {
        "methode": op.methode,
        "loon over meer maanden": op.toerekening,
        "vakantiegeld": op.vakantiegeld,
        "bijzondere beloning": op.bijzondere_beloning,
        "vrijlating over loon": op.vrijlating_grondslag,
        "giften boven de grens": op.giften_boven_grens,
    }
    drempel = (
        "heeft geen grens ingesteld waarboven een medewerker eerst kijkt"
        if op.drempel_mens is None
        else f"laat een medewerker eerst kijken bij een verschil boven {euro(op.drempel_mens)}"
    )
    beschermd = f"{op.beschermd_minimum * 100}%"
    voorlopig = 0
    for naam in parameters.namen:
        geldig = [waarde for waarde in parameters.reeks(naam) if waarde.vanaf <= eerste_dag(maand)]
        voorlopig += bool(geldig) and geldig[-1].status == "voorlopig"
    return Feiten(
        maand=toon_maand(maand),
        gemeente=beleid.naam or "[[naam van de gemeente]]",
        methode_zin=_METHODE[op.methode],
        beschermd=beschermd,
        beschermd_zin=_GEEN_MINIMUM
        if op.beschermd_minimum == 0
        else f"Bij het verrekenen houdt een huishouden ten minste {beschermd} van de norm over.",
        gemeten_zin=_gemeten(cijfers),
        instellingen="; ".join(f"{naam} = {str(waarde).replace('_', ' ')}" for naam, waarde in instellingen.items()),
        drempel=drempel,
        regels=len(artikelen),
        artikelen=_artikelen(artikelen),
        parameters=len(parameters.namen),
        voorlopig=voorlopig,
        kenmerk=parameters.vingerafdruk()[:12],
        stops=sum(een == "stop" for een in gewicht.values()),
        mens=sum(een == "mens" for een in gewicht.values()),
    )


def _gemeten(cijfers: Mapping[str, Any] | None) -> str:
    if not cijfers:
        return ""
    return f"Gemeten: {'; '.join(f'{naam.replace(chr(95), chr(32))}: {waarde}' for naam, waarde in cijfers.items())}."


def _artikelen(teksten: list[str]) -> str:
    """Every article of the Participatiewet that a rule names, in order."""
    nummers = {
        nummer
        for tekst in teksten
        for deel in re.findall(r"(?<!Regeling )Pw art\. ([^;]*)", tekst)
        for nummer in re.findall(r"(?:^|, |art\. )(\d+[a-z]?)\b", deel)
    }
    return ", ".join(sorted(nummers, key=lambda een: (int(re.sub(r"\D", "", een)), een)))
