"""Dossiers in: JSON Lines to numpy columns, strict, and without a loop over households.

`lees` gives `Dossiers`. Lines that are plain go through Arrow in large pieces; what Arrow does not take is
read line by line against the models of `verrekening.dossier.vorm`, which say precisely what is wrong. A
dossier that is refused is a row in ``afkeuringen``; everything else goes on. `lees_in_blokken` gives the same for
more households than memory holds: a block of them at a time.
"""

from verrekening.dossier.blokken import Dossierblokken, in_blokken, lees_in_blokken
from verrekening.dossier.erbij import met_rijen
from verrekening.dossier.keuze import zonder_huishoudens
from verrekening.dossier.lezen import Bestand, Dossiers, lees, lees_opnieuw
from verrekening.dossier.vorm import (
    BUFFER_SOORTEN,
    GIFT_SOORTEN,
    LEEFVORMEN,
    OVERIGE_SOORTEN,
    ROLLEN,
    STOPCODES,
)

__all__ = [
    "BUFFER_SOORTEN",
    "GIFT_SOORTEN",
    "LEEFVORMEN",
    "OVERIGE_SOORTEN",
    "ROLLEN",
    "STOPCODES",
    "Bestand",
    "Dossierblokken",
    "Dossiers",
    "in_blokken",
    "lees",
    "lees_in_blokken",
    "lees_opnieuw",
    "met_rijen",
    "zonder_huishoudens",
]
