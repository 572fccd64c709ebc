"""The chain of control totals: between every pair of stages both sides, so that a break shows where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from verrekening.financien.boeken import Boeken
from verrekening.financien.saldi import Eis
from verrekening.financien.vergelijken import GOED, Vergelijking
from verrekening.maand import toon_maand

AANTAL, BEDRAG = "aantal", "cent"


@dataclass(frozen=True)
class Schakel:
    """One total on both sides of a step.

    Attributes:
        van, naar: the stages.
        wat: what is counted or added up, in words.
        eenheid: `AANTAL` or `BEDRAG`.
        links, rechts: what the first stage says, and what the second says.
        anders: cases that differ one by one, also when the totals are equal.
    """

    van: str
    naar: str
    wat: str
    eenheid: str
    links: int
    rechts: int
    anders: int = 0

    @property
    def klopt(self) -> bool:
        """Whether the link holds."""
        return self.links == self.rechts and self.anders == 0


def van_run(boeken: Boeken) -> list[Schakel]:
    """From delivery to proposal: the control totals of the run, from its own receipt in the administration."""
    controle = boeken.maand.run.controle
    opgaven, sommen = controle["opgaven"], controle["sommen_maanden"]
    betaling, identiteit = controle["sommen_betaling"], controle["geldidentiteit"]
    rest = sum(opgaven[naam] for naam in opgaven if naam not in ("gelezen", "telt_op"))
    wat = "inkomstenopgaven: gelezen = gebruikt + vervangen + ingetrokken + later bekend + onbekend + afgekeurd"
    uit = [Schakel("levering", "opgaven", wat, AANTAL, opgaven["gelezen"], rest)]
    if (keten := controle.get("keten")) is not None:
        uit += [
            Schakel("opgaven", "maanden", "gebruikte opgaven = die in een maand tellen + die nergens tellen", AANTAL,
                    keten["opgaven"], keten["opgaven_geteld"] + keten["opgaven_niet_geteld"]),
            Schakel("opgaven", "maanden", "netto inkomen van rechthebbenden over de maanden", BEDRAG,
                    keten["delen_cent"], sommen["netto_arbeid_cent"] + sommen["netto_uitkeringen_cent"]),
        ]  # fmt: skip
    uit += [
        Schakel("maanden", "voorstel", "verrekend over de maanden = verrekend met uitkering en nabetaling", BEDRAG,
                sommen["verrekend_cent"], identiteit["rechts_cent"]["verrekend"]),
        Schakel("maanden", "voorstel", "nabetaald over de maanden = nabetaling en weggestreept", BEDRAG,
                sommen["nabetaald_cent"], identiteit["rechts_cent"]["nabetaald"]),
        Schakel("maanden", "voorstel", "te betalen = verschuldigd − verrekend + nabetaling − aflossing + bufferbudget",
                BEDRAG, betaling["te_betalen_cent"], identiteit["rechts_cent"]["te_betalen"]),
    ]  # fmt: skip
    return [*uit, *_naar_besluit(boeken)]


def _naar_besluit(boeken: Boeken) -> list[Schakel]:
    """The last run computed the decisions of the households it was given; the others keep what was decided before."""
    controle, betaling = boeken.maand.run.controle, boeken.betaling
    bewaard = betaling["dossiernummer"].isin(set(boeken.maand.niet_aangeleverd))
    in_run = controle["huishoudens"]["in_run"]
    return [
        Schakel("voorstel", "besluiten", "huishoudens", AANTAL, in_run + int(bewaard.sum()), len(betaling)),
        Schakel("voorstel", "besluiten", "te betalen", BEDRAG, controle["sommen_betaling"]["te_betalen_cent"]
                + int(betaling.loc[bewaard, "te_betalen"].sum()), int(betaling["te_betalen"].sum())),
    ]  # fmt: skip


def van_journaal(eisen: Sequence[Eis]) -> list[Schakel]:
    """From decisions to journal."""
    return [Schakel("besluiten", "journaal", een.wat, BEDRAG, een.links, een.rechts, een.anders) for een in eisen]


def van_betaald(vergelijking: Vergelijking, boeken: Boeken, *, vastgelegd: bool) -> list[Schakel]:
    """From decisions to what was really paid, and back to the journal."""
    v, bestand = vergelijking, vergelijking.bestand
    huis, journaal = v.huishoudens, boeken.journaal
    goed, anders = huis[huis["soort"].isin(GOED)], int((~huis["soort"].isin(GOED)).sum())
    regels = int(v.regels.groupby("soort").size().sum())
    uit = [
        Schakel("bestand", "betaald", "regels = regels met een soort", AANTAL, len(bestand.regels), regels),
        Schakel("bestand", "betaald", "regels die niet gelezen konden worden", AANTAL, len(bestand.afkeuringen), 0),
        Schakel("bestand", "betaald", "bedrag van de regels = betaald per huishouden", BEDRAG,
                int(bestand.regels["cent"].sum()), int(huis["betaald"].sum())),
        Schakel("besluiten", "betaald", "huishoudens = aangesloten", AANTAL, len(huis), len(goed), anders),
        Schakel("besluiten", "betaald", "te betalen = betaald", BEDRAG, int(huis["te_betalen"].sum()),
                int(huis["betaald"].sum()), anders),
    ]  # fmt: skip
    if vastgelegd:
        betaald = int(bestand.regels["cent"].sum())
        bank = -int(journaal.loc[journaal["rekening"] == "bank", "cent"].sum())
        uit_te_betalen = journaal[journaal["rekening"] == "uit_te_betalen"].groupby("dossiernummer")["cent"].sum()
        uit += [
            Schakel("betaald", "journaal", "bedrag van de regels = bank", BEDRAG, betaald, bank),
            Schakel("betaald", "journaal", "uit te betalen na de bank = 0", BEDRAG, int(uit_te_betalen.sum()), 0,
                    int((uit_te_betalen != 0).sum())),
        ]  # fmt: skip
    return uit


def als_json(betaalmaand: int, schakels: Sequence[Schakel]) -> dict[str, Any]:
    """The chain as it is written to ``keten.json``."""
    return {
        "versie": "keten.v1",
        "betaalmaand": toon_maand(betaalmaand),
        "klopt": all(een.klopt for een in schakels),
        "schakels": [_een(een) for een in schakels],
    }


def _een(schakel: Schakel) -> Mapping[str, Any]:
    return asdict(schakel) | {"verschil": schakel.links - schakel.rechts, "klopt": schakel.klopt}
