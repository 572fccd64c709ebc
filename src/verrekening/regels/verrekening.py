"""S. Settlement: over-payment corrected before it becomes a terugvordering. Pw art. 58 lid 4.

Two kinds of rows: a household in a month of right before the payment month (what may be settled), and a household
in the payment month (how much). From which month, and to which claim, is in `verdeling`.
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import (
    Aantal,
    Breuk,
    Cent,
    Exact,
    JaNee,
    Maand,
    deel,
    en,
    kies,
    niet,
    of,
    rekenkundig,
    ten_hoogste,
    ten_minste,
)

rechtmaand = op_niveau("rechtmaand")
betaalmaand = op_niveau("betaalmaand")


# --- S2. The difference of a month ----------------------------------------------------------------------


@rechtmaand(
    "S2",
    artikel="Pw art. 58 lid 4",
    zin="wat over de maand is betaald, is bekend: geboekt {geboekt} (en dat is niet wat de bank betaalde), of besloten {besloten}",
)
def betaling_bekend(
    geboekt: Cent, geboekt_bekend: JaNee, besloten: Cent, besloten_te_betalen: Cent, besloten_bekend: JaNee
) -> JaNee:
    """Silence is never read as "nothing was paid"; neither is a sum of bookings below 0.

    A booking equal to what went to the household but not to what was due holds the amount of the bank.
    """
    van_de_bank = en(geboekt_bekend, besloten_bekend, geboekt == besloten_te_betalen, geboekt != besloten)
    return en(of(geboekt_bekend, besloten_bekend), niet(van_de_bank), geboekt >= 0)


@rechtmaand(
    "S2",
    artikel="Pw art. 58 lid 4",
    zin="betaald in de maand zelf: geboekt {geboekt}, zonder boeking verschuldigd volgens het besluit {besloten}",
)
def betaald_in_maand(geboekt: Cent, geboekt_bekend: JaNee, besloten: Cent) -> Cent:
    """A booking counts before a decision."""
    return kies(geboekt_bekend, geboekt, besloten)


@rechtmaand(
    "S2",
    artikel="Pw art. 58 lid 4",
    zin="betaald = {betaald_in_maand} − eerder verrekend {eerder_verrekend} + eerder nabetaald {eerder_nabetaald} − teruggevorderd {teruggevorderd} − vereffend {vereffend}",
)
def betaald(
    betaald_in_maand: Cent, eerder_verrekend: Cent, eerder_nabetaald: Cent, teruggevorderd: Cent, vereffend: Cent
) -> Cent:
    """What the household has, on balance, received over the month and still holds."""
    return betaald_in_maand - eerder_verrekend + eerder_nabetaald - teruggevorderd - vereffend


@rechtmaand("S2", artikel="Pw art. 58 lid 4", zin="verschil = betaald {betaald} − verschuldigd {verschuldigd}")
def verschil(betaald: Cent, verschuldigd: Cent, betaling_bekend: JaNee) -> Cent:
    """Above 0: paid too much. A month without a payment record has no known difference."""
    return kies(betaling_bekend, betaald - verschuldigd, 0)


@rechtmaand(
    "S2",
    artikel="Pw art. 58 lid 4",
    zin="door middelen = {zonder_inkomen} − {verschuldigd} − per saldo al verrekend {eerder_verrekend} − {eerder_nabetaald} − vereffend {vereffend}",
)
def door_middelen(
    zonder_inkomen: Cent, verschuldigd: Cent, eerder_verrekend: Cent, eerder_nabetaald: Cent, vereffend: Cent
) -> Cent:
    """How much of the month's over-payment means (income) can have caused, and was not cleared yet."""
    return zonder_inkomen - verschuldigd - ten_minste(eerder_verrekend - eerder_nabetaald, 0) - vereffend


@rechtmaand(
    "S2",
    artikel="Pw art. 58 lid 4",
    zin="te verrekenen = het kleinste van verschil {verschil} en door middelen {door_middelen}, ten minste 0",
)
def te_verrekenen(verschil: Cent, door_middelen: Cent) -> Cent:
    """Only means are settled."""
    return ten_minste(ten_hoogste(verschil, door_middelen), 0)


@rechtmaand(
    "S2",
    artikel="Pw art. 58 lid 4",
    zin="andere oorzaak = verschil {verschil} − te verrekenen {te_verrekenen}, ten minste 0",
)
def geen_middelen(verschil: Cent, te_verrekenen: Cent) -> Cent:
    """The part of a positive difference with another cause (norm, household, end): never settled."""
    return ten_minste(verschil - te_verrekenen, 0)


@rechtmaand(
    "S3",
    artikel="Pw art. 58 lid 4 (zes maanden)",
    zin="eerste maand binnen de termijn = {betaalmaand}, {verrekening_termijn_maanden} maanden terug",
    grondslag={"verrekening_termijn_maanden": "te_verrekenen"},
)
def eerste_ontvangstmaand(betaalmaand: Maand, verrekening_termijn_maanden: Aantal) -> Maand:
    """Means received in this month or later may be settled."""
    return betaalmaand - verrekening_termijn_maanden


@rechtmaand(
    "S3",
    artikel="Pw art. 58 lid 4 (zes maanden)",
    zin="binnen de termijn: ontvangen in of na {eerste_ontvangstmaand}",
)
def binnen_termijn(ontvangstmaand: Maand, eerste_ontvangstmaand: Maand) -> JaNee:
    """Receipt month P−6 or later."""
    return ontvangstmaand >= eerste_ontvangstmaand


@rechtmaand("S3", artikel="Pw art. 58 lid 4", zin="te verrekenen binnen de termijn")
def te_verrekenen_binnen(te_verrekenen: Cent, binnen_termijn: JaNee) -> Cent:
    """What this run may settle."""
    return kies(binnen_termijn, te_verrekenen, 0)


@rechtmaand("S3", artikel="Pw art. 58 lid 4", zin="te verrekenen buiten de termijn")
def te_verrekenen_buiten(te_verrekenen: Cent, binnen_termijn: JaNee) -> Cent:
    """Never settled automatically."""
    return kies(binnen_termijn, 0, te_verrekenen)


@rechtmaand(
    "S5",
    artikel="Awb art. 4:85 e.v.; Pw art. 45",
    zin="te weinig betaald = − verschil {verschil}, ten minste 0",
)
def te_weinig(verschil: Cent) -> Cent:
    """Under-payment of the month."""
    return ten_minste(-verschil, 0)


@rechtmaand("S2", artikel="Pw art. 58 lid 4", zin="wat over deze maand is betaald, is niet bekend")
def signaal_BETALING_ONBEKEND(betaling_bekend: JaNee) -> JaNee:
    """Nothing booked or decided, a booking of the bank amount, or bookings below 0."""
    return niet(betaling_bekend)


@rechtmaand(
    "S2", artikel="Pw art. 58 lid 4", zin="de boeking {geboekt} is anders dan het besluit {besloten}; de boeking telt"
)
def signaal_BETALING_WIJKT_AF(
    geboekt: Cent, geboekt_bekend: JaNee, besloten: Cent, besloten_bekend: JaNee, betaling_bekend: JaNee
) -> JaNee:
    """Booked and decided, and not the same."""
    return en(geboekt_bekend, besloten_bekend, geboekt != besloten, betaling_bekend)


@rechtmaand(
    "S2",
    artikel="Pw art. 58 lid 1, art. 54",
    zin="verschil met een andere oorzaak: {geen_middelen}, meer dan 2 cent",
)
def signaal_GEEN_MIDDELEN(geen_middelen: Cent) -> JaNee:
    """Up to 2 cents is rounding."""
    return geen_middelen > 2


@rechtmaand(
    "S3",
    artikel="Pw art. 58 lid 1 en 4",
    zin="te verrekenen, maar buiten de termijn ontvangen: {te_verrekenen_buiten}",
)
def signaal_BUITEN_TERMIJN(te_verrekenen_buiten: Cent) -> JaNee:
    """Older than six months: a human decides on recovery."""
    return te_verrekenen_buiten > 0


# --- A4. The reserve that June has already paid ---------------------------------------------------------------


@rechtmaand(
    "A4",
    artikel="Pw art. 45 lid 1",
    zin="reservering die hoort bij wat is betaald = {betaald} + maatregel {maatregel_toegepast}, gerekend met {vakantietoeslag_pct_bijstand} van de bijstand",
    grondslag={"vakantietoeslag_pct_bijstand": "betaald"},
)
def reservering_bij_betaald(betaald: Cent, maatregel_toegepast: Cent, vakantietoeslag_pct_bijstand: Breuk) -> Cent:
    """Net is 95% of the assistance, so the reserve is 5/95 of the net."""
    deler = vakantietoeslag_pct_bijstand.noemer - vakantietoeslag_pct_bijstand.teller
    return rekenkundig(Exact((betaald + maatregel_toegepast) * vakantietoeslag_pct_bijstand.teller, deler))


@rechtmaand(
    "A4",
    artikel="Pw art. 45 lid 1",
    zin="de reservering is nu {reservering} en was {reservering_bij_betaald}; zij is betaald in {uitbetaling_reserve}",
)
def signaal_RESERVERING_GEWIJZIGD(
    verschil: Cent,
    reservering: Cent,
    reservering_bij_betaald: Cent,
    reserveert_over_norm: JaNee,
    uitbetaling_reserve: Maand,
    betaalmaand: Maand,
) -> JaNee:
    """The month's assistance changed after June paid its reserve; a cent of rounding changes no reserve."""
    anders = of(reserveert_over_norm, reservering != reservering_bij_betaald)
    return en(verschil != 0, anders, uitbetaling_reserve < betaalmaand)


# --- S5–S10. The payment --------------------------------------------------------------------------------------


@betaalmaand("S12", artikel="Awb art. 3:2", zin="bij een stop wordt niets verrekend of nabetaald: te verrekenen 0")
def som_te_verrekenen(totaal_te_verrekenen_binnen: Cent, stop: JaNee) -> Cent:
    """Settled months inside the window together; 0 with a stop."""
    return kies(stop, 0, totaal_te_verrekenen_binnen)


@betaalmaand("S12", artikel="Awb art. 3:2", zin="bij een stop wordt niets verrekend of nabetaald: te weinig 0")
def som_te_weinig(totaal_te_weinig: Cent, stop: JaNee) -> Cent:
    """Under-payments together; 0 with a stop."""
    return kies(stop, 0, totaal_te_weinig)


@betaalmaand(
    "S5",
    artikel="Pw art. 58 lid 4",
    zin="verrekend met nabetaling = het kleinste van {som_te_verrekenen} en {som_te_weinig}",
)
def verrekend_met_nabetaling(som_te_verrekenen: Cent, som_te_weinig: Cent) -> Cent:
    """Under-payments first fill what is to be settled: the same cents."""
    return ten_hoogste(som_te_verrekenen, som_te_weinig)


@betaalmaand("S5", artikel="Pw art. 45", zin="nabetaling = {som_te_weinig} − {verrekend_met_nabetaling}")
def nabetaling(som_te_weinig: Cent, verrekend_met_nabetaling: Cent) -> Cent:
    """What is left of the under-payments is paid in cash."""
    return som_te_weinig - verrekend_met_nabetaling


@betaalmaand(
    "S6",
    artikel="Pw art. 18 lid 1",
    zin="beschermd = {beschermd_minimum} van {bijstandsnorm} − besteedbaar {besteedbaar}, ten minste 0",
)
def beschermd(beschermd_minimum: Breuk, bijstandsnorm: Cent, besteedbaar: Cent) -> Cent:
    """What the policy leaves to live on; the law gives no floor for art. 58 lid 4."""
    return ten_minste(rekenkundig(deel(beschermd_minimum, van=bijstandsnorm)) - besteedbaar, 0)


@betaalmaand(
    "S6",
    artikel="Pw art. 58 lid 4",
    zin="beschikbaar = verschuldigd {verschuldigd} − beschermd {beschermd}, ten minste 0",
)
def beschikbaar(verschuldigd: Cent, beschermd: Cent) -> Cent:
    """What may be used of this month's payment."""
    return ten_minste(verschuldigd - beschermd, 0)


@betaalmaand(
    "S7",
    artikel="Pw art. 58 lid 4",
    zin="verrekend met uitkering = het kleinste van wat nog open is en {beschikbaar}",
)
def verrekend_met_uitkering(som_te_verrekenen: Cent, verrekend_met_nabetaling: Cent, beschikbaar: Cent) -> Cent:
    """Settled with this payment."""
    return ten_hoogste(som_te_verrekenen - verrekend_met_nabetaling, beschikbaar)


@betaalmaand(
    "S9",
    artikel="Pw art. 60 lid 3",
    zin="aflossing = {aflossing_gegeven}, ten hoogste wat na de verrekening wordt betaald",
)
def aflossing(aflossing_gegeven: Cent, verschuldigd: Cent, verrekend_met_uitkering: Cent, nabetaling: Cent) -> Cent:
    """Instalments on claims, after settlement and never mixed with it; what is settled never exceeds what is due."""
    return ten_hoogste(aflossing_gegeven, verschuldigd - verrekend_met_uitkering + nabetaling)


@betaalmaand(
    "S9",
    artikel="Pw art. 45 lid 1",
    zin="te betalen = {verschuldigd} − {verrekend_met_uitkering} + {nabetaling} − {aflossing} + bufferbudget {bufferbudget}",
)
def te_betalen(
    verschuldigd: Cent, verrekend_met_uitkering: Cent, nabetaling: Cent, aflossing: Cent, bufferbudget: Cent
) -> Cent:
    """What goes to the household this month."""
    return verschuldigd - verrekend_met_uitkering + nabetaling - aflossing + bufferbudget


@betaalmaand("S12", artikel="Awb art. 3:2", zin="het college heeft de zaak buiten de automatische verrekening gehouden")
def signaal_UITGESLOTEN(uitgesloten: JaNee) -> JaNee:
    """A human took the case out."""
    return uitgesloten
