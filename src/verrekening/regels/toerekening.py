"""T and A5. The month an income belongs to (Pw art. 32), and income that is still to come.

These rules make rows out of rows: one record becomes parts per month; an open inkomstenverhouding without
a record becomes a part with its last known amount.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from verrekening.geld import Exact, rekenkundig, verdeel
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import eerste_dag, laatste_dag, maand_van, werkdagen_van
from verrekening.motor.regel import tabelregel
from verrekening.motor.tabellen import herhaal, som_per


class Delen(NamedTuple):
    """Parts of amounts, one row per part, in order of time within each amount.

    Attributes:
        ouder: row of the amount that was split.
        maand: the month of the part.
        dagen: days of the part (calendar or working days), its weight in the split.
        binnen: whether these are days of assistance.
        bedrag: cents.
        wijze: how it was split, a number in `WIJZEN`.
    """

    ouder: Getallen
    maand: Getallen
    dagen: Getallen
    binnen: Masker
    bedrag: Getallen
    wijze: Getallen


WIJZEN = ("kalenderdagen", "werkdagen", "dertien_twaalfde", "dertig_achtentwintigste")
"""The ways of `beleid.toerekening`, by number."""
_TIJDENS = 1
"""Before, during and after the assistance: the place of the middle one."""
KALENDERDAGEN, WERKDAGEN, DERTIEN_TWAALFDE, DERTIG_ACHTENTWINTIGSTE = range(4)


@tabelregel(
    "T1",
    artikel="Pw art. 32 lid 1",
    zin="gewerkte periode = de dagen van het tijdvak binnen de inkomstenverhouding",
)
def gewerkte_periode(
    tv_begin: Getallen, tv_eind: Getallen, ikv_begin: Getallen, ikv_eind: Getallen
) -> tuple[Getallen, Getallen, Masker]:
    """First and last day worked, and whether the tijdvak lies wholly outside the inkomstenverhouding.

    Outside it, the tijdvak itself is returned, so that the record still has a place in time.
    """
    begin, eind = np.maximum(tv_begin, ikv_begin), np.minimum(tv_eind, ikv_eind)
    buiten = begin > eind
    return np.where(buiten, tv_begin, begin), np.where(buiten, tv_eind, eind), buiten


@tabelregel(
    "T2",
    artikel="Pw art. 32 lid 1",
    zin="het bedrag wordt naar kalenderdagen, of naar werkdagen, verdeeld over de maanden, en over de dagen vóór, tijdens en na de bijstand (T3)",
)
def verdeel_over_maanden(
    bedrag: Getallen,
    begin: Getallen,
    eind: Getallen,
    recht_begin: Getallen,
    recht_eind: Getallen,
    werkdagen: Masker,
) -> Delen:
    """Splits each amount once over all its months and over the days before, inside and after the assistance.

    Args:
        bedrag: cents.
        begin, eind: first and last day of the working period (eind not before begin).
        recht_begin, recht_eind: first and last day of assistance of the household.
        werkdagen: split by Monday to Friday; a working period without such a day is split by calendar days.

    Returns:
        The parts; they sum to the whole per amount (largest remainder, earliest part first on a tie).
    """
    eerste = maand_van(begin)
    # Nearly every wage is of one month, wholly inside the assistance: one part, which needs no splitting.
    heel = (maand_van(eind) == eerste) & (begin >= recht_begin) & (eind <= recht_eind) & ~werkdagen
    rij = np.flatnonzero(~heel)
    if not len(rij):
        return Delen(
            np.arange(len(bedrag)), eerste, eind - begin + 1, heel, bedrag, np.full(len(bedrag), KALENDERDAGEN)
        )
    van, recht = (begin.take(rij), eind.take(rij)), (recht_begin.take(rij), recht_eind.take(rij))
    delen = _splits(bedrag.take(rij), *van, *recht, werkdagen.take(rij))
    # Where the parts of each amount stand when all are put back in order.
    aantallen = heel.astype(np.int64)
    aantallen[rij] = np.bincount(delen.ouder, minlength=len(rij))
    ouder, _ = herhaal(aantallen)
    gesplitst = np.flatnonzero(~heel.take(ouder))

    def samen(hele: Any, deel: Any) -> Any:
        uit = np.full(len(ouder), hele) if np.ndim(hele) == 0 else hele.take(ouder)
        uit[gesplitst] = deel
        return uit

    return Delen(
        ouder,
        samen(eerste, delen.maand),
        samen(eind - begin + 1, delen.dagen),
        samen(True, delen.binnen),
        samen(bedrag, delen.bedrag),
        samen(KALENDERDAGEN, delen.wijze),
    )


def _splits(
    bedrag: Getallen, begin: Getallen, eind: Getallen, recht_begin: Getallen, recht_eind: Getallen, werkdagen: Masker
) -> Delen:
    """The same for amounts that may lie in several months or around the assistance."""
    eerste = maand_van(begin)
    ouder, plaats = herhaal(maand_van(eind) - eerste + 1)
    maand = eerste[ouder] + plaats
    van = np.maximum(eerste_dag(maand), begin[ouder])
    tot = np.minimum(laatste_dag(maand), eind[ouder])
    # A right that ends before it begins does not occur; the readers refuse it.
    tijdvakken = (
        (van, np.minimum(tot, recht_begin[ouder] - 1)),
        (np.maximum(van, recht_begin[ouder]), np.minimum(tot, recht_eind[ouder])),
        (np.maximum(van, recht_eind[ouder] + 1), tot),
    )
    kalender = np.stack([laatste - eerst + 1 for eerst, laatste in tijdvakken], axis=1).ravel()
    vol = np.flatnonzero(kalender > 0)
    rij, welke = np.divmod(vol, 3)
    dagen = kalender.take(vol)
    naar_werkdagen = werkdagen[ouder[rij]]
    if naar_werkdagen.any():
        werk = np.stack([werkdagen_van(eerst, laatste) for eerst, laatste in tijdvakken], axis=1).ravel()[vol]
        naar_werkdagen &= som_per(ouder[rij], werk, len(bedrag))[ouder[rij]] > 0
        dagen = np.where(naar_werkdagen, werk, dagen)
    wijze = np.where(naar_werkdagen, WERKDAGEN, KALENDERDAGEN)
    van = ouder.take(rij)
    return Delen(van, maand.take(rij), dagen, welke == _TIJDENS, verdeel(bedrag, van, dagen), wijze)


@tabelregel(
    "T2",
    artikel="Handboek Loonheffingen, kalender van de vierwekenaangifte",
    zin="vierwekenperiode: de eerste loopt van 1 januari tot en met de zondag van week 4, de volgende steeds 28 dagen, de dertiende tot en met 31 december",
)
def vierwekenperiode(tv_begin: Getallen, tv_eind: Getallen) -> Getallen:
    """Number 1 … 13 of the period in the 4-week calendar of its year; 0 for any other tijdvak."""
    nieuwjaar = eerste_dag(maand_van(tv_eind) // 12 * 12)
    vier = nieuwjaar + 3
    # 4 January always lies in ISO week 1; day 0 of the count, 1 January 1970, was a Thursday.
    eind_eerste = vier - (vier + 3) % 7 + 27
    # 0 for what ends in the first days of a first period of more than 28 days: no period ends there.
    nummer = np.minimum(-((eind_eerste - tv_eind) // 28) + 1, 13)
    begin = np.where(nummer == 1, nieuwjaar, eind_eerste + (nummer - 2) * 28 + 1)
    oudjaar = eerste_dag(maand_van(tv_eind) // 12 * 12 + 12) - 1
    eind = np.where(nummer == 13, oudjaar, eind_eerste + (nummer - 1) * 28)
    return np.where((tv_begin == begin) & (tv_eind == eind), nummer, 0)


@tabelregel(
    "T2",
    artikel="Pw art. 32 lid 1; beleid.toerekening",
    zin="vierwekenbedrag: × 13/12 in de maand met het nummer van de periode (de dertiende telt niet), of × 30/28 in de maand waarin de periode eindigt; naar dagen met recht in die maand (T3)",
)
def reken_om_naar_maand(
    bedrag: Getallen,
    periode: Getallen,
    tv_eind: Getallen,
    recht_begin: Getallen,
    recht_eind: Getallen,
    dertien_twaalfde: Masker,
) -> Delen:
    """Makes each 4-week amount the amount of one month; only the part over days with right in it counts.

    Args:
        bedrag: cents.
        periode: number in the 4-week calendar, 1 … 13.
        tv_eind: last day of the tijdvak.
        recht_begin, recht_eind: first and last day of assistance of the household.
        dertien_twaalfde: × 13/12; else × 30/28.
    """
    eindmaand = maand_van(tv_eind)
    geteld = dertien_twaalfde & (periode <= 12)
    maand = np.where(geteld, eindmaand // 12 * 12 + periode - 1, eindmaand)
    teller, noemer = np.where(dertien_twaalfde, 13, 30), np.where(dertien_twaalfde, 12, 28)
    per_maand = np.where(dertien_twaalfde & (periode == 13), 0, rekenkundig(Exact(bedrag * teller, noemer)))
    delen = deel_van_maand(per_maand, maand, recht_begin, recht_eind)
    wijze = np.where(dertien_twaalfde, DERTIEN_TWAALFDE, DERTIG_ACHTENTWINTIGSTE)
    return delen._replace(wijze=wijze[delen.ouder])


@tabelregel(
    "T3",
    artikel="Pw art. 32 lid 1 onder b; beleid.toerekening",
    zin="deel van het maandbedrag over dagen met recht = maandbedrag × dagen met recht / dagen van de maand",
)
def deel_van_maand(bedrag: Getallen, maand: Getallen, recht_begin: Getallen, recht_eind: Getallen) -> Delen:
    """The part of an amount per month over the days with right in it (inside), and the rest (outside)."""
    dagen_maand = eerste_dag(maand + 1) - eerste_dag(maand)
    met_recht = np.minimum(laatste_dag(maand), recht_eind) - np.maximum(eerste_dag(maand), recht_begin) + 1
    met_recht = np.maximum(met_recht, 0)
    telt = rekenkundig(Exact(bedrag * met_recht, dagen_maand))
    dagen = np.stack([met_recht, dagen_maand - met_recht], axis=1).ravel()
    vol = dagen > 0
    ouder = np.repeat(np.arange(len(bedrag)), 2)[vol]
    return Delen(
        ouder,
        maand[ouder],
        dagen[vol],
        np.tile(np.array([True, False]), len(bedrag))[vol],
        np.stack([telt, bedrag - telt], axis=1).ravel()[vol],
        np.full(len(ouder), KALENDERDAGEN),
    )


@tabelregel(
    "N6",
    artikel="Pw art. 32 lid 2; beleid.bijzondere_beloning",
    zin="bijzondere beloning in gelijke delen over de maanden vanaf januari, of vanaf de maand waarin de inkomstenverhouding begint, tot en met de maand waarin het tijdvak eindigt",
)
def verdeel_terug(bedrag: Getallen, ikv_begin: Getallen, tv_eind: Getallen) -> tuple[Getallen, Getallen, Getallen]:
    """Row of the amount, month and cents of each equal part of special pay (earliest month first on a tie)."""
    laatste = maand_van(tv_eind)
    eerste = np.minimum(np.maximum(laatste // 12 * 12, maand_van(ikv_begin)), laatste)
    ouder, plaats = herhaal(laatste - eerste + 1)
    return ouder, eerste[ouder] + plaats, verdeel(bedrag, ouder, np.ones(len(ouder), dtype=np.int64))


@tabelregel(
    "A5",
    artikel="Pw art. 31 lid 1, art. 32 lid 1",
    zin="open in de maand: begonnen op of voor de eerste dag, geen einde voor de laatste dag, en de laatste opgave eindigt niet eerder dan drie maanden terug",
)
def open_in_maand(maanden: Getallen, ikv_begin: Getallen, ikv_eind: Getallen, laatste_opgave_eind: Getallen) -> Masker:
    """Which inkomstenverhoudingen (rows) are open in which months (columns)."""
    begonnen = ikv_begin[:, None] <= eerste_dag(maanden)[None, :]
    loopt = ikv_eind[:, None] >= laatste_dag(maanden)[None, :]
    recent = laatste_opgave_eind[:, None] >= eerste_dag(maanden - 3)[None, :]
    return np.asarray(begonnen & loopt & recent)


@tabelregel(
    "A5",
    artikel="Pw art. 32 lid 1",
    zin="laatst bekende maand = de laatste eerdere maand die geheel door opgaven zonder stop is gedekt",
)
def laatst_bekende_maand(geheel_gedekt: Masker) -> Getallen:
    """For each row and month (column): the last earlier column that is wholly covered, or -1."""
    kolom = np.where(geheel_gedekt, np.arange(geheel_gedekt.shape[1])[None, :], -1)
    laatste = np.maximum.accumulate(kolom, axis=1)
    return np.concatenate([np.full((len(kolom), 1), -1, dtype=laatste.dtype), laatste[:, :-1]], axis=1)
