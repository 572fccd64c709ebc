"""Checking an administration: the chain, the stored parts, the receipts, and the money identity (rule S13)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from verrekening.administratie import ketting, staand
from verrekening.administratie.schema import BOEKINGEN, DELEN, RUNS
from verrekening.kolommen import Getallen
from verrekening.maand import lees_maand


@dataclass(frozen=True)
class Bevinding:
    """What was checked, and what is wrong with it (Dutch, without personal data)."""

    wat: str
    fout: str


@dataclass(frozen=True)
class Verslag:
    """How much was checked, and everything that is wrong."""

    geteld: Mapping[str, int]
    bevindingen: tuple[Bevinding, ...]


def controleer(verbinding: sa.Connection, vingerafdruk: Any) -> Verslag:
    """Checks everything.

    Args:
        verbinding: a consistent view.
        vingerafdruk: computes the fingerprint of a receipt again.
    """
    maanden = list(verbinding.execute(sa.select(RUNS.c.betaalmaand).distinct().order_by(RUNS.c.betaalmaand)).scalars())
    gevonden = [
        *(Bevinding("ketting", fout) for fout in ketting.keur(verbinding)),
        *(Bevinding("delen", fout) for fout in _delen(verbinding)),
        *(Bevinding("bewijzen", fout) for fout in _bewijzen(verbinding, vingerafdruk)),
        *(Bevinding("geldidentiteit", fout) for maand in maanden for fout in _identiteit(verbinding, maand)),
    ]
    geteld = {
        "boekingen": verbinding.scalar(sa.select(sa.func.count()).select_from(BOEKINGEN)) or 0,
        "runs": verbinding.scalar(sa.select(sa.func.count()).select_from(RUNS)) or 0,
        "delen": verbinding.scalar(sa.select(sa.func.count()).select_from(DELEN)) or 0,
        "betaalmaanden": len(maanden),
    }
    return Verslag(geteld, tuple(gevonden))


def _delen(verbinding: sa.Connection) -> Iterator[str]:
    """Every part has the hash that the chain vouches for."""
    for rij in verbinding.execute(sa.select(DELEN)).yield_per(1):
        if hashlib.sha256(bytes(rij.inhoud)).hexdigest() != rij.sha256:
            yield f"deel {rij.naam} van boeking {rij.boeking} is beschadigd of gewijzigd"


def _bewijzen(verbinding: sa.Connection, vingerafdruk: Any) -> Iterator[str]:
    """Every receipt has its own fingerprint, that of its boeking, and a policy that is kept."""
    vraag = sa.select(RUNS.c.boeking, RUNS.c.bewijs, BOEKINGEN.c.inhoud)
    beleid = {
        rij.naam.removeprefix("beleid/")
        for rij in verbinding.execute(sa.select(DELEN.c.naam).where(DELEN.c.naam.like("beleid/%")))
    }
    for rij in verbinding.execute(vraag.join(BOEKINGEN, BOEKINGEN.c.nr == RUNS.c.boeking)).all():
        bewijs, kop = json.loads(rij.bewijs), json.loads(rij.inhoud)
        if not vingerafdruk(bewijs) == bewijs["vingerafdruk"] == kop["vingerafdruk"]:
            yield f"het bewijs van boeking {rij.boeking} hoort niet bij die run"
        if bewijs["beleid"]["sha256"] not in beleid:
            yield f"het beleid van boeking {rij.boeking} ontbreekt"


def _identiteit(verbinding: sa.Connection, maand: str) -> Iterator[str]:
    """Rule S13 per household over everything that stands over a payment month."""
    p = lees_maand(maand)
    betaald, lijnen = staand.betalingen(verbinding, p), staand.lijnen(verbinding, p)
    plek = {nummer: rij for rij, nummer in enumerate(betaald["dossiernummer"])}
    wees = [nummer for nummer in lijnen["dossiernummer"] if nummer not in plek]
    if wees:
        yield f"{maand}: {len(wees)} regels per maand horen bij geen betaling"
    rij = np.array([plek.get(nummer, -1) for nummer in lijnen["dossiernummer"]], dtype=np.int64)

    def kolom(naam: str) -> Getallen:
        return np.array(betaald[f"{naam}_cent"], dtype=np.int64)

    def som(naam: str) -> Getallen:
        uit = np.zeros(len(plek), dtype=np.int64)
        bedrag = np.array(lijnen[f"{naam}_cent"], dtype=np.int64)
        np.add.at(uit, rij[rij >= 0], bedrag[rij >= 0])
        return uit

    eisen = {
        "verrekend": som("verrekend") == kolom("verrekend_met_uitkering") + kolom("verrekend_met_nabetaling"),
        "nabetaald": som("nabetaald") == kolom("nabetaling") + kolom("verrekend_met_nabetaling"),
        "te betalen": kolom("te_betalen")
        == kolom("verschuldigd")
        - kolom("verrekend_met_uitkering")
        + kolom("nabetaling")
        - kolom("aflossing")
        + kolom("bufferbudget"),
    }
    for eis, klopt in eisen.items():
        if not klopt.all():
            yield f"{maand}: de geldidentiteit ({eis}) klopt niet voor {int((~klopt).sum())} huishoudens"
