"""Two outcomes over a whole population beside each other: how many households, how many cents, which field, which rule.

Two runs, two policies or two versions of the engine: each is a table of payments and a table of months, with its
receipt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from verrekening.administratie import boekhouding
from verrekening.fouten import InvoerGeweigerd
from verrekening.nummers import zonder_bsn

REGELS = {
    "norm_cent": "B1–B3", "netto_arbeid_cent": "N, T", "netto_uitkeringen_cent": "N, T, A5",
    "vakantietoeslag_aanspraak_cent": "V1–V3", "vrijlating_cent": "W1–W6", "overige_inkomsten_cent": "O1, O2",
    "giften_meegeteld_cent": "G1–G4", "inkomen_cent": "A1", "verwacht_inkomen_cent": "A1, S4",
    "besteedbaar_inkomen_cent": "S6", "bijstand_cent": "A2", "reservering_cent": "A3",
    "netto_uitkering_cent": "A3, S4", "maatregel_cent": "S2", "verschuldigd_cent": "S2", "betaald_cent": "S2",
    "verschil_cent": "S2", "te_verrekenen_cent": "S2", "verrekend_cent": "S5, S7", "nabetaald_cent": "S5",
    "open_cent": "S13", "verrekend_met_uitkering_cent": "S7", "verrekend_met_nabetaling_cent": "S5",
    "nabetaling_cent": "S5", "aflossing_cent": "S9", "bufferbudget_cent": "S10", "te_betalen_cent": "S9",
}  # fmt: skip
"""Every amount in the order of calculation, with the rules that make it."""

_TABELLEN = ("betaling", "maanden")


@dataclass(frozen=True)
class Kant:
    """One side of a comparison.

    Attributes:
        naam: how to call it.
        bewijs: the receipt of its run.
        betaling, maanden: its tables, with the names of the contract.
    """

    naam: str
    bewijs: Mapping[str, Any]
    betaling: pa.Table
    maanden: pa.Table


@dataclass(frozen=True)
class Verschil:
    """What differs.

    Attributes:
        oud, nieuw: names of both sides.
        bewijs: keys of the receipts that differ, with both values.
        huishoudens: how many in both, only in one, and with any difference.
        velden: per table and field: rules, households, rows, sum of the differences and of their sizes, in cents.
        oorzaken: per field that is the first to differ in a row, in the order of calculation: the same.
        rijen: every amount that differs: tabel, dossiernummer, maand, veld, regel, oud and nieuw (cents, null where
            there is none), verschil, eerste (the first of its row).
    """

    oud: str
    nieuw: str
    bewijs: Mapping[str, Any]
    huishoudens: Mapping[str, int]
    velden: pd.DataFrame
    oorzaken: pd.DataFrame
    rijen: pd.DataFrame


def van_map(map_: Path) -> Kant:
    """The outputs of a run. Raises InvoerGeweigerd when the folder does not hold them."""
    naam = zonder_bsn(map_.name)
    try:
        bewijs = json.loads((map_ / "bewijs.json").read_text("utf-8"))
        return Kant(
            naam, bewijs, pq.read_table(map_ / "betaalvoorstel.parquet"), pq.read_table(map_ / "maanden.parquet")
        )
    except (OSError, ValueError) as fout:
        raise InvoerGeweigerd(f"{naam} is geen uitvoermap van `verrekening batch`") from fout


def van_boeking(verbinding: Any, boeking: int) -> Kant:
    """What stood after a run of an administration. Raises AdministratieGeweigerd when it is no run."""
    run, betaling, standen = boekhouding.na_run(verbinding, boeking)
    return Kant(f"boeking {boeking}", run.bewijs, betaling, standen.drop_columns(["ontvangstmaand"]))


def vergelijk_uitkomsten(oud: Kant, nieuw: Kant) -> Verschil:
    """Both sides beside each other, every amount of every household and month."""
    rijen = pd.concat([_rijen(naam, getattr(oud, naam), getattr(nieuw, naam)) for naam in _TABELLEN], ignore_index=True)
    a, b = (set(kant.betaling["dossiernummer"].to_pylist()) for kant in (oud, nieuw))
    huishoudens = {
        "in_beide": len(a & b),
        "alleen_oud": len(a - b),
        "alleen_nieuw": len(b - a),
        "met_verschil": int(rijen["dossiernummer"].nunique()),
    }
    eerste = rijen[rijen["eerste"]]
    bewijs = {
        naam: [oud.bewijs.get(naam), nieuw.bewijs.get(naam)]
        for naam in {**oud.bewijs, **nieuw.bewijs}
        if naam != "vingerafdruk" and oud.bewijs.get(naam) != nieuw.bewijs.get(naam)
    }
    return Verschil(oud.naam, nieuw.naam, bewijs, huishoudens, _geteld(rijen), _geteld(eerste), rijen)


def _rijen(naam: str, oud: pa.Table, nieuw: pa.Table) -> pd.DataFrame:
    """The amounts that differ, in the order of calculation within a household and month."""
    tabellen = (oud, nieuw)
    # Two payments of one household are compared with each other, also over two payment months.
    sleutels = [_sleutel(tabel, "maand" if naam == "maanden" else None) for tabel in tabellen]
    codes, uniek = pd.factorize(np.concatenate(sleutels))
    plekken = [np.full(len(uniek), -1, dtype=np.int64) for _ in tabellen]
    begin = 0
    for plek, tabel in zip(plekken, tabellen, strict=True):
        plek[codes[begin : begin + len(tabel)]] = np.arange(len(tabel))
        begin += len(tabel)
    maandnaam = "maand" if naam == "maanden" else "betaalmaand"
    nummer, maand = (_tekst(tabellen, plekken, kolom) for kolom in ("dossiernummer", maandnaam))
    stukken = []
    for veld, regel in REGELS.items():
        if veld not in oud.column_names or veld not in nieuw.column_names:
            continue
        (was, was_er), (is_nu, is_er) = (
            _kolom(tabel, plek, veld) for tabel, plek in zip(tabellen, plekken, strict=True)
        )
        # A month that only one side has counts as 0 on the other; null beside an amount only where both have a row.
        in_beide = (plekken[0] >= 0) & (plekken[1] >= 0)
        raak = (was != is_nu) | (in_beide & (was_er != is_er))
        kolommen = {
            "dossiernummer": nummer, "maand": maand, "oud": was, "nieuw": is_nu, "verschil": is_nu - was,
            "oud_bekend": was_er, "nieuw_bekend": is_er,
        }  # fmt: skip
        stuk = pd.DataFrame({kolom: waarden[raak] for kolom, waarden in kolommen.items()})
        stukken.append(stuk.assign(tabel=naam, veld=veld, regel=regel))
    uit = pd.concat(stukken, ignore_index=True)
    orde = uit["veld"].map({veld: nr for nr, veld in enumerate(REGELS)})
    uit = uit.assign(orde=orde).sort_values(["dossiernummer", "maand", "orde"], kind="stable", ignore_index=True)
    return uit.assign(eerste=~uit.duplicated(["dossiernummer", "maand"])).drop(columns="orde")


def _sleutel(tabel: pa.Table, maand: str | None) -> np.ndarray:
    nummers = np.array(tabel["dossiernummer"].to_pylist(), dtype=object)
    return nummers if maand is None else nummers + "\x1f" + np.array(tabel[maand].to_pylist(), dtype=object)


def _tekst(tabellen: tuple[pa.Table, pa.Table], plekken: list[np.ndarray], kolom: str) -> np.ndarray:
    """A text column over all keys: of the new side, else of the old one."""
    oud, nieuw = (np.array([*tabel[kolom].to_pylist(), ""], dtype=object) for tabel in tabellen)
    uit: np.ndarray = np.where(plekken[1] >= 0, nieuw[plekken[1]], oud[plekken[0]])
    return uit


def _kolom(tabel: pa.Table, plek: np.ndarray, veld: str) -> tuple[np.ndarray, np.ndarray]:
    """Cents over all keys, 0 where there is none, and where there is one."""
    waarden = np.append(tabel[veld].fill_null(0).to_numpy(), 0)[plek]
    bekend = np.append(np.asarray(tabel[veld].is_valid()), np.False_)[plek]
    return waarden, bekend


def _geteld(rijen: pd.DataFrame) -> pd.DataFrame:
    """Per table and field, in the order of calculation."""
    groep = rijen.assign(omvang=rijen["verschil"].abs()).groupby(["tabel", "veld", "regel"], sort=False)
    uit = groep.agg(
        huishoudens=("dossiernummer", "nunique"), rijen=("veld", "size"), verschil_cent=("verschil", "sum"),
        omvang_cent=("omvang", "sum"),
    ).reset_index()  # fmt: skip
    orde = uit["veld"].map({veld: nr for nr, veld in enumerate(REGELS)})
    return uit.assign(orde=orde).sort_values(["tabel", "orde"], ignore_index=True).drop(columns="orde")


def als_json(verschil: Verschil) -> dict[str, Any]:
    """Everything but the rows."""
    return {
        "versie": "verschil-bestand.v1",
        "oud": verschil.oud,
        "nieuw": verschil.nieuw,
        "bewijs": dict(verschil.bewijs),
        "huishoudens": dict(verschil.huishoudens),
        "velden": verschil.velden.to_dict("records"),
        "oorzaken": verschil.oorzaken.to_dict("records"),
    }


def rijentabel(verschil: Verschil) -> pd.DataFrame:
    """The rows for people: amounts that are not there are empty."""
    rijen = verschil.rijen

    def leeg(naam: str) -> pd.Series:
        return rijen[naam].astype(object).where(rijen[f"{naam}_bekend"], None)

    return pd.DataFrame(
        {
            **{naam: rijen[naam] for naam in ("tabel", "dossiernummer", "maand", "veld", "regel")},
            "oud_cent": leeg("oud"),
            "nieuw_cent": leeg("nieuw"),
            "verschil_cent": rijen["verschil"],
            "oorzaak": np.where(rijen["eerste"], "ja", "nee"),
        }
    )
