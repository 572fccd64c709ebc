"""The entry in the Algoritmeregister, publication standard 1.0: field names, lengths, and what the engine fills in."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from verrekening.beleid import Beleid
from verrekening.parameters import Parameters
from verrekening.verantwoording.document import MERK, lees, vul
from verrekening.verantwoording.feiten import feiten_van


@dataclass(frozen=True)
class Veld:
    """One field of the standard.

    Attributes:
        naam: machine name.
        titel: name in the register.
        verplicht: must be filled.
        getoond: always shown, also when empty.
        ten_hoogste: number of characters, or None.
    """

    naam: str
    titel: str
    verplicht: bool = False
    getoond: bool = False
    ten_hoogste: int | None = None


VELDEN = (
    Veld("name", "Naam", verplicht=True, getoond=True, ten_hoogste=100),
    Veld("description_short", "Korte omschrijving", verplicht=True, getoond=True, ten_hoogste=350),
    Veld("organization", "Organisatie", verplicht=True, getoond=True),
    Veld("category", "Thema", getoond=True),
    Veld("status", "Status", verplicht=True, getoond=True),
    Veld("begin_date", "Begindatum", getoond=True),
    Veld("end_date", "Einddatum", getoond=True),
    Veld("contact_email", "Contactgegevens", verplicht=True, getoond=True),
    Veld("website", "Publiekspagina"),
    Veld("publication_category", "Publicatiecategorie", verplicht=True, getoond=True),
    Veld("url", "Link naar bronregistratie"),
    Veld("goal", "Doel en impact", getoond=True, ten_hoogste=2500),
    Veld("proportionality", "Afwegingen", getoond=True, ten_hoogste=2500),
    Veld("human_intervention", "Menselijke tussenkomst", getoond=True, ten_hoogste=2500),
    Veld("risks", "Risicobeheer", getoond=True, ten_hoogste=2500),
    Veld("lawful_basis", "Wettelijke basis", ten_hoogste=2500),
    Veld("lawful_basis_grouping", "Links naar wettelijke basis", getoond=True),
    Veld("process_index_url", "Link naar verwerkingsregister"),
    Veld("impacttoetsen_grouping", "Impacttoetsen", getoond=True),
    Veld("impacttoetsen", "Toelichting op impacttoetsen"),
    Veld("source_data", "Gegevens", getoond=True, ten_hoogste=2500),
    Veld("source_data_grouping", "Links naar gegevensbronnen"),
    Veld("methods_and_models", "Technische werking", getoond=True, ten_hoogste=5000),
    Veld("provider", "Leverancier", getoond=True),
    Veld("publiccode", "Link naar de broncode"),
    Veld("lang", "Taal", verplicht=True),
    Veld("standard_version", "Versie van de standaard", verplicht=True),
    Veld("source_id", "Bron-ID"),
    Veld("tags", "Zoektermen"),
)
"""The fields of publication standard 1.0, in its order."""


def inschrijving(
    beleid: Beleid, parameters: Parameters, maand: int, cijfers: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The entry as data, with the machine names of the standard in its order.

    Args:
        beleid: policy of the municipality.
        parameters: the amounts in use.
        maand: month for which policy and amounts are described.
        cijfers: measured figures (`monitor`), or None when nothing was measured yet.
    """
    feiten = dataclasses.asdict(feiten_van(beleid, parameters, maand, cijfers))
    teksten = yaml.load(lees("register.yaml"), Loader=yaml.BaseLoader)  # noqa: S506 - text only

    def gevuld(inhoud: Any) -> Any:
        if isinstance(inhoud, list):
            return [gevuld(een) for een in inhoud]
        if isinstance(inhoud, dict):
            return {naam: gevuld(een) for naam, een in inhoud.items()}
        return vul(inhoud, feiten).strip()

    return {veld.naam: gevuld(teksten[veld.naam]) for veld in VELDEN}


def keur(inschrijving_: Mapping[str, Any]) -> list[str]:
    """What is wrong with an entry against the field list of the standard; empty when nothing is."""
    fouten = [f"{naam}: geen veld van de standaard" for naam in inschrijving_ if naam not in {v.naam for v in VELDEN}]
    for veld in VELDEN:
        waarde = inschrijving_.get(veld.naam)
        if waarde is None:
            fouten.append(f"{veld.naam}: ontbreekt")
        elif veld.verplicht and not waarde:
            fouten.append(f"{veld.naam}: is verplicht")
        elif veld.ten_hoogste is not None and len(str(waarde)) > veld.ten_hoogste:
            fouten.append(f"{veld.naam}: {len(str(waarde))} tekens, ten hoogste {veld.ten_hoogste}")
    return fouten


def open_velden(inschrijving_: Mapping[str, Any]) -> list[str]:
    """Names of the fields in which the municipality must still fill something in."""
    return [naam for naam, waarde in inschrijving_.items() if MERK in str(waarde)]
