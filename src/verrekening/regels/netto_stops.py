"""N. When one wage record can't be computed with certainty: the stops of N2 to N7, and what a source left out.

A stop closes that household for settlement until a human has decided (rule S12).
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import Cent, Code, JaNee, en, is_een_van, kies, niet, of

opgave = op_niveau("inkomstenopgave")


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
    vakbsl_apart: JaNee,
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
    # Outside the employment only allowance that was counted month by month has been dealt with (rule V4).
    periode = of(overlappend_tijdvak, en(buiten_dienstverband, niet(en(vakbsl_apart, LnLbPh == VakBsl))))
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
    """An exempt part of unknown amount sits in the benefit; without tax credit or under 27 it is 0.

    Whether the tax credit is applied may be unknown too; unknown is not "no".
    """
    return en(is_inkomen, lhkort != 0, is_27, of(is_een_van(srtiv, 24, 37, 38), sa72 == 1))


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


@opgave(
    "N7",
    artikel="Pw art. 32 lid 1",
    zin="loon onder nul, of onder nul: netto {netto}, of wat daarvan na vakantiegeld en terugverdelen in de maand blijft",
)
def signaal_NEGATIEF_LOON(
    is_inkomen: JaNee,
    loon_negatief: JaNee,
    signaal_AFWIJKENDE_INHOUDING: JaNee,
    LnLbPh_bekend: JaNee,
    netto: Cent,
    netto_vakbsl: Cent,
    netto_bijzonder: Cent,
    terugverdelen: JaNee,
) -> JaNee:
    """A negative wage, or a negative net without another explanation.

    Special pay that is more than the whole wage would leave a negative month when it is spread back.
    """
    blijft = netto - netto_vakbsl - kies(terugverdelen, netto_bijzonder, 0)
    onder_nul = of(netto < 0, blijft < 0)
    return of(loon_negatief, en(is_inkomen, LnLbPh_bekend, niet(signaal_AFWIJKENDE_INHOUDING), onder_nul))


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
