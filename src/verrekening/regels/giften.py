"""G. Gifts and cost-saving contributions: Pw art. 31 lid 2 onder m, art. 18 lid 8.

One row is one gift in the month in which it was received. What was received earlier in the calendar year, by the
household or by the person (policy `giften.eenheid`), is given: every gift fills the free room, decided or not.
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import Cent, JaNee, en, kies, niet, of, ten_hoogste, ten_minste

gift = op_niveau("gift")


@gift(
    "G1",
    artikel="beleid.giften.bedrag",
    zin="vrij per kalenderjaar = {vrij_volgens_beleid}",
    tot="2025-12",
    naam="vrij_per_jaar",
)
def vrij_per_jaar_voor_2026(vrij_volgens_beleid: Cent) -> Cent:
    """Before 2026 the law has no amount of its own."""
    return vrij_volgens_beleid


@gift(
    "G1",
    artikel="Pw art. 31 lid 2 onder m, art. 18 lid 8",
    zin="vrij per kalenderjaar = het hoogste van {giftenvrijlating_m} en wat het beleid vrijlaat {vrij_volgens_beleid}",
    vanaf="2026-01",
    grondslag={"giftenvrijlating_m": "bedrag"},
)
def vrij_per_jaar(vrij_volgens_beleid: Cent, giftenvrijlating_m: Cent) -> Cent:
    """The policy can be wider than the law, never narrower."""
    return ten_minste(vrij_volgens_beleid, giftenvrijlating_m)


@gift(
    "G3",
    artikel="Pw art. 31 lid 2 onder m",
    zin="boven de grens = eerder dit jaar {eerder_dit_jaar} + {bedrag} − {vrij_per_jaar}, ten hoogste het bedrag van de gift",
)
def boven_grens(bedrag: Cent, eerder_dit_jaar: Cent, vrij_per_jaar: Cent) -> Cent:
    """Up to and including the limit a gift is free."""
    return ten_hoogste(bedrag, ten_minste(eerder_dit_jaar + bedrag - vrij_per_jaar, 0))


@gift(
    "G4",
    artikel="Pw art. 31 lid 2 onder m en s; beleid.giften.boven_grens",
    zin="het deel boven de grens telt mee door een besluit, of zonder besluit als het beleid dat zegt",
)
def boven_grens_telt(besluit_vrijgelaten: JaNee, besluit_meetellen: JaNee, telt_zonder_besluit: JaNee) -> JaNee:
    """A decision goes before the policy."""
    return of(besluit_meetellen, en(telt_zonder_besluit, niet(besluit_vrijgelaten)))


@gift(
    "G4",
    artikel="Pw art. 31 lid 2 onder m, art. 32 lid 1",
    zin="meegeteld = het deel boven de grens {boven_grens}, als dat meetelt; in de betaalmaand nog niet",
)
def gift_meegeteld(boven_grens: Cent, boven_grens_telt: JaNee, in_betaalmaand: JaNee) -> Cent:
    """Income of the month of the gift; the provisional payment month knows no gifts (rule S4)."""
    return kies(en(boven_grens_telt, niet(in_betaalmaand)), boven_grens, 0)


@gift(
    "G4",
    artikel="Pw art. 31 lid 2 onder m en s",
    zin="over het deel boven de grens {boven_grens} is nog niet beslist",
)
def signaal_GIFT_BOVEN_GRENS(
    boven_grens: Cent, besluit_vrijgelaten: JaNee, besluit_meetellen: JaNee, telt_zonder_besluit: JaNee
) -> JaNee:
    """The college must judge what stands above the limit."""
    return en(boven_grens > 0, niet(of(besluit_vrijgelaten, besluit_meetellen, telt_zonder_besluit)))
