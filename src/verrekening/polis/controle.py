"""What stands in a delivery, for ``verrekening polis controleer``: counts that add up, and what is odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from verrekening.kolommen import Masker, aantal
from verrekening.maand import OPEN, toon_datum
from verrekening.polis.elementen import BEKENDE_SRTIV, INITIEEL
from verrekening.polis.tabel import CORRECTIE, Bevinding, Levering
from verrekening.polis.versies import bepaal, tellingen

MAX_PER_CODE = 100
"""Findings of one code that get a row each; the rest share one row with their number."""

_SOORTEN = ("volledig", "aanvullend", "correctie", "suwinet", "csv")
_MOMENT_MAX = int(np.iinfo(np.int64).max)
_CONTROLES: dict[str, tuple[str, str, str]] = {
    "POLIS-101": ("waarschuwing", "er is meer ingehouden (IngLbPh) dan er loon is (LnLbPh)",
                  "Controleer de loonstrook; zonder verklaring is het bericht fout."),
    "POLIS-102": ("waarschuwing", "er is een bijdrage Zvw ingehouden (BijdrZvw), maar CdZvw is niet M",
                  "Vraag de inhoudingsplichtige wie de Zvw betaalt."),
    "POLIS-103": ("info", "CdZvw is M, maar er is geen bijdrage Zvw ingehouden (BijdrZvw)",
                  "Vraag de inhoudingsplichtige wie de Zvw betaalt."),
    "POLIS-104": ("info", "DatEind ligt na het einde van het tijdvak", "U hoeft niets te doen."),
    "POLIS-105": ("waarschuwing", "DatEind ligt voor DatAanv",
                  "Vraag de inhoudingsplichtige om een correctie."),
    "POLIS-106": ("waarschuwing", "SrtIV is geen bekende inkomenscode",
                  "Leg de zaak aan een mens voor; de verrekening stopt voor deze persoon."),
}  # fmt: skip


def bevindingen(levering: Levering) -> tuple[Bevinding, ...]:
    """All findings: those of reading, and those about the amounts and dates of the records."""
    uit = list(levering.bevindingen)
    for code, masker in _maskers(levering).items():
        uit.extend(_rijen(levering, code, masker))
    return tuple(uit)


def _maskers(levering: Levering) -> dict[str, Masker]:
    """Per code which records it is about."""
    o, p = levering.opgaven, levering.perioden
    n = aantal(o)

    def heeft(masker: Masker) -> Masker:
        return np.asarray(np.bincount(p["opgave"][masker], minlength=n) > 0)

    zvw = o["BijdrZvw_bekend"]
    zvw_m, zvw_bekend = heeft(p["cdzvw_m"] == 1), heeft(p["cdzvw_m"] >= 0)
    onbekend = ~np.isin(p["srtiv"], BEKENDE_SRTIV) & (p["srtiv"] != -1)
    return {
        "POLIS-101": o["LnLbPh_bekend"] & o["IngLbPh_bekend"] & (o["IngLbPh"] > o["LnLbPh"]),
        "POLIS-102": zvw & (o["BijdrZvw"] != 0) & zvw_bekend & ~zvw_m,
        "POLIS-103": zvw & (o["BijdrZvw"] == 0) & zvw_m & (o["LnLbPh"] > 0),
        "POLIS-104": (o["ikv_eind"] > o["tv_eind"]) & (o["ikv_eind"] != OPEN),
        "POLIS-105": o["ikv_eind"] < o["ikv_begin"],
        "POLIS-106": heeft(onbekend),
    }


def _rijen(levering: Levering, code: str, masker: Masker) -> list[Bevinding]:
    """A finding per record, at most ``MAX_PER_CODE``; one more row carries the number of the others."""
    gewicht, verwacht, wat_te_doen = _CONTROLES[code]
    treffers = np.flatnonzero(masker)
    uit = []
    for plaats, rij in enumerate(treffers[: MAX_PER_CODE + 1].tolist()):
        rest = len(treffers) - MAX_PER_CODE if plaats == MAX_PER_CODE else 1
        bestand = levering.bestanden[int(levering.opgaven["bestand"][rij])].naam
        waar = f"regel {int(levering.opgaven['regel'][rij])}, {INITIEEL}"
        if rest > 1:
            waar = f"{waar}, en {rest - 1} andere opgaven"
        uit.append(Bevinding(code, gewicht, bestand, waar, verwacht, wat_te_doen, rest))
    return uit


def samenvatting(levering: Levering) -> dict[str, Any]:
    """The delivery in numbers, ready for JSON. Holds no BSN.

    The counts of ``tellingen`` (and of each file) add up: gelezen = gebruikt + vervangen + ingetrokken +
    na_peildatum + onbekende_persoon + afgekeurd, with every version taken as known.
    """
    o, a = levering.opgaven, levering.aangiften
    versies = bepaal(levering, _MOMENT_MAX)
    per_bestand = tellingen(levering, versies)
    gevonden = bevindingen(levering)
    # An answer of Suwinet and a CSV have no tijdvak or payer of their own: those stand in their records.
    van_aangifte = np.flatnonzero(a["soort"] <= CORRECTIE)
    tv_begin, tv_eind, lhnr = (
        np.concatenate([a[naam][van_aangifte], o[naam]]) for naam in ("tv_begin", "tv_eind", "lhnr")
    )
    tijdvakken = sorted(set(zip(tv_begin.tolist(), tv_eind.tolist(), strict=True)))
    return {
        "bestanden": [
            {"naam": bestand.naam, "sha256": bestand.sha256, "bytes": bestand.bytes, **telling,
             "intrekkingen": bestand.intrekkingen}
            for bestand, telling in zip(levering.bestanden, per_bestand, strict=True)
        ],
        "tellingen": _optellen(per_bestand),
        "personen": len(np.unique(o["bsn"])),
        "werkgevers": len(np.unique(lhnr)),
        "tijdvakken": [{"begin": toon_datum(begin), "eind": toon_datum(eind)} for begin, eind in tijdvakken],
        "aangiften": {
            naam: int((a["soort"] == soort).sum()) for soort, naam in enumerate(_SOORTEN)
        },
        "intrekkingen": sum(bestand.intrekkingen for bestand in levering.bestanden),
        "correcties": aantal(versies.correcties),
        "bevindingen_per_code": _per_code(gevonden),
        "bevindingen": [asdict(bevinding) for bevinding in gevonden],
        "afgekeurd": len(levering.afkeuringen),
        "afkeuringen": [asdict(afkeuring) for afkeuring in levering.afkeuringen],
    }  # fmt: skip


def _optellen(per_bestand: Sequence[dict[str, int]]) -> dict[str, int]:
    namen = (
        "gelezen",
        "gebruikt",
        "vervangen",
        "ingetrokken",
        "na_peildatum",
        "onbekende_persoon",
        "afgekeurd",
    )
    return {naam: sum(telling[naam] for telling in per_bestand) for naam in namen}


def _per_code(gevonden: Sequence[Bevinding]) -> dict[str, dict[str, Any]]:
    uit: dict[str, dict[str, Any]] = {}
    for bevinding in gevonden:
        rij = uit.setdefault(bevinding.code, {"gewicht": bevinding.gewicht, "aantal": 0})
        rij["aantal"] += bevinding.aantal
    return dict(sorted(uit.items()))
