"""Text of the XML to int64, a whole column at a time: cents, days, numbers, yes/no. Never through a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN, lees_datum
from verrekening.nummers import elfproef

Teksten = Sequence[str | None]
"""Text of one element per record; None when the element is absent, "" when it is empty."""

GOED, ONGELDIG, BUITEN_BEREIK = 0, 1, 2

# xs:decimal with two decimals; more zeros behind them are the same value.
_BEDRAG = r"^[+-]?(\d{1,30}(\.\d{0,2}0{0,8})?|\.\d{1,2}0{0,8})$"
# GRENS_CENT (10**9) as a pattern: at most seven digits before the point.
_IN_BEREIK = r"^[+-]?(0{0,12}\d{1,7}(\.\d{0,2}0{0,8})?|\.\d{1,2}0{0,8})$"
_DATUM = r"^\d{4}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?$"
# Markers for "no date" seen in deliveries; a date in year 9999 is one as well.
_EEN_DATUM = re.compile(_DATUM, re.ASCII)
_OPEN_DATUM = r"^(9999-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?|9999123[01]|00000000)$"


def _kolom(teksten: Teksten) -> Any:
    """Arrow column without the white space around the text (XML Schema collapses it for these types)."""
    return pc.ascii_trim_whitespace(teksten if isinstance(teksten, pa.Array) else pa.array(teksten, pa.string()))


def _masker(kolom: Any) -> Masker:
    return np.asarray(pc.fill_null(kolom, False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def _past(kolom: Any, patroon: str) -> Masker:
    return _masker(pc.match_substring_regex(kolom, patroon))


def _waar_anders(masker: Masker, kolom: Any, anders: str) -> Any:
    return pc.if_else(pa.array(masker), kolom, anders)


def bedragen(teksten: Teksten) -> tuple[Getallen, Masker, Getallen]:
    """Amounts in euros as text (decimal point, at most two decimals, either sign) to cents.

    Returns:
        cents (0 when absent or refused), whether the amount is known, and the verdict: ``GOED``, ``ONGELDIG``
        (not an amount) or ``BUITEN_BEREIK`` (``GRENS_CENT`` or more).
    """
    kolom = _kolom(teksten)
    aanwezig = _masker(pc.is_valid(kolom))
    goed = _past(kolom, _IN_BEREIK)
    oordeel = np.full(len(goed), GOED, np.int64)
    if (fout := aanwezig & ~goed).any():
        oordeel[fout] = np.where(_past(kolom, _BEDRAG), BUITEN_BEREIK, ONGELDIG)[fout]
    getal = pc.cast(_waar_anders(goed, kolom, "0"), pa.decimal128(38, 2))
    return _centen(getal), goed, oordeel


def _centen(getal: Any) -> Getallen:
    """The unscaled integers of a decimal128 column; they fit in 64 bits, so the low half is the value."""
    woorden = np.frombuffer(getal.buffers()[1], dtype="<i8")
    begin = getal.offset * 2
    return np.array(woorden[begin : begin + 2 * len(getal) : 2], dtype=np.int64)


def datums(teksten: Teksten, open_waarde: int) -> tuple[Getallen, Masker]:
    """Dates ``YYYY-MM-DD`` to days; absent, year 9999 and the other markers are ``open_waarde``.

    Returns:
        days since 1970-01-01 (``open_waarde`` when refused) and whether the text is refused.
    """
    kolom = _kolom(teksten)
    aanwezig = _masker(pc.is_valid(kolom))
    open_ = _past(kolom, _OPEN_DATUM)
    vorm = _past(kolom, _DATUM) & ~open_
    tekst = _waar_anders(vorm, kolom, "1970-01-01")
    jaar, maand, dag = (
        np.asarray(pc.cast(pc.utf8_slice_codeunits(tekst, a, b), pa.int64())) for a, b in ((0, 4), (5, 7), (8, 10))
    )
    bestaat = vorm & (jaar > 0) & (maand >= 1) & (maand <= 12) & (dag >= 1)
    maanden = np.where(bestaat, (jaar - 1970) * 12 + maand - 1, 0)
    eerste = maanden.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    volgende = (maanden + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    dagen = eerste + dag - 1
    bestaat &= dagen < volgende
    return np.where(bestaat, dagen, open_waarde), aanwezig & ~open_ & ~bestaat


def getallen(teksten: Teksten, cijfers: int, afwezig: int, fout: int) -> Getallen:
    """Whole numbers of at most so many digits, leading zeros apart; ``afwezig`` and ``fout`` stand in."""
    kolom = _kolom(teksten)
    aanwezig = _masker(pc.is_valid(kolom))
    goed = _past(kolom, rf"^0{{0,12}}\d{{1,{cijfers}}}$")
    waarde = np.asarray(pc.cast(_waar_anders(goed, kolom, "0"), pa.int64()))
    return np.where(goed, waarde, np.where(aanwezig, fout, afwezig)).astype(np.int64)


def bsns(teksten: Teksten) -> Getallen:
    """BSNs of nine digits that pass the elfproef; -1 for anything else."""
    kolom = _kolom(teksten)
    goed = _past(kolom, r"^\d{9}$")
    waarde = np.asarray(pc.cast(_waar_anders(goed, kolom, "0"), pa.int64()))
    return np.where(goed & elfproef(waarde), waarde, -1).astype(np.int64)


def is_tekst(teksten: Teksten, waarde: str) -> Getallen:
    """1 where the text is this value, 0 for another text, -1 when absent."""
    kolom = _kolom(teksten)
    gelijk = _masker(pc.equal(kolom, waarde))
    return np.where(gelijk, 1, np.where(_masker(pc.is_valid(kolom)), 0, -1)).astype(np.int64)


def ja_nee(teksten: Teksten) -> Getallen:
    """1 for J, 0 for N, -1 for absent or anything else (unknown is not no)."""
    kolom = _kolom(teksten)
    return np.where(_masker(pc.equal(kolom, "J")), 1, np.where(_masker(pc.equal(kolom, "N")), 0, -1)).astype(np.int64)


def een_datum(tekst: str | None) -> int | None:
    """One date to days since 1970-01-01; None when absent, open or not a date. As `datums`, without a column."""
    kaal = (tekst or "").strip(" \t\r\n")
    if _EEN_DATUM.fullmatch(kaal) is None or kaal.startswith("9999"):
        return None
    try:
        return lees_datum(kaal[:10])
    except ValueError:
        return None


def lhnrs(teksten: Teksten) -> Getallen:
    """Loonheffingennummers ``001234560L01`` as `verrekening.nummers.lees_lhnr` reads one; -1 for anything else."""
    kolom = _kolom(teksten)
    goed = _past(kolom, r"^\d{9}L\d{2}$")
    tekst = _waar_anders(goed, kolom, "000000000L00")
    delen = (pc.utf8_slice_codeunits(tekst, a, b) for a, b in ((0, 9), (10, 12)))
    nummer, onder = (np.asarray(pc.cast(deel, pa.int64())) for deel in delen)
    return np.where(goed, nummer * 100 + onder, -1).astype(np.int64)


def datums_van_cijfers(teksten: Teksten) -> tuple[Getallen, Getallen, Masker]:
    """Dates ``YYYYMMDD`` of Suwinet, in which a month or day of zeros is an unknown part.

    Returns:
        first and last day it can be (``-OPEN`` and ``OPEN`` when absent, all zeros, or in year 0 or 9999), and whether
        the text is refused.
    """
    kolom = _kolom(teksten)
    vorm = _past(kolom, r"^\d{8}$")
    cijfers = np.asarray(pc.cast(_waar_anders(vorm, kolom, "0"), pa.int64()))
    jaar, maand, dag = cijfers // 10_000, cijfers // 100 % 100, cijfers % 100
    open_ = ~vorm | (jaar == 0) | (jaar == 9999)
    bestaat = ~open_ & (maand <= 12) & (dag <= 31)
    heel_jaar = bestaat & (maand == 0)
    m0 = np.where(bestaat, (jaar - 1970) * 12 + np.maximum(maand, 1) - 1, 0)
    m1 = np.where(heel_jaar, m0 + 12, m0 + 1)
    begin, na = (m.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) for m in (m0, m1))
    precies = bestaat & (maand > 0) & (dag > 0)
    bestaat &= ~precies | (begin + dag - 1 < na)
    eerste = np.where(precies, begin + dag - 1, begin)
    laatste = np.where(precies, begin + dag - 1, na - 1)
    fout = (_masker(pc.is_valid(kolom)) & ~vorm) | (~open_ & ~bestaat)
    return np.where(bestaat, eerste, -OPEN), np.where(bestaat, laatste, OPEN), fout


def centen_met_teken(waarden: Teksten, tekens: Teksten) -> tuple[Getallen, Masker, Getallen]:
    """Amounts of Suwinet: whole cents without a sign, and ``+`` or ``-`` beside them (absent: plus), to cents.

    Returns:
        cents, whether the amount is known, and the verdict, as `bedragen`.
    """
    kolom, teken = _kolom(waarden), _kolom(tekens)
    aanwezig = _masker(pc.is_valid(kolom))
    min_ = _masker(pc.equal(teken, "-"))
    goed_teken = min_ | _masker(pc.equal(teken, "+")) | ~_masker(pc.is_valid(teken))
    goed = _past(kolom, r"^0{0,17}\d{1,9}$") & goed_teken
    oordeel = np.full(len(goed), GOED, np.int64)
    if (fout := aanwezig & ~goed).any():
        oordeel[fout] = np.where(_past(kolom, r"^\d{1,30}$") & goed_teken, BUITEN_BEREIK, ONGELDIG)[fout]
    centen = np.asarray(pc.cast(_waar_anders(goed, kolom, "0"), pa.int64()))
    return np.where(min_, -centen, centen), goed, oordeel
