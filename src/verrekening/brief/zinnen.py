"""The sentences of a statement: Dutch at level B1, short, without places in the law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verrekening.brief.afzender import Afzender
from verrekening.geld import euro
from verrekening.uitleg.woorden import maand_in_woorden

Rij = Mapping[str, Any]


def over_de_betaling(betaling: Rij, betaalmaand: str, maanden: int, *, gestopt: bool) -> tuple[str, ...]:
    """What the resident must know first."""
    maand = maand_in_woorden(betaalmaand)
    zinnen = [f"U krijgt in {maand} {euro(betaling['te_betalen_cent'])} van ons."]
    if gestopt:
        zinnen += [
            "Wij kunnen uw inkomsten nog niet verrekenen.",
            "Een medewerker kijkt daar eerst naar.",
            "U hoeft nu niets te doen.",
        ]
    verrekend, nabetaling = betaling["verrekend_met_uitkering_cent"], betaling["nabetaling_cent"]
    if verrekend:
        zinnen.append(f"Wij hebben {euro(verrekend)} verrekend, omdat u eerder te veel kreeg.")
    if nabetaling:
        zinnen.append(f"Wij betalen u {euro(nabetaling)} na, omdat u eerder te weinig kreeg.")
    if betaling["verrekend_met_nabetaling_cent"]:
        zinnen.append(
            f"Een deel van {euro(betaling['verrekend_met_nabetaling_cent'])} hebben wij tegen elkaar weggestreept."
        )
    if betaling["verwacht_inkomen_cent"]:
        zinnen.append(f"Wij weten al dat u in {maand} inkomsten heeft. Die tellen nu al mee.")
    if maanden:
        zinnen.append("Hieronder ziet u per maand hoe dat komt.")
    return tuple(zinnen)


def over_een_maand(maand: Rij) -> tuple[str, ...]:
    """Why a month of right changes."""
    naam = maand_in_woorden(maand["maand"])
    zinnen = []
    loon, uitkering = maand["netto_arbeid_cent"], maand["netto_uitkeringen_cent"]
    if loon:
        zinnen.append(f"U had in {naam} {euro(loon)} netto loon uit werk.")
    if uitkering:
        zinnen.append(f"U had in {naam} {euro(uitkering)} netto uit een andere uitkering.")
    if maand["overige_inkomsten_cent"]:
        zinnen.append(f"U had in {naam} {euro(maand['overige_inkomsten_cent'])} aan andere inkomsten.")
    if maand["giften_meegeteld_cent"]:
        zinnen.append(f"Van uw giften telt {euro(maand['giften_meegeteld_cent'])} mee. Dat deel ligt boven de grens.")
    if maand["vrijlating_cent"]:
        zinnen.append(f"Daarvan mag u {euro(maand['vrijlating_cent'])} houden. Dat heet vrijlating.")
    if not zinnen:
        zinnen.append(f"Uw bijstand over {naam} is opnieuw berekend.")
    if maand["verrekend_cent"]:
        zinnen.append("Uw bijstand was al betaald. U kreeg daardoor te veel.")
        zinnen.append(f"Wij verrekenen nu {euro(maand['verrekend_cent'])}.")
    if maand["nabetaald_cent"]:
        zinnen.append(f"U kreeg te weinig. Daarom rekenen wij {euro(maand['nabetaald_cent'])} extra voor u.")
    if maand["open_cent"] and maand["verrekend_cent"]:
        zinnen.append(f"Er blijft {euro(maand['open_cent'])} open. Dat verrekenen wij later.")
    return tuple(zinnen)


def wat_u_kunt_doen(afzender: Afzender, betaling: Rij) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Is it wrong, is it too little, do you disagree: what you can do."""
    bereik = [f"Bel {afzender.telefoon}." if afzender.telefoon else "Bel ons."]
    if afzender.website:
        bereik.append(f"Of kijk op {afzender.website}.")
    klopt = (
        "Kijk goed of uw inkomsten kloppen.",
        "U kunt ze vergelijken met uw loonstrook.",
        "Het bedrag komt van uw werkgever, via UWV.",
        "Klopt er iets niet? Laat het ons weten.",
        *bereik,
    )
    blokken = [("Klopt dit overzicht?", klopt)]
    if betaling["verrekend_met_uitkering_cent"] or betaling["aflossing_cent"]:
        te_weinig = ("Houdt u te weinig over om van te leven?", "Bel ons dan snel. We zoeken samen een oplossing.")
        blokken.append(("Heeft u te weinig geld?", te_weinig))
    adres = f"Stuur uw brief naar {afzender.bezwaar}." if afzender.bezwaar else "Stuur uw brief naar ons adres."
    bezwaar = (
        "U kunt bezwaar maken. Dat betekent: u vraagt ons om het besluit opnieuw te bekijken.",
        "Doe dat binnen zes weken na de datum van deze brief.",
        "Schrijf waarom u het niet eens bent met het besluit.",
        "Zet ook uw naam, adres, dossiernummer en handtekening erin.",
        adres,
    )
    blokken.append(("Bent u het niet eens met dit besluit?", bezwaar))
    return tuple(blokken)
