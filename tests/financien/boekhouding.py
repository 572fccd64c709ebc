"""Short forms for tests of the books: the journal of a month as amounts per kind and account, and what must hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from verrekening import administratie, financien
from verrekening.financien import saldi
from verrekening.maand import lees_maand, toon_maand

Bedragen = dict[tuple[str, str, str], int]


@contextmanager
def verbinding(waar: str) -> Iterator[Any]:
    """A consistent view of an administration."""
    with administratie.open_om_te_lezen(waar, 0) as boek:
        yield boek.verbinding


def journaal(waar: str, maand: str, nummer: str = "D-1") -> Bedragen:
    """Cents by kind, month of right and account of one household, debit above 0."""
    with verbinding(waar) as db:
        *_, laatste = financien.boeken(db, lees_maand(maand))
    j = laatste.journaal[laatste.journaal["dossiernummer"] == nummer]
    maanden = [toon_maand(een) for een in j["rechtmaand"].tolist()]
    return dict(zip(zip(j["soort"], maanden, j["rekening"], strict=True), j["cent"].tolist(), strict=True))


def sluit(waar: str, maand: str) -> financien.Afsluiting:
    """The closing of a month, with the default accounts."""
    with verbinding(waar) as db:
        return financien.sluit_af(db, lees_maand(maand), financien.lees_rekeningen())


def alles_klopt(waar: str, maand: str) -> None:
    """Every month through this one balances, per household and per case."""
    stand = saldi.Saldi()
    with verbinding(waar) as db:
        for boek in financien.boeken(db, lees_maand(maand)):
            for eis in saldi.eisen(boek, stand.tel(boek)):
                assert eis.klopt, (toon_maand(boek.betaalmaand), eis)
