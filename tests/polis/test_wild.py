"""Fuzzing: whatever is delivered gives rows and counts, never an exception, and both ways of reading agree.

The seeds in ``zaad/`` are small messages of every kind. Hypothesis cuts, doubles, swaps and mixes them, as text and
packed. The profile ``grondig`` of tests/conftest.py looks much longer than the few seconds of every run.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.polis import inpakken
from tests.polis.test_snel import TABELLEN, alles_langs_de_parser, zelfde

from verrekening.kolommen import aantal
from verrekening.polis import Levering, lees, versies

ZAAD = {pad.name: pad.read_bytes() for pad in sorted((Path(__file__).parent / "zaad").iterdir())}
BEKEND = [999990019, 999996769]
BROKJES = (
    b"<", b">", b"/", b"&", b"&amp;", b"&#0;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"<!DOCTYPE a>",
    b"\x00", b"\xff", b"\xc3", b"\xef\xbb\xbf", b'"', b" xmlns='x'", b"<a:b/>", b"<_bundel nr='0'/>", b"-", b"1", b"\n",
    b"</InkomstenverhoudingInitieel>", b"<InkomstenverhoudingInitieel>", b"<NumIV>1</NumIV>", b"<SofiNr>999990019</SofiNr>",
    b"9999-12-31", b"<Inkomstenperiode>", b"</Werknemersgegevens>", b"<TijdvakCorrectie>", b"</VolledigeAangifte>",
)  # fmt: skip
"""What a message is made of, and what breaks one."""


INGEPAKT: dict[str, Callable[[bytes], bytes]] = {
    ".xml": bytes,
    ".xml.gz": inpakken.gz,
    ".zip": lambda inhoud: inpakken.zip_met(inhoud, "a.xml", "b.xml"),
}


@st.composite
def mutaties(trek: st.DrawFn, inhoud: bytes, ander: bytes) -> bytes:
    """A few changes of a piece of bytes: cut, doubled, replaced, or mixed with another."""
    uit = bytearray(inhoud)
    for _ in range(trek(st.integers(0, 4))):
        van = trek(st.integers(0, len(uit)))
        tot = min(len(uit), van + trek(st.one_of(st.integers(0, 12), st.integers(0, 2000))))
        nieuw = trek(
            st.one_of(
                st.just(b""),
                st.sampled_from(BROKJES),
                st.binary(max_size=9),
                st.just(bytes(uit[van:tot]) * 2),
                st.integers(0, len(ander)).map(lambda plaats: ander[plaats : plaats + 300]),
            )
        )
        uit[van:tot] = nieuw
    return bytes(uit)


@st.composite
def leveringen(trek: st.DrawFn) -> list[tuple[str, bytes]]:
    """A few files, each from a seed, mutated before and after packing."""
    uit = []
    for nummer in range(trek(st.integers(1, 3))):
        zaad, ander = (ZAAD[trek(st.sampled_from(sorted(ZAAD)))] for _ in range(2))
        inhoud = trek(mutaties(zaad, ander))
        uitgang = trek(st.sampled_from(sorted(INGEPAKT)))
        ingepakt = INGEPAKT[uitgang](inhoud)
        if uitgang != ".xml" and trek(st.booleans()):
            ingepakt = trek(mutaties(ingepakt, ander))
        uit.append((f"{nummer}{uitgang}", ingepakt))
    return uit


def klopt(levering: Levering) -> None:
    """Counts add up per file, tables hang together, and no BSN is shown."""
    oordeel = versies.bepaal(levering, 2**62)
    for nummer, telling in enumerate(versies.tellingen(levering, oordeel)):
        gelezen = telling.pop("gelezen")
        assert gelezen == sum(telling.values()), levering.bestanden[nummer].naam
    assert sum(telling.tellingen["gelezen"] for telling in levering.bestanden) >= aantal(levering.opgaven)
    namen = {bestand.naam for bestand in levering.bestanden}
    assert {afkeuring.bestand for afkeuring in levering.afkeuringen} <= namen
    assert ((levering.perioden["opgave"] >= 0) & (levering.perioden["opgave"] < aantal(levering.opgaven))).all()
    getoond = repr((levering.afkeuringen, levering.bevindingen, levering.bestanden))
    # Part of a BSN is looked for as well, and five nines in a row do occur in a hash.
    assert "99999" not in re.sub(r"'[0-9a-f]{64}'", "", getoond)


def lees_beide(bestanden: list[tuple[str, bytes]], bekend: list[int] | None, stuk: int) -> Levering:
    """Reads with and without taking records, in pieces of this size; both must give the same."""
    with tempfile.TemporaryDirectory() as map_, pytest.MonkeyPatch.context() as m:
        for naam, inhoud in bestanden:
            (Path(map_) / naam).write_bytes(inhoud)
        if stuk:
            m.setattr("verrekening.polis.knippen.KLEIN", 64)
            m.setattr("verrekening.polis.knippen.STUK", stuk)
        vlug = lees([Path(map_)], bekend)
        alles_langs_de_parser(m)
        traag = lees([Path(map_)], bekend)
    klopt(vlug)
    klopt(traag)
    zelfde(vlug, traag)
    return vlug


@pytest.mark.parametrize("naam", ZAAD)
def test_elk_zaad_wordt_gelezen(naam: str) -> None:
    """A seed that is refused as a whole would test little."""
    levering = lees_beide([(naam, ZAAD[naam])], None, 0)
    assert levering.idber
    assert any(aantal(getattr(levering, tabel)) for tabel in TABELLEN)


@given(leveringen(), st.sampled_from([None, BEKEND, []]), st.sampled_from([0, 700]))
def test_wat_er_ook_wordt_geleverd_de_tellingen_kloppen(
    bestanden: list[tuple[str, bytes]], bekend: list[int] | None, stuk: int
) -> None:
    """Never an exception, never a lost count, and the fast way sees what the careful way sees."""
    lees_beide(bestanden, bekend, stuk)
