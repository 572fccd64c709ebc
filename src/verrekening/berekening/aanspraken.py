"""The claims of all months, back to the parts of income that brought them (rule V4)."""

from __future__ import annotations

from typing import Any

import numpy as np

from verrekening.berekening.inkomen import Maanddelen
from verrekening.kolommen import Getallen, Masker, als_kolom
from verrekening.regels.vakantiegeld import AANSPRAKEN, verdeel_aanspraak


class Aanspraken:
    """Takes the claims of every month in, and splits them all at once: a claim knows only its own month."""

    def __init__(self) -> None:
        self._bedragen: list[Getallen] = []
        self._aow: list[Masker] = []
        self._wie: list[Getallen] = []
        self._aantal = 0

    def voeg_toe(self, van_deel: Getallen, personen: Getallen, persoon: dict[str, Any], aantal: int) -> None:
        """The claims of one month.

        Args:
            van_deel: the person of each part of income of the month.
            personen: the persons that are computed, and ``persoon`` their columns of the level `persoon_maand`.
            aantal: number of all persons.
        """
        bedragen = [als_kolom(sum(persoon[naam] for naam in namen), len(personen)) for namen in AANSPRAKEN]
        plek = np.full(aantal, -1, dtype=np.int64)
        plek[personen] = np.arange(self._aantal, self._aantal + len(personen))
        self._bedragen.append(np.stack(bedragen))
        self._aow.append(als_kolom(persoon["aow_leeftijd"], len(personen)))
        self._wie.append(plek.take(van_deel))
        self._aantal += len(personen)

    def per_deel(self, delen: Maanddelen) -> Getallen:
        """The claim that each part of income brought, cents; ``delen`` are the parts of all months, in order."""
        if not self._wie:
            return np.zeros(len(delen), dtype=np.int64)
        wie, aow = np.concatenate(self._wie), np.concatenate(self._aow)
        bedragen = np.concatenate(self._bedragen, axis=1)
        return verdeel_aanspraak(bedragen, wie, aow.take(wie), delen.categorie, delen.bedrag)
