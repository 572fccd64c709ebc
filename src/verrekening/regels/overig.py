"""O. Other income: Pw art. 31 lid 1, art. 32 lid 1 and lid 3.

Amounts that the municipality gives per person and month (O1), and the income of a spouse without right as far as
it counts (O2). No exemption. A row is a person, or a household, in one month.
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import Cent, Exact, rekenkundig, ten_hoogste, ten_minste

persoon = op_niveau("persoon_maand")
huishouden = op_niveau("huishouden_maand")


# --- O1. Given per person and month -----------------------------------------------------------------------


@persoon(
    "O1",
    artikel="Pw art. 31 lid 4; Wml art. 15",
    zin="aanspraak op vakantietoeslag over ander inkomen = 8,00% van {overig_met_aanspraak}",
)
def aanspraak_overig(overig_met_aanspraak: Cent) -> Cent:
    """A flat 8.00%, apart from the tables of the wage return."""
    return rekenkundig(Exact(8 * overig_met_aanspraak, 100))


@huishouden(
    "A1",
    artikel="Pw art. 31 lid 4",
    zin="aanspraak = over loon en uitkeringen {vakantietoeslag_aanspraak} + over ander inkomen {vakantietoeslag_overig}",
)
def aanspraak_totaal(vakantietoeslag_aanspraak: Cent, vakantietoeslag_overig: Cent) -> Cent:
    """Claims to holiday allowance of the persons with right."""
    return vakantietoeslag_aanspraak + vakantietoeslag_overig


# --- O2. A spouse without right ------------------------------------------------------------------------------


@huishouden(
    "O2",
    artikel="Pw art. 32 lid 3",
    zin="inkomen van de echtgenoot zonder recht = arbeid {partner_arbeid} + uitkeringen {partner_uitkeringen} + ander inkomen {partner_overig} + aanspraken {partner_aanspraak}",
)
def partner_inkomen(
    partner_arbeid: Cent, partner_uitkeringen: Cent, partner_overig: Cent, partner_aanspraak: Cent
) -> Cent:
    """Net and with the claims, without exemption; 0 when both have a right."""
    return partner_arbeid + partner_uitkeringen + partner_overig + partner_aanspraak


@huishouden(
    "O2",
    artikel="Pw art. 32 lid 3; CRvB 2021:2146",
    zin="partnerinkomen dat telt, met vrijlating = wat het gezin boven de gehuwdennorm {gehuwdennorm_maand} heeft, ten hoogste {partner_inkomen}",
)
def partner_telt_met_vrijlating(
    partner_inkomen: Cent, eigen_met_vrijlating: Cent, bijstandsnorm: Cent, gehuwdennorm_maand: Cent
) -> Cent:
    """Before the exemption is compared with the norm (rule W5)."""
    bijstand_alleen = ten_minste(bijstandsnorm - eigen_met_vrijlating, 0)
    boven = ten_minste(eigen_met_vrijlating + partner_inkomen + bijstand_alleen - gehuwdennorm_maand, 0)
    return ten_hoogste(ten_minste(partner_inkomen, 0), boven)


@huishouden(
    "O2",
    artikel="Pw art. 19 lid 1, art. 32 lid 3",
    zin="bijstand zonder partnerinkomen = {bijstandsnorm} − eigen inkomen {eigen_inkomen}, ten minste 0",
)
def bijstand_zonder_partner(bijstandsnorm: Cent, eigen_inkomen: Cent) -> Cent:
    """What the persons with right would get on their own income."""
    return ten_minste(bijstandsnorm - eigen_inkomen, 0)


@huishouden(
    "O2",
    artikel="Pw art. 32 lid 3",
    zin="partnerinkomen dat telt = {eigen_inkomen} + {partner_inkomen} + {bijstand_zonder_partner} − gehuwdennorm {gehuwdennorm_maand}, ten minste 0 en ten hoogste {partner_inkomen}",
)
def partner_telt(
    partner_inkomen: Cent, eigen_inkomen: Cent, bijstand_zonder_partner: Cent, gehuwdennorm_maand: Cent
) -> Cent:
    """Only what the couple together has above the norm of a couple."""
    boven = ten_minste(eigen_inkomen + partner_inkomen + bijstand_zonder_partner - gehuwdennorm_maand, 0)
    return ten_hoogste(ten_minste(partner_inkomen, 0), boven)


@huishouden(
    "O2",
    artikel="Pw art. 31 lid 1, art. 32 lid 3",
    zin="overige inkomsten = ander inkomen {overig_eigen} + partnerinkomen dat telt {partner_telt}",
)
def overige_inkomsten(overig_eigen: Cent, partner_telt: Cent) -> Cent:
    """Other income of the household in the month."""
    return overig_eigen + partner_telt


@huishouden(
    "S6",
    artikel="Pw art. 18 lid 1",
    zin="verwacht inkomen buiten arbeid = uitkeringen {netto_uitkeringen} + {partner_uitkeringen} + ander inkomen {overig_eigen} + {partner_overig}",
)
def besteedbaar_zonder_arbeid(
    netto_uitkeringen: Cent, partner_uitkeringen: Cent, overig_eigen: Cent, partner_overig: Cent
) -> Cent:
    """Of all persons, before exemption and without claims; read for the payment month."""
    return netto_uitkeringen + partner_uitkeringen + overig_eigen + partner_overig
