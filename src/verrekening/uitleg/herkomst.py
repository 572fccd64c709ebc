"""Where the inputs of a rule came from: a record, a parameter, the policy, the dossier, or another rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from verrekening.maand import toon_datum
from verrekening.motor.graaf import Graaf, Invoer, Niveau
from verrekening.motor.regel import Regel
from verrekening.nummers import toon_lhnr, zonder_bsn
from verrekening.parameters import Waarde
from verrekening.regels import NIVEAUS, SIGNAALSOORTEN
from verrekening.regels.signalen import GEWICHTEN, STOP
from verrekening.run import Resultaat

PER_NIVEAU: dict[str, Niveau] = {niveau.naam: niveau for niveau in NIVEAUS}
"""The levels by name."""

ELDERS = {
    "norm_na_verjaardag": "norm",
    "netto_arbeid": "arbeid",
    "netto_uitkeringen": "uitkeringen",
    "vakantietoeslag_aanspraak": "aanspraak",
    "vakantietoeslag_overig": "aanspraak_overig",
    "giften_meegeteld": "gift_meegeteld",
    "partner_arbeid": "arbeid",
    "partner_uitkeringen": "uitkeringen",
    "partner_aanspraak": "aanspraak",
    "gehuwdennorm_maand": "gehuwdennorm",
    "vrijlating_voor_toets": "vrijlating_persoon",
    "totaal_te_verrekenen_binnen": "te_verrekenen_binnen",
    "totaal_te_weinig": "te_weinig",
}
"""Input of a level -> the rule of an earlier level whose results it sums, where the names differ."""

ZONDER_REGEL = {"besteedbaar": "S6", "stop": "S12"}
"""Inputs that are made between the levels, with the number of the rule that says how."""

_MET_PARAMETER = {"eerste_ontvangstmaand": "verrekening_termijn_maanden"}
_VASTE_SOORT = {"dossier": "dossier", "beleid": "beleid", "kalender": "kalender", "vorige maanden": "toestand"}


class Herkomst:
    """Finds where a value came from, for the one household of a result."""

    def __init__(self, resultaat: Resultaat) -> None:
        self.resultaat = resultaat
        zaken = resultaat.zaken
        nummer = int(zaken.huishoudens["bestand"][0])
        self._dossier = {
            "soort": "dossier",
            "bestand": zaken.bestanden[nummer].naam,
            "bestandsregel": int(zaken.huishoudens["regel"][0]),
        }
        signalen = resultaat.uitkomst.signalen
        codes = tuple(SIGNAALSOORTEN)
        zwaar = np.flatnonzero(signalen.gewicht == GEWICHTEN.index(STOP))
        self._stops = sorted({codes[int(code)] for code in signalen.code[zwaar]})

    def opgave(self, rij: int) -> dict[str, Any]:
        """Which record: payer, number, tijdvak, and where it stands in the delivery; never a BSN.

        Args:
            rij: row in `Opgaven`.
        """
        opgaven, levering = self.resultaat.uitkomst.opgaven, self.resultaat.levering
        bron = int(opgaven.bron[rij])
        bestand = levering.bestanden[int(levering.opgaven["bestand"][bron])]
        return {
            "loonheffingennummer": toon_lhnr(int(opgaven.lhnr[rij])),
            "inkomstenverhouding": int(opgaven.numiv[rij]),
            "tijdvak_begin": toon_datum(int(opgaven.tv_begin[rij])),
            "tijdvak_eind": toon_datum(int(opgaven.tv_eind[rij])),
            "bestand": bestand.naam,
            "bestandsregel": int(levering.opgaven["regel"][bron]),
        }

    def uit_dossier(self, omschrijving: str) -> dict[str, Any]:
        """A fact of the dossier, with its file and line."""
        return self._dossier | {"omschrijving": omschrijving}

    def parameter(self, waarde: Waarde) -> dict[str, Any]:
        """The source of a parameter, and from when it holds."""
        bron = self.resultaat.parameters.bron(waarde)
        uit = {
            "soort": "parameter",
            "omschrijving": self.resultaat.parameters.parameter(waarde.naam).omschrijving,
            "bron": bron.titel,
            "url": bron.url or None,
            "geldig_vanaf": toon_datum(waarde.vanaf),
            "status": waarde.status,
        }
        return uit | ({"eigen_waarde_van_de_gemeente": True} if waarde.eigen else {})

    def parameter_op(self, naam: str, maand: int) -> dict[str, Any]:
        """The source of a parameter in a month."""
        return self.parameter(self.resultaat.parameters.op(naam, maand))

    def argument(
        self, naam: str, graaf: Graaf, waarden: Mapping[str, Waarde], opgave: int | None = None
    ) -> dict[str, Any]:
        """Where one argument of a rule came from.

        Args:
            naam: name of the argument.
            graaf: the rules that ran together.
            waarden: parameters with their source, as they were used.
            opgave: row of the record, at the level of records.
        """
        for regel in graaf.regels:
            if regel.naam == naam:
                return verwijzing(graaf.niveau, regel)
        if naam in waarden:
            return self.parameter(waarden[naam])
        niveau = PER_NIVEAU[graaf.niveau]
        if naam in niveau.toestand:
            stand = niveau.toestand[naam]
            return {"soort": "toestand", "omschrijving": stand.omschrijving, "regel": _nummer(niveau, stand.na)}
        return self._invoer(niveau.invoer[naam], graaf.niveau, opgave)

    def _invoer(self, invoer: Invoer, niveau: str, opgave: int | None) -> dict[str, Any]:
        naam = invoer.naam
        if naam in ZONDER_REGEL:
            uit = {"soort": "regel", "niveau": "betaalmaand", "regel": ZONDER_REGEL[naam], "naam": naam}
            return uit | ({"signalen": self._stops} if naam == "stop" else {})
        if naam in _MET_PARAMETER:
            return self.parameter_op(_MET_PARAMETER[naam], self.resultaat.opdracht.betaalmaand)
        if opgave is not None and invoer.herkomst == "inkomstenopgave":
            return {"soort": "opgave"} | self.opgave(opgave)
        soort = _VASTE_SOORT.get(invoer.herkomst)
        if soort == "dossier":
            return self.uit_dossier(invoer.omschrijving)
        if soort == "beleid":
            bestand = zonder_bsn(self.resultaat.opdracht.beleid.name)
            return {"soort": "beleid", "bestand": bestand, "omschrijving": invoer.omschrijving}
        if soort is not None:
            return {"soort": soort, "omschrijving": invoer.omschrijving}
        elders = _regel_elders(naam, niveau)
        if elders is not None:
            return verwijzing(*elders)
        if niveau == "persoon_maand":
            return {"soort": "regel", "niveau": "deel", "regel": "T2", "naam": naam}
        return {"soort": "berekend", "omschrijving": f"{invoer.omschrijving} ({invoer.herkomst})"}


def verwijzing(niveau: str, regel: Regel) -> dict[str, Any]:
    """A reference to the result of a rule."""
    return {"soort": "regel", "niveau": niveau, "regel": regel.nummer, "naam": regel.naam}


def _regel_elders(naam: str, niveau: str) -> tuple[str, Regel] | None:
    """The rule of another level that makes an input of this one."""
    gezocht = ELDERS.get(naam, naam)
    for ander in NIVEAUS:
        if ander.naam != niveau:
            for regel in ander.regels:
                if regel.naam == gezocht:
                    return ander.naam, regel
    return None


def _nummer(niveau: Niveau, naam: str) -> str:
    return next(regel.nummer for regel in niveau.regels if regel.naam == naam)
