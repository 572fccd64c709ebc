"""What a run writes: the files of one folder, complete or not at all."""

from verrekening.uitvoer.bestanden import (
    csv_bestand,
    hele_map,
    keur_doel,
    parquet_bestand,
    schrijf_bytes,
    schrijf_csv,
    schrijf_json,
    schrijf_parquet,
    werkmap,
)
from verrekening.uitvoer.controle import alle_leveringen, bewijs, controletotalen, deeltotalen, tel_op, vingerafdruk
from verrekening.uitvoer.standen import standen
from verrekening.uitvoer.tabellen import afgekeurd, betaalvoorstel, maanden, signalen
from verrekening.uitvoer.werkvoorraad import met_ouderdom, werkvoorraad

__all__ = [
    "afgekeurd", "alle_leveringen", "betaalvoorstel", "bewijs", "controletotalen", "csv_bestand", "deeltotalen",
    "hele_map", "keur_doel", "maanden", "met_ouderdom", "parquet_bestand", "schrijf_bytes", "schrijf_csv",
    "schrijf_json", "schrijf_parquet", "signalen", "standen", "tel_op", "vingerafdruk", "werkmap", "werkvoorraad",
]  # fmt: skip
