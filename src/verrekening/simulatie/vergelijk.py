"""Today beside another policy: who gains, who loses, what it costs, how many stop. Never about fewer than ten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from verrekening.beleid import Beleid
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import toon_maand
from verrekening.monitor import Gegevens, verslag
from verrekening.monitor.geheim import MINIMUM, bij, toon, verberg
from verrekening.parameters import Parameters, laad
from verrekening.simulatie.spel import Uitgangspunt, speel
from verrekening.simulatie.verschuif import verschuif
from verrekening.uitvoer import bewijs
from verrekening.versie import VERSIE

FORMAAT = "simulatie.v1"
GRENZEN = (-50_000, -10_000, -1_000, 0, 1, 1_001, 10_001, 50_001)
"""Lower bounds in cents of the classes of difference per household over the whole row of months."""
KLASSEN = (
    "meer dan € 500 minder", "€ 100 tot € 500 minder", "€ 10 tot € 100 minder", "tot € 10 minder", "gelijk",
    "tot € 10 meer", "€ 10 tot € 100 meer", "€ 100 tot € 500 meer", "meer dan € 500 meer",
)  # fmt: skip
BUFFERBUDGET = 100_000
"""Room of the bufferbudget per household and calendar year (art. 34b, provisional), in cents."""
_JAAR = 12

TOELICHTING = {
    "recht": "Vergeleken is het recht op bijstand over alle maanden samen, met wat in de laatste maand bekend was.",
    "spel": "Beide berekeningen spelen de maanden na: de gemeente betaalt wat is berekend, de dossiers zijn zoals ze "
    "nu bekend zijn, en loon wordt bekend op de dag waarop het echt werd gelezen.",
    "gedrag": "Mensen doen in de berekening hetzelfde als in werkelijkheid. Wat zij bij een ander beleid anders zouden "
    "doen, is niet meegerekend.",
}
_ANDER_JAAR = {
    "jaar": "Alle feiten zijn verplaatst naar het andere jaar: loon, leeftijd, leefvorm. Het verschil komt dus van de "
    "wet en de bedragen, ook van normen die in dat jaar eerder hoger zijn. Wat vóór de eerste maand is betaald, blijft "
    "het oude bedrag; daardoor kan er in de eerste maand meer nabetaling zijn.",
    "toestemming": "Wie toestemming had voor de vrijlating van nu, krijgt die ook voor de vrijlating van art. 34a.",
}


def simuleer(
    u: Uitgangspunt,
    beleid: Beleid,
    wijzigingen: list[str],
    jaar: int | None = None,
    voortgang: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Plays the months with the policy of today and with another one.

    Args:
        u: the facts.
        beleid: the other policy.
        wijzigingen: what is different, in words.
        jaar: move the facts for the other policy to this calendar year (that of the last month); None: leave them.
        voortgang: told each month that is played.

    Raises:
        BeleidGeweigerd: an amount of a policy cannot be used.
        ParameterGeweigerd: an amount has no value in a month that is played.
    """
    jaren = 0 if jaar is None else jaar - (u.maanden[-1][0] // _JAAR + 1970)
    u_dan = verschuif(u, jaren) if jaren else u
    p_nu, _ = _parameters(u.beleid, u)
    p_dan, verlopen = _parameters(beleid, u_dan)
    nu, dan = speel(u, u.beleid, p_nu, voortgang), speel(u_dan, beleid, p_dan, voortgang)
    uit: dict[str, Any] = {
        "versie": FORMAAT,
        "van": toon_maand(u.maanden[0][0]),
        "tot": toon_maand(u.maanden[-1][0]),
        "jaar": jaar,
        "wijzigingen": wijzigingen,
        "minimum": MINIMUM,
        "recht": _recht(nu, dan, jaren),
        "uitvoering": {"nu": _uitvoering(nu), "dan": _uitvoering(dan)},
        "doorgetrokken_bedragen": verlopen,
        "toelichting": TOELICHTING | (_ANDER_JAAR if jaren else {}),
    }
    uit["bewijs"] = bewijs(
        {
            "engine": VERSIE,
            "run": {"boeking": u.boeking, "vingerafdruk": u.vingerafdruk},
            "maanden": [toon_maand(p) for p, _ in u.maanden],
            "jaren_verschoven": jaren,
            "beleid_nu_sha256": u.beleid.sha256,
            "beleid_dan_sha256": beleid.sha256,
            "parameters_nu_sha256": p_nu.vingerafdruk(),
            "parameters_dan_sha256": p_dan.vingerafdruk(),
            "wijzigingen": wijzigingen,
        }
    )
    return uit


def _parameters(beleid: Beleid, u: Uitgangspunt) -> tuple[Parameters, list[str]]:
    """The amounts of a policy, and what was taken to go on because it is not known yet."""
    laatste = u.maanden[-1][0]
    parameters = laad().met_eigen(beleid.parameters)
    return parameters.doorgetrokken(laatste), sorted(naam for naam, _ in parameters.verloopt(laatste))


def _per_maand(g: Gegevens) -> pd.DataFrame:
    """Right per household and month of right, as known in the last payment month; cents."""
    laatste, eerste = g.maanden[-1], g.maanden[0]
    standen = g.standen[(g.standen["p"] == laatste) & (g.standen["r"] >= eerste)]
    betaling = g.betalingen[g.betalingen["p"] == laatste].assign(r=laatste)
    velden = ["dossiernummer", "r", "bijstand"]
    return pd.concat([standen[velden], betaling[velden]], ignore_index=True)


def _recht(nu: Gegevens, dan: Gegevens, jaren: int) -> dict[str, Any]:
    oud, nieuw = _per_maand(nu), _per_maand(dan)
    nieuw["r"] -= _JAAR * jaren
    samen = oud.merge(nieuw, how="outer", on=["dossiernummer", "r"], suffixes=("_nu", "_dan"))
    bedragen = ["bijstand_nu", "bijstand_dan"]
    samen[bedragen] = samen[bedragen].fillna(0).astype("int64")
    per = samen.groupby("dossiernummer")[bedragen].sum()
    verschil = (per["bijstand_dan"] - per["bijstand_nu"]).to_numpy()
    meer, minder = verschil[verschil > 0], -verschil[verschil < 0]
    aantallen = np.array([len(meer), len(minder), len(verschil) - len(meer) - len(minder)], np.int64)
    weg = verberg(aantallen)
    bedrag_weg = bool(weg[:2].any())
    toont_som = (len(meer) + len(minder)) == 0 or len(meer) + len(minder) >= MINIMUM
    kop = {
        naam: _groep(deel, verborgen=bool(weg[nr]), zonder_bedrag=bedrag_weg)
        for nr, (naam, deel) in enumerate((("meer", meer), ("minder", minder)))
    }
    klasse = np.bincount(np.searchsorted(GRENZEN, verschil, side="right"), minlength=len(KLASSEN)).astype(np.int64)
    klasse_weg = _verberg_klassen(klasse, weg)
    maanden = samen.groupby("r")[bedragen].sum()
    anders = samen[samen["bijstand_nu"] != samen["bijstand_dan"]].groupby("r").size()
    return {
        "huishoudens": toon(len(verschil)),
        **kop,
        "gelijk": toon(int(aantallen[2]), verborgen=bool(weg[2])),
        "kosten_nu_cent": int(per["bijstand_nu"].sum()) if len(per) >= MINIMUM else None,
        "kosten_verschil_cent": int(verschil.sum()) if toont_som else None,
        "klassen": {
            naam: toon(int(n), verborgen=bool(h)) for naam, n, h in zip(KLASSEN, klasse, klasse_weg, strict=True)
        },
        "maanden": [
            {
                "maand": toon_maand(r),
                "verschil_cent": na - voor if toont_som and not 0 < int(anders.get(r, 0)) < MINIMUM else None,
            }
            for r, voor, na in zip(maanden.index.tolist(), *maanden.to_numpy().T.tolist(), strict=True)
        ],
    }


def _verberg_klassen(klasse: Getallen, weg: Masker) -> Masker:
    """Hidden classes: each side has a total of its own, and the classes must not tell a total that is hidden."""
    meer_weg, minder_weg, gelijk_weg = weg
    midden = KLASSEN.index("gelijk")

    def kant(deel: Getallen, totaal_weg: bool) -> Masker:
        return np.asarray(deel > 0) if totaal_weg else verberg(deel)

    return np.concatenate([kant(klasse[:midden], minder_weg), [gelijk_weg], kant(klasse[midden + 1 :], meer_weg)])


def _groep(cent: Any, *, verborgen: bool, zonder_bedrag: bool) -> dict[str, Any]:
    aantal = toon(len(cent), verborgen=verborgen)
    mag = isinstance(aantal, int) and not zonder_bedrag
    return {
        "huishoudens": aantal,
        "bedrag_cent": int(cent.sum()) if mag else None,
        "gemiddeld_cent": bij(aantal, round(cent.mean())) if mag and len(cent) else None,
    }


def _uitvoering(g: Gegevens) -> dict[str, Any]:
    """What the office notices: stops, people below the minimum, what stays open; the room of the bufferbudget."""
    uit = verslag(g)
    rij = uit["jaren"][-1]
    tekort = g.signalen[(g.signalen["code"] == "ONDER_BESTAANSMINIMUM") & (g.signalen["r"] == g.signalen["p"])]
    per = tekort.groupby(["dossiernummer", tekort["p"] // _JAAR])["bedrag"].sum()
    aantal = toon(per.index.get_level_values(0).nunique())
    zwaar = g.signalen[g.signalen["gewicht"] == "stop"]
    return {
        "gestopt_huishoudens": toon(zwaar["dossiernummer"].nunique()),
        "zonder_mens_pct": rij["afhandeling"]["zonder_mens_pct"],
        "onder_minimum_huishoudens": aantal,
        "tekort_cent": 0 if aantal == 0 else bij(aantal, int(per.sum())),
        "binnen_bufferbudget_cent": 0 if aantal == 0 else bij(aantal, int(per.clip(upper=BUFFERBUDGET).sum())),
        **{naam: rij[naam] for naam in ("verrekend", "nabetaald", "open", "nieuwe_vordering")},
        "maanden": [een["maand"] for een in uit["maanden"]],
        "zonder_mens_per_maand": [een["afhandeling"]["zonder_mens_pct"] for een in uit["maanden"]],
    }
