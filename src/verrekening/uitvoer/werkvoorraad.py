"""The work list: what a human must look at, and with an administration for how long and what must be decided."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from verrekening.berekening import Uitkomst
from verrekening.maand import dag_van_moment, toon_maand
from verrekening.regels import OPGAVE_STOPS, SIGNAALSOORTEN
from verrekening.regels.signalen import GEWICHTEN, STOP

_ANDERS = {
    "BOVEN_DREMPEL": "stop",
    "UITGESLOTEN": "toelaten",
    "VRIJLATING_BEOORDELEN": "toestemming",
    "GIFT_BOVEN_GRENS": "gift",
    "WACHT_OP_LOONGEGEVENS": "schatting",
    "ONDER_BESTAANSMINIMUM": "bufferbudget",
}
_SOORTEN = {code: "stop" if code in OPGAVE_STOPS else _ANDERS.get(code, "") for code in SIGNAALSOORTEN}
"""Kind of decision (``verrekening zaak besluit``) that answers a signal; empty: something outside the engine."""


def werkvoorraad(uitkomst: Uitkomst, alle: pa.Table) -> pa.Table:
    """The signals a human must look at: weight stop and mens.

    Args:
        uitkomst: the run.
        alle: its signals, as `signalen` made them.

    Returns:
        The columns of the signals, and ``op_het_spel_cent`` for a stop: what this run would have settled and paid
        back without it (rule S12).
    """
    s, recht = uitkomst.signalen, uitkomst.betaling.rechtmaand
    spel = (recht["te_verrekenen_binnen"] + recht["te_weinig"]).sum(axis=0)[s.huishouden]
    op_het_spel = pa.array(spel, mask=s.gewicht != GEWICHTEN.index(STOP))
    return alle.append_column("op_het_spel_cent", op_het_spel).filter(pc.not_equal(alle["gewicht"], "info"))


def met_ouderdom(werk: pa.Table, vorige: pa.Table | None, betaalmaand: int, peilmoment: int) -> pa.Table:
    """The work list with since when each case is open, for how many days, and which decision it needs.

    Args:
        werk: the work list.
        vorige: that of the run before, as it was kept; a case that stands there keeps its date.
        betaalmaand: P; a signal about P itself is the same case in the run of the next month.
        peilmoment: K.
    """
    zaak = _zaaksleutel(werk, toon_maand(betaalmaand))
    vandaag = dag_van_moment(peilmoment)
    sinds = np.full(len(werk), vandaag, dtype=np.int64)
    if vorige is not None:
        plek = pc.index_in(zaak, value_set=vorige["zaak"].combine_chunks())
        bekend = np.asarray(pc.is_valid(plek))
        eerder = vorige["open_sinds"].combine_chunks().cast(pa.date32()).cast(pa.int32())
        sinds[bekend] = np.asarray(eerder.take(plek.drop_null()), dtype=np.int64)
    soorten = pc.index_in(werk["code"], value_set=pa.array(list(_SOORTEN), pa.string()))
    return (
        werk.append_column("open_sinds", pa.array(sinds.astype(np.int32)).cast(pa.date32()).cast(pa.string()))
        .append_column("dagen_open", pa.array(vandaag - sinds))
        .append_column("besluit", pa.array(list(_SOORTEN.values()), pa.string()).take(soorten))
        .append_column("zaak", zaak)
    )


def _zaaksleutel(werk: pa.Table, betaalmaand: str) -> pa.Array:
    """What makes rows of two runs the same open case."""
    maand = pc.if_else(pc.equal(werk["maand"], betaalmaand), "", werk["maand"])
    sleutel = pc.binary_join_element_wise(werk["dossiernummer"], werk["code"], maand, "\x1f")
    return sleutel.combine_chunks() if isinstance(sleutel, pa.ChunkedArray) else sleutel
