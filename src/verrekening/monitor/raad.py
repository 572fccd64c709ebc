"""The year in plain Dutch for a council: what was done, what it prevented, and what is not known."""

from __future__ import annotations

from typing import Any

from verrekening.geld import euro
from verrekening.monitor.indicatoren import NORM_ONTERECHT_PCT

_NIET = (
    "Wat deze cijfers niet zeggen: of mensen het goed begrepen, of zij door de verrekening in de knel kwamen, en of "
    "het loon klopte dat de werkgever opgaf. Groepen van minder dan tien huishoudens staan er niet in."
)


def tekst(uit: dict[str, Any]) -> list[str]:
    """Paragraphs about the last year of a report (`verslag`)."""
    jaar = uit["jaren"][-1]
    return [
        f"Dit gaat over de {jaar['betaalmaanden']} betalingen van {jaar['jaar']}. {_mensen(jaar)}",
        _geld(jaar),
        _voorkomen(jaar),
        _norm(uit),
        _NIET,
    ]


def _mensen(jaar: dict[str, Any]) -> str:
    aantal, pct = jaar["huishoudens"], jaar["afhandeling"]["zonder_mens_pct"]
    zin = f"Er waren {aantal} huishoudens met bijstand." if isinstance(aantal, int) else "Er waren weinig huishoudens."
    if pct is None:
        return zin
    return (
        f"{zin} Bij {_komma(pct)}% van de berekeningen was geen medewerker nodig. Bij de andere keek een medewerker "
        "mee, of besliste een medewerker."
    )


def _geld(jaar: dict[str, Any]) -> str:
    verrekend, terug = jaar["verrekend"], jaar["nabetaald"]
    zinnen = []
    if verrekend["bedrag_cent"]:
        zinnen.append(
            f"Bij {verrekend['huishoudens']} huishoudens was te veel betaald, omdat er loon of een uitkering was. "
            f"Samen is {euro(verrekend['bedrag_cent'])} verrekend met een volgende betaling."
        )
    if terug["bedrag_cent"]:
        zinnen.append(
            f"{terug['huishoudens']} huishoudens hadden te weinig gekregen. Zij kregen alsnog "
            f"{euro(terug['bedrag_cent'])} samen."
        )
    dagen = jaar["doorlooptijd_dagen"]
    if dagen["helft_binnen"] is not None:
        zinnen.append(
            f"De helft van de verschillen was binnen {dagen['helft_binnen']} dagen na de maand van het loon verwerkt; "
            f"negen van de tien binnen {dagen['negen_van_tien_binnen']} dagen."
        )
    return " ".join(zinnen) or "Er is zo weinig verrekend dat wij er geen bedragen bij noemen."


def _voorkomen(jaar: dict[str, Any]) -> str:
    zonder, met = jaar["zonder_verrekening"]["zonder"], jaar["zonder_verrekening"]["met"]
    if zonder["bedrag_cent"] is None:
        return "Hoeveel schulden er zonder verrekening waren geweest, is met zo weinig huishoudens niet te zeggen."
    over = (
        f"{met['huishoudens']} huishoudens, gemiddeld {euro(met['gemiddeld_cent'])}"
        if met["bedrag_cent"]
        else "geen enkel huishouden"
        if met["huishoudens"] == 0
        else "minder dan tien huishoudens"
    )
    return (
        "Wat was er zonder verrekening gebeurd? Dat is uitgerekend, niet gemeten. Stel dat de gemeente pas aan het "
        f"eind van het jaar keek. Dan hadden {zonder['huishoudens']} huishoudens een brief gekregen om geld terug te "
        f"betalen: gemiddeld {euro(zonder['gemiddeld_cent'])}. Met verrekening geldt dat voor {over}."
    )


def _norm(uit: dict[str, Any]) -> str:
    maanden = uit["indicatoren"]["groningen"]["maanden"]
    bekend = [een["onterecht_bedrag_pct"] for een in maanden if een["onterecht_bedrag_pct"] is not None]
    if not bekend:
        return "Welk deel te veel is betaald en niet op tijd is verrekend, is per maand te klein om te tonen."
    hoogste, boven = max(bekend), sum(een >= NORM_ONTERECHT_PCT for een in bekend)
    slot = "altijd onder 1%" if not boven else f"in {boven} van deze maanden 1% of meer"
    return (
        f"Het deel van de bijstand dat te veel is betaald en niet op tijd is verrekend, is te tonen over {len(bekend)} "
        f"maanden. Het was {slot} en op zijn hoogst {_komma(hoogste)}%."
    )


def _komma(waarde: float) -> str:
    return f"{waarde:g}".replace(".", ",")
