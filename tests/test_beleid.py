"""The policy of a municipality: defaults, dated settings, and refusals that name the key."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from tests import gevallen

from verrekening.beleid import _SLEUTELS, Beleid, BeleidMaand, lees_beleid
from verrekening.fouten import BeleidGeweigerd
from verrekening.maand import lees_maand

GEMEENTEN = Path(__file__).parents[1] / "fixtures" / "gemeenten"
KOP = 'gemeentecode: "0014"\n'


def _op(map_: Path, tekst: str, maand: str = "2026-08") -> BeleidMaand:
    (map_ / "beleid.yaml").write_text(KOP + tekst, encoding="utf-8")
    return lees_beleid(map_ / "beleid.yaml").op(lees_maand(maand))


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    """The defaults of the documentation."""
    b = _op(tmp_path, "")
    assert (b.methode, b.toerekening, b.deelmaand, b.vakantiegeld) == (
        "achteraf",
        "kalenderdagen",
        "kalenderdagen",
        "maandelijks_meegenomen",
    )
    assert (b.bijzondere_beloning, b.bijzondere_beloning_drempel_cent, b.vrijlating_grondslag, b.z_onder_27) == (
        "mens",
        0,
        "zonder_aanspraak",
        True,
    )
    assert (b.reservering_grondslag, b.reservering_afronding) == ("bijstand", "reserve_eerst")
    assert (b.giften_bedrag, b.giften_eenheid, b.giften_boven_grens) == (120000, "huishouden", "mens")
    assert (b.beschermd_minimum, b.drempel_mens, dict(b.signalen)) == (Fraction(0), None, {})


def test_a_setting_may_change_in_time(tmp_path: Path) -> None:
    """Before its first month the default holds; after it the latest value."""
    tekst = 'beschermd_minimum: [{van: "2026-03", waarde: "90%"}, {van: "2026-07", waarde: "92.5%"}]\n'
    assert [_op(tmp_path, tekst, maand).beschermd_minimum for maand in ("2026-02", "2026-03", "2026-06", "2026-07")] == [
        Fraction(0), Fraction(9, 10), Fraction(9, 10), Fraction(37, 40),
    ]  # fmt: skip


def test_own_amounts_come_with_their_source(tmp_path: Path) -> None:
    """Name, first day, value as text and source."""
    (tmp_path / "b.yaml").write_text(
        KOP
        + 'parameters: {wga_geuniformeerde_inhouding_pct: [{van: "2026-01-01", waarde: "0.500", bron: "Stcrt."}]}\n',
        encoding="utf-8",
    )
    (rij,) = lees_beleid(tmp_path / "b.yaml").parameters
    assert (rij.naam, rij.waarde, rij.bron) == ("wga_geuniformeerde_inhouding_pct", "0.500", "Stcrt.")


@pytest.mark.parametrize(
    "tekst",
    [
        "onbekend: 1\n",
        "methode: morgen\n",
        "methode: achteraf\nmethode: achteraf\n",
        "naam: &a x\n",
        "drempel_mens: 1.5\n",
        'beschermd_minimum: "101%"\n',
        "giften: {bedrag: veel}\n",
        "giften: {soort: geld}\n",
        "signalen: {ONBEKEND: stop}\n",
        "signalen: {DGA: mens}\n",
        "reservering_grondslag: norm_min_inkomen_met_vt\nreservering_afronding: netto_eerst\n",
        'parameters: {norm_21a_alleenstaande_21_aow: [{van: "2026-01-01", waarde: "1"}]}\n',
        "- lijst\n",
    ],
)
def test_what_can_not_be_meant_is_refused(tmp_path: Path, tekst: str) -> None:
    """Exit 3 before anything is read."""
    with pytest.raises(BeleidGeweigerd) as fout:
        _op(tmp_path, tekst)
    assert fout.value.exitcode == 3
    assert "beleid.yaml" in str(fout.value)


def test_the_documented_default_names_every_key_and_changes_nothing() -> None:
    """fixtures/gemeenten/standaard.yaml explains them all, and equals a policy that says nothing."""
    standaard = lees_beleid(GEMEENTEN / "standaard.yaml")
    maand = lees_maand("2026-08")
    assert standaard.op(maand) == Beleid("0014", "", {}, (), "").op(maand)
    tekst = (GEMEENTEN / "standaard.yaml").read_text(encoding="utf-8")
    for sleutel in (*_SLEUTELS, "signalen", "parameters", "gemeentecode", "naam"):
        assert re.search(rf"^ *{sleutel.rpartition('.')[2]}:", tekst, re.MULTILINE), sleutel


@pytest.mark.parametrize("bestand", sorted(GEMEENTEN.glob("*.yaml")), ids=lambda pad: pad.stem)
def test_the_policy_of_each_municipality_loads_and_settles_a_household(bestand: Path) -> None:
    """In every month that can be computed; a worked case in tests/scenarios settles somebody with it."""
    beleid = lees_beleid(bestand)
    for maand in range(lees_maand("2023-01"), lees_maand("2027-12") + 1):
        assert beleid.op(maand).methode in {"achteraf", "schatten", "op_de_maand"}
    assert bestand.stem in {geval.get("beleid") for _, geval in gevallen.lees() if isinstance(geval.get("beleid"), str)}


def test_every_setting_of_a_municipality_has_its_source_beside_it() -> None:
    """A comment stands above each setting, with where it was published."""
    for bestand in GEMEENTEN.glob("*.yaml"):
        regels = bestand.read_text(encoding="utf-8").splitlines()
        vorige = ""
        for regel in regels:
            if re.match(r"^ *[a-z_]+: ?\S", regel) and not regel.startswith(("gemeentecode", "naam")):
                assert "#" in regel or vorige.lstrip().startswith("#") or "eenheid" in regel, f"{bestand.name}: {regel}"
            vorige = regel
