"""The facts of a case that goes on: wage records of the months to come, and what a change does to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from verrekening.dossier import GIFT_SOORTEN, Dossiers
from verrekening.fouten import InvoerGeweigerd
from verrekening.geld import evenredig, rekenkundig
from verrekening.kolommen import Getallen, Kolommen, kies_rijen
from verrekening.maand import OPEN, dagen_in, eerste_dag, laatste_dag, lees_moment, maand_van, toon_datum
from verrekening.polis import BEDRAGEN, Bestand, Levering
from verrekening.polis.tabel import ALLE_VELDEN, CSV, lege_tabel, samen
from verrekening.polis.versies import GEBRUIKT, bepaal
from verrekening.watals.wijziging import Wijziging

_GESCHAALD = tuple(naam for naam in BEDRAGEN if naam not in {"WrdPrGebrAut", "WrknBijdrAut", "Reisk"})
"""Amounts that move along when the wage changes."""

_EENMALIG = ("VakBsl", "LnTabBB", "OpnAvwb", "WrdLn")
"""Amounts of one payment that do not come again every month."""

_OPBOUW = 8, 100
_DIENSTBETREKKING = (11, 13, 15)
"""SrtIV of employment (rule N2)."""
_GEWONE_BAAN = {"srtiv": 15, "lhkort": 0, "lbtab": 12, "cdzvw_m": 0, "sa72": 0}
_WERKGEVER = 99
"""Number of an employer that does not exist."""
_VIER_WEKEN = 28
MAANDEN = 13
"""The payment month and the next twelve."""


def zet_voort(levering: Levering, peilmoment: int, betaalmaand: int) -> Levering:
    """The delivery with a record for every tijdvak to come of every inkomstenverhouding that still runs.

    The latest record repeats, without what was paid once. A record becomes known at noon of the last day of its
    tijdvak, so that the run of the month after it settles it.

    Args:
        levering: what is there.
        peilmoment: K.
        betaalmaand: P; an inkomstenverhouding without a record since the month P−3 has stopped.
    """
    rijen = _laatste(levering, peilmoment)
    opgaven = levering.opgaven
    loopt = (opgaven["ikv_eind"][rijen] >= OPEN) & (opgaven["tv_eind"][rijen] >= int(eerste_dag(betaalmaand - 3)))
    nieuw: list[tuple[int, int, int]] = []
    for rij in rijen[loopt]:
        begin, eind = int(opgaven["tv_begin"][rij]), int(opgaven["tv_eind"][rij])
        vier_weken = eind - begin + 1 == _VIER_WEKEN and not _hele_maand(begin, eind)
        while maand_van(eind) < betaalmaand + MAANDEN:
            begin = eind + 1
            eind = begin + _VIER_WEKEN - 1 if vier_weken else int(laatste_dag(maand_van(begin)))
            nieuw.append((int(rij), begin, eind))
    return samen([levering, _levering(levering, nieuw)]) if nieuw else levering


def _hele_maand(begin: int, eind: int) -> bool:
    return eind - begin + 1 == dagen_in(maand_van(begin)) and begin == int(eerste_dag(maand_van(begin)))


def _laatste(levering: Levering, peilmoment: int) -> Getallen:
    """The row of the latest effective record of every inkomstenverhouding."""
    versies = bepaal(levering, peilmoment)
    telt = np.flatnonzero(versies.status == GEBRUIKT)
    o = levering.opgaven
    orde = telt[np.lexsort((o["tv_eind"][telt], o["numiv"][telt], o["bsn"][telt], o["lhnr"][telt]))]
    sleutel = np.stack([o[naam][orde] for naam in ("lhnr", "bsn", "numiv")])
    if not len(orde):
        return orde
    laatste = np.append((sleutel[:, 1:] != sleutel[:, :-1]).any(axis=0), True)
    return np.asarray(orde[laatste], dtype=np.int64)


def _levering(levering: Levering, nieuw: Sequence[tuple[int, int, int]]) -> Levering:
    """Copies of records in other tijdvakken, as a delivery of its own."""
    bron = np.array([een[0] for een in nieuw], np.int64)
    begin = np.array([een[1] for een in nieuw], np.int64)
    eind = np.array([een[2] for een in nieuw], np.int64)
    rijen = kies_rijen(levering.opgaven, bron)
    eenmalig = rijen["VakBsl"] + np.maximum(0, rijen["LnTabBB"] - rijen["VakBsl"])
    rijen["LnLbPh"] = rijen["LnLbPh"] - np.where(rijen["LnLbPh_bekend"], eenmalig, 0)
    for naam in _EENMALIG:
        rijen[naam] = np.zeros(len(bron), np.int64)
    moment = np.array([_middag(int(dag)) for dag in eind], np.int64)
    nummer = np.arange(len(bron), dtype=np.int64)
    rijen |= {
        "bestand": np.zeros(len(bron), np.int64), "regel": nummer + 1, "aangifte": nummer, "volgorde": nummer,
        "tv_begin": begin, "tv_eind": eind, "moment": moment, "velden": np.full(len(bron), ALLE_VELDEN, np.int64),
    }  # fmt: skip
    return _als_levering(levering, rijen, _perioden_van(levering, bron))


def _perioden_van(levering: Levering, bron: Getallen) -> Kolommen:
    """The income periods of these records, one after the other."""
    van = [np.flatnonzero(levering.perioden["opgave"] == rij) for rij in bron]
    perioden = kies_rijen(levering.perioden, np.concatenate(van))
    nummer = np.arange(len(bron), dtype=np.int64)
    return perioden | {"opgave": np.repeat(nummer, [len(een) for een in van])}


def _als_levering(levering: Levering, rijen: Kolommen, perioden: Kolommen) -> Levering:
    """A delivery of these rows, each with a moment of its own."""
    aantal = len(rijen["bsn"])
    aangiften = {
        "bestand": np.zeros(aantal, np.int64), "lhnr": rijen["lhnr"], "tv_begin": rijen["tv_begin"],
        "tv_eind": rijen["tv_eind"], "moment": rijen["moment"], "volgorde": rijen["volgorde"],
        "soort": np.full(aantal, CSV, np.int64),
    }  # fmt: skip
    return Levering(
        bestanden=(Bestand("wat-als", "", 0, {"gelezen": aantal, "onbekende_persoon": 0, "afgekeurd": 0}),),
        opgaven={naam: rijen[naam] for naam in levering.opgaven},
        perioden={naam: perioden[naam] for naam in levering.perioden},
        aangiften={naam: aangiften[naam] for naam in levering.aangiften},
        idber=("wat-als",) * aantal,
        intrekkingen=lege_tabel(tuple(levering.intrekkingen)),
        afgekeurde_opgaven=lege_tabel(tuple(levering.afgekeurde_opgaven)),
        afkeuringen=(),
        bevindingen=(),
    )


def _middag(dag: int) -> int:
    return lees_moment(f"{toon_datum(dag)}T12:00:00")


def pas_toe(
    wijziging: Wijziging, zaken: Dossiers, levering: Levering, peilmoment: int, betaalmaand: int
) -> tuple[Dossiers, Levering, tuple[str, ...]]:
    """The facts after a change, and what was assumed, in words. ``beleid`` changes no fact.

    Raises:
        InvoerGeweigerd: there is no job whose wage can change.
    """
    vanaf = betaalmaand if wijziging.vanaf is None else wijziging.vanaf
    match wijziging.soort:
        case "loon":
            nieuw, aanname = _ander_loon(wijziging, levering, peilmoment, vanaf)
            return zaken, nieuw, (*wijziging.aannames, aanname)
        case "baan":
            baan = _tweede_baan(wijziging, zaken, levering, betaalmaand, vanaf)
            return zaken, baan, ("de nieuwe baan bouwt 8% vakantiegeld op, zonder heffingskorting en zonder inhouding",)
        case "later":
            return zaken, _later(wijziging, levering), ()
        case "gift":
            return _met_gift(zaken, wijziging.cent, int(eerste_dag(vanaf))), levering, ()
        case "kind":
            situatie = dict(zaken.situatie)
            situatie["jongste_kind"] = np.full_like(situatie["jongste_kind"], wijziging.dag)
            return replace(zaken, situatie=situatie), levering, ()
    return zaken, levering, ()


def _banen(levering: Levering, peilmoment: int) -> Getallen:
    """Latest records of jobs, the largest wage first."""
    rijen = _laatste(levering, peilmoment)
    srtiv = np.array([_laatste_soort(levering, int(rij)) for rij in rijen], np.int64)
    werk = rijen[np.isin(srtiv, _DIENSTBETREKKING) & (levering.opgaven["LnLbPh"][rijen] > 0)]
    return werk[np.argsort(-levering.opgaven["LnLbPh"][werk], kind="stable")]


def _laatste_soort(levering: Levering, rij: int) -> int:
    periode = np.flatnonzero(levering.perioden["opgave"] == rij)
    return int(levering.perioden["srtiv"][periode[-1]]) if len(periode) else -1


def _ander_loon(wijziging: Wijziging, levering: Levering, peilmoment: int, vanaf: int) -> tuple[Levering, str]:
    banen = _banen(levering, peilmoment)
    if not len(banen):
        raise InvoerGeweigerd(f"--wat-als {wijziging.tekst}: dit huishouden heeft geen loon; gebruik baan=bedrag")
    o = {naam: kolom.copy() for naam, kolom in levering.opgaven.items()}
    baan = int(banen[0])
    zelfde = np.logical_and.reduce([o[naam] == o[naam][baan] for naam in ("lhnr", "bsn", "numiv")])
    rijen = np.flatnonzero(zelfde & (o["tv_eind"] >= int(eerste_dag(vanaf))) & (o["LnLbPh"] > 0))
    oud = o["LnLbPh"][rijen]
    if wijziging.factor is not None:
        doel = rekenkundig(evenredig(oud, np.int64(wijziging.factor.numerator), np.int64(wijziging.factor.denominator)))
    else:
        doel = np.maximum(0, oud + wijziging.cent if wijziging.erbij else np.full_like(oud, wijziging.cent))
    for naam in _GESCHAALD:
        o[naam][rijen] = rekenkundig(evenredig(o[naam][rijen], doel, oud))
    aanname = "de inhoudingen en de opbouw van vakantiegeld veranderen mee met het loon"
    return replace(levering, opgaven=o), aanname


def _tweede_baan(wijziging: Wijziging, zaken: Dossiers, levering: Levering, betaalmaand: int, vanaf: int) -> Levering:
    """Records of an employer that does not exist, for every month from ``vanaf`` on; credit with the first job only."""
    aantal = betaalmaand + MAANDEN - vanaf
    maanden = np.arange(vanaf, vanaf + aantal, dtype=np.int64)
    nummer = np.arange(aantal, dtype=np.int64)
    eind = laatste_dag(maanden)
    rijen: dict[str, Any] = {naam: np.zeros(aantal, np.int64) for naam in BEDRAGEN}
    rijen |= {f"{naam}_bekend": np.ones(aantal, np.bool_) for naam in BEDRAGEN}
    vast = {
        "lhnr": _WERKGEVER, "bsn": int(zaken.personen["bsn"][0]), "numiv": 1, "bestand": 0, "velden": ALLE_VELDEN,
        "ikv_begin": int(eerste_dag(vanaf)), "ikv_eind": OPEN, "LnLbPh": wijziging.cent,
        "OpgRchtVakBsl": int(rekenkundig(evenredig(wijziging.cent, *_OPBOUW))),
    }  # fmt: skip
    rijen |= {naam: np.full(aantal, waarde, np.int64) for naam, waarde in vast.items()}
    rijen |= {
        "regel": nummer + 1, "aangifte": nummer, "volgorde": nummer, "tv_begin": eerste_dag(maanden), "tv_eind": eind,
        "moment": np.array([_middag(int(dag)) for dag in eind], np.int64),
    }  # fmt: skip
    perioden = {naam: np.full(aantal, waarde, levering.perioden[naam].dtype) for naam, waarde in _GEWONE_BAAN.items()}
    perioden |= {"opgave": nummer, "begin": rijen["ikv_begin"]}
    return samen([levering, _als_levering(levering, rijen, perioden)])


def _later(wijziging: Wijziging, levering: Levering) -> Levering:
    o = {naam: kolom.copy() for naam, kolom in levering.opgaven.items()}
    raak = np.flatnonzero(maand_van(o["tv_eind"]) == wijziging.maand)
    o["moment"][raak] = _middag(int(laatste_dag(wijziging.maand + 1)))
    aangiften = dict(levering.aangiften)
    moment = aangiften["moment"].copy()
    moment[o["aangifte"][raak]] = o["moment"][raak]
    return replace(levering, opgaven=o, aangiften=aangiften | {"moment": moment})


def _met_gift(zaken: Dossiers, cent: int, dag: int) -> Dossiers:
    erbij: dict[str, Any] = {
        "huishouden": 0, "persoon": 0, "datum": dag, "bedrag": cent, "soort": GIFT_SOORTEN.index("geld"),
        "besluit": 0, "besluit_op": OPEN, "volgnr": int(zaken.giften["volgnr"].max(initial=-1)) + 1,
    }  # fmt: skip
    giften = {naam: np.append(kolom, kolom.dtype.type(erbij[naam])) for naam, kolom in zaken.giften.items()}
    return replace(zaken, giften=giften)
