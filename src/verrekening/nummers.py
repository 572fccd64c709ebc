"""BSN and loonheffingennummer as integers: the elfproef, the layout, and keeping a BSN out of text."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from verrekening.kolommen import Getallen, Masker

_LHNR = re.compile(r"(\d{9})L(\d{2})")
_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d{9}(?!\d)")


def elfproef(nummers: Getallen) -> Masker:
    """Whether each number of nine digits passes the elfproef (BSN, and the first nine of an LhNr).

    (9·d1 + 8·d2 + … + 2·d8) mod 11 must equal d9; a remainder of 10 is never valid.
    """
    nummers = np.asarray(nummers, dtype=np.int64)
    som = np.zeros_like(nummers)
    rest = nummers // 10
    for gewicht in range(2, 10):
        som += gewicht * (rest % 10)
        rest //= 10
    return np.asarray((som % 11 == nummers % 10) & (nummers > 0) & (nummers < 10**9))


@lru_cache(maxsize=4096)
def een_elfproef(nummer: int) -> bool:
    """Whether one number passes the elfproef; a payer and a person come back every month."""
    return bool(elfproef(np.array([nummer]))[0])


def lees_lhnr(tekst: str) -> int:
    """``001234560L01`` as one integer: nine digits × 100 + the two digits. Raises ValueError on another layout."""
    treffer = _LHNR.fullmatch(tekst)
    if treffer is None:
        raise ValueError("geen loonheffingennummer (negen cijfers, L, twee cijfers)")
    return int(treffer[1]) * 100 + int(treffer[2])


def toon_lhnr(lhnr: int) -> str:
    """The layout ``001234560L01`` of an integer made by `lees_lhnr`."""
    return f"{lhnr // 100:09d}L{lhnr % 100:02d}"


def zonder_bsn(tekst: str) -> str:
    """The text with every possible BSN made unreadable; for file names and echoed input."""
    return _NEGEN_CIJFERS.sub(
        lambda treffer: "*********" if elfproef(np.array([int(treffer[0])]))[0] else treffer[0], tekst
    )
