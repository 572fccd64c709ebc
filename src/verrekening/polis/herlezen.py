"""The same delivery read more than once: later only for persons who were not known the first time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from verrekening.kolommen import Getallen, Kolommen, kies_rijen
from verrekening.polis.bronnen import vind_bestanden
from verrekening.polis.indeling import Indeling
from verrekening.polis.tabel import CORRECTIE, Bestand, Levering, samen

MET_AANGIFTE = ("opgaven", "intrekkingen", "afgekeurde_opgaven")


def kenmerk(pad: Path, indeling: Indeling | None = None) -> str:
    """What makes a file the same delivery: its content, and for a CSV also how its columns are read.

    Empty when the file cannot be read; reading it will say why.
    """
    try:
        with pad.open("rb") as ruw:
            return _kenmerk(hashlib.file_digest(ruw, "sha256").hexdigest(), pad.name, indeling)
    except OSError:
        return ""


def kenmerk_van(bestand: Bestand, indeling: Indeling | None = None) -> str:
    """The `kenmerk` of the file on disk that a delivery came in: itself, or the zip around it."""
    return bestand.archief_sha256 or _kenmerk(bestand.sha256, bestand.naam, indeling)


def kenmerken(paden: Sequence[Path], indeling: Indeling | None = None) -> tuple[str, ...]:
    """The `kenmerk` of all files that `verrekening.polis.lees` would read; raises what it raises."""
    return tuple(kenmerk(pad, indeling) for pad, _ in vind_bestanden(paden))


def _kenmerk(sha256: str, naam: str, indeling: Indeling | None) -> str:
    return f"{sha256}/{indeling.sha256}" if indeling is not None and naam.lower().endswith(".csv") else sha256


def samen_op_inhoud(leveringen: Sequence[Levering]) -> Levering:
    """Readings below each other, in which a wage return that was read twice is one wage return.

    Two readings of one file hold the records of different persons. Taken for two returns, the second would
    withdraw what only the first holds (rule N1: a VolledigeAangifte withdraws what it does not contain).
    """
    alles = samen(leveringen)
    dubbel = ontdubbel(alles.bestanden, alles.aangiften)
    if dubbel is None:
        return alles
    houd, wordt = dubbel
    tabellen: dict[str, Any] = {naam: verwijs(getattr(alles, naam), wordt) for naam in MET_AANGIFTE}
    return replace(
        alles,
        aangiften=kies_rijen(alles.aangiften, houd),
        idber=tuple(alles.idber[rij] for rij in houd.tolist()),
        **tabellen,
    )


def verwijs(tabel: Kolommen, wordt: Getallen) -> Kolommen:
    """A table with the rows that its wage returns became; -1 stays."""
    oud = tabel["aangifte"]
    return {**tabel, "aangifte": np.where(oud < 0, oud, wordt[oud])}


def ontdubbel(bestanden: Sequence[Bestand], aangiften: Kolommen) -> tuple[Getallen, Getallen] | None:
    """Which rows of ``aangiften`` stay when the same is read twice, and what each row becomes; None: all stay."""
    aantal = len(aangiften["bestand"])
    if aantal == 0:
        return None
    inhoud: dict[tuple[str, str], int] = {}
    nummer = np.array([inhoud.setdefault(_inhoud(een), len(inhoud)) for een in bestanden], dtype=np.int64)
    bestand = aangiften["bestand"]
    # The returns of a file stand together and in order: the n-th of two readings is the same one.
    begin = np.append(True, bestand[1:] != bestand[:-1])
    plaats = np.arange(aantal) - np.flatnonzero(begin)[np.cumsum(begin) - 1]
    kan = aangiften["soort"] <= CORRECTIE
    sleutel = np.where(kan, nummer[bestand] * (aantal + 1) + plaats, -1 - np.arange(aantal))
    _, eerste, groep = np.unique(sleutel, return_index=True, return_inverse=True)
    if len(eerste) == aantal:
        return None
    houd = np.sort(eerste)
    return houd, np.searchsorted(houd, eerste[groep])


def _inhoud(bestand: Bestand) -> tuple[str, str]:
    """What makes a delivery the same delivery, under whatever name it came."""
    if bestand.archief_sha256:
        return bestand.archief_sha256, bestand.naam.partition("/")[2]
    # Not read to its end: never the same as another.
    return bestand.sha256, "" if bestand.sha256 else bestand.naam
