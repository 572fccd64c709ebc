"""Control totals and the receipt of a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from verrekening.berekening import Uitkomst
from verrekening.kolommen import Masker
from verrekening.polis import Bestand


def deeltotalen(uitkomst: Uitkomst, voorstel: pa.Table, maanden: pa.Table, signalen: pa.Table) -> dict[str, Any]:
    """What a block of households adds to the control totals: nothing but counts and sums (see `tel_op`).

    Args:
        uitkomst: of the block.
        voorstel, maanden, signalen: its rows of the tables that are written.
    """
    in_run, stop = uitkomst.in_run, uitkomst.betaling.stop & uitkomst.in_run
    lijnen = (uitkomst.betaling.verdeling["verrekend"] + uitkomst.betaling.verdeling["nabetaald"]).sum(axis=0) > 0
    verrekend = in_run & ~stop & lijnen
    return {
        "huishoudens": {
            "in_run": int(in_run.sum()),
            "verrekend": int(verrekend.sum()),
            "gestopt": int(stop.sum()),
            "zonder_verandering": int((in_run & ~stop & ~lijnen).sum()),
            "niet_in_run": int((~in_run).sum()),
        },
        "sommen_betaling": _sommen(voorstel),
        "sommen_maanden": _sommen(maanden),
        "signalen": {rij["values"]: rij["counts"] for rij in pc.value_counts(signalen["code"]).to_pylist()},
        "geldidentiteit": _identiteit(uitkomst, uitkomst.betaling.betaling),
        "keten": _keten(uitkomst),
    }


def tel_op(delen: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts and sums of blocks added up, name by name."""
    som: dict[str, Any] = {}
    for deel in delen:
        for naam, waarde in deel.items():
            som[naam] = (
                tel_op([som.get(naam, {}), waarde]) if isinstance(waarde, Mapping) else som.get(naam, 0) + waarde
            )
    return som


def controletotalen(
    som: Mapping[str, Any],
    dossiers: Mapping[str, int],
    bestanden: Sequence[Bestand],
    per_bestand: Sequence[Mapping[str, int]],
    aangeboden: Masker,
) -> dict[str, Any]:
    """Everything finance needs to see that nothing was lost: counts that add up, sums, and the identity of S13.

    Args:
        som: `deeltotalen` of all blocks.
        dossiers: counts of dossiers read, accepted, refused.
        bestanden, per_bestand: the deliveries, and what became of the records of each.
        aangeboden: the deliveries of this run; an administration may know more, which count in the totals only.
    """
    opgaven = {naam: sum(rij[naam] for rij in per_bestand) for naam in _OPGAVEN}
    identiteit = som["geldidentiteit"]
    return {
        "versie": "controle.v1",
        "dossiers": dict(dossiers),
        "huishoudens": som["huishoudens"],
        "opgaven": opgaven
        | {"telt_op": opgaven["gelezen"] == sum(opgaven[naam] for naam in _OPGAVEN if naam != "gelezen")},
        "opgaven_per_bestand": _per_bestand(bestanden, per_bestand, aangeboden),
        "sommen_betaling": som["sommen_betaling"],
        "sommen_maanden": som["sommen_maanden"],
        "signalen": som["signalen"],
        "geldidentiteit": {"klopt": identiteit["links_cent"] == identiteit["rechts_cent"]} | identiteit,
        "keten": som["keten"],
    }


def _per_bestand(
    bestanden: Sequence[Bestand], geteld: Sequence[Mapping[str, int]], aangeboden: Masker
) -> list[dict[str, Any]]:
    """The counts per delivery of this run; a file that was read twice is one delivery."""
    uit: dict[tuple[str, str, str], dict[str, Any]] = {}
    for een, rij, mee in zip(bestanden, geteld, aangeboden.tolist(), strict=True):
        if mee:
            som = uit.setdefault((een.archief_sha256, een.sha256, een.naam), {"bestand": een.naam})
            som |= {naam: som.get(naam, 0) + aantal for naam, aantal in rij.items()}
    return list(uit.values())


def alle_leveringen(bestanden: Sequence[Bestand]) -> str:
    """sha256 over the content of all deliveries that counted, in whatever order they came."""
    return hashlib.sha256("\n".join(sorted({een.sha256 for een in bestanden})).encode()).hexdigest()


def bewijs(inhoud: Mapping[str, Any]) -> dict[str, Any]:
    """The receipt of a run with its fingerprint: over everything in it, and nothing else."""
    alles: dict[str, Any] = {"versie": "bewijs.v1", **inhoud}
    return alles | {"vingerafdruk": vingerafdruk(alles)}


def vingerafdruk(bewijs: Mapping[str, Any]) -> str:
    """sha256 over everything in a receipt but the fingerprint itself, whatever the order of its keys."""
    inhoud = {sleutel: waarde for sleutel, waarde in bewijs.items() if sleutel != "vingerafdruk"}
    # Piece by piece: as one text, the pieces of a hundred thousand deliveries take ten times its size.
    som = hashlib.sha256()
    for stuk in json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).iterencode(inhoud):
        som.update(stuk.encode())
    return som.hexdigest()


_OPGAVEN = (
    "gelezen",
    "gebruikt",
    "vervangen",
    "ingetrokken",
    "na_peildatum",
    "onbekende_persoon",
    "afgekeurd",
)


def _sommen(tabel: pa.Table) -> dict[str, int]:
    return {naam: pc.sum(tabel[naam]).as_py() or 0 for naam in tabel.column_names if naam.endswith("_cent")}


def _keten(uitkomst: Uitkomst) -> dict[str, int]:
    """How the effective records became income of months: every record is counted once, every part in one month R."""
    delen, zaken, b = uitkomst.inkomen, uitkomst.zaken, uitkomst.bereik
    huishouden = zaken.personen["huishouden"][delen.persoon]
    rij = delen.maand - int(b.maanden[0])
    telt = b.is_r[rij, huishouden] & uitkomst.in_run[huishouden] & zaken.personen["rechthebbend"][delen.persoon]
    geteld = len(np.unique(delen.opgave[delen.opgave >= 0]))
    return {
        "opgaven": len(uitkomst.opgaven),
        "opgaven_geteld": geteld,
        "opgaven_niet_geteld": len(uitkomst.opgaven) - geteld,
        "delen": int(telt.sum()),
        "delen_cent": int(delen.bedrag[telt].sum()),
    }


def _identiteit(uitkomst: Uitkomst, betaling: Mapping[str, Any]) -> dict[str, Any]:
    """Both sides of the identity of rule S13, over all households of the run."""
    wie = uitkomst.in_run

    def som(naam: str) -> int:
        return int(np.asarray(betaling[naam])[wie].sum())

    verdeling = uitkomst.betaling.verdeling
    links = {
        "verrekend": int(verdeling["verrekend"][:, wie].sum()),
        "nabetaald": int(verdeling["nabetaald"][:, wie].sum()),
        "te_betalen": som("te_betalen"),
    }
    rechts = {
        "verrekend": som("verrekend_met_uitkering") + som("verrekend_met_nabetaling"),
        "nabetaald": som("nabetaling") + som("verrekend_met_nabetaling"),
        "te_betalen": som("verschuldigd")
        - som("verrekend_met_uitkering")
        + som("nabetaling")
        - som("aflossing")
        + som("bufferbudget"),
    }
    open_cent = int(verdeling["open_bedrag"][:, wie].sum())
    return {"links_cent": links, "rechts_cent": rechts, "open_cent": open_cent}
