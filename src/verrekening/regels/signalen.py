"""Signals: what a human must know. Codes are stable; the text is Dutch at level B1.

Weights: ``stop`` (nothing is settled for the household in this run), ``mens`` (work list, settlement goes
on), ``info``. ``{bedrag}``, ``{maand}``, ``{opgave}``, ``{wat}`` are filled in per signal.
"""

from __future__ import annotations

from dataclasses import dataclass

STOP, MENS, INFO = "stop", "mens", "info"
GEWICHTEN = (STOP, MENS, INFO)


@dataclass(frozen=True, slots=True)
class Signaalsoort:
    """One code of the catalogue.

    Attributes:
        code: stable code.
        gewicht: weight when the policy does not raise it.
        regel, artikel: rule and article it comes from.
        tekst: sentence for the consulent, with placeholders.
        wat_te_doen: what to do about it.
        met_bedrag: whether the signal carries an amount.
        elke_maand: shown for every month, not only P−6…P (stops, and signals about an open amount).
    """

    code: str
    gewicht: str
    regel: str
    artikel: str
    tekst: str
    wat_te_doen: str
    met_bedrag: bool = False
    elke_maand: bool = False


def _s(
    code: str,
    gewicht: str,
    regel: str,
    artikel: str,
    tekst: str,
    doen: str,
    *,
    bedrag: bool = False,
    elke: bool = False,
) -> Signaalsoort:
    return Signaalsoort(code, gewicht, regel, artikel, tekst, doen, bedrag, elke or gewicht == STOP)


_BESLUIT = "Bekijk de loonstrook en leg een besluit vast met het netto bedrag voor deze opgave en maand."

SIGNAALSOORTEN: dict[str, Signaalsoort] = {
    soort.code: soort
    for soort in (
        # --- stop: the amounts are not certain ---
        _s("ONBEKENDE_INKOMENSCODE", STOP, "N2", "codelijst SrtIV", "De soort inkomen is onbekend. {opgave}", "Zoek uit wat voor inkomen dit is en leg een besluit vast."),
        _s("DGA", STOP, "N2", "Pw art. 31 lid 1", "Dit is loon van een directeur-grootaandeelhouder. {opgave}", "Onderzoek het inkomen uit het bedrijf en leg een besluit vast."),
        _s("INCIDENTEEL_INKOMEN", STOP, "N2", "Pw art. 31, 32", "Dit is een ontslagvergoeding of een aanvulling na het werk. {opgave}", "Bepaal of dit inkomen of vermogen is, en over welke maanden. Leg een besluit vast."),
        _s("ONDERNEMING", STOP, "N2", "Pw art. 31 lid 1", "Dit is inkomen uit een eigen bedrijf. {opgave}", "Bepaal het inkomen uit het bedrijf en leg een besluit vast."),
        _s("GEGEVEN_ONTBREEKT", STOP, "N3", "Regeling Pw art. 7a", "Een gegeven dat voor de berekening nodig is, ontbreekt of klopt niet. {opgave}", _BESLUIT),
        _s("MEERDERE_INKOMSTENPERIODEN", STOP, "N2", "Pw art. 32 lid 1", "De soort inkomen of de heffingskorting is in deze periode gewijzigd. {opgave}", _BESLUIT),
        _s("LOON_IN_NATURA", STOP, "N5", "Pw art. 33 lid 1", "Er is loon dat niet in geld is betaald. {opgave}", "Bepaal de waarde van het loon in natura en leg een besluit vast."),
        _s("BIJZONDERE_BELONING", STOP, "N6", "Pw art. 32 lid 2", "Er is een bijzondere beloning betaald van netto {bedrag}. {opgave}", "Bepaal bij welke maanden de beloning hoort en leg een besluit vast.", bedrag=True),
        _s("NEGATIEF_LOON", STOP, "N7", "Pw art. 32 lid 1", "Het loon of het vakantiegeld in deze opgave kan niet kloppen. {opgave}", "Vraag de werkgever of de inwoner wat er is gecorrigeerd en leg een besluit vast."),
        _s("AFWIJKENDE_INHOUDING", STOP, "N7", "Regeling Pw art. 7a", "Er is meer loonheffing ingehouden dan er loon is. {opgave}", _BESLUIT),
        _s("JGK_ONBEKEND", STOP, "N3", "Pw art. 31 lid 2 onder c", "In de uitkering zit een vrijgelaten deel dat wij niet kennen. {opgave}", "Zoek de jonggehandicaptenkorting of de Anw-tegemoetkoming op en leg een besluit vast."),
        _s("IKB", STOP, "N4", "Pw art. 32 lid 2", "De werkgever werkt met een keuzebudget. {opgave}", _BESLUIT),
        _s("BETALING_ONBEKEND", STOP, "S2", "Pw art. 58 lid 4", "Wij weten niet wat over {maand} is betaald.", "Boek wat over deze maand is betaald, ook als dat € 0 is. Boek niet het bedrag van de bank."),
        _s("BOVEN_DREMPEL", STOP, "S11", "beleid.drempel_mens", "De verschillen zijn samen {bedrag}. Dat is meer dan de grens van de gemeente.", "Controleer de verschillen en leg een besluit vast tot welk bedrag verrekend mag worden.", bedrag=True),
        _s("UITGESLOTEN", STOP, "S12", "Awb art. 3:2", "Deze zaak is door een medewerker buiten de verrekening gehouden: {wat}", "Bekijk of de reden nog geldt."),
        # --- mens: work list, settlement goes on ---
        _s("WACHT_OP_LOONGEGEVENS", MENS, "S4", "Pw art. 45 lid 1", "De uitkering over {maand} wacht op de loongegevens.", "Vraag de inwoner om de loonstrook als de gegevens te lang wegblijven."),
        _s("VRIJLATING_BEOORDELEN", MENS, "W6", "Pw art. 31 lid 2", "Er is loon in {maand}, maar over de vrijlating is nog niet beslist.", "Beslis of het werk bijdraagt aan de arbeidsinschakeling en leg de toestemming vast."),
        _s("GIFT_BOVEN_GRENS", MENS, "G4", "Pw art. 31 lid 2 onder m en s", "De giften zijn {bedrag} hoger dan de vrije ruimte.", "Beslis of het deel boven de grens meetelt.", bedrag=True),
        _s("VAKANTIETOESLAG_TE_HOOG", MENS, "V4", "CRvB 2018:3513", "Er is meer vakantietoeslag meegeteld dan de inwoner kreeg: {wat} {opgave}", "Betaal het verschil van {bedrag} na als dat klopt.", bedrag=True),
        _s("INKOMEN_BOVEN_NORM", MENS, "A2", "Pw art. 19 lid 1", "In {maand} is het inkomen zo hoog dat er geen bijstand is.", "Onderzoek of het recht op bijstand eindigt."),
        _s("NORMWIJZIGING_IN_MAAND", MENS, "B1", "Pw art. 20, 21, 22", "In {maand} bereikt iemand een leeftijd waarbij de norm verandert.", "Bepaal of de norm in deze maand al moet wijzigen."),
        _s("GEEN_MIDDELEN", MENS, "S2", "Pw art. 54, 58 lid 1", "Over {maand} is {bedrag} te veel betaald. Dat komt niet door inkomen.", "Zoek de oorzaak (norm, huishouden, einde) en beslis over terugvordering.", bedrag=True, elke=True),
        _s("BUITEN_TERMIJN", MENS, "S3", "Pw art. 58 lid 1 en 4", "Over {maand} is {bedrag} te veel betaald door inkomen dat langer dan zes maanden geleden is ontvangen.", "Verrekenen kan niet meer. Beslis over terugvordering.", bedrag=True, elke=True),
        _s("TERMIJN_LOOPT_AF", MENS, "S8", "Pw art. 58 lid 4", "Over {maand} blijft {bedrag} open. Na deze betaling kan dat niet meer worden verrekend.", "Bekijk met de inwoner wat er nog kan, en beslis over terugvordering.", bedrag=True, elke=True),
        _s("RESTANT_BIJ_EINDE", MENS, "S8", "Pw art. 58 lid 1 en 4, art. 45 lid 1", "De bijstand stopt en over {maand} blijft {bedrag} open. {wat}", "Beslis wat er met het restant gebeurt, en of de reservering daarmee kan worden verrekend.", bedrag=True, elke=True),
        _s("ONDER_BESTAANSMINIMUM", MENS, "S10", "Pw art. 18 lid 1", "Het huishouden komt {bedrag} onder 95% van de norm. {wat}", "Bekijk of minder verrekenen nodig is.", bedrag=True),
        _s("BETALING_WIJKT_AF", MENS, "S2", "Pw art. 58 lid 4", "De boeking over {maand} is anders dan het besluit. Wij rekenen met de boeking.", "Controleer de boeking."),
        _s("LOONGEGEVENS_ONTBREKEN", MENS, "A5", "Pw art. 17 lid 1", "Er is een dienstverband of uitkering in {maand}, maar geen opgave. {opgave}", "Vraag na of er in deze maand is gewerkt of uitbetaald."),
        # --- info ---
        _s("NIEUWE_INKOMSTENVERHOUDING", INFO, "A5", "Pw art. 17 lid 1", "Nieuw inkomen vanaf {maand}. {opgave}", "Geen actie nodig."),
        _s("CORRECTIE_ONTVANGEN", INFO, "N1", "Pw art. 58 lid 4", "Een opgave is gewijzigd of ingetrokken. {opgave}", "Geen actie nodig: het verschil is meegerekend."),
        _s("VOORLOPIGE_PARAMETER", INFO, "P3", "beleid", "In {maand} is met een voorlopig bedrag gerekend: {wat}.", "Geen actie nodig. Wordt het bedrag definitief, dan volgt het verschil vanzelf."),
        _s("BRON_ONVOLLEDIG", INFO, "N3", "Regeling Pw art. 7a", "De bron levert niet alle gegevens: {wat}. {opgave}", "Geen actie nodig."),
        _s("DERTIENDE_PERIODE", INFO, "T2", "beleid.toerekening", "Deze dertiende periode telt niet mee: netto {bedrag}. {opgave}", "Geen actie nodig.", bedrag=True),
        _s("RESERVERING_GEWIJZIGD", INFO, "A4", "Pw art. 45 lid 1", "De reservering over {maand} is gewijzigd nadat zij was uitbetaald.", "Geef het verschil door aan de uitkeringsadministratie."),
    )
}  # fmt: skip
"""The catalogue, stops first."""

OPGAVE_STOPS = (
    "ONBEKENDE_INKOMENSCODE", "DGA", "INCIDENTEEL_INKOMEN", "ONDERNEMING", "GEGEVEN_ONTBREEKT",
    "MEERDERE_INKOMSTENPERIODEN", "LOON_IN_NATURA", "BIJZONDERE_BELONING", "NEGATIEF_LOON",
    "AFWIJKENDE_INHOUDING", "JGK_ONBEKEND", "IKB",
)  # fmt: skip
"""Stops about one wage record; a human closes them with a besluit for that record and month (rule S12)."""
