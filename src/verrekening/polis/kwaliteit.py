"""What is odd about the records of a delivery, each check over the whole table at once."""

from __future__ import annotations

import numpy as np

from verrekening.kolommen import Getallen, Kolommen, Masker, aantal
from verrekening.maand import OPEN
from verrekening.nummers import elfproef
from verrekening.polis.elementen import BEKENDE_SRTIV
from verrekening.polis.tabel import SLEUTEL, SUWINET, Levering
from verrekening.polis.verschil import groepen
from verrekening.polis.versies import GEBRUIKT, VERVANGEN

WERK = (11, 13, 15)
LANGER_DAN = 35
"""Days of the longest four-week tijdvak there is, with room."""


def maskers(levering: Levering, status: Getallen) -> dict[str, Masker]:
    """Per code which records it is about. ``status``: the verdict of rule N1."""
    return _binnen_een_opgave(levering) | _tussen_opgaven(levering, status)


def soort_op_het_eind(levering: Levering) -> dict[str, Getallen]:
    """SrtIV, IndLhKort and CdZvw M of each record on the last day of its tijdvak; -1 when unknown."""
    o, p = levering.opgaven, levering.perioden
    op_tijd = np.flatnonzero(p["begin"] <= o["tv_eind"][p["opgave"]])
    orde = op_tijd[np.lexsort((p["begin"][op_tijd], p["opgave"][op_tijd]))]
    opgave = p["opgave"][orde]
    laatste = np.append(opgave[1:] != opgave[:-1], True) if len(opgave) else np.zeros(0, np.bool_)
    uit = {}
    for naam in ("srtiv", "lhkort", "cdzvw_m"):
        kolom = np.full(aantal(o), -1, np.int64)
        kolom[opgave[laatste]] = p[naam][orde[laatste]]
        uit[naam] = kolom
    return uit


def _binnen_een_opgave(levering: Levering) -> dict[str, Masker]:
    o, p = levering.opgaven, levering.perioden
    n = aantal(o)

    def heeft(masker: Masker) -> Masker:
        return np.asarray(np.bincount(p["opgave"][masker], minlength=n) > 0)

    zvw, loon, vakbsl = o["BijdrZvw_bekend"], o["LnLbPh_bekend"], o["VakBsl_bekend"]
    zvw_m, zvw_bekend = heeft(p["cdzvw_m"] == 1), heeft(p["cdzvw_m"] >= 0)
    soort = soort_op_het_eind(levering)["srtiv"]
    los = levering.aangiften["soort"][o["aangifte"]] >= SUWINET
    suwinet = levering.aangiften["soort"][o["aangifte"]] == SUWINET
    buiten = (o["tv_begin"] > o["ikv_eind"]) | (o["tv_eind"] < o["ikv_begin"])
    return {
        # Of a Loonaangifte the number is judged once per message, while reading.
        "POLIS-002": los & ~elfproef(o["lhnr"] // 100),
        "POLIS-101": loon & o["IngLbPh_bekend"] & (o["IngLbPh"] > o["LnLbPh"]),
        "POLIS-102": zvw & (o["BijdrZvw"] != 0) & zvw_bekend & ~zvw_m,
        "POLIS-103": zvw & (o["BijdrZvw"] == 0) & zvw_m & (o["LnLbPh"] > 0),
        "POLIS-104": ~los & (o["ikv_eind"] > o["tv_eind"]) & (o["ikv_eind"] != OPEN),
        "POLIS-105": o["ikv_eind"] < o["ikv_begin"],
        "POLIS-106": heeft(~np.isin(p["srtiv"], BEKENDE_SRTIV) & (p["srtiv"] != -1)),
        "POLIS-107": ~loon | (soort == -1),
        "POLIS-110": (loon & (o["LnLbPh"] < 0)) | (vakbsl & (o["VakBsl"] < 0)),
        "POLIS-111": loon & vakbsl & (o["LnLbPh"] >= 0) & (o["VakBsl"] > o["LnLbPh"]),
        "POLIS-112": o["tv_eind"] - o["tv_begin"] >= LANGER_DAN,
        "POLIS-117": buiten & ~(loon & vakbsl & (o["VakBsl"] == o["LnLbPh"])),
        "POLIS-118": suwinet & (o["OpnAvwb_bekend"] | o["OpbAvwb_bekend"]),
    }


def _tussen_opgaven(levering: Levering, status: Getallen) -> dict[str, Masker]:
    """Checks over the records of one inkomstenverhouding, of which only the effective ones count."""
    o = levering.opgaven
    n = aantal(o)
    uit = {code: np.zeros(n, np.bool_) for code in ("POLIS-109", "POLIS-113", "POLIS-114", "POLIS-115", "POLIS-116")}
    uit["POLIS-108"] = _dubbel(o) & (status == VERVANGEN)
    reeks = op_volgorde(o, status)
    if not len(reeks):
        return uit
    g = ikv_nummer(o)[reeks]
    eerste = np.append(True, g[1:] != g[:-1])
    begin_rij = np.flatnonzero(eerste)[np.cumsum(eerste) - 1]
    tot_nu = eind_tot_nu(g, o["tv_eind"][reeks])
    vorige_eind = np.append(-OPEN, tot_nu[:-1])
    begin, ikv_begin = o["tv_begin"][reeks], o["ikv_begin"][reeks]
    uit["POLIS-109"][reeks] = ~eerste & (begin <= vorige_eind)
    uit["POLIS-113"][reeks] = ~eerste & (begin > vorige_eind + 1)
    uit["POLIS-114"][reeks] = eerste & (ikv_begin < begin) & (ikv_begin >= o["tv_begin"].min())

    bouwt_op = o["OpgRchtVakBsl"][reeks] > 0
    geteld = np.cumsum(bouwt_op)
    eerder = geteld - bouwt_op - (geteld - bouwt_op)[begin_rij] > 0
    werk = np.isin(soort_op_het_eind(levering)["srtiv"][reeks], WERK)
    zonder = o["OpgRchtVakBsl_bekend"][reeks] & (o["OpgRchtVakBsl"][reeks] == 0) & (o["LnLbPh"][reeks] > 0)
    # A last payment of only the allowance builds up nothing.
    uit["POLIS-115"][reeks] = werk & eerder & zonder & (o["VakBsl"][reeks] < o["LnLbPh"][reeks])

    laatste = np.append(eerste[1:], True)
    eindigt = laatste & (o["ikv_eind"][reeks] <= o["tv_eind"][reeks])
    betaald = np.cumsum((o["VakBsl"][reeks] > 0) | ~o["VakBsl_bekend"][reeks])
    rij = np.arange(len(reeks))
    vanaf = np.maximum.accumulate(np.where(o["ikv_eind"][reeks] > o["tv_eind"][reeks], rij, begin_rij - 1))
    vanaf = np.maximum(vanaf, begin_rij - 1)
    na_einde = betaald - np.where(vanaf >= 0, betaald[vanaf], 0) > 0
    uit["POLIS-116"][reeks] = eindigt & (eerder | bouwt_op) & ~na_einde
    return uit


def op_volgorde(o: Kolommen, status: Getallen) -> Getallen:
    """The effective records, by inkomstenverhouding and tijdvak."""
    geldig = np.flatnonzero(status == GEBRUIKT)
    orde = np.lexsort((o["tv_eind"][geldig], o["tv_begin"][geldig], ikv_nummer(o)[geldig]))
    return geldig[orde]


def ikv_nummer(o: Kolommen) -> Getallen:
    """A number per inkomstenverhouding."""
    return groepen([o[naam] for naam in ("lhnr", "bsn", "numiv")])


def eind_tot_nu(groep: Getallen, eind: Getallen) -> Getallen:
    """Per row, sorted by group, the latest end so far in its group."""
    sprong = np.int64(4 * OPEN)
    return np.asarray(np.maximum.accumulate(eind + groep * sprong) - groep * sprong)


def _dubbel(o: Kolommen) -> Masker:
    """Records whose key occurs more than once in one message."""
    if not aantal(o):
        return np.zeros(0, np.bool_)
    groep = groepen([o[naam] for naam in (*SLEUTEL, "aangifte")])
    return np.asarray(np.bincount(groep)[groep] > 1)
