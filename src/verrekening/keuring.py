"""Dossiers that cannot be used with this policy: another municipality, or a besluit that closes nothing."""

from __future__ import annotations

import numpy as np

from verrekening.beleid import Beleid
from verrekening.dossier import Dossiers, zonder_huishoudens
from verrekening.kolommen import Afkeuring, Getallen
from verrekening.regels import OPGAVE_STOPS


def keur_dossiers(zaken: Dossiers, beleid: Beleid) -> tuple[Dossiers, list[Afkeuring]]:
    """Takes out the households that cannot be used, each with its reason."""
    weg = np.zeros(len(zaken.huishoudens["begin"]), dtype=bool)
    afkeuringen = []
    for reden, doen, wie in _onbruikbaar(zaken, beleid):
        for huishouden in np.unique(wie):
            weg[huishouden] = True
            afkeuringen.append(_afkeuring(zaken, int(huishouden), reden, doen))
    return (zonder_huishoudens(zaken, weg) if weg.any() else zaken), afkeuringen


def weiger_correcties(zaken: Dossiers) -> tuple[Dossiers, list[Afkeuring]]:
    """With an administration the lines of earlier runs stand there; a dossier that brings its own is refused."""
    wie = np.unique(zaken.correcties["huishouden"])
    if not len(wie):
        return zaken, []
    weg = np.zeros(len(zaken.huishoudens["begin"]), dtype=bool)
    weg[wie] = True
    reden = "correcties: de administratie weet zelf wat eerder is verrekend"
    doen = "Laat `correcties` weg uit het dossier, of draai zonder --administratie."
    return zonder_huishoudens(zaken, weg), [_afkeuring(zaken, int(rij), reden, doen) for rij in wie]


def _onbruikbaar(zaken: Dossiers, beleid: Beleid) -> list[tuple[str, str, Getallen]]:
    """What can't be used as it stands: another municipality, and besluiten that name no stop they can close."""
    besluiten = zaken.besluiten
    over_opgave = np.isin(besluiten["code"], OPGAVE_STOPS)
    zonder_ikv = (besluiten["lhnr"] < 0) & (besluiten["numiv"] < 0)
    # About a business that is given as other income there is no inkomstenverhouding to name.
    opgegeven = zonder_ikv & (besluiten["code"] == "ONDERNEMING")
    naamloos = over_opgave & ~opgegeven & ((besluiten["lhnr"] < 0) | (besluiten["numiv"] < 0))
    naamloos |= over_opgave & (besluiten["persoon"] < 0)
    anders = ~over_opgave & (besluiten["code"] != "BOVEN_DREMPEL")
    return [
        (
            f"dit dossier heeft een gemeentecode die niet die van het beleid is ({beleid.gemeentecode})",
            "Lever elk dossier met het beleid van zijn eigen gemeente.",
            np.flatnonzero(zaken.huishoudens["gemeentecode"] != beleid.gemeentecode),
        ),
        (
            "besluiten: een besluit over een inkomstenopgave noemt bsn, lhnr en numiv",
            "Vul het besluit aan, zodat vaststaat over welke opgave het gaat.",
            besluiten["huishouden"][naamloos],
        ),
        (
            "besluiten: deze stop sluit u niet met een besluit",
            "Boek de betaling over de maand, of wijzig `uitgesloten` in het dossier.",
            besluiten["huishouden"][anders],
        ),
    ]


def _afkeuring(zaken: Dossiers, huishouden: int, reden: str, doen: str) -> Afkeuring:
    h = zaken.huishoudens
    bestand = zaken.bestanden[int(h["bestand"][huishouden])].naam
    return Afkeuring(bestand, f"regel {int(h['regel'][huishouden])}", str(h["dossiernummer"][huishouden]), reden, doen)
