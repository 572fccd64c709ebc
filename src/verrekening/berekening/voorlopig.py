"""Which provisional parameters a household's month really used (rule P3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from verrekening.berekening.signalen import Verzamelaar
from verrekening.kolommen import Getallen
from verrekening.motor.graaf import Graaf


@dataclass
class Voorlopig:
    """Collects uses of provisional parameters as bits per month and household.

    Attributes:
        maanden: T months.
        gebruik: [T, H] one bit per parameter.
        namen: (parameter, rule, article) per bit, in order of calculation.
    """

    maanden: Getallen
    gebruik: Getallen
    namen: list[tuple[str, str, str]] = field(default_factory=list)

    @classmethod
    def leeg(cls, maanden: Getallen, aantal: int) -> Voorlopig:
        """Nothing used yet."""
        return cls(maanden, np.zeros((len(maanden), aantal), dtype=np.int64))

    def bit(self, naam: str, nummer: str, artikel: str) -> np.int64:
        """The bit of a parameter."""
        for plaats, (bekend, _, _) in enumerate(self.namen):
            if bekend == naam:
                return np.int64(1) << np.int64(plaats)
        self.namen.append((naam, nummer, artikel))
        return np.int64(1) << np.int64(len(self.namen) - 1)

    def noteer(
        self,
        graaf: Graaf,
        kolommen: Mapping[str, Any],
        voorlopig: frozenset[str],
        maandrij: int,
        huishouden: Getallen,
    ) -> None:
        """Notes the parameters of one level and month whose formula ran on a base above 0.

        Args:
            graaf: the rules that ran.
            kolommen: their columns.
            voorlopig: names that are provisional in the month.
            maandrij: row of the month.
            huishouden: household of each row of the columns.
        """
        for regel in graaf.regels:
            for parameter, grondslag in regel.grondslag:
                if parameter in voorlopig:
                    raak = np.broadcast_to(kolommen[grondslag], huishouden.shape) > 0
                    bit = self.bit(parameter, regel.nummer, regel.artikel)
                    np.bitwise_or.at(self.gebruik[maandrij], huishouden[raak], bit)

    def meld(self, verzamelaar: Verzamelaar, omschrijving: Mapping[str, str]) -> None:
        """One signal per household and month; rule and article of the first use, the text names all."""
        rij, huishouden = np.nonzero(self.gebruik)
        uniek, plaats = np.unique(self.gebruik[rij, huishouden], return_inverse=True)
        eerste, wat = [], []
        for bits in uniek:
            gebruikt = [naam for nummer, naam in enumerate(self.namen) if int(bits) >> nummer & 1]
            eerste.append(gebruikt[0])
            wat.append(", ".join(f"{omschrijving.get(naam, naam)} ({naam})" for naam, _, _ in gebruikt))
        keuze = pa.array(plaats)
        verzamelaar.meld(
            "VOORLOPIGE_PARAMETER",
            huishouden,
            self.maanden[rij],
            wat=pa.array(wat, pa.string()).take(keuze),
            regel=pa.array([een[1] for een in eerste], pa.string()).take(keuze),
            artikel=pa.array([een[2] for een in eerste], pa.string()).take(keuze),
        )
