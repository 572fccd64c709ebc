"""Why did it change? Two runs of one case beside each other: other facts, and rule by rule what followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verrekening import administratie
from verrekening.administratie import Boek
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import toon_maand
from verrekening.terugblik.herspeel import Herspeeld, herspeel_run

VERSIE = "verschil.v1"
_OPGAVE = ("loonheffingennummer", "inkomstenverhouding", "tijdvak_begin", "tijdvak_eind")


def twee_runs(boek: Boek, dossiernummer: str, een: int, twee: int) -> dict[str, Any]:
    """What differs for a household between two runs, every month."""
    oud, nieuw = [herspeel_run(boek, dossiernummer, nr, volledig=True) for nr in (een, twee)]
    return verschil(oud, nieuw)


def waarom(boek: Boek, dossiernummer: str, betaalmaand: int, maand: int, bekend_op: int | None) -> dict[str, Any]:
    """Why a month is other than before: the decision over P beside the one before it.

    Raises:
        AdministratieGeweigerd: nothing was decided over P, or never before it.
    """
    van, _, _ = administratie.staand_besluit(boek.verbinding, dossiernummer, betaalmaand, bekend_op)
    eerder = [
        rij["boeking"]
        for rij in administratie.besluiten_over(boek.verbinding, dossiernummer)
        if rij["teken"] == 1 and rij["boeking"] < van.boeking
    ]
    if not eerder:
        raise AdministratieGeweigerd(
            f"vóór betaalmaand {toon_maand(betaalmaand)} is voor dossier {dossiernummer} niet eerder besloten; "
            "er is niets om mee te vergelijken"
        )
    oud, nieuw = [herspeel_run(boek, dossiernummer, nr, volledig=True) for nr in (eerder[-1], van.boeking)]
    return verschil(oud, nieuw, toon_maand(maand))


def verschil(oud: Herspeeld, nieuw: Herspeeld, maand: str | None = None) -> dict[str, Any]:
    """The differences as data.

    Args:
        oud, nieuw: one case as two runs knew it, with all rules.
        maand: only this month; None for all.

    Returns:
        versie, dossiernummer, van and naar (the runs), feiten (deliveries and decisions that are new), maanden
        (fields of a month that differ), betaling, and regels: every rule whose result differs, in order of
        calculation, with both amounts and the formula of the new one.
    """
    a, b = oud.uitleg, nieuw.uitleg
    return {
        "versie": VERSIE,
        "dossiernummer": b["dossiernummer"],
        "maand": maand,
        "van": _kop(oud),
        "naar": _kop(nieuw),
        "feiten": {
            "leveringen": [x for x in b["besluit"]["leveringen"] if x not in a["besluit"]["leveringen"]],
            "mensbesluiten": [x for x in b["besluit"]["mensbesluiten"] if x not in a["besluit"]["mensbesluiten"]],
            "beleid_gewijzigd": a["besluit"]["beleid"]["sha256"] != b["besluit"]["beleid"]["sha256"],
            "engine_gewijzigd": a["besluit"]["engine"] != b["besluit"]["engine"],
        },
        "maanden": _maanden(a, b, maand),
        "betaling": _velden(a["betaling"], b["betaling"]) if maand is None else {},
        "regels": _regels(a, b, maand),
    }


def _kop(herspeeld: Herspeeld) -> dict[str, Any]:
    return {naam: herspeeld.uitleg["besluit"][naam] for naam in ("boeking", "betaalmaand", "peildatum")}


def _velden(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {naam: [a.get(naam), b.get(naam)] for naam in {**a, **b} if a.get(naam) != b.get(naam)}


def _maanden(a: Mapping[str, Any], b: Mapping[str, Any], maand: str | None) -> list[dict[str, Any]]:
    oud = {rij["maand"]: rij for rij in a["maanden"]}
    nieuw = {rij["maand"]: rij for rij in b["maanden"]}
    uit = []
    for naam in sorted({*oud, *nieuw}):
        velden = _velden(oud.get(naam, {}), nieuw.get(naam, {}))
        velden.pop("maand", None)
        if velden and maand in (None, naam):
            uit.append({"maand": naam, "velden": velden, "nieuw": naam not in oud})
    return uit


def _sleutel(regel: Mapping[str, Any]) -> tuple[str, ...]:
    """What makes two results the same rule about the same thing."""
    opgave = regel.get("opgave") or {}
    plek = (
        opgave.get(naam) for naam in ("loonheffingennummer", "inkomstenverhouding", "tijdvak_begin", "tijdvak_eind")
    )
    return tuple(map(str, (regel["niveau"], regel["naam"], regel["maand"], regel.get("persoon"), *plek)))


def _uitslag(regel: Mapping[str, Any] | None) -> Any:
    if regel is None:
        return None
    return regel["bedrag_cent"] if "bedrag_cent" in regel else regel.get("waarde")


def _regels(a: Mapping[str, Any], b: Mapping[str, Any], maand: str | None) -> list[dict[str, Any]]:
    oud = {_sleutel(regel): regel for regel in a["regels"]}
    nieuw = {_sleutel(regel): regel for regel in b["regels"]}
    gelezen = {
        _sleutel(regel)
        for regel in (*a["regels"], *b["regels"])
        if maand is None or regel["maand"] == maand or (regel.get("opgave") and _raakt(regel["opgave"], maand))
    }
    uit = []
    for sleutel in (*[s for s in oud if s not in nieuw], *nieuw):
        eerst, dan = oud.get(sleutel), nieuw.get(sleutel)
        if sleutel in gelezen and _uitslag(eerst) != _uitslag(dan):
            regel: Mapping[str, Any] = dan or eerst or {}
            uit.append(
                {naam: regel.get(naam) for naam in ("niveau", "regel", "naam", "maand", "artikel", "formule", "opgave")}
                | {"van": _uitslag(eerst), "naar": _uitslag(dan), "bedrag": "bedrag_cent" in regel}
            )
    return uit


def _raakt(opgave: Mapping[str, Any], maand: str) -> bool:
    return str(opgave["tijdvak_begin"])[:7] <= maand <= str(opgave["tijdvak_eind"])[:7]
