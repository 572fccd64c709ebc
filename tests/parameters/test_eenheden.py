"""From text to an exact value and nothing but text in YAML."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from verrekening.parameters import TekstYamlFout, lees_tekst, tekstyaml
from verrekening.parameters.eenheden import (
    lees_aantal,
    lees_breuk,
    lees_cent,
    lees_leeftijd,
    lees_procent,
    lees_schijven,
)
from verrekening.parameters.schijven import Schijven


@given(st.integers(0, 10**9 - 1))
def test_every_amount_survives_being_written(cent):
    """Euro text with two decimals is exactly its cents."""
    assert lees_cent(f"{cent // 100}.{cent % 100:02d}") == cent


def test_whole_euros_need_no_decimals():
    """A publication that prints 285 means 285.00."""
    assert lees_cent("285") == 28500


@given(st.decimals(0, 100, places=4))
def test_every_percentage_is_exact(procent):
    """A percentage is an exact ratio in lowest terms, with or without its sign."""
    verwacht = Fraction(procent) / 100
    for tekst in (f"{procent:f}", f"{procent:f}%"):
        verhouding = lees_procent(tekst)
        assert (verhouding.teller, verhouding.noemer) == (verwacht.numerator, verwacht.denominator)


@pytest.mark.parametrize(
    ("tekst", "verwacht"), [("0.05", "1/20"), ("5%", "1/20"), ("1/20", "1/20"), ("1", "1"), ("12.5%", "1/8")]
)
def test_a_fraction_may_be_written_three_ways(tekst, verwacht):
    """Decimals, a percentage or a quotient."""
    breuk = lees_breuk(tekst)
    assert Fraction(breuk.teller, breuk.noemer) == Fraction(verwacht)


@pytest.mark.parametrize(("tekst", "maanden"), [("66y7m", 799), ("66y10m", 802), ("67y0m", 804), ("67y3m", 807)])
def test_an_age_is_kept_in_months(tekst, maanden):
    """Years and months as the law gives them."""
    assert lees_leeftijd(tekst) == maanden


@pytest.mark.parametrize(
    ("lezer", "tekst"),
    [
        (lees_cent, "10000000.00"),
        (lees_cent, "1.419,46"),
        (lees_cent, "€ 12"),
        (lees_cent, "١٢"),
        (lees_cent, "nan"),
        (lees_procent, "100.01"),
        (lees_procent, "0.4800001"),
        (lees_procent, "5 procent"),
        (lees_breuk, "5"),
        (lees_breuk, "101%"),
        (lees_breuk, "3/2"),
        (lees_breuk, "1/0"),
        (lees_aantal, "6.0"),
        (lees_aantal, "-1"),
        (lees_leeftijd, "67"),
        (lees_leeftijd, "66y12m"),
        (lees_schijven, "8.00"),
        (lees_schijven, []),
        (lees_schijven, {"vanaf": "0"}),
        (lees_schijven, ["0"]),
    ],
)
def test_what_is_not_in_the_unit_is_refused(lezer, tekst):
    """No guess about a comma, a sign, a factor of a hundred or too many decimals."""
    with pytest.raises(ValueError, match=r"\w"):
        lezer(tekst)


def test_one_percentage_is_a_table_of_one_bracket():
    """A flat table may be written as one percentage, with its sign or as a fraction."""
    assert lees_schijven("6.51%") == lees_schijven("0.0651") == Schijven((0,), (651,), 10000, (0,))


def test_brackets_share_one_denominator():
    """Percentages with different decimals are exact over one denominator."""
    schijven = lees_schijven(
        [
            {"vanaf": "0", "onder": "10", "procent": "8", "minus": "0"},
            {"vanaf": "10", "procent": "5.025", "minus": "1.68"},
        ]
    )
    assert [Fraction(een, schijven.noemer) for een in schijven.teller] == [
        Fraction("0.08"),
        Fraction("0.05025"),
    ]
    assert (schijven.vanaf, schijven.minus) == ((0, 1000), (0, 168))


def test_every_scalar_is_text():
    """No date, no yes/no, no null, no number and no octal."""
    assert lees_tekst("a: [2026-01-01, no, ~, 010, 1_000, 1.50, 0x1f, '', 12:30]\n") == {
        "a": ["2026-01-01", "no", "~", "010", "1_000", "1.50", "0x1f", "", "12:30"]
    }


def test_nested_and_empty_documents():
    """Lists in mappings in lists; nothing at all is an empty mapping."""
    assert lees_tekst("a:\n  - {b: c, d: [e]}\n  - {}\n") == {"a": [{"b": "c", "d": ["e"]}, {}]}
    assert lees_tekst("# niets\n") == {}


@pytest.mark.parametrize(
    ("tekst", "woord"),
    [
        ("a: 1\nb: 2\na: 3\n", "regel 3: a staat er twee keer"),
        ("a: {b: 1, 'b': 2}\n", "regel 1: b staat er twee keer"),
        ("a: &x 1\nb: *x\n", "regel 1: anker &x"),
        ("a: &x {b: 1}\n", "regel 1: anker &x"),
        ("a: 1\nb: *x\n", "regel 2: verwijzing"),
        ("a: !!float 1.5\n", "regel 1: label"),
        ("a: !!python/object/apply:os.system [ls]\n", "regel 1: label"),
        ("? [a]\n: b\n", "regel 1: de naam van een veld is tekst"),
        ("a: 1\n---\nb: 2\n", "meer dan één document"),
        ("a: [1\n", "geen geldige YAML"),
        ("a: \x07\n", "geen geldige YAML"),
    ],
)
@pytest.mark.parametrize("klasse", ["CBaseLoader", "BaseLoader"])
def test_yaml_that_could_surprise_is_refused_with_its_line(monkeypatch, klasse, tekst, woord):
    """Duplicates, anchors, aliases, tags and second documents, with and without libyaml."""
    monkeypatch.setattr(tekstyaml, "_LADER", getattr(yaml, klasse))
    with pytest.raises(TekstYamlFout) as fout:
        lees_tekst(tekst)
    assert woord in str(fout.value)


@given(
    st.recursive(
        st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=8)
        | st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda een: str(Decimal(een))),
        lambda kind: st.lists(kind, max_size=3) | st.dictionaries(st.text("abcdef", min_size=1), kind, max_size=3),
        max_leaves=12,
    ).filter(bool)
)
def test_text_that_is_written_as_yaml_is_read_back(inhoud):
    """Whatever is text when written is the same text when read."""
    assert lees_tekst(yaml.safe_dump({"a": inhoud}, allow_unicode=True)) == {"a": inhoud}
