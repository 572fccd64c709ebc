"""The journal of a payment month: double entry, per household and month of right, in whole cents.

A pure function of three things: where every month stood after the last payment month that was decided before P, where
it stands after P, and the payment lines of P. Payment files add what the bank really did. Every kind of entry balances
per household.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from verrekening.financien.standen import BEDRAGEN_RECHT, Betaalstand, Maandstand, samen

SOORTEN = {
    "recht": "Recht op bijstand over de betaalmaand",
    "herrekening": "Herrekening van een eerdere maand",
    "teruggevorderd": "Teruggevorderd: een vordering volgens besluit",
    "vereffening": "Vereffend met het bufferbudget",
    "afwijkende_boeking": "Geboekt is iets anders dan besloten, of de betaling is onbekend",
    "beginstand": "Maand van voor dit journaal, of die niet meer wordt berekend",
    "verrekening": "Verrekend met deze betaling",
    "verrekend_met_nabetaling": "Te weinig van de ene maand vult te veel van de andere",
    "nabetaling": "Nabetaling van te weinig betaalde maanden",
    "aflossing": "Aflossing op een vordering",
    "bufferbudget": "Betaling uit het bufferbudget",
    "teruggedraaid": "Teruggedraaid: de bank betaalde iets anders dan het besluit",
    "betaling": "Betaald door de bank",
    "nog_na_te_betalen": "Te weinig betaald en nog open (bij een stop)",
}
"""Kinds of entries, in the order of the journal, in words."""

KOLOMMEN = ("betaalmaand", "soort", "dossiernummer", "rechtmaand", "jaar", "over_jaargrens", "rekening", "cent")
_SLEUTEL = ["dossiernummer", "rechtmaand"]


def journaal(betaalmaand: int, vorig: Maandstand, nu: Maandstand, betaling: pd.DataFrame) -> pd.DataFrame:
    """The entries that follow from the decisions over P.

    Args:
        betaalmaand: P.
        vorig: every month as it stood before, the previous payment month included (`standen.na_betaling`).
        nu: every month R as it stands now.
        betaling: the payment lines of P, one row per household, amounts in cents.

    Returns:
        One row per entry: `KOLOMMEN`; ``cent`` above 0 is debit, below 0 credit. Rows of 0 are left out.
    """
    boek = _Boek(betaalmaand)
    _recht(boek, betaling, betaalmaand)
    _maanden(boek, vorig.tabel, nu.tabel)
    _betaling(boek, betaling, nu.tabel, betaalmaand)
    return boek.tabel()


def journaal_bank(betaalmaand: int, oud: Betaalstand, nieuw: Betaalstand) -> pd.DataFrame:
    """The entries that follow from a payment file: what was paid, and what is turned back because of it.

    Args:
        betaalmaand: the payment month whose books get the entries.
        oud, nieuw: what counted as paid over a payment month before and after the file.
    """
    boek = _Boek(betaalmaand)
    for stand, teken in ((oud, -1), (nieuw, 1)):
        lijnen, huis = stand.lijnen, stand.huishoudens
        boek.zet("teruggedraaid", lijnen, te_verrekenen=-teken * (lijnen["verrekend"] - lijnen["nabetaald"]))
        over_p = huis.assign(rechtmaand=stand.betaalmaand)
        boek.zet(
            "teruggedraaid",
            over_p,
            te_verrekenen=teken * huis["te_veel"],
            debiteuren=-teken * huis["aflossing"],
            lasten_bufferbudget=teken * huis["bufferbudget"],
            uit_te_betalen=-teken * huis["te_betalen"],
        )
        if stand.betaald:
            # Money to somebody the administration does not know waits for an answer.
            vreemd = huis["bank"] - huis["te_betalen"]
            boek.zet(
                "betaling",
                over_p,
                bank=-teken * huis["bank"],
                uit_te_betalen=teken * huis["te_betalen"],
                tussenrekening_betalingen=teken * vreemd,
            )
    return boek.tabel()


def journaal_onder_nul(betaalmaand: int, opening: pd.DataFrame, sluiting: pd.DataFrame) -> pd.DataFrame:
    """Moves what is paid too little and still open to an account of its own, so that te_verrekenen is what is open.

    Args:
        betaalmaand: P.
        opening, sluiting: dossiernummer, rechtmaand and saldo before and after everything else in the month.
    """
    boek = _Boek(betaalmaand)
    for tabel, teken in ((opening, -1), (sluiting, 1)):
        onder = tabel[tabel["saldo"] < 0]
        te_weinig = -teken * onder["saldo"]
        boek.zet("nog_na_te_betalen", onder, te_verrekenen=te_weinig, na_te_betalen=-te_weinig)
    return boek.tabel()


class _Boek:
    """Collects entries."""

    def __init__(self, betaalmaand: int) -> None:
        self._p = betaalmaand
        self._stukken: list[pd.DataFrame] = []

    def zet(self, soort: str, bron: pd.DataFrame, **bedragen: Any) -> None:
        """One entry per row and account: cents, debit above 0."""
        for rekening, cent in bedragen.items():
            kolom = np.broadcast_to(np.asarray(cent, dtype=np.int64), len(bron))
            raak = kolom != 0
            self._stukken.append(
                pd.DataFrame(
                    {
                        "soort": soort,
                        "dossiernummer": bron["dossiernummer"].to_numpy()[raak],
                        "rechtmaand": bron["rechtmaand"].to_numpy()[raak],
                        "rekening": rekening,
                        "cent": kolom[raak],
                    }
                )
            )

    def tabel(self) -> pd.DataFrame:
        """All entries: equal ones added up, in the order of kind, household and month."""
        p = self._p
        alles = pd.concat(self._stukken, ignore_index=True)
        alles = alles.groupby(["soort", *_SLEUTEL, "rekening"], sort=False)["cent"].sum().reset_index()
        alles = alles[alles["cent"] != 0]
        jaar = alles["rechtmaand"].to_numpy() // 12 + 1970
        over = jaar < p // 12 + 1970
        # A correction of an earlier year stands on an account of its own.
        rekening = alles["rekening"].where(~(over & (alles["rekening"] == "lasten_bijstand")), "lasten_oude_jaren")
        orde = alles["soort"].map({naam: nr for nr, naam in enumerate(SOORTEN)})
        alles = alles.assign(betaalmaand=p, jaar=jaar, over_jaargrens=over, rekening=rekening, orde=orde)
        alles = alles.sort_values(["orde", *_SLEUTEL, "rekening"], kind="stable", ignore_index=True)
        return alles[list(KOLOMMEN)]


def _recht(boek: _Boek, betaling: pd.DataFrame, p: int) -> None:
    over_p = betaling.assign(rechtmaand=p)
    boek.zet("recht", over_p, **_recht_bedragen(betaling, 1), uit_te_betalen=-betaling["verschuldigd"])


def _recht_bedragen(bron: Any, teken: int) -> dict[str, Any]:
    """Expense against what is kept apart or kept back; what is left is due."""
    return {
        "lasten_bijstand": teken * bron["bijstand"],
        "reservering": -teken * bron["reservering"],
        "maatregel": -teken * bron["maatregel"],
        # `op_de_maand`: assistance that waits for wage data; 0 in every other case.
        "aangehouden": -teken * (bron["bijstand"] - bron["reservering"] - bron["maatregel"] - bron["verschuldigd"]),
    }


def _maanden(boek: _Boek, vorig: pd.DataFrame, nu: pd.DataFrame) -> None:
    """What changed over earlier months: law and facts, claims, clearings, and what turned out to be paid."""
    oud, eigen = samen(vorig, nu)
    # A household that is not in the run at hand keeps where it stood.
    in_run = eigen["dossiernummer"].isin(set(nu["dossiernummer"]))

    nieuw = eigen[eigen["is_er"] & ~oud["is_er"]]
    boek.zet("beginstand", nieuw, te_verrekenen=nieuw["verschil"], beginstand=-nieuw["verschil"])
    weg = oud[oud["is_er"] & ~eigen["is_er"] & in_run]
    boek.zet("beginstand", weg, te_verrekenen=-weg["saldo"], beginstand=weg["saldo"])

    beide = oud["is_er"] & eigen["is_er"]
    oud, eigen = oud[beide], eigen[beide]
    delta = {naam: eigen[naam] - oud[naam] for naam in (*BEDRAGEN_RECHT, "teruggevorderd", "vereffend")}
    boek.zet("herrekening", eigen, **_recht_bedragen(delta, 1), te_verrekenen=-delta["verschuldigd"])
    terug, vereffend = delta["teruggevorderd"], delta["vereffend"]
    boek.zet("teruggevorderd", eigen, debiteuren=terug, te_verrekenen=-terug)
    boek.zet("vereffening", eigen, lasten_bufferbudget=vereffend, te_verrekenen=-vereffend)
    verwacht = oud["saldo"] - delta["verschuldigd"] - terug - vereffend
    anders = eigen["verschil"] - verwacht
    boek.zet("afwijkende_boeking", eigen, te_verrekenen=anders, tussenrekening_betalingen=-anders)


def _betaling(boek: _Boek, betaling: pd.DataFrame, nu: pd.DataFrame, p: int) -> None:
    """What the payment of P settles, pays back, keeps as instalment and adds."""
    lijnen = nu[(nu["verrekend"] != 0) | (nu["nabetaald"] != 0)].sort_values(_SLEUTEL)
    weggestreept = betaling.set_index("dossiernummer")["verrekend_met_nabetaling"]
    met = lijnen["dossiernummer"].map(weggestreept).fillna(0).astype(np.int64)
    verrekend = _oudste_eerst(lijnen, "verrekend", met)
    nabetaald = _oudste_eerst(lijnen, "nabetaald", met)
    boek.zet("verrekend_met_nabetaling", lijnen, te_verrekenen=nabetaald - verrekend)
    boek.zet("verrekening", lijnen, te_verrekenen=-(lijnen["verrekend"] - verrekend))
    boek.zet("nabetaling", lijnen, te_verrekenen=lijnen["nabetaald"] - nabetaald)
    over_p = betaling.assign(rechtmaand=p)
    boek.zet("verrekening", over_p, uit_te_betalen=betaling["verrekend_met_uitkering"])
    boek.zet("nabetaling", over_p, uit_te_betalen=-betaling["nabetaling"])
    aflossing, buffer = betaling["aflossing"], betaling["bufferbudget"]
    boek.zet("aflossing", over_p, uit_te_betalen=aflossing, debiteuren=-aflossing)
    boek.zet("bufferbudget", over_p, lasten_bufferbudget=buffer, uit_te_betalen=-buffer)


def _oudste_eerst(lijnen: pd.DataFrame, naam: str, totaal: pd.Series) -> pd.Series:
    """How much of a column of lines is covered by a total per household, oldest month first."""
    tot_en_met = lijnen.groupby("dossiernummer", sort=False)[naam].cumsum()
    ervoor = tot_en_met - lijnen[naam]
    return (totaal - ervoor).clip(lower=0, upper=lijnen[naam])
