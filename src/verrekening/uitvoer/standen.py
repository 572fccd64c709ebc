"""Where every month R stands after a run: what the journal of the next payment month begins with."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from verrekening.berekening import Uitkomst
from verrekening.uitvoer.tabellen import maandnamen

_UIT_MAAND = {
    "bijstand_cent": "bijstand",
    "reservering_cent": "reservering",
    "maatregel_cent": "maatregel_toegepast",
    "verschuldigd_cent": "verschuldigd",
}
_UIT_VERDELING = {"verrekend_cent": "verrekend", "nabetaald_cent": "nabetaald", "open_cent": "open_bedrag"}


def standen(uitkomst: Uitkomst) -> pa.Table:
    """One row per household and month R, also of households that have just left the run; amounts in cents.

    Columns: dossiernummer, maand (R), bijstand, reservering, maatregel and verschuldigd as computed now; verschil
    (null when what was paid is unknown); verrekend and nabetaald by this run; open after it; teruggevorderd and
    vereffend as known now; ontvangstmaand (S3).
    """
    b, recht = uitkomst.bereik, uitkomst.betaling.rechtmaand
    wie, rij = np.nonzero((b.is_r[:-1] & ~b.begint_na[None, :]).T)
    velden = {naam: pa.array(uitkomst.maanden.kolommen[bron][rij, wie]) for naam, bron in _UIT_MAAND.items()}
    onbekend = ~recht["betaling_bekend"][rij, wie]
    velden["verschil_cent"] = pa.array(recht["verschil"][rij, wie], mask=onbekend)
    velden |= {naam: pa.array(uitkomst.betaling.verdeling[bron][rij, wie]) for naam, bron in _UIT_VERDELING.items()}
    velden |= {f"{naam}_cent": pa.array(recht[naam][rij, wie]) for naam in ("teruggevorderd", "vereffend")}
    return pa.table(
        {
            "dossiernummer": pa.array(uitkomst.zaken.huishoudens["dossiernummer"][wie], pa.string()),
            "maand": maandnamen(b.maanden[rij]),
            **velden,
            "ontvangstmaand": maandnamen(recht["ontvangstmaand"][rij, wie]),
        }
    )
