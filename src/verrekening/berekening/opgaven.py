"""From received records to judged records: the inputs of chapter N, its results, stops and besluiten.

One row is one effective inkomstenopgave of one person in one dossier, ordered by person, payer, number and
period. A person who is in two dossiers (one after the other) has his records in both.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.beleid import Beleid, BeleidMaand
from verrekening.berekening.bereik import EERSTE_MAAND
from verrekening.dossier import Dossiers
from verrekening.geld import BEDRAG_GRENS, Verhouding
from verrekening.kolommen import Getallen, Kolommen, Masker, kies_rijen
from verrekening.maand import eerste_dag, laatste_dag, maand_van, verjaardag
from verrekening.motor.tabellen import eerste_van_gelijke, groepen, koppel, op_volgorde
from verrekening.parameters import Parameters
from verrekening.polis import Levering, Versies
from verrekening.regels import OPGAVE, toerekening
from verrekening.regels.invoer import BEDRAGEN

GEBRUIKT = 0
"""Status of a version that counts (see `verrekening.polis.Versies`)."""


_GELEZEN = (
    "lhnr", "numiv", "tv_begin", "tv_eind", "ikv_begin", "ikv_eind",
    *BEDRAGEN, *(f"{naam}_bekend" for naam in BEDRAGEN),
)  # fmt: skip
"""Columns of a record that are read here."""


@dataclass
class Opgaven:
    """Effective records with everything chapter N says about them.

    Attributes:
        bron: row in ``Levering.opgaven``.
        persoon, huishouden: rows in the dossiers.
        ikv: number of the inkomstenverhouding (person, LhNr, NumIV).
        begin, eind: working period (rule T1), days.
        buiten: the tijdvak lies wholly outside the inkomstenverhouding.
        tv_begin, tv_eind, ikv_begin, ikv_eind, lhnr, numiv: of the record.
        kolommen: inputs and results of the level `inkomstenopgave`.
    """

    bron: Getallen
    persoon: Getallen
    huishouden: Getallen
    ikv: Getallen
    begin: Getallen
    eind: Getallen
    buiten: Masker
    tv_begin: Getallen
    tv_eind: Getallen
    ikv_begin: Getallen
    ikv_eind: Getallen
    lhnr: Getallen
    numiv: Getallen
    kolommen: dict[str, Any]

    def __len__(self) -> int:
        return len(self.bron)


def verzamel_opgaven(levering: Levering, versies: Versies, zaken: Dossiers, betaalmaand: int) -> Opgaven:
    """Effective records joined to the persons of the dossiers, with the inputs of chapter N that need no besluit."""
    alles = levering.opgaven
    geldig = np.flatnonzero((versies.status == GEBRUIKT) & (alles["tv_begin"] <= laatste_dag(betaalmaand)))
    links, rechts = koppel(alles["bsn"][geldig], zaken.personen["bsn"])
    bron, persoon = geldig[links], rechts
    volgorde = op_volgorde(
        persoon, alles["lhnr"][bron], alles["numiv"][bron], alles["tv_eind"][bron], alles["tv_begin"][bron]
    )
    bron, persoon = bron[volgorde], persoon[volgorde]
    rij = kies_rijen({naam: alles[naam] for naam in _GELEZEN}, bron)
    ikv, _ = groepen(persoon, rij["lhnr"], rij["numiv"])
    begin, eind, buiten = toerekening.gewerkte_periode(
        rij["tv_begin"], rij["tv_eind"], rij["ikv_begin"], rij["ikv_eind"]
    )
    kolommen: dict[str, Any] = {naam: rij[naam] for naam in BEDRAGEN}
    kolommen |= {f"{naam}_bekend": rij[f"{naam}_bekend"] for naam in BEDRAGEN}
    kolommen |= _inkomstenperiode(levering.perioden, len(alles["bsn"]), bron, begin, eind)
    kolommen |= _door_de_tijd(ikv, rij)
    kolommen["buiten_dienstverband"] = buiten
    kolommen["overlappend_tijdvak"] = _overlapt(ikv, rij["tv_begin"], rij["tv_eind"])
    geboren = zaken.personen["geboortedatum"][persoon]
    kolommen["is_27"] = verjaardag(geboren, 27) <= eerste_dag(maand_van(eind))
    return Opgaven(
        bron=bron,
        persoon=persoon,
        huishouden=zaken.personen["huishouden"][persoon],
        ikv=ikv,
        begin=begin,
        eind=eind,
        buiten=buiten,
        tv_begin=rij["tv_begin"],
        tv_eind=rij["tv_eind"],
        ikv_begin=rij["ikv_begin"],
        ikv_eind=rij["ikv_eind"],
        lhnr=rij["lhnr"],
        numiv=rij["numiv"],
        kolommen=kolommen,
    )


def reken_opgaven(opgaven: Opgaven, beleid: Kolommen, parameters: Parameters, maand: int) -> None:
    """Runs chapter N over all records; the besluiten must already be in the columns."""
    invoer = opgaven.kolommen | dict(beleid)
    invoer["wga_geuniformeerde_inhouding_pct"] = verhouding_per_rij(
        parameters, "wga_geuniformeerde_inhouding_pct", opgaven.tv_eind
    )
    opgaven.kolommen = OPGAVE.op(maand).reken(invoer)


def verhouding_per_rij(parameters: Parameters, naam: str, dag: Getallen) -> Verhouding:
    """A percentage per row, by the month in which a day lies.

    Days before the first computed month are read as that month: their records do not count, they only tell
    whether an inkomstenverhouding accrues.
    """
    maand = np.maximum(maand_van(dag), EERSTE_MAAND)
    uniek, plaats = np.unique(maand, return_inverse=True)
    breuken = [waarde for een in uniek if isinstance(waarde := parameters.op(naam, int(een)).waarde, Verhouding)]
    noemer = math.lcm(1, *[breuk.noemer for breuk in breuken])
    tellers = np.array([breuk.teller * (noemer // breuk.noemer) for breuk in breuken], dtype=np.int64)
    return Verhouding(tellers[plaats], noemer)


def _inkomstenperiode(
    perioden: Kolommen, aantal: int, bron: Getallen, begin: Getallen, eind: Getallen
) -> dict[str, Any]:
    """Kind and tax credit on the last day worked, and whether they change inside the working period (rule N2)."""
    volgorde = op_volgorde(perioden["opgave"], perioden["begin"])
    tabel = kies_rijen(perioden, volgorde)
    start = np.searchsorted(tabel["opgave"], np.arange(aantal + 1))
    # Row of `tabel` for every (record, period) pair, per record in order of begin date.
    aantallen = start[bron + 1] - start[bron]
    ouder = np.repeat(np.arange(len(bron)), aantallen)
    plaats = np.arange(len(ouder)) - (np.cumsum(aantallen) - aantallen)[ouder]
    rij = start[bron][ouder] + plaats
    vanaf = tabel["begin"][rij]
    op_tijd = vanaf <= eind[ouder]
    laatste = np.full(len(bron), -1, dtype=np.int64)
    np.maximum.at(laatste, ouder[op_tijd], rij[op_tijd])
    eerste = np.full(len(bron), -1, dtype=np.int64)
    voor_begin = vanaf <= begin[ouder]
    np.maximum.at(eerste, ouder[voor_begin], rij[voor_begin])
    erin = op_tijd & (rij >= eerste[ouder])

    def op_laatste(naam: str) -> Getallen:
        return np.where(laatste >= 0, tabel[naam][laatste] if len(tabel[naam]) else -1, -1)

    def wisselt(naam: str) -> Masker:
        grootste = np.full(len(bron), -(2**40), dtype=np.int64)
        kleinste = np.full(len(bron), 2**40, dtype=np.int64)
        np.maximum.at(grootste, ouder[erin], tabel[naam][rij[erin]])
        np.minimum.at(kleinste, ouder[erin], tabel[naam][rij[erin]])
        return np.asarray(grootste > kleinste)

    telt_ooit = np.zeros(len(bron), dtype=bool)
    telt_ooit[ouder[erin & ~np.isin(tabel["srtiv"][rij], (34, 43, 45))]] = True
    uit: dict[str, Any] = {naam: op_laatste(naam) for naam in ("srtiv", "lhkort", "cdzvw_m", "sa72")}
    uit["wisseling_in_periode"] = (wisselt("srtiv") | wisselt("lhkort")) & telt_ooit
    return uit


def _door_de_tijd(ikv: Getallen, rij: Kolommen) -> dict[str, Masker]:
    """What earlier records of the same inkomstenverhouding say about holiday allowance (rule N6)."""
    begin_groep = eerste_van_gelijke(ikv)

    def tot_en_met(kenmerk: Masker) -> Getallen:
        opgeteld = np.concatenate([[0], np.cumsum(kenmerk)])
        return np.asarray(opgeteld[1:] - opgeteld[begin_groep], dtype=np.int64)

    zonder = rij["VakBsl_bekend"] & (rij["VakBsl"] == 0)
    return {
        "bouwt_op": tot_en_met(rij["OpgRchtVakBsl"] > 0) > 0,
        "eerder_zonder_vakbsl": tot_en_met(zonder) - zonder > 0,
    }


def _overlapt(ikv: Getallen, begin: Getallen, eind: Getallen) -> Masker:
    """Records of one inkomstenverhouding whose tijdvakken overlap; both sides are marked (rule T1)."""
    uit = np.zeros(len(ikv), dtype=bool)
    volgorde = op_volgorde(ikv, begin, eind)
    groep, van, tot = ikv[volgorde], begin[volgorde], eind[volgorde]
    # The largest end so far within the group: groups are kept apart by an offset larger than any day.
    sprong = np.int64(2**33)
    tot_nu = np.maximum.accumulate(tot + groep * sprong) - groep * sprong
    raakt_vorige = np.zeros(len(ikv), dtype=bool)
    raakt_vorige[1:] = (groep[1:] == groep[:-1]) & (van[1:] <= tot_nu[:-1])
    eerstvolgende = np.minimum.accumulate((van + groep * sprong)[::-1])[::-1] - groep * sprong
    raakt_volgende = np.zeros(len(ikv), dtype=bool)
    raakt_volgende[:-1] = (groep[1:] == groep[:-1]) & (eerstvolgende[1:] <= tot[:-1])
    uit[volgorde] = raakt_vorige | raakt_volgende
    return uit


def beleid_per_rij(beleid: Beleid, maand: Getallen, keuze: Callable[[BeleidMaand], Any]) -> npt.NDArray[Any]:
    """A setting per row, as it is in the month of that row (rule P5)."""
    if len(maand) == 0:
        return np.zeros(0, dtype=bool)
    eerste = int(maand.min())
    komt_voor = np.zeros(int(maand.max()) - eerste + 1, dtype=bool)
    komt_voor[maand - eerste] = True
    waarden = np.array([keuze(beleid.op(int(een) + eerste)) for een in np.flatnonzero(komt_voor)])
    if (waarden == waarden[0]).all():
        return np.full(len(maand), waarden[0])
    return np.asarray(waarden[(np.cumsum(komt_voor) - 1)[maand - eerste]])


def beleid_van_opgaven(beleid: Beleid, tv_eind: Getallen) -> dict[str, npt.NDArray[Any]]:
    """The settings of chapter N per record: those of the month in which its tijdvak ends."""
    maand = maand_van(tv_eind)
    return {
        "maandelijks_meegenomen": beleid_per_rij(beleid, maand, lambda op: op.vakantiegeld == "maandelijks_meegenomen"),
        "terugverdelen": beleid_per_rij(beleid, maand, lambda op: op.bijzondere_beloning == "terugverdelen"),
        "bijzondere_beloning_drempel": beleid_per_rij(beleid, maand, _drempel_bijzondere_beloning).astype(np.int64),
    }


def _drempel_bijzondere_beloning(op: BeleidMaand) -> int:
    """The threshold above which special pay stops the household (rule N6); only `mens` ever does."""
    return op.bijzondere_beloning_drempel_cent if op.bijzondere_beloning == "mens" else BEDRAG_GRENS
