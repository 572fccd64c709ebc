"""The case as it is and the case as it would be, month after month, through the calculation of the night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from verrekening import polis, uitvoer
from verrekening.beleid import Beleid
from verrekening.berekening import Besloten, bereken
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen
from verrekening.maand import (
    dag_van_moment,
    dagen_in,
    eerste_dag,
    lees_maand,
    lees_moment,
    maand_van,
    toon_datum,
    toon_maand,
)
from verrekening.parameters import Parameters, laad
from verrekening.polis import Levering
from verrekening.run import Resultaat
from verrekening.uitleg.woorden import maand_in_woorden
from verrekening.watals.toekomst import MAANDEN, pas_toe, zet_voort
from verrekening.watals.wijziging import Wijziging

Rij = Mapping[str, Any]


_VAKANTIEGELD = "opgebouwd vakantiegeld staat niet in de bedragen hieronder; dat wordt later betaald"


@dataclass(frozen=True)
class Maandstand:
    """One payment month of one course of events.

    Attributes:
        betaalmaand: ``YYYY-MM``.
        betaling: the fields of the payment, in cents.
        loon_cent: net work income that belongs to the month, once it is known.
        signalen: codes of weight stop or mens.
    """

    betaalmaand: str
    betaling: Rij
    loon_cent: int
    signalen: tuple[str, ...]

    @property
    def samen_cent(self) -> int:
        """What the household has in the month: the payment and the wage."""
        return int(self.betaling["te_betalen_cent"]) + self.loon_cent


@dataclass(frozen=True)
class Vergelijking:
    """Old and new side by side.

    Attributes:
        dossiernummer: the case.
        wijzigingen: what was asked, in words.
        aannames: what was filled in, in words.
        nu, dan: month by month, the same months in both.
        einde: why there are fewer than thirteen months, or None.
    """

    dossiernummer: str
    wijzigingen: tuple[str, ...]
    aannames: tuple[str, ...]
    nu: tuple[Maandstand, ...]
    dan: tuple[Maandstand, ...]
    einde: str | None

    def als_data(self) -> dict[str, Any]:
        """For ``--json``: ``watals.v1``; amounts in cents."""

        def een(stand: Maandstand) -> dict[str, Any]:
            return {
                **stand.betaling,
                "loon_cent": stand.loon_cent,
                "samen_cent": stand.samen_cent,
                "signalen": list(stand.signalen),
            }

        return {
            "versie": "watals.v1",
            "dossiernummer": self.dossiernummer,
            "wijzigingen": list(self.wijzigingen),
            "aannames": list(self.aannames),
            "einde": self.einde,
            "maanden": [
                {
                    "betaalmaand": nu.betaalmaand,
                    "nu": een(nu),
                    "dan": een(dan),
                    "verschil": {
                        veld: dan_veld - nu_veld
                        for (veld, nu_veld), dan_veld in zip(een(nu).items(), een(dan).values(), strict=True)
                        if veld.endswith("_cent")
                    },
                }
                for nu, dan in zip(self.nu, self.dan, strict=True)
            ],
        }


def vergelijk(resultaat: Resultaat, wijzigingen: Sequence[Wijziging]) -> Vergelijking:
    """Plays the payment month and the next twelve twice: as it is, and with the changes.

    Args:
        resultaat: a run over exactly one household.
        wijzigingen: applied in this order.

    Raises:
        InvoerGeweigerd: a change does not fit the case.
    """
    p, k = resultaat.opdracht.betaalmaand, resultaat.opdracht.peilmoment
    zaken, levering = resultaat.zaken, zet_voort(resultaat.levering, k, p)
    nieuw_zaken, nieuw_levering, beleid = zaken, levering, resultaat.beleid
    aannames = ["de banen en uitkeringen van nu lopen door zoals in de laatste opgave", _VAKANTIEGELD]
    for wijziging in wijzigingen:
        beleid = wijziging.beleid or beleid
        nieuw_zaken, nieuw_levering, aanname = pas_toe(wijziging, nieuw_zaken, nieuw_levering, k, p)
        aannames += [een for een in aanname if een not in aannames]
    laatste = p + MAANDEN - 1
    verlopen = resultaat.parameters.verloopt(laatste)
    if verlopen:
        tot = min(maand for _, maand in verlopen)
        aannames.append(
            f"na {maand_in_woorden(toon_maand(tot))} gelden dezelfde bedragen; die zijn nog niet vastgesteld"
        )
    parameters = resultaat.parameters if beleid is resultaat.beleid else _parameters(beleid)
    # What an administration decided before is a fact for both.
    b = resultaat.besloten
    eerder = (
        [] if b is None else list(zip(b.maand.tolist(), b.verschuldigd.tolist(), b.te_betalen.tolist(), strict=True))
    )
    nu, einde = _speel(zaken, levering, resultaat.beleid, resultaat.parameters.doorgetrokken(laatste), p, k, eerder)
    dan, einde_dan = _speel(nieuw_zaken, nieuw_levering, beleid, parameters.doorgetrokken(laatste), p, k, eerder)
    samen = min(len(nu), len(dan))
    return Vergelijking(
        str(zaken.huishoudens["dossiernummer"][0]),
        tuple(wijziging.tekst for wijziging in wijzigingen),
        tuple(aannames),
        tuple(nu[:samen]),
        tuple(dan[:samen]),
        einde or einde_dan,
    )


def _parameters(beleid: Beleid) -> Parameters:
    return laad().met_eigen(beleid.parameters)


def _speel(
    zaken: Dossiers,
    levering: Levering,
    beleid: Beleid,
    parameters: Parameters,
    betaalmaand: int,
    peilmoment: int,
    eerder: Sequence[tuple[int, int, int]],
) -> tuple[list[Maandstand], str | None]:
    """The payment months one after the other; each decision is a fact for the next."""
    besluiten = list(eerder)
    standen: list[Maandstand] = []
    loon: dict[str, int] = {}
    einde = None
    for maand in range(betaalmaand, betaalmaand + MAANDEN):
        k = _zelfde_dag(peilmoment, maand - betaalmaand)
        versies = polis.bepaal(levering, k)
        uitkomst = bereken(zaken, levering, versies, beleid, parameters, maand, k, besloten=_besloten(besluiten))
        betaling = uitvoer.betaalvoorstel(uitkomst).to_pylist()
        if not betaling:
            einde = f"in {toon_maand(maand)} loopt de bijstand niet meer"
            break
        maanden = uitvoer.maanden(uitkomst).to_pylist()
        loon |= {rij["maand"]: rij["netto_arbeid_cent"] for rij in maanden}
        velden = {veld: bedrag for veld, bedrag in betaling[0].items() if veld.endswith("_cent")}
        zwaar = [rij["code"] for rij in uitvoer.signalen(uitkomst).to_pylist() if rij["gewicht"] != "info"]
        standen.append(Maandstand(toon_maand(maand), velden, 0, tuple(sorted(set(zwaar)))))
        besluiten.append((maand, velden["verschuldigd_cent"], velden["te_betalen_cent"]))
        zaken = _met_correcties(zaken, maand, maanden)
    # The wage of a month is known one run later; the last one counts what the run expects.
    return [
        replace(stand, loon_cent=loon.get(stand.betaalmaand, stand.betaling["besteedbaar_inkomen_cent"] or 0))
        for stand in standen
    ], einde


def _zelfde_dag(moment: int, maanden: int) -> int:
    """The same day and time in a later month, or its last day."""
    if maanden == 0:
        return moment
    dag = dag_van_moment(moment)
    maand = int(maand_van(dag))
    nummer = min(dag - int(eerste_dag(maand)) + 1, dagen_in(maand + maanden))
    return lees_moment(f"{toon_datum(int(eerste_dag(maand + maanden)) + nummer - 1)}T23:59:59")


def _besloten(besluiten: list[tuple[int, int, int]]) -> Besloten:
    kolommen = np.array(besluiten, np.int64).reshape(-1, 3).T
    return Besloten(np.zeros(len(besluiten), np.int64), *kolommen)


def _met_correcties(zaken: Dossiers, betaalmaand: int, maanden: list[dict[str, Any]]) -> Dossiers:
    """The lines of a run become lines of an earlier run."""
    regels = [rij for rij in maanden if rij["verrekend_cent"] or rij["nabetaald_cent"]]
    if not regels:
        return zaken
    erbij: dict[str, Getallen] = {
        "huishouden": np.zeros(len(regels), np.int64),
        "rechtmaand": np.array([lees_maand(rij["maand"]) for rij in regels], np.int64),
        "betaalmaand": np.full(len(regels), betaalmaand, np.int64),
        "verrekend": np.array([rij["verrekend_cent"] for rij in regels], np.int64),
        "nabetaald": np.array([rij["nabetaald_cent"] for rij in regels], np.int64),
    }
    correcties = {naam: np.concatenate([kolom, erbij[naam]]) for naam, kolom in zaken.correcties.items()}
    return replace(zaken, correcties=correcties)
