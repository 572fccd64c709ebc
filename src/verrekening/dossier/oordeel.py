"""Which of the dossiers that were read are accepted, in what order, and why the others are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from verrekening.dossier.blok import Geweigerd
from verrekening.dossier.onderling import Sleutels, Verzameling, dubbele_bsn, dubbele_nummers
from verrekening.dossier.platslaan import Fout
from verrekening.kolommen import Afkeuring, Getallen
from verrekening.nummers import zonder_bsn

_Rij: TypeAlias = tuple[int, int, str, str, str, str]  # file, line, dossiernummer, path, reason, what to do


@dataclass
class Stand:
    """What one piece of one file gave beside its tables, after the checks of each dossier by itself.

    Attributes:
        bestand: number of the file.
        sleutels: of each set of tables, in their order.
        fouten: of each set of tables; ``huishouden`` is a row in it.
        geweigerd: lines that have not the form.
        aantal: lines that are not blank.
    """

    bestand: int
    sleutels: list[Sleutels] = field(default_factory=list)
    fouten: list[list[Fout]] = field(default_factory=list)
    geweigerd: list[Geweigerd] = field(default_factory=list)
    aantal: int = 0


@dataclass(frozen=True)
class Oordeel:
    """What holds of everything that was read.

    Attributes:
        volgorde: rows of the accepted dossiers in all tables one after the other, by dossiernummer.
        afkeuringen: why the others were refused, in the order of the files; one row per reason.
        gelezen, geweigerd: lines that are not blank, and how many of those were refused.
    """

    volgorde: Getallen
    afkeuringen: tuple[Afkeuring, ...]
    gelezen: int
    geweigerd: int


class Keuring:
    """Gathers what must be known of all pieces, and then judges."""

    def __init__(self) -> None:
        self._sleutels = Verzameling()
        self._fouten: list[Fout] = []
        self._vormfouten: list[tuple[int, Geweigerd]] = []
        self._gelezen = 0

    def neem(self, stand: Stand) -> None:
        """The next piece, in the order of the files."""
        for deel, fouten in zip(stand.sleutels, stand.fouten, strict=True):
            begin = self._sleutels.voeg_toe(deel)
            self._fouten += [Fout(f.huishouden + begin, f.pad, f.reden, f.wat_te_doen) for f in fouten]
        self._vormfouten += [(stand.bestand, regel) for regel in stand.geweigerd]
        self._gelezen += stand.aantal

    def oordeel(self, namen: Sequence[str]) -> Oordeel:
        """Look across dossiers, and tell which of them are right.

        Args:
            namen: of the files, without any BSN.
        """
        alle = self._sleutels.alle()
        op_nummer, dubbel, dubbel_vorm = dubbele_nummers(alle, self._vormfouten)
        fouten = [*self._fouten, *dubbel, *dubbele_bsn(alle)]
        goed = np.ones(len(alle.regel), bool)
        goed[[fout.huishouden for fout in fouten]] = False
        # By number and not by place in a file, so that shuffled input gives the same answer.
        volgorde = op_nummer[goed[op_nummer]]
        rijen = [_rij(alle, fout) for fout in fouten]
        rijen += [
            (bestand, regel.regel, regel.dossiernummer, w.pad, w.reden, w.wat_te_doen)
            for (bestand, regel), extra in zip(self._vormfouten, dubbel_vorm, strict=True)
            for w in [*regel.weigeringen, *extra]
        ]
        afkeuringen = tuple(_afkeuring(namen, rij) for rij in sorted(rijen))
        return Oordeel(volgorde, afkeuringen, self._gelezen, self._gelezen - len(volgorde))


def _rij(alle: Sleutels, fout: Fout) -> _Rij:
    h = fout.huishouden
    nummer = alle.dossiernummer[h].as_py()
    return int(alle.bestand[h]), int(alle.regel[h]), nummer, fout.pad, fout.reden, fout.wat_te_doen


def _afkeuring(namen: Sequence[str], rij: _Rij) -> Afkeuring:
    bestand, regel, nummer, pad, reden, wat = rij
    onderwerp = pad or "de regel"
    return Afkeuring(
        bestand=namen[bestand],
        plaats=f"regel {regel}: {pad}" if pad else f"regel {regel}",
        dossiernummer=zonder_bsn(nummer),
        reden=f"{onderwerp} {reden}",
        wat_te_doen=wat,
    )
