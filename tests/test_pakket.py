"""The package as it is delivered, and the habits that every file of the repository keeps."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
HUIS = ROOT / "src" / "verrekening"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
AFHANKELIJKHEDEN = [Requirement(regel) for regel in PROJECT["dependencies"]]

# What is imported under another name than it is installed; None: data that nobody imports.
IMPORTNAAM: dict[str, str | None] = {"pyyaml": "yaml", "tzdata": None}

LANGSTE_BESTAND = 400

# Written as patterns with a class, so that this file does not hold what it looks for.
VERBODEN = {
    "a path of one machine": r"(?<![\w.-])/(?:[w]ork|[h]ome|[r]oot)/",
    "a folder outside the repository": r"\.\./[s]hared",
    "the host of a package registry": r"[p]ypi\.|[p]ythonhosted|[n]pmjs|[d]eb\.debian",
    "a reminder instead of the work": r"\b(?:[T]ODO|[F]IXME)\b",
}


def repobestanden() -> list[Path]:
    """Every file that is or would be committed; in an unpacked archive every file outside a dot folder."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        opdracht = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        uitkomst = subprocess.run(opdracht, cwd=ROOT, capture_output=True, text=True, check=True)
        return sorted(ROOT / naam for naam in set(uitkomst.stdout.split("\0")) if (ROOT / naam).is_file())
    return sorted(
        pad
        for pad in ROOT.rglob("*")
        if pad.is_file()
        and not any(deel.startswith(".") or deel == "__pycache__" for deel in pad.relative_to(ROOT).parts)
    )


def tekst(pad: Path) -> str | None:
    """The text of a file; None when it is no text."""
    try:
        return pad.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def bronbestanden() -> list[Path]:
    """The Python files of the repository."""
    return [pad for pad in repobestanden() if pad.suffix == ".py"]


def lock() -> dict[str, tuple[str, int]]:
    """Package -> version and number of hashes in requirements.lock."""
    uit = {}
    for blok in re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text("utf-8")):
        if treffer := re.match(r"([a-z0-9-]+)==(\S+)", blok):
            uit[treffer[1]] = (treffer[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}", blok)))
        else:
            assert blok.startswith("#"), f"not pinned: {blok.splitlines()[0]}"
    return uit


def test_every_test_says_what_holds():
    """Each test function has a docstring: the sentence that is true when it is green."""
    zonder = [
        f"{pad.relative_to(ROOT)}:{knoop.lineno} {knoop.name}"
        for pad in bronbestanden()
        if pad.name.startswith("test_")
        for knoop in ast.walk(ast.parse(pad.read_text("utf-8")))
        if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef)
        and knoop.name.startswith("test_")
        and not ast.get_docstring(knoop)
    ]
    assert zonder == []


def test_nothing_of_one_machine_is_written_down():
    """No file holds a path of one machine, a registry host or a reminder instead of the work."""
    gevonden = [
        f"{pad.relative_to(ROOT)}:{nummer} {wat}"
        for pad in repobestanden()
        for nummer, regel in enumerate((tekst(pad) or "").splitlines(), 1)
        for wat, patroon in VERBODEN.items()
        if re.search(patroon, regel)
    ]
    assert gevonden == []


@pytest.mark.parametrize(
    ("regel", "teken", "gevonden"),
    [
        ("see |home|jan|x", "/", True),
        ("'|work|main'", "/", True),
        ("(..|shared|x.md)", "/", True),
        ("# T|DO: later", "O", True),
        ("index = pypi|org", ".", True),
        ("voorbeeld.nl/home/bijstand, framework/x, het-home/", "", False),
        ("methode todo", "", False),
    ],
)
def test_the_search_finds_what_it_looks_for(regel, teken, gevonden):
    """The patterns see what may not stand in a file, and leave the address of a page alone."""
    zin = regel.replace("|", teken)  # put together here, so that this file does not hold it
    assert any(re.search(patroon, zin) for patroon in VERBODEN.values()) is gevonden


def test_files_stay_small():
    """A source file is at most 400 lines: longer is two subjects."""
    lang = {
        str(pad.relative_to(ROOT)): regels
        for pad in bronbestanden()
        if (regels := len(pad.read_text("utf-8").splitlines())) > LANGSTE_BESTAND
    }
    assert lang == {}


def test_imports_are_the_declared_dependencies():
    """What the package imports is declared, and what is declared is imported."""
    modules: set[str] = set()
    for pad in HUIS.rglob("*.py"):
        for knoop in ast.walk(ast.parse(pad.read_text("utf-8"))):
            if isinstance(knoop, ast.Import):
                modules.update(naam.name for naam in knoop.names)
            elif isinstance(knoop, ast.ImportFrom) and not knoop.level:
                modules.add(knoop.module or "")
    wortels = {module.partition(".")[0] for module in modules}
    # pydantic_core is the other half of pydantic, pinned by it.
    gebruikt = wortels - sys.stdlib_module_names - {"verrekening", "pydantic_core"}
    extra = [Requirement(eis) for eisen in PROJECT["optional-dependencies"].values() for eis in eisen]
    namen = {canonicalize_name(eis.name) for eis in [*AFHANKELIJKHEDEN, *extra]}
    assert gebruikt == {IMPORTNAAM.get(naam, naam) for naam in namen} - {None}


def test_everything_is_pinned_with_its_hash():
    """Each line of the lock is one version with at least one hash, and covers what the two lists ask for."""
    vast = lock()
    assert [naam for naam, (_, hashes) in vast.items() if not hashes] == []
    gereedschap = [
        Requirement(regel)
        for regel in (ROOT / "requirements.in").read_text("utf-8").splitlines()
        if regel and not regel.startswith("#")
    ]
    for eis in [*AFHANKELIJKHEDEN, *gereedschap]:
        naam = canonicalize_name(eis.name)
        assert naam in vast, f"{naam} is not in requirements.lock: make lock"
        assert eis.specifier.contains(vast[naam][0]), f"requirements.lock has an older {naam}: make lock"


def test_metadata_of_the_package():
    """Name, version and licence are those of pyproject.toml, and the command exists."""
    gegevens = metadata("verrekening")
    assert gegevens["Version"] == PROJECT["version"]
    assert gegevens["License-Expression"] == "EUPL-1.2"
    (commando,) = entry_points(group="console_scripts", name="verrekening")
    assert callable(commando.load())


def test_the_wheel_holds_every_file_of_the_package(tmp_path):
    """Amounts and templates go along, not only the code: an installed package can settle."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wiel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wiel) as inhoud:
        namen = set(inhoud.namelist())
    verwacht = {
        pad.relative_to(HUIS.parent).as_posix()
        for pad in HUIS.rglob("*")
        if pad.is_file() and "__pycache__" not in pad.parts
    }
    assert verwacht <= namen
    assert any(naam.endswith("licenses/LICENSE") for naam in namen)


def test_the_licence_is_complete():
    """LICENSE is the whole EUPL 1.2: fifteen articles and the appendix."""
    licentie = (ROOT / "LICENSE").read_text("utf-8")
    assert licentie.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert [int(nummer) for nummer in re.findall(r"^(\d+)\.[A-Z]", licentie, re.MULTILINE)] == [*range(1, 16)]
    assert "\nAppendix\n" in licentie.replace(" ", "").replace("\r", "")
    assert licentie.endswith("additions to this Appendix require the production of a new EUPL version.\n")


def test_ci_runs_what_the_readme_names():
    """CI runs `make test`, so that what a reader runs is what decides."""
    ci = ROOT / ".ci" / "run"
    assert os.access(ci, os.X_OK)
    assert "make --no-print-directory test" in ci.read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
