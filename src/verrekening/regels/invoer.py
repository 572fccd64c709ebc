"""What each level of rules may read besides other rules: inputs, parameters, policy and state."""

from __future__ import annotations

from verrekening.maand import OPEN
from verrekening.motor.graaf import Invoer, Toestand

_LOON = "inkomstenopgave"
_DOSSIER = "dossier"
_BELEID = "beleid"
_SOM = "som over de inkomstenopgaven van de maand"
_BEREKEND = "eerder berekend"
_BESLUIT = "besluit van een eerdere run"
_PARTNER = "de echtgenoot zonder recht"

BEDRAGEN = (
    "LnLbPh", "IngLbPh", "VakBsl", "OpgRchtVakBsl", "OpnAvwb", "OpbAvwb", "LnTabBB", "WrdLn",
    "WrdPrGebrAut", "WrknBijdrAut", "BijdrZvw",
)  # fmt: skip
"""Amounts of the wage return that the rules read, by their official names (cents)."""


def _tabel(*invoer: Invoer) -> dict[str, Invoer]:
    return {een.naam: een for een in invoer}


OPGAVE = _tabel(
    *[Invoer(naam, "Cent", _LOON, f"{naam} van de loonaangifte") for naam in BEDRAGEN],
    *[Invoer(f"{naam}_bekend", "JaNee", _LOON, f"{naam} is geleverd") for naam in BEDRAGEN],
    Invoer("srtiv", "Code", _LOON, "SrtIV op de laatste dag van de gewerkte periode"),
    Invoer("lhkort", "Code", _LOON, "IndLhKort op de laatste dag van de gewerkte periode"),
    Invoer("cdzvw_m", "Code", _LOON, "CdZvw is M"),
    Invoer("sa72", "Code", _LOON, "IndSA72 (Wajong in het loon)"),
    Invoer("wisseling_in_periode", "JaNee", _LOON, "SrtIV of IndLhKort wisselt binnen de gewerkte periode"),
    Invoer("buiten_dienstverband", "JaNee", _LOON, "het tijdvak ligt geheel buiten de inkomstenverhouding"),
    Invoer("overlappend_tijdvak", "JaNee", _LOON, "twee opgaven van deze inkomstenverhouding overlappen"),
    Invoer(
        "bouwt_op",
        "JaNee",
        _LOON,
        "de inkomstenverhouding heeft tot en met deze opgave vakantiegeld opgebouwd",
    ),
    Invoer("eerder_zonder_vakbsl", "JaNee", _LOON, "een eerdere opgave had geen vakantiegeld"),
    Invoer("is_27", "JaNee", _DOSSIER, "27 jaar of ouder op de eerste dag van de maand"),
    Invoer("soort_gesloten", "JaNee", _DOSSIER, "een besluit laat deze soort inkomen meetellen"),
    Invoer("besluit_netto", "Cent", _DOSSIER, "netto bedrag volgens een besluit"),
    Invoer("besluit_netto_bekend", "JaNee", _DOSSIER, "een besluit geeft het netto bedrag"),
    Invoer("maandelijks_meegenomen", "JaNee", _BELEID, "beleid.vakantiegeld is maandelijks_meegenomen"),
    Invoer("terugverdelen", "JaNee", _BELEID, "beleid.bijzondere_beloning is terugverdelen"),
    Invoer("bijzondere_beloning_drempel", "Cent", _BELEID, "beleid.bijzondere_beloning_drempel_cent"),
)

_STAND = (
    ("n_gebruikt", "Aantal", "maanden waarin onderdeel n is gebruikt"),
    ("z_begin", "Maand", "eerste maand van onderdeel z"),
    ("r_begin", "Maand", "eerste maand van onderdeel r"),
    ("a34_begin", "Maand", "eerste maand van art. 34a lid 1 onder a"),
)

PERSOON_MAAND = _tabel(
    Invoer("arbeid_aanspraak_J", "Cent", _SOM, "loon met aanspraak, met heffingskorting"),
    Invoer("arbeid_aanspraak_N", "Cent", _SOM, "loon met aanspraak, zonder heffingskorting"),
    Invoer("arbeid_zonder_aanspraak", "Cent", _SOM, "loon zonder aanspraak"),
    Invoer("uitkering_aanspraak_J", "Cent", _SOM, "uitkering of pensioen met aanspraak, met heffingskorting"),
    Invoer("uitkering_aanspraak_N", "Cent", _SOM, "uitkering of pensioen met aanspraak, zonder heffingskorting"),
    Invoer("aow_aanspraak_J", "Cent", _SOM, "AOW (SrtIV 22) met aanspraak, met heffingskorting"),
    Invoer("aow_aanspraak_N", "Cent", _SOM, "AOW (SrtIV 22) met aanspraak, zonder heffingskorting"),
    Invoer("uitkering_zonder_aanspraak", "Cent", _SOM, "uitkering of pensioen zonder aanspraak"),
    Invoer("overig", "Cent", _DOSSIER, "overige_inkomsten van de maand samen"),
    Invoer("overig_met_aanspraak", "Cent", _DOSSIER, "deel daarvan met aanspraak op vakantietoeslag"),
    Invoer("arbeid_lks", "Cent", _SOM, "loon uit de dienstbetrekking met loonkostensubsidie"),
    Invoer("arbeid_lks_J", "Cent", _SOM, "deel daarvan met aanspraak, met heffingskorting"),
    Invoer("arbeid_lks_N", "Cent", _SOM, "deel daarvan met aanspraak, zonder heffingskorting"),
    Invoer("maand", "Maand", "kalender", "de maand"),
    Invoer("rechthebbend", "JaNee", _DOSSIER, "heeft recht op bijstand"),
    Invoer("is_27", "JaNee", _DOSSIER, "27 jaar of ouder op de eerste dag van de maand"),
    Invoer("aow_leeftijd", "JaNee", _DOSSIER, "AOW-leeftijd bereikt op de eerste dag van de maand"),
    Invoer("heeft_partner", "JaNee", _DOSSIER, "gehuwd in deze maand"),
    Invoer("partner_aow_leeftijd", "JaNee", _DOSSIER, "de partner heeft de AOW-leeftijd bereikt"),
    Invoer("alleenstaande_ouder", "JaNee", _DOSSIER, "leefvorm alleenstaande ouder"),
    Invoer("kind_onder_12", "JaNee", _DOSSIER, "het jongste kind is jonger dan 12"),
    Invoer("medisch_urenbeperkt", "JaNee", _DOSSIER, "medisch urenbeperkt in deze maand"),
    Invoer("in_lks", "JaNee", _DOSSIER, "doelgroep loonkostensubsidie in deze maand"),
    *[
        invoer
        for onderdeel, wat in (("n", "n"), ("r", "r"), ("aa", "aa"), ("a34", "a van art. 34a"))
        for invoer in (
            Invoer(f"{onderdeel}_toestemming", "JaNee", _DOSSIER, f"toestemming van het college voor onderdeel {wat}"),
            Invoer(f"{onderdeel}_toestemming_onbekend", "JaNee", _DOSSIER, f"over onderdeel {wat} is nog niet beslist"),
        )
    ],
    Invoer("z_gegeven", "JaNee", _DOSSIER, "de eerste maand van z is gegeven"),
    Invoer("a34_gegeven", "JaNee", _DOSSIER, "perioden van art. 34a lid 1 onder a zijn gegeven"),
    Invoer("a34_in_periode", "JaNee", _DOSSIER, "de maand valt in een gegeven periode of haar verlenging"),
    Invoer("grondslag_met_aanspraak", "JaNee", _BELEID, "beleid.vrijlating_grondslag is met_aanspraak"),
    Invoer("z_onder_27", "JaNee", _BELEID, "beleid.z_onder_27"),
    *[Invoer(naam, soort, "vorige maanden", wat) for naam, soort, wat in _STAND],
)
PERSOON_MAAND_NA = _tabel(
    Invoer("vrijlating_persoon", "Cent", _BEREKEND, "vrijlating vóór de toets aan de norm"),
    Invoer("onderdeel", "Code", _BEREKEND, "onderdeel dat geldt"),
    Invoer("te_beoordelen", "JaNee", _BEREKEND, "over een toestemming is nog niet beslist"),
    Invoer("vrijlating_vervalt", "JaNee", _BEREKEND, "er is geen bijstand in deze maand"),
    Invoer("bijstand", "Cent", _BEREKEND, "bijstand van het huishouden"),
    Invoer("maand", "Maand", "kalender", "de maand"),
)
PERSOON_UITBETALING = _tabel(
    Invoer("geteld", "Cent", _BEREKEND, "aanspraken in de maanden van bijstand na de vorige betaling van vakantiegeld"),
    Invoer("opgebouwd", "Cent", _LOON, "OpgRchtVakBsl van diezelfde maanden"),
    Invoer("vakbsl_betaald", "Cent", _LOON, "VakBsl dat nu is betaald; bij het einde ook wat later komt"),
    Invoer("netto_betaald", "Cent", _BEREKEND, "netto deel daarvan"),
)
VRIJLATING = {
    naam: Toestand(naam, f"{naam}_na", soort, begin, wat)
    for (naam, soort, wat), begin in zip(_STAND, (0, OPEN, OPEN, OPEN), strict=True)
}

NORM = _tabel(
    Invoer("medebewoners", "Aantal", _DOSSIER, "kostendelende medebewoners"),
    Invoer("gehuwd", "JaNee", _DOSSIER, "leefvorm gehuwden"),
    Invoer("kind_onder_18", "JaNee", _DOSSIER, "het jongste kind is jonger dan 18"),
    Invoer("a_21", "JaNee", _DOSSIER, "aanvrager is 21 of ouder"),
    Invoer("p_21", "JaNee", _DOSSIER, "partner is 21 of ouder"),
    Invoer("a_aow", "JaNee", _DOSSIER, "aanvrager heeft de AOW-leeftijd"),
    Invoer("p_aow", "JaNee", _DOSSIER, "partner heeft de AOW-leeftijd"),
    Invoer("a_verhoging", "JaNee", _DOSSIER, "aanvrager kan niet op zijn ouders rekenen (art. 20 lid 3)"),
    Invoer("p_verhoging", "JaNee", _DOSSIER, "partner kan niet op zijn ouders rekenen (art. 20 lid 3)"),
    Invoer("a_inrichting", "JaNee", _DOSSIER, "aanvrager verblijft in een inrichting (art. 23)"),
    Invoer("p_inrichting", "JaNee", _DOSSIER, "partner verblijft in een inrichting (art. 23)"),
    Invoer("a_recht", "JaNee", _DOSSIER, "aanvrager heeft recht op algemene bijstand"),
    Invoer("p_recht", "JaNee", _DOSSIER, "partner heeft recht op algemene bijstand"),
)
HUISHOUDEN_MAAND = _tabel(
    Invoer("norm", "Cent", _BEREKEND, "norm voor een hele maand"),
    Invoer("norm_na_verjaardag", "Cent", _BEREKEND, "norm met de leeftijden op de laatste dag van de maand"),
    Invoer("verlaging", "Cent", _DOSSIER, "verlaging van de norm, gegeven door het college"),
    Invoer("dagen_recht", "Aantal", _DOSSIER, "dagen met recht op bijstand in de maand"),
    Invoer("dagen_maand", "Aantal", "kalender", "dagen van de maand"),
    Invoer("netto_arbeid", "Cent", "som over de personen", "netto inkomen uit arbeid"),
    Invoer("netto_uitkeringen", "Cent", "som over de personen", "netto uitkeringen en pensioenen"),
    Invoer("vakantietoeslag_aanspraak", "Cent", "som over de personen", "aanspraak op vakantietoeslag"),
    Invoer("vrijlating_voor_toets", "Cent", "som over de personen", "vrijlating vóór de toets aan de norm"),
    Invoer("wacht_op_loon", "JaNee", _BEREKEND, "beleid.methode is op_de_maand en het loon is nog niet bekend"),
    Invoer("vakantietoeslag_overig", "Cent", "som over de personen", "aanspraak over ander inkomen"),
    Invoer("overig_eigen", "Cent", "som over de personen", "ander inkomen van de personen met recht"),
    Invoer("giften_meegeteld", "Cent", "som over de giften", "giften die meetellen"),
    Invoer("partner_arbeid", "Cent", _PARTNER, "netto arbeid van de echtgenoot zonder recht"),
    Invoer("partner_uitkeringen", "Cent", _PARTNER, "netto uitkeringen van de echtgenoot zonder recht"),
    Invoer("partner_overig", "Cent", _PARTNER, "ander inkomen van de echtgenoot zonder recht"),
    Invoer("partner_aanspraak", "Cent", _PARTNER, "aanspraken van de echtgenoot zonder recht"),
    Invoer("gehuwdennorm_maand", "Cent", _BEREKEND, "bijstandsnorm van de maand alsof beide echtgenoten recht hebben"),
    Invoer("maatregel_gegeven", "Cent", _DOSSIER, "maatregel over deze maand"),
    Invoer("inkomen_met_aanspraak", "Cent", "som over de personen", "inkomen met aanspraak op vakantietoeslag"),
    Invoer(
        "vrijlating_met_aanspraak", "Cent", "som over de personen", "deel van de vrijlating over loon met aanspraak"
    ),
    Invoer("deelmaand_dertig", "JaNee", _BELEID, "beleid.deelmaand is dertig"),
    Invoer("reserveert_over_norm", "JaNee", _BELEID, "beleid.reservering_grondslag is norm_min_inkomen_met_vt"),
    Invoer("netto_eerst", "JaNee", _BELEID, "beleid.reservering_afronding is netto_eerst"),
)
GIFT = _tabel(
    Invoer("bedrag", "Cent", _DOSSIER, "bedrag of waarde van de gift"),
    Invoer("eerder_dit_jaar", "Cent", _DOSSIER, "giften eerder in dit kalenderjaar samen"),
    Invoer("vrij_volgens_beleid", "Cent", _BELEID, "beleid.giften.bedrag, of de som van de normen van het jaar"),
    Invoer("besluit_vrijgelaten", "JaNee", _DOSSIER, "een besluit laat het deel boven de grens vrij"),
    Invoer("besluit_meetellen", "JaNee", _DOSSIER, "een besluit laat het deel boven de grens meetellen"),
    Invoer("telt_zonder_besluit", "JaNee", _BELEID, "beleid.giften.boven_grens is meetellen"),
    Invoer("in_betaalmaand", "JaNee", "opdracht", "de gift is ontvangen in de betaalmaand"),
)
RECHTMAAND = _tabel(
    Invoer("geboekt", "Cent", _DOSSIER, "som van de geboekte betalingen over de maand"),
    Invoer("geboekt_bekend", "JaNee", _DOSSIER, "er is een betaling over de maand geboekt"),
    Invoer("besloten", "Cent", _BESLUIT, "verschuldigd volgens het besluit over de maand"),
    Invoer("besloten_te_betalen", "Cent", _BESLUIT, "te betalen volgens het besluit over de maand"),
    Invoer("besloten_bekend", "JaNee", _BESLUIT, "er is een besluit over de maand"),
    Invoer("eerder_verrekend", "Cent", _DOSSIER, "al verrekend over de maand"),
    Invoer("eerder_nabetaald", "Cent", _DOSSIER, "al nabetaald over de maand"),
    Invoer("teruggevorderd", "Cent", _DOSSIER, "al teruggevorderd over de maand"),
    Invoer("vereffend", "Cent", _BEREKEND, "vereffend uit het bufferbudget"),
    Invoer("verschuldigd", "Cent", _BEREKEND, "verschuldigd over de maand"),
    Invoer("zonder_inkomen", "Cent", _BEREKEND, "verschuldigd over de maand als er geen inkomen was"),
    Invoer("maatregel_toegepast", "Cent", _BEREKEND, "maatregel over de maand"),
    Invoer("reservering", "Cent", _BEREKEND, "reservering over de maand"),
    Invoer("reserveert_over_norm", "JaNee", _BELEID, "beleid.reservering_grondslag is norm_min_inkomen_met_vt"),
    Invoer("uitbetaling_reserve", "Maand", "kalender", "juni waarin de reservering over de maand wordt betaald"),
    Invoer("ontvangstmaand", "Maand", _LOON, "maand van de laatste datum van de middelen die tellen"),
    Invoer("betaalmaand", "Maand", "opdracht", "de betaalmaand"),
)
BETAALMAAND = _tabel(
    Invoer("totaal_te_verrekenen_binnen", "Cent", "som over de rechtmaanden", "te verrekenen binnen de termijn"),
    Invoer("totaal_te_weinig", "Cent", "som over de rechtmaanden", "te weinig betaald"),
    Invoer("stop", "JaNee", _BEREKEND, "een signaal van gewicht stop"),
    Invoer("uitgesloten", "JaNee", _DOSSIER, "buiten de automatische verrekening gehouden"),
    Invoer("besteedbaar", "Cent", _BEREKEND, "verwacht netto inkomen vóór vrijlating, zonder aanspraken"),
    Invoer("beschermd_minimum", "Breuk", _BELEID, "beleid.beschermd_minimum"),
    Invoer("bijstandsnorm", "Cent", _BEREKEND, "bijstandsnorm van de betaalmaand"),
    Invoer("reservering", "Cent", _BEREKEND, "reservering van de betaalmaand"),
    Invoer("verschuldigd", "Cent", _BEREKEND, "verschuldigd over de betaalmaand"),
    Invoer("aflossing_gegeven", "Cent", _DOSSIER, "aflossingen voor de betaalmaand"),
    Invoer("bufferbudget", "Cent", _DOSSIER, "betaling uit het bufferbudget in de betaalmaand"),
    Invoer("bufferbudget_gebruikt", "Cent", _DOSSIER, "bufferbudget dat dit kalenderjaar is gebruikt"),
    Invoer("loopt", "JaNee", _DOSSIER, "de bijstand loopt in de betaalmaand"),
)
VERDELING = _tabel(
    Invoer("te_verrekenen_binnen", "Cent", _BEREKEND, "te verrekenen binnen de termijn"),
    Invoer("te_weinig", "Cent", _BEREKEND, "te weinig betaald"),
    Invoer("betaald", "Cent", _BEREKEND, "per saldo betaald over de maand"),
    Invoer("verschuldigd", "Cent", _BEREKEND, "verschuldigd over de maand"),
    Invoer("betaling_bekend", "JaNee", _BEREKEND, "wat over de maand is betaald, is bekend"),
    Invoer("stop", "JaNee", _BEREKEND, "een signaal van gewicht stop"),
    Invoer("eindigt", "JaNee", _DOSSIER, "de bijstand eindigt op of voor de laatste dag van de betaalmaand"),
    Invoer("ontvangstmaand", "Maand", _LOON, "maand van de laatste datum van de middelen die tellen"),
    Invoer("eerste_ontvangstmaand", "Maand", "betaalmaand en termijn", "eerste maand binnen de zes maanden"),
)
NOG_TE_VERDELEN = Toestand(
    "nog_te_verdelen", "nog_te_verdelen_na", "Cent", 0, "nog over oudere en jongere maanden te verdelen"
)
VORDERING = _tabel(Invoer("gegeven", "Cent", _DOSSIER, "aflossing op deze vordering voor de betaalmaand"))
NOG_AF_TE_LOSSEN = Toestand(
    "nog_af_te_lossen", "nog_af_te_lossen_na", "Cent", 0, "nog over vorderingen te verdelen, van de aflossing"
)
