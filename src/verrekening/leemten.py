"""Declared gaps: what the law asks and this engine does not compute, per article.

One list for everybody: `verrekening regels --niet`, the documentation, and the explanation of a case in which a
gap may matter. A gap is not an error and not a signal: a human must know where the calculation ends.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leemte:
    """Something that is not computed.

    Attributes:
        code: stable name.
        artikel: where the law says it.
        wat: what it is, and what the engine does instead (Dutch, B1).
        doen: what a human does about it (Dutch, B1).
        in_zaak: when the explanation of a case names it (Dutch); empty: never, it can't be seen in a case.
    """

    code: str
    artikel: str
    wat: str
    doen: str
    in_zaak: str = ""


LEEMTEN: tuple[Leemte, ...] = (
    Leemte(
        "IOAW_IOAZ",
        "IOAW; IOAZ",
        "De IOAW en de IOAZ zijn bruto uitkeringen. Dit programma rekent alleen de netto bijstand.",
        "Lever geen dossiers aan met een IOAW- of IOAZ-uitkering.",
    ),
    Leemte(
        "BIJZONDERE_BIJSTAND",
        "Pw art. 12, 35",
        "Bijzondere bijstand en de individuele toeslagen worden niet berekend en niet verrekend.",
        "Boek ze niet als betaling over een maand.",
    ),
    Leemte(
        "AIO",
        "Pw art. 47a tot en met 47g",
        "De aanvullende inkomensvoorziening ouderen (AIO) is van de SVB en wordt niet berekend.",
        "Verwijs de inwoner naar de SVB.",
    ),
    Leemte(
        "AFWIJKING_24A",
        "Pw art. 24a",
        "Vanaf 2027 is de norm hoger voor een alleenstaande ouder met een partner zonder recht op bijstand. "
        "Die verhoging wordt niet berekend.",
        "Beoordeel of de verhoging geldt, en keer haar buiten dit programma uit.",
        "vanaf 2027 bij een alleenstaande ouder, of bij gehuwden van wie er een geen recht heeft",
    ),
    Leemte(
        "NIET_DUURZAAM_GESCHEIDEN",
        "Pw art. 32 lid 4",
        "Woont de partner zonder recht op bijstand ergens anders, maar zijn de partners niet duurzaam gescheiden, "
        "dan telt zijn inkomen anders mee. Dit programma rekent altijd volgens lid 3.",
        "Stel zelf vast hoeveel van het inkomen van de partner meetelt.",
        "bij een partner zonder recht op bijstand",
    ),
    Leemte(
        "OUDEDAGSVOORZIENING",
        "Pw art. 33 lid 5",
        "Vanaf de AOW-leeftijd telt een klein deel van een eigen pensioen niet mee. Welk pensioen dat is, staat niet "
        "in de loongegevens. Dit programma telt het hele pensioen mee.",
        "Kijk of het om een particuliere oudedagsvoorziening gaat, en geef het bedrag door met een besluit.",
        "bij een pensioen (SrtIV 56 tot en met 60) van iemand met de AOW-leeftijd",
    ),
    Leemte(
        "OVERLIJDEN",
        "Pw art. 45 lid 5",
        "Na een overlijden loopt de bijstand nog een maand door naar de oude norm. Dat wordt niet berekend.",
        "Laat de oude situatie in het dossier staan tot een maand na het overlijden.",
    ),
    Leemte(
        "JONGER_DAN_27_IN_2026",
        "Pw art. 31 lid 5; gedoogd in 2026",
        "In 2026 mag een gemeente vooruitlopen op de ruimere vrijlating voor mensen jonger dan 27. "
        "Dit programma volgt de wet, en die kent deze vrijlating in 2026 niet.",
        "Past uw gemeente dit toe, verreken dan met de hand.",
        "in 2026 bij loon van iemand jonger dan 27",
    ),
    Leemte(
        "OVERGANG_2027",
        "Pw art. 78ff lid 2 tot en met 4",
        "Het overgangsrecht bij de nieuwe vrijlating van 2027 is nog niet bekendgemaakt en wordt niet berekend.",
        "Kijk of het overgangsrecht voor deze inwoner gunstiger is.",
        "vanaf 2027 bij loon uit werk",
    ),
    Leemte(
        "TERUGVORDERING",
        "Pw art. 54, 58, 59, 60",
        "Het besluit om bijstand terug te vorderen wordt niet genomen. Wat niet mag worden verrekend, blijft staan "
        "als signaal met een bedrag.",
        "Beslis of u terugvordert, en zet het besluit in het dossier (teruggevorderd).",
        "bij een bedrag dat niet mag worden verrekend (BUITEN_TERMIJN, GEEN_MIDDELEN, RESTANT_BIJ_EINDE)",
    ),
    Leemte(
        "BESLAGVRIJE_VOET",
        "Pw art. 60 lid 3; Rv art. 475c tot en met 475e",
        "De beslagvrije voet wordt niet berekend. Een aflossing wordt ingehouden zoals zij in het dossier staat.",
        "Controleer of de aflossing de beslagvrije voet heel laat.",
        "bij een aflossing",
    ),
)
"""In the order of the subject: other schemes, norm, income, exemption, settlement."""


def leemte(code: str) -> Leemte:
    """The gap with that code. Raises KeyError."""
    return {een.code: een for een in LEEMTEN}[code]
