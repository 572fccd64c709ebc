"""The results of a month as a tree: from an amount to what it was made of, down to the payslip.

Made from the data of `opbouw.zaak` alone; nothing is computed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from verrekening.geld import euro
from verrekening.uitleg.rekenlijst import rekenlijst, uitslag
from verrekening.uitleg.waarden import ONBEKEND
from verrekening.uitleg.wetstekst import link

_PER_PERSOON = frozenset({"persoon_maand", "persoon_maand_na", "deel", "inkomstenopgave"})


@dataclass(frozen=True)
class Knoop:
    """One result with what it was made of.

    Attributes:
        kop: words above it (which payslip), or None.
        zin: the formula with its amounts.
        uitslag: the result as text.
        regel, artikel: where the formula comes from.
        wet: address of the law text of that month, or None.
        bladen: inputs that are no result of a rule: name, value and origin.
        kinderen: the results that went in; each result of a month is shown once.
    """

    kop: str | None
    zin: str
    uitslag: str
    regel: str
    artikel: str
    wet: str | None
    bladen: tuple[tuple[str, str, str], ...]
    kinderen: tuple[Knoop, ...]


def bomen(uitleg: Mapping[str, Any], maand: str) -> list[Knoop]:
    """The main results of a month, each with everything below it."""
    lijst = rekenlijst(uitleg, maand)
    zoeker = _Zoeker(uitleg, maand, [regel for _, regel in lijst])
    return [zoeker.knoop(regel, kop) for kop, regel in lijst]


class _Zoeker:
    """Finds the results that an input refers to."""

    def __init__(self, uitleg: Mapping[str, Any], maand: str, wortels: list[Mapping[str, Any]]) -> None:
        self.maand = maand
        self.getoond = {id(regel) for regel in wortels}
        self.op_naam: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for regel in uitleg["regels"]:
            if regel["maand"] == maand or regel["niveau"] == "inkomstenopgave":
                self.op_naam.setdefault((regel["niveau"], regel["naam"]), []).append(regel)

    def knoop(self, regel: Mapping[str, Any], kop: str | None) -> Knoop:
        """A result with everything below it that was not shown before."""
        self.getoond.add(id(regel))
        bladen: list[tuple[str, str, str]] = []
        kinderen: list[Knoop] = []
        for invoer in regel["invoer"]:
            herkomst = invoer["herkomst"]
            onder = list({id(kind): kind for kind in self._onder(regel, herkomst)}.values())
            nieuw = [kind for kind in onder if id(kind) not in self.getoond]
            kinderen.extend(self.knoop(kind, _kop(kind, regel)) for kind in nieuw)
            if herkomst["soort"] != "regel" or (onder and not nieuw):
                elders = "staat apart in deze lijst" if onder else _herkomst(herkomst)
                bladen.append((invoer["naam"].replace("_", " "), _waarde(invoer), elders))
        return Knoop(
            kop,
            regel["formule"],
            uitslag(regel),
            regel["regel"],
            regel["artikel"],
            link(regel["artikel"], f"{self.maand}-01"),
            tuple(bladen),
            tuple(kinderen),
        )

    def _onder(self, regel: Mapping[str, Any], herkomst: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The results that an input of a result stands for; those that are nothing stay out."""
        if herkomst["soort"] != "regel":
            return
        opgaven = herkomst.get("opgaven")
        if opgaven is not None:
            for kind in self.op_naam.get(("deel", herkomst["naam"]), ()):
                if kind.get("opgave") in opgaven and kind.get("persoon") == regel.get("persoon"):
                    yield kind
            return
        for kind in self.op_naam.get((herkomst["niveau"], herkomst["naam"]), ()):
            zelfde = all(
                regel.get(sleutel) is None or kind.get(sleutel) == regel[sleutel] for sleutel in ("persoon", "opgave")
            )
            if (zelfde or herkomst["niveau"] not in _PER_PERSOON) and uitslag(kind) not in {"nee", euro(0), "0"}:
                yield kind
        if regel["niveau"] == "deel":
            for kind in self.op_naam.get(("inkomstenopgave", "rest"), ()):
                if kind.get("opgave") == regel.get("opgave"):
                    yield kind


def _kop(kind: Mapping[str, Any], ouder: Mapping[str, Any]) -> str | None:
    """Which payslip a result is about, where that is new."""
    opgave = kind.get("opgave")
    if opgave is None or opgave == ouder.get("opgave"):
        return None
    return (
        f"Opgave van {opgave['loonheffingennummer']}, inkomstenverhouding {opgave['inkomstenverhouding']}, "
        f"{opgave['tijdvak_begin']} t/m {opgave['tijdvak_eind']} ({opgave['bestand']}, regel {opgave['bestandsregel']})"
    )


def _waarde(invoer: Mapping[str, Any]) -> str:
    if "bedrag_cent" in invoer:
        return ONBEKEND if invoer["bedrag_cent"] is None else euro(invoer["bedrag_cent"])
    waarde = invoer["waarde"]
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return ONBEKEND if waarde is None else str(waarde)


def _herkomst(herkomst: Mapping[str, Any]) -> str:
    """Where an input came from, in words."""
    match herkomst["soort"]:
        case "opgave":
            return f"loonaangifte {herkomst['bestand']}, regel {herkomst['bestandsregel']}"
        case "parameter":
            voorlopig = ", voorlopig" if herkomst["status"] == "voorlopig" else ""
            return f"{herkomst['omschrijving']}; geldig vanaf {herkomst['geldig_vanaf']}{voorlopig}; {herkomst['bron']}"
        case "dossier":
            return f"dossier, regel {herkomst['bestandsregel']}: {herkomst['omschrijving']}"
        case "beleid":
            return f"beleid van de gemeente: {herkomst['omschrijving']}"
    return str(herkomst.get("omschrijving", ""))
