"""Decisions beside what was really paid: every line and every household in exactly one class, tolerance zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from verrekening.financien.betaald import Betaalbestand
from verrekening.geld import euro
from verrekening.nummers import zonder_bsn

GOED = ("aangesloten", "in_delen", "niets_te_betalen")
"""Classes of households without a difference."""

SOORTEN = {
    "aangesloten": "Betaald wat is besloten",
    "in_delen": "Betaald wat is besloten, in delen",
    "niets_te_betalen": "Niets te betalen en niets betaald",
    "een_cent": "Een cent verschil",
    "ander_bedrag": "Een ander bedrag betaald",
    "verwisseld": "Verwisseld: het bedrag van een ander huishouden",
    "ontbreekt": "Niet betaald",
    "elders_betaald": "Niet betaald; het bedrag ging naar een ander huishouden",
    "ander_huishouden": "Ook het bedrag van een ander huishouden ontvangen",
    "dubbel": "Dubbel betaald",
    "extra": "Betaald zonder dat het is besloten",
    "andere_aflossing": "Een andere aflossing ingehouden dan besloten",
    "storno": "Betaald en teruggeboekt",
}
"""Classes, in words. ``storno`` is a class of lines only."""


@dataclass(frozen=True)
class Vergelijking:
    """What was decided beside what was paid.

    Attributes:
        bestand: the payment file.
        regels: every good line with its class: regel, dossiernummer, cent, datum, soort, ander (other household).
        huishoudens: every household that had to be paid or was paid, with one class: dossiernummer, te_betalen,
            betaald, verschil (cents), soort, ander, regels (line numbers), waarom (words).
        feiten: what the administration keeps of it (`administratie.betaalbestanden`).
    """

    bestand: Betaalbestand
    regels: pd.DataFrame
    huishoudens: pd.DataFrame
    feiten: pa.Table

    @property
    def verschillen(self) -> pd.DataFrame:
        """The households that were not paid what was decided."""
        return self.huishoudens[~self.huishoudens["soort"].isin(GOED)].reset_index(drop=True)


def vergelijk(betaling: pd.DataFrame, bestand: Betaalbestand, bekend: set[str]) -> Vergelijking:
    """Compares the payment lines of a payment month with a payment file.

    Args:
        betaling: payment lines as decided (`standen.betaling_van`).
        bestand: the file.
        bekend: numbers of all dossiers that the administration knows.
    """
    bestand = _zonder_bsn(bestand, bekend)
    besluit = dict(zip(betaling["dossiernummer"], betaling["te_betalen"].tolist(), strict=True))
    zoeker = _Zoeker(besluit, bestand.regels)
    zoeker.zoek()
    nummers = [*besluit, *dict.fromkeys(een for een in bestand.regels["dossiernummer"] if een not in besluit)]
    regels = bestand.regels.assign(
        soort=pd.Series(zoeker.soort, dtype="str"), ander=pd.Series(zoeker.ander, dtype="str")
    ).drop(columns="aflossing")
    betaald = bestand.regels.groupby("dossiernummer")["cent"].sum().reindex(nummers, fill_value=0)
    huis = pd.DataFrame(
        {
            "dossiernummer": pd.Series(nummers, dtype="str"),
            "te_betalen": np.array([besluit.get(een, 0) for een in nummers], dtype=np.int64),
            "betaald": betaald.to_numpy(dtype=np.int64),
        }
    )
    huis["verschil"] = huis["betaald"] - huis["te_betalen"]
    feiten, anders_afgelost = _feiten(betaling, bestand, huis, bekend)
    soorten = [zoeker.van(een) for een in nummers]
    huis["soort"] = pd.Series(
        ["andere_aflossing" if een in anders_afgelost and soort in GOED else soort
         for een, (soort, _) in zip(nummers, soorten, strict=True)], dtype="str",
    )  # fmt: skip
    huis["ander"] = pd.Series([ander for _, ander in soorten], dtype="str")
    huis["regels"] = pd.Series([zoeker.regelnummers(een) for een in nummers], dtype="str")
    huis["waarom"] = pd.Series([_waarom(rij) for rij in huis.to_dict("records")], dtype="str")
    return Vergelijking(bestand, regels, huis, feiten)


def _zonder_bsn(bestand: Betaalbestand, bekend: set[str]) -> Betaalbestand:
    """A number that is no dossier of ours may be a BSN; it is made unreadable."""
    vreemd = {een: zonder_bsn(een) for een in bestand.regels["dossiernummer"].unique() if een not in bekend}
    nummers = [vreemd.get(een, een) for een in bestand.regels["dossiernummer"]]
    return replace(bestand, regels=bestand.regels.assign(dossiernummer=pd.Series(nummers, dtype="str")))


def _feiten(
    betaling: pd.DataFrame, bestand: Betaalbestand, huis: pd.DataFrame, bekend: set[str]
) -> tuple[pa.Table, set[str]]:
    """What counts as paid per household, and who had another instalment taken than was decided.

    What was booked is the bank amount and the instalment that was really taken, without the bufferbudget. A file
    without instalments says nothing of them: the decided one was taken when anything was paid.
    """
    nummers = huis["dossiernummer"]
    besluit = betaling.set_index("dossiernummer")[["aflossing", "bufferbudget"]].reindex(nummers, fill_value=0)
    bank, aflossing = huis["betaald"].to_numpy(), besluit["aflossing"].to_numpy()
    if bestand.met_aflossing:
        genomen = bestand.regels.groupby("dossiernummer")["aflossing"].sum().reindex(nummers, fill_value=0).to_numpy()
    else:
        genomen = np.where(bank > 0, aflossing, 0)
    buffer = np.minimum(besluit["bufferbudget"].to_numpy(), np.maximum(bank, 0))
    anders = ((huis["verschil"].to_numpy() != 0) | (genomen != aflossing)) & nummers.isin(bekend).to_numpy()
    # With the right bank amount and no instalments in the file, all was taken as decided.
    anders &= (huis["verschil"].to_numpy() != 0) | bestand.met_aflossing
    feiten = pa.table(
        {
            "dossiernummer": pa.array(nummers.tolist(), pa.string()),
            "bank_cent": pa.array(bank),
            "aflossing_cent": pa.array(np.where(anders, genomen, aflossing)),
            "bufferbudget_cent": pa.array(np.where(anders, buffer, besluit["bufferbudget"].to_numpy())),
            "geboekt_cent": pa.array(bank + genomen - buffer, mask=~anders),
        }
    )
    gelijk = anders & (huis["verschil"].to_numpy() == 0)
    return feiten, set(nummers[gelijk])


class _Zoeker:
    """Finds a class for every line and household. Lines are by position in the file."""

    def __init__(self, besluit: Mapping[str, int], regels: pd.DataFrame) -> None:
        self._besluit = besluit
        self._nummer, self._cent = regels["dossiernummer"].tolist(), regels["cent"].tolist()
        self._regel = regels["regel"].tolist()
        self.soort, self.ander = [""] * len(regels), [""] * len(regels)
        self._van: dict[str, list[int]] = defaultdict(list)
        for plek, nummer in enumerate(self._nummer):
            self._van[nummer].append(plek)
        self._volgorde = list(besluit)
        self._rang = {nummer: rang for rang, nummer in enumerate(self._volgorde)}
        self._betaald: set[str] = set()
        self._elders: dict[str, str] = {}

    def zoek(self) -> None:
        """All classes, the surest first."""
        for nummer in self._van:
            self._storno(nummer)
        for nummer, bedrag in self._besluit.items():
            self._precies(nummer, bedrag)
        rest = {nummer: over for nummer in self._besluit if (over := self._over(nummer)) and self._mist(nummer)}
        enkel = {nummer: over[0] for nummer, over in rest.items() if len(over) == 1}
        self._verwisseld(enkel)
        for nummer, plek in enkel.items():
            if not self.soort[plek] and abs(self._cent[plek] - self._besluit[nummer]) == 1:
                self.soort[plek] = "een_cent"
        self._ander_huishouden()
        for plek, soort in enumerate(self.soort):
            if not soort:
                self.soort[plek] = self._slot(plek)

    def van(self, nummer: str) -> tuple[str, str]:
        """Class of a household, and the other household in it."""
        soorten = {self.soort[plek]: self.ander[plek] for plek in self._van.get(nummer, [])}
        for soort in ("verwisseld", "een_cent", "ander_huishouden", "dubbel", "ander_bedrag", "extra"):
            if soort in soorten:
                return soort, soorten[soort]
        if nummer in self._elders:
            return "elders_betaald", self._elders[nummer]
        if self._mist(nummer):
            return "ontbreekt", ""
        if "in_delen" in soorten:
            return "in_delen", ""
        return ("aangesloten" if "aangesloten" in soorten else "niets_te_betalen"), ""

    def regelnummers(self, nummer: str) -> str:
        """Lines of a household in the file."""
        return ", ".join(str(self._regel[plek]) for plek in self._van.get(nummer, []))

    def _over(self, nummer: str) -> list[int]:
        return [plek for plek in self._van.get(nummer, []) if not self.soort[plek]]

    def _mist(self, nummer: str) -> bool:
        """Something had to be paid, and was not found."""
        return self._besluit.get(nummer, 0) > 0 and nummer not in self._betaald

    def _storno(self, nummer: str) -> None:
        if len(self._van[nummer]) < 2:
            return
        for plek in self._van[nummer]:
            if self._cent[plek] < 0:
                tegen = [een for een in self._over(nummer) if self._cent[een] == -self._cent[plek]]
                if tegen:
                    self.soort[plek] = self.soort[tegen[0]] = "storno"

    def _precies(self, nummer: str, bedrag: int) -> None:
        over = self._over(nummer)
        if not over or bedrag <= 0:
            return
        if len(over) > 1 and sum(self._cent[plek] for plek in over) == bedrag:
            raak, soort = over, "in_delen"
        else:
            gelijk = [plek for plek in over if self._cent[plek] == bedrag]
            # Of equal lines the own one is that in its own place: another may stand where somebody else's should.
            raak = ([plek for plek in gelijk if self._staat_op_plek_van(plek, nummer)] or gelijk)[:1]
            soort = "aangesloten"
        for plek in raak:
            self.soort[plek] = soort
            self._betaald.add(nummer)

    def _verwisseld(self, enkel: Mapping[str, int]) -> None:
        wachtend: dict[tuple[int, int], list[str]] = defaultdict(list)
        for nummer, plek in enkel.items():
            besloten, betaald = self._besluit[nummer], self._cent[plek]
            if wachtend[betaald, besloten]:
                ander = wachtend[betaald, besloten].pop(0)
                for een, tegenover in ((nummer, ander), (ander, nummer)):
                    self.soort[enkel[een]], self.ander[enkel[een]] = "verwisseld", tegenover
            else:
                wachtend[besloten, betaald].append(nummer)

    def _ander_huishouden(self) -> None:
        """Lines that hold the amount of a household that got nothing: by their place in the file, then by amount."""
        mist: dict[int, list[str]] = defaultdict(list)
        for nummer, bedrag in self._besluit.items():
            if self._mist(nummer) and not self._over(nummer) and not any(
                self.soort[plek] for plek in self._van.get(nummer, []) if self.soort[plek] != "storno"
            ):  # fmt: skip
                mist[bedrag].append(nummer)
        los = [plek for plek, soort in enumerate(self.soort) if not soort]
        for zeker in (True, False):
            for plek in los:
                if self.soort[plek] or not mist[self._cent[plek]]:
                    continue
                op_plek = [nummer for nummer in mist[self._cent[plek]] if self._staat_op_plek_van(plek, nummer)]
                # The own amount once more, or a line of somebody who misses his own: only its place can tell.
                eigen = self._cent[plek] == self._besluit.get(self._nummer[plek]) or self._mist(self._nummer[plek])
                kandidaten = op_plek if zeker or eigen else mist[self._cent[plek]]
                if kandidaten:
                    mist[self._cent[plek]].remove(kandidaten[0])
                    self.soort[plek], self.ander[plek] = "ander_huishouden", kandidaten[0]
                    self._elders[kandidaten[0]] = self._nummer[plek]

    def _staat_op_plek_van(self, plek: int, nummer: str) -> bool:
        """Whether the line stands where the line of a household would stand in a file in the order of the decisions.

        Between the lines before and after it nobody else who is in the file has a place.
        """
        voor = self._rang.get(self._nummer[plek - 1], -1) if plek else -1
        na = self._rang.get(self._nummer[plek + 1], -1) if plek + 1 < len(self._nummer) else len(self._volgorde)
        if not voor < self._rang[nummer] < na:
            return False
        return all(een == nummer or een not in self._van for een in self._volgorde[voor + 1 : na])

    def _slot(self, plek: int) -> str:
        nummer = self._nummer[plek]
        if self._mist(nummer):
            return "ander_bedrag"
        return "dubbel" if 0 < self._cent[plek] == self._besluit.get(nummer) else "extra"


def _waarom(rij: Mapping[Any, Any]) -> str:
    """A difference in one sentence, B1."""
    besloten, betaald = euro(int(rij["te_betalen"])), euro(int(rij["betaald"]))
    ander = rij["ander"]
    zinnen = {
        "een_cent": f"Besloten is {besloten}, betaald {betaald}: één cent verschil.",
        "ander_bedrag": f"Besloten is {besloten}, betaald {betaald}.",
        "verwisseld": f"Kreeg {betaald}, het bedrag van {ander}; {ander} kreeg de {besloten} van dit huishouden.",
        "ontbreekt": f"Besloten is {besloten}; in het bestand staat geen betaling.",
        "elders_betaald": f"Besloten is {besloten}; dat bedrag staat in het bestand bij {ander}.",
        "ander_huishouden": f"Kreeg ook het bedrag van {ander}: in totaal {betaald}, besloten is {besloten}.",
        "dubbel": f"Besloten is {besloten}, en dat is meer dan één keer betaald: in totaal {betaald}.",
        "extra": f"Er is {betaald} betaald; besloten is {besloten}.",
        "andere_aflossing": f"Betaald is {betaald} zoals besloten, maar er is een andere aflossing ingehouden.",
    }
    return zinnen.get(str(rij["soort"]), "")
