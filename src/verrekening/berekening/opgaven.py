"""From received records to judged records: the inputs of chapter N, its results, stops and besluiten.

One row is one effective inkomstenopgave of one person in one dossier, ordered by person, payer, number and
period. A person who is in two dossiers (one after the other) has his records in both.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from verrekening.beleid import Beleid, BeleidMaand
from verrekening.berekening.bereik import EERSTE_MAAND
from verrekening.berekening.samenstelling import Leeftijden
from verrekening.dossier import Dossiers
from verrekening.geld import BEDRAG_GRENS, Verhouding
from verrekening.kolommen import Getallen, Kolommen, Masker, als_getal, als_kolom, kies_rijen, op_volgorde
from verrekening.maand import eerste_dag, laatste_dag, maand_van
from verrekening.motor.tabellen import (
    begin_van_gelijke,
    eerste_van_gelijke,
    groepen,
    grootste_per,
    herhaal,
    koppel,
    verschillend,
)
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

    @cached_property
    def maand_begin(self) -> Getallen:
        """Month of the first day worked."""
        return maand_van(self.begin)

    @cached_property
    def maand_eind(self) -> Getallen:
        """Month of the last day worked."""
        return maand_van(self.eind)

    @cached_property
    def maand_tijdvak(self) -> Getallen:
        """Month in which the tijdvak ends: of the policy that holds for the record (rule P5)."""
        return maand_van(self.tv_eind)


def verzamel_opgaven(
    levering: Levering, versies: Versies, zaken: Dossiers, leeftijden: Leeftijden, betaalmaand: int
) -> Opgaven:
    """Effective records joined to the persons of the dossiers, with the inputs of chapter N that need no besluit."""
    alles = levering.opgaven
    geldig = np.flatnonzero((versies.status == GEBRUIKT) & (alles["tv_begin"] <= laatste_dag(betaalmaand)))
    links, rechts = koppel(alles["bsn"][geldig], zaken.personen["bsn"])
    bron, persoon = geldig[links], rechts
    # The rank of a payer orders as his number does, and is so short that all keys fit in one number to sort.
    betaler = rang(alles["lhnr"]).take(bron)
    volgorde = op_volgorde(persoon, betaler, *[alles[naam].take(bron) for naam in ("numiv", "tv_eind", "tv_begin")])
    bron, persoon = bron.take(volgorde), persoon.take(volgorde)
    rij = {naam: _neem(alles[naam], bron) for naam in _GELEZEN}
    ikv, _ = groepen(persoon, betaler.take(volgorde), rij["numiv"])
    begin, eind, buiten = toerekening.gewerkte_periode(
        rij["tv_begin"], rij["tv_eind"], rij["ikv_begin"], rij["ikv_eind"]
    )
    kolommen: dict[str, Any] = {naam: rij[naam] for naam in BEDRAGEN}
    kolommen |= {f"{naam}_bekend": rij[f"{naam}_bekend"] for naam in BEDRAGEN}
    kolommen |= _inkomstenperiode(levering.perioden, len(alles["bsn"]), bron, begin, eind)
    kolommen |= _door_de_tijd(ikv, rij)
    kolommen["buiten_dienstverband"] = buiten
    kolommen["overlappend_tijdvak"] = _overlapt(ikv, rij["tv_begin"], rij["tv_eind"])
    opgaven = Opgaven(
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
    kolommen["is_27"] = leeftijden.op_27.take(persoon) <= eerste_dag(opgaven.maand_eind)
    return opgaven


def rang(sleutel: Getallen) -> Getallen:
    """Per row the place of its key among the different keys: short numbers that order as the keys do.

    For keys of which few occur: a table of hashes finds the different ones without sorting the rows.
    """
    gecodeerd = pa.array(sleutel).dictionary_encode()
    volgorde = op_volgorde(uniek := gecodeerd.dictionary.to_numpy())
    plaats = np.empty(len(uniek), dtype=np.int64)
    plaats[volgorde] = np.arange(len(uniek))
    return np.asarray(plaats.take(gecodeerd.indices.to_numpy()))


def _neem(kolom: npt.NDArray[Any], rijen: Getallen) -> npt.NDArray[Any]:
    """The rows of a column; of one that is the same everywhere (a deduction that is always known) without copying."""
    waarde = als_getal(kolom) if len(rijen) else kolom
    return kolom.take(rijen) if waarde is kolom else als_kolom(kolom[0], len(rijen))


def reken_opgaven(opgaven: Opgaven, beleid: Kolommen, parameters: Parameters, maand: int) -> None:
    """Runs chapter N over all records; the besluiten must already be in the columns."""
    invoer = opgaven.kolommen | dict(beleid)
    if len(opgaven) > 1:
        # What no record has, such as a wage in kind, and all that follows from it, is one number.
        invoer = {naam: als_getal(kolom) for naam, kolom in invoer.items()}
    wga = "wga_geuniformeerde_inhouding_pct"
    invoer[wga] = verhouding_per_rij(parameters, wga, opgaven.maand_tijdvak)
    kolommen = OPGAVE.op(maand).reken(invoer)
    opgaven.kolommen = {
        naam: kolom if naam == wga else als_kolom(kolom, len(opgaven)) for naam, kolom in kolommen.items()
    }


def verhouding_per_rij(parameters: Parameters, naam: str, maand: Getallen) -> Verhouding:
    """A percentage per row, by its month.

    Months before the first computed month are read as that month: their records do not count, they only tell
    whether an inkomstenverhouding accrues.
    """
    maand = np.maximum(maand, EERSTE_MAAND)
    uniek = verschillend(maand)
    breuken = [waarde for een in uniek if isinstance(waarde := parameters.op(naam, int(een)).waarde, Verhouding)]
    noemer = math.lcm(1, *[breuk.noemer for breuk in breuken])
    tellers = np.array([breuk.teller * (noemer // breuk.noemer) for breuk in breuken], dtype=np.int64)
    if len(uniek) == 0:
        return Verhouding(tellers, noemer)
    plaats = np.zeros(int(uniek[-1] - uniek[0]) + 1, dtype=np.int64)
    plaats[uniek - uniek[0]] = np.arange(len(uniek))
    return Verhouding(tellers.take(plaats).take(maand - uniek[0]), noemer)


def _inkomstenperiode(
    perioden: Kolommen, aantal: int, bron: Getallen, begin: Getallen, eind: Getallen
) -> dict[str, Any]:
    """Kind and tax credit on the last day worked, and whether they change inside the working period (rule N2)."""
    tabel, van, hoeveel = _perioden_per_opgave(perioden, aantal, bron)
    if len(tabel["opgave"]) == 0:
        geen = np.full(len(bron), -1, dtype=np.int64)
        codes: dict[str, Any] = dict.fromkeys(_CODES, geen)
        return codes | {"wisseling_in_periode": np.zeros(len(bron), dtype=bool)}
    # Nearly every record has one period: the last, when it has begun.
    laatste = np.minimum(van, len(tabel["opgave"]) - 1)
    laatste[tabel["begin"].take(laatste) > eind] = _GEEN
    wisselt = np.zeros(len(bron), dtype=bool)
    meer = np.flatnonzero(hoeveel != 1)
    if len(meer):
        wisselt[meer], laatste[meer] = _meer_perioden(tabel, van[meer], hoeveel[meer], begin[meer], eind[meer])
    niet_begonnen = np.flatnonzero(laatste == _GEEN)
    uit: dict[str, Any] = {naam: tabel[naam].take(laatste) for naam in _CODES}
    for kolom in uit.values():
        kolom[niet_begonnen] = -1
    return uit | {"wisseling_in_periode": wisselt}


_CODES = ("srtiv", "lhkort", "cdzvw_m", "sa72")


def _perioden_per_opgave(perioden: Kolommen, aantal: int, bron: Getallen) -> tuple[Kolommen, Getallen, Getallen]:
    """The periods per record in order of begin date, with the first row and the number of those of each record."""
    if len(perioden["opgave"]) == aantal and (perioden["opgave"] == np.arange(aantal)).all():
        # One for every record, in the same order, as most deliveries have it.
        return perioden, bron, als_kolom(np.int64(1), len(bron))
    tabel = kies_rijen(perioden, op_volgorde(perioden["opgave"], perioden["begin"]))
    start = begin_van_gelijke(tabel["opgave"], aantal)
    van = start.take(bron)
    return tabel, van, start.take(bron + 1) - van


_GEEN = -1


def _meer_perioden(
    tabel: Kolommen, van: Getallen, hoeveel: Getallen, begin: Getallen, eind: Getallen
) -> tuple[Masker, Getallen]:
    """Of records with any number of periods: whether they change, and the row of the last that has begun, or -1.

    Args:
        tabel: the periods, per record in order of begin date.
        van, hoeveel: first row and number of the periods of each record.
        begin, eind: its first and last day worked.
    """
    # Row of `tabel` for every (record, period) pair.
    ouder, plaats = herhaal(hoeveel)
    rij = van[ouder] + plaats
    vanaf = tabel["begin"][rij]
    op_tijd = vanaf <= eind[ouder]
    laatste = grootste_per(ouder[op_tijd], rij[op_tijd], len(van), _GEEN)
    voor_begin = vanaf <= begin[ouder]
    eerste = grootste_per(ouder[voor_begin], rij[voor_begin], len(van), _GEEN)
    erin = op_tijd & (rij >= eerste[ouder])

    def wisselt(naam: str) -> Masker:
        waarde = tabel[naam][rij[erin]]
        grootste = grootste_per(ouder[erin], waarde, len(van), -(2**40))
        return np.asarray(grootste > -grootste_per(ouder[erin], -waarde, len(van), -(2**40)))

    telt_ooit = np.zeros(len(van), dtype=bool)
    telt_ooit[ouder[erin & ~np.isin(tabel["srtiv"][rij], (34, 43, 45))]] = True
    return (wisselt("srtiv") | wisselt("lhkort")) & telt_ooit, laatste


def _door_de_tijd(ikv: Getallen, rij: Kolommen) -> dict[str, Masker]:
    """What earlier records of the same inkomstenverhouding say about holiday allowance (rule N6)."""
    begin_groep = eerste_van_gelijke(ikv)

    def al_geweest(kenmerk: Masker) -> Masker:
        """Seen in this record or an earlier one of its group: the last row that has it lies in the group."""
        if not kenmerk.any():
            return np.zeros(len(ikv), dtype=bool)
        laatste = np.maximum.accumulate(np.where(kenmerk, np.arange(len(ikv)), -1))
        return np.asarray(laatste >= begin_groep)

    zonder = al_geweest(rij["VakBsl_bekend"] & (rij["VakBsl"] == 0))
    eerder = np.zeros(len(ikv), dtype=bool)
    eerder[1:] = zonder[:-1] & (begin_groep[1:] == begin_groep[:-1])
    return {"bouwt_op": al_geweest(rij["OpgRchtVakBsl"] > 0), "eerder_zonder_vakbsl": eerder}


def _overlapt(ikv: Getallen, begin: Getallen, eind: Getallen) -> Masker:
    """Records of one inkomstenverhouding whose tijdvakken overlap; both sides are marked (rule T1).

    Records stand in order of inkomstenverhouding and end.
    """
    uit = np.zeros(len(ikv), dtype=bool)
    # Where each begins after the end of the one before it, nothing overlaps: only the other groups are searched.
    verdacht = begin > eind
    verdacht[1:] |= (ikv[1:] == ikv[:-1]) & (begin[1:] <= eind[:-1])
    if verdacht.any():
        in_groep = np.zeros(int(ikv[-1]) + 1, dtype=bool)
        in_groep[ikv[verdacht]] = True
        rij = np.flatnonzero(in_groep.take(ikv))
        uit[rij] = _overlapt_in_groep(ikv[rij], begin[rij], eind[rij])
    return uit


def _overlapt_in_groep(ikv: Getallen, begin: Getallen, eind: Getallen) -> Masker:
    """The same for records in any order."""
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
    uniek = verschillend(maand)
    waarden = np.array([keuze(beleid.op(int(een))) for een in uniek])
    if (waarden == waarden[0]).all():
        return als_kolom(waarden[0], len(maand))
    per_maand = np.zeros(int(uniek[-1] - uniek[0]) + 1, dtype=waarden.dtype)
    per_maand[uniek - uniek[0]] = waarden
    return np.asarray(per_maand.take(maand - uniek[0]))


def beleid_van_opgaven(beleid: Beleid, maand: Getallen) -> dict[str, npt.NDArray[Any]]:
    """The settings of chapter N per record, by the month in which its tijdvak ends."""
    return {
        "maandelijks_meegenomen": beleid_per_rij(beleid, maand, lambda op: op.vakantiegeld == "maandelijks_meegenomen"),
        "terugverdelen": beleid_per_rij(beleid, maand, lambda op: op.bijzondere_beloning == "terugverdelen"),
        "bijzondere_beloning_drempel": beleid_per_rij(beleid, maand, _drempel_bijzondere_beloning).astype(np.int64),
    }


def _drempel_bijzondere_beloning(op: BeleidMaand) -> int:
    """The threshold above which special pay stops the household (rule N6); only `mens` ever does."""
    return op.bijzondere_beloning_drempel_cent if op.bijzondere_beloning == "mens" else BEDRAG_GRENS
