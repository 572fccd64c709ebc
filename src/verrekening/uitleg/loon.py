"""The wage records of the case and their parts per month, as data: chapters N and T, A5, and what is expected (S6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from verrekening.berekening import Spoor
from verrekening.berekening.bereik import EERSTE_MAAND
from verrekening.berekening.inkomen import (
    CATEGORIEEN,
    DOORGETROKKEN,
    GESCHAT,
    TERUGVERDEELD,
    UIT_OPGAVE,
    Inkomen,
)
from verrekening.berekening.opgaven import Opgaven
from verrekening.geld import euro
from verrekening.maand import OPEN, maand_van, toon_datum, toon_maand
from verrekening.motor.regel import Tabelregel
from verrekening.regels import OPGAVE, TABELREGELS
from verrekening.regels.toerekening import DERTIEN_TWAALFDE, KALENDERDAGEN, WERKDAGEN, Delen
from verrekening.uitleg.herkomst import Herkomst, verwijzing
from verrekening.uitleg.stappen import Rij, regels_van_rij, volgnummer

_TABELREGELS: dict[str, Tabelregel] = {regel.naam: regel for regel in TABELREGELS}
_REST, _TERUG = (
    verwijzing("inkomstenopgave", next(regel for regel in OPGAVE.regels if regel.naam == naam))
    for naam in ("rest", "netto_terugverdeeld")
)


class Loon:
    """Records, parts and carried income of one household."""

    def __init__(self, herkomst: Herkomst, spoor: Spoor) -> None:
        self.herkomst = herkomst
        self.opgaven: Opgaven = spoor.tabellen["opgaven"]
        self.delen: Delen = spoor.tabellen["delen"]
        self.inkomen: Inkomen = spoor.tabellen["inkomen"]
        self.besteedbaar: Inkomen = spoor.tabellen["besteedbaar"]
        uitkomst = herkomst.resultaat.uitkomst
        self.betaalmaand = uitkomst.bereik.betaalmaand
        uit_opgave = self.inkomen.rijen(self.inkomen.soort == UIT_OPGAVE)
        self._telt = set(zip(uit_opgave.opgave.tolist(), uit_opgave.maand.tolist(), strict=True))
        self._geschat = {
            (int(persoon), int(maand))
            for persoon, maand, soort in zip(self.inkomen.persoon, self.inkomen.maand, self.inkomen.soort, strict=True)
            if soort == GESCHAT
        }

    def rijen(self, *, volledig: bool) -> list[int]:
        """The records that matter: they touch a computed month, or a month that is carried on."""
        bereik = self.herkomst.resultaat.uitkomst.bereik
        eerste = int(bereik.maanden[bereik.is_r[:, 0]].min(initial=self.betaalmaand))
        for inkomen in (self.inkomen, self.besteedbaar):
            eerste = min([eerste, *[int(maand) for maand in inkomen.bron_maand if maand >= 0]])
        raakt = maand_van(self.opgaven.eind) >= eerste
        return [int(rij) for rij in np.flatnonzero(raakt | volledig)]

    def regels(self, *, volledig: bool) -> Iterator[dict[str, Any]]:
        """Chapter N per record, T1 to T3 per part, then what is carried on or estimated (A5, S4, S6)."""
        for rij in self.rijen(volledig=volledig):
            yield from self._opgave(rij, volledig=volledig)
            yield self._gewerkt(rij)
            yield from self._delen_van(rij, volledig=volledig)
            yield from self._terugverdeeld(rij)
        yield from self._doorgetrokken()
        yield from self._geschat_loon()
        yield self._besteedbaar()

    def _plaats(self, rij: int) -> dict[str, Any]:
        return {
            "niveau": "inkomstenopgave",
            "maand": toon_maand(maand_van(int(self.opgaven.eind[rij]))),
            "persoon": volgnummer(self.herkomst, int(self.opgaven.persoon[rij])),
            "opgave": self.herkomst.opgave(rij),
        }

    def _opgave(self, rij: int, *, volledig: bool) -> Iterator[dict[str, Any]]:
        graaf = OPGAVE.op(self.betaalmaand)
        maand = max(maand_van(int(self.opgaven.tv_eind[rij])), EERSTE_MAAND)
        waarden = self.herkomst.resultaat.parameters.voor_maand(maand, graaf.parameters)

        def bron(naam: str) -> dict[str, Any]:
            return self.herkomst.argument(naam, graaf, waarden, rij)

        yield from regels_van_rij(graaf, Rij(self.opgaven.kolommen, rij), self._plaats(rij), bron, volledig=volledig)

    def _gewerkt(self, rij: int) -> dict[str, Any]:
        """T1: the working period."""
        o, regel = self.opgaven, _TABELREGELS["gewerkte_periode"]
        periode = f"{toon_datum(int(o.begin[rij]))} t/m {toon_datum(int(o.eind[rij]))}"
        bron = {"soort": "opgave"} | self.herkomst.opgave(rij)
        dagen = {
            "tijdvak_begin": o.tv_begin,
            "tijdvak_eind": o.tv_eind,
            "dienstverband_begin": o.ikv_begin,
            "dienstverband_eind": o.ikv_eind,
        }
        return {
            **self._plaats(rij),
            **_kop(regel, "Tekst"),
            "waarde": periode,
            "formule": f"{regel.zin}: {periode}" + (" (geheel buiten de inkomstenverhouding)" if o.buiten[rij] else ""),
            "invoer": [
                {"naam": naam, "waarde": _dag(int(kolom[rij])), "herkomst": bron} for naam, kolom in dagen.items()
            ],
        }

    def _delen_van(self, rij: int, *, volledig: bool) -> Iterator[dict[str, Any]]:
        """T2 and T3: the parts of a record per month, and whether they count."""
        d = self.delen
        rest = int(self.opgaven.kolommen["rest"][rij])
        eigen = np.flatnonzero(d.ouder == rij)
        totaal = int(d.dagen[eigen].sum())
        for deel in eigen:
            bedrag, dagen, maand = int(d.bedrag[deel]), int(d.dagen[deel]), int(d.maand[deel])
            wijze = int(d.wijze[deel])
            regel = _TABELREGELS[
                "verdeel_over_maanden" if wijze in (KALENDERDAGEN, WERKDAGEN) else "reken_om_naar_maand"
            ]
            niet_geteld = rest != 0 and bedrag == 0 and wijze == DERTIEN_TWAALFDE
            if bedrag == 0 and not (volledig or niet_geteld):
                continue
            binnen = bool(d.binnen[deel])
            telt = binnen and (rij, maand) in self._telt
            verdeling = _verdeling(wijze, dagen, totaal, rest, bedrag)
            yield {
                **self._plaats(rij),
                "niveau": "deel",
                "maand": toon_maand(maand),
                **_kop(regel, "Cent"),
                "regel": "T2" if binnen else "T3",
                "bedrag_cent": bedrag,
                "telt": telt,
                "formule": verdeling
                + ("" if telt else f"; telt niet mee: {self._waarom_niet(rij, maand, binnen=binnen)}"),
                "invoer": [
                    {"naam": "rest", "bedrag_cent": rest, "herkomst": _REST},
                    {"naam": "dagen", "waarde": dagen, "herkomst": _kalender("dagen van dit deel")},
                    {"naam": "dagen_totaal", "waarde": totaal, "herkomst": _kalender("dagen van alle delen samen")},
                ],
            }

    def _waarom_niet(self, rij: int, maand: int, *, binnen: bool) -> str:
        if not binnen:
            return "deze dagen vallen buiten de bijstand"
        persoon = int(self.opgaven.persoon[rij])
        if (persoon, maand) in self._geschat:
            return "de opgaven van deze maand zijn nog niet compleet; de schatting geldt"
        if self._trekt_door(rij, maand):
            return "de opgaven van deze maand zijn nog niet compleet; de laatst bekende maand geldt"
        if maand == self.betaalmaand:
            return "loon over de betaalmaand wordt pas bij de volgende betaling verrekend"
        return "de opgave heeft een stop, of hoort bij een maand of persoon die niet wordt berekend"

    def _trekt_door(self, rij: int, maand: int) -> bool:
        i, o = self.inkomen, self.opgaven
        deze = (i.soort == DOORGETROKKEN) & (i.maand == maand) & (i.persoon == o.persoon[rij])
        return bool((deze & (i.lhnr == o.lhnr[rij]) & (i.numiv == o.numiv[rij])).any())

    def _terugverdeeld(self, rij: int) -> Iterator[dict[str, Any]]:
        """N6: the equal parts of special pay in the months in which it was earned."""
        i, regel = self.inkomen, _TABELREGELS["verdeel_terug"]
        for deel in np.flatnonzero((i.soort == TERUGVERDEELD) & (i.opgave == rij)):
            bedrag = int(i.bedrag[deel])
            geheel = int(self.opgaven.kolommen["netto_terugverdeeld"][rij])
            yield {
                **self._plaats(rij),
                "niveau": "deel",
                "maand": toon_maand(int(i.maand[deel])),
                **_kop(regel, "Cent"),
                "bedrag_cent": bedrag,
                "telt": True,
                "formule": f"bijzondere beloning van {euro(geheel)} in gelijke delen per maand: {euro(bedrag)}",
                "invoer": [
                    {"naam": "netto_terugverdeeld", "bedrag_cent": geheel, "herkomst": _TERUG},
                ],
            }

    def _geschat_loon(self) -> Iterator[dict[str, Any]]:
        """S4: estimates that stand in for records."""
        for rij in np.flatnonzero(self.inkomen.soort == GESCHAT):
            bedrag = int(self.inkomen.bedrag[rij])
            herkomst = self.herkomst.uit_dossier("schatting van het loon")
            yield {
                "niveau": "deel",
                "maand": toon_maand(int(self.inkomen.maand[rij])),
                "persoon": volgnummer(self.herkomst, int(self.inkomen.persoon[rij])),
                "regel": "S4",
                "naam": "schatting",
                "artikel": "Pw art. 31 lid 1, art. 32 lid 1; beleid.methode",
                "soort": "Cent",
                "bedrag_cent": bedrag,
                "formule": f"geschat loon, tot de opgaven van de maand compleet zijn: {euro(bedrag)}",
                "invoer": [{"naam": "schatting", "bedrag_cent": bedrag, "herkomst": herkomst}],
            }

    def _doorgetrokken(self) -> Iterator[dict[str, Any]]:
        """A5: parts that carry the last known month on."""
        regel = _TABELREGELS["laatst_bekende_maand"]
        for rij in np.flatnonzero(self.inkomen.soort == DOORGETROKKEN):
            yield self._doorgetrokken_deel(self.inkomen, int(rij), _kop(regel, "Cent"), "deel", regel.zin)

    def _doorgetrokken_deel(
        self, inkomen: Inkomen, rij: int, kop: dict[str, Any], niveau: str, zin: str
    ) -> dict[str, Any]:
        bedrag, bron = int(inkomen.bedrag[rij]), toon_maand(int(inkomen.bron_maand[rij]))
        categorie = CATEGORIEEN[int(inkomen.categorie[rij])]
        return {
            "niveau": niveau,
            "maand": toon_maand(int(inkomen.maand[rij])),
            "persoon": volgnummer(self.herkomst, int(inkomen.persoon[rij])),
            **kop,
            "bedrag_cent": bedrag,
            "formule": f"{zin}: {bron}, {euro(bedrag)}",
            "invoer": [{"naam": "laatst_bekende_maand", "waarde": bron, "herkomst": _deel("T2", categorie)}],
        }

    def _besteedbaar(self) -> dict[str, Any]:
        """S6: the income that is expected in the payment month."""
        uitkomst = self.herkomst.resultaat.uitkomst
        anders = int(uitkomst.maanden.kolommen["besteedbaar_zonder_arbeid"][-1][0])
        totaal = int(uitkomst.betaling.betaling["besteedbaar"][0])
        arbeid = totaal - anders
        uit_maand = sorted({toon_maand(int(maand)) for maand in self.besteedbaar.bron_maand if maand >= 0})
        geschat = bool((self.besteedbaar.soort == GESCHAT).any())
        return {
            "niveau": "betaalmaand",
            "maand": toon_maand(self.betaalmaand),
            "regel": "S6",
            "naam": "besteedbaar",
            "artikel": "Pw art. 18 lid 1",
            "soort": "Cent",
            "bedrag_cent": totaal,
            "formule": f"besteedbaar = uitkeringen en ander inkomen {euro(anders)} + verwacht loon {euro(arbeid)}"
            + (f" (zoals in {', '.join(uit_maand)})" if uit_maand else "")
            + (" (volgens een schatting)" if geschat else ""),
            "invoer": [
                {
                    "naam": "besteedbaar_zonder_arbeid",
                    "bedrag_cent": anders,
                    "herkomst": {
                        "soort": "regel",
                        "niveau": "huishouden_maand",
                        "regel": "S6",
                        "naam": "besteedbaar_zonder_arbeid",
                    },
                },
                {
                    "naam": "verwacht_loon",
                    "bedrag_cent": arbeid,
                    "herkomst": _deel("A5", "laatst_bekende_maand") | {"maanden": uit_maand},
                },
            ],
        }

    def som_van_delen(self, persoon: int, maand: int, naam: str) -> dict[str, Any] | None:
        """Where a sum over wage records came from: the records, and the months that were carried on."""
        if naam not in CATEGORIEEN:
            return None
        i = self.inkomen
        deze = (i.persoon == persoon) & (i.maand == maand) & (i.categorie == CATEGORIEEN.index(naam))
        opgaven = [self.herkomst.opgave(int(rij)) for rij in i.opgave[deze] if rij >= 0]
        doorgetrokken = sorted({toon_maand(int(bron)) for bron in i.bron_maand[deze] if bron >= 0})
        uit = _deel("T2", "verdeel_over_maanden")
        if doorgetrokken and not opgaven:
            uit = _deel("A5", "laatst_bekende_maand")
        elif (i.soort[deze] == GESCHAT).any() and not opgaven:
            uit = _deel("S4", "schatting")
        return uit | {"opgaven": opgaven} | ({"doorgetrokken_uit": doorgetrokken} if doorgetrokken else {})


def _verdeling(wijze: int, dagen: int, totaal: int, rest: int, bedrag: int) -> str:
    """How an amount was split, in words."""
    if wijze in (KALENDERDAGEN, WERKDAGEN):
        soort = "werkdagen" if wijze == WERKDAGEN else "kalenderdagen"
        return f"{dagen} van {totaal} {soort} van {euro(rest)} = {euro(bedrag)}"
    if wijze == DERTIEN_TWAALFDE and rest and not bedrag:
        return f"dertiende vierwekenperiode van {euro(rest)}: telt bij × 13/12 niet mee"
    factor = "13/12" if wijze == DERTIEN_TWAALFDE else "30/28"
    recht = "" if dagen == totaal else f", {dagen} van {totaal} dagen"
    return f"vierwekenbedrag {euro(rest)} × {factor}{recht} = {euro(bedrag)}"


def _kop(regel: Tabelregel, soort: str) -> dict[str, Any]:
    return {"regel": regel.nummer, "naam": regel.naam, "artikel": regel.artikel, "soort": soort}


def _deel(nummer: str, naam: str) -> dict[str, Any]:
    return {"soort": "regel", "niveau": "deel", "regel": nummer, "naam": naam}


def _kalender(omschrijving: str) -> dict[str, Any]:
    return {"soort": "kalender", "omschrijving": omschrijving}


def _dag(dag: int) -> str | None:
    return None if abs(dag) >= OPEN else toon_datum(dag)
