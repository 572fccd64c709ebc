"""The documents are current: commands, links, the quick start and the amounts it states."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tests import gevallen

from verrekening import __version__

ROOT = Path(__file__).parents[1]
PAGINAS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "fixtures").rglob("*.md")])


def _maak(naam: str) -> ModuleType:
    """A script of docs/."""
    spec = importlib.util.spec_from_file_location(naam, ROOT / "docs" / f"{naam}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_reference_is_current() -> None:
    """docs/cli.md is what the commands say now; `python docs/maak_cli.py` writes it."""
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == _maak("maak_cli").pagina()


def test_the_pages_of_rules_and_amounts_are_current() -> None:
    """docs/regels.md and docs/parameters.md are what the code says now; `python docs/maak_naslag.py` writes them."""
    maak = _maak("maak_naslag")
    pagina = (ROOT / "docs" / "regels.md").read_text(encoding="utf-8")
    assert maak.zonder_gevallen(pagina) == maak.zonder_gevallen(maak.regelpagina({}))
    assert (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8") == maak.parameterpagina()


def test_the_worked_case_beside_a_rule_is_there() -> None:
    """Every case that docs/regels.md names stands in tests/scenarios/."""
    namen = {naam for naam, _ in gevallen.lees()}
    genoemd = re.findall(r"^- Worked case: (.*)$", (ROOT / "docs" / "regels.md").read_text("utf-8"), re.MULTILINE)
    assert len(genoemd) > 100
    assert set(genoemd) <= namen


@pytest.mark.parametrize("pagina", PAGINAS, ids=lambda pad: str(pad.relative_to(ROOT)))
def test_links_between_documents_resolve(pagina: Path) -> None:
    """A relative link points to a file or folder that is there."""
    for doel in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", pagina.read_text(encoding="utf-8")):
        if "://" not in doel:
            assert (pagina.parent / doel).exists(), doel


def test_the_readme_names_targets_that_exist() -> None:
    """Every `make` verb in the README is in the Makefile."""
    verbs = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"demo", "test", "install"} <= verbs
    assert all(re.search(rf"^{verb}:", makefile, re.MULTILINE) for verb in verbs)


@pytest.mark.parametrize("kop", ["One case", "What if"])
def test_the_examples_of_the_readme_give_the_amounts_they_state(kop: str) -> None:
    """The command as printed, run for real; the euros in the text stand in its answer."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blok = readme.split(f"## {kop}")[1].split("## ")[0]
    opdracht = re.search(r"verrekening (zaak .*?)\n```", blok, re.DOTALL)
    assert opdracht is not None
    args = shlex.split(opdracht[1].replace("\\\n", " "))
    uit = subprocess.run(
        [sys.executable, "-m", "verrekening", *args],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
    )
    for euro in re.findall(r"€ ([\d,]+\.\d\d)", blok):
        nederlands = euro.replace(",", "_").replace(".", ",").replace("_", ".")
        assert nederlands in uit.stdout, euro


def test_the_benchmark_result_of_this_version_is_kept() -> None:
    """`make bench` was run for the version that is released."""
    assert (ROOT / "benchmarks" / "resultaten" / f"{__version__}.json").exists()
