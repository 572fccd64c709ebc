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
    zin="aanspraak: OpgRchtVakBsl {OpgRchtVakBsl} is meer dan 0",
)
def met_aanspraak(OpgRchtVakBsl: Cent, nooit_inkomen: JaNee) -> JaNee:
    """The income of this record carries a claim; whether it is counted, the policy of each month says."""
    return en(OpgRchtVakBsl > 0, niet(nooit_inkomen))


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
    artikel="Pw art. 32 lid 2; beleid.bijzondere_beloning",
    zin="terug te verdelen over de maanden van het jaar = {netto_bijzonder}, alleen bij terugverdelen en zonder besluit over de opgave",
)
def netto_terugverdeeld(
    netto_bijzonder: Cent, terugverdelen: JaNee, besluit_netto_bekend: JaNee, nooit_inkomen: JaNee
) -> Cent:
    """Special pay that is spread back over the months in which it was earned; a besluit judges the whole record."""
    return kies(en(terugverdelen, niet(besluit_netto_bekend), niet(nooit_inkomen)), netto_bijzonder, 0)


@opgave(
    "N6",
    artikel="Pw art. 32 lid 1",
    zin="te verdelen = netto {netto} − netto vakantiegeld {netto_vakbsl} − terugverdeeld {netto_terugverdeeld}, of het bedrag van het besluit {besluit_netto}",
)
def rest(
    netto: Cent,
    netto_vakbsl: Cent,
    netto_terugverdeeld: Cent,
    besluit_netto: Cent,
    besluit_netto_bekend: JaNee,
    nooit_inkomen: JaNee,
) -> Cent:
    """What rules T distribute over the months; a human's amount takes its place (rule S12)."""
    over = netto - netto_vakbsl - netto_terugverdeeld
    return kies(nooit_inkomen, 0, kies(besluit_netto_bekend, besluit_netto, over))
