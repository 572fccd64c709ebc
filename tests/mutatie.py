"""Mutation testing of the law: ``make mutatie`` breaks each rule in small ways and looks whether a test notices.

Cosmic Ray finds the places and makes the mutants. Its own runner starts a fresh Python per mutant and reads everything
again; here each worked case is read and computed once, and every call of a rule is kept with its answer. A mutant is
one function with other code, tried in a fork: first on the calls that were kept, then, on the cases in which it
answers differently, the whole calculation. It is killed when such a case does not give what it states, or when a test
of its chapter fails. A mutant that survives must be explained in docs/mutatie.md, or gets a test.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import gc
import importlib
import json
import os
import random
import re
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import numpy as np
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from tests import gevallen
from tests.mutatie_woorden import WOORDEN

from verrekening.geld import Exact

ROOT = Path(__file__).resolve().parents[1]
REGELS = ROOT / "src" / "verrekening" / "regels"
VERKLAARD = ROOT / "docs" / "mutatie.md"
LIJSTEN = ("__init__", "invoer", "signalen")
"""Files without rules: what they list is read at import, and checked by the tests of the rooms that read it."""
OVER_BETALEN = ("verrekening", "verdeling", "bestaansminimum")
"""Chapters that tests/berekening is about too: what an earlier run decided is in no worked case."""
SECONDEN = 60
"""After so much processor time a mutant hangs: noticed."""

# A boundary moved and a condition reversed; the other pairs of Cosmic Ray say the same twice or never compile.
_VERGELIJKEN = ["Gt_GtE", "GtE_Gt", "Lt_LtE", "LtE_Lt", "Gt_LtE", "GtE_Lt", "Lt_GtE", "LtE_Gt", "Eq_NotEq", "NotEq_Eq"]
_REKENEN = ["Add_Sub", "Sub_Add", "Mul_Add", "FloorDiv_Mul", "BitAnd_BitOr", "BitOr_BitAnd"]
KERN = (
    *(f"core/ReplaceComparisonOperator_{paar}" for paar in _VERGELIJKEN),
    *(f"core/ReplaceBinaryOperator_{paar}" for paar in _REKENEN),
    *("core/NumberReplacer", "core/ReplaceTrueWithFalse", "core/ReplaceFalseWithTrue"),
    *("core/ReplaceUnaryOperator_Delete_USub", "core/ReplaceUnaryOperator_Delete_Invert"),
)


@dataclass(frozen=True)
class Mutant:
    """One change of one place.

    Attributes:
        hoofdstuk, functie: which function is changed.
        lijn: where the function begins.
        tekst: the function with the change.
        wijziging: the changed line before and after.
    """

    hoofdstuk: str
    functie: str
    lijn: int
    tekst: str
    wijziging: str

    @property
    def plek(self) -> str:
        """Chapter and function."""
        return f"{self.hoofdstuk}.{self.functie}"

    @property
    def naam(self) -> str:
        """How it is named in the report: without line numbers, so that it stays the same when lines move."""
        return f"{self.plek}: {self.wijziging}"


def mutanten(bestand: Path) -> Iterator[Mutant]:
    """Every mutant of the functions of a file; a change that compiles to the same code is none."""
    bron = bestand.read_text(encoding="utf-8")
    operatoren = [get_operator(naam)() for naam in KERN] + [woord() for woord in WOORDEN]
    for functie in ast.parse(bron).body:
        if not isinstance(functie, ast.FunctionDef):
            continue
        tekst = ast.get_source_segment(bron, functie) or ""
        echt = _code(tekst, functie.lineno, bestand)
        boom = get_ast(tekst)
        for operator in operatoren:
            plekken = [knoop for knoop in ast_nodes(boom) for _ in operator.mutation_positions(knoop)]
            for nummer in range(len(plekken)):
                na = mutate_code(tekst, operator, nummer)
                if na is not None and _code(na, functie.lineno, bestand) != echt:
                    yield Mutant(bestand.stem, functie.name, functie.lineno, na, _wijziging(tekst, na))


def ongewijzigd(bestand: Path) -> Mutant:
    """The first function of a file as it is: nothing may notice it."""
    bron = bestand.read_text(encoding="utf-8")
    functie = next(een for een in ast.parse(bron).body if isinstance(een, ast.FunctionDef))
    return Mutant(bestand.stem, functie.name, functie.lineno, ast.get_source_segment(bron, functie) or "", "")


def _code(tekst: str, lijn: int, bestand: Path) -> CodeType:
    """The compiled function, at the lines where it stands."""
    bron = "\n" * (lijn - 1) + tekst
    module = compile(bron, str(bestand), "exec", flags=annotations.compiler_flag, dont_inherit=True)
    return next(een for een in module.co_consts if isinstance(een, CodeType))


def _wijziging(voor: str, na: str) -> str:
    regels = list(difflib.unified_diff(voor.splitlines(), na.splitlines(), n=0, lineterm=""))[2:]
    weg = " ".join(regel[1:].strip() for regel in regels if regel.startswith("-"))
    erbij = " ".join(regel[1:].strip() for regel in regels if regel.startswith("+"))
    return re.sub(r"\s+", " ", f"{weg} → {erbij}")


@dataclass(frozen=True)
class Oproep:
    """One call of a rule in a worked case, with what it answered."""

    geval: int
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    uit: Any


class Proefbank:
    """The worked cases, read once, and every call of every function in the chapters while they were computed."""

    def __init__(self, zaken: Iterable[gevallen.Gelezen]) -> None:
        self.gevallen = list(zaken)
        self.oproepen: dict[str, list[Oproep]] = {}
        self._functies = dict(_functies())
        echt = {plek: functie.__code__ for plek, functie in self._functies.items()}
        nu = [0]
        try:
            for plek, functie in self._functies.items():
                _luister(functie, self.oproepen.setdefault(plek, []), nu)
            for nu[0], een in enumerate(self.gevallen):
                een.toets(een.reken())
        finally:
            for plek, functie in self._functies.items():
                functie.__code__ = echt[plek]

    def probeer(self, mutant: Mutant) -> tuple[str | None, list[str]]:
        """What noticed the mutant (a case, a test; None when nothing did), and cases in which the rule answers differently."""
        lees, schrijf = os.pipe()
        kind = os.fork()
        if kind == 0:
            os.close(lees)
            stil = os.open(os.devnull, os.O_WRONLY)
            os.dup2(stil, 1)
            os.dup2(stil, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDEN, SECONDEN))
            door, anders = self._gemerkt(mutant)
            os.write(schrijf, json.dumps([door, anders[:3]]).encode())
            os._exit(0)
        os.close(schrijf)
        with os.fdopen(lees, "rb") as pijp:
            antwoord = pijp.read()
        _, status = os.waitpid(kind, 0)
        if status != 0:
            return "stopte zelf", []
        door, anders = json.loads(antwoord)
        return door, anders

    def _gemerkt(self, mutant: Mutant) -> tuple[str | None, list[str]]:
        """In the fork: the calls that were kept, the cases that they show, and the tests of the chapter."""
        functie = self._functies[mutant.plek]
        functie.__code__ = _code(mutant.tekst, mutant.lijn, REGELS / f"{mutant.hoofdstuk}.py")
        anders = dict.fromkeys(een.geval for een in self.oproepen[mutant.plek] if _anders(functie, een))
        # A case that states the result of this very rule notices it at once.
        eerst = sorted(anders, key=lambda nummer: mutant.functie not in str(self.gevallen[nummer].geval["verwacht"]))
        for nummer in eerst:
            een = self.gevallen[nummer]
            try:
                een.toets(een.reken())
            except Exception:  # noqa: BLE001 - also a fault inside the engine is noticed
                return een.naam, []
        door = _toetsen(mutant.hoofdstuk)
        return door, [self.gevallen[nummer].naam for nummer in eerst]


def _functies() -> Iterator[tuple[str, FunctionType]]:
    """Every function that is written in a chapter, by chapter and name."""
    for bestand in _bestanden():
        module = importlib.import_module(f"verrekening.regels.{bestand.stem}")
        for naam, waarde in vars(module).items():
            if isinstance(waarde, FunctionType) and waarde.__module__ == module.__name__:
                yield f"{bestand.stem}.{naam}", waarde


def _bestanden() -> list[Path]:
    return [pad for pad in sorted(REGELS.glob("*.py")) if pad.stem not in LIJSTEN]


def _luister(functie: FunctionType, oproepen: list[Oproep], geval: list[int]) -> None:
    """Gives a function code that keeps every call, wherever the function is held."""
    echt = FunctionType(functie.__code__, functie.__globals__, functie.__name__)

    def luister(*args: Any, **kwargs: Any) -> Any:
        bewaard = [np.copy(een) if isinstance(een, np.ndarray) else een for een in args]
        uit = echt(*args, **kwargs)
        oproepen.append(Oproep(geval[0], tuple(bewaard), kwargs, uit))
        return uit

    naam = f"_luister_{functie.__name__}"
    functie.__globals__[naam] = luister
    module = compile(f"def _(*args, **kwargs): return {naam}(*args, **kwargs)", __file__, "exec", dont_inherit=True)
    functie.__code__ = next(een for een in module.co_consts if isinstance(een, CodeType))


def _anders(functie: FunctionType, oproep: Oproep) -> bool:
    """Whether the function answers something else now."""
    try:
        return not _gelijk(functie(*oproep.args, **oproep.kwargs), oproep.uit)
    except Exception:  # noqa: BLE001 - a mutant that cannot compute answers differently
        return True


def _gelijk(een: Any, ander: Any) -> bool:
    if isinstance(ander, tuple):
        return type(een) is type(ander) and all(map(_gelijk, een, ander))
    if isinstance(ander, Exact):
        return isinstance(een, Exact) and _gelijk((een.teller, een.noemer), (ander.teller, ander.noemer))
    een, ander = np.asarray(een), np.asarray(ander)
    return een.dtype == ander.dtype and np.array_equal(een, ander)


def _toetsen(hoofdstuk: str) -> str | None:
    """The test of a chapter that fails, or None; what the fork has loaded is what they test."""
    bestanden = sorted((ROOT / "tests" / "regels").glob(f"test_{hoofdstuk.partition('_')[0]}*.py"))
    if hoofdstuk in OVER_BETALEN:
        bestanden += sorted((ROOT / "tests" / "berekening").glob("test_*.py"))
    if not bestanden:
        return None
    geslaagd = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *map(str, bestanden)]) == 0
    return None if geslaagd else f"tests van {hoofdstuk}"


_bank: Proefbank | None = None


def _proef(mutant: Mutant) -> tuple[Mutant, str | None, list[str]]:
    assert _bank is not None
    return mutant, *_bank.probeer(mutant)


def main() -> int:
    """Prints the score per chapter and every survivor; 1 when one is not explained, 2 when a test already fails."""
    global _bank  # noqa: PLW0603 - the forks find it here
    lezer = argparse.ArgumentParser(description=main.__doc__)
    lezer.add_argument("hoofdstuk", nargs="*", help="only these chapters, such as: netto norm")
    lezer.add_argument("--processen", type=int, default=2)
    lezer.add_argument("--steekproef", type=int, default=0, metavar="N", help="only N mutants, always the same ones")
    opties = lezer.parse_args()
    begin = datetime.now(UTC)
    bestanden = [pad for pad in _bestanden() if not opties.hoofdstuk or pad.stem in opties.hoofdstuk]
    te_doen = [mutant for pad in bestanden for mutant in mutanten(pad)]
    if opties.steekproef:
        te_doen = random.Random(1).sample(te_doen, min(opties.steekproef, len(te_doen)))
    _bank = Proefbank(gevallen.lees_alle())
    os.chdir(ROOT)
    for pad in bestanden:
        door, _ = _bank.probeer(ongewijzigd(pad))
        if door is not None:
            sys.stderr.write(f"zonder wijziging al fout: {door}\n")
            return 2
    overleefd: dict[str, list[str]] = {}
    gemerkt: Counter[str] = Counter()
    # What was read stays as it is: a collection in a fork would copy all of it.
    gc.freeze()
    with get_context("fork").Pool(opties.processen) as pool:
        for nummer, (mutant, door, anders) in enumerate(pool.imap(_proef, te_doen, chunksize=4), 1):
            gemerkt[mutant.hoofdstuk] += door is not None
            if door is None:
                overleefd[mutant.naam] = anders
                sys.stderr.write(f"overleefd: {mutant.naam}\n")
            if nummer % 100 == 0:
                sys.stderr.write(f"{nummer} van {len(te_doen)}, {len(overleefd)} overleefd\n")
    seconden = (datetime.now(UTC) - begin).total_seconds()
    return _verslag(Counter(een.hoofdstuk for een in te_doen), gemerkt, overleefd, seconden)


def _verslag(alle: Counter[str], gemerkt: Counter[str], overleefd: dict[str, list[str]], seconden: float) -> int:
    verklaard = VERKLAARD.read_text(encoding="utf-8")
    for hoofdstuk, aantal in sorted(alle.items()):
        sys.stdout.write(f"{hoofdstuk:20} {gemerkt[hoofdstuk]:5} van {aantal:5} gemerkt\n")
    totaal = sum(gemerkt.values())
    sys.stdout.write(f"samen {totaal} van {alle.total()}: {1000 * totaal // max(1, alle.total()) / 10}% ")
    sys.stdout.write(f"in {seconden:.0f} s\n")
    nieuw = 0
    for naam, anders in sorted(overleefd.items()):
        bekend = f"`{naam}`" in verklaard
        nieuw += not bekend
        sys.stdout.write(f"{'verklaard' if bekend else 'OVERLEEFD'} {naam}\n")
        if not bekend:
            sys.stdout.writelines(f"    antwoordt anders in {geval}\n" for geval in anders)
    return 1 if nieuw else 0


if __name__ == "__main__":
    sys.exit(main())
