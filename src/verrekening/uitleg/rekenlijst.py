"""The short list "this is how the month was computed", chosen from all rule results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verrekening.geld import euro
from verrekening.uitleg.waarden import ONBEKEND
from verrekening.uitleg.wetstekst import link

LEESBAAR = 98
"""Columns that an eye can follow from words to amount."""

Regelrij = tuple[str | None, Mapping[str, Any]]
"""A heading above the row (or None), and the rule result."""

_VAN_OPGAVE = ("netto", "netto_vakbsl", "netto_bijzonder")
_VAN_PERSOON = {"V3", "W2", "W3", "O1"}
_VAN_GIFT = ("vrij_per_jaar", "boven_grens", "gift_meegeteld")
_ANDER_INKOMEN = ("partner_telt", "overige_inkomsten")
_VAN_HUISHOUDEN = ("inkomen", "bijstand", "reservering", "maatregel_toegepast", "verschuldigd")
_VAN_RECHTMAAND = ("verschil", "te_verrekenen")
_VAN_VERDELING = ("verrekend", "nabetaald")


def rekenlijst(uitleg: Mapping[str, Any], maand: str) -> list[Regelrij]:
    """The main results of a month with income, in order of calculation; empty for a month without."""
    deze = [regel for regel in uitleg["regels"] if regel["maand"] == maand]
    inkomen = [
        regel for regel in deze if regel["niveau"] == "deel" and (regel["regel"] in {"A5", "S4"} or regel.get("telt"))
    ]
    # A month without wages can have other income, or gifts to explain.
    if not inkomen and not any(regel["naam"] in ("boven_grens", *_ANDER_INKOMEN) and _bedrag(regel) for regel in deze):
        return []
    lijst: list[Regelrij] = []
    for deel in inkomen:
        lijst.extend(_opgave(uitleg, deel))
    lijst.extend((None, regel) for regel in deze if _hoofdregel(regel))
    return lijst


def _opgave(uitleg: Mapping[str, Any], deel: Mapping[str, Any]) -> Iterator[Regelrij]:
    """A wage record with its net amount, and its part in this month when it is spread over months."""
    opgave = deel.get("opgave")
    if opgave is None:
        wat = "Geschat loon" if deel["regel"] == "S4" else "Nog geen opgave"
        yield f"{wat} (persoon {deel['persoon']})", deel
        return
    kop: str | None = (
        f"Opgave van {opgave['loonheffingennummer']}, inkomstenverhouding {opgave['inkomstenverhouding']}, "
        f"{opgave['tijdvak_begin']} t/m {opgave['tijdvak_eind']} (persoon {deel['persoon']})"
    )
    for regel in uitleg["regels"]:
        van_opgave = regel["niveau"] == "inkomstenopgave" and regel["opgave"] == opgave
        if van_opgave and regel["naam"] in _VAN_OPGAVE and regel["bedrag_cent"]:
            yield kop, regel
            kop = None
    rest = deel["invoer"][0]["bedrag_cent"]
    if kop is not None or rest != deel["bedrag_cent"]:
        yield kop, deel


def _hoofdregel(regel: Mapping[str, Any]) -> bool:
    """Whether a result of a person, household or month belongs in the short list."""
    naam, bedrag = regel["naam"], regel.get("bedrag_cent")
    match regel["niveau"]:
        case "gift":
            return naam in _VAN_GIFT and bool(bedrag)
        case "persoon_maand":
            tussenstap = naam == "aanspraak" or naam.startswith(("grondslag", "vrijlating_persoon"))
            return bool(bedrag) and regel["regel"] in _VAN_PERSOON and not tussenstap
        case "huishouden_maand":
            vervalt = naam == "vrijlating_vervalt" and bool(regel["waarde"])
            ander = naam in _ANDER_INKOMEN and bool(bedrag)
            return vervalt or ander or (naam in _VAN_HUISHOUDEN and (bool(bedrag) or naam != "maatregel_toegepast"))
        case "rechtmaand":
            return naam in _VAN_RECHTMAAND and (bedrag is None or bedrag != 0)
        case "verdeling":
            return naam in _VAN_VERDELING and bool(bedrag)
    return False


def _bedrag(regel: Mapping[str, Any]) -> int:
    return regel.get("bedrag_cent") or 0


def regeltabel(rijen: list[Regelrij], breedte: int) -> Padding:
    """Rule number, formula with article below it, and the result.

    Args:
        rijen: the results.
        breedte: width of the screen; the amounts stay close enough to the words to follow the line.
    """
    tabel = Table.grid(padding=(0, 1))
    tabel.width = min(breedte - 2, LEESBAAR)
    tabel.add_column(width=3, no_wrap=True)
    tabel.add_column(ratio=1)
    tabel.add_column(justify="right", no_wrap=True, min_width=11)
    for kop, regel in rijen:
        if kop is not None:
            tabel.add_row("", Text(kop, style="italic"), "")
        # On a terminal that knows links, the article opens the law as it was in that month.
        wet = link(regel["artikel"], f"{regel['maand']}-01")
        formule = Text(regel["formule"]).append(f"\n{regel['artikel']}", style=f"dim link {wet}" if wet else "dim")
        tabel.add_row(regel["regel"], formule, uitslag(regel))
    return Padding(tabel, (0, 0, 0, 2))


def uitslag(regel: Mapping[str, Any]) -> str:
    """The result of a rule as text."""
    if "bedrag_cent" in regel:
        return ONBEKEND if regel["bedrag_cent"] is None else euro(regel["bedrag_cent"])
    waarde = regel["waarde"]
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return "" if regel["soort"] == "Tekst" else str(waarde)
