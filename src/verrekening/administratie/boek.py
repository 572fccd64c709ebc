"""An opened administration: what it knew at a moment, and adding what a run found out and decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from verrekening import beleid as beleidkamer
from verrekening import dossier, polis
from verrekening.administratie import betaalbestanden, delen, ketting, mensbesluiten, staand
from verrekening.administratie.dossierstanden import Opname, Standen, laatste_moment
from verrekening.administratie.leveringen import Lezing, Ontvangen, als_rijen, herlezing
from verrekening.administratie.mensbesluiten import neem_op
from verrekening.administratie.schema import BETAALREGELS, DELEN, MAANDREGELS, RUNS
from verrekening.administratie.staand import Uitsnede, Verschil
from verrekening.administratie.verbinding import lezen, schrijven
from verrekening.beleid import Beleid
from verrekening.berekening import Besloten
from verrekening.dossier import Dossiers
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
    _opname: pa.Table | None = field(default=None, init=False)
    _lezingen: list[Lezing] = field(default_factory=list, init=False)
    _indeling: Indeling | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        laatste = laatste_moment(self.verbinding)
        self.naspel = self.tot is not None or (laatste is not None and self.peilmoment < laatste)

    # ---- what is known at K --------------------------------------------------------------------------------

    def dossiers(self, paden: Sequence[Path]) -> Dossiers:
        """The dossiers in the files; in a replay those that were read last at K.

        Raises:
            AdministratieGeweigerd: nothing was known yet at K.
        """
        standen = Standen(self.verbinding, self.peilmoment, self.tot)
        if self.naspel:
            return standen.lees(self.alleen)
        opname = Opname()
        gelezen = dossier.lees(paden, bewaar=opname)
        tabel = opname.tabel(gelezen, standen.hashes())
        self._opname = None if standen.zelfde(tabel) else tabel
        return gelezen

    def levering(
        self,
        paden: Sequence[Path],
        bsn: Getallen,
        ontvangen: int,
        processen: int = 1,
        indeling: Indeling | None = None,
    ) -> Levering:
        """Everything that was received by K, and what the files hold that was never read.

        A file that was read before, under whatever name, is not read again, but for persons who were not
        looked for then.
        """
        bekend = Ontvangen(self.verbinding, self.peilmoment, self.tot)
        if self.naspel:
            return bekend.levering(aangeboden=polis.kenmerken(paden, indeling))
        inhoud = set(polis.kenmerken(paden, indeling))
        self._indeling = indeling
        groepen = bekend.gezocht_in(inhoud)
        oud = frozenset().union(*groepen.values())

        def lees(gezocht: Getallen, overslaan: frozenset[str]) -> Levering:
            wie = frozenset(gezocht.tolist())
            return polis.lees(paden, wie, ontvangen, processen=processen, indeling=indeling, overslaan=overslaan)

        bsn = np.unique(bsn)
        if inhoud - oud:
            self._lezingen.append(Lezing(lees(bsn, oud), bsn))
        for lezingen, welke in groepen.items():
            erbij = np.setdiff1d(bsn, bekend.gezocht(lezingen))
            if len(erbij):
                opnieuw = herlezing(lees(erbij, frozenset(inhoud) - welke))
                self._lezingen.append(Lezing(opnieuw, erbij))
        return bekend.levering([een.levering for een in self._lezingen], inhoud)

    def met_besluiten(self, zaken: Dossiers) -> Dossiers:
        """The dossiers with what humans decided by K."""
        return neem_op(zaken, mensbesluiten.lees(self.verbinding, self.peilmoment, self.tot, self.alleen))

    def eerder(self, zaken: Dossiers, betaalmaand: int) -> tuple[Dossiers, Besloten]:
        """The dossiers with the lines that stand over payment months before P, and what was decided over those."""
        uit = Uitsnede(self.peilmoment, self.tot, self.alleen)
        zaken = betaalbestanden.met_boekingen(self.verbinding, zaken, uit, betaalmaand)
        return staand.eerder(self.verbinding, zaken, betaalmaand, uit)

    def dossier_als_ontvangen(self, dossiernummer: str) -> list[tuple[int, bytes]]:
        """Every version of a dossier with the boeking that first read it, as JSON text, in order."""
        return Standen(self.verbinding, self.peilmoment, self.tot).tekst(dossiernummer)

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
        vorige = delen.lees(self.verbinding, _WERK, self.peilmoment, self.tot)
        return delen.uitpakken(vorige[max(vorige)]) if vorige else None

    def volgend_nummer(self) -> int:
        """Number that the next boeking gets."""
        return ketting.laatste(self.verbinding)[0] + 1

    # ---- deciding ------------------------------------------------------------------------------------------

    def vergelijk(self, betaalmaand: int, zaken: Dossiers, voorstel: pa.Table, maanden: pa.Table) -> Verschil:
        """What the outcome adds to what stands over P; refused when that would change a closed decision (S14).

        Raises:
            AdministratieGeweigerd: a later month was decided, a payment over P is booked, or K lies before the
                last reading, and the outcome differs from what stands.
        """
        in_dossiers = pa.array(zaken.huishoudens["dossiernummer"], pa.string())
        verschil = staand.vergelijk(self.verbinding, betaalmaand, in_dossiers, voorstel, maanden)
        if self.besluit and len(verschil.gewijzigd):
            self._keur(betaalmaand, zaken, verschil)
        return verschil

    def _keur(self, betaalmaand: int, zaken: Dossiers, verschil: Verschil) -> None:
        p = toon_maand(betaalmaand)
        slot = "Er is niets besloten. Gebruik --proef om de uitkomst te zien zonder te besluiten."
        laatste = staand.laatste_betaalmaand(self.verbinding)
        if laatste is not None and betaalmaand < laatste:
            raise AdministratieGeweigerd(
                f"over betaalmaand {toon_maand(laatste)} is al besloten, en over {p} zou nu iets anders volgen "
                f"voor {len(verschil.gewijzigd)} huishoudens (regel S14). {slot}"
            )
        if self.naspel:
            raise AdministratieGeweigerd(
                f"na {toon_moment(self.peilmoment)} heeft de administratie nieuwe gegevens gelezen; een besluit van "
                f"dat moment kan niet meer (regel S14). {slot}"
            )
        if any(een.betaalmaand == betaalmaand for een in betaalbestanden.lees(self.verbinding)):
            raise AdministratieGeweigerd(
                f"over {p} is al een betaalbestand verwerkt, en er zou nu iets anders volgen voor "
                f"{len(verschil.gewijzigd)} huishoudens (regel S14). {slot}"
            )
        betalingen = zaken.betalingen
        geboekt = betalingen["rechtmaand"] == betaalmaand
        geboekt &= betalingen["betaald_op"] <= dag_van_moment(self.peilmoment)
        nummers = zaken.huishoudens["dossiernummer"][zaken.betalingen["huishouden"][geboekt]]
        raak = len(set(nummers.tolist()) & set(verschil.vervangen.to_pylist()))
        if raak:
            raise AdministratieGeweigerd(
                f"over {p} is voor {raak} huishoudens al een betaling geboekt waarvan het besluit zou wijzigen "
                f"(regel S14). {slot}"
            )

    def leg_vast(
        self,
        kop: Mapping[str, Any],
        gemeentecode: str,
        geboekt_op: str,
        verschil: Verschil,
        beleid: tuple[str, bytes],
        tabellen: Mapping[str, pa.Table],
    ) -> int | None:
        """Adds the run in one transaction; None when it found nothing new and decided nothing new.

        Args:
            kop: betaalmaand, engine, bewijs and controle of the run.
            gemeentecode: of the policy.
            geboekt_op: the moment on the clock of the machine.
            verschil: the lines to add.
            beleid: hash and bytes of the policy file.
            tabellen: further parts to keep: work list, signals.
        """
        if not (self._lezingen or self._opname is not None or len(verschil.gewijzigd)):
            return None
        parts: dict[str, bytes] = {}
        rijen: list[list[Any]] = []
        if self._lezingen:
            levering = polis.samen_op_inhoud([een.levering for een in self._lezingen])
            gezocht = np.unique(np.concatenate([een.gezocht for een in self._lezingen]))
            rijen, parts = als_rijen(Lezing(levering, gezocht), self.peilmoment, self._indeling)
        if self._opname is not None:
            parts[_DOSSIERS] = delen.inpakken(self._opname)
        parts |= {naam: delen.inpakken(tabel) for naam, tabel in tabellen.items()}
        sha256, inhoud = beleid
        bewaard = sa.select(sa.func.count()).select_from(DELEN).where(DELEN.c.naam == f"beleid/{sha256}")
        if not self.verbinding.scalar(bewaard):
            parts[f"beleid/{sha256}"] = inhoud
        aard = "ongewijzigd"
        if len(verschil.gewijzigd):
            aard = "vervanging" if len(verschil.vervangen) else "besluit"
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
                RUNS.name: run,
                "leveringen": rijen,
                DELEN.name: delen.rijen(parts),
                MAANDREGELS.name: verschil.maandregels,
                BETAALREGELS.name: verschil.betaalregels,
            },
        )

    def bevestig(self) -> None:
        """Makes everything that was added final, at once."""
        self.verbinding.commit()


def _json(inhoud: Any) -> str:
    return json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
