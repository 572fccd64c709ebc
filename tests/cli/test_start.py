"""What a command does not load: who waits for one case should wait for that case (ADR 0018)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ZAAK = Path(__file__).parents[2] / "fixtures" / "zaken" / "eerste-zaak"
EEN_ZAAK = [
    "zaak", "D-000001", "--maand", "2026-08", "--peildatum", "2026-08-15",
    "--dossiers", str(ZAAK / "dossiers.jsonl"), "--polis", str(ZAAK / "polis"), "--beleid", str(ZAAK / "beleid.yaml"),
]  # fmt: skip

TEKENEN = {"jinja2", "matplotlib", "rich", "typst", "xlsxwriter"}
ZWAAR = {
    *("distributed", "multiprocessing", "pandas", "psycopg", "pydantic", "sqlalchemy", "sqlite3", "statsmodels"),
    *("pyarrow.csv", "pyarrow.parquet"),
    # Help texts of Arrow that nobody reads here.
    "pyarrow.vendored.docscrape",
    # A dozen modules behind one base class of the import system.
    "importlib.resources",
    *("verrekening.administratie", "verrekening.brief", "verrekening.financien", "verrekening.monitor"),
    *("verrekening.rapport", "verrekening.simulatie", "verrekening.terugblik", "verrekening.voorbeeld"),
    # Other forms of wage records, and a line of a dossier that needs precise words.
    *("verrekening.polis.antwoorden", "verrekening.polis.controle", "verrekening.polis.csv"),
    *("verrekening.polis.suwinet", "verrekening.dossier.zorgvuldig"),
    # Other commands.
    *("verrekening.cli.batch", "verrekening.cli.demo", "verrekening.cli.monitor", "verrekening.cli.naslag"),
}
REKENEN = {"numpy", "pyarrow", "lxml", "yaml", "verrekening.run"}


def _geladen(*argumenten: str) -> set[str]:
    """The modules that are loaded at the end of a command that goes well."""
    programma = """
import atexit, sys
from verrekening.cli import main
atexit.register(lambda: print(*sorted(sys.modules), sep="\\n", file=sys.stderr))
main()
"""
    uit = subprocess.run(
        [sys.executable, "-c", programma, *argumenten], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert uit.returncode == 0, uit.stderr
    return set(uit.stderr.splitlines())


@pytest.mark.parametrize(
    ("argumenten", "niet"),
    [([*EEN_ZAAK, "--json"], ZWAAR | TEKENEN), (EEN_ZAAK, ZWAAR | TEKENEN - {"rich"})],
    ids=["json", "terminal"],
)
def test_one_case_loads_only_what_it_uses(argumenten, niet) -> None:
    """Each of these cost every case milliseconds, together more than the case itself."""
    geladen = _geladen(*argumenten)
    assert geladen & niet == set()
    assert geladen >= REKENEN


def test_help_loads_no_engine() -> None:
    """The list of commands is there at once, although it needs the text of each of them."""
    opdrachten = {naam for naam in ZWAAR if naam.startswith("verrekening.cli.")}
    assert _geladen("--help") & (ZWAAR - opdrachten | TEKENEN | REKENEN) == set()


_ARROW = """
import sys
from verrekening.arrow import laad_licht
{vooraf}
laad_licht()
import pyarrow as pa, pyarrow.compute as pc
assert pc.max(pa.array([1, 3, 2])).as_py() == 3
assert pc.replace_substring(pa.array(["ab"]), pattern="a", replacement="c").to_pylist() == ["cb"]
assert pc.replace_substring(pa.array(["ab"]), "a", "c").to_pylist() == ["cb"]
assert pc.index_in(pa.array(["b"]), options=pc.SetLookupOptions(pa.array(["a", "b"]))).to_pylist() == [1]
assert "_GeenPandas" not in repr(sys.meta_path)
from pyarrow.vendored import docscrape
assert docscrape.NumpyDocString("x").__class__.__module__ == "pyarrow.vendored.docscrape"
"""


@pytest.mark.parametrize(
    "vooraf",
    [
        "",
        "import pyarrow.compute",
        # An Arrow that asks the parser of help texts for something else.
        "import verrekening.arrow as a; del a._GeenHulp.__getitem__",
    ],
    ids=["light", "loaded before", "another Arrow"],
)
def test_arrow_that_was_loaded_light_computes_the_same(vooraf: str) -> None:
    """Only its help texts are shorter; what stood in their place is gone, also when it did not fit."""
    uit = subprocess.run(
        [sys.executable, "-c", _ARROW.format(vooraf=vooraf)], capture_output=True, text=True, check=False
    )
    assert uit.returncode == 0, uit.stderr
