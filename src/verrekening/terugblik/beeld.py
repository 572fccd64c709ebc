"""A decision and a difference on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from verrekening.geld import euro
from verrekening.maand import AMSTERDAM
from verrekening.uitleg.woorden import moment_in_woorden


def toon_besluit(besluit: Mapping[str, Any], console: Console) -> None:
    """When and on what was decided, above the explanation of the case."""
    console.print(
        f"Besloten op {moment_in_woorden(besluit['besloten_op'], AMSTERDAM)} (boeking {besluit['boeking']}), "
        f"met wat bekend was op {moment_in_woorden(besluit['peildatum'], AMSTERDAM)}.",
        soft_wrap=True,
    )
    for een in besluit["mensbesluiten"]:
        console.print(f"Besluit van {een['door']}: {een['soort']}. {een['reden']} ({een['artikel']})", soft_wrap=True)
    for levering in besluit["leveringen"]:
        console.print(f"Uit levering {levering['bestand']}", soft_wrap=True)
    for een in besluit["regels_in_administratie"]:
        if een["tegenboeking"] and een["verwijzing"] == f"boeking {besluit['boeking']}":
            console.print(f"LET OP: dit besluit is vervangen door boeking {een['boeking']}.", style="bold")
        elif een["boeking"] == besluit["boeking"] and een["verwijzing"] and not een["tegenboeking"]:
            console.print(f"Dit besluit {een['verwijzing']}: er waren nieuwe gegevens.")
    if "melding" in besluit:
        console.print(f"LET OP: {besluit['melding']}", style="bold")
    elif besluit.get("herrekend_gelijk"):
        console.print("Nagerekend uit de bewaarde gegevens: gelijk aan het besluit.")
    console.print("")


def toon_verschil(verschil: Mapping[str, Any], console: Console) -> None:
    """The facts that are new, and rule by rule what changed."""
    van, naar = verschil["van"], verschil["naar"]
    console.print(
        f"Dossier {verschil['dossiernummer']}: boeking {van['boeking']} (betaalmaand {van['betaalmaand']}) "
        f"tegenover boeking {naar['boeking']} (betaalmaand {naar['betaalmaand']})",
        soft_wrap=True,
    )
    feiten = verschil["feiten"]
    for levering in feiten["leveringen"]:
        console.print(f"Nieuw: levering {levering['bestand']}", soft_wrap=True)
    for een in feiten["mensbesluiten"]:
        console.print(f"Nieuw: besluit van {een['door']} ({een['soort']}): {een['reden']}", soft_wrap=True)
    if feiten["beleid_gewijzigd"]:
        console.print("Nieuw: het beleid is gewijzigd")
    if feiten["engine_gewijzigd"]:
        console.print("Nieuw: een andere versie van de rekenregels")
    if not verschil["regels"]:
        console.print("Geen enkele regel geeft een andere uitkomst.")
        return
    tabel = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    tabel.add_column("maand", no_wrap=True)
    tabel.add_column("regel", no_wrap=True)
    tabel.add_column("wat", overflow="fold")
    tabel.add_column("was", justify="right", no_wrap=True)
    tabel.add_column("is", justify="right", no_wrap=True)
    for regel in verschil["regels"]:
        tekst = [_tekst(regel[kant], bedrag=regel["bedrag"]) for kant in ("van", "naar")]
        tabel.add_row(regel["maand"] or "", regel["regel"], f"{regel['naam']}\n{regel['formule']}", *tekst)
    console.print(tabel)


def _tekst(waarde: Any, *, bedrag: bool) -> str:
    if waarde is None:
        return "–"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return euro(waarde) if bedrag else str(waarde)
