"""A year of one municipality, as columns: the facts of the demo, copied back in time and beside each other.

The demo has three months; a run after a year has twelve. Reading is not part of this: only the calculation is measured
on it, so that the copied people need no BSN that a reader would take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from verrekening import dossier
from verrekening.beleid import Beleid
from verrekening.berekening import Uitkomst, bereken
from verrekening.dossier import Dossiers
from verrekening.kolommen import Kolommen, aantal
from verrekening.maand import eerste_dag, laatste_dag, maand_van
from verrekening.parameters import Parameters
from verrekening.polis import Levering, Versies
from verrekening.run import Resultaat

GEGEVEN = 3
"""Months of wages and bookings that the demo gives."""
JAAR = 365
_BSN_SPRONG = 10**10


@dataclass(frozen=True)
class Zaak:
    """Everything the calculation reads."""

    zaken: Dossiers
    levering: Levering
    versies: Versies
    beleid: Beleid
    parameters: Parameters
    betaalmaand: int
    peilmoment: int

    def reken(self) -> Uitkomst:
        """The whole calculation."""
        return bereken(
            self.zaken, self.levering, self.versies, self.beleid, self.parameters, self.betaalmaand, self.peilmoment
        )


def van_resultaat(r: Resultaat) -> Zaak:
    """What a run that has read its files would compute from."""
    return Zaak(r.zaken, r.levering, r.versies, r.beleid, r.parameters, r.opdracht.betaalmaand, r.opdracht.peilmoment)


def een_jaar(zaak: Zaak) -> Zaak:
    """The same households with eleven months R before the payment month: the three of the demo again and again."""
    keer = range(4)
    z, begin = zaak.zaken, zaak.betaalmaand - 11
    betalingen = _onder_elkaar(
        [
            dict(z.betalingen)
            | {
                "rechtmaand": z.betalingen["rechtmaand"] - GEGEVEN * k,
                "betaald_op": z.betalingen["betaald_op"] - 91 * k,
            }
            for k in keer
        ]
    )
    houd = np.flatnonzero(betalingen["rechtmaand"] >= begin)
    # As in every table of dossiers: household by household.
    houd = houd[np.argsort(betalingen["huishouden"][houd], kind="stable")]
    zaken = replace(
        z,
        huishoudens=dict(z.huishoudens) | {"begin": z.huishoudens["begin"] - JAAR},
        situatie=dict(z.situatie) | {"van": z.situatie["van"] - 12},
        situatie_persoon=dict(z.situatie_persoon) | {"van": z.situatie_persoon["van"] - 12},
        betalingen={naam: kolom[houd] for naam, kolom in betalingen.items()},
    )
    opgaven = dict(zaak.levering.opgaven)
    opgaven["ikv_begin"] = opgaven["ikv_begin"] - JAAR
    per_maand = (opgaven["tv_begin"] == eerste_dag(maand_van(opgaven["tv_begin"]))) & (
        opgaven["tv_eind"] == laatste_dag(maand_van(opgaven["tv_eind"]))
    )
    maand = maand_van(opgaven["tv_eind"])
    # What is copied is three months, or the last three 4-week periods: else copies would overlap.
    recent = np.where(
        per_maand,
        (maand < zaak.betaalmaand) & (maand >= zaak.betaalmaand - GEGEVEN),
        opgaven["tv_eind"] > int(opgaven["tv_eind"][~per_maand].max(initial=0)) - 84,
    )
    delen, rijen = [], [np.flatnonzero(recent | ((maand >= zaak.betaalmaand) & (k == 0))) for k in keer]
    for k in keer:
        deel = {naam: kolom[rijen[k]] for naam, kolom in opgaven.items()}
        deel["moment"] = deel["moment"] - k
        for naam, dag_van_maand in (("tv_begin", eerste_dag), ("tv_eind", laatste_dag)):
            dag = deel[naam]
            # A 4-week period moves by whole periods, a month by whole months.
            deel[naam] = np.where(per_maand[rijen[k]], dag_van_maand(maand_van(dag) - GEGEVEN * k), dag - 84 * k)
        delen.append(deel)
    levering = replace(zaak.levering, opgaven=_onder_elkaar(delen), perioden=_perioden(zaak.levering, rijen))
    jaar = replace(zaak, zaken=zaken, levering=levering, versies=_alles_geldt(levering, zaak))
    return _verrekend(jaar)


def _perioden(levering: Levering, rijen: list[Any]) -> dict[str, Any]:
    """The income periods of the chosen rows of records, each time those rows are copied."""
    perioden, delen, eerste = levering.perioden, [], 0
    for keuze in rijen:
        nieuw = np.full(aantal(levering.opgaven), -1, dtype=np.int64)
        nieuw[keuze] = np.arange(eerste, eerste + len(keuze))
        houd = nieuw[perioden["opgave"]] >= 0
        deel = {naam: kolom[houd] for naam, kolom in perioden.items()}
        delen.append(deel | {"opgave": nieuw[deel["opgave"]], "begin": deel["begin"] - JAAR})
        eerste += len(keuze)
    return _onder_elkaar(delen)


def _verrekend(zaak: Zaak) -> Zaak:
    """What is older than the three months of the demo was settled: booked is what is due."""
    uit = zaak.reken()
    betalingen = dict(zaak.zaken.betalingen)
    rij = betalingen["rechtmaand"] - int(uit.bereik.maanden[0])
    goed = (betalingen["rechtmaand"] < zaak.betaalmaand - GEGEVEN) & uit.bereik.is_r[rij, betalingen["huishouden"]]
    verschuldigd = uit.maanden.kolommen["verschuldigd"][rij, betalingen["huishouden"]]
    betalingen["bedrag"] = np.where(goed, verschuldigd, betalingen["bedrag"])
    return replace(zaak, zaken=replace(zaak.zaken, betalingen=betalingen))


def huishoudens(zaak: Zaak, gevraagd: int) -> Zaak:
    """The same municipality beside itself, so often that it has this many households."""
    z, levering = zaak.zaken, zaak.levering
    keer = max(1, round(gevraagd / aantal(z.huishoudens)))
    aantallen = {
        "huishouden": aantal(z.huishoudens),
        "persoon": aantal(z.personen),
        "opgave": aantal(levering.opgaven),
        "bsn": _BSN_SPRONG,
    }

    def herhaal(tabel: Kolommen) -> dict[str, Any]:
        return _onder_elkaar(
            [
                {
                    naam: np.where(kolom < 0, kolom, kolom + aantallen[naam] * k) if naam in aantallen else kolom
                    for naam, kolom in tabel.items()
                }
                for k in range(keer)
            ]
        )

    tabellen: dict[str, Any] = {
        veld.name: herhaal(waarde) for veld in fields(z) if isinstance(waarde := getattr(z, veld.name), Mapping)
    }
    nieuw = replace(
        levering, opgaven=herhaal(levering.opgaven), perioden=herhaal(levering.perioden),
        afgekeurde_opgaven=herhaal(levering.afgekeurde_opgaven),
    )  # fmt: skip
    zaken = replace(z, **tabellen)
    return replace(zaak, zaken=zaken, levering=nieuw, versies=_alles_geldt(nieuw, zaak))


def een_deel(zaak: Zaak, gevraagd: int) -> Zaak:
    """Only the first households of a municipality, with the records of their persons."""
    z, aantal_alle = zaak.zaken, aantal(zaak.zaken.huishoudens)
    if gevraagd >= aantal_alle:
        return zaak
    personen = z.personen["huishouden"] < gevraagd
    # Persons stand in order of household: what is left keeps its row numbers.
    laatste_persoon = int(personen.sum())

    def houd(tabel: Kolommen) -> dict[str, Any]:
        if "huishouden" in tabel:
            keuze = tabel["huishouden"] < gevraagd
        elif "persoon" in tabel:
            keuze = tabel["persoon"] < laatste_persoon
        else:
            keuze = np.arange(aantal(tabel)) < gevraagd
        return {naam: kolom[keuze] for naam, kolom in tabel.items()}

    tabellen: dict[str, Any] = {
        veld.name: houd(waarde) for veld in fields(z) if isinstance(waarde := getattr(z, veld.name), Mapping)
    }
    return _met(zaak, replace(z, **tabellen))


def blokken(zaak: Zaak, grootte: int) -> list[Zaak]:
    """The same municipality in blocks of households, as a night takes it up."""
    bron = dossier.in_blokken(zaak.zaken, grootte)
    return [zaak] if bron.aantal == 1 else [_met(zaak, bron.blok(nr)) for nr in range(bron.aantal)]


def _met(zaak: Zaak, zaken: Dossiers) -> Zaak:
    """Only these households, with the records of their persons."""
    opgaven, perioden = zaak.levering.opgaven, zaak.levering.perioden
    bekend = np.isin(opgaven["bsn"], zaken.personen["bsn"])
    nieuw = np.cumsum(bekend) - 1
    deze = bekend[perioden["opgave"]]
    gekozen = {naam: kolom[deze] for naam, kolom in perioden.items()}
    levering = replace(
        zaak.levering,
        opgaven={naam: kolom[bekend] for naam, kolom in opgaven.items()},
        perioden=gekozen | {"opgave": nieuw[gekozen["opgave"]]},
        afgekeurde_opgaven={naam: kolom[:0] for naam, kolom in zaak.levering.afgekeurde_opgaven.items()},
    )
    return replace(zaak, zaken=zaken, levering=levering, versies=_alles_geldt(levering, zaak))


def huishoudmaanden(uitkomst: Uitkomst) -> int:
    """Household-months that were computed: all months R, and the payment month."""
    return int(uitkomst.bereik.is_r.sum()) + int((~uitkomst.bereik.begint_na).sum())


def _onder_elkaar(delen: list[dict[str, Any]]) -> dict[str, Any]:
    return {naam: np.concatenate([deel[naam] for deel in delen]) for naam in delen[0]}


def _alles_geldt(levering: Levering, zaak: Zaak) -> Versies:
    """Every copy is a record of its own: all of them are effective, and nothing was corrected."""
    status = np.zeros(aantal(levering.opgaven), dtype=zaak.versies.status.dtype)
    return replace(zaak.versies, status=status, correcties={k: v[:0] for k, v in zaak.versies.correcties.items()})
