"""The loader refuses what is not exactly in the format, and says where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from verrekening import parameters
from verrekening.fouten import ParameterbestandFout
from verrekening.parameters import Bron, laad, lader
from verrekening.parameters.register import Parameters

MAP = Path(parameters.__file__).parent
BRONNEN = {"stb": Bron("Staatsblad", "https://example.org/stb")}
GOED = """\
maximum:
  omschrijving: maximum per maand
  artikel: Pw art. 1
  eenheid: cent_per_maand
  gecontroleerd_tot: 2024-12
  herziening: halfjaarlijks
  waarden:
    - {vanaf: 2023-07-01, waarde: 249.00, bron: stb, status: definitief}
    - {vanaf: 2024-01-01, waarde: 264.00, bron: stb, status: definitief}
    - {vanaf: 2024-07-01, waarde: 269.00, bron: stb, status: voorlopig, toelichting: nog niet bekend}
"""
TABEL = """\
tabel:
  omschrijving: tabel
  artikel: Pw art. 2
  eenheid: schijven
  gecontroleerd_tot: 2024-12
  waarden:
    - vanaf: 2024-01-01
      waarde:
        - {vanaf: 0.00, onder: 876.39, procent: 8.00, minus: 0.00}
        - {vanaf: 876.39, procent: 5.02, minus: 1.68}
      bron: stb
      status: definitief
"""


def lees(tekst):
    """One chapter out of text."""
    return lader.lees_hoofdstuk(tekst, "proef.yaml", BRONNEN)


def test_good_file_is_read_exactly():
    """What stands in the file comes out: names, dates, cents, sources and remarks."""
    (parameter,) = lees(GOED)
    assert (parameter.naam, parameter.hoofdstuk, parameter.samen) == ("maximum", "proef", "")
    assert [(een.waarde, een.tekst, een.status) for een in parameter.waarden] == [
        (24900, "249.00", "definitief"),
        (26400, "264.00", "definitief"),
        (26900, "269.00", "voorlopig"),
    ]
    assert parameter.waarden[-1].toelichting == "nog niet bekend"
    (tabel,) = lees(TABEL)
    assert tabel.waarden[0].tekst == "vanaf 0.00: 8.00% - 0.00; vanaf 876.39: 5.02% - 1.68"


@pytest.mark.parametrize(
    ("oud", "nieuw", "woorden"),
    [
        ("  artikel: Pw art. 1\n", "", ["maximum", "artikel ontbreekt"]),
        ("  artikel: Pw art. 1\n", "  artikel: ''\n", ["maximum", "artikel is leeg"]),
        ("  artikel:", "  artiekel:", ["maximum", "onbekend veld artiekel"]),
        ("  herziening: halfjaarlijks\n", "  eenheid: procent\n", ["regel 6", "eenheid staat er twee keer"]),
        ("cent_per_maand", "euro", ["maximum", "eenheid euro bestaat niet"]),
        ("cent_per_maand", "maanden", ["waarde 1", "2023-07-01", "249.00 is geen geheel aantal", "maanden"]),
        ("cent_per_maand", "schijven", ["waarde 1", "249.00 is meer dan het geheel"]),
        ("halfjaarlijks", "soms", ["maximum", "herziening soms"]),
        ("gecontroleerd_tot: 2024-12", "gecontroleerd_tot: 2024-13", ["maximum", "gecontroleerd_tot"]),
        ("gecontroleerd_tot: 2024-12", "gecontroleerd_tot: 2024-06", ["2024-07-01", "na gecontroleerd_tot"]),
        ("gecontroleerd_tot: 2024-12", "gecontroleerd_tot: 2025-01", ["geen waarde vanaf 2025-01-01"]),
        ("vanaf: 2024-01-01", "vanaf: 2024-02-01", ["geen waarde vanaf 2024-01-01"]),
        ("vanaf: 2024-01-01", "vanaf: 2023-07-01", ["2023-07-01", "zet de waarden op datum"]),
        ("vanaf: 2024-01-01", "vanaf: 2025-01-01", ["2024-07-01 staat na 2025-01-01"]),
        ("vanaf: 2024-01-01", "vanaf: 2024-02-30", ["waarde 2", "2024-02-30 is geen datum"]),
        ("vanaf: 2024-01-01", "vanaf: 2024-W01-1", ["waarde 2", "2024-W01-1 is geen datum"]),
        ("waarde: 264.00", "waarde: 264,00", ["proef.yaml", "waarde 2", "onbekend veld"]),
        ("waarde: 264.00", 'waarde: "264,00"', ["waarde 2", "2024-01-01", "264,00 is geen bedrag"]),
        ("waarde: 264.00", "waarde: 264.0", ["264.0 is geen bedrag"]),
        ("waarde: 264.00", "waarde: 1_264.00", ["1_264.00 is geen bedrag"]),
        ("waarde: 264.00", "waarde: -264.00", ["-264.00 is geen bedrag"]),
        ("waarde: 264.00", "waarde: 2.6e2", ["2.6e2 is geen bedrag"]),
        ("waarde: 264.00", "waarde: [264.00]", ["waarde 2", "één waarde als tekst"]),
        ("waarde: 264.00", "waarde: ' '", ["waarde 2", "niet leeg"]),
        ("waarde: 264.00", "waarde: &a 264.00", ["regel 9", "anker &a"]),
        ("waarde: 264.00", "waarde: *a", ["regel 9"]),
        ("bron: stb, status: voorlopig", "bron: bst, status: voorlopig", ["waarde 3", "bron bst"]),
        ("bron: stb, status: voorlopig", "bron: '', status: voorlopig", ["waarde 3", "bron is leeg"]),
        ("bron: stb, status: voorlopig", "status: voorlopig", ["waarde 3", "bron ontbreekt"]),
        ("status: voorlopig", "status: misschien", ["waarde 3", "status misschien"]),
        ("toelichting:", "noot:", ["waarde 3", "onbekend veld noot"]),
    ],
)
def test_a_break_of_the_format_is_refused_with_its_place(oud, nieuw, woorden):
    """The message names the file, the parameter and the value."""
    assert oud in GOED
    with pytest.raises(ParameterbestandFout) as fout:
        lees(GOED.replace(oud, nieuw, 1))
    assert str(fout.value).startswith("proef.yaml")
    for woord in woorden:
        assert woord in str(fout.value)


@pytest.mark.parametrize(
    ("oud", "nieuw", "woord"),
    [
        ("onder: 876.39", "onder: 876.38", "schijf 2 sluit niet aan"),
        ("{vanaf: 0.00", "{vanaf: 1.00", "schijf 1 sluit niet aan"),
        ("onder: 876.39", "onder: 0.00", "schijf 1 loopt niet op"),
        (", onder: 876.39", "", "schijf 1 heeft precies vanaf, onder, procent en minus"),
        ("procent: 5.02", "onder: 999.00, procent: 5.02", "schijf 2 heeft precies vanaf, procent en minus"),
        ("minus: 1.68", "plus: 1.68", "schijf 2 heeft precies"),
        ("procent: 8.00", "procent: 800.00", "800.00 is meer dan 100%"),
        ("procent: 8.00", "procent: acht", "acht is geen percentage"),
    ],
)
def test_a_table_that_is_not_closed_is_refused(oud, nieuw, woord):
    """Brackets start at 0, join, rise, and only the last has no upper edge."""
    assert oud in TABEL
    with pytest.raises(ParameterbestandFout, match=r"proef.yaml: tabel, waarde 1") as fout:
        lees(TABEL.replace(oud, nieuw, 1))
    assert woord in str(fout.value)


@pytest.mark.parametrize("tekst", ["", "# alleen uitleg\n", "--- \n", "- a\n", "a: b: c\n", "a: 1\n", "\x00"])
def test_a_file_without_parameters_is_refused(tekst):
    """An emptied or broken file never means: no parameters."""
    with pytest.raises(ParameterbestandFout, match=r"proef\.yaml"):
        lees(tekst)


def test_a_parameter_without_values_is_refused():
    """A name alone is no parameter."""
    with pytest.raises(ParameterbestandFout, match="minstens één waarde"):
        lees(GOED[: GOED.index("    - {")].replace("waarden:", "waarden: []"))


@pytest.mark.parametrize(
    ("tekst", "woord"),
    [
        ("a: {titel: A}\n", "url ontbreekt"),
        ("a: {titel: A, url: http://example.org}\n", "geen https-adres"),
        ("a: {titel: A, url: https://example.org, soort: wet}\n", "onbekend veld soort"),
        ("a: {titel: '', url: https://example.org}\n", "titel is leeg"),
        ("a: {titel: A, url: https://example.org}\na: {titel: A, url: https://example.org}\n", "twee keer"),
    ],
)
def test_a_source_without_title_or_address_is_refused(tekst, woord):
    """A source says what and where."""
    with pytest.raises(ParameterbestandFout, match=woord):
        lader.lees_bronnen(tekst, "sources.yaml")


@pytest.fixture
def kopie(tmp_path):
    """A copy of the files of the package."""
    for pad in MAP.glob("*.yaml"):
        shutil.copy(pad, tmp_path)
    return tmp_path


def test_the_files_of_the_package_are_all_read(kopie):
    """No file lies beside the chapters unread, and a copy gives the same amounts."""
    assert {pad.name for pad in kopie.glob("*.yaml")} == {
        *(f"{naam}.yaml" for naam in lader.HOOFDSTUKKEN),
        lader.BRONNENBESTAND,
    }
    assert Parameters(*lader.lees_map(kopie)).vingerafdruk() == laad().vingerafdruk()


def test_a_missing_chapter_is_refused(kopie):
    """A package without one of its files does not start."""
    (kopie / "giften.yaml").unlink()
    with pytest.raises(ParameterbestandFout, match=r"giften\.yaml: niet te lezen"):
        lader.lees_map(kopie)


def test_one_name_in_two_chapters_is_refused(kopie):
    """A name has one place, also over files."""
    with (kopie / "leeftijd.yaml").open("a", encoding="utf-8") as bestand:
        bestand.write((kopie / "giften.yaml").read_text(encoding="utf-8"))
    with pytest.raises(ParameterbestandFout, match=r"leeftijd\.yaml: giftenvrijlating_m: staat ook in giften"):
        lader.lees_map(kopie)


def test_a_common_name_that_is_a_parameter_is_refused(kopie):
    """The name for several parameters at once is not also one of them."""
    pad = kopie / "vrijlating.yaml"
    tekst = pad.read_text(encoding="utf-8").replace("samen: vrijlating_z_aa_max", "samen: vrijlating_y_max", 1)
    pad.write_text(tekst, encoding="utf-8")
    with pytest.raises(ParameterbestandFout, match="samen vrijlating_y_max is zelf een parameter"):
        lader.lees_map(kopie)
