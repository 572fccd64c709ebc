"""What a run writes: the files of one folder, complete or not at all."""

from verrekening.uitvoer.bestanden import (
    hele_map,
    keur_doel,
    schrijf_bytes,
    schrijf_csv,
    schrijf_json,
    schrijf_parquet,
)
from verrekening.uitvoer.controle import alle_leveringen, bewijs, controletotalen, vingerafdruk
from verrekening.uitvoer.standen import standen
from verrekening.uitvoer.tabellen import afgekeurd, betaalvoorstel, maanden, signalen
from verrekening.uitvoer.werkvoorraad import met_ouderdom, werkvoorraad

__all__ = [
    "afgekeurd", "alle_leveringen", "betaalvoorstel", "bewijs", "controletotalen", "hele_map", "keur_doel", "maanden",
    "met_ouderdom", "schrijf_bytes", "schrijf_csv", "schrijf_json", "schrijf_parquet", "signalen", "standen",
    "vingerafdruk", "werkvoorraad",
]  # fmt: skip
