"""Answers of Suwinet: the same table as a wage return, and what the service does not deliver stays unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verrekening.kolommen import aantal
from verrekening.maand import OPEN, lees_datum
from verrekening.nummers import lees_lhnr
from verrekening.polis import BEDRAGEN, Levering, bepaal, lees, suwinet
from verrekening.polis.controle import samenvatting
from verrekening.polis.tabel import ALLE_VELDEN, SUWINET, bits

GSD = "http://bkwi.nl/SuwiML/Diensten/UWVDossierInkomstenGSD/v0200"
VOLLEDIG = "http://bkwi.nl/SuwiML/Diensten/UWVDossierInkomsten/v0500"
ONTVANGEN = 1_000_000


def bedrag(naam: str, cent: int | str, teken: str | None = "+", munt: str = "EUR") -> str:
    """StandaardBedr."""
    t = "" if teken is None else f"<CdPositiefNegatief>{teken}</CdPositiefNegatief>"
    return f"<{naam}><CdMunteenheid>{munt}</CdMunteenheid>{t}<WaardeBedr>{cent}</WaardeBedr></{naam}>"


LOON = bedrag("BedrLoonLbPremieVolksverz", 70000)


def iko(begin: str = "20260701", eind: str = "20260731", inhoud: str = LOON) -> str:
    """Inkomstenopgave."""
    return f"<Inkomstenopgave><DatBIko>{begin}</DatBIko><DatEIko>{eind}</DatEIko>{inhoud}</Inkomstenopgave>\n"


def ikp(begin: str = "20260101", eind: str = "99991231", code: str = "15", lhk: str = "1", extra: str = "") -> str:
    """Inkomstenperiode."""
    return (
        f"<Inkomstenperiode><DatBIkp>{begin}</DatBIkp><DatEIkp>{eind}</DatEIkp><CdSrtIkv>{code}</CdSrtIkv>"
        f"<IndLoonheffingskortingToegepast>{lhk}</IndLoonheffingskortingToegepast>{extra}</Inkomstenperiode>"
    )


def ikv(*opgaven: str, begin: str = "20260101", eind: str = "", perioden: str | None = None,
        lhnr: str = "001234560L01", nummer: str = "1") -> str:  # fmt: skip
    """Inkomstenverhouding."""
    einde = f"<DatEIkv>{eind}</DatEIkv>" if eind else ""
    return (
        f"<Inkomstenverhouding><VolgnrIkv>{nummer}</VolgnrIkv><DatBIkv>{begin}</DatBIkv>{einde}"
        f"<AdministratieveEenheid><Loonheffingennr>{lhnr}</Loonheffingennr></AdministratieveEenheid>"
        f"{ikp() if perioden is None else perioden}{''.join(opgaven)}</Inkomstenverhouding>\n"
    )


def antwoord(*ikvs: str, bsn: str = "999990019", dienst: str = GSD, rest: str = "") -> str:
    """UWVPersoonsIkvInfoResponse."""
    return (
        f'<s:UWVPersoonsIkvInfoResponse xmlns:s="{dienst}"><ClientSuwi><Burgerservicenr>{bsn}</Burgerservicenr>'
        f"{''.join(ikvs)}</ClientSuwi><PeriodeGegevensleveringIko/>{rest}</s:UWVPersoonsIkvInfoResponse>"
    )


def lees_een(map_: Path, bericht: str, bekend: Any = None, moment: int = ONTVANGEN) -> Levering:
    """Read one answer."""
    (map_ / "antwoord.xml").write_text(bericht, encoding="utf-8")
    return lees([map_ / "antwoord.xml"], bekend, moment)


# file: read, used, replaced, refused, findings
VERWACHT = {
    "gsd-alleen-brutoloon.xml": (2, 2, 0, 0, ["POLIS-027"]),
    "gsd-werk-en-uitkering.xml": (4, 4, 0, 0, []),
    "gsd-uitkering.xml": (8, 8, 0, 0, []),
    "gsd-gebreken.xml": (7, 3, 0, 4, ["POLIS-021", "POLIS-023", "POLIS-025", "POLIS-026"]),
    "volledig-soap.xml": (1, 1, 0, 0, []),
    "niets-gevonden.xml": (0, 0, 0, 0, ["POLIS-022"]),
}


@pytest.mark.parametrize(("naam", "verwacht"), VERWACHT.items())
def test_voorbeeld_heeft_de_bedoelde_aantallen(bouw: Any, naam: str, verwacht: tuple[Any, ...]) -> None:
    """Every record of the examples is used, replaced or refused."""
    levering = lees([bouw.fixtures / "suwinet" / naam], None, ONTVANGEN)
    t = samenvatting(levering)["tellingen"]
    codes = sorted({een.code for een in levering.bevindingen})
    assert (t["gelezen"], t["gebruikt"], t["vervangen"], t["afgekeurd"], codes) == verwacht
    assert len(levering.afkeuringen) == verwacht[3]


def test_een_antwoord_wordt_een_opgave(tmp_path: Path) -> None:
    """Key, dates, moment, kind and amounts; what the service does not deliver is unknown."""
    inhoud = (
        LOON + bedrag("BedrIngehoudenLbPremieVolksverz", 100) + bedrag("BedrOpgbRechtVakantietoeslag", 5600)
        + bedrag("BedrVakantietoeslag", 200, "-") + bedrag("BedrVergoedingReiskostenOnbelast", 9)
    )  # fmt: skip
    levering = lees_een(tmp_path, antwoord(ikv(iko(inhoud=inhoud), eind="20260731")))
    o, p = levering.opgaven, levering.perioden
    rij = {naam: int(kolom[0]) for naam, kolom in o.items()}
    assert (rij["bsn"], rij["lhnr"], rij["numiv"]) == (999990019, lees_lhnr("001234560L01"), 1)
    assert (rij["tv_begin"], rij["tv_eind"]) == (lees_datum("2026-07-01"), lees_datum("2026-07-31"))
    assert (rij["ikv_begin"], rij["ikv_eind"]) == (lees_datum("2026-01-01"), lees_datum("2026-07-31"))
    assert rij["moment"] == ONTVANGEN
    geleverd = {"LnLbPh": 70000, "IngLbPh": 100, "OpgRchtVakBsl": 5600, "VakBsl": -200, "Reisk": 9}
    assert {naam: rij[naam] for naam in BEDRAGEN if rij[f"{naam}_bekend"]} == geleverd
    assert rij["velden"] == bits([*geleverd, "ikv_begin", "ikv_eind", "srtiv", "lhkort", "sa72"])
    assert {naam: p[naam].tolist() for naam in ("srtiv", "lhkort", "sa72", "cdzvw_m", "lbtab")} == {
        "srtiv": [15], "lhkort": [1], "sa72": [-1], "cdzvw_m": [-1], "lbtab": [-1],
    }  # fmt: skip
    assert levering.aangiften["soort"].tolist() == [SUWINET]


def test_de_volledige_dienst_levert_ook_inhoudingen_en_tabel(bouw: Any) -> None:
    """v0500, in a SOAP envelope: everything but the employment-terms budget."""
    levering = lees([bouw.fixtures / "suwinet" / "volledig-soap.xml"], None, ONTVANGEN)
    onbekend = [naam for naam in BEDRAGEN if not levering.opgaven[f"{naam}_bekend"][0]]
    assert onbekend == ["OpnAvwb", "OpbAvwb", "Reisk"]
    assert levering.perioden["lbtab"].tolist() == [12]
    assert levering.perioden["cdzvw_m"].tolist() == [0]
    assert levering.opgaven["velden"][0] == ALLE_VELDEN - bits(["OpnAvwb", "OpbAvwb"])


@pytest.mark.parametrize("verpakking", ["kaal", "standaardnaamruimte", "soap", "soap12", "alles-in-naamruimte"])
def test_de_verpakking_maakt_niet_uit(tmp_path: Path, verpakking: str) -> None:
    """With or without envelope, whichever way the namespace is written."""
    kaal = antwoord(ikv(iko()))
    bericht = {
        "kaal": kaal,
        "standaardnaamruimte": kaal.replace("xmlns:s=", "xmlns=").replace("s:UWV", "UWV")
        .replace("<ClientSuwi>", '<ClientSuwi xmlns="">')
        .replace("<PeriodeGegevensleveringIko/>", '<PeriodeGegevensleveringIko xmlns=""/>'),
        "soap": f'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{kaal}</e:Body></e:Envelope>',
        "soap12": f'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>{kaal}</e:Body></e:Envelope>',
        "alles-in-naamruimte": kaal.replace("xmlns:s=", "xmlns=").replace("s:UWV", "UWV"),
    }[verpakking]  # fmt: skip
    levering = lees_een(tmp_path, bericht)
    assert levering.opgaven["LnLbPh"].tolist() == [70000]
    assert (levering.bevindingen, levering.afkeuringen) == ((), ())


@pytest.mark.parametrize("eind", ["", "99991231", "99991230", "00000000"])
def test_een_open_einde_is_open(tmp_path: Path, eind: str) -> None:
    """Absent, zeros and year 9999 are no end."""
    assert lees_een(tmp_path, antwoord(ikv(iko(), eind=eind))).opgaven["ikv_eind"].tolist() == [OPEN]


@pytest.mark.parametrize(
    ("bericht", "waar"),
    [(antwoord(ikv(iko(eind="99991231"))), "/DatEIko"),
     (antwoord(ikv(iko(), iko("20260800"))), "/DatBIko"),
     (antwoord(ikv(iko("20260732"))), "/DatBIko"),
     (antwoord(ikv(iko(), begin="2026-01-01")), "/DatBIkv"),
     (antwoord(ikv(iko(), eind="20260700")), "/DatEIkv"),
     (antwoord(ikv(iko(inhoud=bedrag("BedrLoonLbPremieVolksverz", "1.50")))), "/BedrLoonLbPremieVolksverz"),
     (antwoord(ikv(iko(inhoud=bedrag("BedrLoonLbPremieVolksverz", "-150")))), "/BedrLoonLbPremieVolksverz"),
     (antwoord(ikv(iko(inhoud=bedrag("BedrLoonLbPremieVolksverz", "1", "x")))), "/BedrLoonLbPremieVolksverz"),
     (antwoord(ikv(iko(inhoud=bedrag("BedrLoonLbPremieVolksverz", "1", munt="USD")))), "/BedrLoonLbPremieVolksverz"),
     (antwoord(ikv(iko(inhoud=LOON + LOON))), "/Inkomstenopgave[1]"),
     (antwoord(ikv(iko(), lhnr="123")), "/Loonheffingennr"),
     (antwoord(ikv(iko(), nummer="")), "/VolgnrIkv"),
     (antwoord(ikv(iko())).replace("<AdministratieveEenheid>", "<X>").replace("</AdministratieveEenheid>", "</X>"),
      "/Loonheffingennr")],
)  # fmt: skip
def test_een_kapotte_opgave_wordt_geweigerd(tmp_path: Path, bericht: str, waar: str) -> None:
    """One row with the place; the refusal is about a known person, so it stops him."""
    levering = lees_een(tmp_path, bericht, [999990019])
    (rij,) = levering.afkeuringen
    assert rij.plaats.endswith(waar)
    assert "999990019" not in str(rij)
    assert levering.afgekeurde_opgaven["bsn"].tolist() == [999990019]
    assert levering.bestanden[0].tellingen["afgekeurd"] == 1


def test_een_ander_wordt_geteld_en_vergeten(tmp_path: Path) -> None:
    """Persons outside the dossiers leave a count; an unusable number leaves one row without the number."""
    assert lees_een(tmp_path, antwoord(ikv(iko(), iko()))).bestanden[0].tellingen["onbekende_persoon"] == 0
    ander = lees_een(tmp_path, antwoord(ikv(iko(), iko())), [999996769])
    assert (aantal(ander.opgaven), ander.bestanden[0].tellingen["onbekende_persoon"]) == (0, 2)
    fout = lees_een(tmp_path, antwoord(ikv(iko(), iko()), bsn="123456789"), [999996769])
    assert fout.bestanden[0].tellingen["afgekeurd"] == 2
    (rij,) = fout.afkeuringen
    assert "123456789" not in str(rij)


@pytest.mark.parametrize(
    ("perioden", "srtiv"),
    [(ikp("20250101", "20260331") + ikp("20260401", "20261231", "13"), [13]),
     (ikp("20250101", "20260715") + ikp("20260716", "99991231", "13"), [13, 15]),
     (ikp("20250101") + ikp("20260716", "99991231", "13"), [13, 15]),  # an open end runs until the next
     (ikp("20250101", "20260715"), [-1, 15]),  # nothing in force from the 16th: unknown
     (ikp("20250101", "20260630"), []),
     (ikp("20250101", "20261231") + ikp("20260701", "20261231", "13"), [-1, 15]),  # two at once: unknown
     (ikp(code="99"), [99]),
     (ikp(code="x"), [-2])],
)  # fmt: skip
def test_inkomstenperioden_gelden_naar_datum(tmp_path: Path, perioden: str, srtiv: list[int]) -> None:
    """The kind is that of the period in force; where there is none or more than one, it is unknown."""
    levering = lees_een(tmp_path, antwoord(ikv(iko(), perioden=perioden)))
    assert sorted(levering.perioden["srtiv"].tolist()) == srtiv


def test_een_opvulling_is_geen_opgave(tmp_path: Path) -> None:
    """A job of which nothing was reported has one record with its own begin and no content: no record."""
    levering = lees_een(tmp_path, antwoord(ikv(iko("20260701", "20260815", ""), begin="20260701")))
    assert (aantal(levering.opgaven), levering.bestanden[0].tellingen["gelezen"]) == (0, 0)
    assert [een.code for een in levering.bevindingen] == ["POLIS-025"]
    # With another begin it is a record of which the wage is unknown, not zero.
    levering = lees_een(tmp_path, antwoord(ikv(iko("20260701", "20260731", ""), begin="20260101")))
    assert not levering.opgaven["LnLbPh_bekend"][0]


@pytest.mark.parametrize(("cent", "bekend"), [(0, False), (1, True)])
def test_extra_periodesalaris_telt_alleen_als_het_er_is(tmp_path: Path, cent: int, bekend: bool) -> None:
    """Nonzero may be an employment-terms budget; zero does not say that there is none."""
    levering = lees_een(tmp_path, antwoord(ikv(iko(inhoud=LOON + bedrag("BedrOpgbRechtExtraPrdSalaris", cent)))))
    assert levering.opgaven["OpbAvwb_bekend"].tolist() == [bekend]


def loonaangifte(bouw: Any, map_: Path, moment: str, **velden: str) -> None:
    """A wage return over the same record as ``antwoord(ikv(iko(…)))``."""
    bericht = bouw.bericht(bouw.tijdvak(bouw.opgave(**({"LnLbPh": "700.00"} | velden))), moment=moment)
    (map_ / "a-loonaangifte.xml").write_text(bericht, encoding="utf-8")


@pytest.mark.parametrize(
    ("wijzigt", "status"),
    [("niets", [0, 1]), ("loon", [1, 0]), ("einde na het tijdvak", [0, 1]), ("einde", [1, 0]), ("soort", [1, 0]),
     ("wajong niet genoemd", [0, 1]), ("heffingskorting", [1, 0])],
)  # fmt: skip
def test_minder_velden_vervangt_alleen_bij_verschil(bouw: Any, tmp_path: Path, wijzigt: str, status: list[int]) -> None:
    """Rule N1: a later answer with the same wage leaves the fuller wage return in force."""
    loonaangifte(bouw, tmp_path, "2026-08-01T00:00:00Z")
    bericht = {
        "niets": antwoord(ikv(iko(), perioden=ikp("20200101"))),
        "loon": antwoord(ikv(iko(inhoud=bedrag("BedrLoonLbPremieVolksverz", 70001)))),
        "einde na het tijdvak": antwoord(ikv(iko(), eind="20260815")),
        "einde": antwoord(ikv(iko(), eind="20260731")),
        "soort": antwoord(ikv(iko(), perioden=ikp(code="13"))),
        "wajong niet genoemd": antwoord(
            ikv(iko(), perioden=ikp(extra="<IndLoonInclusiefWajongUitkering>2</IndLoonInclusiefWajongUitkering>"))
        ),
        "heffingskorting": antwoord(ikv(iko(), perioden=ikp(lhk="2"))),
    }[wijzigt]
    (tmp_path / "b-suwinet.xml").write_text(bericht, encoding="utf-8")
    levering = lees([tmp_path], None, 2 * 10**15)
    assert bepaal(levering, 3 * 10**15).status.tolist() == status


def test_wat_niets_nieuws_zei_is_ook_daarna_geen_vergelijking(bouw: Any, tmp_path: Path) -> None:
    """Each answer is compared with the version in force, not with the one before it."""
    loonaangifte(bouw, tmp_path, "2026-08-01T00:00:00Z", VakBsl="5.00")
    for naam, inhoud in (("b", LOON), ("c", LOON + bedrag("BedrVakantietoeslag", 500)), ("d", LOON),
                         ("e", LOON + bedrag("BedrVakantietoeslag", 600)), ("f", LOON)):  # fmt: skip
        (tmp_path / f"{naam}.xml").write_text(antwoord(ikv(iko(inhoud=inhoud))), encoding="utf-8")
    levering = lees([tmp_path], None, 2 * 10**15)
    # The same service delivers no fewer fields than itself: the last answer replaces the one before.
    assert bepaal(levering, 3 * 10**15).status.tolist() == [1, 1, 1, 1, 1, 0]


def test_een_vollere_bron_vervangt_altijd(bouw: Any, tmp_path: Path) -> None:
    """The wage return that comes after the answer is in force."""
    loonaangifte(bouw, tmp_path, "2026-08-01T00:00:00Z")
    (tmp_path / "b.xml").write_text(antwoord(ikv(iko())), encoding="utf-8")
    levering = lees([tmp_path], None, 0)
    assert bepaal(levering, 3 * 10**15).status.tolist() == [0, 1]


def test_veel_antwoorden_en_een_aangifte_tussendoor(bouw: Any, tmp_path: Path) -> None:
    """Rows stay in the order of the files, each with its own file and message."""
    for plaats, naam in enumerate(("a", "b", "d", "e")):
        (tmp_path / f"{naam}.xml").write_text(antwoord(ikv(iko(), nummer=str(plaats + 2))), encoding="utf-8")
    (tmp_path / "c.xml").write_text(bouw.een(bouw.opgave()), encoding="utf-8")
    o = lees([tmp_path], None, ONTVANGEN).opgaven
    assert o["numiv"].tolist() == [2, 3, 1, 4, 5]
    assert o["bestand"].tolist() == o["aangifte"].tolist() == [0, 1, 2, 3, 4]
    assert (o["volgorde"][1:] > o["volgorde"][:-1]).all()


def test_een_te_groot_antwoord_wordt_geweigerd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer is about one person; what goes on without end is refused before it fills the memory."""
    monkeypatch.setattr(suwinet, "MAX_OPGAVEN", 3)
    assert aantal(lees_een(tmp_path, antwoord(ikv(*[iko()] * 3))).opgaven) == 3
    levering = lees_een(tmp_path, antwoord(ikv(*[iko()] * 4)))
    assert "meer dan 3 inkomstenopgaven" in levering.afkeuringen[0].reden
    t = levering.bestanden[0].tellingen
    assert (t["gelezen"], t["afgekeurd"], aantal(levering.opgaven)) == (4, 4, 0)


GOED = antwoord(
    ikv(iko(), iko("20260801", "20260831"), perioden=ikp("20260101", "20260715") + ikp("20260716")),
    ikv(iko(), nummer="2"),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(GOED)),
    st.integers(0, 40),
    st.sampled_from(["", "0", "99999999", "<", "</a>", "<x/>", "é", "-1", "&#0;"]),
)
def test_een_beschadigd_antwoord_breekt_niets(tmp_path: Path, plaats: int, weg: int, erin: str) -> None:
    """Whatever is cut out of or put into an answer, every record is used, counted or refused."""
    levering = lees_een(tmp_path, GOED[:plaats] + erin + GOED[plaats + weg :], [999990019])
    t = samenvatting(levering)["tellingen"]
    assert t["gelezen"] == sum(n for naam, n in t.items() if naam != "gelezen")
    assert all("999990019" not in str(een) for een in (*levering.afkeuringen, *levering.bevindingen))
