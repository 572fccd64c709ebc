"""The tables of a night, written block of households after block; and what each block adds to the administration."""

# ruff: noqa: PLC0415 - a run without an administration does not load the database
from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from verrekening import polis, uitvoer
from verrekening.berekening import Uitkomst
from verrekening.feiten import Feiten

if TYPE_CHECKING:
    from verrekening.administratie import Boek, Verschillen

_DELEN = ("werkvoorraad", "signalen", "standen")
"""Tables that the administration keeps."""


class Tabellen(ExitStack):
    """The files of a run while they are written; used as a context, which closes them.

    Attributes:
        som: counts and sums of all blocks so far (`uitvoer.deeltotalen`).
        per_status: [deliveries, statuses] records of all blocks so far.
        verschillen: what the blocks add to what stands; None without an administration.
        nieuw_open: cases that were not on the work list of the run before.
        oudste_dagen: days that the oldest case is open.
    """

    def __init__(self, map_: Path, werkmap: Path, vingerafdruk: str, boek: Boek | None) -> None:
        """``map_``: of the outputs; ``werkmap``: for what goes to the administration."""
        super().__init__()
        self.som: dict[str, Any] = {}
        self.per_status = np.zeros((0, 0), np.int64)
        self.nieuw_open = self.oudste_dagen = 0
        self._boek, self._werkmap = boek, werkmap
        self._vorige = None if boek is None else boek.vorige_werkvoorraad()
        self.verschillen: Verschillen | None = None
        if boek is not None:
            from verrekening.administratie import Verschillen

            self.verschillen = Verschillen(werkmap)
            self.callback(self.verschillen.sluit)
        metadata = {"verrekening.bewijs": vingerafdruk}
        self._csv = {naam: self.enter_context(uitvoer.csv_bestand(map_ / f"{naam}.csv")) for naam in _CSV}
        self._parquet = {
            naam: self.enter_context(uitvoer.parquet_bestand(map_ / f"{naam}.parquet", metadata)) for naam in _PARQUET
        }
        self._delen = {
            naam: self.enter_context(uitvoer.parquet_bestand(werkmap / f"deel-{naam}.parquet"))
            for naam in (_DELEN if boek is not None and boek.besluit else ())
        }

    def voeg_toe(self, feiten: Feiten, uitkomst: Uitkomst, peilmoment: int) -> None:
        """The rows of a block, computed at K."""
        p = uitkomst.bereik.betaalmaand
        voorstel, maanden, signalen = (
            uitvoer.betaalvoorstel(uitkomst),
            uitvoer.maanden(uitkomst),
            uitvoer.signalen(uitkomst),
        )
        werk = uitvoer.werkvoorraad(uitkomst, signalen)
        if self._boek is not None and self.verschillen is not None:
            self.verschillen.voeg_toe(self._boek.vergelijk(p, feiten.zaken, voorstel, maanden, heel=feiten.heel))
            werk = self._met_ouderdom(werk, p, peilmoment)
            delen = {"werkvoorraad": werk, "signalen": signalen, "standen": uitvoer.standen(uitkomst)}
            for naam, voeg_toe in self._delen.items():
                voeg_toe(delen[naam])
            werk = werk.drop_columns(["zaak"])
        self.som = uitvoer.tel_op([self.som, uitvoer.deeltotalen(uitkomst, voorstel, maanden, signalen)])
        per_status = polis.tel(feiten.levering, feiten.versies, feiten.telt)
        self.per_status = self.per_status + per_status if self.per_status.size else per_status
        for naam, tabel in {"betaalvoorstel": voorstel, "werkvoorraad": werk}.items():
            self._csv[naam](tabel)
        for naam, tabel in {"betaalvoorstel": voorstel, "maanden": maanden, "signalen": signalen}.items():
            self._parquet[naam](tabel)

    def _met_ouderdom(self, werk: pa.Table, betaalmaand: int, peilmoment: int) -> pa.Table:
        werk = uitvoer.met_ouderdom(werk, self._vorige, betaalmaand, peilmoment)
        dagen = werk["dagen_open"].to_numpy()
        self.nieuw_open += int((dagen == 0).sum())
        self.oudste_dagen = max(self.oudste_dagen, int(dagen.max(initial=0)))
        return werk

    def delen(self) -> dict[str, Path]:
        """The tables that the administration keeps, packed."""
        return {naam: self._werkmap / f"deel-{naam}.parquet" for naam in self._delen}


_CSV = ("betaalvoorstel", "werkvoorraad")
_PARQUET = ("betaalvoorstel", "maanden", "signalen")
