"""``verrekening zaak besluit``: a decision of a human, kept for the next run."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from typing import Any

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie

_NODIG: dict[str, tuple[str, ...]] = {
    "toestemming": ("onderdeel", "toestemming"),
    "gift": ("datum", "uitkomst"),
    "schatting": ("maand", "bedrag_cent"),
    "uitsluiten": (),
    "toelaten": (),
    "stop": ("code", "maand"),
    "bufferbudget": ("maand", "bedrag_cent", "uitkomst"),
}
"""Kind of decision -> what must be given with it."""
_OOK = {
    "toestemming": ("persoon", "vanaf"),
    "gift": ("bedrag_cent",),
    "schatting": ("persoon", "vakantietoeslag"),
    "stop": ("persoon", "lhnr", "numiv", "bedrag_cent", "akkoord"),
}
_VLAG = {"bedrag_cent": "--bedrag", "lhnr": "--loonheffingennummer", "numiv": "--inkomstenverhouding",
         "toestemming": "--akkoord of --niet-akkoord"}  # fmt: skip


@click.command(
    cls=Opdracht,
    epilog="""
    Wat u bij elke soort opgeeft:

    \b
      toestemming   --onderdeel n|r|aa|artikel_34a --akkoord|--niet-akkoord [--vanaf MAAND] [--persoon partner]
      gift          --datum DATUM [--bedrag EURO] --uitkomst vrijgelaten|meetellen
      schatting     --maand MAAND --bedrag EURO [--persoon partner] [--zonder-vakantietoeslag]
      uitsluiten, toelaten
      stop          --code CODE --maand MAAND [--loonheffingennummer N --inkomstenverhouding N] [--bedrag EURO]
                    --akkoord|--niet-akkoord
      bufferbudget  --maand MAAND --bedrag EURO --uitkomst betaling|vereffening

    Voorbeelden:

    \b
      verrekening zaak besluit D-000001 --administratie gemeente.db --soort toestemming --onderdeel n --akkoord \\
          --door "J. Jansen" --reden "werk draagt bij aan arbeidsinschakeling"
      verrekening zaak besluit D-000001 --administratie gemeente.db --soort stop --code BIJZONDERE_BELONING \\
          --maand 2026-07 --loonheffingennummer 001234560L01 --inkomstenverhouding 1 --bedrag 610,00 --akkoord \\
          --door "J. Jansen" --reden "loonstrook gezien"
    """,
)
@click.argument("dossiernummer", metavar="DOSSIERNUMMER")
@optie("--administratie", metavar="BESTAND|URL", required=True, help="De administratie (verplicht).")
@optie("--soort", type=click.Choice(list(_NODIG)), required=True, help="Wat voor besluit (verplicht).")
@optie("--door", required=True, help="Wie besluit (verplicht).")
@optie("--reden", required=True, help="Waarom (verplicht).")
@optie("--artikel", help="Op welk artikel. Zonder deze optie: het artikel dat bij de soort hoort.")
@optie("--op", "genomen_op", type=soorten.Moment(), help="Wanneer is besloten. Zonder deze optie: nu.")
@optie("--maand", type=soorten.Maand(), help="De maand waarover het gaat.")
@optie("--vanaf", type=soorten.Maand(), help="De eerste maand waarvoor het geldt.")
@optie("--datum", type=soorten.Datum(), help="De dag van de gift.")
@optie("--persoon", type=click.Choice(["aanvrager", "partner"]), help="Over wie. Zonder deze optie: de aanvrager.")
@optie("--onderdeel", type=click.Choice(["n", "r", "aa", "artikel_34a"]), help="Welke vrijlating.")
@optie("--code", help="Welke stop.")
@optie("--loonheffingennummer", "lhnr", help="Van welke inhoudingsplichtige de opgave is.")
@optie("--inkomstenverhouding", "numiv", type=click.IntRange(0), help="Nummer van de inkomstenverhouding.")
@optie("--bedrag", "bedrag_cent", type=soorten.Bedrag(), help="Netto bedrag.")
@optie(
    "--uitkomst",
    type=click.Choice(["vrijgelaten", "meetellen", "betaling", "vereffening"]),
    help="Uitkomst bij een gift of het bufferbudget.",
)
@click.option("--akkoord/--niet-akkoord", default=None, help="Toestemming geven, of het bedrag bij een stop aannemen.")
@click.option("--zonder-vakantietoeslag", is_flag=True, help="Bij een schatting: er hoort geen aanspraak bij.")
def besluit(
    dossiernummer: str,
    administratie: str,
    soort: str,
    door: str,
    reden: str,
    artikel: str | None,
    genomen_op: int | None,
    akkoord: bool | None,
    zonder_vakantietoeslag: bool,
    **gegeven: Any,
) -> None:
    """Leg een besluit van een mens vast: wie, wanneer, waarom en op welk artikel. De volgende run rekent ermee."""
    from verrekening import administratie as kamer
    from verrekening.maand import toon_datum, toon_maand, toon_moment

    inhoud = {naam: waarde for naam, waarde in gegeven.items() if waarde is not None}
    inhoud |= {naam: toon_maand(inhoud[naam]) for naam in ("maand", "vanaf") if naam in inhoud}
    if "datum" in inhoud:
        inhoud["datum"] = toon_datum(inhoud["datum"])
    if zonder_vakantietoeslag:
        inhoud["vakantietoeslag"] = False
    if akkoord is not None:
        inhoud["toestemming" if soort == "toestemming" else "akkoord"] = akkoord
    _keur(soort, inhoud, akkoord=akkoord)
    moment = soorten.nu() if genomen_op is None else genomen_op
    mens = kamer.Mensbesluit(dossiernummer, soort, inhoud, door, reden, artikel or kamer.ARTIKELEN[soort], moment)
    if not kamer.bestaat(administratie):
        raise click.UsageError("de administratie bestaat niet")
    with kamer.open_om_te_besluiten(administratie, moment, toon_moment(soorten.nu())) as boek:
        boeking, bekend_op = boek.leg_mensbesluit_vast(mens, toon_moment(soorten.nu()))
        boek.bevestig()
    click.echo(f"Vastgelegd (boeking {boeking}). Runs met een peildatum vanaf {toon_moment(bekend_op)} rekenen ermee.")


def _keur(soort: str, inhoud: dict[str, Any], *, akkoord: bool | None) -> None:
    """What belongs to the kind, and nothing else."""
    from verrekening.dossier import STOPCODES
    from verrekening.nummers import lees_lhnr

    for naam in _NODIG[soort]:
        if naam not in inhoud:
            raise click.UsageError(f"bij een {soort} hoort {_VLAG.get(naam, f'--{naam}')}")
    te_veel = set(inhoud) - {*_NODIG[soort], *_OOK.get(soort, ())}
    if te_veel:
        vlaggen = ", ".join(sorted(_VLAG.get(naam, f"--{naam}") for naam in te_veel))
        raise click.UsageError(f"bij een {soort} hoort geen {vlaggen}")
    if soort == "stop":
        if akkoord is None:
            raise click.UsageError("bij een stop hoort --akkoord of --niet-akkoord")
        if inhoud["code"] not in STOPCODES:
            raise click.UsageError(f"--code: kies uit {', '.join(STOPCODES)}")
        if ("lhnr" in inhoud) != ("numiv" in inhoud):
            raise click.UsageError("--loonheffingennummer en --inkomstenverhouding horen bij elkaar")
        try:
            lees_lhnr(inhoud.get("lhnr", "000000000L00"))
        except ValueError:
            raise click.UsageError("--loonheffingennummer: negen cijfers, L, twee cijfers") from None
    goed = ("vrijgelaten", "meetellen") if soort == "gift" else ("betaling", "vereffening")
    if "uitkomst" in inhoud and inhoud["uitkomst"] not in goed:
        raise click.UsageError(f"--uitkomst bij een {soort}: {' of '.join(goed)}")
