"""Finance: every cent found back. Journal, balances, control totals and what was really paid, as pandas DataFrames.

For analysts::

    from verrekening import administratie, financien
    from verrekening.maand import lees_maand

    with administratie.open_om_te_lezen("gemeente.db", 0) as boek:
        for maand in financien.boeken(boek.verbinding, lees_maand("2026-10")):
            print(maand.betaalmaand, maand.journaal.groupby("rekening")["cent"].sum())

Amounts are whole cents in int64 columns, debit above 0; months are numbers (`verrekening.maand`). Only this room
imports pandas.
"""

from verrekening.financien.afsluiting import Afsluiting, leg_betaald_vast, sluit_af, vergelijk_betaald
from verrekening.financien.betaald import Betaalbestand, lees_betaald
from verrekening.financien.boeken import Boeken, boeken
from verrekening.financien.keten import Schakel
from verrekening.financien.map import schrijf
from verrekening.financien.rekeningen import REKENINGEN, Rekening, lees_rekeningen
from verrekening.financien.vergelijken import Vergelijking, vergelijk
from verrekening.financien.verschil import Kant, Verschil, van_boeking, van_map, vergelijk_uitkomsten

__all__ = [
    "REKENINGEN",
    "Afsluiting",
    "Betaalbestand",
    "Boeken",
    "Kant",
    "Rekening",
    "Schakel",
    "Vergelijking",
    "Verschil",
    "boeken",
    "lees_betaald",
    "lees_rekeningen",
    "leg_betaald_vast",
    "schrijf",
    "sluit_af",
    "van_boeking",
    "van_map",
    "vergelijk",
    "vergelijk_betaald",
    "vergelijk_uitkomsten",
]  # fmt: skip
