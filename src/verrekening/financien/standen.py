"""Where months and payments stand, as DataFrames of whole cents: made from the tables of an administration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from verrekening.maand import lees_maand, toon_maand

BEDRAGEN_RECHT = ("bijstand", "reservering", "maatregel", "verschuldigd")
"""What a month gives a right to, and what is kept of it."""
_BEDRAGEN_STAND = (*BEDRAGEN_RECHT, "verschil", "verrekend", "nabetaald", "open", "teruggevorderd", "vereffend")
_BEDRAGEN_BETALING = (
    *BEDRAGEN_RECHT, "verrekend_met_uitkering", "verrekend_met_nabetaling", "nabetaling", "aflossing", "bufferbudget",
    "te_betalen",
)  # fmt: skip
SLEUTEL = ("dossiernummer", "rechtmaand")
KOLOMMEN = (*SLEUTEL, *_BEDRAGEN_STAND, "saldo", "ontvangstmaand")
_EERSTE = 100_000
"""Above every month number, so that household and month make one integer key."""


@dataclass(frozen=True)
class Maandstand:
    """Every month R of every household, after a payment month.

    ``tabel`` has the columns `KOLOMMEN`, one row per household and month. ``saldo`` is what is paid on balance above
    what was due, below 0 too little; 0 where what was paid is unknown.
    """

    tabel: pd.DataFrame

    @classmethod
    def leeg(cls) -> Maandstand:
        """Before the first payment month."""
        return cls(_frame({naam: [] for naam in KOLOMMEN}))

    @classmethod
    def van_run(cls, standen: pa.Table) -> Maandstand:
        """Of the table that a run kept (`uitvoer.standen`)."""
        kolommen: dict[str, Any] = {
            "dossiernummer": tekst(standen["dossiernummer"]),
            "rechtmaand": maandnummer(tekst(standen["maand"])),
        }
        for naam in _BEDRAGEN_STAND:
            # Null is a month whose payments are unknown: nothing is open then.
            kolommen[naam] = standen[f"{naam}_cent"].fill_null(0).to_numpy()
        kolommen["saldo"] = kolommen["verschil"] - kolommen["verrekend"] + kolommen["nabetaald"]
        kolommen["ontvangstmaand"] = maandnummer(tekst(standen["ontvangstmaand"]))
        onbekend = np.asarray(standen["verschil_cent"].is_null())
        kolommen["saldo"][onbekend] = 0
        return cls(_frame(kolommen))

    def met(self, anders: Maandstand) -> Maandstand:
        """These rows, and those of ``anders`` for households that have none here."""
        ontbreekt = ~anders.tabel["dossiernummer"].isin(set(self.tabel["dossiernummer"]))
        return Maandstand(pd.concat([self.tabel, anders.tabel[ontbreekt]], ignore_index=True))

    def met_betaling(self, betaling: pd.DataFrame, betaalmaand: int) -> Maandstand:
        """With the payment month itself as a month: paid as decided."""
        nul = np.zeros(len(betaling), dtype=np.int64)
        kolommen: dict[str, Any] = dict.fromkeys(KOLOMMEN, nul)
        kolommen |= {naam: betaling[naam] for naam in ("dossiernummer", *BEDRAGEN_RECHT)}
        kolommen["rechtmaand"] = kolommen["ontvangstmaand"] = nul + betaalmaand
        return Maandstand(pd.concat([self.tabel, _frame(kolommen)], ignore_index=True))

    def met_saldo(self, erbij: pd.DataFrame) -> Maandstand:
        """With ``cent`` per household and month added to the balance."""
        if erbij.empty:
            return self
        som = erbij.groupby(list(SLEUTEL))["cent"].sum().reset_index()
        eigen, nieuw = samen(self.tabel, som)
        bijgeteld = eigen["saldo"] + nieuw["cent"]
        leeg = eigen["ontvangstmaand"] == 0
        maand = eigen["ontvangstmaand"].where(~leeg, eigen["rechtmaand"])
        return Maandstand(_frame(dict(eigen.assign(saldo=bijgeteld, ontvangstmaand=maand))))


@dataclass(frozen=True)
class Betaalstand:
    """What counts as paid over a payment month.

    Attributes:
        betaalmaand: P.
        lijnen: dossiernummer, rechtmaand, verrekend, nabetaald of the decisions that count.
        huishoudens: dossiernummer, te_betalen, aflossing, bufferbudget, te_veel (counted as paid above what was due
            over P) and bank.
        betaald: whether a payment file says what the bank did.
    """

    betaalmaand: int
    lijnen: pd.DataFrame
    huishoudens: pd.DataFrame
    betaald: bool

    @classmethod
    def van(
        cls, betaalmaand: int, betaling: pd.DataFrame, lijnen: pd.DataFrame, bestand: pa.Table | None
    ) -> Betaalstand:
        """Of what was decided over P, and what a payment file said (None: no file yet)."""
        velden = ("te_betalen", "aflossing", "bufferbudget", "verschuldigd")
        huis = betaling[["dossiernummer", *velden]]
        if bestand is None:
            return cls(betaalmaand, lijnen, huis.assign(te_veel=0, bank=0), betaald=False)
        zei = pd.DataFrame(
            {"dossiernummer": tekst(bestand["dossiernummer"])}
            | {
                naam: bestand[f"{naam}_cent"].fill_null(0).to_numpy()
                for naam in ("bank", "aflossing", "bufferbudget", "geboekt")
            }
            | {"anders": np.asarray(bestand["geboekt_cent"].is_valid())}
        )
        oud, nieuw = samen(huis, zei, sleutel=("dossiernummer",))
        anders = nieuw["anders"].astype(bool)
        huis = oud.assign(
            bank=nieuw["bank"],
            te_betalen=oud["te_betalen"].where(~anders, nieuw["bank"]),
            aflossing=oud["aflossing"].where(~anders, nieuw["aflossing"]),
            bufferbudget=oud["bufferbudget"].where(~anders, nieuw["bufferbudget"]),
            te_veel=(nieuw["geboekt"] - oud["verschuldigd"]).where(anders, 0),
        )
        teruggedraaid = set(huis["dossiernummer"][anders])
        return cls(betaalmaand, lijnen[~lijnen["dossiernummer"].isin(teruggedraaid)], huis, betaald=True)


def betaling_van(kolommen: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Payment lines of an administration: dossiernummer and the amounts, without ``_cent``."""
    return pd.DataFrame(
        {"dossiernummer": pd.Series(list(kolommen["dossiernummer"]), dtype="str")}
        | {naam: np.array(kolommen[f"{naam}_cent"], dtype=np.int64) for naam in _BEDRAGEN_BETALING}
    )


def lijnen_van(kolommen: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Lines per month R of an administration: dossiernummer, rechtmaand, verrekend, nabetaald."""
    return pd.DataFrame(
        {
            "dossiernummer": pd.Series(list(kolommen["dossiernummer"]), dtype="str"),
            "rechtmaand": maandnummer(kolommen["rechtmaand"]),
            "verrekend": np.array(kolommen["verrekend_cent"], dtype=np.int64),
            "nabetaald": np.array(kolommen["nabetaald_cent"], dtype=np.int64),
        }
    )


def werkvoorraad_van(tabel: pa.Table) -> pd.DataFrame:
    """The work list that a run kept: dossiernummer, code, gewicht, dagen_open, and amounts (0 where there is none)."""
    teksten = {naam: pd.Series(tekst(tabel[naam]), dtype="str") for naam in ("dossiernummer", "code", "gewicht")}
    getallen = ("dagen_open", "bedrag_cent", "op_het_spel_cent")
    return pd.DataFrame(teksten | {naam: tabel[naam].fill_null(0).to_numpy() for naam in getallen})


def samen(
    links: pd.DataFrame, rechts: pd.DataFrame, sleutel: Sequence[str] = SLEUTEL
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables over all keys of both, in the order of the key; 0 where a table has no row.

    Not a merge: that makes floats of whole cents where a row is missing.
    """
    nummers = pd.concat([links["dossiernummer"], rechts["dossiernummer"]], ignore_index=True)
    codes, uniek = pd.factorize(nummers, sort=True)
    if "rechtmaand" in sleutel:
        codes = codes * _EERSTE + np.concatenate([links["rechtmaand"], rechts["rechtmaand"]])
    alle = np.unique(codes)
    uit = []
    for tabel, eigen in ((links, codes[: len(links)]), (rechts, codes[len(links) :])):
        breed = tabel.drop(columns=list(sleutel)).set_axis(pd.Index(eigen), axis=0).reindex(alle, fill_value=0)
        nummer = alle // _EERSTE if "rechtmaand" in sleutel else alle
        velden = {"dossiernummer": uniek.to_numpy()[nummer]}
        if "rechtmaand" in sleutel:
            velden["rechtmaand"] = alle % _EERSTE
        uit.append(
            pd.concat([_sleutels(velden), breed.reset_index(drop=True)], axis=1).assign(is_er=np.isin(alle, eigen))
        )
    return uit[0], uit[1]


def _sleutels(velden: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {naam: pd.Series(kolom, dtype="str" if naam == "dossiernummer" else np.int64) for naam, kolom in velden.items()}
    )


def _frame(kolommen: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            naam: pd.Series(np.asarray(kolommen[naam]), dtype="str" if naam == "dossiernummer" else np.int64)
            for naam in KOLOMMEN
        }
    )


def tekst(kolom: pa.ChunkedArray) -> Any:
    """A column of text as numpy."""
    return kolom.to_numpy()


def maandnaam(maanden: pd.Series) -> pd.Series:
    """Months as ``YYYY-MM`` text."""
    return maanden.map({int(maand): toon_maand(int(maand)) for maand in maanden.unique()}).astype("str")


def maandnummer(namen: Any) -> np.ndarray:
    """``YYYY-MM`` text as months."""
    uniek, plaats = np.unique(np.asarray(namen, dtype="U7"), return_inverse=True)
    return np.array([lees_maand(str(naam)) for naam in uniek], dtype=np.int64)[plaats]
