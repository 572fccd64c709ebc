"""The nightly run, in the order in which it happens: read, compute, check, write.

Without an administration a run stands alone: it decides nothing and writes only its outputs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from verrekening import dossier, polis, uitvoer
from verrekening.beleid import Beleid, lees_beleid
from verrekening.berekening import Spoor, Uitkomst, bereken
from verrekening.dossier import Dossiers
from verrekening.fouten import InvoerGeweigerd
from verrekening.kolommen import Afkeuring
from verrekening.maand import toon_maand, toon_moment
from verrekening.nummers import zonder_bsn
from verrekening.ondersteund import keur_dossiers
from verrekening.parameters import Parameters, laad
from verrekening.polis import Levering, Versies
from verrekening.regels import NIVEAUS
from verrekening.versie import VERSIE

Voortgang = Callable[[str], None]
"""Told the name of every stage that begins."""


@dataclass(frozen=True)
class Opdracht:
    """What to settle, from what.

    Attributes:
        betaalmaand: P.
        peilmoment: K, microseconds UTC.
        dossiers: JSON Lines files.
        polis: files or folders with wage records.
        beleid: policy file.
        alleen: only this dossiernummer is computed (one case); None for all.
        processen: processes that may read wage records at once. More than 1 only from a program with a main guard.
        ontvangen: moment of wage records that have none of their own; None: K.
        kolommen: mapping file of the columns of wage records in CSV.
    """

    betaalmaand: int
    peilmoment: int
    dossiers: Sequence[Path]
    polis: Sequence[Path]
    beleid: Path
    alleen: str | None = None
    processen: int = 1
    ontvangen: int | None = None
    kolommen: Path | None = None


@dataclass(frozen=True)
class Resultaat:
    """Everything a run knows: its input, what was refused, and what was computed."""

    opdracht: Opdracht
    beleid: Beleid
    parameters: Parameters
    zaken: Dossiers
    levering: Levering
    versies: Versies
    uitkomst: Uitkomst
    afkeuringen: list[Afkeuring]
    dossiers: dict[str, int]
    kolommen_sha256: str | None = None


def draai(opdracht: Opdracht, voortgang: Voortgang = lambda _: None, spoor: Spoor | None = None) -> Resultaat:
    """Computes payment month P with what is known at K.

    Raises:
        InvoerGeweigerd: policy or parameters are refused; nothing was written.
        IdentiteitFout: the money identity does not hold.
    """
    beleid = lees_beleid(opdracht.beleid)
    indeling = None if opdracht.kolommen is None else polis.lees_indeling(opdracht.kolommen)
    parameters = laad().met_eigen([(een.naam, een.van, een.waarde, een.bron) for een in beleid.parameters])
    keur_betaalmaand(parameters, opdracht.betaalmaand)

    voortgang("dossiers lezen")
    gelezen = dossier.lees(opdracht.dossiers)
    zaken, niet_ondersteund = keur_dossiers(gelezen, beleid)
    geweigerd = gelezen.geweigerd + len(gelezen.huishoudens["begin"]) - len(zaken.huishoudens["begin"])
    if opdracht.alleen is not None:
        zaken = kies_zaak(zaken, opdracht.alleen, (*gelezen.afkeuringen, *niet_ondersteund))

    voortgang("loongegevens lezen")
    # What has no moment of its own is read now, and a run reads at its own K (rule N1).
    levering = polis.lees(
        opdracht.polis,
        frozenset(zaken.personen["bsn"].tolist()),
        opdracht.peilmoment if opdracht.ontvangen is None else opdracht.ontvangen,
        processen=opdracht.processen,
        indeling=indeling,
    )
    versies = polis.bepaal(levering, opdracht.peilmoment)

    voortgang("rekenen")
    uitkomst = bereken(zaken, levering, versies, beleid, parameters, opdracht.betaalmaand, opdracht.peilmoment, spoor)
    return Resultaat(
        opdracht,
        beleid,
        parameters,
        zaken,
        levering,
        versies,
        uitkomst,
        afkeuringen=[*gelezen.afkeuringen, *niet_ondersteund, *levering.afkeuringen],
        dossiers={"gelezen": gelezen.gelezen, "aangenomen": gelezen.gelezen - geweigerd, "geweigerd": geweigerd},
        kolommen_sha256=None if indeling is None else indeling.sha256,
    )


def keur_betaalmaand(parameters: Parameters, betaalmaand: int) -> None:
    """Refuses a payment month for which an amount that the rules read was not checked (rule P2), naming them all."""
    namen = {naam for niveau in NIVEAUS for naam in niveau.op(betaalmaand).parameters}
    parameters.controleer_maand(betaalmaand, [naam for naam in parameters.namen if naam in namen])


def kies_zaak(zaken: Dossiers, dossiernummer: str, afkeuringen: Sequence[Afkeuring]) -> Dossiers:
    """Only one household. Raises InvoerGeweigerd when it was refused or does not occur."""
    deze = zaken.huishoudens["dossiernummer"] == dossiernummer
    if deze.any():
        return dossier.zonder_huishoudens(zaken, ~np.asarray(deze, dtype=bool))
    for afkeuring in afkeuringen:
        if afkeuring.dossiernummer == dossiernummer:
            raise InvoerGeweigerd(
                f"dossier {dossiernummer} is geweigerd ({afkeuring.bestand}, {afkeuring.plaats}): "
                f"{afkeuring.reden}. {afkeuring.wat_te_doen}"
            )
    raise InvoerGeweigerd(f"dossier {dossiernummer} staat niet in de opgegeven bestanden")


def schrijf(resultaat: Resultaat, doel: Path) -> dict[str, Any]:
    """Writes the outputs of a run to a new folder, complete or not at all; returns the control totals."""
    uitkomst = resultaat.uitkomst
    voorstel, maanden, signalen = (
        uitvoer.betaalvoorstel(uitkomst),
        uitvoer.maanden(uitkomst),
        uitvoer.signalen(uitkomst),
    )
    controle = uitvoer.controletotalen(
        uitkomst, resultaat.levering, resultaat.versies, resultaat.dossiers, voorstel, maanden, signalen
    )
    receipt = bewijs(resultaat)
    metadata = {"verrekening.bewijs": receipt["vingerafdruk"]}
    with uitvoer.hele_map(doel) as map_:
        uitvoer.schrijf_csv(voorstel, map_ / "betaalvoorstel.csv")
        uitvoer.schrijf_parquet(voorstel, map_ / "betaalvoorstel.parquet", metadata)
        uitvoer.schrijf_parquet(maanden, map_ / "maanden.parquet", metadata)
        uitvoer.schrijf_csv(uitvoer.werkvoorraad(uitkomst, signalen), map_ / "werkvoorraad.csv")
        uitvoer.schrijf_parquet(signalen, map_ / "signalen.parquet", metadata)
        uitvoer.schrijf_csv(uitvoer.afgekeurd(resultaat.afkeuringen), map_ / "afgekeurd.csv")
        uitvoer.schrijf_json(controle, map_ / "controle.json")
        uitvoer.schrijf_json(receipt, map_ / "bewijs.json")
    return controle


def bewijs(resultaat: Resultaat) -> dict[str, Any]:
    """The receipt: enough to repeat the run. The same input gives the same fingerprint."""
    inhoud: dict[str, Any] = {
        "versie": "bewijs.v1",
        "engine": VERSIE,
        "betaalmaand": toon_maand(resultaat.opdracht.betaalmaand),
        "peildatum": toon_moment(resultaat.opdracht.peilmoment),
        "parameters_sha256": resultaat.parameters.vingerafdruk(),
        "beleid": {"bestand": zonder_bsn(resultaat.opdracht.beleid.name), "sha256": resultaat.beleid.sha256},
        "dossiers": [{"bestand": een.naam, "sha256": een.sha256} for een in resultaat.zaken.bestanden],
        "polis": [{"bestand": een.naam, "sha256": een.sha256} for een in resultaat.levering.bestanden],
        "opties": {
            "proef": True,
            "administratie": None,
            "ontvangen": None if resultaat.opdracht.ontvangen is None else toon_moment(resultaat.opdracht.ontvangen),
            "kolommen_sha256": resultaat.kolommen_sha256,
        },
    }
    tekst = "\n".join(f"{sleutel}={waarde}" for sleutel, waarde in inhoud.items())
    return inhoud | {"vingerafdruk": hashlib.sha256(tekst.encode()).hexdigest()}
