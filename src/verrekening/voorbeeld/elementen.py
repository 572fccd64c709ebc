"""Which elements a wage return has, in order, in each year: the one table for writing and checking.

The order is that of the ``xs:sequence`` in the official schema of 2022; what changed later is marked
on the element. Optional elements that this municipality never fills are listed too, so that the table
reads as the message does. Where the exact year of a renaming is not known, it is dated 2026, the
first year whose schema was seen with the new name; such an element is never written.
"""

from __future__ import annotations

from dataclasses import dataclass

EERSTE_JAAR, LAATSTE_JAAR = 2022, 2027


@dataclass(frozen=True, slots=True)
class Element:
    """One element.

    Attributes:
        naam: its name.
        verplicht: whether the schema demands it.
        soort: ``bedrag`` (euros with two decimals), ``getal`` (whole number) or ``tekst``.
        vanaf, tot: first and last year in which it exists.
        som_van: for a collective total, the employee element it adds up.
    """

    naam: str
    verplicht: bool = True
    soort: str = "bedrag"
    vanaf: int = EERSTE_JAAR
    tot: int = LAATSTE_JAAR
    som_van: str = ""


def _tekst(naam: str, verplicht: bool = False, vanaf: int = EERSTE_JAAR, tot: int = LAATSTE_JAAR) -> Element:
    return Element(naam, verplicht, "tekst", vanaf, tot)


INKOMSTENPERIODE: tuple[Element, ...] = (
    _tekst("DatAanv", True),
    _tekst("SrtIV", True),
    _tekst("CdAard"),
    _tekst("CdInvlVpl"),
    _tekst("FsIndFZ"),
    _tekst("CAO"),
    _tekst("CdCaoInl"),
    _tekst("IndArbovOnbepTd"),
    _tekst("IndSchriftArbov"),
    _tekst("IndOprov"),
    _tekst("IndJrurennrm"),
    _tekst("IndPubAanOnbepTd"),
    _tekst("IndAvrLkvOudrWn", tot=2026),
    _tekst("IndAvrLkvAgWn"),
    _tekst("IndAvrLkvDgBafSb", tot=2025),
    _tekst("IndAvrLkvDgBaf", vanaf=2026),
    _tekst("IndAvrLkvHpAgWn"),
    _tekst("IndLhKort", True),
    _tekst("CdRdnGnBijt"),
    _tekst("LbTab", True),
    _tekst("IndWAO", True),
    _tekst("IndWW", True),
    _tekst("IndZW", True),
    _tekst("IndWgldOudRegl"),
    _tekst("CdZvw", True),
    _tekst("IndVakBn", tot=2025),
    _tekst("IndDeelnTijdspf", vanaf=2026),
    _tekst("IndSA71"),
    _tekst("IndSA72"),
    _tekst("IndSA03"),
    _tekst("CdIncInkVerm"),
)
"""The income period (29 elements a year)."""

WERKNEMERSGEGEVENS: tuple[Element, ...] = (
    Element("LnLbPh"),
    Element("LnSV"),
    Element("PrlnAofAnwLg"),
    Element("PrlnAofAnwHg"),
    Element("PrlnAofAnwUit"),
    Element("PrlnWhkAnw", vanaf=2023),
    Element("PrlnAwfAnwLg"),
    Element("PrlnAwfAnwHg"),
    Element("PrlnAwfAnwHz"),
    Element("PrlnAwfAnwUit", vanaf=2023),
    Element("PrLnUfo"),
    Element("LnTabBB"),
    Element("VakBsl"),
    Element("OpgRchtVakBsl"),
    Element("OpnAvwb"),
    Element("OpbAvwb"),
    Element("LnInGld"),
    Element("WrdLn"),
    Element("LnOwrk"),
    Element("VerstrAanv"),
    Element("IngLbPh"),
    Element("PrAofLg"),
    Element("PrAofHg"),
    Element("PrAofUit"),
    Element("OpslWko"),
    Element("PrGediffWhk"),
    Element("PrAwfLg"),
    Element("PrAwfHg"),
    Element("PrAwfHz"),
    Element("PrAwfUit", vanaf=2023),
    Element("PrUFO"),
    Element("BijdrZvw"),
    Element("WghZvw"),
    Element("WrdPrGebrAut"),
    Element("WrknBijdrAut"),
    Element("Reisk"),
    Element("VerrArbKrt"),
    Element("AantVerlU", soort="getal"),
    Element("Ctrctln", verplicht=False),
    Element("AantCtrcturenPWk", verplicht=False, soort="getal"),
    Element("BedrRntKstvPersl"),
    Element("BedrAlInWWB", verplicht=False),
    Element("BedrRchtAl", verplicht=False),
)
"""The amounts of one employee over one declaration period (40 elements in 2022, 43 from 2023)."""


def _totaal(naam: str, som_van: str, verplicht: bool = True, vanaf: int = EERSTE_JAAR) -> Element:
    return Element(naam, verplicht, "getal", vanaf, som_van=som_van)


COLLECTIEF: tuple[Element, ...] = (
    _totaal("TotLnLbPh", "LnLbPh"),
    _totaal("TotLnSV", "LnSV"),
    _totaal("TotPrlnAofAnwLg", "PrlnAofAnwLg"),
    _totaal("TotPrlnAofAnwHg", "PrlnAofAnwHg"),
    _totaal("TotPrlnAofAnwUit", "PrlnAofAnwUit"),
    _totaal("TotPrlnWhkAnw", "PrlnWhkAnw", vanaf=2023),
    _totaal("TotPrlnAwfAnwLg", "PrlnAwfAnwLg"),
    _totaal("TotPrlnAwfAnwHg", "PrlnAwfAnwHg"),
    _totaal("TotPrlnAwfAnwHz", "PrlnAwfAnwHz"),
    _totaal("TotPrlnAwfAnwUit", "PrlnAwfAnwUit", vanaf=2023),
    _totaal("PrLnUFO", "PrLnUfo"),
    _totaal("IngLbPh", "IngLbPh"),
    _totaal("EHPubUitk", "", False),
    _totaal("EHGebrAuto", "", False),
    _totaal("EHVUT", "", False),
    _totaal("EhOvsFrfWrkkstrg", "", False),
    _totaal("EhFossAutos", "", False, vanaf=2027),
    _totaal("AVZeev", "", False),
    _totaal("VrlAVSO", "", False),
    _totaal("TotPrAofLg", "PrAofLg", False),
    _totaal("TotPrAofHg", "PrAofHg", False),
    _totaal("TotPrAofUit", "PrAofUit", False),
    _totaal("TotOpslWko", "OpslWko", False),
    _totaal("TotPrGediffWhk", "PrGediffWhk", False),
    _totaal("TotPrAwfLg", "PrAwfLg", False),
    _totaal("TotPrAwfHg", "PrAwfHg", False),
    _totaal("TotPrAwfHz", "PrAwfHz", False),
    _totaal("TotPrAwfUit", "PrAwfUit", False, vanaf=2023),
    _totaal("PrUFO", "PrUFO", False),
    _totaal("IngBijdrZvw", "BijdrZvw"),
    _totaal("TotWghZvw", "WghZvw"),
)
"""The collective totals in whole euros, without TotTeBet and TotGen, which follow from them."""

TE_BETALEN = (
    "IngLbPh",
    "TotWghZvw",
    "IngBijdrZvw",
    "TotPrAofLg",
    "TotPrAofHg",
    "TotPrAofUit",
    "TotOpslWko",
    "TotPrGediffWhk",
    "TotPrAwfLg",
    "TotPrAwfHg",
    "TotPrAwfHz",
    "TotPrAwfUit",
    "PrUFO",
)
"""The totals that make up TotTeBet (final levies and reductions do not occur here)."""


def van_jaar(elementen: tuple[Element, ...], jaar: int) -> tuple[Element, ...]:
    """The elements of one year, in order. Raises ValueError for a year whose message is not known."""
    if not EERSTE_JAAR <= jaar <= LAATSTE_JAAR:
        raise ValueError(f"de loonaangifte van {jaar} is niet bekend ({EERSTE_JAAR}-{LAATSTE_JAAR})")
    return tuple(e for e in elementen if e.vanaf <= jaar <= e.tot)
