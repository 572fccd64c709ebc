"""Which provisional parameters a household's month really used (rule P3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from verrekening.berekening.signalen import Verzamelaar
from verrekening.geld import Verhouding
from verrekening.kolommen import Getallen, Masker
from verrekening.motor.graaf import Graaf
from verrekening.motor.tabellen import groepen
from verrekening.parameters import Parameters
from verrekening.regels import NIVEAUS

_PLAATS = {niveau.naam: plaats for plaats, niveau in enumerate(NIVEAUS)}
Gebruik = tuple[int, int, str, str, str]
"""Level, place in the calculation, parameter, rule and article: sorting gives the order of calculation."""


@dataclass
class Voorlopig:
    """Collects uses of provisional parameters per month and household.

    Attributes:
        maanden: T months.
        aantal: number of households.
        gebruik: per use the cells (month × household) in which it happened.
    """

    maanden: Getallen
    aantal: int
    gebruik: dict[Gebruik, list[Getallen]] = field(default_factory=dict)

    def noteer_los(self, naam: str, nummer: str, artikel: str, maandrij: Getallen, huishouden: Getallen) -> None:
        """Notes a use at the level of records, which comes before all others."""
        self._voeg_toe((-1, 0, naam, nummer, artikel), maandrij * self.aantal + huishouden)

    def noteer(
        self,
        graaf: Graaf,
        kolommen: Mapping[str, Any],
        voorlopig: frozenset[str],
        maandrij: int,
        huishouden: Getallen,
        plek: Getallen,
        aantal: int,
    ) -> None:
        """Notes the parameters of one level and month whose formula ran on a base above 0.

        Args:
            graaf: the rules that ran.
            kolommen: their columns.
            voorlopig: names that are provisional in the month.
            maandrij: row of the month.
            huishouden: the households, and ``plek`` the row of each in the columns.
            aantal: number of rows of the columns.
        """
        for plaats, regel in enumerate(graaf.regels):
            for parameter, grondslag in regel.grondslag:
                if parameter in voorlopig:
                    raak = np.broadcast_to(kolommen[grondslag], (aantal,)) > 0
                    gebruik = (_PLAATS[graaf.niveau], plaats, parameter, regel.nummer, regel.artikel)
                    self.noteer_gebruik(gebruik, raak, maandrij, huishouden, plek)

    def noteer_gebruik(
        self, gebruik: Gebruik, raak: Masker, maandrij: int, huishouden: Getallen, plek: Getallen
    ) -> None:
        """Notes one use, in the rows where it happened."""
        if raak.any():
            self._voeg_toe(gebruik, maandrij * self.aantal + huishouden.compress(raak.take(plek)))

    @staticmethod
    def norm_gebruik(
        graaf: Graaf, kolommen: Mapping[str, Any], voorlopig: frozenset[str], aantal: int, parameters: Parameters
    ) -> list[tuple[Gebruik, Masker]]:
        """The amounts out of which each norm was chosen: those without which it would be another norm.

        Every norm is computed for every household and one is chosen; an amount of 0 instead of the provisional
        one shows where it was chosen, or was the ceiling of a raise (also one that did not bind).
        """
        uit: list[tuple[Gebruik, Masker]] = []
        gemaakt = {regel.naam for regel in graaf.regels}
        invoer = {naam: kolom for naam, kolom in kolommen.items() if naam not in gemaakt}
        for plaats, naam in enumerate(sorted(voorlopig & graaf.parameters)):
            waarde = invoer[naam]
            niets = Verhouding(0, waarde.noemer) if isinstance(waarde, Verhouding) else 0
            anders = graaf.reken(invoer | {naam: niets})
            raak = _verschilt(anders, kolommen, (aantal,))
            uit.append(((_PLAATS[graaf.niveau], plaats, naam, "B1", parameters.parameter(naam).artikel), raak))
        return uit

    def _voeg_toe(self, gebruik: Gebruik, cellen: Getallen) -> None:
        if len(cellen):
            self.gebruik.setdefault(gebruik, []).append(cellen)

    def meld(self, verzamelaar: Verzamelaar, parameters: Parameters) -> None:
        """One signal per household and month; rule and article of the first use, the text names all."""
        gebruikt = sorted(self.gebruik)
        if not gebruikt:
            return
        # One bit per use, 60 uses to a number: the cells need no sorting.
        bits = np.zeros((len(gebruikt) // 60 + 1, len(self.maanden) * self.aantal), dtype=np.int64)
        for nummer, een in enumerate(gebruikt):
            for deel in self.gebruik[een]:
                bits[nummer // 60][deel] |= 1 << nummer % 60
        cellen = np.flatnonzero(np.bitwise_or.reduce(bits))
        welke, een_van = groepen(*bits[:, cellen])
        # Few combinations occur: the words are made once for each.
        combinaties = [
            [een for nummer, een in enumerate(gebruikt) if bits[nummer // 60][cel] >> nummer % 60 & 1]
            for cel in cellen[een_van].tolist()
        ]
        regels, artikelen, wat = [], [], []
        for deze in combinaties:
            regels.append(deze[0][3])
            artikelen.append(deze[0][4])
            namen = dict.fromkeys(een[2] for een in deze)
            wat.append(", ".join(f"{parameters.parameter(naam).omschrijving} ({naam})" for naam in namen))
        keuze = pa.array(welke)

        def per_cel(teksten: list[str]) -> pa.Array:
            return pa.DictionaryArray.from_arrays(keuze, pa.array(teksten, pa.string()))

        verzamelaar.meld(
            "VOORLOPIGE_PARAMETER",
            cellen % self.aantal,
            self.maanden[cellen // self.aantal],
            wat=per_cel(wat),
            regel=per_cel(regels),
            artikel=per_cel(artikelen),
        )


def _verschilt(anders: Mapping[str, Any], kolommen: Mapping[str, Any], vorm: tuple[int, ...]) -> Masker:
    uit = np.zeros(vorm, dtype=bool)
    for naam in ("norm", "gehuwdennorm"):
        uit |= np.broadcast_to(anders[naam] != kolommen[naam], vorm)
    return uit
