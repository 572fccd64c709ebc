"""Which value holds in a month, until when, and what a policy may put in its place (rules P1 to P3)."""

from __future__ import annotations

import json

import pytest

from verrekening.fouten import BeleidGeweigerd, ParameterGeweigerd, ParameterVerlopen
from verrekening.geld import Verhouding
from verrekening.maand import OPEN, eerste_dag, lees_datum, lees_maand, toon_datum, toon_maand
from verrekening.parameters import EigenWaarde, Schijven, laad

P = laad()
NORM = "norm_21a_alleenstaande_21_aow"
WGA = "wga_geuniformeerde_inhouding_pct"


def eigen(naam, van, waarde, bron="Normenbrief"):
    """One own value of a policy."""
    return EigenWaarde(naam, lees_datum(van), waarde, bron)


def waarde(parameters, naam, maand):
    """The bare value in a month."""
    return parameters.op(naam, lees_maand(maand)).waarde


def test_a_value_holds_until_the_next():
    """The amount of January holds through June (rule P1)."""
    assert waarde(P, NORM, "2026-01") == waarde(P, NORM, "2026-06") == 140150
    assert waarde(P, NORM, "2026-07") == waarde(P, NORM, "2026-12") == 141946


def test_a_value_that_starts_inside_a_month_holds_from_the_next():
    """A dated amount is the one valid on the first day of the month."""
    parameters = P.met_eigen([eigen(NORM, "2026-03-02", "1500.00")])
    assert waarde(parameters, NORM, "2026-03") == 140150
    assert waarde(parameters, NORM, "2026-04") == 150000


@pytest.mark.parametrize(
    "naam",
    [
        *(NORM, "vrijlating_n_max", "giftenvrijlating_m", WGA, "vt_claim_art12_vroegere_arbeid"),
        *("vrijlating_34a_c_aow", "bufferbudget_max"),
    ],
)
def test_a_month_past_the_check_is_refused_with_name_and_month(naam):
    """Rule P2: refused with exit code 3, naming parameter and month; which month that is stands in test_bedragen."""
    laatste = P.gecontroleerd_tot(naam)
    P.op(naam, laatste)
    with pytest.raises(ParameterVerlopen) as fout:
        P.op(naam, laatste + 1)
    assert naam in str(fout.value)
    assert toon_maand(laatste + 1) in str(fout.value)
    assert fout.value.exitcode == 3


def test_a_month_before_the_first_value_is_refused():
    """Art. 34a has no value in 2026."""
    with pytest.raises(ParameterGeweigerd, match=r"bufferbudget_max heeft in 2026-12 nog geen waarde.*2027-01-01"):
        P.op("bufferbudget_max", lees_maand("2026-12"))


def test_an_unknown_name_is_refused_with_the_nearest():
    """A mistyped name gets a suggestion."""
    with pytest.raises(ParameterGeweigerd, match=r"vrijlating_n_maks bestaat niet; bedoeld: vrijlating_n_max"):
        P.op("vrijlating_n_maks", lees_maand("2026-01"))


def test_one_refusal_names_all_expired_parameters():
    """A month is checked once, before anything is computed; the age of the AOW is known for longer."""
    norm, aow = P.gecontroleerd_tot(NORM), "aow_leeftijd"
    P.controleer_maand(norm, [NORM, aow])
    twee = [NORM, "norm_21b_gehuwden_21_aow"]
    with pytest.raises(ParameterVerlopen) as fout:
        P.controleer_maand(norm + 1, [*twee, aow])
    assert all(naam in str(fout.value) for naam in twee)
    assert aow not in str(fout.value)
    with pytest.raises(ParameterGeweigerd, match="nog geen waarde"):
        P.controleer_maand(lees_maand("2025-01"), [NORM, "giftenvrijlating_m"])


def test_what_expires_is_listed():
    """A norm from the month after the last one checked; nothing while all are checked."""
    norm = P.gecontroleerd_tot(NORM)
    assert P.verloopt(min(P.gecontroleerd_tot(naam) for naam in P.namen)) == []
    assert (NORM, norm) in P.verloopt(norm + 1)
    assert "aow_leeftijd" not in dict(P.verloopt(norm + 1))
    assert len(P.verloopt(max(P.gecontroleerd_tot(naam) for naam in P.namen) + 1)) == len(P.namen)


def test_values_of_a_month_by_name():
    """Several parameters at once, each its own value of the month."""
    waarden = P.voor_maand(lees_maand("2026-07"), [NORM, WGA])
    assert waarden[NORM].waarde == 141946
    assert waarden[WGA].waarde == Verhouding(3, 625)
    # What is found once is kept, and not what a reader does with it.
    waarden.clear()
    assert P.voor_maand(lees_maand("2026-07"), [NORM, WGA])[NORM].waarde == 141946


def test_an_own_value_replaces_from_its_date_and_is_provisional():
    """Rules P2 and P3: from its date, always provisional, with the source of the municipality."""
    parameters = P.met_eigen([eigen(WGA, "2026-07-01", "0.500", "brief UWV")])
    assert waarde(parameters, WGA, "2026-06") == Verhouding(3, 625)
    een = parameters.op(WGA, lees_maand("2026-07"))
    assert (een.waarde, een.status, een.eigen, een.tekst) == (Verhouding(1, 200), "voorlopig", True, "0.500")
    assert parameters.bron(een).titel == "brief UWV"
    assert waarde(P, WGA, "2026-07") == Verhouding(3, 625), "the built-in ones never change"


def test_an_own_value_holds_over_later_built_in_values_and_without_end():
    """Until the next own value, also where a built-in value starts later, also past the check."""
    parameters = P.met_eigen([eigen(NORM, "2026-01-01", "1400.00"), eigen(NORM, "2027-07-01", "1500.00")])
    assert waarde(parameters, NORM, "2025-12") == 136906
    assert waarde(parameters, NORM, "2026-12") == waarde(parameters, NORM, "2027-06") == 140000
    assert waarde(parameters, NORM, "2027-07") == waarde(parameters, NORM, "2040-01") == 150000
    assert parameters.gecontroleerd_tot(NORM) == OPEN
    assert NORM not in dict(parameters.verloopt(lees_maand("2030-01")))
    assert [een.waarde for een in parameters.reeks(NORM)][-2:] == [140000, 150000]


def test_an_own_value_later_on_does_not_stretch_the_built_in_one():
    """The months between the check and the own value stay refused."""
    laatste = P.gecontroleerd_tot(NORM)
    parameters = P.met_eigen([eigen(NORM, toon_datum(eerste_dag(laatste + 7)), "1500.00")])
    with pytest.raises(ParameterVerlopen):
        parameters.op(NORM, laatste + 6)
    assert NORM in dict(parameters.verloopt(laatste + 6))
    assert parameters.op(NORM, laatste + 7).waarde == 150000


def test_an_own_value_may_come_before_the_first_built_in_one():
    """A municipality may give what the country does not have yet."""
    parameters = P.met_eigen([eigen("giftenvrijlating_m", "2025-01-01", "1800")])
    assert waarde(parameters, "giftenvrijlating_m", "2025-03") == 180000


def test_the_common_name_of_z_and_aa_sets_both():
    """One amount for two onderdelen, under the one name they had."""
    parameters = P.met_eigen([eigen("vrijlating_z_aa_max", "2026-07-01", "182.50")])
    for naam in ("vrijlating_z_max", "vrijlating_aa_max"):
        assert waarde(parameters, naam, "2026-07") == 18250
        assert waarde(parameters, naam, "2026-06") == 18019
    assert waarde(parameters, "vrijlating_y_max", "2026-07") == 18019


def test_own_values_in_any_order_and_in_two_rounds():
    """The order of the policy file does not matter."""
    een, twee = eigen(NORM, "2027-01-01", "1450.00"), eigen(NORM, "2026-08-01", "1440.00")
    parameters = P.met_eigen([een, twee])
    assert [waarde(parameters, NORM, maand) for maand in ("2026-08", "2027-01")] == [144000, 145000]
    assert P.met_eigen([een]).met_eigen([twee]).vingerafdruk() == parameters.vingerafdruk()


def test_an_own_table():
    """A table as a list of brackets, or as one percentage."""
    naam = "vt_claim_art11_tegenwoordige_arbeid"
    tabel = [
        {"vanaf": "0.00", "onder": "900.00", "procent": "8.00", "minus": "0.00"},
        {"vanaf": "900.00", "procent": "5.00", "minus": "1.00"},
    ]
    assert waarde(P.met_eigen([eigen(naam, "2027-01-01", tabel)]), naam, "2027-01") == Schijven(
        (0, 90000), (8, 5), 100, (0, 100)
    )
    assert waarde(P.met_eigen([eigen(naam, "2027-01-01", "7.50%")]), naam, "2027-01") == Schijven((0,), (3,), 40, (0,))


@pytest.mark.parametrize(
    ("rij", "woorden"),
    [
        (eigen("wga_inhouding_pct", "2026-01-01", "0.5"), ["wga_inhouding_pct bestaat niet", WGA]),
        (eigen("vrijlating_z_a_max", "2026-01-01", "180.00"), ["bedoeld", "vrijlating_z_aa_max"]),
        (eigen(NORM, "2026-01-01", "50%"), [NORM, "2026-01-01", "50% is geen bedrag", "cent_per_maand"]),
        (eigen(NORM, "2026-01-01", "141946 cent"), [NORM, "is geen bedrag"]),
        (eigen(WGA, "2026-01-01", "1.419.46"), [WGA, "is geen percentage", "procent"]),
        (eigen("vrijlating_n_pct", "2026-01-01", "25"), ["vrijlating_n_pct", "schrijf een percentage met %"]),
        (
            eigen("vrijlating_n_maanden", "2026-01-01", "6.5"),
            ["vrijlating_n_maanden", "is geen geheel aantal"],
        ),
        (eigen(NORM, "2026-01-01", 1400.0), [NORM, "als tekst"]),
        (eigen(NORM, "2026-01-01", None), [NORM, "als tekst"]),
        (eigen(NORM, "2026-01-01", "1400.00", " "), [NORM, "noem de bron"]),
        (eigen(NORM, "2026-01-01", "1400.00", None), [NORM, "noem de bron"]),
    ],
)
def test_an_own_value_that_is_not_usable_is_refused(rij, woorden):
    """Unknown name, wrong unit, no text or no source: the policy is refused and says where."""
    with pytest.raises(BeleidGeweigerd) as fout:
        P.met_eigen([rij])
    for woord in woorden:
        assert woord in str(fout.value)
    assert fout.value.exitcode == 3


def test_two_own_values_on_one_day_are_refused():
    """Nobody can tell which one was meant, also when one of them hides behind a common name."""
    with pytest.raises(BeleidGeweigerd, match="al een eigen waarde"):
        P.met_eigen([eigen(NORM, "2026-01-01", "1400.00")] * 2)
    with pytest.raises(BeleidGeweigerd, match="vrijlating_z_max heeft op die datum al een eigen waarde"):
        P.met_eigen([eigen("vrijlating_z_max", "2026-07-01", "1"), eigen("vrijlating_z_aa_max", "2026-07-01", "1")])


def test_a_refusal_never_shows_a_bsn():
    """A number that could be a BSN is masked when a value or name is shown back."""
    for rij in (eigen(NORM, "2026-01-01", "bsn 999990019"), eigen("999990019", "2026-01-01", "1")):
        with pytest.raises(BeleidGeweigerd) as fout:
            P.met_eigen([rij])
        assert "999990019" not in str(fout.value)


def test_the_fingerprint_follows_the_values():
    """The same values the same print; another value, date or source another."""
    assert len(P.vingerafdruk()) == 64
    varianten = [
        P,
        P.met_eigen([eigen(NORM, "2027-01-01", "1400.00")]),
        P.met_eigen([eigen(NORM, "2027-01-01", "1400.01")]),
        P.met_eigen([eigen(NORM, "2027-02-01", "1400.00")]),
        P.met_eigen([eigen(NORM, "2027-01-01", "1400.00", "elders")]),
    ]
    assert len({een.vingerafdruk() for een in varianten}) == len(varianten)
    assert P.met_eigen([]).vingerafdruk() == P.vingerafdruk()


def test_the_catalogue_is_complete_json():
    """Every parameter with its values, each with title and url of its source; own values are marked."""
    parameters = P.met_eigen([eigen(NORM, "2027-01-01", "1400.00", "Normenbrief 2027")])
    catalogus = json.loads(json.dumps(parameters.catalogus()))
    assert [een["naam"] for een in catalogus] == list(P.namen)
    per_naam = {een["naam"]: een for een in catalogus}
    assert per_naam[NORM]["gecontroleerd_tot"] is None
    assert per_naam[NORM]["waarden"][-1] == {
        "vanaf": "2027-01-01",
        "waarde": "1400.00",
        "status": "voorlopig",
        "bron": "Normenbrief 2027",
        "url": None,
        "toelichting": None,
        "eigen": True,
    }
    assert per_naam[WGA]["gecontroleerd_tot"] == "2027-12"
    assert per_naam[WGA]["eenheid"] == "procent"
    assert per_naam[WGA]["waarden"][0]["waarde"] == "0.435"
    assert per_naam["vrijlating_z_max"]["samen"] == "vrijlating_z_aa_max"
    for een in catalogus:
        for rij in een["waarden"]:
            assert rij["eigen"] or rij["url"].startswith("https://")


def test_reading_happens_once():
    """The built-in parameters are one object."""
    assert laad() is P
