"""The deliveries: which message arrives before which payment run, what is corrected, and what is broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from verrekening.kolommen import Getallen, Masker
from verrekening.maand import AMSTERDAM, eerste_dag, toon_datum, toon_maand
from verrekening.voorbeeld import berichten, kalender, opgaven
from verrekening.voorbeeld.betalers import UITKERING, VORMEN, WERKGEVER, Betalers
from verrekening.voorbeeld.inkomsten import Inkomsten
from verrekening.voorbeeld.loting import kans, stroom, tussen

PEILDAG = 18
"""Day of the payment month on which the run looks at what is known."""


@dataclass
class Zending:
    """Messages over one period that arrive for one run: the records, and per payer the moment."""

    levering: int
    opgaven: opgaven.Opgaven
    momenten: dict[int, str]
    versie: int = 1


Kapot = dict[tuple[str, int], str]
"""(name of the period, row of the payer) → ``afgebroken`` (cut off) or ``bedrag`` (a spoilt amount)."""


@dataclass
class Geleverd:
    """What was written.

    Attributes:
        mappen: folder per delivery.
        kapot: the files that are broken on purpose.
        berichten, opgaven, bekende_opgaven, correcties: counts over all deliveries.
    """

    mappen: list[Path] = field(default_factory=list)
    kapot: list[Path] = field(default_factory=list)
    berichten: int = 0
    opgaven: int = 0
    bekende_opgaven: int = 0
    correcties: int = 0


def peilmoment(betaalmaand: int) -> str:
    """Knowledge moment of the run of a payment month: the 18th at 20:00, Dutch time."""
    jaar, maand = divmod(betaalmaand, 12)
    return datetime(1970 + jaar, maand + 1, PEILDAG, 20, tzinfo=AMSTERDAM).isoformat()


def schrijf(
    map_polis: Path,
    seed: int,
    inkomsten: Inkomsten,
    betalers: Betalers,
    personen: Sequence[str],
    bekenden: int,
    eerste_maand: int,
    betaalmaanden: Sequence[int],
) -> Geleverd:
    """Write all messages, one folder per payment month with what arrived since the one before.

    Args:
        map_polis: folder in which the folders come.
        seed: seed of the municipality.
        inkomsten, betalers, personen: the municipality (`berichten.persoonsdelen` for the last).
        bekenden: persons below this row are in a dossier.
        eerste_maand: first month that is settled; the deliveries begin a month earlier.
        betaalmaanden: the payment months, ascending.
    """
    zendingen = _zendingen(seed, inkomsten, betalers, eerste_maand, betaalmaanden)
    kapot = _kies_kapot(zendingen, inkomsten, betalers, bekenden, betaalmaanden[0] - 1)
    gewoon = list(zendingen)
    zendingen += _correcties(seed, gewoon, inkomsten, betalers, betaalmaanden)
    zendingen += _herstel(gewoon, inkomsten, kapot, betaalmaanden)
    uit = Geleverd(mappen=[map_polis / toon_maand(p) for p in betaalmaanden])
    for doel in uit.mappen:
        doel.mkdir(parents=True)
    for zending in zendingen:
        _schrijf_zending(uit, zending, inkomsten, betalers, personen, bekenden, kapot)
    return uit


def _zendingen(
    seed: int, inkomsten: Inkomsten, betalers: Betalers, eerste_maand: int, betaalmaanden: Sequence[int]
) -> list[Zending]:
    """The first message of every payer over every period, filed 2 to 14 days after it (some far too late)."""
    rng = stroom(seed, "leveringen")
    peildagen = _peildagen(betaalmaanden)
    begin = eerste_dag(eerste_maand - 1)
    tijdvakken = kalender.maanden(eerste_maand - 1, betaalmaanden[-1] - 1)
    tijdvakken += kalender.vierweken_tussen(begin, int(peildagen[-1]))
    opgebouwd = opgaven.opbouw_vooraf(inkomsten, begin)
    uit = []
    for tijdvak in sorted(tijdvakken, key=lambda t: (t.eind, t.vierweken)):
        alles = opgaven.trek(rng, inkomsten, betalers, tijdvak, opgebouwd)
        te_laat = np.where(betalers.laat & kans(rng, betalers.aantal, 250), 35, 0)
        dag = tijdvak.eind + tussen(rng, betalers.aantal, 2, 14) + te_laat
        minuut = tussen(rng, betalers.aantal, 7 * 60, 19 * 60)
        levering = np.searchsorted(peildagen, dag)
        for nummer in range(len(betaalmaanden)):
            in_levering = levering == nummer
            deel = alles.kies(in_levering[inkomsten.betaler[alles.ikv]])
            if len(deel.ikv):
                uit.append(Zending(nummer, deel, _momenten(np.flatnonzero(in_levering), dag, minuut)))
    return uit


def _peildagen(betaalmaanden: Sequence[int]) -> Getallen:
    return np.array([eerste_dag(p) + PEILDAG - 1 for p in betaalmaanden], dtype=np.int64)


def _momenten(betalers: Getallen, dag: Getallen, minuut: Getallen) -> dict[int, str]:
    return {
        rij: f"{toon_datum(int(dag[rij]))}T{minuut[rij] // 60:02d}:{minuut[rij] % 60:02d}:00"
        for rij in betalers.tolist()
    }


def _correcties(
    seed: int,
    zendingen: Sequence[Zending],
    inkomsten: Inkomsten,
    betalers: Betalers,
    betaalmaanden: Sequence[int],
) -> list[Zending]:
    """New complete returns over earlier periods, with other amounts, in every delivery but the first."""
    rng = stroom(seed, "correcties")
    peildagen = _peildagen(betaalmaanden)
    # At least a few per delivery, also in a small municipality.
    promille = max(15, 3_000 // betalers.aantal)
    uit = []
    for nummer in range(1, len(betaalmaanden)):
        for zending in zendingen:
            gekozen = kans(rng, betalers.aantal, promille) & (betalers.vorm != VORMEN.index(UITKERING))
            dag = peildagen[nummer - 1] + tussen(rng, betalers.aantal, 3, 24)
            minuut = tussen(rng, betalers.aantal, 7 * 60, 19 * 60)
            if zending.levering >= nummer:
                continue
            deel = zending.opgaven.kies(gekozen[inkomsten.betaler[zending.opgaven.ikv]])
            if len(deel.ikv):
                nieuw = opgaven.wijzig(rng, inkomsten, deel)
                momenten = _momenten(np.flatnonzero(gekozen), dag, minuut)
                uit.append(Zending(nummer, nieuw, momenten, versie=1 + nummer))
    return uit


def _kies_kapot(
    zendingen: Sequence[Zending], inkomsten: Inkomsten, betalers: Betalers, bekenden: int, maand: int
) -> Kapot:
    """Two small employers with known employees, whose first message over a month arrives damaged."""
    gekozen: Kapot = {}
    for zending in zendingen:
        if zending.levering or zending.opgaven.tijdvak.naam != toon_maand(maand):
            continue
        betaler = inkomsten.betaler[zending.opgaven.ikv]
        bekend = betaler[inkomsten.persoon[zending.opgaven.ikv] < bekenden]
        rijen, aantallen = np.unique(bekend, return_counts=True)
        geschikt = rijen[(betalers.vorm[rijen] == VORMEN.index(WERKGEVER)) & (aantallen <= 3)]
        sleutels = [(zending.opgaven.tijdvak.naam, rij) for rij in geschikt.tolist()]
        gekozen = dict(zip(sleutels, ("afgebroken", "bedrag"), strict=False))
    return gekozen


def _herstel(
    zendingen: Sequence[Zending], inkomsten: Inkomsten, kapot: Kapot, betaalmaanden: Sequence[int]
) -> list[Zending]:
    """The damaged messages again, undamaged, in the second delivery."""
    uit: list[Zending] = []
    if len(betaalmaanden) < 2:
        return uit
    moment = f"{toon_datum(int(_peildagen(betaalmaanden)[0]) + 25)}T12:00:00"
    betalers = [rij for _, rij in kapot]
    for zending in zendingen:
        if zending.levering == 0 and zending.opgaven.tijdvak.naam in {naam for naam, _ in kapot}:
            weer = np.isin(inkomsten.betaler[zending.opgaven.ikv], betalers)
            uit.append(Zending(1, zending.opgaven.kies(weer), dict.fromkeys(betalers, moment), versie=9))
    return uit


def _schrijf_zending(
    uit: Geleverd,
    zending: Zending,
    inkomsten: Inkomsten,
    betalers: Betalers,
    personen: Sequence[str],
    bekenden: int,
    kapot: Kapot,
) -> None:
    tijdvak, deel = zending.opgaven.tijdvak, zending.opgaven
    doel = uit.mappen[zending.levering]
    achtervoegsel = "" if zending.versie == 1 else f"_v{zending.versie}"
    bekend: Masker = inkomsten.persoon[deel.ikv] < bekenden
    eerste_keer = zending.levering == 0 and zending.versie == 1
    for bericht in berichten.maak(inkomsten, betalers, personen, deel, zending.momenten, zending.versie):
        naam = f"betaler-{bericht.betaler + 1:05d}_{tijdvak.naam}{achtervoegsel}.xml"
        tekst = bericht.tekst
        soort = kapot.get((tijdvak.naam, bericht.betaler)) if eerste_keer else None
        if soort:
            eigen = inkomsten.betaler[deel.ikv] == bericht.betaler
            tekst = _beschadig(tekst, soort, int(np.argmax(bekend[eigen])))
            uit.kapot.append(doel / naam)
        (doel / naam).write_bytes(tekst.encode("utf-8"))
        uit.berichten += 1
        uit.opgaven += bericht.opgaven
        uit.correcties += zending.versie > 1
    uit.bekende_opgaven += int(bekend.sum())


def _beschadig(tekst: str, soort: str, opgave: int) -> str:
    """Cut the message off, or spoil the wage of one record (counted from 0) with a decimal comma."""
    if soort == "afgebroken":
        return tekst[: len(tekst) * 6 // 10]
    delen = tekst.split("<LnLbPh>")
    delen[opgave + 1] = delen[opgave + 1].replace(".", ",", 1)
    return "<LnLbPh>".join(delen)
