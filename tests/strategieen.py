"""Generated households and wage records that reach every rule of this version; the short forms of `tests.hulp`."""

from __future__ import annotations

import calendar
import json
from copy import deepcopy
from typing import Any

import numpy as np
from hypothesis import strategies as st
from tests import hulp

from verrekening.nummers import elfproef
from verrekening.parameters import laad

BETAALMAAND = "2026-10"
MAANDEN = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
VIERWEKEN = [
    ("2026-03-23", "2026-04-19"), ("2026-04-20", "2026-05-17"), ("2026-05-18", "2026-06-14"),
    ("2026-06-15", "2026-07-12"), ("2026-07-13", "2026-08-09"), ("2026-08-10", "2026-09-06"), ("2026-09-07", "2026-10-04"),
]  # fmt: skip
WERKGEVERS = ["001234560L01", "800007207L01", "111222333L01"]

_KANDIDATEN = np.arange(999_900_000, 1_000_000_000, dtype=np.int64)
BSNS = [f"{nummer:09d}" for nummer in _KANDIDATEN[elfproef(_KANDIDATEN)]]
"""Numbers of a test range that pass the elfproef; enough for a few hundred households."""

BEDRAGEN_2027 = {
    naam: [{"van": "2027-01-01", "waarde": "1300.00" if naam.startswith("gift") else "900.00", "bron": "raming"}]
    for naam in laad().namen
    if naam.startswith(("norm_2", "giften")) and "factor" not in naam
}
"""Own amounts for the year of which none is published; a policy with them is run in that year."""

_GEBOREN = st.sampled_from(
    [
        "1990-05-01", "1975-11-30", "1999-07-01", "1999-07-02", "1999-06-30", "2005-08-01", "2005-08-02", "2006-03-15",
        "1959-08-01", "1959-08-02", "1959-07-31", "1950-01-01", "2000-02-29",
    ]
)  # fmt: skip
_KEUZE = st.sampled_from([True, False, None])


def euros(laagste: int, hoogste: int) -> st.SearchStrategy[str]:
    """An amount as in the wage return."""
    return st.integers(laagste, hoogste).map(
        lambda cent: f"{'-' if cent < 0 else ''}{abs(cent) // 100}.{abs(cent) % 100:02d}"
    )


@st.composite
def persoon(draw: Any, bsn: str, rol: str) -> dict[str, Any]:
    """A person with consent, used months and medical limits of all kinds."""
    uit: dict[str, Any] = {"bsn": bsn, "rol": rol, "geboortedatum": draw(_GEBOREN)}
    uit["vrijlating"] = {
        "n": {
            "toestemming": draw(_KEUZE),
            "vanaf": draw(st.sampled_from([None, None, "2026-07"])),
            "gebruikte_maanden": draw(
                st.lists(
                    st.sampled_from(["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-06"]),
                    unique=True,
                    min_size=draw(st.sampled_from([0, 6])),
                )
            ),
        }
    }
    uit["vrijlating"] |= {
        "r": {"toestemming": draw(_KEUZE), "eerste_maand": draw(st.sampled_from([None, "2024-02"]))},
        "z": {"eerste_maand": draw(st.sampled_from([None, None, "2025-08", "2026-05"]))},
        "aa": {"toestemming": draw(_KEUZE), "vanaf": draw(st.sampled_from([None, "2026-08"]))},
    }
    uit["vrijlating"]["artikel_34a"] = {
        "toestemming": draw(_KEUZE),
        "vanaf": draw(st.sampled_from([None, "2026-08"])),
        "perioden": draw(
            st.sampled_from(
                [[], [], [{"eerste_maand": "2025-07"}], [{"eerste_maand": "2025-04", "verlengd_tot": "2026-06"}]]
            )
        ),
    }
    if draw(st.booleans()):
        baan = draw(st.sampled_from([{}, {"lhnr": WERKGEVERS[0]}, {"lhnr": WERKGEVERS[0], "numiv": 1}]))
        uit["loonkostensubsidie"] = [{"van": "2025-01", "tot": draw(st.sampled_from([None, "2026-07"]))} | baan]
    if draw(st.booleans()):
        uit["medisch_urenbeperkt"] = [
            {"van": draw(st.sampled_from(["2025-01", "2026-06"])), "tot": draw(st.sampled_from([None, "2026-07"]))}
        ]
    return uit


@st.composite
def huishouden(draw: Any, aanvrager: str, partner: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Persons and situaties of every form: single, couple, one without right, inside, and a change in August."""
    vorm = draw(st.sampled_from(["alleenstaande", "alleenstaande_ouder", "gehuwden", "gehuwden"]))
    personen = [draw(persoon(aanvrager, "aanvrager"))]
    van = "2020-01"
    situaties = []
    if vorm == "gehuwden":
        personen.append(draw(persoon(partner, "partner")))
        zonder_recht = draw(st.sampled_from([None, None, 0, 1]))
        if zonder_recht is not None:
            personen[zonder_recht]["rechthebbend"] = False
        if zonder_recht != 0 and draw(st.booleans()):
            # The partner came or left at the turn of July and August.
            kwam = draw(st.booleans())
            personen[1] |= {"van": "2026-08"} if kwam else {"tot": "2026-07"}
            eerst, dan = ("alleenstaande", "gehuwden") if kwam else ("gehuwden", "alleenstaande_ouder")
            situaties.append(draw(situatie(van, eerst, aanvrager, partner)) | {"tot": "2026-07"})
            van, vorm = "2026-08", dan
    situaties.append(draw(situatie(van, vorm, aanvrager, partner if len(personen) == 2 else aanvrager)))
    return personen, situaties


@st.composite
def situatie(draw: Any, van: str, vorm: str, aanvrager: str, partner: str) -> dict[str, Any]:
    """Housemates, child, institution, raise and reduction."""
    wie = st.sampled_from([False, False, True, [aanvrager], [partner]])
    return {
        "van": van,
        "leefvorm": vorm,
        "kostendelende_medebewoners": draw(st.sampled_from([0, 0, 0, 1, 3])),
        "jongste_kind_geboortedatum": draw(st.sampled_from([None, "2015-07-01", "2008-08-02"])),
        "in_inrichting": draw(wie) if draw(st.booleans()) else False,
        "verhoging_20_3": draw(wie),
        "verlaging_cent": draw(st.sampled_from([0, 0, 20000])),
    }


_GRENS: dict[str, Any] = {
    "code": "BOVEN_DREMPEL", "maand": BETAALMAAND, "netto_cent": None, "op": "2026-10-01T09:00:00+02:00",
    "door": "consulent", "reden": "gezien",
}  # fmt: skip


@st.composite
def dossier(draw: Any, nummer: int) -> dict[str, Any]:
    """One household; BSNs follow from its number, so that no two households share one."""
    begin = draw(st.sampled_from(["2026-01-01", "2026-05-01", "2026-06-17", "2026-10-05"]))
    eind = draw(st.sampled_from([None, None, None, "2026-08-20", "2026-10-10"]))
    if eind is not None and eind < begin:
        eind = None
    personen, situaties = draw(huishouden(BSNS[2 * nummer], BSNS[2 * nummer + 1]))
    maanden = draw(st.lists(st.sampled_from(MAANDEN[:-1]), unique=True, min_size=0, max_size=6))
    boekingen = [{**hulp.boeking(maand, draw(st.integers(0, 250000)))} for maand in maanden]
    uit = {
        "dossiernummer": f"D-{nummer:05d}", "gemeentecode": "0014", "begindatum": begin, "einddatum": eind,
        "uitgesloten": draw(st.sampled_from([None] * 9 + ["op verzoek"])), "personen": personen, "situatie": situaties, "betalingen": boekingen,
        "maatregelen": draw(st.sampled_from([[], [], [{"maand": "2026-09", "bedrag_cent": 5000}], [{"maand": BETAALMAAND, "bedrag_cent": 9000}]])),
        "aflossingen": [
            {"maand": BETAALMAAND, "bedrag_cent": cent, "vordering": f"V-{nr}"}
            for nr, cent in enumerate(draw(st.sampled_from([[], [3500], [3500, 140000, 1], [200000]])))
        ],
        "besluiten": draw(st.sampled_from([[], [_GRENS], [_GRENS | {"netto_cent": 30000, "op": "2026-10-02T09:00:00+02:00"}]])),
    }  # fmt: skip
    bsns = [een["bsn"] for een in personen]
    uit["giften"] = draw(st.lists(gift(bsns), max_size=4))
    uit["overige_inkomsten"] = draw(st.lists(overig(bsns), max_size=2))
    uit["schattingen"] = draw(st.lists(schatting(bsns), max_size=2))
    uit["bufferbudget"] = [
        {
            "maand": draw(st.sampled_from(["2026-08", BETAALMAAND, "2026-11"])),
            "bedrag_cent": draw(st.integers(0, 30000)),
            "soort": soort,
            "op": draw(st.sampled_from(["2026-08-01", "2026-10-20"])),
        }
        for soort in draw(st.lists(st.sampled_from(["betaling", "vereffening"]), max_size=2))
    ]
    if maanden and draw(st.booleans()):
        uit["correcties"] = [
            {
                "rechtmaand": maanden[0],
                "betaalmaand": draw(st.sampled_from(["2026-09", "2026-10"])),
                "verrekend_cent": draw(st.integers(0, 3000)),
                "nabetaald_cent": 0,
            }
        ]
        uit["teruggevorderd"] = [
            {
                "rechtmaand": maanden[0],
                "bedrag_cent": draw(st.integers(0, 500)),
                "besluit_op": "2026-09-01",
                "vordering": "V-2",
            }
        ]
    return uit


@st.composite
def gift(draw: Any, bsns: list[str]) -> dict[str, Any]:
    """A gift of any kind, around the limit of the year, decided or not."""
    besluit = draw(st.sampled_from([None, None, "vrijgelaten", "meetellen"]))
    return {
        "datum": draw(
            st.sampled_from(["2026-01-02", "2026-05-20", "2026-05-20", "2026-08-21", "2026-09-30", "2026-10-07"])
        ),
        "bedrag_cent": draw(st.sampled_from([1, 60000, 119999, 120000, 120001])),
        "soort": draw(st.sampled_from(["geld", "geld", "natura", "kostenbesparing", "voedselbank", "kledingbank"])),
        "bsn": draw(st.sampled_from([None, *bsns])),
        "besluit": besluit,
        "besluit_op": besluit and draw(st.sampled_from(["2026-07-15", "2026-10-20"])),
    }


@st.composite
def overig(draw: Any, bsns: list[str]) -> dict[str, Any]:
    """Other income; income from a business stops the household."""
    return {
        "bsn": draw(st.sampled_from(bsns)),
        "soort": draw(
            st.sampled_from(["alimentatie", "verhuur", "kostganger", "buitenlands", "overig", "onderneming"])
        ),
        "maand": draw(st.sampled_from(MAANDEN)),
        "bedrag_cent": draw(st.integers(0, 90000)),
        "ontvangen_op": draw(st.sampled_from([None, "2026-09-01"])),
        "vakantietoeslag": draw(st.booleans()),
    }


@st.composite
def schatting(draw: Any, bsns: list[str]) -> dict[str, Any]:
    """An estimate of the wage of a month, also of 0."""
    return {
        "bsn": draw(st.sampled_from(bsns)),
        "maand": draw(st.sampled_from([*MAANDEN[-3:], BETAALMAAND])),
        "netto_cent": draw(st.sampled_from([0, 30000, 87639, 150000])),
        "vakantietoeslag": draw(st.booleans()),
    }


@st.composite
def beleid(draw: Any) -> dict[str, Any]:
    """Every setting of the policy, each always the same or another one from a month on (rule P5)."""
    keuzes: dict[str, list[Any]] = {
        "methode": ["achteraf", "schatten", "op_de_maand"],
        "toerekening": ["kalenderdagen", "werkdagen", "dertien_twaalfde", "dertig_achtentwintigste"],
        "vakantiegeld": ["maandelijks_meegenomen", "bij_uitbetaling"],
        "bijzondere_beloning": ["mens", "in_maand", "terugverdelen"],
        "bijzondere_beloning_drempel_cent": [0, 3000, 12000],
        "deelmaand": ["kalenderdagen", "dertig"],
        "vrijlating_grondslag": ["zonder_aanspraak", "met_aanspraak"],
        "reservering_grondslag": ["bijstand", "norm_min_inkomen_met_vt"],
        "z_onder_27": [True, False],
        "giften": [
            {},
            {"boven_grens": "meetellen"},
            {"bedrag": 130000, "eenheid": "persoon", "boven_grens": "meetellen"},
            {"bedrag": "norm_per_kalenderjaar", "boven_grens": "meetellen"},
        ],
        "beschermd_minimum": ["0%", "33.333333%", "90%", "100%"],
        "drempel_mens": [None, 15000, 200000],
        "signalen": [{}, *[{code: "stop"} for code in _VERZWAARD], {"VOORLOPIGE_PARAMETER": "mens"}],
    }
    uit: dict[str, Any] = {}
    for sleutel, waarden in keuzes.items():
        eerst, dan = draw(st.sampled_from(waarden)), draw(st.sampled_from(waarden))
        vanaf = draw(st.sampled_from(MAANDEN))
        # Copies: one object twice would become an anchor in the file, which a policy may not have.
        gedateerd = [{"van": "2020-01", "waarde": deepcopy(eerst)}, {"van": vanaf, "waarde": deepcopy(dan)}]
        uit[sleutel] = gedateerd if draw(st.booleans()) else eerst
    if uit["reservering_grondslag"] == "bijstand":
        uit["reservering_afronding"] = draw(st.sampled_from(["reserve_eerst", "netto_eerst"]))
    eigen: dict[str, Any] = {naam: [{"van": "2026-08-01", "waarde": "1400.00", "bron": "raad"}] for naam in _EIGEN}
    return uit | {"parameters": deepcopy(draw(st.sampled_from([{}, {}, eigen, BEDRAGEN_2027])))}


_VERZWAARD = (
    "INKOMEN_BOVEN_NORM", "TERMIJN_LOOPT_AF", "ONDER_BESTAANSMINIMUM", "LOONGEGEVENS_ONTBREKEN", "BUITEN_TERMIJN",
)  # fmt: skip
_EIGEN = (
    "norm_21a_alleenstaande_21_aow", "norm_21b_gehuwden_21_aow", "norm_22bc_gehuwden_aow",
    "norm_23_1a_inrichting_alleenstaande",
)  # fmt: skip


def jaar_later(iets: Any) -> Any:
    """Dossiers, records or settings a year later: 2026 becomes 2027."""
    return json.loads(json.dumps(iets).replace("2026-", "2027-"))


@st.composite
def opgave(draw: Any, bsn: str) -> dict[str, Any]:
    """One wage record: mostly an ordinary job, sometimes a benefit, sometimes something that stops the household."""
    uit = hulp.opgave(
        draw(st.sampled_from(MAANDEN)), BSN=bsn, LhNr=draw(st.sampled_from(WERKGEVERS)), NumIV=draw(st.integers(1, 2))
    )
    if draw(st.integers(0, 3)) == 0:
        begin, eind = draw(st.sampled_from(VIERWEKEN))
        uit |= {"DatAanvTv": begin, "DatEindTv": eind, "moment": f"{eind}T12:00:00", "NumIV": 3}
    uit["DatAanv"] = draw(st.sampled_from(["2020-01-01", "2020-01-01", "2026-07-10"]))
    if draw(st.integers(0, 5)) == 0:
        uit["DatEind"] = draw(st.sampled_from(["2026-07-20", "2026-09-30"]))
    loon = draw(st.integers(0, 220000))
    uit |= {"LnLbPh": f"{loon // 100}.{loon % 100:02d}", "IngLbPh": draw(euros(0, max(loon // 3, 1)))}
    uit["OpgRchtVakBsl"] = draw(st.sampled_from(["0.00", f"{loon * 8 // 10000}.00", "25.00"]))
    uit["IndLhKort"] = draw(st.sampled_from(["J", "J", "N"]))
    if draw(st.integers(0, 4)) == 0:
        uit |= {
            "SrtIV": draw(st.sampled_from(["33", "31", "22", "56", "40"])),
            "CdZvw": "M",
            "BijdrZvw": draw(euros(0, 3000)),
        }
    uit |= draw(st.sampled_from([{}] * 12 + _BIJZONDER))
    return uit


_BIJZONDER: list[dict[str, Any]] = [
    {"SrtIV": "99"}, {"SrtIV": "17"}, {"SrtIV": "62"}, {"SrtIV": "42"}, {"SrtIV": "43"}, {"LnLbPh": None}, {"BijdrZvw": None},
    {"WrdLn": "50.00"}, {"LnTabBB": "120.00"}, {"LnLbPh": "-10.00"}, {"IngLbPh": "9000.00"}, {"SrtIV": "37", "IndSA72": "J"},
    {"LnTabBB": "120.01", "OpgRchtVakBsl": "0.00"}, {"VakBsl": "40.00", "LnTabBB": "90.00", "OpgRchtVakBsl": "25.00"},
    {"VakBsl": "30.00", "LnTabBB": "30.00", "OpgRchtVakBsl": "25.00", "DatEind": "2026-09-30"},
    {"OpnAvwb": "10.00"}, {"VakBsl": "30.00", "LnTabBB": "30.00"}, {"OpnAvwb": None}, {"WrdPrGebrAut": "80.00", "WrdLn": "80.00"},
    {"perioden": [{"DatAanv": "2020-01-01"}, {"DatAanv": "2026-07-15", "IndLhKort": "N"}]},
]  # fmt: skip


@st.composite
def gemeente(draw: Any, huishoudens: int = 12) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Dossiers, and wage records of their persons (and of a stranger)."""
    dossiers = [draw(dossier(nummer)) for nummer in range(huishoudens)]
    bsns = [een["bsn"] for zaak in dossiers for een in zaak["personen"]] + [BSNS[-1]]
    records = [
        draw(opgave(draw(st.sampled_from(bsns)))) for _ in range(draw(st.integers(huishoudens, 5 * huishoudens)))
    ]
    # Two versions of one record need different moments; the first of each key keeps the earliest.
    gezien: dict[tuple[Any, ...], int] = {}
    for rij in records:
        sleutel = (rij["LhNr"], rij["BSN"], rij["NumIV"], rij["DatAanvTv"], rij["DatEindTv"])
        gezien[sleutel] = gezien.get(sleutel, -1) + 1
        rij["moment"] = rij["moment"].replace("T12", f"T{12 + min(gezien[sleutel], 9)}")
    return dossiers, records


def laatste_dag(maand: str) -> str:
    """Last day of a month, as text."""
    jaar, nummer = map(int, maand.split("-"))
    return f"{maand}-{calendar.monthrange(jaar, nummer)[1]:02d}"
