"""Early signals for the consulent: what can still be prevented, the worst first. Never who may be doing wrong.

This list is about cases and not about groups; it is work, for who treats the case, and is never a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from verrekening.maand import toon_maand
from verrekening.monitor.bron import Gegevens
from verrekening.monitor.woorden import VROEG

VERSIE = "vroegsignaal.v1"
TERMIJN_MAANDEN = 6
BINNENKORT = 2
"""A window that closes within this many payment months."""

_VOORSTEL = {
    "ONDER_95": "Bel de inwoner. Bekijk of minder verrekenen, een voorschot of bijzondere bijstand nodig is.",
    "TERMIJN": "Verrekenen kan nog tot en met {tot}. Bespreek met de inwoner wat haalbaar is, voordat het een "
    "vordering wordt.",
    "OPEN_GROEIT": "Het bedrag groeit twee betalingen achter elkaar. Bespreek of het loon vooraf geschat kan worden.",
    "LOON_BLIJFT_WEG": "Vraag de inwoner om de loonstrook, of de werkgever om de aangifte. Loopt het werk nog?",
}  # fmt: skip


def vroegsignalen(g: Gegevens) -> list[dict[str, Any]]:
    """The cases of the last payment month with something that can still be prevented.

    Args:
        g: the last payment months; three are enough.

    Returns:
        Per case and kind: dossiernummer, soort, bedrag_cent (what it is about; None when unknown), maand (the oldest
        month R it is about), voorstel. Ordered by what happens when nobody acts, then by amount.
    """
    p = g.maanden[-1]
    delen = [
        _van_signaal(g, p, ("ONDER_BESTAANSMINIMUM",), "ONDER_95"),
        _termijn(g, p),
        _groeit(g),
        _loon(g, p),
    ]
    alle = pd.concat(delen, ignore_index=True)
    alle["orde"] = alle["soort"].map({naam: nr for nr, naam in enumerate(VROEG)})
    alle = alle.sort_values(["orde", "bedrag", "dossiernummer"], ascending=[True, False, True], kind="stable")
    kolommen = [alle[naam].tolist() for naam in ("dossiernummer", "soort", "bedrag", "r", "sluit")]
    return [
        {
            "dossiernummer": nummer,
            "soort": soort,
            "bedrag_cent": int(bedrag) if bedrag >= 0 else None,
            "maand": toon_maand(int(r)),
            "voorstel": _VOORSTEL[soort].format(tot=toon_maand(int(sluit))),
        }
        for nummer, soort, bedrag, r, sluit in zip(*kolommen, strict=True)
    ]


def _tabel(tabel: pd.DataFrame, soort: str) -> pd.DataFrame:
    """One row per household: the sum, and the oldest month; ``bedrag`` -1 is unknown."""
    per = tabel.groupby("dossiernummer").agg({"bedrag": "sum", "r": "min", "sluit": "min"}).reset_index()
    return per.assign(soort=soort)


def _van_signaal(g: Gegevens, p: int, codes: Sequence[str], soort: str) -> pd.DataFrame:
    deze = g.signalen[(g.signalen["p"] == p) & g.signalen["code"].isin(codes)]
    return _tabel(deze.assign(sluit=p)[["dossiernummer", "bedrag", "r", "sluit"]], soort)


def _open(g: Gegevens, p: int) -> pd.DataFrame:
    """What income left open inside the window after the run over P."""
    s = g.standen[(g.standen["p"] == p) & (g.standen["open"] > 0) & (g.standen["ontvangst"] >= p - TERMIJN_MAANDEN)]
    anders = g.signalen[(g.signalen["p"] == p) & (g.signalen["code"] == "GEEN_MIDDELEN")]
    s = s.merge(anders[["dossiernummer", "r", "bedrag"]], how="left", on=["dossiernummer", "r"])
    s = s.assign(bedrag=(s["open"] - s["bedrag"].fillna(0).astype("int64")), sluit=s["ontvangst"] + TERMIJN_MAANDEN)
    return s.loc[s["bedrag"] > 0, ["dossiernummer", "bedrag", "r", "sluit"]]


def _termijn(g: Gegevens, p: int) -> pd.DataFrame:
    deze = _open(g, p)
    # What closes with this payment is a claim already: TERMIJN_LOOPT_AF on the work list.
    return _tabel(deze[(deze["sluit"] > p) & (deze["sluit"] <= p + BINNENKORT)], "TERMIJN")


def _groeit(g: Gegevens) -> pd.DataFrame:
    """Open amounts that grew in each of the last two payment months."""
    if len(g.maanden) < 3:
        return _tabel(_open(g, g.maanden[-1]).iloc[:0], "OPEN_GROEIT")
    drie = [_open(g, p).groupby("dossiernummer")["bedrag"].sum() for p in g.maanden[-3:]]
    stand = pd.concat(drie, axis=1, keys=["een", "twee", "drie"]).fillna(0)
    wie = stand.index[(stand["twee"] > stand["een"]) & (stand["drie"] > stand["twee"])]
    nu = _open(g, g.maanden[-1])
    return _tabel(nu[nu["dossiernummer"].isin(wie)], "OPEN_GROEIT")


def _loon(g: Gegevens, p: int) -> pd.DataFrame:
    """Wage records that stay away; the amount is the largest that was settled for one month, as what may come."""
    codes = ("LOONGEGEVENS_ONTBREKEN", "WACHT_OP_LOONGEGEVENS")
    uit = _van_signaal(g, p, codes, "LOON_BLIJFT_WEG")
    eerder = g.lijnen.groupby("dossiernummer")["verrekend"].max()
    return uit.assign(bedrag=uit["dossiernummer"].map(eerder).fillna(-1).astype("int64"))
