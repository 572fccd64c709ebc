"""The tables that leave this room: names and words instead of numbers, euro beside cents, as Arrow for the writers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from verrekening.financien.journaal import SOORTEN
from verrekening.financien.rekeningen import REGELING, Rekening
from verrekening.financien.standen import maandnaam
from verrekening.financien.vergelijken import SOORTEN as BETAALSOORTEN
from verrekening.financien.vergelijken import Vergelijking
from verrekening.kolommen import Afkeuring


def journaal(tabel: pd.DataFrame, rekeningen: Mapping[str, Rekening]) -> pd.DataFrame:
    """The journal in words: one row per entry, debet and credit apart."""
    return pd.DataFrame(
        {
            "betaalmaand": maandnaam(tabel["betaalmaand"]),
            "regeling": REGELING,
            "soort": tabel["soort"],
            "omschrijving": tabel["soort"].map(SOORTEN),
            "dossiernummer": tabel["dossiernummer"],
            "rechtmaand": maandnaam(tabel["rechtmaand"]),
            "jaar": tabel["jaar"],
            "over_jaargrens": np.where(tabel["over_jaargrens"], "ja", "nee"),
            "rekening": tabel["rekening"],
            "grootboek": tabel["rekening"].map({naam: een.nummer for naam, een in rekeningen.items()}),
            "debet_cent": tabel["cent"].clip(lower=0),
            "credit_cent": -tabel["cent"].clip(upper=0),
        }
    )


def samengevat(tabel: pd.DataFrame, rekeningen: Mapping[str, Rekening]) -> pd.DataFrame:
    """The journal added up per account and year of right: what goes into the general ledger."""
    som = (
        tabel.assign(debet_cent=tabel["cent"].clip(lower=0), credit_cent=-tabel["cent"].clip(upper=0))
        .groupby(["soort", "rekening", "jaar", "over_jaargrens"], sort=False, as_index=False)[
            ["debet_cent", "credit_cent"]
        ]
        .sum()
    )
    return pd.DataFrame(
        {
            "soort": som["soort"],
            "omschrijving": som["soort"].map(SOORTEN),
            "jaar": som["jaar"],
            "over_jaargrens": np.where(som["over_jaargrens"], "ja", "nee"),
            "grootboek": som["rekening"].map({naam: een.nummer for naam, een in rekeningen.items()}),
            "rekening": som["rekening"].map({naam: een.omschrijving for naam, een in rekeningen.items()}),
            "debet_cent": som["debet_cent"],
            "credit_cent": som["credit_cent"],
        }
    )


def saldi(tabel: pd.DataFrame, rekeningen: Mapping[str, Rekening]) -> pd.DataFrame:
    """The balances with the numbers of the ledger."""
    return pd.DataFrame(
        {
            "grootboek": tabel["rekening"].map({naam: een.nummer for naam, een in rekeningen.items()}),
            "rekening": tabel["rekening"].map({naam: een.omschrijving for naam, een in rekeningen.items()}),
            "jaar": tabel["jaar"],
            **{f"{naam}_cent": tabel[naam] for naam in ("opening", "debet", "credit", "sluiting")},
        }
    )


def openstaand(tabel: pd.DataFrame) -> pd.DataFrame:
    """What is open, with names of months."""
    return pd.DataFrame(
        {
            "dossiernummer": tabel["dossiernummer"],
            "rechtmaand": maandnaam(tabel["rechtmaand"]),
            "jaar": tabel["jaar"],
            "ontvangstmaand": maandnaam(tabel["ontvangstmaand"]),
            "maanden_oud": tabel["maanden"],
            "termijn": tabel["termijn"],
            "open_cent": tabel["open"],
        }
    )


def verschillen(tabel: pd.DataFrame) -> pd.DataFrame:
    """The households that were not paid what was decided, with the reason."""
    return pd.DataFrame(
        {
            "dossiernummer": tabel["dossiernummer"],
            "soort": tabel["soort"],
            "te_betalen_cent": tabel["te_betalen"],
            "betaald_cent": tabel["betaald"],
            "verschil_cent": tabel["verschil"],
            "ander_dossier": tabel["ander"],
            "regels": tabel["regels"],
            "waarom": tabel["waarom"],
        }
    )


def per_soort(vergelijking: Vergelijking) -> pd.DataFrame:
    """Households and lines per class, with their sums: everything once."""
    huis, regels = vergelijking.huishoudens, vergelijking.regels
    som = huis.groupby("soort")[["te_betalen", "betaald", "verschil"]].sum()
    aantal, lijnen = huis.groupby("soort").size(), regels.groupby("soort").size()
    namen = [naam for naam in BETAALSOORTEN if naam in aantal.index or naam in lijnen.index]
    return pd.DataFrame(
        {
            "soort": namen,
            "omschrijving": [BETAALSOORTEN[naam] for naam in namen],
            "huishoudens": aantal.reindex(namen, fill_value=0).to_numpy(),
            "regels": lijnen.reindex(namen, fill_value=0).to_numpy(),
            **{f"{naam}_cent": som[naam].reindex(namen, fill_value=0).to_numpy() for naam in som.columns},
        }
    )


def werkvoorraad(tabel: pd.DataFrame) -> pd.DataFrame:
    """The work list by reason: how many, for how long, and how much money."""
    groep = tabel.groupby(["gewicht", "code"])
    uit = groep.agg(
        aantal=("code", "size"), huishoudens=("dossiernummer", "nunique"), langst_open_dagen=("dagen_open", "max"),
        bedrag_cent=("bedrag_cent", "sum"), op_het_spel_cent=("op_het_spel_cent", "sum"),
    )  # fmt: skip
    return uit.reset_index().sort_values(["gewicht", "aantal"], ascending=False, ignore_index=True)


def afgekeurd(rijen: Iterable[Afkeuring]) -> pd.DataFrame:
    """Lines of the payment file that were refused."""
    velden = ("bestand", "plaats", "dossiernummer", "reden", "wat_te_doen")
    rijen = list(rijen)
    return pd.DataFrame({veld: pd.Series([getattr(een, veld) for een in rijen], dtype="str") for veld in velden})


def arrow(tabel: pd.DataFrame, *, euro: bool = False) -> pa.Table:
    """A DataFrame as Arrow, exactly: text, whole numbers.

    Args:
        tabel: text and int64 columns.
        euro: amounts as text in euro with a decimal comma, for a Dutch spreadsheet; their names lose ``_cent``.
    """
    kolommen = {}
    for naam in tabel.columns:
        waarden = tabel[naam]
        if euro and naam.endswith("_cent"):
            kolommen[naam.removesuffix("_cent")] = pa.array(list(komma(waarden.tolist())), pa.string())
        elif naam.endswith("_cent"):
            kolommen[naam] = pa.array(waarden.tolist(), pa.int64())
        elif pd.api.types.is_integer_dtype(waarden.dtype):
            kolommen[naam] = pa.array(waarden.to_numpy(dtype=np.int64))
        else:
            kolommen[naam] = pa.array(waarden.astype(object).where(waarden.notna(), None).tolist(), pa.string())
    return pa.table(kolommen)


def komma(centen: Iterable[int | None]) -> Iterable[str | None]:
    """Cents as ``1234,56``: exact, without thousands; None stays empty."""
    for cent in centen:
        yield None if cent is None else f"{'-' if cent < 0 else ''}{abs(cent) // 100},{abs(cent) % 100:02d}"
