"""Decisions of humans, kept with who, when, why and on which article; the next run knows them.

A decision has two dates: the month (or day) it is about, and the moment from which runs know it. It is added
to the dossier as it was delivered; the last decision about the same thing counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sqlalchemy as sa

from verrekening import dossier
from verrekening.administratie import ketting
from verrekening.administratie.dossierstanden import Standen, laatste_moment
from verrekening.administratie.schema import MENSBESLUITEN
from verrekening.dossier import BUFFER_SOORTEN, ROLLEN, Dossiers
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import OPEN, lees_datum, lees_maand, toon_moment
from verrekening.nummers import lees_lhnr

ARTIKELEN = {
    "toestemming": "Pw art. 31 lid 2",
    "gift": "Pw art. 31 lid 2 onder m en s",
    "schatting": "Pw art. 32; beleid.methode",
    "uitsluiten": "Awb art. 3:2",
    "toelaten": "Awb art. 3:2",
    "stop": "Awb art. 3:2; Pw art. 31, 32",
    "bufferbudget": "Pw art. 34b",
}
"""Kinds of decisions, with the article on which they rest unless another is given."""
ONDERDELEN = {"n": "n", "r": "r", "aa": "aa", "artikel_34a": "a34"}
"""Exemptions that need consent -> how their columns begin."""
UITKOMSTEN = ("vrijgelaten", "meetellen")
"""What can be decided about a gift."""


@dataclass(frozen=True)
class Mensbesluit:
    """One decision.

    Attributes:
        dossiernummer: the household.
        soort: one of `ARTIKELEN`.
        inhoud: what was decided, by key of that kind; months ``YYYY-MM``, dates ISO 8601, amounts in cents.
        door, reden, artikel: who, why, on which article.
        genomen_op: when, microseconds UTC.
    """

    dossiernummer: str
    soort: str
    inhoud: Mapping[str, Any]
    door: str
    reden: str
    artikel: str
    genomen_op: int


def leg_vast(verbinding: sa.Connection, besluit: Mensbesluit, geboekt_op: str) -> tuple[int, int]:
    """Keeps a decision; returns the number of its boeking and the moment from which runs know it.

    That is the moment it was taken, or just after the last run when that already ran: a run of the past
    never knew it.

    Raises:
        AdministratieGeweigerd: the dossier is not known, or has nothing that the decision could be about.
    """
    _, _, gemeente = ketting.laatste(verbinding)
    if gemeente is None:
        raise AdministratieGeweigerd("de administratie heeft nog geen run; draai eerst `verrekening batch`")
    zaken = Standen(verbinding).lees(besluit.dossiernummer)
    neem_een_op(zaken, _als_rij(besluit), 0)  # raises when it cannot be
    laatste = laatste_moment(verbinding)
    bekend_op = besluit.genomen_op if laatste is None else max(besluit.genomen_op, laatste + 1)
    inhoud = json.dumps(dict(besluit.inhoud), ensure_ascii=False, sort_keys=True)
    kolommen: list[list[Any]] = [
        [besluit.dossiernummer], [besluit.soort], [besluit.inhoud.get("maand")], [besluit.artikel],
        [besluit.reden], [besluit.door], [besluit.genomen_op], [bekend_op], [inhoud],
    ]  # fmt: skip
    kop = ketting.Kop(
        "besluit", geboekt_op, gemeente, {"soort": besluit.soort, "genomen_op": toon_moment(besluit.genomen_op)}
    )
    return ketting.boek(
        verbinding, kop, {MENSBESLUITEN.name: ketting.in_stukken(MENSBESLUITEN.name, kolommen)}
    ), bekend_op


def lees(
    verbinding: sa.Connection, bekend_op: int | None = None, tot: int | None = None, alleen: str | None = None
) -> list[dict[str, Any]]:
    """The decisions known at a moment, in the order in which they were kept."""
    vraag = sa.select(MENSBESLUITEN).order_by(MENSBESLUITEN.c.boeking)
    if bekend_op is not None:
        vraag = vraag.where(MENSBESLUITEN.c.bekend_op <= bekend_op)
    if tot is not None:
        vraag = vraag.where(MENSBESLUITEN.c.boeking <= tot)
    if alleen is not None:
        vraag = vraag.where(MENSBESLUITEN.c.dossiernummer == alleen)
    return [dict(rij) | {"inhoud": json.loads(rij["inhoud"])} for rij in verbinding.execute(vraag).mappings().all()]


def neem_op(zaken: Dossiers, besluiten: list[dict[str, Any]]) -> Dossiers:
    """The dossiers with these decisions; one that fits nothing (any more) changes nothing."""
    nummers = {str(nummer): rij for rij, nummer in enumerate(zaken.huishoudens["dossiernummer"])} if besluiten else {}
    for besluit in besluiten:
        huishouden = nummers.get(besluit["dossiernummer"])
        if huishouden is not None:
            try:
                zaken = neem_een_op(zaken, besluit, huishouden)
            except AdministratieGeweigerd:
                continue
    return zaken


def neem_een_op(zaken: Dossiers, besluit: Mapping[str, Any], huishouden: int) -> Dossiers:
    """The dossiers with one decision. Raises AdministratieGeweigerd when it fits nothing in them."""
    return _OPNEMEN[besluit["soort"]](zaken, besluit, huishouden)


def _als_rij(besluit: Mensbesluit) -> dict[str, Any]:
    return {
        "soort": besluit.soort, "inhoud": besluit.inhoud, "door": besluit.door, "reden": besluit.reden,
        "genomen_op": besluit.genomen_op,
    }  # fmt: skip


def _persoon(zaken: Dossiers, besluit: Mapping[str, Any], huishouden: int) -> int:
    """Row of the person: by role, so that nobody types a BSN."""
    rol = besluit["inhoud"].get("persoon", ROLLEN[0])
    personen = zaken.personen
    rijen = np.flatnonzero((personen["huishouden"] == huishouden) & (personen["rol"] == ROLLEN.index(rol)))
    if not len(rijen):
        raise AdministratieGeweigerd(f"dit dossier heeft geen {rol}")
    return int(rijen[-1])


def _met_kolom(zaken: Dossiers, tabel: str, rijen: Any, **waarden: Any) -> Dossiers:
    kolommen = dict(getattr(zaken, tabel))
    for naam, waarde in waarden.items():
        kolommen[naam] = kolommen[naam].copy()
        kolommen[naam][rijen] = waarde
    return replace(zaken, **{tabel: kolommen})  # type: ignore[arg-type]


def _toestemming(zaken: Dossiers, besluit: Mapping[str, Any], huishouden: int) -> Dossiers:
    inhoud = besluit["inhoud"]
    naam = ONDERDELEN[inhoud["onderdeel"]]
    vanaf = lees_maand(inhoud["vanaf"]) if inhoud.get("vanaf") else -OPEN
    rij = _persoon(zaken, besluit, huishouden)
    kolommen = {f"{naam}_toestemming": int(inhoud["toestemming"]), f"{naam}_vanaf": vanaf}
    return _met_kolom(zaken, "personen", rij, **kolommen)


def _gift(zaken: Dossiers, besluit: Mapping[str, Any], huishouden: int) -> Dossiers:
    inhoud, giften = besluit["inhoud"], zaken.giften
    raak = (giften["huishouden"] == huishouden) & (giften["datum"] == lees_datum(inhoud["datum"]))
    if inhoud.get("bedrag_cent") is not None:
        raak &= giften["bedrag"] == inhoud["bedrag_cent"]
    if not raak.any():
        raise AdministratieGeweigerd("dit dossier heeft geen gift op die datum (met dat bedrag)")
    # Known from the moment the administration knows it; the day itself is no later than that.
    uitkomst = 1 + UITKOMSTEN.index(inhoud["uitkomst"])
    return _met_kolom(zaken, "giften", np.flatnonzero(raak), besluit=uitkomst, besluit_op=0)


def _schatting(zaken: Dossiers, besluit: Mapping[str, Any], huishouden: int) -> Dossiers:
    inhoud, persoon = besluit["inhoud"], _persoon(zaken, besluit, huishouden)
    maand = lees_maand(inhoud["maand"])
    oud = zaken.schattingen
    houd = ~((oud["persoon"] == persoon) & (oud["maand"] == maand))
    zaken = replace(zaken, schattingen={naam: kolom[houd] for naam, kolom in oud.items()})
    rij = {
        "huishouden": huishouden, "persoon": persoon, "maand": maand, "bedrag": inhoud["bedrag_cent"],
        "vakantietoeslag": inhoud.get("vakantietoeslag", True),
    }  # fmt: skip
    return dossier.met_rijen(zaken, "schattingen", [rij])


def _uitsluiten(zaken: Dossiers, besluit: Mapping[str, Any], huishouden: int) -> Dossiers:
    return _met_kolom(zaken, "huishoudens", huishouden, uitgesloten=besluit["reden"])


def _toelaten(zaken: Dossiers, _: Mapping[str, Any], huishouden: int) -> Dossiers:
    return _met_kolom(zaken, "huishoudens", huishouden, uitgesloten="")


def _stop(zaken: Dossiers, besluit: Mapping[str, Any], huishouden: int) -> Dossiers:
    inhoud = besluit["inhoud"]
    if not inhoud["akkoord"]:
        # A rejected amount closes nothing: the stop stays, and the record says that somebody looked.
        return zaken
    over_opgave = inhoud.get("lhnr") is not None
    rij = {
        "huishouden": huishouden,
        "persoon": _persoon(zaken, besluit, huishouden) if over_opgave else -1,
        "code": inhoud["code"],
        "maand": lees_maand(inhoud["maand"]),
        "lhnr": lees_lhnr(inhoud["lhnr"]) if over_opgave else -1,
        "numiv": inhoud["numiv"] if over_opgave else -1,
        "netto": inhoud.get("bedrag_cent") or 0,
        "netto_bekend": inhoud.get("bedrag_cent") is not None,
        "op": besluit["genomen_op"],
        "door": besluit["door"],
        "reden": besluit["reden"],
    }
    return dossier.met_rijen(zaken, "besluiten", [rij])


def _bufferbudget(zaken: Dossiers, besluit: Mapping[str, Any], huishouden: int) -> Dossiers:
    inhoud = besluit["inhoud"]
    rij = {
        "huishouden": huishouden, "maand": lees_maand(inhoud["maand"]), "bedrag": inhoud["bedrag_cent"],
        "soort": BUFFER_SOORTEN.index(inhoud["uitkomst"]), "op": 0,
    }  # fmt: skip
    return dossier.met_rijen(zaken, "bufferbudget", [rij])


_OPNEMEN: dict[str, Callable[[Dossiers, Mapping[str, Any], int], Dossiers]] = {
    "toestemming": _toestemming,
    "gift": _gift,
    "schatting": _schatting,
    "uitsluiten": _uitsluiten,
    "toelaten": _toelaten,
    "stop": _stop,
    "bufferbudget": _bufferbudget,
}
