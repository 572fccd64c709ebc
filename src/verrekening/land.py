"""Many municipalities, or years of simulation: each municipality a partition of its own, on one machine or on many.

Municipalities share nothing: a partition reads its own files, keeps its own administration and writes its own folders.
So the engine that spreads them needs to do no more than call `reken_gemeente` somewhere for each of them. Dask does
(ADR 0016): ``pip install 'verrekening[land]'``. Without it the same function runs one after the other.
"""

# ruff: noqa: PLC0415 - the library that spreads the work is optional
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verrekening.feiten import Opdracht
from verrekening.fouten import VerrekeningFout
from verrekening.maand import toon_maand
from verrekening.run import nacht


@dataclass(frozen=True)
class Gemeente:
    """One partition.

    Attributes:
        naam: what it is called in the result.
        opdrachten: payment months in order; each is a night.
        doel: folder below which every month gets its folder ``JJJJ-MM``.
        administratie: where its decisions are kept; None decides nothing.
    """

    naam: str
    opdrachten: tuple[Opdracht, ...]
    doel: Path
    administratie: str | None = None


@dataclass(frozen=True)
class Uitslag:
    """What came of one partition.

    Attributes:
        naam: of the municipality.
        controle: control totals per payment month, as in ``controle.json``.
        fout: why it stopped, None when every month is there. The other municipalities go on.
    """

    naam: str
    controle: dict[str, dict[str, Any]]
    fout: str | None = None


def reken_gemeente(gemeente: Gemeente) -> Uitslag:
    """The nights of one municipality, in order; a refusal is told and ends this one only."""
    controle: dict[str, dict[str, Any]] = {}
    gemeente.doel.mkdir(parents=True, exist_ok=True)
    for opdracht in gemeente.opdrachten:
        maand = toon_maand(opdracht.betaalmaand)
        try:
            besluit = nacht(opdracht, gemeente.doel / maand, gemeente.administratie)
        except VerrekeningFout as fout:
            return Uitslag(gemeente.naam, controle, f"{maand}: {fout}")
        controle[maand] = besluit.controle
    return Uitslag(gemeente.naam, controle)


def reken_land(gemeenten: Sequence[Gemeente], cluster: Any | None = None) -> list[Uitslag]:
    """All municipalities, in the order in which they were given.

    Args:
        gemeenten: the partitions.
        cluster: address of a Dask scheduler, or a ``distributed.LocalCluster``; None: here, one after the other.
    """
    if cluster is None:
        return [reken_gemeente(gemeente) for gemeente in gemeenten]
    from distributed import Client

    with Client(cluster) as client:  # type: ignore[no-untyped-call]
        # A night writes: it is done once, wherever it runs, and its answer is small.
        taken = client.map(reken_gemeente, gemeenten, pure=False, retries=0)
        uitslagen: list[Uitslag] = client.gather(taken)
    return uitslagen
