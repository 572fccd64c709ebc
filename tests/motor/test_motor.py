"""The engine that runs rules, on a toy law that has nothing to do with the real one."""

from __future__ import annotations

import numpy as np
import pytest

from verrekening.fouten import RegelFout
from verrekening.geld import Verhouding
from verrekening.maand import lees_maand
from verrekening.motor import Invoer, Niveau, Regel, Toestand, op_niveau
from verrekening.motor.regel import maak_regel
from verrekening.motor.woorden import Aantal, Breuk, Cent, JaNee, deel, en, kies, niet, of, rekenkundig, ten_hoogste

tol = op_niveau("tol")
JULI = lees_maand("2026-07")


@tol("1", artikel="Tolwet art. 1", zin="tol = {tarief} van {waarde}, ten hoogste {hoogste}")
def tol_bedrag(waarde: Cent, tarief: Breuk, hoogste: Cent) -> Cent:
    """A share of the value, capped."""
    return ten_hoogste(rekenkundig(deel(tarief, van=waarde)), hoogste)


@tol("2", artikel="Tolwet art. 2", zin="vrij: {heilig} of al {keren} keer betaald")
def vrij(heilig: JaNee, keren: Aantal) -> JaNee:
    """Who is free."""
    return of(heilig, en(keren > 2, niet(heilig)))


@tol("3", artikel="Tolwet art. 3", zin="te betalen = {tol_bedrag}, of niets")
def te_betalen(tol_bedrag: Cent, vrij: JaNee) -> Cent:
    """What is paid."""
    return kies(vrij, 0, tol_bedrag)


@tol("4", artikel="Tolwet art. 4", zin="keren na deze maand")
def keren_na(keren: Aantal, te_betalen: Cent) -> Aantal:
    """The count goes up with a payment."""
    return keren + kies(te_betalen > 0, 1, 0)


INVOER = {naam: Invoer(naam, soort, "toets") for naam, soort in (("waarde", "Cent"), ("heilig", "JaNee"))}
PARAMETERS = {"tarief": "Breuk", "hoogste": "Cent"}
KEREN = {"keren": Toestand("keren", "keren_na", "Aantal", 0)}
REGELS = tuple(vars(functie)["__regel__"] for functie in (te_betalen, keren_na, tol_bedrag, vrij))


def _niveau(*regels: Regel, **anders) -> Niveau:
    return Niveau("tol", regels or REGELS, anders.get("invoer", INVOER), PARAMETERS, anders.get("toestand", KEREN))


def test_rules_run_in_order_of_need_whatever_the_order_of_writing() -> None:
    """A rule never runs before what it reads; otherwise the written order stays."""
    graaf = _niveau().op(JULI)
    assert [regel.naam for regel in graaf.regels] == ["tol_bedrag", "vrij", "te_betalen", "keren_na"]
    assert graaf.parameters == {"tarief", "hoogste"}


def test_a_column_gives_what_single_integers_give() -> None:
    """The same functions run on columns and on Python integers."""
    waarde, heilig, keren = [0, 101, 5000, 99999], [False, False, True, False], [0, 3, 0, 1]
    parameters = {"tarief": Verhouding(1, 8), "hoogste": 700}
    graaf = _niveau().op(JULI)
    kolom = graaf.reken({"waarde": np.array(waarde), "heilig": np.array(heilig), "keren": np.array(keren)} | parameters)
    for nummer, rij in enumerate(zip(waarde, heilig, keren, strict=True)):
        los = graaf.reken(dict(zip(("waarde", "heilig", "keren"), rij, strict=True)) | parameters)
        for naam in ("tol_bedrag", "vrij", "te_betalen", "keren_na"):
            assert kolom[naam][nummer] == los[naam]
            assert isinstance(los[naam], int)


def test_an_unknown_name_is_refused_with_the_nearest_name() -> None:
    """A typo in an argument stops at import and says what was probably meant."""

    def fout(waarden: Cent) -> Cent:
        """Typo."""
        return waarden

    with pytest.raises(RegelFout, match=r"waarden.*bedoelt u waarde"):
        _niveau(*REGELS, maak_regel(fout, "tol", "9", "art. 9", "fout"))


def test_a_circle_of_rules_is_refused() -> None:
    """Two rules that read each other."""

    def kip(ei: Cent) -> Cent:
        """From the egg."""
        return ei

    def ei(kip: Cent) -> Cent:
        """From the chicken."""
        return kip

    with pytest.raises(RegelFout, match="kring"):
        _niveau(*REGELS, *[maak_regel(een, "tol", "9", "art. 9", "fout") for een in (kip, ei)])


def test_two_rules_with_one_name_in_one_month_are_refused_and_one_after_the_other_is_fine() -> None:
    """A rule may be succeeded by another of the same name, never overlapped."""

    def a(waarde: Cent) -> Cent:
        """Old law."""
        return waarde

    def b(waarde: Cent) -> Cent:
        """New law."""
        return waarde + 1

    oud = maak_regel(a, "tol", "5", "art. 5 oud", "oud", tot="2026-12", naam="extra")
    nieuw = maak_regel(b, "tol", "5", "art. 5 nieuw", "nieuw", vanaf="2027-01", naam="extra")
    te_vroeg = maak_regel(b, "tol", "5", "art. 5 nieuw", "nieuw", vanaf="2026-12", naam="extra")
    niveau = _niveau(*REGELS, oud, nieuw)
    assert niveau.op(JULI).reken(_vol())["extra"] == 800
    assert niveau.op(lees_maand("2027-01")).reken(_vol())["extra"] == 801
    with pytest.raises(RegelFout, match="dezelfde maand"):
        _niveau(*REGELS, oud, te_vroeg)


def test_a_name_that_is_missing_in_some_month_is_refused() -> None:
    """A gap between the old and the new rule stops at import when another rule needs the name."""

    def a(waarde: Cent) -> Cent:
        """Old law only."""
        return waarde

    def lezer(extra: Cent) -> Cent:
        """Needs it every month."""
        return extra

    oud = maak_regel(a, "tol", "5", "art. 5 oud", "oud", tot="2026-12", naam="extra")
    with pytest.raises(RegelFout, match="niet in elke maand"):
        _niveau(*REGELS, oud, maak_regel(lezer, "tol", "6", "art. 6", "leest"))


def test_state_needs_the_rule_that_makes_its_next_value() -> None:
    """Named state without its rule is refused."""
    with pytest.raises(RegelFout, match="toestand weg"):
        _niveau(toestand={**KEREN, "weg": Toestand("weg", "weg_na", "Aantal", 0)})


def test_a_rule_must_have_an_article_and_a_number() -> None:
    """No article, no rule."""
    with pytest.raises(RegelFout, match="artikel"):
        maak_regel(te_betalen, "tol", "3", " ", "zin")


def test_reader_and_maker_must_agree_on_the_kind() -> None:
    """A yes/no can't be read as cents."""

    def fout(vrij: Cent) -> Cent:
        """Reads a yes/no as cents."""
        return vrij

    with pytest.raises(RegelFout, match=r"leest vrij als Cent.*JaNee"):
        _niveau(*REGELS, maak_regel(fout, "tol", "9", "art. 9", "fout"))


def test_a_sentence_may_only_name_arguments() -> None:
    """A placeholder that is no argument would leave a hole in the explanation."""
    with pytest.raises(RegelFout, match="geen argument"):
        maak_regel(keren_na, "tol", "4", "art. 4", "keren {onzin}")


def _met_als(waarde: Cent) -> Cent:
    """Works on one number only."""
    return max(0, waarde)


def _met_deling(waarde: Cent) -> Cent:
    """Would make a float."""
    return waarde / 2


def _met_min(waarde: Cent) -> Cent:
    """Fails on a column."""
    return min(waarde, 5)


def _met_keten(waarde: Cent) -> JaNee:
    """Fails on a column."""
    return 0 < waarde < 5


def _zonder_soort(waarde):
    """No kinds."""
    return waarde


@pytest.mark.parametrize("functie", [_met_als, _met_deling, _met_min, _met_keten, _zonder_soort])
def test_what_works_on_one_number_but_not_on_a_column_is_refused(functie) -> None:
    """The batch would differ from the single case, so it stops at import."""
    with pytest.raises(RegelFout):
        maak_regel(functie, "tol", "9", "art. 9", "fout")


def _vol() -> dict[str, object]:
    return {"waarde": 800, "heilig": False, "keren": 0, "tarief": Verhouding(1, 8), "hoogste": 700}
