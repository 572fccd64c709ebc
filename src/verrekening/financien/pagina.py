"""One page about a closing: the chain, what was paid, and three pictures. No household is named on it."""

from __future__ import annotations

from verrekening.financien import tabellen
from verrekening.financien.afsluiting import Afsluiting
from verrekening.financien.saldi import TERMIJN
from verrekening.maand import toon_maand, toon_moment
from verrekening.rapport import Reeks, lijnen, omgeving, staven


def webpagina(afsluiting: Afsluiting) -> str:
    """The page as self-contained HTML."""
    boek, v = afsluiting.boeken, afsluiting.vergelijking
    return (
        omgeving("verrekening.financien")
        .get_template("aansluiting.html.j2")
        .render(
            maand=toon_maand(boek.betaalmaand),
            run=boek.maand.run,
            peildatum=toon_moment(boek.maand.run.peilmoment),
            klopt=afsluiting.klopt,
            te_betalen=int(boek.betaling["te_betalen"].sum()),
            open_=int(afsluiting.openstaand["open"].sum()),
            keten=afsluiting.keten,
            soorten=None if v is None else tabellen.per_soort(v).to_dict("records"),
            ouderdom=_ouderdom(afsluiting),
            per_maand=_per_maand(afsluiting),
            vermeden=_vermeden(afsluiting),
        )
    )


def _ouderdom(afsluiting: Afsluiting) -> str:
    tabel = afsluiting.openstaand
    per_leeftijd = tabel.groupby(tabel["maanden"].clip(upper=TERMIJN + 1))["open"].sum()
    namen = [*(str(leeftijd) for leeftijd in range(TERMIJN + 1)), f"meer dan {TERMIJN}"]
    waarden = [int(per_leeftijd.get(leeftijd, 0)) for leeftijd in range(TERMIJN + 2)]
    reeksen = [
        Reeks("nog te verrekenen", [*waarden[:TERMIJN], 0, 0]),
        Reeks("laatste maand", [*[0] * TERMIJN, waarden[TERMIJN], 0]),
        Reeks("buiten de termijn", [*[0] * (TERMIJN + 1), waarden[-1]]),
    ]
    return staven(namen, reeksen, "Open naar maanden sinds de ontvangst", gestapeld=True)


def _per_maand(afsluiting: Afsluiting) -> str:
    tabel = afsluiting.per_maand
    namen = [toon_maand(maand) for maand in tabel["betaalmaand"].tolist()]
    reeksen = [Reeks("verrekend", tabel["verrekend"].tolist()), Reeks("nabetaald", tabel["nabetaald"].tolist())]
    return staven(namen, reeksen, "Verrekend en nabetaald per betaalmaand")


def _vermeden(afsluiting: Afsluiting) -> str:
    tabel = afsluiting.per_maand
    namen = [toon_maand(maand) for maand in tabel["betaalmaand"].tolist()]
    reeksen = [
        Reeks("verrekend, opgeteld", tabel["verrekend"].cumsum().tolist()),
        Reeks("open buiten de termijn", tabel["buiten"].tolist()),
    ]
    return lijnen(namen, reeksen, "Vermeden terugvorderingen")
