"""Words of the law that must stay in a letter, each with what it means in simple words."""

from __future__ import annotations

import re
from collections.abc import Iterable

BEGRIPPEN: dict[str, str] = {
    "aflossing": "Een bedrag dat u elke maand terugbetaalt op een schuld.",
    "bijstand": "Geld van de gemeente als u te weinig inkomsten heeft om van te leven.",
    "bufferbudget": "Geld van de gemeente voor als u door werk een keer te weinig overhoudt.",
    "inkomsten": "Al het geld dat u krijgt, bijvoorbeeld loon of een andere uitkering.",
    "maatregel": "Een verlaging van uw bijstand omdat u een regel niet heeft gevolgd.",
    "nabetaling": "Geld dat u nog van ons krijgt, omdat we eerder te weinig betaalden.",
    "netto": "Wat u echt krijgt. De belasting is er al af.",
    "norm": "Het hoogste bedrag aan bijstand voor mensen in uw situatie.",
    "reservering": "Een deel van uw bijstand dat wij voor u bewaren. U krijgt het in juni als vakantiegeld.",
    "verrekenen": "Wij halen te veel betaald geld af van uw volgende betaling.",
    "vrijlating": "Het deel van uw loon dat u mag houden.",
}

_VORMEN = {
    "verrekenen": r"verreken\w*|verreken(?:d|t)",
    "maatregel": r"maatregel\w*",
    "vrijlating": r"vrijlating\w*|vrijgelaten",
    "nabetaling": r"nabetal\w+|nabetaald",
    "reservering": r"reservering\w*",
    "aflossing": r"aflossing\w*",
}


def begrippen_in(teksten: Iterable[str]) -> list[tuple[str, str]]:
    """The words of the list that occur in the texts, in alphabetical order, with what they mean."""
    alles = " ".join(teksten).lower()
    return [
        (woord, uitleg)
        for woord, uitleg in BEGRIPPEN.items()
        if re.search(rf"\b(?:{_VORMEN.get(woord, woord)})\b", alles)
    ]
