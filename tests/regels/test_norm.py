"""Chapter B1 beside a reading of the articles person by person, for every form of household and every half-year."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest

from verrekening.geld import Verhouding
from verrekening.maand import lees_maand
from verrekening.parameters import laad
from verrekening.regels import NORM

HALFJAREN = [f"{jaar}-{maand}" for jaar in (2023, 2024, 2025, 2026) for maand in ("01", "07")]
JONG, MIDDEN, AOW = 20, 36, 70


class Mens(NamedTuple):
    """Age, raise of art. 20 lid 3, in an institution, right to assistance."""

    leeftijd: int
    verhoging: bool = False
    binnen: bool = False
    recht: bool = True


class Gezin(NamedTuple):
    """A single person or a couple, with housemates, with or without a child under 18."""

    a: Mens
    p: Mens | None
    medebewoners: int
    kind: bool


def _half_omhoog(breuk: Fraction) -> int:
    return (2 * breuk.numerator + breuk.denominator) // (2 * breuk.denominator)


class Wet:
    """The articles, with the amounts of one month."""

    def __init__(self, maand: int) -> None:
        namen = sorted(NORM.op(maand).parameters)
        self.b: dict[str, Any] = {naam: een.waarde for naam, een in laad().voor_maand(maand, namen).items()}

    def bedrag(self, begin: str) -> int:
        """The amount whose name begins so."""
        (naam,) = [naam for naam in self.b if naam.startswith(f"norm_{begin}")]
        assert not isinstance(self.b[naam], Verhouding)
        return int(self.b[naam])

    def paar(self, aow: bool) -> int:
        """Art. 21 onder b, 22 onder b and c."""
        return self.bedrag("22bc_" if aow else "21b_")

    def deler(self, mens: Mens, ander: Mens | None, n: int) -> int:
        """Art. 22a lid 1."""
        basis = self.paar(AOW in (mens.leeftijd, ander.leeftijd if ander else 0))
        return _half_omhoog(Fraction(40 + 30 * n, 100 * n) * basis)

    def met_verhoging(self, norm: int, mensen: list[Mens], grens: int) -> int:
        """Art. 20 lid 3 and 4."""
        per_persoon = self.bedrag("20_3_") if "norm_20_3_verhoging_jongmeerderjarige" in self.b else 0
        erbij = per_persoon * sum(mens.verhoging and mens.leeftijd == JONG for mens in mensen)
        return max(norm, min(norm + erbij, grens)) if erbij else norm

    def alleen(self, mens: Mens, gezin: Gezin) -> int:
        """As a single (parent): art. 20, 21, 22, 22a, 23 lid 1 and 2."""
        if mens.binnen:
            return self.bedrag("23_1a_") + self.bedrag("23_2a_")
        vol = self.bedrag("22a_alleenstaande" if mens.leeftijd == AOW else "21a_")
        vanaf_21 = self.deler(mens, None, gezin.medebewoners + 1) if gezin.medebewoners else vol
        if mens.leeftijd == JONG:
            return self.met_verhoging(self.bedrag("20_2a_" if gezin.kind else "20_1a_"), [mens], vanaf_21)
        return vanaf_21

    def thuis(self, gezin: Gezin, a: Mens, p: Mens) -> int:
        """A couple at home: art. 20, 21, 22, 22a."""
        ouder = [mens for mens in (a, p) if mens.leeftijd != JONG]
        lid = "20_2" if gezin.kind else "20_1"
        delers = gezin.medebewoners > 0
        alsof_n = gezin.medebewoners + 2
        alsof_21 = (
            self.deler(a, p, alsof_n) + self.deler(p, a, alsof_n)
            if delers
            else self.paar(AOW in (a.leeftijd, p.leeftijd))
        )
        if len(ouder) == 2:
            return alsof_21
        if not ouder:
            norm = self.bedrag(f"{lid}b_")
        elif delers:
            jongste = self.bedrag("22a_3a_" if gezin.kind else "22a_3b_")
            norm = self.deler(ouder[0], a if ouder[0] is p else p, gezin.medebewoners + 1) + jongste
        else:
            norm = self.bedrag(f"{lid}c_")
        return self.met_verhoging(norm, [a, p], alsof_21)

    def naast_zonder_recht(self, gezin: Gezin, wel: Mens, niet: Mens) -> int:
        """Art. 24; from 21 years with kostendelers art. 22a lid 1."""
        n = gezin.medebewoners + 1 + (niet.leeftijd != JONG)
        if wel.leeftijd != JONG:
            if gezin.medebewoners:
                return self.deler(wel, niet, n)
            return _half_omhoog(Fraction(self.paar(wel.leeftijd == AOW), 2))
        grens = self.deler(wel, niet, n) if gezin.medebewoners else _half_omhoog(Fraction(self.paar(aow=False), 2))
        helft = _half_omhoog(Fraction(self.bedrag("20_2b_" if gezin.kind else "20_1b_"), 2))
        return self.met_verhoging(helft, [wel], grens)

    def norm(self, gezin: Gezin) -> int:
        """Which article holds."""
        a, p = gezin.a, gezin.p
        if p is None:
            return self.alleen(a, gezin)
        met_recht = [mens for mens in (a, p) if mens.recht]
        if a.binnen != p.binnen:
            return sum(self.alleen(mens, gezin) for mens in met_recht)
        if a.binnen:
            samen = self.bedrag("23_1b_") + self.bedrag("23_2b_")
            return samen if len(met_recht) == 2 else _half_omhoog(Fraction(samen, 2))
        if len(met_recht) == 2:
            return self.thuis(gezin, a, p)
        return self.naast_zonder_recht(gezin, met_recht[0], p if met_recht[0] is a else a)


def _gezinnen() -> list[Gezin]:
    mensen = [Mens(*een) for een in itertools.product((JONG, MIDDEN, AOW), (False, True), (False, True), (True, False))]
    met_recht = [mens for mens in mensen if mens.recht]
    paren = [(a, p) for a, p in itertools.product(mensen, mensen) if a.recht or p.recht]
    rest = list(itertools.product((0, 1, 5), (False, True)))
    alleen = [Gezin(a, None, *een) for a in met_recht for een in rest]
    return alleen + [Gezin(a, p, *een) for a, p in paren for een in rest]


def _kolommen(gezinnen: list[Gezin]) -> dict[str, Any]:
    uit: dict[str, Any] = {
        "medebewoners": np.array([een.medebewoners for een in gezinnen], dtype=np.int64),
        "gehuwd": np.array([een.p is not None for een in gezinnen]),
        "kind_onder_18": np.array([een.kind for een in gezinnen]),
    }
    for letter in ("a", "p"):
        wie = [getattr(een, letter) for een in gezinnen]
        uit[f"{letter}_21"] = np.array([mens is not None and mens.leeftijd != JONG for mens in wie])
        uit[f"{letter}_aow"] = np.array([mens is not None and mens.leeftijd == AOW for mens in wie])
        for naam, veld in (("verhoging", "verhoging"), ("inrichting", "binnen"), ("recht", "recht")):
            uit[f"{letter}_{naam}"] = np.array([mens is not None and getattr(mens, veld) for mens in wie])
    return uit


@pytest.mark.parametrize("halfjaar", HALFJAREN)
def test_every_household_has_the_norm_of_its_article(halfjaar: str) -> None:
    """All ages, raises, institutions, rights, housemates and children, in every half-year."""
    maand = lees_maand(halfjaar)
    gezinnen, wet = _gezinnen(), Wet(maand)
    berekend = NORM.op(maand).reken(_kolommen(gezinnen) | wet.b)["norm"]
    verwacht = [wet.norm(gezin) for gezin in gezinnen]
    anders = [(gezin, int(b), v) for gezin, b, v in zip(gezinnen, berekend, verwacht, strict=True) if b != v]
    assert not anders, anders[:5]
