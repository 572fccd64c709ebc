"""The register entry keeps to the standard, says only what the engine knows, and marks the rest."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests import hulp

from verrekening import verantwoording
from verrekening.beleid import Beleid, lees_beleid
from verrekening.maand import lees_maand
from verrekening.parameters import Parameters, laad

MAAND = lees_maand("2026-08")
STANDAARD = [
    "name", "description_short", "organization", "category", "status", "begin_date", "end_date", "contact_email", "website",
    "publication_category", "url", "goal", "proportionality", "human_intervention", "risks", "lawful_basis",
    "lawful_basis_grouping", "process_index_url", "impacttoetsen_grouping", "impacttoetsen", "source_data",
    "source_data_grouping", "methods_and_models", "provider", "publiccode", "lang", "standard_version", "source_id", "tags",
]  # fmt: skip
"""Machine names of publication standard 1.0."""


@pytest.fixture
def bron(tmp_path: Path) -> tuple[Beleid, Parameters]:
    """A policy with the threshold of 150 euro."""
    hulp.schrijf_beleid(
        tmp_path / "beleid.yaml", drempel_mens=15000, methode="schatten", signalen={"BUITEN_TERMIJN": "stop"}
    )
    return lees_beleid(tmp_path / "beleid.yaml"), laad()


def test_the_entry_has_the_fields_of_the_standard_in_order(bron: tuple[Beleid, Parameters]) -> None:
    """Machine names, lengths and mandatory fields of publication standard 1.0."""
    entry = verantwoording.inschrijving(*bron, MAAND)
    assert list(entry) == STANDAARD
    assert verantwoording.keur(entry) == []


@pytest.mark.parametrize(
    ("wijziging", "fout"),
    [
        ({"name": "x" * 101}, "name: 101 tekens, ten hoogste 100"),
        ({"organization": ""}, "organization: is verplicht"),
        ({"kleur": "rood"}, "kleur: geen veld van de standaard"),
    ],
)
def test_an_entry_outside_the_standard_is_found(
    bron: tuple[Beleid, Parameters], wijziging: dict[str, str], fout: str
) -> None:
    """Each with its field."""
    assert verantwoording.keur(verantwoording.inschrijving(*bron, MAAND) | wijziging) == [fout]


def test_it_says_what_this_policy_does(bron: tuple[Beleid, Parameters]) -> None:
    """The threshold, the method and the raised signal are those of the policy, not of the default."""
    entry = verantwoording.inschrijving(*bron, MAAND)
    assert "€ 150,00" in entry["human_intervention"]
    assert "Bij 16 soorten twijfel" in entry["human_intervention"]
    assert "wordt eerst geschat" in entry["goal"]


def test_figures_are_only_there_when_they_were_measured(bron: tuple[Beleid, Parameters]) -> None:
    """Nothing is made up."""
    zonder = verantwoording.inschrijving(*bron, MAAND)
    met = verantwoording.inschrijving(*bron, MAAND, {"zonder_mens_procent": "93,1"})
    assert "Gemeten" not in zonder["goal"]
    assert "zonder mens procent: 93,1" in met["goal"]


def test_what_only_the_municipality_knows_is_marked(bron: tuple[Beleid, Parameters]) -> None:
    """Status, contact, dates and links."""
    nog = verantwoording.open_velden(verantwoording.inschrijving(*bron, MAAND))
    assert {"status", "begin_date", "contact_email", "website", "process_index_url", "source_id"} <= set(nog)
    assert "goal" not in nog


@pytest.mark.parametrize("soort", ["dpia", "iama"])
def test_input_for_an_assessment_answers_or_marks_every_question(bron: tuple[Beleid, Parameters], soort: str) -> None:
    """No empty answer, and no fact left open."""
    tekst = verantwoording.document(soort, *bron, MAAND)
    antwoorden = re.split(r"^\*\*.*\*\*$|^#+ .*$", tekst, flags=re.MULTILINE)[2:]
    vragen = re.findall(r"^\*\*.*\*\*$", tekst, flags=re.MULTILINE)
    assert len([antwoord for antwoord in antwoorden if antwoord.strip()]) == len(vragen)
    assert "[IN TE VULLEN DOOR DE GEMEENTE" in tekst
    assert not re.search(r"\{\w+\}", tekst)


def test_the_texts_are_readable(bron: tuple[Beleid, Parameters]) -> None:
    """The short text at B1: sentences under 15 words on average."""
    kort = verantwoording.inschrijving(*bron, MAAND)["description_short"]
    zinnen = [zin.split() for zin in re.split(r"(?<=\.)\s", kort)]
    assert sum(map(len, zinnen)) / len(zinnen) < 15


def test_on_the_command_line(tmp_path: Path) -> None:
    """JSON for the register, text for people."""
    hulp.schrijf_beleid(tmp_path / "beleid.yaml")

    def draai(*args: str) -> str:
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "verrekening",
                "algoritmeregister",
                "--beleid",
                str(tmp_path / "beleid.yaml"),
                *args,
            ],
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        ).stdout

    assert json.loads(draai("--json", "--maand", "2026-08"))["lang"] == "nld"
    assert "De gemeente vult nog" in draai("--maand", "2026-08")
    assert draai("--document", "dpia").startswith("# Invoer voor de DPIA")
