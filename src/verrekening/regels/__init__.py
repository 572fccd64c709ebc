"""The law: one file per chapter, in the order of the calculation, and the levels they are built into.

========================  ======================================================================
`netto`                   N   net amount of a wage record; `netto_stops` when it is not certain
`toerekening`             T   the month it belongs to; A5 income still to come
`vakantietoeslag`         V   claim to holiday allowance; `vakantiegeld` what was paid against it
`vrijlating`              W   exemption of work income; `vrijlating_34a` from 2027; `vrijlating_na` after the norm
`giften`                  G   gifts
`overig`                  O   other income, a spouse without right
`norm`                    B1  norm by age and household at home; `norm_23_24` in an institution, art. 24
`bijstand`                B, A  norm of the month, income, assistance, reserve
`verrekening`             S   settlement: what and how much; `verdeling` over which months and claims
`bestaansminimum`         S10 what is left to live on, and the bufferbudget
`signalen`                what a human must know
========================  ======================================================================

Importing this package builds and checks every graph: a rule that is wrong stops here, not at night.
"""

from __future__ import annotations

from verrekening.motor.graaf import Niveau, regels_uit
from verrekening.motor.regel import Tabelregel
from verrekening.regels import (
    bestaansminimum,
    bijstand,
    giften,
    invoer,
    netto,
    netto_stops,
    norm,
    norm_23_24,
    overig,
    toerekening,
    vakantiegeld,
    vakantietoeslag,
    verdeling,
    verrekening,
    vrijlating,
    vrijlating_34a,
    vrijlating_na,
)
from verrekening.regels.signalen import OPGAVE_STOPS, SIGNAALSOORTEN, Signaalsoort
from verrekening.regels.vrijlating import LETTERS

__all__ = [
    "BETAALMAAND", "GIFT", "HUISHOUDEN_MAAND", "LETTERS", "NIVEAUS", "NORM", "OPGAVE", "OPGAVE_STOPS", "PERSOON_MAAND",
    "PERSOON_MAAND_NA", "PERSOON_UITBETALING", "RECHTMAAND", "SIGNAALSOORTEN", "TABELREGELS", "VERDELING", "VORDERING", "Signaalsoort",
    "bestaansminimum", "toerekening",
]  # fmt: skip

_FACTOR_24 = "norm_24_factor_niet_rechthebbende_partner"

_NORMEN = {
    argument: "Cent"
    for regel in regels_uit("norm", norm, norm_23_24)
    for argument in regel.argumenten
    if argument.startswith("norm_2") and argument not in ("norm_24", _FACTOR_24)
}
_TABELLEN = {
    argument: "Tabel"
    for regel in regels_uit("persoon_maand", vakantietoeslag)
    for argument in regel.argumenten
    if argument.startswith("vt_claim_")
}

OPGAVE = Niveau(
    "inkomstenopgave",
    regels_uit("inkomstenopgave", netto, netto_stops),
    invoer.OPGAVE,
    {"wga_geuniformeerde_inhouding_pct": "Breuk"},
)
PERSOON_MAAND = Niveau(
    "persoon_maand",
    regels_uit("persoon_maand", vakantietoeslag, vrijlating, vrijlating_34a, overig),
    invoer.PERSOON_MAAND,
    _TABELLEN
    | {
        naam: soort
        for regel in regels_uit("persoon_maand", vrijlating, vrijlating_34a)
        for naam, soort in regel.argumenten.items()
        if naam.startswith("vrijlating_") and naam.endswith(("_pct", "_max", "_maanden", "_aow"))
    },
)
PERSOON_MAAND_NA = Niveau(
    "persoon_maand_na", regels_uit("persoon_maand_na", vrijlating_na), invoer.PERSOON_MAAND_NA, {}, invoer.VRIJLATING
)
PERSOON_UITBETALING = Niveau(
    "persoon_uitbetaling", regels_uit("persoon_uitbetaling", vakantiegeld), invoer.PERSOON_UITBETALING, {}
)
GIFT = Niveau("gift", regels_uit("gift", giften), invoer.GIFT, {"giftenvrijlating_m": "Cent"})
NORM = Niveau(
    "norm",
    regels_uit("norm", norm, norm_23_24),
    invoer.NORM,
    _NORMEN | dict.fromkeys(("kostendelersnorm_vast", "kostendelersnorm_per_persoon", _FACTOR_24), "Breuk"),
)
HUISHOUDEN_MAAND = Niveau(
    "huishouden_maand",
    regels_uit("huishouden_maand", bijstand, overig),
    invoer.HUISHOUDEN_MAAND,
    {"vakantietoeslag_pct_bijstand": "Breuk"},
)
RECHTMAAND = Niveau(
    "rechtmaand",
    regels_uit("rechtmaand", verrekening),
    invoer.RECHTMAAND,
    {"verrekening_termijn_maanden": "Aantal", "vakantietoeslag_pct_bijstand": "Breuk"},
)
BETAALMAAND = Niveau(
    "betaalmaand",
    regels_uit("betaalmaand", verrekening, bestaansminimum),
    invoer.BETAALMAAND,
    {"ondergrens_bestaansminimum": "Breuk", "bufferbudget_max": "Cent"},
)
VERDELING = Niveau(
    "verdeling",
    regels_uit("verdeling", verdeling),
    invoer.VERDELING,
    {},
    {invoer.NOG_TE_VERDELEN.naam: invoer.NOG_TE_VERDELEN},
)

VORDERING = Niveau(
    "vordering",
    regels_uit("vordering", verdeling),
    invoer.VORDERING,
    {},
    {invoer.NOG_AF_TE_LOSSEN.naam: invoer.NOG_AF_TE_LOSSEN},
)

NIVEAUS: tuple[Niveau, ...] = (
    OPGAVE, PERSOON_MAAND, GIFT, NORM, HUISHOUDEN_MAAND, PERSOON_MAAND_NA, PERSOON_UITBETALING, RECHTMAAND, BETAALMAAND,
    VERDELING, VORDERING,
)  # fmt: skip
"""All levels, in order of calculation."""

TABELREGELS: tuple[Tabelregel, ...] = tuple(
    waarde.__tabelregel__
    for hoofdstuk in (toerekening, vakantiegeld, bestaansminimum)
    for waarde in vars(hoofdstuk).values()
    if hasattr(waarde, "__tabelregel__") and waarde.__module__ == hoofdstuk.__name__
)
"""The rules that make rows out of rows, in order of calculation."""
