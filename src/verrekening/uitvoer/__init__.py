"""What a run writes: the files of one folder, complete or not at all."""

from verrekening.uitvoer.bestanden import (
    hele_map,
    keur_doel,
    schrijf_bytes,
    schrijf_csv,
    schrijf_json,
    schrijf_parquet,
)
from verrekening.uitvoer.controle import controletotalen
from verrekening.uitvoer.tabellen import afgekeurd, betaalvoorstel, maanden, signalen, werkvoorraad

__all__ = [
    "afgekeurd", "betaalvoorstel", "controletotalen", "hele_map", "keur_doel", "maanden", "schrijf_bytes",
    "schrijf_csv", "schrijf_json", "schrijf_parquet", "signalen", "werkvoorraad",
]  # fmt: skip
