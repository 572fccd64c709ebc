"""Whether a ratio got worse than in the latest kept release: ratios only, never seconds."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MARGE = 2.0
"""A ratio may be this many times as bad as before it fails: on a busy shared machine runs differed up to 1.7 times."""
VERHOUDINGEN = {
    ("zaak", "maal_numpy_en_pyarrow_laden"): "one case from the command line, in times loading numpy and pyarrow",
    ("nacht_1000", "maal_de_bodems"): "a night of 1,000 households, in times the floors",
}
"""Measured at the small sizes; lower is better."""


def verhoudingen(uitslag: dict[str, Any]) -> dict[str, float]:
    """The ratios of a result. That of the kernel is plain column operations per household-month."""
    uit = {f"{deel}.{naam}": float(uitslag[deel][naam]) for deel, naam in VERHOUDINGEN if naam in uitslag.get(deel, {})}
    kern = uitslag.get("kern", {})
    if {"huishoudmaanden_per_seconde_10000", "ijk_per_seconde"} <= kern.keys():
        uit["kern.ijk"] = kern["ijk_per_seconde"] / kern["huishoudmaanden_per_seconde_10000"]
    return uit


def met_vorige(uitslag: dict[str, Any], map_: Path, versie: str) -> int:
    """0 when no ratio got worse by more than the margin, else 1; says which. Compares with ``<version>-klein.json``."""
    vorige = sorted(map_.glob("*-klein.json"))
    nieuw = verhoudingen(uitslag)
    if not vorige:
        doel = map_ / f"{versie}-klein.json"
        doel.write_text(json.dumps({"versie": versie, "verhoudingen": nieuw}, indent=2) + "\n", encoding="utf-8")
        print(f"Eerste keer: bewaard in {doel.name}", file=sys.stderr)
        return 0
    oud = json.loads(vorige[-1].read_text(encoding="utf-8"))["verhoudingen"]
    slechter = [
        f"{naam}: {nieuw[naam]:.2f}, was {oud[naam]:.2f}"
        for naam in oud.keys() & nieuw.keys()
        if nieuw[naam] > MARGE * oud[naam]
    ]
    for regel in sorted(slechter):
        print(f"Slechter dan {MARGE} maal {vorige[-1].stem}: {regel}", file=sys.stderr)
    return 1 if slechter else 0
