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

from verrekening.financien.afsluiting import Afsluiting, sluit_af
from verrekening.financien.boeken import Boeken, boeken
from verrekening.financien.keten import Schakel
from verrekening.financien.map import schrijf
from verrekening.financien.rekeningen import REKENINGEN, Rekening, lees_rekeningen

__all__ = [
    "REKENINGEN",
    "Afsluiting",
    "Boeken",
    "Rekening",
    "Schakel",
    "boeken",
    "lees_rekeningen",
    "schrijf",
    "sluit_af",
]
