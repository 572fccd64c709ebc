"""The built-in values against the publications, and against each other."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from tests.parameters.feiten import DATA, KOSTENDELERSNORM, NORMEN, VRIJLATING, ZONDER_VAKANTIETOESLAG

from verrekening.geld import Exact, Verhouding, rekenkundig
from verrekening.maand import eerste_dag, lees_datum, lees_maand, maand_van, toon_maand
from verrekening.parameters import Schijven, laad

P = laad()


def cent(tekst):
    """Cents of a printed amount, apart from the reader under test."""
    heel, _, deel = tekst.partition(".")
    return int(heel) * 100 + int((deel + "00")[:2])


def op(naam, datum):
    """The value of the month in which a date lies."""
    return P.op(naam, maand_van(lees_datum(datum)))


def breuk(waarde):
    """A ratio as a Fraction."""
    assert isinstance(waarde.waarde, Verhouding)
    return Fraction(waarde.waarde.teller, waarde.waarde.noemer)


def rijen(tabel):
    """One case per name and date of a table of facts."""
    return [
        pytest.param(naam, datum, bedrag, id=f"{naam}-{datum}")
        for naam, bedragen in tabel.items()
        for datum, bedrag in zip(DATA, bedragen.split(), strict=True)
        if bedrag != "-"
    ]


@pytest.mark.parametrize(("naam", "datum", "bedrag"), rijen(NORMEN))
def test_norm_is_the_published_amount(naam, datum, bedrag):
    """Every norm of every half-year is the printed one, except the AOW couple of 2024-01 (rule P3)."""
    waarde = op(naam, datum)
    if (naam, datum) == ("norm_22bc_gehuwden_aow", "2024-01-01"):
        assert (waarde.waarde, waarde.status, waarde.bron) == (193398, "voorlopig", "velsen-2024-01")
    else:
        assert (waarde.waarde, waarde.status) == (cent(bedrag), "definitief")
    assert waarde.vanaf == lees_datum(datum)


def test_raise_for_18_to_20_starts_in_2026():
    """Art. 20 lid 3 exists from 2026-01-01."""
    reeks = P.reeks("norm_20_3_verhoging_jongmeerderjarige")
    assert [(een.vanaf, een.waarde) for een in reeks][:2] == [
        (lees_datum("2026-01-01"), 74645),
        (lees_datum("2026-07-01"), 76224),
    ]


@pytest.mark.parametrize(("naam", "datum", "bedrag"), rijen(VRIJLATING))
def test_exemption_maximum_is_the_published_amount(naam, datum, bedrag):
    """Every maximum is the printed one; z and aa are those of y where the law text lags (rule P3)."""
    waarde = op(f"vrijlating_{naam}_max", datum)
    if naam in ("z", "aa") and datum in ("2024-01-01", "2025-01-01"):
        assert waarde.waarde == {"2024-01-01": 16707, "2025-01-01": 17304}[datum]
        assert waarde.status == "voorlopig"
    else:
        assert waarde.waarde == cent(bedrag)
        assert waarde.status == ("voorlopig" if datum == "2026-07-01" else "definitief")


@pytest.mark.parametrize("datum", [datum for datum in DATA if datum < "2027"])
@pytest.mark.parametrize("onderdeel", ["z", "aa"])
def test_z_and_aa_have_the_maximum_of_y(onderdeel, datum):
    """Once repaired, y, z and aa have one amount in every half-year."""
    assert op(f"vrijlating_{onderdeel}_max", datum).waarde == op("vrijlating_y_max", datum).waarde


@pytest.mark.parametrize(
    ("naam", "verwacht"),
    [
        ("vrijlating_n_pct", Fraction(1, 4)),
        ("vrijlating_r_pct", Fraction(1, 8)),
        ("vrijlating_y_pct", Fraction(15, 100)),
        ("vrijlating_z_pct", Fraction(15, 100)),
        ("vrijlating_aa_pct", Fraction(15, 100)),
        ("norm_24_factor_niet_rechthebbende_partner", Fraction(1, 2)),
        ("vakantietoeslag_pct_bijstand", Fraction(5, 100)),
        ("kostendelersnorm_vast", Fraction(40, 100)),
        ("kostendelersnorm_per_persoon", Fraction(30, 100)),
        ("ondergrens_bestaansminimum", Fraction(95, 100)),
    ],
)
def test_percentage_holds_from_2023_through_2026(naam, verwacht):
    """The percentages of the law are one value over the years of the old exemptions."""
    for maand in ("2023-01", "2024-06", "2026-12"):
        waarde = P.op(naam, lees_maand(maand))
        assert (breuk(waarde), waarde.status) == (verwacht, "definitief")


@pytest.mark.parametrize(
    ("naam", "maand", "verwacht"),
    [
        ("vrijlating_n_maanden", "2026-07", 6),
        ("vrijlating_z_maanden", "2026-07", 12),
        ("vrijlating_r_maanden", "2026-07", 30),
        ("vrijlating_34a_a_maanden", "2027-01", 12),
        ("verrekening_termijn_maanden", "2023-01", 6),
        ("kostendeler_minimumleeftijd", "2023-01", 27),
    ],
)
def test_duration_or_age_is_that_of_the_law(naam, maand, verwacht):
    """Months and years are parameters like amounts."""
    assert P.op(naam, lees_maand(maand)).waarde == verwacht


@pytest.mark.parametrize(
    ("naam", "verwacht", "status"),
    [
        ("vrijlating_34a_a_pct", Fraction(15, 100), "definitief"),
        ("vrijlating_34a_b_pct", Fraction(15, 100), "definitief"),
        ("vrijlating_34a_c_pct", Fraction(25, 100), "definitief"),
        ("vrijlating_34a_c_aow", 22600, "voorlopig"),
        ("bufferbudget_max", 100000, "voorlopig"),
    ],
)
def test_2027_law_is_built_in(naam, verwacht, status):
    """Art. 34a and 34b are there from 2027-01-01, their amounts provisional (rules P2 and P3)."""
    waarde = P.op(naam, lees_maand("2027-12"))
    assert waarde.vanaf == lees_datum("2027-01-01")
    assert waarde.status == status
    assert (breuk(waarde) if isinstance(verwacht, Fraction) else waarde.waarde) == verwacht


@pytest.mark.parametrize(
    ("jaar", "gemiddeld", "helft"),
    [
        (2023, "0.87", "0.435"),
        (2024, "0.77", "0.385"),
        (2025, "0.83", "0.415"),
        (2026, "0.96", "0.480"),
        (2027, "0.96", "0.480"),
    ],
)
def test_wga_percentage_is_half_of_the_average_premium(jaar, gemiddeld, helft):
    """Rule N3: half of what UWV publishes, 2027 as 2026, always provisional."""
    waarde = P.op("wga_geuniformeerde_inhouding_pct", lees_maand(f"{jaar}-01"))
    assert breuk(waarde) == Fraction(gemiddeld) / 200
    assert (waarde.tekst, waarde.status) == (helft, "voorlopig")


def test_gift_amount_starts_in_2026():
    """There is no national amount before 2026."""
    assert [(een.vanaf, een.waarde) for een in P.reeks("giftenvrijlating_m")] == [(lees_datum("2026-01-01"), 120000)]


TABELLEN = {
    "vt_claim_art11_tegenwoordige_arbeid": "0 876.39 1059.26 2175.48 | 8 8 8 5.02 | 0 20.77 2.67 1.68",
    "vt_claim_art12_vroegere_arbeid": ("0 672.38 726.15 1733.81 1851.75 | 8 5.14 8 7.20 8 | 0 0 20.77 18.70 33.46"),
    "vt_claim_art13_zonder_ahk": "0 | 8 | 0",
    "vt_claim_art14_alleenstaande_aow": "0 | 6.51 | 0",
    "vt_claim_art14_gehuwden_aow": "0 | 6.78 | 0",
    "vt_claim_art14_gehuwden_een_aow": "0 1507.16 | 6.78 6.78 | 0 20.48",
    "vt_claim_art14_ander_inkomen_aow": "0 | 8 | 0",
}


def uitgeschreven(tabel):
    """Edges, percentages and amounts of a table."""
    assert isinstance(tabel, Schijven)
    return tabel.vanaf, tuple(Fraction(teller, tabel.noemer) for teller in tabel.teller), tabel.minus


@pytest.mark.parametrize(("naam", "feit"), TABELLEN.items())
def test_claim_table_of_2026_is_the_published_one(naam, feit):
    """Art. 11 to 14 as the Regeling prints them for 2026."""
    vanaf, procent, minus = (deel.split() for deel in feit.split("|"))
    waarde = P.op(naam, lees_maand("2026-07"))
    assert uitgeschreven(waarde.waarde) == (
        tuple(map(cent, vanaf)),
        tuple(Fraction(een) / 100 for een in procent),
        tuple(map(cent, minus)),
    )
    assert waarde.status == "definitief"


@pytest.mark.parametrize("jaar", [2023, 2024, 2025, 2027])
@pytest.mark.parametrize("naam", TABELLEN)
def test_year_without_a_table_is_flat_and_provisional(naam, jaar):
    """Rule V3: 8.00% over everything, marked provisional."""
    for maand in ("01", "12"):
        waarde = P.op(naam, lees_maand(f"{jaar}-{maand}"))
        assert uitgeschreven(waarde.waarde) == ((0,), (Fraction(8, 100),), (0,))
        assert waarde.status == "voorlopig"


@pytest.mark.parametrize(("sleutel", "bedragen"), KOSTENDELERSNORM.items(), ids=str)
def test_exact_fraction_gives_the_printed_cost_sharers_norm(sleutel, bedragen):
    """Rule P4: (40 + 30n) / 100n of the norm, rounded once, is the municipal table to the cent."""
    naam, n = sleutel
    for datum, bedrag in zip(DATA, bedragen.split(), strict=True):
        vast, per_persoon = (breuk(op(f"kostendelersnorm_{een}", datum)) for een in ("vast", "per_persoon"))
        # The printed table of 2024-01 was made with the amount of the law text.
        basis = cent("1932.32") if (naam, datum) == ("norm_22bc_gehuwden_aow", "2024-01-01") else op(naam, datum).waarde
        deel = (vast + n * per_persoon) / n * basis
        assert rekenkundig(Exact(deel.numerator, deel.denominator)) == cent(bedrag), datum


@pytest.mark.parametrize(("naam", "datum", "bedrag"), rijen(ZONDER_VAKANTIETOESLAG))
def test_norm_without_holiday_allowance_is_the_printed_one(naam, datum, bedrag):
    """95% of each norm, rounded half up, is what municipalities print without holiday allowance."""
    norm = cent("1932.32") if (naam, datum) == ("norm_22bc_gehuwden_aow", "2024-01-01") else op(naam, datum).waarde
    deel = (1 - breuk(op("vakantietoeslag_pct_bijstand", datum))) * norm
    assert rekenkundig(Exact(deel.numerator, deel.denominator)) == cent(bedrag)


def test_provisional_values_are_exactly_those_of_rule_p3():
    """Nothing is provisional that rule P3 does not name, and everything it names is."""
    gevonden = {
        (een.naam, toon_maand(maand_van(een.vanaf)))
        for naam in P.namen
        for een in P.reeks(naam)
        if een.status == "voorlopig"
    }
    verwacht = {
        ("norm_22bc_gehuwden_aow", "2024-01"),
        ("vrijlating_34a_c_aow", "2027-01"),
        ("bufferbudget_max", "2027-01"),
    }
    verwacht |= {("wga_geuniformeerde_inhouding_pct", f"{jaar}-01") for jaar in range(2023, 2028)}
    verwacht |= {(naam, f"{jaar}-01") for naam in TABELLEN for jaar in (2023, 2024, 2025, 2027)}
    verwacht |= {(f"vrijlating_{een}_max", "2026-07") for een in ("n", "r", "y", "z", "aa")}
    verwacht |= {(f"vrijlating_{een}_max", f"{jaar}-01") for een in ("z", "aa") for jaar in (2024, 2025)}
    assert gevonden == verwacht


def test_last_month_checked_follows_rule_p2():
    """Norms, maxima and gifts through 2026-12, the rest through the last year built in."""
    tot = {naam: toon_maand(P.gecontroleerd_tot(naam)) for naam in P.namen}
    for naam, maand in tot.items():
        bedrag_of_oude_vrijlating = re.fullmatch(
            r"norm_2\d.*_(?!partner).*|vrijlating_(n|r|y|z|aa)_.*|giftenvrijlating_m", naam
        )
        if naam == "aow_leeftijd":
            assert maand == "2029-12"
        elif bedrag_of_oude_vrijlating and naam != "norm_24_factor_niet_rechthebbende_partner":
            assert maand == "2026-12", naam
        else:
            assert maand == "2027-12", naam


@pytest.mark.parametrize("naam", P.namen)
def test_every_value_is_traceable(naam):
    """Each value names a publication with an address; each parameter says what and where."""
    parameter = P.parameter(naam)
    assert parameter.omschrijving
    assert re.match(r"Pw art\. |Regeling Pw art\. |AOW art\. |Rv art\. ", parameter.artikel)
    for waarde in P.reeks(naam):
        bron = P.bron(waarde)
        assert bron.titel
        assert bron.url.startswith("https://")


def test_no_source_without_a_value():
    """The list of sources holds nothing that no value uses."""
    gebruikt = {waarde.bron for naam in P.namen for waarde in P.reeks(naam)}
    assert gebruikt == set(P._bronnen)


def test_every_month_from_2023_through_2026_can_be_computed():
    """No month that the engine computes lacks a norm, a maximum or a table."""
    nieuw = ("vrijlating_34a", "bufferbudget", "norm_20_3", "giftenvrijlating")
    namen = [naam for naam in P.namen if not naam.startswith(nieuw)]
    for maand in range(lees_maand("2023-01"), lees_maand("2027-01")):
        assert all(P.op(naam, maand).vanaf <= eerste_dag(maand) for naam in namen)
