"""The walls of the house: which room may know which, and what never happens near money.

The tables say what is allowed; a new room or a new import is one line there, seen in review. This is plain
`ast` instead of import-linter because half of the walls are not about imports (a float, a clock, `open`), and
because the checker can then be tested on a line of source text.
"""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HUIS = ROOT / "src" / "verrekening"

_GEREEDSCHAP = {"arrow", "fouten", "geld", "kolommen", "maand", "nummers", "schijf"}
_BRONNEN = {"beleid", "dossier", "parameters", "polis"}
_REKENEN = {"berekening", "motor", "regels"}

# Room -> the rooms it may import. A room is a module or a folder directly below src/verrekening.
KAMERS: dict[str, set[str]] = {
    "__init__": {"versie"},
    "__main__": {"cli"},
    # Tools that everybody may hold.
    "arrow": set(),
    "fouten": set(),
    "schijf": {"fouten", "kolommen"},
    "kolommen": set(),
    "geld": {"kolommen", "fouten"},
    "maand": {"kolommen", "fouten"},
    "nummers": {"kolommen", "fouten"},
    "versie": set(),
    # What is not computed, in words; nobody calculates with it.
    "leemten": set(),
    # What comes in. Nothing here knows that there are rules.
    "parameters": _GEREEDSCHAP,
    "beleid": _GEREEDSCHAP | {"parameters"},
    "polis": _GEREEDSCHAP | {"parameters"},  # the reader of YAML as text, for mapping files
    "dossier": _GEREEDSCHAP,
    # The law, and what runs it.
    "motor": {"fouten", "geld", "kolommen", "maand"},
    "regels": {"geld", "kolommen", "maand", "motor"},
    "berekening": _GEREEDSCHAP | _BRONNEN | {"motor", "regels"},
    # What goes out, and what is remembered.
    "uitvoer": _GEREEDSCHAP | _BRONNEN | _REKENEN,
    "rapport": {"geld"},
    "uitleg": _GEREEDSCHAP | _BRONNEN | _REKENEN | {"leemten", "rapport", "run", "uitvoer", "versie"},
    "brief": {"fouten", "geld", "maand", "rapport", "uitleg", "uitvoer"},
    "verantwoording": _GEREEDSCHAP | {"beleid", "parameters", "regels"},
    "watals": _GEREEDSCHAP | _BRONNEN | _REKENEN | {"run", "uitleg", "uitvoer"},
    # What was decided, computed again from what was known then.
    "terugblik": _GEREEDSCHAP | _BRONNEN | _REKENEN | {"administratie", "rapport", "run", "uitleg", "versie"},
    "administratie": _GEREEDSCHAP | _BRONNEN | _REKENEN,
    "financien": _GEREEDSCHAP | {"administratie", "parameters", "rapport", "uitvoer"},
    # What the engine does to a population, and what another policy would do. Figures only, never about fewer than ten.
    "monitor": _GEREEDSCHAP | {"administratie", "dossier", "parameters", "polis", "rapport"},
    "simulatie": _GEREEDSCHAP
    | _BRONNEN
    | _REKENEN
    | {"administratie", "feiten", "monitor", "rapport", "uitvoer", "versie"},
    "keuring": _GEREEDSCHAP | _BRONNEN | {"berekening", "regels"},
    # What is known at K: from files, or from what is remembered.
    "feiten": _GEREEDSCHAP | _BRONNEN | {"administratie", "berekening", "keuring"},
    "tabellen": _GEREEDSCHAP | _BRONNEN | _REKENEN | {"administratie", "feiten", "uitvoer"},
    "run": _GEREEDSCHAP | _BRONNEN | _REKENEN | {"administratie", "feiten", "tabellen", "uitvoer", "versie"},
    # Many municipalities, each a run of its own.
    "land": {"feiten", "fouten", "maand", "run"},
    # Fictitious input knows how input looks, not how it is settled: else it would prove itself right.
    "voorbeeld": _GEREEDSCHAP | {"beleid", "parameters"},
    # The law and the amounts to look up.
    "catalogus": _GEREEDSCHAP | {"motor", "parameters", "regels"},
    # Thin: parses, calls, prints. Nobody calls it.
    "cli": _GEREEDSCHAP
    | _BRONNEN
    | _REKENEN
    | {
        "administratie",
        "brief",
        "catalogus",
        "financien",
        "leemten",
        "monitor",
        "run",
        "simulatie",
        "terugblik",
        "uitleg",
        "uitvoer",
        "verantwoording",
        "voorbeeld",
        "watals",
    },
}

# Room -> everything from outside the house that it may import; a room that is not here may use what it needs.
BUITEN: dict[str, set[str]] = {
    # numpy because T and A5 make rows out of rows; reading and writing with it is caught below.
    "regels": {"__future__", "collections.abc", "dataclasses", "enum", "fractions", "numpy", "typing"},
}

# Module from outside -> the only rooms that may import it (none: nobody).
ALLEEN_IN: dict[str, set[str]] = {
    "click": {"cli"},
    "decimal": set(),  # money is whole cents, and exact fractions until a named rounding
    "http": set(),  # nothing here calls another machine
    "jinja2": {"brief", "rapport"},
    "markupsafe": {"rapport"},
    "lxml": {"polis", "voorbeeld"},
    "matplotlib": {"brief", "rapport"},  # brief: its fonts
    "pandas": {"financien", "monitor", "simulatie"},
    "pickle": set(),  # reading it runs it
    "psycopg": {"administratie"},
    "pydantic": {"beleid", "brief", "dossier", "parameters", "polis", "uitleg"},
    "requests": set(),
    "rich": {"cli", "monitor", "simulatie", "terugblik", "uitleg", "watals"},
    "socket": set(),
    "sqlalchemy": {"administratie"},
    "sqlite3": {"administratie"},
    "statsmodels": {"monitor"},
    "typst": {"brief"},
    "urllib.request": set(),
    "xml": {"voorbeeld"},  # reading XML is lxml with the safe settings of polis
    "yaml": {"beleid", "brief", "parameters", "polis", "verantwoording", "voorbeeld"},
}

# Rooms that are a function of their arguments: no file, no clock, no chance, no environment.
ZUIVER = {"fouten", "geld", "kolommen", "maand", "motor", "nummers", "regels"}
_ONZUIVER = {
    *("glob", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "subprocess", "sys"),
    *("tempfile", "threading", "time", "uuid"),
}
_NUMPY_BUITEN = {
    *("fromfile", "fromregex", "genfromtxt", "load", "loadtxt", "memmap", "open_memmap", "random", "save"),
    *("savetxt", "savez", "savez_compressed", "tofile"),
}
_ONZUIVERE_AANROEPEN = {"__import__", "compile", "eval", "exec", "input", "open", "print"}

# Rooms that do not read the clock: the moment of knowledge is an argument (a replay must give the same).
ZONDER_KLOK = ZUIVER | {"beleid", "berekening", "dossier", "parameters"}
_KLOK = {"now", "today", "utcnow"}

# Rooms where money is computed: no float in any form.
EXACT = {"berekening", "geld", "motor", "regels"}
_FLOAT_NAMEN = {"double", "float16", "float32", "float64", "float128", "longdouble"}


def kamer_van(bestand: Path, huis: Path = HUIS) -> str:
    """The room of a source file: the name directly below the package."""
    return bestand.relative_to(huis).parts[0].removesuffix(".py")


def bestanden(huis: Path = HUIS) -> list[Path]:
    """All source files of the house, in order."""
    return sorted(huis.rglob("*.py"))


def imports(boom: ast.AST, bestand: Path, huis: Path = HUIS) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that is imported, also inside a function or for typing only.

    ``from verrekening import maand`` counts as ``verrekening.maand``; relative imports are made absolute.
    """
    pakket = bestand.relative_to(huis.parent).with_suffix("").parts[:-1]
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Import):
            yield from ((knoop.lineno, naam.name) for naam in knoop.names)
        elif isinstance(knoop, ast.ImportFrom):
            basis = pakket[: len(pakket) - knoop.level + 1] if knoop.level else ()
            module = ".".join((*basis, *([knoop.module] if knoop.module else [])))
            if module == huis.name:
                yield from ((knoop.lineno, f"{module}.{naam.name}") for naam in knoop.names)
            else:
                yield knoop.lineno, module


def _binnen(module: str, namen: set[str]) -> str | None:
    """The name in ``namen`` that is ``module`` or a parent of it."""
    return next((naam for naam in namen if module == naam or module.startswith(f"{naam}.")), None)


def _verboden_import(kamer: str, module: str, huis: Path) -> str | None:
    if _binnen(module, {huis.name}):
        doel = module.removeprefix(huis.name).lstrip(".").partition(".")[0]
        if doel == kamer or doel in KAMERS[kamer]:
            return None
        return f"room {kamer} may not know {doel or 'the whole house'}"
    if kamer in BUITEN and not _binnen(module, BUITEN[kamer]):
        return f"room {kamer} may not import {module}"
    if kamer in ZUIVER and _binnen(module, _ONZUIVER | {"numpy.random", "numpy.lib"}):
        return f"room {kamer} is pure and may not import {module}"
    beperkt = _binnen(module, set(ALLEEN_IN))
    if beperkt and kamer not in ALLEEN_IN[beperkt]:
        return f"{beperkt} belongs in {', '.join(sorted(ALLEEN_IN[beperkt])) or 'no room'}, not in {kamer}"
    return None


def _is_float(knoop: ast.AST) -> bool:
    """A float that is made; that a value *is* a float may be asked (``isinstance``), to refuse it."""
    match knoop:
        case ast.Constant(value=float() | complex()):
            return True
        case ast.Call(func=ast.Name(id="float")):
            return True
        case ast.Call(func=ast.Attribute(attr="astype"), args=[ast.Name(id="float"), *_]):
            return True
        case ast.keyword(arg="dtype", value=ast.Name(id="float")):
            return True
        case ast.Attribute(attr=naam):
            return naam in _FLOAT_NAMEN
    return False


def _verboden_gebruik(kamer: str, knoop: ast.AST) -> str | None:
    match knoop:
        case ast.Call(func=ast.Name(id=naam)) if kamer in ZUIVER and naam in _ONZUIVERE_AANROEPEN:
            return f"room {kamer} is pure and may not call {naam}()"
        case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=naam) if kamer in ZUIVER and naam in _NUMPY_BUITEN:
            return f"room {kamer} is pure and may not use numpy.{naam}"
        case ast.Call(func=ast.Attribute(attr=naam)) if kamer in ZONDER_KLOK and naam in _KLOK:
            return f"room {kamer} may not read the clock ({naam})"
        case ast.BinOp(op=ast.Div()) if kamer == "regels":
            return "a rule divides with a named rounding, not with /"
    if kamer in EXACT and _is_float(knoop):
        return f"room {kamer} computes money and may not make a float"
    return None


def overtredingen(bron: str, bestand: Path, huis: Path = HUIS) -> list[str]:
    """What a source text does against the walls, each with its line."""
    kamer = kamer_van(bestand, huis)
    if kamer not in KAMERS:
        return [f"room {kamer} is not in the table of tests/test_muren.py: say what it may know"]
    boom = ast.parse(bron)
    gevonden = [(lijn, _verboden_import(kamer, module, huis)) for lijn, module in imports(boom, bestand, huis)]
    gevonden += [(getattr(knoop, "lineno", 0), _verboden_gebruik(kamer, knoop)) for knoop in ast.walk(boom)]
    return [f"line {lijn}: {wat}" for lijn, wat in sorted(gevonden, key=lambda paar: paar[0]) if wat]


def test_every_file_keeps_to_its_walls():
    """No file of the house knows a room, a library, a clock or a float that its own room may not know."""
    gevonden = {str(pad.relative_to(ROOT)): overtredingen(pad.read_text("utf-8"), pad) for pad in bestanden()}
    assert {pad: fouten for pad, fouten in gevonden.items() if fouten} == {}


def test_rooms_are_found():
    """The walls are not green because nothing was looked at."""
    assert {"fouten", "kolommen", "maand"} <= {kamer_van(pad) for pad in bestanden()}


def test_no_cycle_between_rooms():
    """The rooms can be put in an order in which each knows only earlier ones."""
    volgorde = list(graphlib.TopologicalSorter(KAMERS).static_order())
    assert set(volgorde) == set(KAMERS)


def test_nobody_knows_the_command_line():
    """Only ``python -m verrekening`` imports the command line."""
    assert {kamer for kamer, kent in KAMERS.items() if "cli" in kent} == {"__main__"}


def test_input_knows_nothing_of_rules():
    """Reading wage records, dossiers and parameters stays apart from computing with them."""
    rekent = {"berekening", "cli", "motor", "regels", "run", "uitleg", "uitvoer"}
    assert not rekent & (KAMERS["polis"] | KAMERS["dossier"] | KAMERS["parameters"] | KAMERS["beleid"])


def test_rules_know_only_their_vocabulary():
    """The law is money, months, columns and the vocabulary of the engine, and nothing else."""
    assert KAMERS["regels"] == {"geld", "kolommen", "maand", "motor"}
    assert not KAMERS["motor"] & {"polis", "dossier", "run", "cli", "regels"}


@pytest.mark.parametrize("kamer", ["motor", "regels"])
def test_rules_load_no_library_in_passing(kamer):
    """Importing the rules loads no XML, tables, database or command line, not even by way of another room."""
    if not (HUIS / kamer / "__init__.py").exists():
        pytest.skip(f"there is no room {kamer}")
    programma = f"import sys, verrekening.{kamer}; print(*{{naam.partition('.')[0] for naam in sys.modules}})"
    uitkomst = subprocess.run([sys.executable, "-c", programma], capture_output=True, text=True, check=False)
    assert uitkomst.returncode == 0, uitkomst.stderr
    zwaar = {"click", "jinja2", "lxml", "pandas", "pyarrow", "pydantic", "rich", "sqlalchemy", "yaml"}
    assert set(uitkomst.stdout.split()) & zwaar == set()


@pytest.mark.parametrize(
    ("plek", "bron"),
    [
        ("regels/netto.py", "import os"),
        ("regels/netto.py", "from pathlib import Path"),
        ("regels/netto.py", "import datetime"),
        ("regels/netto.py", "import pyarrow"),
        ("regels/netto.py", "from verrekening import parameters"),
        ("regels/netto.py", "import numpy as np\na = np.load('a.npy')"),
        ("regels/netto.py", "from numpy.random import default_rng"),
        ("geld.py", "import numpy as np\na = np.random.default_rng()"),
        ("regels/netto.py", "from verrekening.polis import lees"),
        ("regels/netto.py", "from verrekening import dossier"),
        ("regels/netto.py", "from .. import dossier"),
        ("regels/netto.py", "from ..polis.versies import bepaal"),
        ("regels/netto.py", "import verrekening"),
        ("regels/netto.py", "def f():\n    import random"),
        ("regels/netto.py", "if TYPE_CHECKING:\n    from lxml import etree"),
        ("regels/netto.py", "def f(a):\n    return a / 100"),
        ("regels/netto.py", "def f(a):\n    return open(a)"),
        ("regels/netto.py", "def f(a):\n    return float(a)"),
        ("regels/netto.py", "def f(a):\n    return a * 0.25"),
        ("geld.py", "from decimal import Decimal"),
        ("geld.py", "def f(a):\n    return a.astype(float)"),
        ("geld.py", "a = np.float64"),
        ("geld.py", "a = np.zeros(3, dtype=float)"),
        ("geld.py", "import random"),
        ("geld.py", "from verrekening.motor import regel"),
        ("motor/graaf.py", "from verrekening.polis import lees"),
        ("motor/graaf.py", "from verrekening.regels import netto"),
        ("motor/graaf.py", "moment = datetime.now(UTC)"),
        ("maand.py", "vandaag = date.today()"),
        ("polis/csv.py", "from verrekening.regels import netto"),
        ("polis/csv.py", "import xml.etree.ElementTree"),
        ("polis/csv.py", "import decimal"),
        ("dossier/__init__.py", "from ..berekening import maanden"),
        ("parameters/lader.py", "from verrekening.motor import woorden"),
        ("run.py", "from verrekening.cli import main"),
        ("run.py", "from .cli import main"),
        ("uitleg/json.py", "import socket"),
        ("onbekend.py", "x = 1"),
    ],
)
def test_a_breach_is_caught(tmp_path, plek, bron):
    """Each kind of breach is seen, wherever in the file and however the import is written."""
    huis = tmp_path / "verrekening"
    assert overtredingen(bron, huis / plek, huis)


@pytest.mark.parametrize(
    ("plek", "bron"),
    [
        ("regels/netto.py", "from __future__ import annotations\nfrom fractions import Fraction"),
        ("regels/netto.py", "from verrekening.geld import Exact\nfrom verrekening.motor.woorden import kies"),
        ("regels/netto.py", "from . import vrijlating\nfrom verrekening import maand"),
        ("geld.py", "def f(a):\n    if isinstance(a, float):\n        raise TypeError"),
        ("regels/toerekening.py", "import numpy as np\nfrom verrekening.kolommen import Getallen"),
        ("polis/loonaangifte.py", "from lxml import etree\nfrom ..maand import OPEN\nfrom . import versies"),
        ("cli/__init__.py", "import click\nfrom verrekening.run import draai\npad = map_ / 'a'\nprint(0.5)"),
        ("__main__.py", "from verrekening.cli import main"),
    ],
)
def test_what_is_allowed_is_not_a_breach(tmp_path, plek, bron):
    """The walls leave alone what the house is made of."""
    huis = tmp_path / "verrekening"
    assert overtredingen(bron, huis / plek, huis) == []
