"""Old and new side by side on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from verrekening.geld import euro
from verrekening.uitleg.beeld import BETALING, titel
from verrekening.uitleg.woorden import bedrag, maand_in_woorden
from verrekening.watals.vergelijk import Maandstand, Vergelijking


def terminal(vergelijking: Vergelijking, console: Console) -> None:
    """Prints the payment month line by line, and the next twelve months in one table."""
    console.print(
        Text(f"Dossier {vergelijking.dossiernummer}: wat als {'; '.join(vergelijking.wijzigingen)}?", style="bold")
    )
    for aanname in vergelijking.aannames:
        console.print(f"Aanname: {aanname}.")
    console.print("Dit is een berekening. Er is niets besloten.")
    if vergelijking.nu:
        nu, dan = vergelijking.nu[0], vergelijking.dan[0]
        titel(f"De betaling van {maand_in_woorden(nu.betaalmaand)}", console)
        console.print(_betaling(nu, dan))
        titel("De maanden erna: betaling, loon en samen (bedragen in euro)", console)
        console.print(_maanden(vergelijking))
        console.print(_slot(vergelijking))
        _signalen(vergelijking, console)
    if vergelijking.einde:
        console.print(f"Verder rekenen kan niet: {vergelijking.einde}.")


def _betaling(nu: Maandstand, dan: Maandstand) -> Table:
    tabel = _tabel("", "nu", "dan", "verschil")
    for teken, veld, woorden, altijd in (*BETALING, ("=", "te_betalen_cent", "Te betalen", True)):
        oud, nieuw = nu.betaling[veld], dan.betaling[veld]
        if altijd or oud or nieuw:
            tabel.add_row(f"{teken or ' '} {woorden}", bedrag(oud), bedrag(nieuw), _verschil(nieuw - oud))
    return tabel


def _maanden(vergelijking: Vergelijking) -> Table:
    tabel = _tabel("maand", "betaling nu", "dan", "loon nu", "dan", "samen nu", "dan", "verschil")
    for nu, dan in zip(vergelijking.nu, vergelijking.dan, strict=True):
        tabel.add_row(
            nu.betaalmaand,
            bedrag(nu.betaling["te_betalen_cent"]),
            bedrag(dan.betaling["te_betalen_cent"]),
            bedrag(nu.loon_cent),
            bedrag(dan.loon_cent),
            bedrag(nu.samen_cent),
            bedrag(dan.samen_cent),
            _verschil(dan.samen_cent - nu.samen_cent),
        )
    return tabel


def _signalen(vergelijking: Vergelijking, console: Console) -> None:
    """Signals that only one of the two has, with the month in which they first appear."""
    for nieuw, oud, woord in ((vergelijking.dan, vergelijking.nu, "erbij"), (vergelijking.nu, vergelijking.dan, "weg")):
        ander = {code for stand in oud for code in stand.signalen}
        eerst: dict[str, str] = {}
        for stand in nieuw:
            for code in stand.signalen:
                eerst.setdefault(code, stand.betaalmaand)
        for code, maand in eerst.items():
            if code not in ander:
                console.print(f"Signaal {woord}: {code} (vanaf {maand}).")


def _slot(vergelijking: Vergelijking) -> str:
    verschil = sum(dan.samen_cent - nu.samen_cent for nu, dan in zip(vergelijking.nu, vergelijking.dan, strict=True))
    aantal = len(vergelijking.nu)
    if verschil == 0:
        return f"Over deze {aantal} maanden samen maakt het niets uit."
    return f"Over deze {aantal} maanden samen: {euro(abs(verschil))} {'meer' if verschil > 0 else 'minder'}."


def _verschil(cent: int) -> str:
    return "" if cent == 0 else f"{'+' if cent > 0 else '−'}{bedrag(abs(cent))}"


def _tabel(*koppen: str) -> Table:
    tabel = Table(box=None, padding=(0, 0, 0, 2), header_style="bold", pad_edge=True)
    for nummer, kop in enumerate(koppen):
        tabel.add_column(kop, justify="right" if nummer else "left", no_wrap=True)
    return tabel
