"""An opened administration: what it knew at a moment, and adding what a run found out and decided."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from verrekening import beleid as beleidkamer
from verrekening import dossier, polis
from verrekening.administratie import betaalbestanden, delen, ketting, mensbesluiten, staand
from verrekening.administratie.dossierstanden import Opname, Standen, laatste_moment
from verrekening.administratie.leveringen import Lezingen, Ontvangen, herlezing
from verrekening.administratie.mensbesluiten import neem_op
from verrekening.administratie.schema import BETAALREGELS, DELEN, LEVERINGEN, MAANDREGELS, RUNS
from verrekening.administratie.staand import Uitsnede, Verschil, Verschillen
from verrekening.administratie.verbinding import lezen, schrijven
from verrekening.beleid import Beleid
from verrekening.berekening import Besloten
from verrekening.dossier import Dossierblokken, Dossiers
from verrekening.fouten import AdministratieGeweigerd
from verrekening.kolommen import Getallen
from verrekening.maand import dag_van_moment, toon_maand, toon_moment
from verrekening.polis import Indeling, Levering

_DOSSIERS, _WERK = "dossiers", "werkvoorraad"


@dataclass
class Boek:
    """One municipality's memory, as a run at K sees it.

    Attributes:
        verbinding: a consistent view, or that of the only writer.
        peilmoment: K.
        besluit: this run may decide; False for ``--proef`` and for looking at a case.
        tot: only what was known through this boeking (a replay of one run); None for everything.
        alleen: only this dossier; None for all.
        naspel: K lies before the last reading: the files of the run are not read, what was known then is.
    """

    verbinding: sa.Connection
    peilmoment: int
    besluit: bool = False
    nieuw: bool = False
    tot: int | None = None
    alleen: str | None = None
    naspel: bool = field(init=False)
    _opname: Opname | None = field(default=None, init=False)
    _lezingen: Lezingen | None = field(default=None, init=False)
    _indeling: Indeling | None = field(default=None, init=False)
    _mensbesluiten: list[dict[str, Any]] | None = field(default=None, init=False)
    _afwijkingen: list[dict[str, Any]] | None = field(default=None, init=False)
    _al_betaald: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        laatste = laatste_moment(self.verbinding)
        self.naspel = self.tot is not None or (laatste is not None and self.peilmoment < laatste)

    # ---- what is known at K --------------------------------------------------------------------------------

    def dossiers(self) -> Dossiers:
        """The dossiers that were read last at K, as they were received (for a replay).

        Raises:
            AdministratieGeweigerd: nothing was known yet at K.
        """
        return self._standen().lees(self.alleen)

    def lees_dossiers(self, paden: Sequence[Path], map_: Path, grootte: int, bewaarplaats: Path) -> Dossierblokken:
        """The dossiers in the files, in blocks; every line that is new is kept.

        Args:
            paden: the files.
            map_: a folder for what is read.
            grootte: households of a block.
            bewaarplaats: a folder for what is kept until it is decided.
        """
        self._opname = Opname(bewaarplaats, self._standen())
        return dossier.lees_in_blokken(paden, map_, grootte, bewaar=self._opname)

    def zie_dossiers(self, zaken: Dossiers) -> None:
        """Which lines of the files were accepted: one block of households."""
        if self._opname is not None:
            self._opname.zie(zaken)

    def leveringen(self, inhoud: Collection[str] = ()) -> Iterator[Levering]:
        """Everything that was received by K, a reading at a time.

        Args:
            inhoud: content of the files of this run; refusals of other files are not told again.
        """
        return Ontvangen(self.verbinding, self.peilmoment, self.tot).leveringen(inhoud)

    def lees_leveringen(
        self,
        paden: Sequence[Path],
        inhoud: frozenset[str],
        bsn: Getallen,
        ontvangen: int,
        mappen: tuple[Path, Path],
        processen: int = 1,
        indeling: Indeling | None = None,
    ) -> Iterator[Levering]:
        """The same, and then what the files hold that was never read; that is kept.

        A file that was read before, under whatever name, is not read again, but for persons who were not
        looked for then. ``inhoud``: the `polis.kenmerken` of the files; ``bsn``: the persons to look for, sorted, each
        once; ``mappen``: a folder for what is read, and one for what is kept until it is decided.
        """
        map_, bewaarplaats = mappen
        bekend = Ontvangen(self.verbinding, self.peilmoment, self.tot)
        yield from bekend.leveringen(inhoud)
        self._lezingen, self._indeling = Lezingen(bewaarplaats), indeling
        for gezocht, overslaan, eerder in _te_lezen(bekend, inhoud, bsn):
            self._lezingen.zocht(gezocht)
            for deel in polis.lees_in_delen(
                paden, gezocht, ontvangen, map_, processen=processen, indeling=indeling, overslaan=overslaan
            ):
                nieuw = herlezing(deel) if eerder else deel
                self._lezingen.voeg_toe(nieuw)
                yield nieuw

    def met_besluiten(self, zaken: Dossiers) -> Dossiers:
        """The dossiers with what humans decided by K."""
        if self._mensbesluiten is None:
            self._mensbesluiten = mensbesluiten.lees(self.verbinding, self.peilmoment, self.tot, self.alleen)
        return neem_op(zaken, self._mensbesluiten)

    def eerder(self, zaken: Dossiers, betaalmaand: int, *, heel: bool = True) -> tuple[Dossiers, Besloten]:
        """The dossiers with the lines that stand over payment months before P, and what was decided over those.

        ``heel``: these are all dossiers, and not a block of them.
        """
        uit = Uitsnede(self.peilmoment, self.tot, self.alleen)
        if self._afwijkingen is None:
            self._afwijkingen = betaalbestanden.afwijkingen(self.verbinding, uit, betaalmaand)
        zaken = betaalbestanden.met_boekingen(zaken, self._afwijkingen, self.peilmoment)
        tussen = None if heel else _grenzen(zaken)
        return staand.eerder(self.verbinding, zaken, betaalmaand, replace(uit, tussen=tussen))

    def _standen(self) -> Standen:
        return Standen(self.verbinding, self.peilmoment, self.tot)

    def dossier_als_ontvangen(self, dossiernummer: str) -> list[tuple[int, bytes]]:
        """Every version of a dossier with the boeking that first read it, as JSON text, in order."""
        return self._standen().tekst(dossiernummer)

    def beleid(self, sha256: str) -> Beleid:
        """The policy that a run used."""
        inhoud = self.verbinding.scalar(sa.select(DELEN.c.inhoud).where(DELEN.c.naam == f"beleid/{sha256}"))
        if inhoud is None:
            raise AdministratieGeweigerd("de administratie mist het beleid van die run; draai de controle")
        return beleidkamer.ontleed(bytes(inhoud), "het beleid van de run")

    def leg_mensbesluit_vast(self, besluit: mensbesluiten.Mensbesluit, nu: str) -> tuple[int, int]:
        """Keeps the decision of a human; see `mensbesluiten.leg_vast`. `bevestig` makes it final."""
        return mensbesluiten.leg_vast(self.verbinding, besluit, nu)

    def vorige_werkvoorraad(self) -> pa.Table | None:
        """The work list of the last run at K, with since when each case is open."""
        nummers = delen.nummers(self.verbinding, _WERK, self.peilmoment, self.tot)
        return delen.uitpakken(delen.lees(self.verbinding, _WERK, nummers[-1])) if nummers else None

    def volgend_nummer(self) -> int:
        """Number that the next boeking gets."""
        return ketting.laatste(self.verbinding)[0] + 1

    # ---- deciding ------------------------------------------------------------------------------------------

    def vergelijk(
        self, betaalmaand: int, zaken: Dossiers, voorstel: pa.Table, maanden: pa.Table, *, heel: bool = True
    ) -> Verschil:
        """What the outcome of a block of households adds to what stands over P; see `keur` for whether it may."""
        in_dossiers = pa.array(zaken.huishoudens["dossiernummer"], pa.string())
        tussen = None if heel else _grenzen(zaken)
        verschil = staand.vergelijk(self.verbinding, betaalmaand, in_dossiers, voorstel, maanden, tussen)
        geboekt = zaken.betalingen["rechtmaand"] == betaalmaand
        geboekt &= zaken.betalingen["betaald_op"] <= dag_van_moment(self.peilmoment)
        wie = np.unique(zaken.betalingen["huishouden"][geboekt])
        raak = pc.is_in(in_dossiers.take(pa.array(wie)), value_set=verschil.vervangen)
        self._al_betaald += pc.sum(raak).as_py() or 0
        return verschil

    def keur(self, betaalmaand: int, verschillen: Verschillen) -> None:
        """Refuses a difference that would change a closed decision (S14).

        Raises:
            AdministratieGeweigerd: a later month was decided, a payment over P is booked, or K lies before the
                last reading, and the outcome differs from what stands.
        """
        aantal = verschillen.gewijzigd
        if not self.besluit or not aantal:
            return
        p = toon_maand(betaalmaand)
        slot = "Er is niets besloten. Gebruik --proef om de uitkomst te zien zonder te besluiten."
        laatste = staand.laatste_betaalmaand(self.verbinding)
        if laatste is not None and betaalmaand < laatste:
            raise AdministratieGeweigerd(
                f"over betaalmaand {toon_maand(laatste)} is al besloten, en over {p} zou nu iets anders volgen "
                f"voor {aantal} huishoudens (regel S14). {slot}"
            )
        if self.naspel:
            raise AdministratieGeweigerd(
                f"na {toon_moment(self.peilmoment)} heeft de administratie nieuwe gegevens gelezen; een besluit van "
                f"dat moment kan niet meer (regel S14). {slot}"
            )
        if any(een.betaalmaand == betaalmaand for een in betaalbestanden.lees(self.verbinding)):
            raise AdministratieGeweigerd(
                f"over {p} is al een betaalbestand verwerkt, en er zou nu iets anders volgen voor "
                f"{aantal} huishoudens (regel S14). {slot}"
            )
        if self._al_betaald:
            raise AdministratieGeweigerd(
                f"over {p} is voor {self._al_betaald} huishoudens al een betaling geboekt waarvan het besluit zou "
                f"wijzigen (regel S14). {slot}"
            )

    def leg_vast(
        self,
        kop: Mapping[str, Any],
        gemeentecode: str,
        geboekt_op: str,
        verschillen: Verschillen,
        beleid: tuple[str, bytes],
        bestanden: Sequence[dossier.Bestand],
        tabellen: Mapping[str, Path],
    ) -> int | None:
        """Adds the run in one transaction; None when it found nothing new and decided nothing new.

        Args:
            kop: betaalmaand, engine, bewijs and controle of the run.
            gemeentecode: of the policy.
            geboekt_op: the moment on the clock of the machine.
            verschillen: the lines to add.
            beleid: hash and bytes of the policy file.
            bestanden: the files of dossiers.
            tabellen: further parts to keep, packed: work list, signals.
        """
        opname = None if self._opname is None else self._opname.deel(bestanden)
        if not (self._lezingen or opname is not None or verschillen.gewijzigd):
            return None
        parts: dict[str, bytes | Path] = {}
        rijen: list[list[Any]] = []
        if self._lezingen:
            rijen, gelezen = self._lezingen.als_rijen(self.peilmoment, self._indeling)
            parts |= gelezen
        if opname is not None:
            parts[_DOSSIERS] = opname
        parts |= tabellen
        sha256, inhoud = beleid
        bewaard = sa.select(sa.func.count()).select_from(DELEN).where(DELEN.c.naam == f"beleid/{sha256}")
        if not self.verbinding.scalar(bewaard):
            parts[f"beleid/{sha256}"] = inhoud
        aard = "ongewijzigd"
        if verschillen.gewijzigd:
            aard = "vervanging" if verschillen.vervangen else "besluit"
        run = [
            [kop["betaalmaand"]], [self.peilmoment], [aard], [kop["engine"]],
            [_json(kop["bewijs"])], [_json(kop["controle"])],
        ]  # fmt: skip
        samenvatting = {
            "betaalmaand": kop["betaalmaand"],
            "peildatum": toon_moment(self.peilmoment),
            "aard": aard,
            "vingerafdruk": kop["bewijs"]["vingerafdruk"],
        }
        return ketting.boek(
            self.verbinding,
            ketting.Kop("run", geboekt_op, gemeentecode, samenvatting),
            {
                RUNS.name: ketting.in_stukken(RUNS.name, run),
                LEVERINGEN.name: ketting.in_stukken(LEVERINGEN.name, rijen),
                DELEN.name: delen.Rijen(parts),
                MAANDREGELS.name: verschillen.maandregels,
                BETAALREGELS.name: verschillen.betaalregels,
            },
        )

    def bevestig(self) -> None:
        """Makes everything that was added final, at once."""
        self.verbinding.commit()


def _te_lezen(
    bekend: Ontvangen, inhoud: frozenset[str], bsn: Getallen
) -> Iterator[tuple[Getallen, frozenset[str], bool]]:
    """For whom files must be read, which files not, and whether they were read before for others."""
    groepen = bekend.gezocht_in(inhoud)
    oud = frozenset().union(*groepen.values())
    if inhoud - oud:
        yield bsn, oud, False
    for lezingen, welke in groepen.items():
        erbij = np.setdiff1d(bsn, bekend.gezocht(lezingen))
        if len(erbij):
            yield erbij, inhoud - welke, True


def _grenzen(zaken: Dossiers) -> tuple[str, str] | None:
    """The first and the last number of a block: dossiers stand in order of theirs."""
    nummers = zaken.huishoudens["dossiernummer"]
    return (str(nummers[0]), str(nummers[-1])) if len(nummers) else None


def _json(inhoud: Any) -> str:
    # Written piece by piece: all pieces together take ten times the text.
    tekst = io.StringIO()
    json.dump(inhoud, tekst, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return tekst.getvalue()


@contextmanager
def open_om_te_besluiten(waar: str, peilmoment: int, nu: str) -> Iterator[Boek]:
    """The administration for the nightly run, with the lock of the only writer; made when it is not there.

    Everything happens in one transaction, which `Boek.bevestig` ends; without that nothing was decided.
    """
    with schrijven(waar, nu) as (verbinding, nieuw):
        yield Boek(verbinding, peilmoment, besluit=True, nieuw=nieuw)


@contextmanager
def open_om_te_lezen(waar: str, peilmoment: int, tot: int | None = None, alleen: str | None = None) -> Iterator[Boek]:
    """The administration as it was at K; decides nothing and holds up nobody."""
    with lezen(waar) as verbinding:
        yield Boek(verbinding, peilmoment, tot=tot, alleen=alleen)
