"""What this version does not compute yet is refused with a reason, never ignored.

One table per place where it can stand: the policy, and a dossier. Chapters that follow take rows away.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from verrekening.beleid import Beleid
from verrekening.berekening.bereik import EERSTE_MAAND
from verrekening.dossier import Dossiers, zonder_huishoudens
from verrekening.fouten import BeleidGeweigerd
from verrekening.kolommen import Afkeuring, Getallen
from verrekening.maand import OPEN, toon_maand

_BELEID: dict[str, tuple[Any, ...]] = {
    "methode": ("achteraf",),
    "toerekening": ("kalenderdagen",),
    "deelmaand": ("kalenderdagen",),
    "bijzondere_beloning": ("mens", "in_maand"),
    "vrijlating_grondslag": ("zonder_aanspraak",),
    "reservering_grondslag": ("bijstand",),
    "reservering_afronding": ("reserve_eerst",),
}
_VAST = ("vakantiegeld", "bijzondere_beloning", "bijzondere_beloning_drempel_cent")
"""Settings that may not change over the computed months yet."""

WAT_TE_DOEN = "Verreken dit huishouden met de hand tot een volgende versie dit rekent."


def keur_beleid(beleid: Beleid, bestand: str, betaalmaand: int) -> None:
    """Refuses a policy that asks for something this version does not compute. Raises BeleidGeweigerd."""
    eerste = beleid.op(betaalmaand)
    for maand in range(EERSTE_MAAND, betaalmaand + 1):
        deze = beleid.op(maand)
        for sleutel, mag in _BELEID.items():
            waarde = getattr(deze, sleutel)
            if waarde not in mag:
                raise BeleidGeweigerd(
                    f"{bestand}: {sleutel}: {waarde} wordt nog niet ondersteund; kies {' of '.join(map(str, mag))}"
                )
        for sleutel in _VAST:
            if getattr(deze, sleutel) != getattr(eerste, sleutel):
                raise BeleidGeweigerd(
                    f"{bestand}: {sleutel} wisselt in {toon_maand(maand)}; dat wordt nog niet ondersteund"
                )


def keur_dossiers(zaken: Dossiers, beleid: Beleid) -> tuple[Dossiers, list[Afkeuring]]:
    """Takes out the households that hold something this version does not compute, each with its reason."""
    personen = zaken.personen

    def via_persoon(persoon: Getallen) -> Getallen:
        return np.asarray(personen["huishouden"][persoon], dtype=np.int64)

    instelling = zaken.situatie_persoon["in_inrichting"]
    ander = (
        (personen["r_toestemming"] == 1)
        | (personen["r_eerste_maand"] != OPEN)
        | (personen["z_eerste_maand"] != OPEN)
        | (personen["aa_toestemming"] == 1)
    )
    redenen: list[tuple[str, Getallen]] = [
        ("giften", zaken.giften["huishouden"]),
        ("overige_inkomsten", zaken.overige_inkomsten["huishouden"]),
        ("schattingen", via_persoon(zaken.schattingen["persoon"])),
        ("bufferbudget", zaken.bufferbudget["huishouden"]),
        ("situatie.in_inrichting (art. 23)", via_persoon(zaken.situatie_persoon["persoon"][instelling])),
        ("personen.rechthebbend: false (art. 24)", personen["huishouden"][~personen["rechthebbend"]]),
        ("personen.loonkostensubsidie (onderdelen z en aa)", via_persoon(zaken.lks["persoon"])),
        ("personen.vrijlating.r, z of aa", personen["huishouden"][ander]),
        ("personen.vrijlating.artikel_34a", via_persoon(zaken.perioden_34a["persoon"])),
        (
            f"gemeentecode die niet die van het beleid is ({beleid.gemeentecode})",
            np.flatnonzero(zaken.huishoudens["gemeentecode"] != beleid.gemeentecode),
        ),
    ]
    weg = np.zeros(len(zaken.huishoudens["begin"]), dtype=bool)
    afkeuringen = []
    for wat, huishoudens in redenen:
        for huishouden in np.unique(huishoudens):
            weg[huishouden] = True
            afkeuringen.append(_afkeuring(zaken, int(huishouden), wat))
    return (zonder_huishoudens(zaken, weg) if weg.any() else zaken), afkeuringen


def _afkeuring(zaken: Dossiers, huishouden: int, wat: str) -> Afkeuring:
    h = zaken.huishoudens
    if wat.startswith("gemeentecode"):
        reden, doen = (
            f"dit dossier heeft een {wat}",
            "Lever elk dossier met het beleid van zijn eigen gemeente.",
        )
    else:
        reden, doen = f"{wat} wordt nog niet ondersteund", WAT_TE_DOEN
    bestand = zaken.bestanden[int(h["bestand"][huishouden])].naam
    return Afkeuring(bestand, f"regel {int(h['regel'][huishouden])}", str(h["dossiernummer"][huishouden]), reden, doen)
