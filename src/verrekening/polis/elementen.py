"""Names of the Loonaangifte message, 2022 to 2027 taken together, and the records a message consists of."""

from __future__ import annotations

import re

from verrekening.polis.tabel import BEDRAGEN

EERSTE_JAAR, LAATSTE_JAAR = 2022, 2027
_NAAMRUIMTE = re.compile(r"http://xml\.belastingdienst\.nl/schemas/Loonaangifte/(\d{4})/01")

INITIEEL, INTREKKING = "InkomstenverhoudingInitieel", "InkomstenverhoudingIntrekking"
TIJDVAK, CORRECTIE = "TijdvakAangifte", "TijdvakCorrectie"
VOLLEDIG, AANVULLEND = "VolledigeAangifte", "AanvullendeAangifte"

OPGAVE_GEBRUIKT = ("NumIV", "DatAanv", "DatEind", "NatuurlijkPersoon", "Werknemersgegevens")
OPGAVE_VERPLICHT = frozenset({"NumIV", "DatAanv", "Inkomstenperiode", "Werknemersgegevens"})
OPGAVE = frozenset(OPGAVE_GEBRUIKT) | {"Inkomstenperiode", "Sector", "CdRdnEindArbov", "PersNr"}

PERIODE_GEBRUIKT = ("DatAanv", "SrtIV", "IndLhKort", "LbTab", "CdZvw", "IndSA72")
PERIODE_VERPLICHT = frozenset({"DatAanv", "SrtIV", "IndLhKort", "LbTab", "CdZvw"})
PERIODE = frozenset(
    [
        "DatAanv",
        "SrtIV",
        "CdAard",
        "CdInvlVpl",
        "FsIndFZ",
        "CAO",
        "CdCaoInl",
        "IndArbovOnbepTd",
        "IndSchriftArbov",
        "IndOprov",
        "IndJrurennrm",
        "IndPubAanOnbepTd",
        "IndAvrLkvOudrWn",
        "IndAvrLkvAgWn",
        "IndAvrLkvDgBafSb",
        "IndAvrLkvDgBaf",
        "IndAvrLkvHpAgWn",
        "IndLhKort",
        "CdRdnGnBijt",
        "LbTab",
        "IndWAO",
        "IndWW",
        "IndZW",
        "IndWgldOudRegl",
        "CdZvw",
        "IndVakBn",
        "IndDeelnTijdspf",
        "IndSA71",
        "IndSA72",
        "IndSA03",
        "CdIncInkVerm",
    ]
)

LOON_VERPLICHT = frozenset(BEDRAGEN)
LOON = LOON_VERPLICHT | frozenset(
    [
        "LnSV",
        "PrlnAofAnwLg",
        "PrlnAofAnwHg",
        "PrlnAofAnwUit",
        "PrlnWhkAnw",
        "PrlnAwfAnwLg",
        "PrlnAwfAnwHg",
        "PrlnAwfAnwHz",
        "PrlnAwfAnwUit",
        "PrLnUfo",
        "LnInGld",
        "LnOwrk",
        "VerstrAanv",
        "PrAofLg",
        "PrAofHg",
        "PrAofUit",
        "OpslWko",
        "PrGediffWhk",
        "PrAwfLg",
        "PrAwfHg",
        "PrAwfHz",
        "PrAwfUit",
        "PrUFO",
        "WghZvw",
        "VerrArbKrt",
        "AantVerlU",
        "Ctrctln",
        "AantCtrcturenPWk",
        "BedrRntKstvPersl",
        "BedrAlInWWB",
        "BedrRchtAl",
    ]
)

INTREKKING_GEBRUIKT = ("NumIV", "SofiNr")
INTREKKING_BEKEND = frozenset({"NumIV", "SofiNr", "PersNr"})

BEKENDE_SRTIV = (
    11, 13, 15, 17, 18, 22, 23, 24, 31, 32, 33, 34, 36, 37, 38, 39, 40,
    42, 43, 45, 46, 50, 52, 53, 55, 56, 57, 58, 59, 60, 61, 62, 63,
)  # fmt: skip
"""The income codes the official schemas of 2022 and 2026 allow."""


def jaar_van_naamruimte(naamruimte: str) -> int | None:
    """Year of a Loonaangifte namespace; None for another namespace."""
    treffer = _NAAMRUIMTE.fullmatch(naamruimte)
    return int(treffer[1]) if treffer else None


def naamruimte_van(jaar: int) -> str:
    """Namespace of the Loonaangifte of a year."""
    return f"http://xml.belastingdienst.nl/schemas/Loonaangifte/{jaar}/01"
