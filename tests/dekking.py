"""Which rules, and which sides of their choices, the worked cases reach: ``make dekking`` prints it.

A rule is reached by a case when its column holds something in some row (an amount or count that is not 0, a
condition that is true, a date that is known). The sides of a choice are counted by computing each rule once
more with words of the motor that look at their arguments: of `kies` whether the condition was ever true and ever
false, of `ten_hoogste` and `ten_minste` whether the amount and the limit ever won, of a condition whether it ever held
and ever failed. A side that never occurs is a side that no worked case explains.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np
from tests import gevallen

from verrekening.geld import Exact
from verrekening.maand import OPEN, toon_maand
from verrekening.motor import Graaf, Regel, woorden
from verrekening.regels import NIVEAUS, TABELREGELS

Plek = tuple[int, int]
"""Line and column of a word in its chapter."""

_KANTEN: dict[str, tuple[str, str]] = {
    "kies": ("dan", "anders"),
    "ten_hoogste": ("bedrag", "maximum"),
    "ten_minste": ("bedrag", "minimum"),
    "en": ("waar", "onwaar"),
    "of": ("waar", "onwaar"),
    "is_een_van": ("waar", "onwaar"),
}


@dataclass
class Bereikt:
    """What was reached of one rule.

    Attributes:
        gevallen: names of the cases in which the rule holds something.
        kanten: per word in the body, the sides that occurred.
    """

    gevallen: list[str] = field(default_factory=list)
    kanten: dict[tuple[Plek, str], set[str]] = field(default_factory=dict)

    def ontbreekt(self) -> list[str]:
        """The sides that never occurred."""
        return [
            f"regel {plek[0]}: {woord} nooit {kant}"
            for (plek, woord), gezien in sorted(self.kanten.items())
            for kant in _KANTEN[woord]
            if kant not in gezien
        ]


@dataclass
class Dekking:
    """What all cases reached, by rule (see `sleutel`)."""

    regels: dict[str, Bereikt] = field(default_factory=dict)
    met_kanten: bool = True

    @contextmanager
    def van(self, geval: str) -> Iterator[None]:
        """Watches everything that is computed inside the block."""
        echt = Graaf.reken

        def reken(graaf: Graaf, invoer: Mapping[str, Any], wacht: Any = None) -> dict[str, Any]:
            kolommen = echt(graaf, invoer, wacht)
            for regel in graaf.regels:
                self._zie(regel, kolommen, geval)
            return kolommen

        vervangen = [*self._tabelregels(geval)]
        Graaf.reken = reken  # type: ignore[assignment, method-assign]
        try:
            yield
        finally:
            Graaf.reken = echt  # type: ignore[method-assign]
            for module, naam, functie in vervangen:
                setattr(module, naam, functie)

    def _zie(self, regel: Regel, kolommen: Mapping[str, Any], geval: str) -> None:
        bereikt = self.regels[sleutel(regel)]
        self._raak(bereikt, _houdt_iets(kolommen[regel.naam]), geval)
        if self.met_kanten:
            _met_spionnen(regel.functie, bereikt.kanten)(*[kolommen[argument] for argument in regel.argumenten])

    def _raak(self, bereikt: Bereikt, ja: bool, geval: str) -> None:
        if ja and geval not in bereikt.gevallen[-1:]:
            bereikt.gevallen.append(geval)

    def _tabelregels(self, geval: str) -> Iterator[tuple[Any, str, Any]]:
        """Puts a watching function in the place of each table rule, wherever the package holds it."""
        for een in TABELREGELS:

            def kijk(*args: Any, _een: Any = een, **kwargs: Any) -> Any:
                uit = _een.functie(*args, **kwargs)
                delen = uit if isinstance(uit, tuple) else (uit,)
                self._raak(self.regels[_een.naam], any(_houdt_iets(deel) for deel in delen), geval)
                return uit

            for module, naam in _houders()[een.naam]:
                setattr(module, naam, kijk)
                yield module, naam, een.functie


@cache
def _houders() -> dict[str, list[tuple[ModuleType, str]]]:
    """Per table rule the modules that hold it, and under which name."""
    huis = [module for naam, module in sys.modules.items() if naam.startswith("verrekening.")]
    return {
        een.naam: [(module, naam) for module in huis for naam, waarde in vars(module).items() if waarde is een.functie]
        for een in TABELREGELS
    }


def sleutel(regel: Regel) -> str:
    """Name of a rule, with the month from which it holds when there is an earlier one of that name."""
    return regel.naam if regel.vanaf is None else f"{regel.naam} (vanaf {toon_maand(regel.vanaf)})"


def _houdt_iets(kolom: Any) -> bool:
    kolom = np.asarray(kolom.teller if isinstance(kolom, Exact) else kolom)
    return bool(((kolom != 0) & (kolom != OPEN)).any())


def _met_spionnen(functie: Callable[..., Any], kanten: dict[tuple[Plek, str], set[str]]) -> Callable[..., Any]:
    """The same rule with words that note which sides occur."""
    assert isinstance(functie, FunctionType)
    spionnen = {woord: _spion(woord, kanten) for woord in _KANTEN}
    return FunctionType(functie.__code__, functie.__globals__ | spionnen)


def _spion(woord: str, kanten: dict[tuple[Plek, str], set[str]]) -> Callable[..., Any]:
    echt = getattr(woorden, woord)

    def spion(*args: Any) -> Any:
        uit = echt(*args)
        aanroeper = sys._getframe(1)
        gezien = kanten.setdefault((_plek(aanroeper.f_code, aanroeper.f_lasti), woord), set())
        links, rechts = _KANTEN[woord]
        eerste, tweede = _voorwaarden(woord, args, uit)
        gezien.update({links} if eerste else (), {rechts} if tweede else ())
        return uit

    return spion


@cache
def _plek(code: CodeType, stap: int) -> Plek:
    """Where in the chapter an instruction stands."""
    lijn, _, kolom, _ = list(code.co_positions())[stap // 2]
    return lijn or 0, kolom or 0


def _voorwaarden(woord: str, args: tuple[Any, ...], uit: Any) -> tuple[bool, bool]:
    """Whether the first and the second side of a word occurred in some row."""
    if woord == "ten_hoogste":
        eerste, tweede = np.asarray(args[0] < args[1]), np.asarray(args[0] > args[1])
    elif woord == "ten_minste":
        eerste, tweede = np.asarray(args[0] > args[1]), np.asarray(args[0] < args[1])
    else:
        eerste = np.asarray(args[0] if woord == "kies" else uit).astype(bool)
        tweede = ~eerste
    return bool(eerste.any()), bool(tweede.any())


def meet(*, met_kanten: bool = True) -> Dekking:
    """Runs every worked case and watches which rules are reached and, unless told not to, the sides of their choices."""
    uit = Dekking({sleutel(regel): Bereikt() for niveau in NIVEAUS for regel in niveau.regels}, met_kanten)
    uit.regels |= {een.naam: Bereikt() for een in TABELREGELS}
    for geval in gevallen.lees_alle():
        with uit.van(geval.naam):
            geval.reken()
    return uit


def main() -> None:
    """Prints per rule how many cases reach it, how many sides occurred, and which never did."""
    dekking = meet()
    alle = gezien = 0
    for naam, bereikt in dekking.regels.items():
        kanten = 2 * len(bereikt.kanten)
        ontbreekt = bereikt.ontbreekt()
        alle, gezien = alle + kanten, gezien + kanten - len(ontbreekt)
        sys.stdout.write(f"{naam:44} {len(bereikt.gevallen):4} gevallen   {kanten - len(ontbreekt)}/{kanten} kanten\n")
        sys.stdout.writelines(f"    {regel}\n" for regel in ontbreekt)
    niet = [naam for naam, bereikt in dekking.regels.items() if not bereikt.gevallen]
    sys.stdout.write(f"\nregels: {len(dekking.regels) - len(niet)} van {len(dekking.regels)} bereikt")
    sys.stdout.write(f"; kanten: {gezien} van {alle}\n")
    sys.stdout.writelines(f"    niet bereikt: {naam}\n" for naam in niet)


if __name__ == "__main__":
    main()
