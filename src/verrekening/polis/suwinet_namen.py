"""Names of the Suwinet answer ``UWVPersoonsIkvInfoResponse``, and what each of the two services delivers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from verrekening.polis.tabel import BEDRAGEN, bits

ANTWOORD, CLIENT, IKV, IKP, IKO = (
    "UWVPersoonsIkvInfoResponse", "ClientSuwi", "Inkomstenverhouding", "Inkomstenperiode", "Inkomstenopgave",
)  # fmt: skip
NIETS, PERIODE_GEVRAAGD, SOAP_FOUT = "NietsGevonden", "PeriodeGegevensleveringIko", "Fault"
MELDINGEN = ("Fout", "Waarschuwing", "Informatie")
ENVELOP = "Envelope"
SOAP = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")
_NAAMRUIMTE = re.compile(r"http://bkwi\.nl/SuwiML/Diensten/(\w{1,60})/v(\d{4})")

_GSD = {
    "BedrLoonLbPremieVolksverz": "LnLbPh",
    "BedrIngehoudenLbPremieVolksverz": "IngLbPh",
    "BedrVakantietoeslag": "VakBsl",
    "BedrOpgbRechtVakantietoeslag": "OpgRchtVakBsl",
    "BedrVergoedingReiskostenOnbelast": "Reisk",
}
_VOLLEDIG = _GSD | {
    "BedrLoonBelastTabBijzBeloningen": "LnTabBB",
    "BedrIngehoudenBijdrageZvw": "BijdrZvw",
    "BedrNietInGeldUitgekeerdLoon": "WrdLn",
    "BedrPrivegebruikAuto": "WrdPrGebrAut",
    "BedrWnbijdragePrivegebruikAuto": "WrknBijdrAut",
}
# The old extra period salary. Not found whether an employment-terms budget lands here since 2022: nonzero is
# taken for one (a human looks, rule N4), zero says nothing about it.
EXTRA = {"BedrExtraPrdSalaris": "OpnAvwb", "BedrOpgbRechtExtraPrdSalaris": "OpbAvwb"}
_PERIODE = ("ikv_begin", "ikv_eind", "srtiv", "lhkort", "sa72")


@dataclass(frozen=True, slots=True)
class Dienst:
    """One service in one version.

    Attributes:
        bedragen: element -> our name, in the order of ``BEDRAGEN``; None where the service delivers none.
        velden: the fields it delivers, as bits.
    """

    bedragen: tuple[str | None, ...]
    velden: int


def _dienst(namen: Mapping[str, str], extra_velden: tuple[str, ...]) -> Dienst:
    naar_ons = {**namen, **EXTRA}
    element = {ons: hun for hun, ons in naar_ons.items()}
    return Dienst(tuple(element.get(naam) for naam in BEDRAGEN), bits([*namen.values(), *_PERIODE, *extra_velden]))


DIENSTEN = {
    ("UWVDossierInkomstenGSD", "0200"): _dienst(_GSD, ()),
    ("UWVDossierInkomsten", "0500"): _dienst(_VOLLEDIG, ("lbtab", "cdzvw_m")),
}

IKV_GEBRUIKT = ("VolgnrIkv", "DatBIkv", "DatEIkv", "AdministratieveEenheid")
IKV_BEKEND = frozenset(IKV_GEBRUIKT) | {
    IKP, IKO, "AanduidingIkvWerkgever", "SectorRisicogroepIkv", "Personeelsnr", "CdRedenEIkvFlexwerker",
    "PersoonLoonaangifte",
}  # fmt: skip
IKP_GEBRUIKT = (
    "DatBIkp", "DatEIkp", "CdSrtIkv", "IndLoonheffingskortingToegepast", "CdLoonbelastingtabelBd",
    "CdVerzekeringssituatieZvw", "IndLoonInclusiefWajongUitkering",
)  # fmt: skip
IKP_BEKEND = frozenset(IKP_GEBRUIKT) | {
    "CdTypeArbeidscontract", "CdInvloedVerzekeringsplicht", "IndRegelmatigArbeidspatroon",
    "IndPersoneelsleningNietInLoon", "IndLoonIsMedeAowAlleenstaande", "IndVakantiebonnenToegepast", "CdAardIkv",
    "CdIncidInkomstenvermindering", "IndVervoerVanwegeDeIhp", "IndAanvullingOpUitkering", "CdCao",
    "CdFaseIndelingWfz", "CdRedenGeenBijtellingAuto",
}  # fmt: skip
IKO_DATUMS = ("DatBIko", "DatEIko")
IKO_BEKEND = frozenset([*IKO_DATUMS, *_VOLLEDIG, *EXTRA]) | {
    "AantSvDagenIko", "AantVerloondeUrenIko", "BedrBrutoloonSv", "BedrInUitkBegrBetAlimentatie",
    "BedrRechtstreeksBetAlimentatie", "AantContracturenPerWeek", "BedrVerstrekteAanvOpUitkWnverz",
    "BedrVerrekendeArbeidskorting", "BedrGenotenZeedagenaftrek", "BedrLoonInGeld", "BedrLoonUitOverwerk",
    "BedrVergoedingZvw", "BedrWerkgeversheffingZvw", "BedrGedifferentieerdePremieWhk",
    "BedrRenteKostenvoordeelPersoneelslening", "BedrContractloon", "SectorRisicogroepIko",
}  # fmt: skip
BEDRAG_GEBRUIKT = ("CdPositiefNegatief", "WaardeBedr", "CdMunteenheid", "CdPeriodeEenheidGeldigheidBedr")


def dienst_van_naamruimte(naamruimte: str) -> tuple[str, Dienst | None]:
    """Name with version of the service of a namespace (empty: not of Suwinet), and how to read it (None: not read)."""
    treffer = _NAAMRUIMTE.fullmatch(naamruimte)
    if treffer is None:
        return "", None
    return f"{treffer[1]} v{treffer[2]}", DIENSTEN.get((treffer[1], treffer[2]))
