"""A simulation on the terminal, and the words that the page shares with it."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from verrekening.geld import euro

UITVOERING = {
    "gestopt_huishoudens": "Huishoudens die ergens gestopt zijn",
    "zonder_mens_pct": "Berekeningen zonder mens (%)",
    "onder_minimum_huishoudens": "Huishoudens die ergens onder 95% van de norm kwamen",
    "tekort_cent": "Tekort samen",
    "binnen_bufferbudget_cent": "Daarvan binnen de ruimte van een bufferbudget",
}
STROMEN = {
    "verrekend": "Verrekend",
    "nabetaald": "Nabetaald",
    "open": "Open aan het eind",
    "nieuwe_vordering": "Niet meer te verrekenen",
}


def terminal(uit: dict[str, Any], console: Console) -> None:
    """Prints who gains, who loses, what it costs, and what the office notices."""
    for zin in samenvatting(uit):
        console.print(zin)
    klassen = _tabel("Verschil per huishouden over alle maanden", ("verschil", "huishoudens"))
    for naam, aantal in uit["recht"]["klassen"].items():
        klassen.add_row(naam, str(aantal))
    console.print(klassen)
    werk = _tabel("In de uitvoering", ("wat", "nu", "dan"))
    for woord, nu, dan in uitvoering(uit):
        werk.add_row(woord, nu, dan)
    console.print(werk)
    for zin in uit["toelichting"].values():
        console.print(f"\n{zin}")
    console.print(f"\nBewijs: {uit['bewijs']['vingerafdruk']}")


def samenvatting(uit: dict[str, Any]) -> list[str]:
    """What came out, in a few sentences."""
    recht = uit["recht"]
    wanneer = f"{uit['van']} tot en met {uit['tot']}"
    over = f"{wanneer}, als in {uit['jaar']}" if uit["jaar"] else wanneer
    kosten = recht["kosten_verschil_cent"]
    meer, minder = (f"{recht[naam]['huishoudens']} {naam}{_gem(recht[naam])}" for naam in ("meer", "minder"))
    zinnen = [
        f"Simulatie: {'; '.join(uit['wijzigingen']) or 'het beleid van nu'}. Maanden: {over}. Er is niets besloten.",
        f"Van {recht['huishoudens']} huishoudens krijgen er {meer} en {minder}.",
        "Het verschil in kosten is te klein om te tonen."
        if kosten is None
        else f"De bijstand kost samen {euro(abs(kosten))} {'meer' if kosten >= 0 else 'minder'}"
        f"{_van(recht['kosten_nu_cent'])}.",
    ]
    if uit["doorgetrokken_bedragen"]:
        zinnen.append(
            f"{len(uit['doorgetrokken_bedragen'])} bedragen zijn nog niet bekend en gelden hier zoals ze "
            "waren; het beleid gaf er geen."
        )
    return zinnen


def _gem(groep: dict[str, Any]) -> str:
    return "" if not groep["gemiddeld_cent"] else f" (gemiddeld {euro(groep['gemiddeld_cent'])})"


def _van(cent: int | None) -> str:
    return "" if cent is None else f", op {euro(cent)}"


def uitvoering(uit: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Rows of what the office notices: words, today, and then."""
    nu, dan = uit["uitvoering"]["nu"], uit["uitvoering"]["dan"]
    rijen = [
        (woord, *(_cel(kant[naam], cent=naam.endswith("_cent")) for kant in (nu, dan)))
        for naam, woord in UITVOERING.items()
    ]
    for naam, woord in STROMEN.items():
        rijen.append((f"{woord}: huishoudens", *(_cel(kant[naam]["huishoudens"]) for kant in (nu, dan))))
        rijen.append((f"{woord}: bedrag", *(_cel(kant[naam]["bedrag_cent"], cent=True) for kant in (nu, dan))))
    return [(woord, een, twee) for woord, een, twee in rijen]


def _cel(waarde: Any, *, cent: bool = False) -> str:
    if waarde is None:
        return "–"
    if cent and isinstance(waarde, int):
        return euro(waarde)
    return str(waarde).replace(".", ",")


def _tabel(titel: str, koppen: tuple[str, ...]) -> Table:
    uit = Table(
        box=None, padding=(0, 2, 0, 0), header_style="bold", title=f"\n{titel}", title_justify="left",
        title_style="bold",
    )  # fmt: skip
    for nummer, kop in enumerate(koppen):
        uit.add_column(kop, justify="right" if nummer else "left", no_wrap=bool(nummer))
    return uit
