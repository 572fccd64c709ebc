"""B2, B3, A and W5: norm of the month, income, assistance, reserve. Pw art. 11, 18, 19, 31, 32, 45.

One row is one household in one month. Amounts of persons are already summed.
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import (
    Aantal,
    Breuk,
    Cent,
    Exact,
    JaNee,
    deel,
    en,
    kies,
    niet,
    rekenkundig,
    ten_hoogste,
    ten_minste,
)

huishouden = op_niveau("huishouden_maand")


# --- B2, B3. The norm of this month -------------------------------------------------------------------


@huishouden(
    "B2",
    artikel="Pw art. 18 lid 1, art. 27, 28",
    zin="norm na verlaging = {norm} − {verlaging}, ten minste 0",
)
def norm_na_verlaging(norm: Cent, verlaging: Cent) -> Cent:
    """Norm of a whole month after the reduction given by the municipality."""
    return ten_minste(norm - verlaging, 0)


@huishouden(
    "B3",
    artikel="Pw art. 19 lid 1, art. 45 lid 1",
    zin="bijstandsnorm = {norm_na_verlaging} × {dagen_recht} / {dagen_maand} dagen (of dertigste delen, als het beleid dat zegt)",
)
def bijstandsnorm(norm_na_verlaging: Cent, dagen_recht: Aantal, dagen_maand: Aantal, deelmaand_dertig: JaNee) -> Cent:
    """Norm over the days with right; part of a month by calendar days or by thirtieths (policy `deelmaand`)."""
    kalender = rekenkundig(Exact(norm_na_verlaging * dagen_recht, dagen_maand))
    dertig = ten_hoogste(rekenkundig(Exact(norm_na_verlaging * dagen_recht, 30)), norm_na_verlaging)
    return kies(en(deelmaand_dertig, dagen_recht < dagen_maand), dertig, kalender)


# --- A1, W5. Income ---------------------------------------------------------------------------------------


@huishouden(
    "W5",
    artikel="CRvB 2021:2146",
    zin="eigen inkomen met vrijlating = arbeid {netto_arbeid} + uitkeringen {netto_uitkeringen} + aanspraak {aanspraak_totaal} − vrijlating {vrijlating_voor_toets} + ander inkomen {overig_eigen} + giften {giften_meegeteld}",
)
def eigen_met_vrijlating(
    netto_arbeid: Cent,
    netto_uitkeringen: Cent,
    aanspraak_totaal: Cent,
    vrijlating_voor_toets: Cent,
    overig_eigen: Cent,
    giften_meegeteld: Cent,
) -> Cent:
    """Of the persons with right."""
    return netto_arbeid + netto_uitkeringen + aanspraak_totaal - vrijlating_voor_toets + overig_eigen + giften_meegeteld


@huishouden(
    "W5",
    artikel="CRvB 2021:2146",
    zin="inkomen met vrijlating = {eigen_met_vrijlating} + partnerinkomen dat telt {partner_telt_met_vrijlating}",
)
def inkomen_met_vrijlating(eigen_met_vrijlating: Cent, partner_telt_met_vrijlating: Cent) -> Cent:
    """The exemption comes off before the income is compared with the norm."""
    return eigen_met_vrijlating + partner_telt_met_vrijlating


@huishouden(
    "W5",
    artikel="Pw art. 31 lid 2; CRvB 2021:2146",
    zin="de vrijlating vervalt als {bijstandsnorm} − {inkomen_met_vrijlating} niet meer dan 0 is",
)
def vrijlating_vervalt(bijstandsnorm: Cent, inkomen_met_vrijlating: Cent) -> JaNee:
    """Without assistance in the month there is no exemption in it."""
    return bijstandsnorm - inkomen_met_vrijlating <= 0


@huishouden("W5", artikel="Pw art. 31 lid 2", zin="vrijlating = {vrijlating_voor_toets}, of 0 als zij vervalt")
def vrijlating(vrijlating_voor_toets: Cent, vrijlating_vervalt: JaNee) -> Cent:
    """Exemption of all persons together."""
    return kies(vrijlating_vervalt, 0, vrijlating_voor_toets)


@huishouden(
    "A1",
    artikel="Pw art. 31, 32",
    zin="eigen inkomen = {eigen_met_vrijlating} + vrijlating vóór de toets {vrijlating_voor_toets} − vrijlating {vrijlating}",
)
def eigen_inkomen(eigen_met_vrijlating: Cent, vrijlating_voor_toets: Cent, vrijlating: Cent) -> Cent:
    """Income of the persons with right, with the exemption that is left."""
    return eigen_met_vrijlating + vrijlating_voor_toets - vrijlating


@huishouden(
    "A1",
    artikel="Pw art. 31, 32",
    zin="inkomen = arbeid {netto_arbeid} + uitkeringen {netto_uitkeringen} + aanspraak {aanspraak_totaal} − vrijlating {vrijlating} + overige inkomsten {overige_inkomsten} + giften {giften_meegeteld}",
)
def inkomen(
    netto_arbeid: Cent,
    netto_uitkeringen: Cent,
    aanspraak_totaal: Cent,
    vrijlating: Cent,
    overige_inkomsten: Cent,
    giften_meegeteld: Cent,
) -> Cent:
    """Income of the household in the month."""
    return netto_arbeid + netto_uitkeringen + aanspraak_totaal - vrijlating + overige_inkomsten + giften_meegeteld


# --- A2, A3. Assistance and reserve -----------------------------------------------------------------------


@huishouden("A2", artikel="Pw art. 19 lid 1 en 2", zin="bijstand = {bijstandsnorm} − {inkomen}, ten minste 0")
def bijstand(bijstandsnorm: Cent, inkomen: Cent) -> Cent:
    """Assistance over the month, holiday allowance included."""
    return ten_minste(bijstandsnorm - inkomen, 0)


@huishouden(
    "A3",
    artikel="Pw art. 19 lid 3; beleid.reservering_grondslag",
    zin="grondslag van de reservering: de bijstand {bijstand}, of de norm min het inkomen met vakantietoeslag",
)
def reserveringsgrondslag(
    bijstand: Cent,
    bijstandsnorm: Cent,
    inkomen_met_aanspraak: Cent,
    vakantietoeslag_aanspraak: Cent,
    vrijlating_met_aanspraak: Cent,
    vrijlating_vervalt: JaNee,
    reserveert_over_norm: JaNee,
) -> Cent:
    """Policy `reservering_grondslag`: the assistance, or the norm less only the income that has its own allowance."""
    vrij = kies(vrijlating_vervalt, 0, vrijlating_met_aanspraak)
    over_norm = ten_minste(bijstandsnorm - (inkomen_met_aanspraak + vakantietoeslag_aanspraak - vrij), 0)
    return kies(reserveert_over_norm, over_norm, bijstand)


@huishouden(
    "A3",
    artikel="Pw art. 19 lid 3",
    zin="reservering = {vakantietoeslag_pct_bijstand} van {reserveringsgrondslag}, ten hoogste de bijstand {bijstand}",
    grondslag={"vakantietoeslag_pct_bijstand": "reserveringsgrondslag"},
)
def reservering(
    bijstand: Cent, reserveringsgrondslag: Cent, vakantietoeslag_pct_bijstand: Breuk, netto_eerst: JaNee
) -> Cent:
    """Holiday allowance kept apart, paid in June (policy `reservering_afronding`: which of the two is rounded)."""
    eerst = rekenkundig(deel(vakantietoeslag_pct_bijstand, van=reserveringsgrondslag))
    netto = rekenkundig(deel(vakantietoeslag_pct_bijstand, van=-bijstand) + bijstand)
    return ten_hoogste(kies(netto_eerst, bijstand - netto, eerst), bijstand)


@huishouden(
    "A3",
    artikel="Pw art. 19 lid 3, art. 45 lid 1; beleid.methode",
    zin="netto uitkering = {bijstand} − {reservering}, of 0 zolang op loongegevens wordt gewacht",
)
def netto_uitkering(bijstand: Cent, reservering: Cent, wacht_op_loon: JaNee) -> Cent:
    """What is due over the month before a maatregel; with the method `op_de_maand` nothing before the wage is known."""
    return kies(wacht_op_loon, 0, bijstand - reservering)


# --- S2. What is due -----------------------------------------------------------------------------------------


@huishouden("S2", artikel="Pw art. 18 lid 2", zin="maatregel = {maatregel_gegeven}, ten hoogste {netto_uitkering}")
def maatregel_toegepast(maatregel_gegeven: Cent, netto_uitkering: Cent) -> Cent:
    """The measure given by the municipality, as far as the payment reaches."""
    return ten_hoogste(maatregel_gegeven, netto_uitkering)


@huishouden("S2", artikel="Pw art. 45 lid 1", zin="verschuldigd = {netto_uitkering} − {maatregel_toegepast}")
def verschuldigd(netto_uitkering: Cent, maatregel_toegepast: Cent) -> Cent:
    """What the municipality owes over the month."""
    return netto_uitkering - maatregel_toegepast


@huishouden(
    "S2",
    artikel="Pw art. 58 lid 4",
    zin="reservering zonder inkomen = {vakantietoeslag_pct_bijstand} van {bijstandsnorm}",
    grondslag={"vakantietoeslag_pct_bijstand": "bijstandsnorm"},
)
def reservering_zonder_inkomen(bijstandsnorm: Cent, vakantietoeslag_pct_bijstand: Breuk, netto_eerst: JaNee) -> Cent:
    """The reserve as if there were no income; then both bases are the norm, of which it is never more than a part."""
    eerst = rekenkundig(deel(vakantietoeslag_pct_bijstand, van=bijstandsnorm))
    netto = rekenkundig(deel(vakantietoeslag_pct_bijstand, van=-bijstandsnorm) + bijstandsnorm)
    return kies(netto_eerst, bijstandsnorm - netto, eerst)


@huishouden(
    "S2",
    artikel="Pw art. 58 lid 4",
    zin="verschuldigd zonder inkomen = {bijstandsnorm} − {reservering_zonder_inkomen}, na de maatregel {maatregel_gegeven}",
)
def zonder_inkomen(bijstandsnorm: Cent, reservering_zonder_inkomen: Cent, maatregel_gegeven: Cent) -> Cent:
    """What would be due with income 0: only the distance to it is caused by means."""
    netto = bijstandsnorm - reservering_zonder_inkomen
    return netto - ten_hoogste(maatregel_gegeven, netto)


# --- Signals of a household and month --------------------------------------------------------------------------


@huishouden(
    "S4",
    artikel="Pw art. 45 lid 1; beleid.methode",
    zin="een open dienstbetrekking heeft nog geen opgave over de hele maand, en over de maand is nog niets betaald",
)
def signaal_WACHT_OP_LOONGEGEVENS(wacht_op_loon: JaNee) -> JaNee:
    """The month is paid in the run that knows its wage."""
    return wacht_op_loon


@huishouden("A2", artikel="Pw art. 19 lid 1 onder a", zin="geen bijstand, wel inkomen {inkomen}")
def signaal_INKOMEN_BOVEN_NORM(bijstand: Cent, inkomen: Cent) -> JaNee:
    """Income at or above the norm: does the right end?"""
    return en(bijstand == 0, inkomen > 0)


@huishouden(
    "B1",
    artikel="Pw art. 20, 21, 22",
    zin="na de eerste dag van de maand wijzigt een leeftijdsgrens de norm {norm} in {norm_na_verjaardag}",
)
def signaal_NORMWIJZIGING_IN_MAAND(norm: Cent, norm_na_verjaardag: Cent, dagen_recht: Aantal) -> JaNee:
    """21 or the AOW age is reached on day 2 or later; the norm of the first day holds for the whole month."""
    return en(norm != norm_na_verjaardag, niet(dagen_recht == 0))
