"""Records that stand on their own (Suwinet, CSV) to the tables of a delivery: what is good, and why the rest is not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.kolommen import Getallen, Kolommen, Masker, kies_rijen
from verrekening.polis.tabel import AFGEKEURD_GETALLEN


class Oordeel:
    """First reason per row; a row without a reason is used."""

    def __init__(self, aantal: int) -> None:
        self.fout: Masker = np.zeros(aantal, np.bool_)
        self.redenen: dict[int, tuple[str, str]] = {}

    def keur_af(self, masker: Masker, veld: str, reden: str) -> None:
        """Refuse these rows for what is wrong in this field, unless they were refused already."""
        for rij in np.flatnonzero(masker & ~self.fout).tolist():
            self.redenen[rij] = (veld, reden)
        self.fout |= masker

    def keur_sleutel(self, tabel: Kolommen, bsn: str, lhnr: str, numiv: str) -> None:
        """Refuse rows without a usable key, with the names that the source gives its fields."""
        self.keur_af(
            tabel["bsn"] < 0, bsn, "het burgerservicenummer ontbreekt of is ongeldig (negen cijfers, elfproef)"
        )
        self.keur_af(tabel["lhnr"] < 0, lhnr, "het loonheffingennummer ontbreekt of is ongeldig")
        self.keur_af(tabel["numiv"] < 0, numiv, "het nummer inkomstenverhouding ontbreekt of is ongeldig")


@dataclass(frozen=True, slots=True)
class Gesplitst:
    """Tables of the good rows and of the refused ones of known persons, with row numbers local to this piece."""

    opgaven: Kolommen
    perioden: Kolommen
    afgekeurde_opgaven: Kolommen
    goed: Masker


def splits(tabel: Kolommen, perioden: Kolommen, oordeel: Oordeel) -> Gesplitst:
    """Divide the rows by the verdict. ``perioden["opgave"]`` are rows of ``tabel``."""
    goed = ~oordeel.fout
    nummer: Getallen = np.cumsum(goed) - 1
    blijft = goed[perioden["opgave"]] if len(goed) else np.zeros(0, np.bool_)
    perioden = kies_rijen(perioden, blijft)
    perioden["opgave"] = nummer[perioden["opgave"]]
    # Without a BSN nobody can be told whose record it is: it is counted and has a row, no more.
    geweigerd = kies_rijen({k: tabel[k] for k in ("bestand", *AFGEKEURD_GETALLEN)}, ~goed & (tabel["bsn"] >= 0))
    return Gesplitst(kies_rijen(tabel, goed), perioden, geweigerd, goed)
