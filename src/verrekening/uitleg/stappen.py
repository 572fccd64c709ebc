"""Every result of every rule that ran for the case, as data: the steps of the trace, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from verrekening.berekening import Stap
from verrekening.maand import toon_maand
from verrekening.motor.graaf import Graaf
from verrekening.motor.regel import Regel
from verrekening.nummers import zonder_bsn
from verrekening.uitleg.herkomst import PER_NIVEAU, Herkomst
from verrekening.uitleg.waarden import als_data, als_tekst, cel, is_niets, vul_zin

_BEKEND = {
    "besloten_te_betalen": "besloten_bekend",
    "betaald_in_maand": "betaling_bekend",
    "betaald": "betaling_bekend",
    "verschil": "betaling_bekend",
}
"""Amounts that are only known when another column says so (other amounts: ``<name>_bekend``)."""

_ZONDER = {
    "besluit_netto": "(geen besluit)",
    "besloten": "(geen besluit)",
    "besloten_te_betalen": "(geen besluit)",
    "geboekt": "(geen boeking)",
}
"""Amounts that need not be there, and what is said when they are not."""

Invoerbron = Callable[[str], dict[str, Any]]
"""Says where the argument of that name came from."""


Somzoeker = Callable[[int, int, str], dict[str, Any] | None]
"""(person, month, input) -> the wage records behind a sum, or None for an input that is no such sum."""


class Rij:
    """One row of the columns of a level."""

    def __init__(self, kolommen: Mapping[str, Any], rij: int) -> None:
        self.kolommen, self.rij = kolommen, rij

    def waarde(self, naam: str) -> Any:
        """The value of a column; None when it is not known (unknown is not zero)."""
        bekend = self.kolommen.get(_BEKEND.get(naam, f"{naam}_bekend"))
        if bekend is not None and not cel(bekend, self.rij):
            return None
        return cel(self.kolommen[naam], self.rij)


def regel_als_data(regel: Regel, rij: Rij, plaats: Mapping[str, Any], herkomst: Invoerbron) -> dict[str, Any]:
    """One result with its formula filled in, and its inputs with where they came from.

    Args:
        regel: the rule.
        rij: the row it ran on.
        plaats: what the row is: niveau, maand, and persoon or opgave.
        herkomst: says where an argument came from.
    """
    waarden = {naam: rij.waarde(naam) for naam in (*regel.argumenten, regel.naam)}
    soorten = regel.argumenten | {regel.naam: regel.soort}
    teksten = {naam: als_tekst(soorten[naam], waarde) for naam, waarde in waarden.items()}
    # No decision and no booking are no unknown amounts: most records and months need none.
    teksten |= {naam: tekst for naam, tekst in _ZONDER.items() if waarden.get(naam, 0) is None}
    return {
        **plaats,
        "regel": regel.nummer,
        "naam": regel.naam,
        "artikel": regel.artikel,
        "soort": regel.soort,
        **als_data(regel.soort, waarden[regel.naam]),
        "formule": vul_zin(regel.zin, teksten),
        "invoer": [
            {"naam": naam, **als_data(soort, waarden[naam]), "herkomst": herkomst(naam)}
            for naam, soort in regel.argumenten.items()
        ],
    }


def doet_ertoe(regel: Regel, rij: Rij, graaf: Graaf) -> bool:
    """Whether the result, or an input that is no parameter, is something other than 0, nee or unknown.

    A signal that is not given did nothing.
    """
    if regel.naam.startswith("signaal_") and not rij.waarde(regel.naam):
        return False
    eigen = [naam for naam in regel.argumenten if naam not in graaf.parameters]
    return not all(is_niets(rij.waarde(naam)) for naam in (regel.naam, *eigen))


def regels_van_rij(
    graaf: Graaf, rij: Rij, plaats: Mapping[str, Any], herkomst: Invoerbron, *, volledig: bool
) -> Iterator[dict[str, Any]]:
    """The results of all rules on one row, in order of calculation."""
    gekozen = None if volledig or graaf.niveau != "norm" else _weg_naar_de_norm(graaf, rij)
    for regel in graaf.regels:
        if volledig or (doet_ertoe(regel, rij, graaf) and (gekozen is None or regel.naam in gekozen)):
            yield regel_als_data(regel, rij, plaats, herkomst)


def _weg_naar_de_norm(graaf: Graaf, rij: Rij) -> set[str]:
    """The rules that led to the norm of the household: those without whose result it would be another norm.

    Every norm is computed for everybody, and one is chosen; the others would only hide it.
    """
    echt = {naam: cel(kolom, rij.rij) for naam, kolom in rij.kolommen.items()}
    doelen = [naam for naam in ("norm", "gehuwdennorm") if echt[naam]]
    gekozen = set(doelen)
    for regel in graaf.regels:
        waarde = echt[regel.naam]
        ander = {"Cent": 0, "JaNee": not waarde}.get(regel.soort, waarde + 1)
        kolommen = dict(echt)
        for een in graaf.regels:
            if een is regel:
                kolommen[een.naam] = ander
            else:
                kolommen[een.naam] = een.functie(*[kolommen[argument] for argument in een.argumenten])
        if any(kolommen[doel] != echt[doel] for doel in doelen):
            gekozen.add(regel.naam)
    return gekozen


def regels_van_stappen(
    stappen: list[Stap], herkomst: Herkomst, delen: Somzoeker, *, volledig: bool
) -> Iterator[dict[str, Any]]:
    """The results of the levels from person to payment, month by month.

    Args:
        stappen: the trace of one household.
        herkomst: finds sources.
        delen: finds the wage records behind a sum.
        volledig: also rules that did nothing.
    """
    uitkomst = herkomst.resultaat.uitkomst
    is_r = {int(maand): bool(uitkomst.bereik.is_r[rij, 0]) for rij, maand in enumerate(uitkomst.bereik.maanden)}
    for stap in stappen:
        maand = stap.maand
        if maand is None or (stap.niveau in {"rechtmaand", "verdeling"} and not is_r[maand]):
            continue
        per_persoon = stap.niveau.startswith("persoon")
        for nummer, wie in enumerate(stap.rijen):
            plaats: dict[str, Any] = {"niveau": stap.niveau, "maand": toon_maand(maand)}
            if per_persoon:
                plaats["persoon"] = volgnummer(herkomst, int(wie))
            if stap.niveau == "vordering":
                plaats["vordering"] = zonder_bsn(str(herkomst.resultaat.zaken.aflossingen["vordering"][wie]))
            if stap.niveau == "gift":
                plaats["gift"] = int(herkomst.resultaat.zaken.giften["volgnr"][wie]) + 1

            bron = partial(_bron, herkomst, delen, stap, int(wie), maand)
            yield from regels_van_rij(stap.graaf, Rij(stap.kolommen, nummer), plaats, bron, volledig=volledig)


def _bron(herkomst: Herkomst, delen: Somzoeker, stap: Stap, wie: int, maand: int, naam: str) -> dict[str, Any]:
    """Where an argument of a step came from."""
    som = delen(wie, maand, naam) if naam in PER_NIVEAU[stap.niveau].invoer else None
    return som or herkomst.argument(naam, stap.graaf, stap.waarden)


def volgnummer(herkomst: Herkomst, persoon: int) -> int:
    """Place of a person in the list of the dossier, from 1; the only way a person is pointed at."""
    huishouden = herkomst.resultaat.zaken.personen["huishouden"]
    eerste = int((huishouden < huishouden[persoon]).sum())
    return persoon - eerste + 1
