"""The monitor on the terminal."""

from __future__ import annotations

from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from verrekening.monitor import woorden
from verrekening.monitor.raad import tekst

_TEKST = ("groep", "uitkomst", "instelling", "oordeel", "voorstel", "wat", "signaal", "indicator")
"""Columns of words; they fold, so that a number is never cut off."""


def terminal(uit: dict[str, Any], console: Console) -> None:
    """Prints the months, the last year and the indicators."""
    for alinea in tekst(uit):
        console.print(alinea + "\n")
    console.print(
        _tabel(
            "Per maand",
            ("maand", "run", "zonder mens", "gestopt", "verrekend", "open", "vordering"),
            [
                (
                    een["maand"], een["afhandeling"]["huishoudens"],
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
        woorden_ = kop in _TEKST
        kant: Literal["left", "right"] = "right" if nummer and not woorden_ else "left"
        uit.add_column(kop, justify=kant, no_wrap=not woorden_, overflow="fold")
    for rij in rijen:
        uit.add_row(*map(str, rij))
    return uit


def bias(uit: dict[str, Any], console: Console) -> None:
    """Prints the check for bias: first what differs, then everything."""
    for zin in bias_kort(uit):
        console.print(zin)
    console.print(
        _tabel(
            "Alle vergelijkingen",
            ("groep", "uitkomst", "aantal", "aandeel", "rest", "p", "oordeel"),
            [
                (
                    een["groep"], woorden.UITKOMSTEN[een["uitkomst"]], een["huishoudens"],
                    woorden.aandeel(een.get("aandeel"), kort=True), woorden.aandeel(een.get("aandeel_rest"), kort=True),
                    woorden.cel(een.get("p_gecorrigeerd")), woorden.OORDELEN[een["oordeel"]],
                )
                for een in uit["rijen"]
            ],
        )
    )  # fmt: skip
    if uit["effect_van_instellingen"]:
        rijen = [
            (
                een["groep"], woorden.UITKOMSTEN[een["uitkomst"]], een["instelling"],
                woorden.punten(een["verschil_nu"]), woorden.punten(een["verschil_dan"]),
            )
            for een in uit["effect_van_instellingen"]
        ]  # fmt: skip
        koppen = ("groep", "uitkomst", "instelling", "verschil nu", "met instelling")
        console.print(_tabel("Wat een andere instelling met het verschil doet", koppen, rijen))
    for zin in uit["leeswijzer"]:
        console.print(f"\n{zin}")
    for groep, reden in uit["niet_te_maken"].items():
        console.print(f"\nNiet vergeleken: {groep}; {reden}.")


def bias_kort(uit: dict[str, Any]) -> list[str]:
    """What differs, in sentences."""
    verschillen = [een for een in uit["rijen"] if een["oordeel"] == "verschil"]
    kop = (
        f"{uit['vergelijkingen']} vergelijkingen over {uit['huishoudens_met_inkomen']} huishoudens met inkomen, "
        f"{uit['van']} tot en met {uit['tot']}: {len(verschillen)} keer een verschil."
    )
    return [
        kop,
        *(
            f"Verschil {nr}: {een['groep']} {een['richting']} {woorden.UITKOMSTEN[een['uitkomst']]}{_met(een)}."
            for nr, een in enumerate(verschillen, start=1)
        ),
    ]


def _met(een: dict[str, Any]) -> str:
    if "aandeel" not in een:
        return " (aantallen te klein om te tonen)"
    return f" ({woorden.aandeel(een['aandeel'])}; de anderen {woorden.aandeel(een['aandeel_rest'])})"


def signalen(rijen: list[dict[str, Any]], console: Console) -> None:
    """Prints the early signals."""
    koppen = ("dossier", "wat", "bedrag", "maand", "voorstel")
    uit = [
        (
            een["dossiernummer"], woorden.VROEG[een["soort"]], woorden.cel(een["bedrag_cent"], cent=True),
            een["maand"], een["voorstel"],
        )
        for een in rijen
    ]  # fmt: skip
    console.print(_tabel(f"{len(rijen)} vroege signalen, het ergste dat te voorkomen is eerst", koppen, uit))
