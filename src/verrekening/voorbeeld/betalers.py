"""Who pays: fictitious employers, temporary-work agencies, one benefits office and pension payers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.kolommen import Getallen, Masker
from verrekening.voorbeeld.loting import kans, kies, lhnrs, stroom, tussen

WERKGEVER, UITZENDBUREAU, UITKERING = "werk", "uitzend", "uitkering"
VORMEN = (WERKGEVER, UITZENDBUREAU, UITKERING)

_BRANCHES = (
    "Bakkerij", "Schoonmaak", "Zorggroep", "Horeca", "Bezorgdienst", "Supermarkt", "Kwekerij",
    "Logistiek", "Kinderopvang", "Thuiszorg", "Callcenter", "Catering", "Bouwbedrijf", "Winkel",
    "Transport", "Beveiliging",
)  # fmt: skip
_NAMEN = (
    "De Proef", "Het Voorbeeld", "De Dummy", "Nergenshuizen", "De Fictie", "Verzinsel", "De Testvlieger",
    "Modelstad", "Schijndelta", "Het Bedenksel", "De Nepster", "Denkbeeld",
)  # fmt: skip


@dataclass(frozen=True)
class Betalers:
    """One row per payer: the employers first, then the fixed payers.

    Attributes:
        lhnr: loonheffingennummer as integer (see `verrekening.nummers`).
        vorm: row in `VORMEN`.
        vierweken: True for a payer that files every four weeks.
        laat: True for a payer that files five weeks too late now and then.
        overheid: True for a public employer (SrtIV 11, Ufo instead of AWf).
        gewicht: relative number of employees.
        naam: name.
        uwv, svb, pensioen: rows of the benefits office, the payer of AOW and the pension payers.
    """

    lhnr: Getallen
    vorm: Getallen
    vierweken: Masker
    laat: Masker
    overheid: Masker
    gewicht: Getallen
    naam: tuple[str, ...]
    uwv: int
    svb: int
    pensioen: tuple[int, ...]

    @property
    def aantal(self) -> int:
        """Number of payers."""
        return len(self.lhnr)

    @property
    def werkgevers(self) -> int:
        """Number of employers and agencies: they are the first rows."""
        return self.uwv


def trek(seed: int, huishoudens: int) -> Betalers:
    """Draw the payers of a municipality of so many households: about one employer per sixteen."""
    rng = stroom(seed, "betalers")
    werkgevers = max(12, huishoudens // 16)
    aantal = werkgevers + 5
    vast = np.arange(aantal) >= werkgevers
    uitzend = kans(rng, aantal, 110) & ~vast
    uitzend[0] = True
    vorm = np.where(vast, VORMEN.index(UITKERING), np.where(uitzend, VORMEN.index(UITZENDBUREAU), 0))
    branche, naam = tussen(rng, aantal, 0, len(_BRANCHES) - 1), tussen(rng, aantal, 0, len(_NAMEN) - 1)
    namen = [f"{_BRANCHES[branche[i]]} {_NAMEN[naam[i]]} {i + 1}" for i in range(werkgevers)]
    namen += ["Uitkeringsinstantie Voorbeeld", "Ouderdomsbank Voorbeeld"]
    namen += [f"Pensioenfonds Voorbeeld {letter}" for letter in "ABC"]
    # A few large employers and many small ones, and agencies larger than the rest.
    gewicht = kies(rng, aantal, (1, 2, 4, 10, 30), (40, 30, 18, 9, 3)) * np.where(uitzend, 3, 1)
    return Betalers(
        lhnr=lhnrs(rng, aantal),
        vorm=vorm.astype(np.int64),
        vierweken=(kans(rng, aantal, 160) | (uitzend & kans(rng, aantal, 600))) & ~vast,
        laat=kans(rng, aantal, 40) & ~vast,
        overheid=kans(rng, aantal, 30) & ~vast & ~uitzend,
        gewicht=np.where(vast, 0, gewicht),
        naam=tuple(namen),
        uwv=werkgevers,
        svb=werkgevers + 1,
        pensioen=(werkgevers + 2, werkgevers + 3, werkgevers + 4),
    )
