"""The folder of a closing: complete or not at all, readable by its owner only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from verrekening import uitvoer
from verrekening.financien import keten, tabellen
from verrekening.financien.afsluiting import Afsluiting
from verrekening.financien.pagina import webpagina
from verrekening.financien.werkboek import werkboek


def schrijf(afsluiting: Afsluiting, doel: Path, voor_zichtbaar: Callable[[], None] = lambda: None) -> None:
    """Writes everything of a closing.

    Args:
        afsluiting: what was closed.
        doel: new folder.
        voor_zichtbaar: done when everything is on disk, just before the folder appears.

    Raises:
        Gebruiksfout: the folder is in use.
        VerrekeningFout: it cannot be written; no folder is left behind.
    """
    boek = afsluiting.boeken
    metadata = {"verrekening.bewijs": boek.maand.run.bewijs["vingerafdruk"]}
    with uitvoer.hele_map(doel, voor_zichtbaar=voor_zichtbaar) as map_:
        for naam, tabel in alle_tabellen(afsluiting).items():
            uitvoer.schrijf_csv(tabellen.arrow(tabel, euro=True), map_ / f"{naam}.csv")
            uitvoer.schrijf_parquet(tabellen.arrow(tabel), map_ / f"{naam}.parquet", metadata)
        uitvoer.schrijf_bytes(werkboek(afsluiting), map_ / "aansluiting.xlsx")
        uitvoer.schrijf_bytes(webpagina(afsluiting).encode(), map_ / "aansluiting.html")
        uitvoer.schrijf_json(keten.als_json(boek.betaalmaand, afsluiting.keten), map_ / "keten.json")


def alle_tabellen(afsluiting: Afsluiting) -> dict[str, pd.DataFrame]:
    """The tables of a closing by the name of their file."""
    rekeningen, v = afsluiting.rekeningen, afsluiting.vergelijking
    betaald: dict[str, pd.DataFrame] = {}
    if v is not None:
        betaald = {
            "verschillen": tabellen.verschillen(v.verschillen),
            "verschillen-per-soort": tabellen.per_soort(v),
            "afgekeurd": tabellen.afgekeurd(v.bestand.afkeuringen),
        }
    return {
        "journaal": tabellen.journaal(afsluiting.boeken.journaal, rekeningen),
        "grootboek": tabellen.samengevat(afsluiting.boeken.journaal, rekeningen),
        "saldi": tabellen.saldi(afsluiting.saldi, rekeningen),
        "openstaand": tabellen.openstaand(afsluiting.openstaand),
        **betaald,
    }
