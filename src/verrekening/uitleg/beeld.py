"""The explanation on the screen, in plain Dutch: what is paid, from which months, and what a human must do.

Everything comes from the data of `opbouw.zaak`. The picture is readable without colour, and at 80 columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verrekening.geld import euro
from verrekening.maand import AMSTERDAM
from verrekening.uitleg.rekenlijst import Regelrij, regeltabel, rekenlijst
from verrekening.uitleg.woorden import bedrag, maand_in_woorden, moment_in_woorden

BREED = 112
"""From this width on, the months fit in one table."""

BETALING = (
    ("", "norm_cent", "Norm", True),
    ("−", "verwacht_inkomen_cent", "Inkomen dat in deze maand al meetelt", True),
    ("=", "bijstand_cent", "Bijstand", True),
    ("−", "reservering_cent", "Reservering vakantietoeslag", True),
    ("=", "netto_uitkering_cent", "Netto uitkering", True),
    ("−", "maatregel_cent", "Maatregel", True),
    ("−", "verrekend_met_uitkering_cent", "Verrekend: te veel betaald over eerdere maanden", True),
    ("+", "nabetaling_cent", "Nabetaald: te weinig betaald over eerdere maanden", True),
    ("−", "aflossing_cent", "Aflossing van schulden", True),
    ("+", "bufferbudget_cent", "Bufferbudget", False),
)
"""Lines of the payment: sign, field, words, and whether a line of 0 is shown."""

_BEREKEND = (
    ("norm_cent", "norm"),
    ("inkomen_cent", "inkomen"),
    ("vrijlating_cent", "vrijlating"),
    ("bijstand_cent", "bijstand"),
)
_VERREKEND = (
    ("betaald_cent", "betaald"),
    ("verschuldigd_cent", "verschuldigd"),
    ("verschil_cent", "verschil"),
    ("verrekend_cent", "verrekend"),
    ("nabetaald_cent", "nabetaald"),
    ("open_cent", "open"),
)
_GEWICHT = {"stop": ("STOP", "bold red"), "mens": ("KIJK", "bold yellow"), "info": ("INFO", "dim")}


def terminal(uitleg: Mapping[str, Any], console: Console, *, detail: bool = False) -> None:
    """Prints the explanation of one case.

    Args:
        uitleg: what `zaak` made.
        console: where to print; its width and colours are used as they are.
        detail: also every rule result, instead of the main lines per month.
    """
    _kop(uitleg, console)
    _betaling(uitleg, console)
    _maanden(uitleg, console)
    _berekend(uitleg, console, detail=detail)
    _signalen(uitleg, console)
    _niet_berekend(uitleg, console)


def titel(tekst: str, console: Console) -> None:
    """A heading with an empty line above it."""
    console.print()
    console.print(Text(tekst, style="bold"))


def _kop(uitleg: Mapping[str, Any], console: Console) -> None:
    console.print(Text(f"Dossier {uitleg['dossiernummer']}", style="bold"))
    console.print(f"Betaalmaand: {maand_in_woorden(uitleg['betaalmaand'])}")
    console.print(f"Berekend met wat bekend was op {moment_in_woorden(uitleg['peildatum'], AMSTERDAM)}")


def _betaling(uitleg: Mapping[str, Any], console: Console) -> None:
    betaling = uitleg["betaling"]
    titel(f"De betaling over {maand_in_woorden(uitleg['betaalmaand'])}", console)
    tabel = Table.grid(padding=(0, 1))
    tabel.add_column(width=1)
    tabel.add_column(min_width=50)
    tabel.add_column(justify="right", no_wrap=True)
    for teken, veld, woorden, altijd in BETALING:
        if altijd or betaling[veld]:
            tabel.add_row(teken, woorden, euro(betaling[veld]))
    totaal = euro(betaling["te_betalen_cent"])
    tabel.add_row("", "", "─" * (len(totaal) + 1))
    tabel.add_row("=", Text("Te betalen", style="bold"), Text(totaal, style="bold"))
    console.print(Padding(tabel, (0, 0, 0, 2)))
    weggestreept = betaling["verrekend_met_nabetaling_cent"]
    if weggestreept:
        console.print(f"  Daarnaast is {euro(weggestreept)} te veel en te weinig tegen elkaar weggestreept.")


def _maanden(uitleg: Mapping[str, Any], console: Console) -> None:
    maanden = uitleg["maanden"]
    if not maanden:
        return
    titel("De maanden daarvoor (bedragen in euro)", console)
    verrekend = [
        (veld, kop) for veld, kop in _VERREKEND if veld != "nabetaald_cent" or any(maand[veld] for maand in maanden)
    ]
    if console.width >= BREED:
        console.print(_maandtabel(maanden, [*_BEREKEND, *verrekend]))
        return
    console.print(_maandtabel(maanden, list(_BEREKEND)))
    console.print(_maandtabel(maanden, verrekend))


def _maandtabel(maanden: list[dict[str, Any]], kolommen: list[tuple[str, str]]) -> Table:
    tabel = Table(box=None, padding=(0, 0, 0, 2), header_style="bold", pad_edge=True)
    tabel.add_column("maand", no_wrap=True)
    for _, kop in kolommen:
        tabel.add_column(kop, justify="right", no_wrap=True, min_width=9)
    for maand in maanden:
        tabel.add_row(maand["maand"], *[bedrag(maand[veld]) for veld, _ in kolommen])
    return tabel


def _berekend(uitleg: Mapping[str, Any], console: Console, *, detail: bool) -> None:
    if detail:
        titel("Alle berekende bedragen", console)
        maanden = sorted({regel["maand"] for regel in uitleg["regels"]})
        for maand in maanden:
            console.print(Text(f"\n  {maand_in_woorden(maand)}", style="bold"))
            deze: list[Regelrij] = [(None, regel) for regel in uitleg["regels"] if regel["maand"] == maand]
            console.print(regeltabel(deze, console.width))
        return
    for maand in uitleg["maanden"]:
        lijst = rekenlijst(uitleg, maand["maand"])
        if lijst:
            titel(f"Zo is {maand_in_woorden(maand['maand'])} berekend", console)
            console.print(regeltabel(lijst, console.width))


def _signalen(uitleg: Mapping[str, Any], console: Console) -> None:
    titel("Signalen", console)
    if not uitleg["signalen"]:
        console.print("  Er zijn geen signalen.")
        return
    tabel = Table.grid(padding=(0, 1))
    tabel.add_column(width=4, no_wrap=True)
    tabel.add_column(width=7, no_wrap=True)
    tabel.add_column(max_width=90)
    for signaal in uitleg["signalen"]:
        woord, stijl = _GEWICHT[signaal["gewicht"]]
        tekst = Text(f"{signaal['tekst']}\n").append(f"Doen: {signaal['wat_te_doen']}\n")
        tekst.append(f"{signaal['code']}, regel {signaal['regel']}, {signaal['artikel']}", style="dim")
        tabel.add_row(Text(woord, style=stijl), signaal["maand"], tekst)
    console.print(Padding(tabel, (0, 0, 0, 2)))
    if any(signaal["gewicht"] == "stop" for signaal in uitleg["signalen"]):
        console.print("\n  STOP: er is niets verrekend of nabetaald. Een medewerker moet eerst beslissen.")


def _niet_berekend(uitleg: Mapping[str, Any], console: Console) -> None:
    if not uitleg["niet_berekend"]:
        return
    titel("Dit is niet berekend", console)
    tabel = Table.grid(padding=(0, 1))
    tabel.add_column(max_width=102)
    for een in uitleg["niet_berekend"]:
        tekst = Text(f"{een['wat']}\nDoen: {een['wat_te_doen']}\n").append(een["artikel"], style="dim")
        tabel.add_row(tekst)
    console.print(Padding(tabel, (0, 0, 0, 2)))
