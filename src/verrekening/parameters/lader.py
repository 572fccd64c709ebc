"""Strict reading of the parameter files: what is not exactly in the format is refused, with its place.

A file is a mapping from the name of a parameter to::

    omschrijving: short text
    artikel: where the law names it
    eenheid: one of eenheden.EENHEDEN
    gecontroleerd_tot: JJJJ-MM              last month through which it was checked (rule P2)
    herziening: halfjaarlijks | jaarlijks   optional: every 1 January (and 1 July) needs a value
    samen: name                             optional: one own value of a policy for several parameters
    waarden:                                by date
      - vanaf: JJJJ-MM-DD
        waarde: as published (euro, percent), or a list of brackets
        bron: id of sources.yaml
        status: definitief | voorlopig
        toelichting: text                   optional
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import cast

from verrekening.fouten import ParameterbestandFout
from verrekening.maand import eerste_dag, lees_datum, lees_maand, maand_van, toon_datum
from verrekening.parameters.eenheden import EENHEDEN, toon
from verrekening.parameters.tekstyaml import Tekst, TekstYamlFout, lees_tekst
from verrekening.parameters.waarden import Bron, Parameter, Status, Waarde

HOOFDSTUKKEN = (
    *("netto", "vakantietoeslag", "vrijlating", "giften"),
    *("norm", "bijstand", "verrekening", "leeftijd"),
)
"""The files, in the order of the calculation."""
BRONNENBESTAND = "sources.yaml"

_VELDEN = {"omschrijving", "artikel", "eenheid", "gecontroleerd_tot", "waarden"}
_HERZIENING = {"halfjaarlijks": 6, "jaarlijks": 12}
_WAARDEVELDEN = {"vanaf", "waarde", "bron", "status"}
_STATUSSEN = ("definitief", "voorlopig")


def lees_map(folder: Path) -> tuple[dict[str, Parameter], dict[str, Bron]]:
    """All parameters and sources of a folder with one file per chapter.

    Raises:
        ParameterbestandFout: a file is missing or breaks the format.
    """
    bronnen = lees_bronnen(_inhoud(folder, BRONNENBESTAND), BRONNENBESTAND)
    parameters: dict[str, Parameter] = {}
    for hoofdstuk in HOOFDSTUKKEN:
        naam = f"{hoofdstuk}.yaml"
        for parameter in lees_hoofdstuk(_inhoud(folder, naam), naam, bronnen):
            if parameter.naam in parameters:
                raise ParameterbestandFout(
                    f"{naam}: {parameter.naam}: staat ook in {parameters[parameter.naam].hoofdstuk}.yaml"
                )
            parameters[parameter.naam] = parameter
    for parameter in parameters.values():
        if parameter.samen in parameters:
            raise ParameterbestandFout(
                f"{parameter.hoofdstuk}.yaml: {parameter.naam}: samen {parameter.samen} is zelf een parameter"
            )
    return parameters, bronnen


def _inhoud(folder: Path, naam: str) -> str:
    try:
        return (folder / naam).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fout:
        raise ParameterbestandFout(f"{naam}: niet te lezen") from fout


def lees_bronnen(tekst: str, bestand: str) -> dict[str, Bron]:
    """The sources of a file: id -> title and url.

    Raises:
        ParameterbestandFout: the file breaks the format.
    """
    bronnen = {}
    for naam, inhoud in _als_afbeelding(_yaml(tekst, bestand), bestand).items():
        velden = _velden(inhoud, f"{bestand}: {naam}", {"titel", "url"})
        url = _tekst(velden, "url", f"{bestand}: {naam}")
        if not url.startswith("https://") or " " in url:
            raise ParameterbestandFout(f"{bestand}: {naam}: url {url} is geen https-adres")
        bronnen[naam] = Bron(_tekst(velden, "titel", f"{bestand}: {naam}"), url)
    return bronnen


def lees_hoofdstuk(tekst: str, bestand: str, bronnen: Mapping[str, Bron]) -> list[Parameter]:
    """The parameters of one file, in its order.

    Args:
        tekst: content of the file.
        bestand: its name, for errors; without extension it is the chapter.
        bronnen: the known sources.

    Raises:
        ParameterbestandFout: the file breaks the format; names file, parameter and value.
    """
    inhoud = _als_afbeelding(_yaml(tekst, bestand), bestand)
    return [_parameter(naam, velden, bestand, bronnen) for naam, velden in inhoud.items()]


def _parameter(naam: str, inhoud: Tekst, bestand: str, bronnen: Mapping[str, Bron]) -> Parameter:
    plek = f"{bestand}: {naam}"
    velden = _velden(inhoud, plek, _VELDEN, {"herziening", "samen"})
    eenheid = _tekst(velden, "eenheid", plek)
    if eenheid not in EENHEDEN:
        raise ParameterbestandFout(f"{plek}: eenheid {eenheid} bestaat niet; kies uit {', '.join(EENHEDEN)}")
    try:
        tot = lees_maand(_tekst(velden, "gecontroleerd_tot", plek))
    except ValueError as fout:
        raise ParameterbestandFout(f"{plek}: gecontroleerd_tot: {fout}") from fout
    rijen = velden["waarden"]
    if not isinstance(rijen, list) or not rijen:
        raise ParameterbestandFout(f"{plek}: waarden is een lijst met minstens één waarde")
    waarden = [_waarde(naam, rij, eenheid, f"{plek}, waarde {nr}", bronnen) for nr, rij in enumerate(rijen, 1)]
    for vorige, waarde in pairwise(waarden):
        if waarde.vanaf <= vorige.vanaf:
            raise ParameterbestandFout(
                f"{plek}: {toon_datum(waarde.vanaf)} staat na {toon_datum(vorige.vanaf)}; "
                "zet de waarden op datum, elke datum één keer"
            )
    if maand_van(waarden[-1].vanaf) > tot:
        raise ParameterbestandFout(f"{plek}: waarde vanaf {toon_datum(waarden[-1].vanaf)} ligt na gecontroleerd_tot")
    herziening = _tekst(velden, "herziening", plek) if "herziening" in velden else ""
    if herziening:
        _zonder_gat(plek, herziening, waarden, tot)
    return Parameter(
        naam=naam,
        hoofdstuk=bestand.removesuffix(".yaml"),
        omschrijving=_tekst(velden, "omschrijving", plek),
        artikel=_tekst(velden, "artikel", plek),
        eenheid=eenheid,
        gecontroleerd_tot=tot,
        herziening=herziening,
        samen=_tekst(velden, "samen", plek) if "samen" in velden else "",
        waarden=tuple(waarden),
    )


def _waarde(naam: str, inhoud: Tekst, eenheid: str, plek: str, bronnen: Mapping[str, Bron]) -> Waarde:
    velden = _velden(inhoud, plek, _WAARDEVELDEN, {"toelichting"})
    tekst = _tekst(velden, "vanaf", plek)
    try:
        vanaf = lees_datum(tekst)
        if toon_datum(vanaf) != tekst:  # a date of a week, 2024-W01-1, is ISO too
            raise ValueError(tekst)
    except ValueError as fout:
        raise ParameterbestandFout(f"{plek}: vanaf {velden['vanaf']} is geen datum (JJJJ-MM-DD)") from fout
    try:
        waarde = EENHEDEN[eenheid](velden["waarde"])
    except ValueError as fout:
        raise ParameterbestandFout(f"{plek} (vanaf {toon_datum(vanaf)}): {fout}; eenheid is {eenheid}") from fout
    bron = _tekst(velden, "bron", plek)
    if bron not in bronnen:
        raise ParameterbestandFout(f"{plek} (vanaf {toon_datum(vanaf)}): bron {bron} staat niet in {BRONNENBESTAND}")
    status = _tekst(velden, "status", plek)
    if status not in _STATUSSEN:
        raise ParameterbestandFout(
            f"{plek} (vanaf {toon_datum(vanaf)}): status {status} is geen definitief of voorlopig"
        )
    return Waarde(
        naam=naam,
        vanaf=vanaf,
        waarde=waarde,
        status=cast("Status", status),
        bron=bron,
        tekst=toon(velden["waarde"]),
        toelichting=_tekst(velden, "toelichting", plek) if "toelichting" in velden else "",
    )


def _zonder_gat(plek: str, herziening: str, waarden: list[Waarde], tot: int) -> None:
    """Every renewal date up to ``tot`` has a value: else a forgotten half-year goes on with the old one."""
    if herziening not in _HERZIENING:
        raise ParameterbestandFout(f"{plek}: herziening {herziening} is geen {' of '.join(_HERZIENING)}")
    stap = _HERZIENING[herziening]
    gegeven = {waarde.vanaf for waarde in waarden}
    # Months since 1970-01: a multiple of 12 is a January, an odd multiple of 6 a July.
    for maand in range(-(-maand_van(waarden[0].vanaf) // stap) * stap, tot + 1, stap):
        if eerste_dag(maand) not in gegeven:
            raise ParameterbestandFout(
                f"{plek}: geen waarde vanaf {toon_datum(eerste_dag(maand))}; herziening is {herziening}"
            )


def _yaml(tekst: str, bestand: str) -> Tekst:
    try:
        inhoud = lees_tekst(tekst)
    except TekstYamlFout as fout:
        raise ParameterbestandFout(f"{bestand}: {fout}") from fout
    if not inhoud:
        raise ParameterbestandFout(f"{bestand}: het bestand is leeg")
    return inhoud


def _als_afbeelding(inhoud: Tekst, plek: str) -> dict[str, Tekst]:
    if not isinstance(inhoud, dict):
        raise ParameterbestandFout(f"{plek}: velden met een naam verwacht")
    return inhoud


def _velden(
    inhoud: Tekst, plek: str, verplicht: set[str], mag: frozenset[str] | set[str] = frozenset()
) -> dict[str, Tekst]:
    velden = _als_afbeelding(inhoud, plek)
    if onbekend := [naam for naam in velden if naam not in verplicht | mag]:
        raise ParameterbestandFout(f"{plek}: onbekend veld {', '.join(onbekend)}")
    if ontbreekt := sorted(verplicht - velden.keys()):
        raise ParameterbestandFout(f"{plek}: {', '.join(ontbreekt)} ontbreekt")
    return velden


def _tekst(velden: dict[str, Tekst], naam: str, plek: str) -> str:
    waarde = velden[naam]
    if not isinstance(waarde, str) or not waarde.strip():
        raise ParameterbestandFout(f"{plek}: {naam} is leeg of geen tekst")
    return waarde.strip()
