"""N. The net amount of one wage record (inkomstenopgave): Pw art. 31 lid 3, Regeling Pw art. 7a and 7b.

One row is one effective inkomstenopgave. Columns carry the names of the wage return. What is unknown is
0 with ``…_bekend`` false, and never counts as a known zero.
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import (
    Breuk,
    Cent,
    Code,
    JaNee,
    deel,
    en,
    evenredig,
    is_een_van,
    kies,
    niet,
    of,
    rekenkundig,
    ten_minste,
)

opgave = op_niveau("inkomstenopgave")


# --- N2. Which kind of income ---------------------------------------------------------------------


@opgave(
    "N2",
    artikel="Pw art. 31 lid 1; codelijst SrtIV",
    zin="loon uit dienstbetrekking: SrtIV {srtiv} is 11, 13 of 15; DGA-loon alleen na een besluit",
)
def is_werk(srtiv: Code) -> JaNee:
    """Wage from employment. A wage of a director-shareholder (17) counts only once a human has decided on it."""
    return is_een_van(srtiv, 11, 13, 15, 17)


@opgave(
    "N2",
    artikel="Pw art. 31 lid 1; codelijst SrtIV",
    zin="pensioen: SrtIV {srtiv} is 23, 53, 55 t/m 60 of 63",
)
def is_pensioen(srtiv: Code) -> JaNee:
    """Pension or annuity."""
    return is_een_van(srtiv, 23, 53, 55, 56, 57, 58, 59, 60, 63)


@opgave("N2", artikel="Pw art. 31 lid 1; codelijst SrtIV", zin="uitkering: SrtIV {srtiv} is een uitkeringscode")
def is_bekende_uitkering(srtiv: Code) -> JaNee:
    """Benefit other than the assistance itself."""
    return is_een_van(srtiv, 18, 22, 24, 31, 32, 33, 36, 37, 38, 39, 40, 46, 50, 52)


@opgave(
    "N2",
    artikel="Pw art. 31 lid 1 (de bijstand zelf is geen middel)",
    zin="geen inkomen: SrtIV {srtiv} is 34, 43 of 45",
)
def nooit_inkomen(srtiv: Code) -> JaNee:
    """IOAW, assistance and IOAZ: never income."""
    return is_een_van(srtiv, 34, 43, 45)


@opgave("N2", artikel="codelijst SrtIV", zin="soort onbekend: SrtIV {srtiv} staat niet in de lijst")
def onbekende_code(
    srtiv: Code, is_werk: JaNee, is_pensioen: JaNee, is_bekende_uitkering: JaNee, nooit_inkomen: JaNee
) -> JaNee:
    """A code outside the list (absent is -1 and is a missing datum, not an unknown code)."""
    return niet(of(is_werk, is_pensioen, is_bekende_uitkering, nooit_inkomen, is_een_van(srtiv, -1, 42, 61, 62)))


@opgave("N2", artikel="Pw art. 31 lid 1", zin="uitkering of pensioen")
def is_uitkering(is_werk: JaNee, nooit_inkomen: JaNee) -> JaNee:
    """Everything that is income and not work. What only counts after a decision (42, 61, 62, unknown) has no exemption."""
    return niet(of(is_werk, nooit_inkomen))


@opgave(
    "N2",
    artikel="Regeling Pw art. 7a",
    zin="de regels N3 tot en met N7 gelden voor loon, uitkering en pensioen, en voor wat na een besluit meetelt",
)
def is_inkomen(
    srtiv: Code, is_werk: JaNee, is_pensioen: JaNee, is_bekende_uitkering: JaNee, soort_gesloten: JaNee
) -> JaNee:
    """Income whose amounts are judged here; another kind stops on its kind alone, until a besluit lets it in."""
    return of(en(of(is_werk, is_pensioen, is_bekende_uitkering), srtiv != 17), soort_gesloten)


# --- V1, N6. Holiday allowance --------------------------------------------------------------------


@opgave(
    "V1",
    artikel="Regeling Pw art. 8",
    zin="aanspraak: OpgRchtVakBsl {OpgRchtVakBsl} is meer dan 0 (en het beleid telt de aanspraak per maand mee)",
)
def met_aanspraak(OpgRchtVakBsl: Cent, maandelijks_meegenomen: JaNee, nooit_inkomen: JaNee) -> JaNee:
    """The income of this record carries a claim to holiday allowance."""
    return en(OpgRchtVakBsl > 0, maandelijks_meegenomen, niet(nooit_inkomen))


@opgave(
    "N6",
    artikel="Pw art. 31 lid 4, art. 32 lid 2",
    zin="betaald vakantiegeld telt hier niet: het is opgebouwd en al per maand meegeteld",
)
def vakbsl_apart(bouwt_op: JaNee, maandelijks_meegenomen: JaNee) -> JaNee:
    """Allowance paid by an accruing inkomstenverhouding is taken out of the month's income."""
    return en(bouwt_op, maandelijks_meegenomen)


@opgave(
    "N6",
    artikel="Pw art. 32 lid 2",
    zin="betaald vakantiegeld zonder opbouw, dat er eerder niet was, is een bijzondere beloning",
)
def vakbsl_is_bijzonder(VakBsl: Cent, bouwt_op: JaNee, eerder_zonder_vakbsl: JaNee) -> JaNee:
    """Never accrues, pays allowance now and did not before: special pay."""
    return en(niet(bouwt_op), VakBsl > 0, eerder_zonder_vakbsl)


# --- N3. Net ----------------------------------------------------------------------------------------


@opgave(
    "N3",
    artikel="Regeling Pw art. 7b",
    zin="WGA-premie = {wga_geuniformeerde_inhouding_pct} van LnLbPh {LnLbPh}, alleen bij loon uit dienstbetrekking",
    grondslag={"wga_geuniformeerde_inhouding_pct": "wga_grondslag"},
)
def wga(is_werk: JaNee, LnLbPh: Cent, wga_geuniformeerde_inhouding_pct: Breuk) -> Cent:
    """Standard WGA premium: a percentage of the fiscal wage from employment."""
    return kies(is_werk, rekenkundig(deel(wga_geuniformeerde_inhouding_pct, van=LnLbPh)), 0)


@opgave(
    "N3",
    artikel="Regeling Pw art. 7b",
    zin="grondslag van de WGA-premie: LnLbPh {LnLbPh} bij loon uit dienstbetrekking",
)
def wga_grondslag(is_werk: JaNee, LnLbPh: Cent) -> Cent:
    """Base of the WGA premium."""
    return kies(is_werk, LnLbPh, 0)


@opgave(
    "N3",
    artikel="Regeling Pw art. 7a lid 2 onder d",
    zin="auto = WrdPrGebrAut {WrdPrGebrAut} − WrknBijdrAut {WrknBijdrAut}, ten minste 0",
)
def auto(WrdPrGebrAut: Cent, WrknBijdrAut: Cent) -> Cent:
    """Value of the private use of a car, less the own contribution."""
    return ten_minste(WrdPrGebrAut - WrknBijdrAut, 0)


@opgave(
    "N3",
    artikel="Regeling Pw art. 7a",
    zin="netto = LnLbPh {LnLbPh} − IngLbPh {IngLbPh} − WGA {wga} − BijdrZvw {BijdrZvw} − auto {auto}",
)
def netto(LnLbPh: Cent, IngLbPh: Cent, wga: Cent, BijdrZvw: Cent, auto: Cent) -> Cent:
    """Net amount. Reisk is not income, and accruals (OpgRchtVakBsl, OpbAvwb) are never paid wage (rule N4)."""
    return LnLbPh - IngLbPh - wga - BijdrZvw - auto


# --- N6. Parts of the net -------------------------------------------------------------------------


@opgave(
    "N6",
    artikel="Pw art. 31 lid 3 (naar evenredigheid)",
    zin="netto vakantiegeld = netto {netto} × VakBsl {VakBsl} / LnLbPh {LnLbPh}",
)
def netto_vakbsl(netto: Cent, VakBsl: Cent, LnLbPh: Cent, vakbsl_apart: JaNee) -> Cent:
    """Net part of the allowance paid, taken out of the month (pro rata: tax is withheld over the whole)."""
    return kies(vakbsl_apart, rekenkundig(evenredig(netto, VakBsl, LnLbPh)), 0)


@opgave(
    "N6",
    artikel="Pw art. 32 lid 2",
    zin="bijzondere beloning = LnTabBB {LnTabBB} − VakBsl {VakBsl}, ten minste 0 (plus het vakantiegeld zonder opbouw)",
)
def bijzonder(LnTabBB: Cent, VakBsl: Cent, vakbsl_is_bijzonder: JaNee) -> Cent:
    """Special pay in the record (fiscal wage)."""
    return ten_minste(LnTabBB - VakBsl, 0) + kies(vakbsl_is_bijzonder, VakBsl, 0)


@opgave(
    "N6",
    artikel="Pw art. 31 lid 3 (naar evenredigheid)",
    zin="netto bijzondere beloning = netto {netto} × bijzonder {bijzonder} / LnLbPh {LnLbPh}",
)
def netto_bijzonder(netto: Cent, bijzonder: Cent, LnLbPh: Cent) -> Cent:
    """Net part of the special pay."""
    return rekenkundig(evenredig(netto, bijzonder, LnLbPh))


@opgave(
    "N6",
    artikel="Pw art. 32 lid 1",
    zin="te verdelen = netto {netto} − netto vakantiegeld {netto_vakbsl}, of het bedrag van het besluit {besluit_netto}",
)
def rest(
    netto: Cent, netto_vakbsl: Cent, besluit_netto: Cent, besluit_netto_bekend: JaNee, nooit_inkomen: JaNee
) -> Cent:
    """What rules T distribute over the months; a human's amount takes its place (rule S12)."""
    return kies(nooit_inkomen, 0, kies(besluit_netto_bekend, besluit_netto, netto - netto_vakbsl))


# --- Signals of a record ----------------------------------------------------------------------------


@opgave("N2", artikel="codelijst SrtIV 17", zin="SrtIV {srtiv} is 17")
def signaal_DGA(srtiv: Code) -> JaNee:
    """Director-major-shareholder."""
    return srtiv == 17


@opgave("N2", artikel="codelijst SrtIV 61, 62", zin="SrtIV {srtiv} is 61 of 62")
def signaal_INCIDENTEEL_INKOMEN(srtiv: Code) -> JaNee:
    """Supplement after employment, or severance pay."""
    return is_een_van(srtiv, 61, 62)


@opgave("N2", artikel="codelijst SrtIV 42", zin="SrtIV {srtiv} is 42")
def signaal_ONDERNEMING(srtiv: Code) -> JaNee:
    """Bbz."""
    return srtiv == 42


@opgave("N2", artikel="codelijst SrtIV", zin="soort onbekend")
def signaal_ONBEKENDE_INKOMENSCODE(onbekende_code: JaNee) -> JaNee:
    """A code outside the list."""
    return onbekende_code


@opgave("N2", artikel="Pw art. 32 lid 1", zin="SrtIV of IndLhKort wisselt binnen de gewerkte periode")
def signaal_MEERDERE_INKOMSTENPERIODEN(wisseling_in_periode: JaNee) -> JaNee:
    """Amounts are per record, so the split over the income periods is unknown."""
    return wisseling_in_periode


@opgave("N3", artikel="Regeling Pw art. 7a", zin="ingehouden loonheffing of bijdrage Zvw is onbekend")
def inhouding_ontbreekt(
    is_inkomen: JaNee, IngLbPh_bekend: JaNee, BijdrZvw_bekend: JaNee, is_werk: JaNee, cdzvw_m: Code
) -> JaNee:
    """A deduction is unknown. Without CdZvw M the employer pays the Zvw contribution of an employee."""
    return en(is_inkomen, of(niet(IngLbPh_bekend), en(niet(BijdrZvw_bekend), of(niet(is_werk), cdzvw_m == 1))))


@opgave(
    "N3",
    artikel="Regeling Pw art. 7a, art. 8; Pw art. 32 lid 1",
    zin="soort, loon, vakantiegeld, heffingskorting of periode is onbekend of tegenstrijdig",
)
def gegeven_ontbreekt(
    srtiv: Code,
    is_inkomen: JaNee,
    LnLbPh_bekend: JaNee,
    VakBsl_bekend: JaNee,
    OpgRchtVakBsl_bekend: JaNee,
    lhkort: Code,
    OpgRchtVakBsl: Cent,
    buiten_dienstverband: JaNee,
    LnLbPh: Cent,
    VakBsl: Cent,
    bouwt_op: JaNee,
    overlappend_tijdvak: JaNee,
    nooit_inkomen: JaNee,
) -> JaNee:
    """Something other than a deduction is missing (rules N3 and T1). Unknown is not zero."""
    bedrag = of(
        niet(LnLbPh_bekend),
        niet(VakBsl_bekend),
        niet(OpgRchtVakBsl_bekend),
        en(lhkort == -1, OpgRchtVakBsl > 0),
    )
    periode = of(overlappend_tijdvak, en(buiten_dienstverband, niet(en(bouwt_op, LnLbPh == VakBsl))))
    return en(niet(nooit_inkomen), of(srtiv == -1, en(is_inkomen, bedrag), periode))


@opgave("N3", artikel="Regeling Pw art. 7a", zin="een gegeven ontbreekt")
def signaal_GEGEVEN_ONTBREEKT(gegeven_ontbreekt: JaNee, inhouding_ontbreekt: JaNee) -> JaNee:
    """A datum that the calculation needs is missing."""
    return of(gegeven_ontbreekt, inhouding_ontbreekt)


@opgave(
    "N3",
    artikel="Pw art. 31 lid 2 onder c; Regeling Pw art. 7a lid 2 onder e",
    zin="jonggehandicaptenkorting of Anw-tegemoetkoming van onbekende hoogte",
)
def signaal_JGK_ONBEKEND(is_inkomen: JaNee, srtiv: Code, sa72: Code, lhkort: Code, is_27: JaNee) -> JaNee:
    """An exempt part of unknown amount sits in the benefit; without tax credit or under 27 it is 0."""
    return en(is_inkomen, lhkort == 1, is_27, of(is_een_van(srtiv, 24, 37, 38), sa72 == 1))


@opgave("N4", artikel="Pw art. 32 lid 2", zin="OpbAvwb {OpbAvwb} of OpnAvwb {OpnAvwb} is meer dan 0")
def signaal_IKB(is_inkomen: JaNee, OpbAvwb: Cent, OpnAvwb: Cent) -> JaNee:
    """Employment-terms budget accrued or taken."""
    return en(is_inkomen, of(OpbAvwb > 0, OpnAvwb > 0))


@opgave("N5", artikel="Pw art. 33 lid 1", zin="WrdLn {WrdLn} − WrdPrGebrAut {WrdPrGebrAut} is meer dan 0")
def signaal_LOON_IN_NATURA(is_inkomen: JaNee, WrdLn: Cent, WrdPrGebrAut: Cent) -> JaNee:
    """Wage in kind other than the car."""
    return en(is_inkomen, WrdLn - WrdPrGebrAut > 0)


@opgave(
    "N6",
    artikel="Pw art. 32 lid 2",
    zin="bijzondere beloning {bijzonder} is meer dan de drempel {bijzondere_beloning_drempel}",
)
def signaal_BIJZONDERE_BELONING(is_inkomen: JaNee, bijzonder: Cent, bijzondere_beloning_drempel: Cent) -> JaNee:
    """Special pay above the threshold of the policy (default 0): a human decides to which months it belongs."""
    return en(is_inkomen, bijzonder > bijzondere_beloning_drempel)


@opgave(
    "N7",
    artikel="Pw art. 32 lid 1",
    zin="LnLbPh {LnLbPh} of VakBsl {VakBsl} is minder dan 0, of het vakantiegeld is meer dan het loon",
)
def loon_negatief(is_inkomen: JaNee, LnLbPh: Cent, VakBsl: Cent, LnLbPh_bekend: JaNee) -> JaNee:
    """A wage or allowance that can't be a month's pay."""
    return en(is_inkomen, LnLbPh_bekend, of(LnLbPh < 0, VakBsl < 0, VakBsl > LnLbPh))


@opgave("N7", artikel="Regeling Pw art. 7a", zin="ingehouden loonheffing {IngLbPh} is meer dan het loon {LnLbPh}")
def signaal_AFWIJKENDE_INHOUDING(
    is_inkomen: JaNee, loon_negatief: JaNee, LnLbPh_bekend: JaNee, IngLbPh: Cent, LnLbPh: Cent
) -> JaNee:
    """More withheld than paid."""
    return en(is_inkomen, LnLbPh_bekend, niet(loon_negatief), IngLbPh > LnLbPh)


@opgave("N7", artikel="Pw art. 32 lid 1", zin="loon onder nul, of netto {netto} onder nul")
def signaal_NEGATIEF_LOON(
    is_inkomen: JaNee,
    loon_negatief: JaNee,
    signaal_AFWIJKENDE_INHOUDING: JaNee,
    LnLbPh_bekend: JaNee,
    netto: Cent,
) -> JaNee:
    """A negative wage, or a negative net without another explanation."""
    return of(loon_negatief, en(is_inkomen, LnLbPh_bekend, niet(signaal_AFWIJKENDE_INHOUDING), netto < 0))


@opgave(
    "N3",
    artikel="Regeling Pw art. 7a",
    zin="de bron levert niet alles; wat ontbreekt is gerekend alsof het niet voorkomt",
)
def signaal_BRON_ONVOLLEDIG(
    is_inkomen: JaNee,
    LnTabBB_bekend: JaNee,
    WrdLn_bekend: JaNee,
    WrdPrGebrAut_bekend: JaNee,
    WrknBijdrAut_bekend: JaNee,
    OpnAvwb_bekend: JaNee,
    OpbAvwb_bekend: JaNee,
) -> JaNee:
    """Fields that are computed as not occurring when the source does not deliver them."""
    return en(
        is_inkomen,
        niet(
            en(
                LnTabBB_bekend,
                WrdLn_bekend,
                WrdPrGebrAut_bekend,
                WrknBijdrAut_bekend,
                OpnAvwb_bekend,
                OpbAvwb_bekend,
            )
        ),
    )
