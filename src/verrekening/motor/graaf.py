"""The graph of the rules of one level, built from argument names, checked at import, run in one pass.

A level (niveau) has one kind of row: a wage record, a person in a month, a household in a month, a
household in a payment month. Everything a rule of the level may read is declared: other rules, inputs,
parameters and state. A name that is none of these is an error at import, with the nearest names.
"""

from __future__ import annotations

import difflib
import graphlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from verrekening.fouten import RegelFout
from verrekening.maand import toon_maand
from verrekening.motor.regel import Regel


@dataclass(frozen=True, slots=True)
class Invoer:
    """A declared input of a level.

    Attributes:
        naam: name of the column.
        soort: its kind, as in annotations.
        herkomst: where it comes from (Dutch), for explanations.
        omschrijving: what it is, in words.
    """

    naam: str
    soort: str
    herkomst: str
    omschrijving: str = ""


@dataclass(frozen=True, slots=True)
class Toestand:
    """State that the month loop carries from one month to the next.

    Attributes:
        naam: the name under which rules read it (its value at the begin of the month).
        na: name of the rule that makes the value at the end of the month.
        soort: its kind.
        begin: value before the first month.
        omschrijving: what it is, in words.
    """

    naam: str
    na: str
    soort: str
    begin: int
    omschrijving: str = ""


@dataclass(frozen=True)
class Graaf:
    """The rules of one level that hold in one month, in order of calculation."""

    niveau: str
    regels: tuple[Regel, ...]
    parameters: frozenset[str]

    def reken(self, invoer: Mapping[str, Any], wacht: Callable[[Regel, Any], None] | None = None) -> dict[str, Any]:
        """Computes every rule.

        Args:
            invoer: inputs, parameters, policy and state by name: columns, or single Python integers.
            wacht: called with every rule and its result; for checks, never for results.

        Returns:
            The inputs and every computed column by name.
        """
        kolommen = dict(invoer)
        for een in self.regels:
            kolommen[een.naam] = een.functie(*[kolommen[argument] for argument in een.argumenten])
            if wacht is not None:
                wacht(een, kolommen[een.naam])
        return kolommen


@dataclass(frozen=True)
class Niveau:
    """All rules of one level over all dates, with what they may read.

    ``tot`` is the last month for which the rules of the level are written; None is open.

    Raises:
        RegelFout: when built, on an unknown name, a cycle, two rules with one name in one month, a name
            that is missing in some month, or a kind that differs between maker and reader.
    """

    naam: str
    regels: tuple[Regel, ...]
    invoer: Mapping[str, Invoer]
    parameters: Mapping[str, str]
    toestand: Mapping[str, Toestand] = field(default_factory=dict)
    tot: int | None = None
    _grafen: dict[tuple[str, ...], Graaf] = field(default_factory=dict, repr=False)
    _per_maand: dict[int, Graaf] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for maand in self.wisselmaanden():
            self.op(maand)

    def wisselmaanden(self) -> list[int]:
        """The months in which the set of rules changes, and one before the first."""
        grenzen = {een.vanaf for een in self.regels if een.vanaf is not None}
        grenzen |= {een.tot + 1 for een in self.regels if een.tot is not None}
        maanden = sorted({min(grenzen, default=0) - 1, *grenzen})
        return [maand for maand in maanden if self.tot is None or maand <= self.tot]

    def op(self, maand: int) -> Graaf:
        """The graph that holds in a month. Raises RegelFout after the last month the level is written for."""
        if maand in self._per_maand:
            return self._per_maand[maand]
        if self.tot is not None and maand > self.tot:
            raise RegelFout(f"{self.naam}: de regels zijn geschreven tot en met {toon_maand(self.tot)}")
        geldig = [een for een in self.regels if een.geldt(maand)]
        sleutel = tuple(f"{een.naam}@{een.vanaf}" for een in geldig)
        if sleutel not in self._grafen:
            self._grafen[sleutel] = self._bouw(geldig)
        self._per_maand[maand] = self._grafen[sleutel]
        return self._grafen[sleutel]

    def _bouw(self, geldig: list[Regel]) -> Graaf:
        op_naam: dict[str, Regel] = {}
        for een in geldig:
            if een.naam in op_naam:
                raise RegelFout(f"{self.naam}: twee regels met de naam {een.naam} gelden in dezelfde maand")
            op_naam[een.naam] = een
        soorten = self._soorten(geldig)
        gebruikt: set[str] = set()
        for een in geldig:
            for argument, soort in een.argumenten.items():
                if argument not in soorten:
                    raise RegelFout(self._onbekend(een, argument, soorten))
                if soorten[argument] != soort:
                    raise RegelFout(
                        f"{self.naam}: {een.naam} leest {argument} als {soort}, maar het is {soorten[argument]}"
                    )
                if argument in self.parameters:
                    gebruikt.add(argument)
        for stand in self.toestand.values():
            if stand.na not in soorten:
                raise RegelFout(f"{self.naam}: de toestand {stand.naam} mist haar regel {stand.na}")
        return Graaf(self.naam, tuple(_op_volgorde(geldig, op_naam, self.naam)), frozenset(gebruikt))

    def _soorten(self, geldig: Iterable[Regel]) -> dict[str, str]:
        soorten = {naam: een.soort for naam, een in self.invoer.items()}
        for bron in (dict(self.parameters), {naam: stand.soort for naam, stand in self.toestand.items()}):
            for naam, soort in bron.items():
                if naam in soorten:
                    raise RegelFout(f"{self.naam}: {naam} is twee keer aangegeven")
                soorten[naam] = soort
        for een in geldig:
            if een.naam in soorten:
                raise RegelFout(f"{self.naam}: {een.naam} is regel en invoer tegelijk")
            soorten[een.naam] = een.soort
        return soorten

    def _onbekend(self, een: Regel, argument: str, soorten: Mapping[str, str]) -> str:
        anders = {andere.naam for andere in self.regels}
        if argument in anders:
            return f"{self.naam}: {een.naam} vraagt {argument}, dat niet in elke maand bestaat"
        buren = difflib.get_close_matches(argument, list(soorten), n=3)
        return f"{self.naam}: {een.naam} vraagt {argument}, dat geen regel, invoer, parameter of toestand is" + (
            f"; bedoelt u {', '.join(buren)}?" if buren else ""
        )


def _op_volgorde(geldig: list[Regel], op_naam: Mapping[str, Regel], niveau: str) -> list[Regel]:
    """Order of calculation: as written, but never before what a rule reads."""
    sorteerder: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    for een in geldig:
        sorteerder.add(een.naam, *[argument for argument in een.argumenten if argument in op_naam])
    try:
        sorteerder.prepare()
    except graphlib.CycleError as fout:
        raise RegelFout(f"{niveau}: kring van regels: {' -> '.join(fout.args[1])}") from fout
    plaats = {een.naam: nummer for nummer, een in enumerate(geldig)}
    volgorde: list[Regel] = []
    klaar: list[str] = []
    while sorteerder.is_active():
        klaar.extend(sorteerder.get_ready())
        volgende = min(klaar, key=plaats.__getitem__)
        klaar.remove(volgende)
        volgorde.append(op_naam[volgende])
        sorteerder.done(volgende)
    return volgorde


def regels_uit(niveau: str, *hoofdstukken: ModuleType) -> tuple[Regel, ...]:
    """The rules of one level that stand in these chapters, in the order in which they are written."""
    gevonden = []
    for hoofdstuk in hoofdstukken:
        for waarde in vars(hoofdstuk).values():
            een = getattr(waarde, "__regel__", None)
            if isinstance(een, Regel) and een.niveau == niveau and waarde.__module__ == hoofdstuk.__name__:
                gevonden.append(een)
    return tuple(gevonden)
