"""The figures of the monitor: per payment month and per year, never about fewer than ten households.

Shares are numbers from 0 to 100 with one decimal, amounts whole cents, spreads standard deviations in whole cents. A
count that may not be shown is ``"<10"``; what belongs to it is then None.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from verrekening.kolommen import Getallen, Masker
from verrekening.maand import toon_maand
from verrekening.monitor.bron import Gegevens
from verrekening.monitor.geheim import MINIMUM, VERBORGEN, bij, te_klein, toon, verberg, verberg_tabel

AFHANDELING = ("zonder_mens", "mens_kijkt_mee", "gestopt")
"""How a household went through a run; each household in exactly one."""
VORDERINGEN = ("TERMIJN_LOOPT_AF", "BUITEN_TERMIJN", "RESTANT_BIJ_EINDE")
"""Signals of an amount by income that this engine does not settle any more."""
STROMEN = ("gevonden", "verrekend", "nabetaald", "open", "loopt_af", "nieuwe_vordering", "bij_einde", "andere_oorzaak")

Cijfers = dict[str, Any]


def per_maand(g: Gegevens) -> list[Cijfers]:
    """The figures of every payment month, in order."""
    deel = [_stromen(g, p) for p in g.maanden]
    afhandeling, verborgen = _afhandeling(g)
    redenen = _redenen(g)
    uit = []
    for nr, p in enumerate(g.maanden):
        uit.append(
            {
                "maand": toon_maand(p),
                "afhandeling": _deel_van(afhandeling[nr], verborgen[nr]),
                "redenen": {code: tellingen[nr] for code, tellingen in redenen.items() if tellingen[nr]},
                **{naam: deel[nr][naam] for naam in STROMEN},
                "doorlooptijd_dagen": _doorlooptijd(g.lijnen[g.lijnen["p"] == p]),
                "besluiten_vervangen": toon(g.vervangen[p]),
                "verschuldigd_cent": _som_van_allen(g.betalingen, p),
            }
        )
    _verberg_sommen(uit, deel)
    return uit


def per_jaar(g: Gegevens, maanden: list[Cijfers]) -> list[Cijfers]:
    """The figures of every calendar year of payment months; a household counts once in a year."""
    jaren = sorted({p // 12 + 1970 for p in g.maanden})
    uit = []
    for jaar in jaren:
        van = [nr for nr, p in enumerate(g.maanden) if p // 12 + 1970 == jaar]
        telt = g.betalingen["p"] // 12 + 1970 == jaar
        afhandeling, _ = _afhandeling(g)
        # What months hide is one cell of the year; the year may hide more, never less.
        kolom = afhandeling[van].sum(axis=0)
        uit.append(
            {
                "jaar": jaar,
                "betaalmaanden": len(van),
                "huishoudens": toon(g.betalingen.loc[telt, "dossiernummer"].nunique()),
                "afhandeling": _deel_van(kolom, te_klein(kolom)),
                "redenen": _redenen_van_jaar(g, van),
                **{naam: _stroom_van_jaar(g, naam, van) for naam in STROMEN},
                "doorlooptijd_dagen": _doorlooptijd(g.lijnen[g.lijnen["p"] // 12 + 1970 == jaar]),
                "correcties": _correcties(g, jaar),
                "zonder_verrekening": _zonder(g, jaar),
                "verschuldigd_cent": sum(maanden[nr]["verschuldigd_cent"] or 0 for nr in van),
            }
        )
    return uit


# ---- without a human, and why not -------------------------------------------------------------------------


def _afhandeling(g: Gegevens) -> tuple[Getallen, Masker]:
    """[months, kinds] households, and which cells are hidden."""
    zwaar = g.signalen[g.signalen["gewicht"] != "info"]
    stop = zwaar[zwaar["gewicht"] == "stop"].groupby("p")["dossiernummer"].nunique()
    alle = zwaar.groupby("p")["dossiernummer"].nunique()
    in_run = g.betalingen.groupby("p")["dossiernummer"].nunique()
    tabel = np.array(
        [[in_run.get(p, 0) - alle.get(p, 0), alle.get(p, 0) - stop.get(p, 0), stop.get(p, 0)] for p in g.maanden],
        dtype=np.int64,
    )
    return tabel, verberg_tabel(tabel)


def _deel_van(rij: Getallen, verborgen: Masker) -> Cijfers:
    totaal = int(rij.sum())
    uit: Cijfers = {"huishoudens": toon(totaal)}
    for naam, aantal, weg in zip(AFHANDELING, rij.tolist(), verborgen.tolist(), strict=True):
        uit[naam] = toon(aantal, verborgen=weg)
        uit[f"{naam}_pct"] = procent(aantal, totaal) if uit[naam] == aantal and totaal >= MINIMUM else None
    if isinstance(uit["zonder_mens"], int):
        # What is left of the total tells no more than the total itself.
        uit["met_mens"] = toon(totaal - uit["zonder_mens"])
    return uit


def procent(deel: int, geheel: int) -> float | None:
    """A share from 0 to 100 with one decimal; None of nothing."""
    return round(100 * deel / geheel, 1) if geheel else None


def _redenen(g: Gegevens) -> dict[str, list[int | str]]:
    """Per signal of weight stop or mens: households per month. A household can have several."""
    zwaar = g.signalen[g.signalen["gewicht"] != "info"]
    tel = zwaar.groupby(["code", "p"])["dossiernummer"].nunique()
    uit: dict[str, list[int | str]] = {}
    for code in zwaar["code"].drop_duplicates().tolist():
        rij = np.array([tel.get((code, p), 0) for p in g.maanden], dtype=np.int64)
        uit[code] = [toon(int(n), verborgen=bool(weg)) for n, weg in zip(rij, verberg(rij), strict=True)]
    return dict(sorted(uit.items()))


def _redenen_van_jaar(g: Gegevens, van: list[int]) -> Cijfers:
    """Households with the signal at least once in these months, most first."""
    zwaar = g.signalen[(g.signalen["gewicht"] != "info") & g.signalen["p"].isin([g.maanden[nr] for nr in van])]
    tel = zwaar.groupby("code")["dossiernummer"].nunique().sort_values(ascending=False, kind="stable")
    return {str(code): toon(int(n)) for code, n in tel.items()}


# ---- amounts ----------------------------------------------------------------------------------------------


def stroom(g: Gegevens, naam: str) -> pd.DataFrame:
    """One flow of money as rows of household, p and cents above 0.

    ``gevonden``: paid too much by income, seen for the first time (a month R counts with what it grew). ``verrekend``
    and ``nabetaald``: the standing lines. ``open``: left for a later month. ``loopt_af``: of that, no longer to be
    settled after this payment. ``nieuwe_vordering``: out of reach of settlement for the first time. ``bij_einde``:
    left when the assistance ended. ``andere_oorzaak``: paid too much, and not by income.
    """
    sleutel = ["dossiernummer", "p"]
    if naam in ("verrekend", "nabetaald"):
        tabel = g.lijnen[[*sleutel, naam]].rename(columns={naam: "cent"})
    elif naam == "gevonden":
        tabel = _gevonden(g)[[*sleutel, "cent"]]
    elif naam == "nieuwe_vordering":
        tabel = _nieuwe_vorderingen(g)[[*sleutel, "cent"]]
    else:
        code = {"loopt_af": "TERMIJN_LOOPT_AF", "bij_einde": "RESTANT_BIJ_EINDE", "andere_oorzaak": "GEEN_MIDDELEN"}
        if naam == "open":
            tabel = _open_door_inkomen(g)
        else:
            deze = g.signalen[g.signalen["code"] == code[naam]]
            if naam != "loopt_af":
                # It stands on the work list every month; it is counted once.
                deze = deze.sort_values("p", kind="stable").drop_duplicates(["dossiernummer", "r"])
            tabel = deze[[*sleutel, "bedrag"]].rename(columns={"bedrag": "cent"})
    som = tabel.groupby(sleutel)["cent"].sum().reset_index()
    return som[som["cent"] > 0]


def _open_door_inkomen(g: Gegevens) -> pd.DataFrame:
    """What is left open, without what has another cause (`GEEN_MIDDELEN`)."""
    anders = g.signalen[g.signalen["code"] == "GEEN_MIDDELEN"]
    anders = anders.groupby(["dossiernummer", "p", "r"])["bedrag"].sum().reset_index()
    samen = g.standen[["dossiernummer", "p", "r", "open"]].merge(anders, how="left", on=["dossiernummer", "p", "r"])
    cent = samen["open"] - samen["bedrag"].fillna(0).astype("int64")
    return samen.assign(cent=cent.clip(lower=0))[["dossiernummer", "p", "r", "cent"]]


def _gevonden(g: Gegevens) -> pd.DataFrame:
    """Per household and R what was settled (less what was paid back) and is still open, and how much that grew."""
    sleutel = ["dossiernummer", "r"]
    lijn = g.lijnen.groupby([*sleutel, "p"])[["verrekend", "nabetaald"]].sum().reset_index()
    t = _open_door_inkomen(g).rename(columns={"cent": "open"}).merge(lijn, how="outer", on=[*sleutel, "p"])
    bedragen = ["open", "verrekend", "nabetaald"]
    t[bedragen] = t[bedragen].fillna(0).astype("int64")
    t = t.sort_values([*sleutel, "p"], kind="stable")
    netto = (t["verrekend"] - t["nabetaald"]).groupby([t["dossiernummer"], t["r"]]).cumsum()
    stand = t["open"] + netto
    # What a correction takes off was found all the same: only growth above the highest stand counts.
    hoogste = stand.groupby([t["dossiernummer"], t["r"]]).cummax()
    vorige = hoogste.groupby([t["dossiernummer"], t["r"]]).shift(fill_value=0)
    return t.assign(cent=hoogste - vorige)


def _nieuwe_vorderingen(g: Gegevens) -> pd.DataFrame:
    """The first time that an amount over R is out of reach of settlement."""
    deze = g.signalen[g.signalen["code"].isin(VORDERINGEN)].rename(columns={"bedrag": "cent"})
    return deze.sort_values("p", kind="stable").drop_duplicates(["dossiernummer", "r"])


def _stromen(g: Gegevens, p: int) -> Cijfers:
    return {naam: _cijfer(tabel[tabel["p"] == p]) for naam, tabel in _alle_stromen(g).items()}


def _alle_stromen(g: Gegevens) -> Mapping[str, pd.DataFrame]:
    bewaard = g.bewaard
    if not bewaard:
        bewaard |= {naam: stroom(g, naam) for naam in STROMEN}
    return bewaard


def _cijfer(tabel: pd.DataFrame, *, weg: bool = False) -> Cijfers:
    """Households, sum, mean and spread of rows with at most one per household."""
    aantal = toon(len(tabel), verborgen=weg)
    cent = tabel["cent"].to_numpy()
    return {
        "huishoudens": aantal,
        "bedrag_cent": 0 if aantal == 0 else bij(aantal, int(cent.sum())),
        "gemiddeld_cent": bij(aantal, round(cent.mean()) if len(cent) else None),
        "spreiding_cent": bij(aantal, round(cent.std()) if len(cent) else None),
    }


def _verberg_sommen(maanden: list[Cijfers], deel: list[Cijfers]) -> None:
    """Hides what a total of the year, or another flow of the month, would give away."""
    for naam in STROMEN:
        # What is hidden already lies from one through nine.
        rij = np.array([5 if isinstance(een[naam]["huishoudens"], str) else een[naam]["huishoudens"] for een in deel])
        for nr in np.flatnonzero(verberg(rij)).tolist():
            if not isinstance(deel[nr][naam]["huishoudens"], str):
                maanden[nr][naam] = _leeg()
    for nr, maand in enumerate(maanden):
        rond = [maand["verrekend"], maand["open"], *([maanden[nr - 1]["open"]] if nr else [])]
        if any(een["bedrag_cent"] is None for een in rond):
            # Found = settled + open now − open before: three of the four tell the last.
            maand["gevonden"] = _leeg() if maand["gevonden"]["bedrag_cent"] is not None else maand["gevonden"]


def _leeg() -> Cijfers:
    return {"huishoudens": VERBORGEN, "bedrag_cent": None, "gemiddeld_cent": None, "spreiding_cent": None}


def _stroom_van_jaar(g: Gegevens, naam: str, van: list[int]) -> Cijfers:
    tabel = _alle_stromen(g)[naam]
    if naam == "open":
        van = van[-1:]  # a balance, and no flow: that of the last month
    deze = tabel[tabel["p"].isin([g.maanden[nr] for nr in van])]
    return _cijfer(deze.groupby("dossiernummer")["cent"].sum().reset_index())


def _som_van_allen(betalingen: pd.DataFrame, p: int) -> int | None:
    deze = betalingen.loc[betalingen["p"] == p, "verschuldigd"]
    return int(deze.sum()) if len(deze) >= MINIMUM else None


# ---- time, corrections, and what would have been ----------------------------------------------------------


def _doorlooptijd(lijnen: pd.DataFrame) -> Cijfers:
    """Days from the end of the month that is settled to the day of the decision."""
    aantal = toon(lijnen["dossiernummer"].nunique())
    dagen = lijnen["dagen"].to_numpy()
    leeg = not len(dagen)
    return {
        "huishoudens": aantal,
        "gemiddeld": bij(aantal, None if leeg else round(float(dagen.mean()), 1)),
        "helft_binnen": bij(aantal, None if leeg else int(np.percentile(dagen, 50, method="inverted_cdf"))),
        "negen_van_tien_binnen": bij(aantal, None if leeg else int(np.percentile(dagen, 90, method="inverted_cdf"))),
    }


def _correcties(g: Gegevens, jaar: int) -> Cijfers:
    """Per household the months R that were settled or paid back, and how many of those again later."""
    lijnen = g.lijnen[g.lijnen["p"] // 12 + 1970 == jaar]
    keer = lijnen.groupby(["dossiernummer", "r"])["p"].nunique()
    per_huishouden = keer.groupby("dossiernummer").max()
    rij = np.array([(per_huishouden == 1).sum(), (per_huishouden == 2).sum(), (per_huishouden > 2).sum()], np.int64)
    namen = ("een_keer", "twee_keer", "vaker")
    uit: Cijfers = {"huishoudens": toon(len(per_huishouden))}
    uit |= {naam: toon(int(n), verborgen=bool(weg)) for naam, n, weg in zip(namen, rij, verberg(rij), strict=True)}
    regels = lijnen.groupby("dossiernummer").size()
    uit["correcties_per_huishouden"] = bij(uit["huishoudens"], round(float(regels.mean()), 2) if len(regels) else None)
    return uit


def _zonder(g: Gegevens, jaar: int) -> Cijfers:
    """The same population without settlement: once a year everything that was paid too much is asked back.

    A household has one terugvordering when what was settled less what was paid back, and what is still open at the end
    of the year more than at its begin, is above 0.
    """
    stromen = _alle_stromen(g)
    van = [p for p in g.maanden if p // 12 + 1970 == jaar]

    def van_jaar(naam: str, maanden: list[int] = van) -> pd.Series[int]:
        tabel = stromen[naam]
        return tabel[tabel["p"].isin(maanden)].groupby("dossiernummer")["cent"].sum()

    saldo = van_jaar("verrekend")
    for naam, maanden, teken in (("nabetaald", van, -1), ("open", van[-1:], 1), ("open", [van[0] - 1], -1)):
        saldo = saldo.add(teken * van_jaar(naam, maanden), fill_value=0)
    saldo = saldo.astype("int64")
    zonder, met = saldo[saldo > 0], van_jaar("nieuwe_vordering")

    def cijfer(reeks: pd.Series[int]) -> Cijfers:
        return _cijfer(reeks.rename("cent").reset_index())

    return {"zonder": cijfer(zonder), "met": cijfer(met)}
