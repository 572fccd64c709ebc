"""Mutation testing of the law: ``make mutatie`` breaks each rule in small ways and looks whether a test notices.

Cosmic Ray finds the places and makes the mutants. Its own runner starts a fresh Python per mutant, which here would
spend nearly all time on importing numpy and pyarrow; so each mutant runs in a fork of a process that has
imported everything but the rules. A mutant is killed when a worked case or a test of a rule fails, or when the
package refuses to start (the motor checks every rule at import). A mutant that survives must be explained in
docs/mutatie.md, or gets a test.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import os
import random
import re
import resource
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from tests.mutatie_woorden import WOORDEN

ROOT = Path(__file__).resolve().parents[1]
REGELS = Path("src/verrekening/regels")
VERKLAARD = ROOT / "docs" / "mutatie.md"
ANDERE = 15
"""So many cases that do not reach a rule run too: a broken rule may hold something where it held nothing."""
SECONDEN = 120
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

# Loaded before the fork: everything a run needs that does not know the rules.
_VOORAF = ("numpy", "pyarrow.csv", "pyarrow.parquet", "pyarrow.json", "lxml.etree", "pydantic", "yaml", "pytest")
_VOORAF_HUIS = ("beleid", "dossier", "polis", "parameters", "kolommen", "nummers")


@dataclass(frozen=True)
class Mutant:
    """One change of one place.

    Attributes:
        bestand: name of the chapter's file.
        plek: chapter and function.
        code: the whole file with the change.
        wijziging: the changed line before and after.
    """

    bestand: str
    plek: str
    code: str
    wijziging: str

    @property
    def functie(self) -> str:
        """Name of the function that is changed."""
        return self.plek.rpartition(".")[2]

    @property
    def naam(self) -> str:
        """How it is named in the report: without line numbers, so that it stays the same when lines move."""
        return f"{self.plek}: {self.wijziging}"


def mutanten(bestand: Path) -> Iterator[Mutant]:
    """Every mutant of a file."""
    bron = bestand.read_text(encoding="utf-8")
    boom = get_ast(bron)
    operatoren = [get_operator(naam)() for naam in KERN] + [woord() for woord in WOORDEN]
    for operator in operatoren:
        plekken = [knoop for knoop in ast_nodes(boom) for _ in operator.mutation_positions(knoop)]
        for nummer, knoop in enumerate(plekken):
            functie = ASTQuery(knoop).get_definition_name()
            code = mutate_code(bron, operator, nummer)
            if functie is None or code is None or code == bron:
                continue  # a table of codes is checked by the tests of the room that reads it
            yield Mutant(bestand.name, f"{bestand.stem}.{functie}", code, _wijziging(bron, code))


def _wijziging(voor: str, na: str) -> str:
    regels = list(difflib.unified_diff(voor.splitlines(), na.splitlines(), n=0, lineterm=""))[2:]
    weg = " ".join(regel[1:].strip() for regel in regels if regel.startswith("-"))
    erbij = " ".join(regel[1:].strip() for regel in regels if regel.startswith("+"))
    return re.sub(r"\s+", " ", f"{weg} → {erbij}")


class _GeenPandas:
    """Says at once that pandas is not there: pyarrow looks for it at every conversion, and rules do not need it."""

    @staticmethod
    def find_spec(naam: str, *_: object) -> None:
        """Raises for pandas; leaves every other name to the next finder."""
        if naam == "pandas":
            raise ModuleNotFoundError(naam)


class Proefbank:
    """A copy of the repository in which mutants are tried, one fork each."""

    def __init__(self, bereikt: dict[str, list[str]], werkmap: str) -> None:
        self.bereikt = bereikt
        self.map = Path(tempfile.mkdtemp(dir=werkmap))
        for deel in ("src", "tests", "fixtures"):
            shutil.copytree(ROOT / deel, self.map / deel, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", self.map)
        sys.dont_write_bytecode = True
        for naam in [naam for naam in sys.modules if naam == "tests" or naam.startswith("tests.")]:
            del sys.modules[naam]
        sys.path[:] = [str(self.map / "src"), str(self.map), *(pad for pad in sys.path if pad not in ("", str(ROOT)))]
        sys.meta_path.insert(0, _GeenPandas())
        for naam in (*_VOORAF, *(f"verrekening.{kamer}" for kamer in _VOORAF_HUIS)):
            importlib.import_module(naam)
        assert "verrekening.regels" not in sys.modules, "a room that is loaded before the fork knows the rules"
        assert Path(sys.modules["verrekening"].__file__ or "").is_relative_to(self.map)
        sys.modules["verrekening.parameters"].laad()
        self.voorop: dict[str, list[str]] = {}

    def probeer(self, mutant: Mutant) -> str | None:
        """What noticed the mutant (a case, a test, the import); None when nothing did."""
        bestand = self.map / REGELS / mutant.bestand
        echt = bestand.read_text(encoding="utf-8")
        voorop = self.voorop.setdefault(mutant.bestand, [])
        lees, schrijf = os.pipe()
        kind = os.fork()
        if kind == 0:
            os.close(lees)
            bestand.write_text(mutant.code, encoding="utf-8")
            eerst = self.bereikt.get(mutant.functie)
            os.write(schrijf, (_gemerkt(self.map, voorop, eerst) or "").encode()[:4000])
            os._exit(0)
        os.close(schrijf)
        with os.fdopen(lees, "rb") as pijp:
            antwoord = pijp.read().decode(errors="replace")
        _, status = os.waitpid(kind, 0)
        bestand.write_text(echt, encoding="utf-8")
        if status != 0:
            return "stopte zelf"
        if antwoord:
            # What noticed one mutant of a chapter often notices the next.
            voorop[:] = [antwoord, *(naam for naam in voorop if naam != antwoord)][:30]
        return antwoord or None


def _gemerkt(map_: Path, voorop: list[str], eerst: list[str] | None) -> str | None:
    """In the fork: loads the rules and runs the worked cases that reach the rule and some others, then the tests of rules.

    Args:
        map_: the copy of the repository.
        voorop: cases that noticed the mutants before this one.
        eerst: cases that reach the rule; None: run them all.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDEN, SECONDEN))
    stil = os.open(os.devnull, os.O_WRONLY)
    os.dup2(stil, 1)
    os.dup2(stil, 2)
    os.chdir(map_)
    try:
        gevallen: Any = importlib.import_module("tests.gevallen")
    except Exception:  # noqa: BLE001 - whatever stops the import has noticed the mutant
        return "import"
    alle = dict(gevallen.lees())
    kiest = set(alle) if eerst is None else {*eerst, *list(alle)[:: max(1, len(alle) // ANDERE)]}
    for naam in [*(naam for naam in voorop if naam in kiest), *(naam for naam in alle if naam in kiest - set(voorop))]:
        with tempfile.TemporaryDirectory(dir=map_) as plek:
            try:
                gevallen.toets(alle[naam], *gevallen.draai(alle[naam], Path(plek)))
            except Exception:  # noqa: BLE001 - also a fault inside the engine is noticed
                return str(naam)
    if (map_ / "tests" / "regels").is_dir():
        pytest: Any = importlib.import_module("pytest")
        if pytest.main(["-x", "-q", "-p", "no:cacheprovider", "tests/regels"]) != 0:
            return "tests/regels"
    return None


_bank: Proefbank | None = None


def _begin(bereikt: dict[str, list[str]], werkmap: str) -> None:
    global _bank  # noqa: PLW0603 - one test bench per process
    _bank = Proefbank(bereikt, werkmap)


def _bereikt() -> dict[str, list[str]]:
    """Function of a rule -> the worked cases that reach it; in a process of its own, because it loads the rules.

    Raises:
        AssertionError: a case already fails without any mutant.
    """
    dekking: Any = importlib.import_module("tests.dekking")
    return dict(dekking.per_functie(dekking.meet(toets=True)))


def _proef(mutant: Mutant) -> tuple[Mutant, str | None]:
    assert _bank is not None
    return mutant, _bank.probeer(mutant)


def main() -> int:
    """Prints the score per chapter and every survivor; 1 when one is not explained in docs/mutatie.md."""
    lezer = argparse.ArgumentParser(description=main.__doc__)
    lezer.add_argument("hoofdstuk", nargs="*", help="only these chapters, such as: netto norm")
    lezer.add_argument("--processen", type=int, default=2)
    lezer.add_argument("--steekproef", type=int, default=0, metavar="N", help="only N mutants, always the same ones")
    opties = lezer.parse_args()
    bestanden = [
        pad
        for pad in sorted((ROOT / REGELS).glob("*.py"))
        if pad.name not in ("__init__.py", "invoer.py", "signalen.py")
        and (not opties.hoofdstuk or pad.stem in opties.hoofdstuk)
    ]
    te_doen = [mutant for pad in bestanden for mutant in mutanten(pad)]
    if opties.steekproef:
        te_doen = random.Random(1).sample(te_doen, min(opties.steekproef, len(te_doen)))
    begin = datetime.now(UTC)
    with get_context("fork").Pool(1) as pool:
        bereikt = pool.apply(_bereikt)
    gemerkt: Counter[str] = Counter()
    overleefd: list[Mutant] = []
    with (
        tempfile.TemporaryDirectory(prefix="mutatie-") as werkmap,
        get_context("fork").Pool(opties.processen, initializer=_begin, initargs=(bereikt, werkmap)) as pool,
    ):
        for nummer, (mutant, door) in enumerate(pool.imap_unordered(_proef, te_doen, chunksize=4), 1):
            gemerkt[mutant.bestand] += door is not None
            if door is None:
                overleefd.append(mutant)
                sys.stderr.write(f"overleefd: {mutant.naam}\n")
            if nummer % 10 == 0:
                sys.stderr.write(f"{nummer} van {len(te_doen)}, {len(overleefd)} overleefd\n")
    return _verslag(te_doen, gemerkt, overleefd, (datetime.now(UTC) - begin).total_seconds())


def _verslag(te_doen: list[Mutant], gemerkt: Counter[str], overleefd: list[Mutant], seconden: float) -> int:
    verklaard = VERKLAARD.read_text(encoding="utf-8") if VERKLAARD.exists() else ""
    alle = Counter(mutant.bestand for mutant in te_doen)
    for bestand, aantal in sorted(alle.items()):
        sys.stdout.write(f"{bestand.removesuffix('.py'):20} {gemerkt[bestand]:5} van {aantal:5} gemerkt\n")
    totaal = sum(gemerkt.values())
    sys.stdout.write(f"samen {totaal} van {len(te_doen)}: {1000 * totaal // max(1, len(te_doen)) / 10}% ")
    sys.stdout.write(f"in {seconden:.0f} s\n")
    nieuw = 0
    for mutant in sorted(overleefd, key=lambda een: een.naam):
        bekend = mutant.naam in verklaard
        nieuw += not bekend
        sys.stdout.write(f"{'verklaard' if bekend else 'OVERLEEFD'} {mutant.naam}\n")
    return 1 if nieuw else 0


if __name__ == "__main__":
    sys.exit(main())
