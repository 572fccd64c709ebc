"""Does settlement work out differently for one group than for the others? Shares, intervals, tests, and what they mean.

The unit is a household over all months together: its months are not independent of each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from verrekening.kolommen import Getallen, Masker
from verrekening.monitor.bron import Gegevens
from verrekening.monitor.cijfers import VORDERINGEN
from verrekening.monitor.geheim import KLEIN, MINIMUM, VERBORGEN, toon, verberg
from verrekening.monitor.groepen import INDELINGEN, NIET_TE_MAKEN, Indeling
from verrekening.monitor.toetsen import Aandeel, Vergelijking, na_veel_toetsen, vergelijk

VERSIE = "biascheck.v1"
GRENS = 0.05
LAAT_DAGEN = 62
"""A line that comes later than this after the end of its month is late."""

UITKOMSTEN = {
    "gestopt": "ergens gestopt; een medewerker moest beslissen",
    "later_gecorrigeerd": "een maand die al verrekend was, is later opnieuw verrekend",
    "laat_verrekend": f"een verschil is pas na meer dan {LAAT_DAGEN} dagen verrekend",
    "blijft_open": "er bleef iets open dat niet meer verrekend kan worden, of dat aan het eind open stond",
    "onder_minimum": "ergens onder 95% van de norm gekomen",
}
"""What is compared; nothing else can be asked."""
LEESWIJZER = (
    (
        "Een verschil is nog geen onrecht, en geen verschil is nog geen bewijs dat alles goed gaat. Het laat zien waar"
        " u moet kijken."
    ),
    (
        "Vraag bij elk verschil: welke regel of instelling maakt het? Staat die in de wet, of heeft de gemeente"
        " gekozen? Wat merkt de inwoner ervan? Kan het met een andere instelling kleiner?"
    ),
    (
        "Schrijf op wat u vond, wat u ervan vindt en wat u doet. Is er geen goede uitleg, pas dan de instelling aan of"
        " laat een medewerker meekijken."
    ),
    (
        "De groepen komen uit gegevens die de berekening zelf gebruikt. Een groep kan wel samenhangen met iets wat"
        " hier niet staat: wie per vier weken loon krijgt, werkt vaker via een uitzendbureau."
    ),
    (
        "Er is gecorrigeerd voor het aantal vergelijkingen: over alle vergelijkingen samen is de kans op één vals alarm"
        " hooguit 1 op 20."
    ),
)
"""How to read it, in plain Dutch."""


def uitkomsten(g: Gegevens) -> pd.DataFrame:
    """Per household in these months whether each of `UITKOMSTEN` happened."""
    uit = pd.DataFrame({"dossiernummer": g.betalingen["dossiernummer"].drop_duplicates().tolist()})
    keer = g.lijnen.groupby(["dossiernummer", "r"])["p"].nunique()
    laatste = g.standen[(g.standen["p"] == g.maanden[-1]) & (g.standen["open"] > 0)]
    raak: dict[str, pd.Series[str]] = {
        "gestopt": _met_signaal(g, g.signalen["gewicht"] == "stop"),
        "later_gecorrigeerd": keer[keer > 1].reset_index()["dossiernummer"],
        "laat_verrekend": g.lijnen.loc[g.lijnen["dagen"] > LAAT_DAGEN, "dossiernummer"],
        "blijft_open": pd.concat(
            [laatste["dossiernummer"], _met_signaal(g, g.signalen["code"].isin(VORDERINGEN))], ignore_index=True
        ),
        "onder_minimum": _met_signaal(g, g.signalen["code"] == "ONDER_BESTAANSMINIMUM"),
    }
    return uit.assign(**{naam: uit["dossiernummer"].isin(raak[naam]) for naam in UITKOMSTEN})


def _met_signaal(g: Gegevens, welke: pd.Series[bool]) -> pd.Series[str]:
    return g.signalen.loc[welke, "dossiernummer"]


def biascheck(g: Gegevens, groepen: pd.DataFrame, anders: Mapping[str, Gegevens] | None = None) -> dict[str, Any]:
    """Every group beside the rest of its division, for every outcome.

    Args:
        g: the months.
        groepen: `groepen.groepen` over the same months.
        anders: the same months played with one setting of the policy changed, by that change; for the effect of it.
            The first, without a change, is ``""``.

    Returns:
        JSON of version ``biascheck.v1``. Shares are from 0 to 1; what is about fewer than ten is hidden.
    """
    tabel = groepen.merge(uitkomsten(g), how="inner", on="dossiernummer")
    rijen = [rij for indeling in INDELINGEN for naam in UITKOMSTEN for rij in _vergelijk(tabel, indeling, naam)]
    getoetst = [rij for rij in rijen if rij["toets"] is not None]
    for rij, p in zip(getoetst, na_veel_toetsen([rij["toets"].p for rij in getoetst]), strict=True):
        rij["p_gecorrigeerd"] = p
    return {
        "versie": VERSIE,
        "van": g.namen[0],
        "tot": g.namen[-1],
        "minimum": MINIMUM,
        "huishoudens_met_inkomen": toon(len(tabel)),
        "vergelijkingen": len(getoetst),
        "uitkomsten": UITKOMSTEN,
        "rijen": [_als_data(rij) for rij in rijen],
        "effect_van_instellingen": _effecten(groepen, anders or {}, rijen),
        "niet_te_maken": NIET_TE_MAKEN,
        "leeswijzer": list(LEESWIJZER),
    }


def _vergelijk(tabel: pd.DataFrame, indeling: Indeling, naam: str) -> list[dict[str, Any]]:
    """The groups of one division for one outcome, with what must be hidden."""
    groep = tabel[indeling.naam].to_numpy()
    mee = groep >= 0
    raak = np.bincount(groep[mee & tabel[naam].to_numpy()], minlength=len(indeling.groepen)).astype(np.int64)
    alle = np.bincount(groep[mee], minlength=len(indeling.groepen)).astype(np.int64)
    weg = _weg(raak, alle)
    uit = []
    # Of two groups the second is the rest of the first: one comparison.
    for nr, woord in enumerate(indeling.groepen[: None if len(indeling.groepen) > 2 else 1]):
        n, x = int(alle[nr]), int(raak[nr])
        rest_n, rest_x = int(alle.sum()) - n, int(raak.sum()) - x
        mag = n >= MINIMUM and rest_n >= MINIMUM
        uit.append(
            {
                "indeling": indeling.naam,
                "groep": woord,
                "uitkomst": naam,
                "huishoudens": n,
                "raak": x,
                "verborgen": bool(weg[nr]),
                "toets": vergelijk(x, n, rest_x, rest_n) if mag else None,
            }
        )
    return uit


def _weg(raak: Getallen, alle: Getallen) -> Masker:
    """A count of who had the outcome, or of who had not, of one through nine is hidden, and what would tell it."""
    weg = verberg(raak) | verberg(alle - raak) | verberg(alle)
    if weg.sum() == 1:
        rest = np.where(weg, np.iinfo(np.int64).max, alle)
        weg[np.argmin(rest)] = True
    return weg


def _als_data(rij: dict[str, Any]) -> dict[str, Any]:
    toets: Vergelijking | None = rij["toets"]
    uit = {naam: rij[naam] for naam in ("indeling", "groep", "uitkomst")}
    uit["huishoudens"] = toon(rij["huishoudens"], verborgen=toets is None)
    if toets is None:
        return uit | {"aantal": KLEIN if 0 < rij["raak"] < MINIMUM else VERBORGEN, "oordeel": "te_klein"}
    p = rij["p_gecorrigeerd"]
    uit |= {
        "oordeel": "verschil" if p < GRENS else "geen",
        "richting": "vaker" if toets.verschil.waarde > 0 else "minder vaak",
    }
    if rij["verborgen"]:
        # Whether there is a difference may be told: the check is not blind where nearly everybody is hit.
        return uit | {"aantal": KLEIN if 0 < rij["raak"] < MINIMUM else VERBORGEN}
    return uit | {
        "aantal": rij["raak"],
        "aandeel": _interval(toets.groep),
        "aandeel_rest": _interval(toets.rest),
        "verschil": _interval(toets.verschil),
        "p": round(toets.p, 4),
        "p_gecorrigeerd": round(p, 4),
    }


def _interval(een: Aandeel) -> dict[str, float]:
    return {naam: round(getattr(een, naam), 4) for naam in ("waarde", "laag", "hoog")}


def _effecten(
    groepen: pd.DataFrame, anders: Mapping[str, Gegevens], rijen: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What one other setting does to every difference that was found: the difference now, and with it."""
    gevonden = {
        (rij["indeling"], rij["groep"], rij["uitkomst"])
        for rij in rijen
        if rij["toets"] is not None and not rij["verborgen"] and rij["p_gecorrigeerd"] < GRENS
    }
    uit = []
    nu: dict[tuple[str, str, str], float] = {}
    for wijziging, g in anders.items():
        tabel = groepen.merge(uitkomsten(g), how="inner", on="dossiernummer")
        for indeling in INDELINGEN:
            for naam in UITKOMSTEN:
                for rij in _vergelijk(tabel, indeling, naam):
                    sleutel = (rij["indeling"], rij["groep"], rij["uitkomst"])
                    if sleutel not in gevonden or rij["toets"] is None or rij["verborgen"]:
                        continue
                    verschil = rij["toets"].verschil.waarde
                    if not wijziging:
                        nu[sleutel] = verschil
                    elif sleutel in nu:
                        namen = dict(zip(("indeling", "groep", "uitkomst"), sleutel, strict=True))
                        van, naar = round(nu[sleutel], 4), round(verschil, 4)
                        uit.append(namen | {"instelling": wijziging, "verschil_nu": van, "verschil_dan": naar})
    return uit
