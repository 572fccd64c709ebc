"""The books of an administration, payment month after payment month: journal, balances, and whether they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verrekening.administratie import boekhouding
from verrekening.financien.journaal import journaal, journaal_bank, journaal_onder_nul
from verrekening.financien.standen import Betaalstand, Maandstand, betaling_van, lijnen_van


@dataclass(frozen=True)
class Boeken:
    """The books of one payment month.

    Attributes:
        betaalmaand: P.
        journaal: the entries (`journaal.KOLOMMEN`).
        opening: where every month stood before.
        sluiting: where every month stands after; the payment month itself is one of them.
        betaling: payment lines as decided, one row per household.
        maand: what the administration keeps about it.
    """

    betaalmaand: int
    journaal: pd.DataFrame
    opening: Maandstand
    sluiting: Maandstand
    betaling: pd.DataFrame
    maand: boekhouding.Boekmaand


def boeken(verbinding: Any, tot_en_met: int) -> Iterator[Boeken]:
    """The books of every payment month through one, in order, each beginning where the one before it ended.

    Args:
        verbinding: a consistent view of an administration.
        tot_en_met: last payment month.

    Raises:
        AdministratieGeweigerd: nothing was decided over that month.
    """
    vorig = Maandstand.leeg()
    maanden = [een for een in boekhouding.boekmaanden(verbinding) if een < tot_en_met]
    for p in [*maanden, tot_en_met]:
        maand = boekhouding.boekmaand(verbinding, p)
        nu, betaling = Maandstand.van_run(maand.standen), betaling_van(maand.betalingen)
        stukken = [journaal(p, vorig, nu, betaling)]
        for pf, bestand, vorig_bestand in maand.bestanden:
            besloten, lijnen = boekhouding.regels_zoals_besloten(verbinding, pf)
            betaald, regels = betaling_van(besloten), lijnen_van(lijnen)
            stukken.append(
                journaal_bank(
                    p,
                    Betaalstand.van(pf, betaald, regels, vorig_bestand),
                    Betaalstand.van(pf, betaald, regels, bestand),
                )
            )
        bank = pd.concat(stukken[1:]) if len(stukken) > 1 else stukken[0].iloc[:0]
        sluiting = nu.met(vorig).met_betaling(betaling, p).met_saldo(bank[bank["rekening"] == "te_verrekenen"])
        stukken.append(journaal_onder_nul(p, vorig.tabel, sluiting.tabel))
        alles = pd.concat(stukken, ignore_index=True)
        yield Boeken(p, alles, vorig, sluiting, betaling, maand)
        vorig = sluiting
