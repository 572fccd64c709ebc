"""The monitor on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from verrekening.monitor import woorden
from verrekening.monitor.raad import tekst


def terminal(uit: dict[str, Any], console: Console) -> None:
    """Prints the months, the last year and the indicators."""
    for alinea in tekst(uit):
        console.print(alinea + "\n")
    console.print(
        _tabel(
            "Per maand",
            ("maand", "in run", "zonder mens", "%", "gestopt", "verrekend", "open", "nieuwe vordering"),
            [
                (
                    een["maand"], een["afhandeling"]["huishoudens"], een["afhandeling"]["zonder_mens"],
                    woorden.procent(een["afhandeling"]["zonder_mens_pct"]), een["afhandeling"]["gestopt"],
                    woorden.cel(een["verrekend"]["bedrag_cent"], cent=True),
                    woorden.cel(een["open"]["bedrag_cent"], cent=True), een["nieuwe_vordering"]["huishoudens"],
                )
                for een in uit["maanden"]
            ],
        )
    )  # fmt: skip
    for jaar in uit["jaren"]:
        console.print(_jaar(jaar))
        redenen = [(woorden.code_in_woorden(code), aantal) for code, aantal in jaar["redenen"].items()]
        console.print(_tabel(f"Waarom een mens nodig was in {jaar['jaar']}", ("signaal", "huishoudens"), redenen))
    trend = uit["indicatoren"]["groningen"]["trend"]
    laatste = uit["indicatoren"]["groningen"]["maanden"][-1]
    console.print(
        _tabel(
            f"Indicatoren van Groningen ({laatste['maand']})",
            ("indicator", "waarde", "trend"),
            [
                (woord, woorden.cel(laatste[naam], cent=naam.endswith("_cent")), trend[naam])
                for naam, woord in woorden.INDICATOREN.items()
            ],
        )
    )
    for naam, lijst in uit["indicatoren"]["niet_uit_deze_bron"].items():
        console.print(f"Niet uit deze bron ({naam}): {'; '.join(lijst)}.")


def _jaar(jaar: dict[str, Any]) -> Table:
    rijen = [(woord, *_bedragen(jaar[naam])) for naam, woord in woorden.STROMEN.items()]
    rijen += [
        (f"Terugvordering {naam} verrekening", *_bedragen(een)) for naam, een in jaar["zonder_verrekening"].items()
    ]
    koppen = ("wat", "huishoudens", "bedrag", "gemiddeld", "spreiding")
    return _tabel(f"{jaar['jaar']}: {jaar['betaalmaanden']} maanden, {jaar['huishoudens']} huishoudens", koppen, rijen)


def _bedragen(een: dict[str, Any]) -> tuple[Any, ...]:
    velden = ("bedrag_cent", "gemiddeld_cent", "spreiding_cent")
    return (een["huishoudens"], *(woorden.cel(een[veld], cent=True) for veld in velden))


def _tabel(titel: str, koppen: tuple[str, ...], rijen: list[tuple[Any, ...]]) -> Table:
    uit = Table(
        box=None, padding=(0, 2, 0, 0), header_style="bold", title=f"\n{titel}", title_justify="left",
        title_style="bold",
    )  # fmt: skip
    for nummer, kop in enumerate(koppen):
        uit.add_column(kop, justify="right" if nummer else "left", no_wrap=True)
    for rij in rijen:
        uit.add_row(*map(str, rij))
    return uit
