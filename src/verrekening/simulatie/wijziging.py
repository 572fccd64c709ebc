"""Another policy: a file, one key that has another value, or another amount."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from verrekening.beleid import Beleid, lees_beleid, ontleed
from verrekening.fouten import BeleidGeweigerd
from verrekening.maand import toon_datum
from verrekening.parameters import EigenWaarde

BRON = "simulatie"


def anders(
    beleid: Beleid, bestand: Path | None, zetten: tuple[str, ...], bedragen: tuple[str, ...], dag: int
) -> Beleid:
    """The policy of today with the changes that were asked.

    Args:
        beleid: of today.
        bestand: a whole other policy, or None.
        zetten: ``sleutel=waarde``, such as ``methode=schatten`` or ``giften.bedrag=150000``.
        bedragen: ``naam=waarde``, a parameter and its value in its unit, valid in all months that are played.
        dag: first day of the first of these months.

    Raises:
        BeleidGeweigerd: a change cannot be read.
    """
    uit = beleid if bestand is None else lees_beleid(bestand)
    for een in zetten:
        uit = _met_instelling(uit, *_paar(een, "--zet"))
    for een in bedragen:
        uit = _met_bedrag(uit, *_paar(een, "--bedrag"), dag)
    return uit


def in_woorden(bestand: Path | None, zetten: tuple[str, ...], bedragen: tuple[str, ...]) -> list[str]:
    """The changes as text."""
    return [*([] if bestand is None else [f"beleid {bestand.name}"]), *zetten, *bedragen]


def _paar(tekst: str, optie: str) -> tuple[str, str]:
    naam, teken, waarde = tekst.partition("=")
    if not (teken and naam and waarde):
        raise BeleidGeweigerd(f"{optie} {tekst[:40]}: geef naam=waarde")
    return naam.strip(), waarde.strip()


def _met_instelling(beleid: Beleid, sleutel: str, waarde: str) -> Beleid:
    """One key read as in a file of its own, in the place of what the policy says."""
    boven, _, onder = sleutel.partition(".")
    inhoud = {onder: waarde} if onder else waarde
    regels = f"gemeentecode: {json.dumps(beleid.gemeentecode)}\n{json.dumps(boven)}: {json.dumps(inhoud)}\n"
    nieuw = ontleed(regels.encode(), f"--zet {sleutel[:40]}")
    uit = replace(
        beleid,
        sleutels=MappingProxyType({**beleid.sleutels, **nieuw.sleutels}),
        sha256=_hash(beleid, f"{sleutel}={waarde}"),
    )
    for maand in (0, *uit.wijzigingen()):
        op = uit.op(maand)
        if op.reservering_afronding == "netto_eerst" and op.reservering_grondslag != "bijstand":
            raise BeleidGeweigerd("reservering_afronding netto_eerst kan alleen met reservering_grondslag bijstand")
    return uit


def _met_bedrag(beleid: Beleid, naam: str, waarde: str, dag: int) -> Beleid:
    """One own value; those of the policy for the same amount go, else they would come back in a later month."""
    rest = [een for een in beleid.parameters if een.naam != naam]
    eigen = sorted([*rest, EigenWaarde(naam, dag, waarde, BRON)], key=lambda een: (een.naam, een.van))
    return replace(beleid, parameters=tuple(eigen), sha256=_hash(beleid, f"{naam}@{toon_datum(dag)}={waarde}"))


def _hash(beleid: Beleid, wat: str) -> str:
    return hashlib.sha256(f"{beleid.sha256} {wat}".encode()).hexdigest()
