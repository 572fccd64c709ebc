"""S. Settlement, spread: over the months of right, oldest first, and over the claims, in list order."""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import Cent, JaNee, Maand, en, kies, niet, ten_hoogste, ten_minste

verdeling = op_niveau("verdeling")
vordering = op_niveau("vordering")


# --- S5, S7, S8. From which month, oldest first -----------------------------------------------------------------


@verdeling(
    "S7",
    artikel="Pw art. 58 lid 4",
    zin="verrekend over deze maand = het kleinste van {te_verrekenen_binnen} en wat nog te verdelen is {nog_te_verdelen}",
)
def verrekend(te_verrekenen_binnen: Cent, nog_te_verdelen: Cent) -> Cent:
    """Oldest month first."""
    return ten_hoogste(te_verrekenen_binnen, nog_te_verdelen)


@verdeling("S7", artikel="Pw art. 58 lid 4", zin="nog te verdelen = {nog_te_verdelen} − {verrekend}")
def nog_te_verdelen_na(nog_te_verdelen: Cent, verrekend: Cent) -> Cent:
    """What is left for the next month."""
    return nog_te_verdelen - verrekend


@verdeling("S5", artikel="Pw art. 45", zin="nabetaald over deze maand = {te_weinig}, of 0 bij een stop")
def nabetaald(te_weinig: Cent, stop: JaNee) -> Cent:
    """Every under-payment is paid, against an over-payment or in cash."""
    return kies(stop, 0, te_weinig)


@verdeling(
    "S13",
    artikel="Pw art. 58 lid 4",
    zin="open = betaald {betaald} − {verrekend} + {nabetaald} − verschuldigd {verschuldigd}, ten minste 0",
)
def open_bedrag(betaald: Cent, verrekend: Cent, nabetaald: Cent, verschuldigd: Cent, betaling_bekend: JaNee) -> Cent:
    """What stays over-paid after this run."""
    return kies(betaling_bekend, ten_minste(betaald - verrekend + nabetaald - verschuldigd, 0), 0)


@verdeling("S8", artikel="Pw art. 58 lid 4", zin="blijft te verrekenen = {te_verrekenen_binnen} − {verrekend}")
def blijft_te_verrekenen(te_verrekenen_binnen: Cent, verrekend: Cent) -> Cent:
    """What stays open inside the window."""
    return te_verrekenen_binnen - verrekend


@verdeling(
    "S8",
    artikel="Pw art. 58 lid 1 en 4",
    zin="{blijft_te_verrekenen} blijft open terwijl de bijstand eindigt",
)
def signaal_RESTANT_BIJ_EINDE(blijft_te_verrekenen: Cent, eindigt: JaNee) -> JaNee:
    """The assistance ended on or before the last day of the payment month."""
    return en(blijft_te_verrekenen > 0, eindigt)


@verdeling(
    "S8",
    artikel="Pw art. 58 lid 4 (zes maanden)",
    zin="{blijft_te_verrekenen} is na deze betaalmaand buiten de termijn",
)
def signaal_TERMIJN_LOOPT_AF(
    blijft_te_verrekenen: Cent, eindigt: JaNee, ontvangstmaand: Maand, eerste_ontvangstmaand: Maand
) -> JaNee:
    """Received in P−6: this is the last payment month with which it can be settled."""
    return en(blijft_te_verrekenen > 0, niet(eindigt), ontvangstmaand == eerste_ontvangstmaand)


# --- S9. Which claim the instalments go to, in list order -----------------------------------------------------------


@vordering(
    "S9",
    artikel="Pw art. 60 lid 3",
    zin="aflossing op deze vordering = {gegeven}, ten hoogste wat nog kan worden afgelost {nog_af_te_lossen}",
)
def afgelost(gegeven: Cent, nog_af_te_lossen: Cent) -> Cent:
    """In the order of the list."""
    return ten_hoogste(gegeven, nog_af_te_lossen)


@vordering("S9", artikel="Pw art. 60 lid 3", zin="nog af te lossen = {nog_af_te_lossen} − {afgelost}")
def nog_af_te_lossen_na(nog_af_te_lossen: Cent, afgelost: Cent) -> Cent:
    """What is left for the next claim."""
    return nog_af_te_lossen - afgelost
