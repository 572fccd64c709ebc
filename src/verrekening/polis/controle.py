"""What stands in a delivery, for ``verrekening polis controleer``: counts that add up, and what is odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from verrekening.kolommen import Getallen, Masker, aantal
from verrekening.maand import toon_datum
from verrekening.nummers import toon_lhnr
from verrekening.polis.codes import CODES
from verrekening.polis.elementen import INITIEEL
from verrekening.polis.kwaliteit import eind_tot_nu, ikv_nummer, maskers, op_volgorde
from verrekening.polis.rekenbaar import rekenbaar
from verrekening.polis.suwinet_namen import IKO
from verrekening.polis.tabel import CORRECTIE, Bevinding, Levering
from verrekening.polis.versies import Versies, bepaal, tellingen

MAX_PER_CODE = 100
"""Findings of one code that get a row each; the rest share one row with their number."""

_WAAR = (f", {INITIEEL}", f", {INITIEEL}", f", {INITIEEL}", f", {IKO}", "")
_SOORTEN = ("volledig", "aanvullend", "correctie", "suwinet", "csv")
_MOMENT_MAX = int(np.iinfo(np.int64).max)


def bevindingen(levering: Levering, versies: Versies | None = None) -> tuple[Bevinding, ...]:
    """All findings: those of reading, and those about the amounts and dates of the records.

    ``versies``: the verdict of rule N1; None: with every version taken as known.
    """
    uit = list(levering.bevindingen)
    status = (bepaal(levering, _MOMENT_MAX) if versies is None else versies).status.astype(np.int64)
    for code, masker in sorted(maskers(levering, status).items()):
        uit.extend(_rijen(levering, code, masker))
    return tuple(uit)


def _rijen(levering: Levering, code: str, masker: Masker) -> list[Bevinding]:
    """A finding per record, at most ``MAX_PER_CODE``; one more row carries the number of the others."""
    gewicht, verwacht, wat_te_doen = CODES[code]
    o = levering.opgaven
    treffers = np.flatnonzero(masker)
    uit = []
    for plaats, rij in enumerate(treffers[: MAX_PER_CODE + 1].tolist()):
        rest = len(treffers) - MAX_PER_CODE if plaats == MAX_PER_CODE else 1
        bestand = levering.bestanden[int(o["bestand"][rij])].naam
        waar = f"regel {int(o['regel'][rij])}{_WAAR[int(levering.aangiften['soort'][o['aangifte'][rij]])]}"
        if rest > 1:
            waar = f"{waar}, en {rest - 1} andere opgaven"
        tijdvak = f"{toon_datum(o['tv_begin'][rij])} t/m {toon_datum(o['tv_eind'][rij])}"
        sleutel = f"{toon_lhnr(int(o['lhnr'][rij]))}, nummer {int(o['numiv'][rij])}, {tijdvak}"
        uit.append(Bevinding(code, gewicht, bestand, waar, verwacht, wat_te_doen, rest, sleutel))
    return uit


def samenvatting(levering: Levering) -> dict[str, Any]:
    """The delivery in numbers, ready for JSON. Holds no BSN.

    The counts of ``tellingen`` (and of each file) add up: gelezen = gebruikt + vervangen + ingetrokken +
    na_peildatum + onbekende_persoon + afgekeurd, with every version taken as known.
    """
    o, a = levering.opgaven, levering.aangiften
    versies = bepaal(levering, _MOMENT_MAX)
    per_bestand = tellingen(levering, versies)
    gevonden = bevindingen(levering, versies)
    status = versies.status.astype(np.int64)
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
        "dubbel": int(maskers(levering, status)["POLIS-108"].sum()),
        "inkomstenverhoudingen": inkomstenverhoudingen(levering, status),
        "rekenbaar": rekenbaar(levering, status),
        "bevindingen_per_code": _per_code(gevonden),
        "bevindingen": [asdict(bevinding) for bevinding in gevonden],
        "afgekeurd": len(levering.afkeuringen),
        "afkeuringen": [asdict(afkeuring) for afkeuring in levering.afkeuringen],
    }  # fmt: skip


def inkomstenverhoudingen(levering: Levering, status: Getallen) -> dict[str, Any]:
    """How many there are, how many are open, and of the open ones the days between records that are missing.

    At the end of the delivery something is missing as well: a job without an end whose last record ends before the
    last tijdvak of all.
    """
    o = levering.opgaven
    reeks = op_volgorde(o, status)
    if not len(reeks):
        return {"aantal": 0, "open": 0, "gaten": [], "gaten_totaal": 0}
    g = ikv_nummer(o)[reeks]
    laatste = np.append(g[1:] != g[:-1], True)
    eind = o["tv_eind"][reeks]
    tot_nu = eind_tot_nu(g, eind)
    open_ = (o["ikv_eind"][reeks] > eind)[laatste]
    van_groep = np.cumsum(np.append(0, laatste[:-1]))
    # After a record: until the next one, or until the end of the delivery.
    tot = np.where(laatste, eind.max(), np.append(o["tv_begin"][reeks][1:] - 1, 0))
    gat = np.flatnonzero(open_[van_groep] & (tot > tot_nu))
    rijen = [
        {"lhnr": toon_lhnr(int(o["lhnr"][reeks[i]])), "numiv": int(o["numiv"][reeks[i]]),
         "van": toon_datum(tot_nu[i] + 1), "tot": toon_datum(tot[i])}
        for i in gat[:MAX_PER_CODE].tolist()
    ]  # fmt: skip
    return {"aantal": int(laatste.sum()), "open": int(open_.sum()), "gaten": rijen, "gaten_totaal": len(gat)}


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
        rij = uit.setdefault(bevinding.code, {
            "gewicht": bevinding.gewicht, "aantal": 0,
            "bevinding": CODES[bevinding.code][1].format(naam="…"), "wat_te_doen": bevinding.wat_te_doen,
        })  # fmt: skip
        rij["aantal"] += bevinding.aantal
    return dict(sorted(uit.items()))
