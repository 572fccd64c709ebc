"""Rule N1: which version of a record counts at a knowledge moment.

Everything that changes a key (LhNr, BSN, NumIV, tijdvak) is an event: a record, a withdrawal
(``InkomstenverhoudingIntrekking``), or a later VolledigeAangifte that no longer contains it. Events are
put in the order of rule N1: moment, IdBer, position. The next event of the same key decides what became of a
record. A record of a source that delivers fewer fields and says nothing else is no event: it counts as replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verrekening.kolommen import Getallen, Kolommen, Masker, aantal
from verrekening.polis.koppen import TIJDVAK, Koppen
from verrekening.polis.tabel import SLEUTEL, Bestand, Levering
from verrekening.polis.verschil import groepen, verschilt, vertelt_iets

GEBRUIKT, VERVANGEN, INGETROKKEN, NA_PEILDATUM = 0, 1, 2, 3
_STATUS = ("gebruikt", "vervangen", "ingetrokken", "na_peildatum")


@dataclass(frozen=True, slots=True)
class Versies:
    """The verdict of rule N1.

    Attributes:
        status: per row of ``opgaven`` one of ``GEBRUIKT``, ``VERVANGEN``, ``INGETROKKEN``, ``NA_PEILDATUM``.
        correcties: one row per key whose used fields changed after they were first known: the columns of
            the key and ``moment``, that of the last such change.
    """

    status: np.ndarray[tuple[int], np.dtype[np.int8]]
    correcties: Kolommen


def bepaal(levering: Levering, peilmoment: int, koppen: Koppen | None = None) -> Versies:
    """Which version of each record counts at ``peilmoment`` (microseconds UTC).

    ``koppen``: of the wage returns, when many deliveries have the same; None: they are made.
    """
    opgaven, intrekkingen = levering.opgaven, levering.intrekkingen
    n = aantal(opgaven)
    koppen = Koppen(levering) if koppen is None else koppen
    rang = koppen.rang
    rijen = np.flatnonzero(opgaven["moment"] <= peilmoment)
    intrek = np.flatnonzero(intrekkingen["moment"] <= peilmoment)
    sleutels = [np.concatenate([opgaven[k][rijen], intrekkingen[k][intrek]]) for k in SLEUTEL]
    groep = groepen(sleutels)
    groep_opgave, groep_intrek = groep[: len(rijen)], groep[len(rijen) :]
    weg_groep, weg_aangifte = _niet_meer_in_volledige(levering, peilmoment, koppen, rijen, groep_opgave)

    # Within one message a withdrawal comes before the records: it is about versions known before it.
    gebeurtenis_groep = np.concatenate([groep_opgave, groep_intrek, weg_groep])
    aangifte = np.concatenate([opgaven["aangifte"][rijen], intrekkingen["aangifte"][intrek], weg_aangifte])
    plaats = np.concatenate([opgaven["volgorde"][rijen], np.full(len(intrek) + len(weg_groep), -1, np.int64)])
    opgave = np.concatenate([rijen, np.full(len(intrek) + len(weg_groep), -1, np.int64)])
    orde = np.lexsort((plaats, rang[aangifte], gebeurtenis_groep))
    g, o, a = gebeurtenis_groep[orde], opgave[orde], aangifte[orde]

    status = np.full(n, NA_PEILDATUM, np.int8)
    telt = vertelt_iets(levering, g, o)
    status[o[~telt]] = VERVANGEN
    g, o, a = g[telt], o[telt], a[telt]
    volgende = np.append(g[1:] == g[:-1], False) if len(g) else np.zeros(0, np.bool_)
    volgende_is_opgave = np.append(o[1:] >= 0, False) if len(g) else volgende
    is_opgave = o >= 0
    uitkomst = np.where(volgende, np.where(volgende_is_opgave, VERVANGEN, INGETROKKEN), GEBRUIKT).astype(np.int8)
    status[o[is_opgave]] = uitkomst[is_opgave]
    return Versies(status, _correcties(levering, g, o, a))


def tellingen(levering: Levering, versies: Versies) -> list[dict[str, int]]:
    """Per file the counts of which ``gelezen`` is the sum: one per status, onbekende_persoon, afgekeurd."""
    return per_bestand(levering.bestanden, tel(levering, versies))


def tel(levering: Levering, versies: Versies, mee: Masker | None = None) -> Getallen:
    """How many records of each file have each status: a row per file, a column per status.

    ``mee``: the records that are counted, None for all; the sum over blocks that count each record once is the whole.
    """
    plek = levering.opgaven["bestand"] * len(_STATUS) + versies.status
    plek = plek if mee is None else plek[mee]
    return np.bincount(plek, minlength=len(_STATUS) * len(levering.bestanden)).reshape(-1, len(_STATUS))


def per_bestand(bestanden: Sequence[Bestand], geteld: Getallen) -> list[dict[str, int]]:
    """What `tel` counted beside what reading counted, per file."""
    return [
        {**bestand.tellingen, **dict(zip(_STATUS, rij, strict=True))}
        for bestand, rij in zip(bestanden, geteld.tolist(), strict=True)
    ]


def _niet_meer_in_volledige(
    levering: Levering, peilmoment: int, koppen: Koppen, rijen: Getallen, groep: Getallen
) -> tuple[Getallen, Getallen]:
    """Withdrawals by silence: (key group, VolledigeAangifte) where the return came later and lacks the key.

    A refused record still stands in its return: it withdraws nothing (it stops the person elsewhere).
    """
    opgaven = levering.opgaven
    # First version of every key; it only meets returns after that.
    orde = np.lexsort((koppen.rang[opgaven["aangifte"][rijen]], groep))
    begin = np.diff(groep[orde], prepend=-1) != 0
    eerste, sleutel = rijen[orde[begin]], groep[orde[begin]]
    paar, paar_aangifte = koppen.volledige_na(
        [opgaven[k][eerste] for k in TIJDVAK], opgaven["aangifte"][eerste], peilmoment
    )
    paar_sleutel, paar_eerste = sleutel[paar], eerste[paar]
    bevat = _komt_voor([paar_aangifte, paar_sleutel], [opgaven["aangifte"][rijen], groep])
    geweigerd = levering.afgekeurde_opgaven
    for numiv in (opgaven["numiv"][paar_eerste], np.full(len(paar_eerste), -1, np.int64)):
        bevat |= _komt_voor(
            [paar_aangifte, opgaven["bsn"][paar_eerste], numiv],
            [geweigerd["aangifte"], geweigerd["bsn"], geweigerd["numiv"]],
        )
    return paar_sleutel[~bevat], paar_aangifte[~bevat]


def _komt_voor(zoek: Sequence[Getallen], in_: Sequence[Getallen]) -> Masker:
    """Per row of ``zoek`` whether the same row occurs in ``in_``."""
    groep = groepen([np.concatenate([a, b]) for a, b in zip(zoek, in_, strict=True)])
    return np.isin(groep[: len(zoek[0])], groep[len(zoek[0]) :])


def _correcties(levering: Levering, groep: Getallen, opgave: Getallen, aangifte: Getallen) -> Kolommen:
    """Keys of which a later event changed what was known; events are sorted by group and order."""
    vorige, nu = opgave[:-1], opgave[1:]
    zelfde = groep[1:] == groep[:-1]
    # A withdrawal of a record, or a record after a withdrawal, changes; two withdrawals in a row do not.
    anders = zelfde & ((vorige >= 0) != (nu >= 0))
    # A withdrawal before anything was known took nothing away: the first record after it corrects nothing.
    eerder_bekend = _eerder_een_opgave(groep, opgave)[1:]
    anders &= eerder_bekend
    beide = np.flatnonzero(zelfde & (vorige >= 0) & (nu >= 0))
    anders[beide] = verschilt(levering, vorige[beide], nu[beide])
    laatste = np.flatnonzero(anders)
    if len(laatste):
        laatste = laatste[np.append(groep[laatste][1:] != groep[laatste][:-1], True)]
    # Any record of the group names the key.
    met_opgave = np.flatnonzero(opgave >= 0)
    eerste = met_opgave[np.searchsorted(groep[met_opgave], groep[laatste])] if len(laatste) else laatste
    tabel = {naam: levering.opgaven[naam][opgave[eerste]] for naam in SLEUTEL}
    tabel["moment"] = levering.aangiften["moment"][aangifte[laatste + 1]]
    return tabel


def _eerder_een_opgave(groep: Getallen, opgave: Getallen) -> Masker:
    """Per event whether an earlier event of its group is a record."""
    if not len(groep):
        return np.zeros(0, np.bool_)
    is_opgave = (opgave >= 0).astype(np.int64)
    tot_hier = np.cumsum(is_opgave) - is_opgave
    begin = np.append(True, groep[1:] != groep[:-1])
    voor_groep = tot_hier[begin][np.cumsum(begin) - 1]
    return np.asarray(tot_hier > voor_groep)
