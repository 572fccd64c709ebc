"""From the administration to tables over all households and payment months, in pandas with whole cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from verrekening.administratie import Maandoverzicht
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import dag_van_moment, laatste_dag, lees_maand, toon_maand


@dataclass(frozen=True)
class Gegevens:
    """What stands over a row of payment months. ``p`` is the payment month, ``r`` the month a line is about.

    Attributes:
        maanden: the payment months, in order.
        betalingen: a row per household and p: the amounts.
        lijnen: a row per household, p and r: verrekend, nabetaald, dagen (from the end of r to the decision).
        signalen: a row per signal: code, gewicht, r, bedrag (0 without an amount).
        standen: a row per household, p and r: open, verrekend, nabetaald, ontvangst (month of receipt).
        vervangen: per p the number of decisions that new facts replaced.
        bewaard: flows of money that were made once (`cijfers.stroom`).
    """

    maanden: tuple[int, ...]
    betalingen: pd.DataFrame
    lijnen: pd.DataFrame
    signalen: pd.DataFrame
    standen: pd.DataFrame
    vervangen: dict[int, int]
    bewaard: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def namen(self) -> list[str]:
        """The payment months as text."""
        return [toon_maand(p) for p in self.maanden]


@dataclass(frozen=True)
class Maandtabellen:
    """One payment month: P, K, and the tables of `administratie.Maandoverzicht`."""

    betaalmaand: int
    peilmoment: int
    betalingen: pa.Table
    lijnen: pa.Table
    signalen: pa.Table
    standen: pa.Table
    vervangen: int = 0


def uit_administratie(overzichten: Sequence[Maandoverzicht]) -> Gegevens:
    """The tables of payment months as they were decided.

    Raises:
        AdministratieGeweigerd: a run was of a version that did not keep where months stood.
    """
    tabellen = []
    for een in overzichten:
        if een.standen is None:
            raise AdministratieGeweigerd(
                f"de run over {toon_maand(een.run.betaalmaand)} is van een versie die de standen nog niet bewaarde; "
                "begin later met --van"
            )
        tabellen.append(
            Maandtabellen(
                een.run.betaalmaand, een.run.peilmoment, een.betalingen, een.lijnen, een.signalen, een.standen,
                een.vervangen,
            )
        )  # fmt: skip
    return verzamel(tabellen)


def verzamel(maandtabellen: Sequence[Maandtabellen]) -> Gegevens:
    """The tables of payment months below each other."""
    delen: dict[str, list[pd.DataFrame]] = {"betalingen": [], "lijnen": [], "signalen": [], "standen": []}
    for een in maandtabellen:
        p = een.betaalmaand
        dag = dag_van_moment(een.peilmoment)
        lijnen = _tabel(een.lijnen, p, "rechtmaand")
        lijnen["dagen"] = dag - np.asarray(laatste_dag(lijnen["r"].to_numpy()), dtype=np.int64)
        standen = _tabel(een.standen, p, "maand")
        standen["ontvangst"] = maanden(een.standen["ontvangstmaand"])
        delen["betalingen"].append(_tabel(een.betalingen, p))
        delen["lijnen"].append(lijnen)
        delen["signalen"].append(_tabel(een.signalen, p, "maand"))
        delen["standen"].append(standen)
    return Gegevens(
        maanden=tuple(een.betaalmaand for een in maandtabellen),
        betalingen=_onder_elkaar(delen["betalingen"]),
        lijnen=_onder_elkaar(delen["lijnen"]),
        signalen=_onder_elkaar(delen["signalen"]),
        standen=_onder_elkaar(delen["standen"]),
        vervangen={een.betaalmaand: een.vervangen for een in maandtabellen},
    )


def _onder_elkaar(stukken: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(stukken, ignore_index=True)


def _tabel(tabel: pa.Table, p: int, maand: str | None = None) -> pd.DataFrame:
    """Text columns as text, ``…_cent`` as whole cents (unknown as 0), and the month as number."""
    kolommen: dict[str, object] = {}
    for naam in tabel.column_names:
        if naam.endswith("_cent"):
            kolommen[naam.removesuffix("_cent")] = np.asarray(tabel[naam].cast(pa.int64()).fill_null(0), dtype=np.int64)
        elif naam in ("dossiernummer", "code", "gewicht"):
            kolommen[naam] = tabel[naam].to_pylist()
    if maand is not None:
        kolommen["r"] = maanden(tabel[maand])
    uit = pd.DataFrame(kolommen)
    uit["p"] = np.int64(p)
    return uit


def maanden(kolom: pa.ChunkedArray) -> np.ndarray:
    """A column of ``YYYY-MM`` as months since 1970-01."""
    namen = kolom.combine_chunks().dictionary_encode()
    if isinstance(namen, pa.ChunkedArray):
        namen = namen.combine_chunks()
    nummers = np.array([lees_maand(naam) for naam in namen.dictionary.to_pylist()], dtype=np.int64)
    plaats = np.asarray(namen.indices, dtype=np.int64)
    return nummers[plaats] if len(plaats) else np.zeros(0, np.int64)
