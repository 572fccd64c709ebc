"""From columns of text to columns of numbers, without a loop over rows.

Every function takes an Arrow string array and gives ``(values, good)``; a row that is null is not good. The
texts of one width are looked at as a matrix of bytes: one column per character.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from verrekening import maand as kalender
from verrekening.kolommen import Getallen, Masker
from verrekening.nummers import elfproef

Tekens: TypeAlias = npt.NDArray[np.uint8]
_MICRO = 1_000_000
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")


def matrix(kolom: pa.StringArray, breedte: int) -> tuple[Tekens, npt.NDArray[np.int64]]:
    """Bytes of the texts of exactly this many bytes, one row per text, and the row of each."""
    n = len(kolom)
    _, plekken, inhoud = kolom.buffers()
    if n == 0 or inhoud is None:
        return np.zeros((0, breedte), np.uint8), np.zeros(0, np.int64)
    grenzen = np.frombuffer(plekken, np.int32)[kolom.offset : kolom.offset + n + 1].astype(np.int64)
    rijen = np.flatnonzero(np.diff(grenzen) == breedte)
    if kolom.null_count:
        rijen = rijen[geldig(kolom)[rijen]]
    tekens = np.frombuffer(inhoud, np.uint8)
    begin = grenzen[rijen]
    if len(begin) and begin[-1] - begin[0] == breedte * (len(begin) - 1):
        # All texts lie side by side: the matrix is already there.
        return tekens[begin[0] : begin[-1] + breedte].reshape(-1, breedte), rijen
    return tekens[begin[:, None] + np.arange(breedte)], rijen


def geldig(kolom: pa.Array) -> Masker:
    """Where the column is not null."""
    if kolom.null_count == 0:
        return np.ones(len(kolom), dtype=bool)
    uit: Masker = kolom.is_valid().to_numpy(zero_copy_only=False)
    return uit


def _cijfers(tekens: Tekens, *plekken: int) -> tuple[Getallen, Masker]:
    """The number that the characters at these places spell, and whether all are digits."""
    waarde = np.zeros(len(tekens), np.int64)
    goed = np.ones(len(tekens), bool)
    for plek in plekken:
        cijfer = tekens[:, plek] - np.uint8(48)  # unsigned: everything before "0" becomes large
        goed &= cijfer < 10
        waarde = waarde * 10 + cijfer
    return waarde, goed


def _terug(n: int, rijen: npt.NDArray[np.int64], waarde: Getallen, goed: Masker) -> tuple[Getallen, Masker]:
    if len(rijen) == n:
        return np.where(goed, waarde, 0), goed
    alles, allemaal = np.zeros(n, np.int64), np.zeros(n, bool)
    alles[rijen] = np.where(goed, waarde, 0)
    allemaal[rijen] = goed
    return alles, allemaal


def _maand_uit(tekens: Tekens) -> tuple[Getallen, Masker]:
    jaar, a = _cijfers(tekens, 0, 1, 2, 3)
    maand, b = _cijfers(tekens, 5, 6)
    goed = a & b & (tekens[:, 4] == ord("-")) & (jaar >= 1) & (maand >= 1) & (maand <= 12)
    return np.where(goed, (jaar - 1970) * 12 + maand - 1, 0), goed


def _datum_uit(tekens: Tekens) -> tuple[Getallen, Masker]:
    maand, goed = _maand_uit(tekens)
    dag, cijfers = _cijfers(tekens, 8, 9)
    eerste = kalender.eerste_dag(maand)
    lengte = kalender.eerste_dag(maand + 1) - eerste
    goed = goed & cijfers & (tekens[:, 7] == ord("-")) & (dag >= 1) & (dag <= lengte)
    return eerste + dag - 1, goed


def maanden(kolom: pa.StringArray) -> tuple[Getallen, Masker]:
    """Months since 1970-01 of ``JJJJ-MM``."""
    tekens, rijen = matrix(kolom, 7)
    return _terug(len(kolom), rijen, *_maand_uit(tekens))


def datums(kolom: pa.StringArray) -> tuple[Getallen, Masker]:
    """Days since 1970-01-01 of ``JJJJ-MM-DD``."""
    tekens, rijen = matrix(kolom, 10)
    return _terug(len(kolom), rijen, *_datum_uit(tekens))


def bsns(kolom: pa.StringArray) -> tuple[Getallen, Masker]:
    """BSN: nine digits that pass the elfproef."""
    tekens, rijen = matrix(kolom, 9)
    nummer, goed = _cijfers(tekens, *range(9))
    return _terug(len(kolom), rijen, nummer, goed & elfproef(nummer))


def lhnrs(kolom: pa.StringArray) -> tuple[Getallen, Masker]:
    """Loonheffingennummer ``001234560L01``, as `verrekening.nummers.lees_lhnr` gives it."""
    tekens, rijen = matrix(kolom, 12)
    nummer, a = _cijfers(tekens, *range(9), 10, 11)
    return _terug(len(kolom), rijen, nummer, a & (tekens[:, 9] == ord("L")))


def momenten(kolom: pa.StringArray) -> tuple[Getallen, Masker]:
    """Microseconds since 1970 in UTC of ISO 8601; without offset the text is Europe/Amsterdam (rule N1)."""
    tekens, rijen = matrix(kolom, 25)
    waarde, goed = _terug(len(kolom), rijen, *_moment_met_verschil(tekens))
    # Other layouts (Z, no offset, fractions) are rare: per text, and each different text once.
    rest = np.flatnonzero(~goed & geldig(kolom))
    if len(rest):
        teksten = kolom.take(pa.array(rest)).to_pylist()
        gelezen = {tekst: _moment(tekst) for tekst in set(teksten)}
        for rij, tekst in zip(rest.tolist(), teksten, strict=True):
            moment = gelezen[tekst]
            if moment is not None:
                waarde[rij], goed[rij] = moment, True
    return waarde, goed


def _moment_met_verschil(tekens: Tekens) -> tuple[Getallen, Masker]:
    """``JJJJ-MM-DDTuu:mm:ss+uu:mm``."""
    dag, goed = _datum_uit(tekens)
    seconde = dag * 86_400
    for plek, eenheid, grens in ((11, 3600, 24), (14, 60, 60), (17, 1, 60)):
        deel, cijfers = _cijfers(tekens, plek, plek + 1)
        goed = goed & cijfers & (deel < grens)
        seconde = seconde + deel * eenheid
    uur, a = _cijfers(tekens, 20, 21)
    minuut, b = _cijfers(tekens, 23, 24)
    min_teken = tekens[:, 19] == ord("-")
    goed = goed & a & b & (uur < 24) & (minuut < 60) & (min_teken | (tekens[:, 19] == ord("+")))
    for plek, teken in ((10, "T"), (13, ":"), (16, ":"), (22, ":")):
        goed = goed & (tekens[:, plek] == ord(teken))
    verschil = uur * 3600 + minuut * 60
    return (seconde - np.where(min_teken, -verschil, verschil)) * _MICRO, goed


def _moment(tekst: str) -> int | None:
    if not tekst.isascii() or not _MOMENT.fullmatch(tekst):
        return None
    try:
        return kalender.lees_moment(tekst)
    except (ValueError, OverflowError):
        return None


def keuzes(kolom: pa.StringArray, woorden: tuple[str, ...]) -> tuple[Getallen, Masker]:
    """Place of each text in a list of words."""
    plek = pc.index_in(kolom, value_set=pa.array(woorden, pa.string()))
    goed = geldig(plek)
    return np.asarray(plek.fill_null(0).to_numpy(zero_copy_only=False), np.int64), goed


def past(kolom: pa.StringArray, patroon: str, langste: int) -> Masker:
    """Where a text matches a pattern (RE2) and has not more characters."""
    goed = pc.and_(pc.match_substring_regex(kolom, pattern=patroon), pc.less_equal(pc.utf8_length(kolom), langste))
    uit: Masker = goed.fill_null(False).to_numpy(zero_copy_only=False)
    return uit


def woorden(kolom: pa.StringArray, leeg: str) -> npt.NDArray[Any]:
    """The texts as an object column; ``leeg`` where null."""
    uit: npt.NDArray[Any] = kolom.fill_null(leeg).to_numpy(zero_copy_only=False)
    return uit
