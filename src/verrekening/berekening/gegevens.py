"""What the whole calculation reads, prepared once."""

from __future__ import annotations

from dataclasses import dataclass

from verrekening.beleid import Beleid
from verrekening.berekening.bereik import Bereik
from verrekening.berekening.bufferbudget import Bufferbudget
from verrekening.berekening.giften import Giften
from verrekening.berekening.overig import Overig
from verrekening.berekening.samenstelling import Leeftijden, Situatie
from verrekening.dossier import Dossiers
from verrekening.kolommen import Masker
from verrekening.parameters import Parameters


@dataclass(frozen=True)
class Zaakgegevens:
    """The facts, dated amounts and policy, by month where they differ by month.

    Attributes:
        zaken: the dossiers.
        bereik: months per household.
        situaties: household form per month of ``bereik.maanden``.
        telt_mee: [T, persons] who counts.
        leeftijden: ages of the persons.
        parameters: dated amounts.
        beleid: dated policy.
        overig: other income given per person and month.
        giften: gifts of the months.
        bufferbudget: decisions about the bufferbudget.
    """

    zaken: Dossiers
    bereik: Bereik
    situaties: list[Situatie]
    telt_mee: Masker
    leeftijden: Leeftijden
    parameters: Parameters
    beleid: Beleid
    overig: Overig
    giften: Giften
    bufferbudget: Bufferbudget
