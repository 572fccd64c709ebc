"""The nightly run, in the order in which it happens: read, compute, compare, decide, write.

Without an administration a run stands alone: it decides nothing and writes only its outputs.
"""

# ruff: noqa: PLC0415 - a run without an administration does not load the database
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verrekening import polis, uitvoer
from verrekening.beleid import Beleid, lees_beleid
from verrekening.berekening import Besloten, Spoor, Uitkomst, bereken
from verrekening.dossier import Dossiers
from verrekening.feiten import Bekend, Feiten, Opdracht, Voortgang, Werkplaats, lees
from verrekening.kolommen import Afkeuring
from verrekening.maand import toon_maand, toon_moment
from verrekening.nummers import zonder_bsn
from verrekening.parameters import Parameters, laad
from verrekening.polis import Levering, Versies
from verrekening.regels import NIVEAUS
from verrekening.tabellen import Tabellen
from verrekening.versie import VERSIE

if TYPE_CHECKING:
    from verrekening.administratie import Boek, Verschillen

__all__ = [
    "Besluit", "Opdracht", "Resultaat", "Voortgang", "bewijs", "draai", "nacht", "parameters_voor", "reken", "schrijf",
]  # fmt: skip


BLOK = 16_384
"""Households that a night takes up at once: their columns fit the cache of a core, and bound the memory of a night."""


@dataclass(frozen=True)
class Resultaat:
    """What is known of a block of households (mostly: of everything), and what was computed.

    Attributes:
        opdracht, beleid, parameters: what was asked, with which settings and amounts.
        bekend: what was read, and what was refused.
        feiten: of this block.
        uitkomst: what was computed.
    """

    opdracht: Opdracht
    beleid: Beleid
    parameters: Parameters
    bekend: Bekend
    feiten: Feiten
    uitkomst: Uitkomst

    @property
    def zaken(self) -> Dossiers:
        """The dossiers of the block."""
        return self.feiten.zaken

    @property
    def levering(self) -> Levering:
        """The wage records of the block."""
        return self.feiten.levering

    @property
    def versies(self) -> Versies:
        """Which version of each record counts."""
        return self.feiten.versies

    @property
    def besloten(self) -> Besloten | None:
        """Standing decisions over months before P."""
        return self.feiten.besloten

    @property
    def afkeuringen(self) -> list[Afkeuring]:
        """Everything that was refused, of all blocks."""
        return self.bekend.afkeuringen


@dataclass(frozen=True)
class Besluit:
    """What a run did to the administration.

    Attributes:
        controle: control totals, as written.
        afgekeurd: number of refusals.
        gewijzigd, vervangen: households with a new decision; how many of them had another one.
        boeking: number in the administration; None when nothing was added.
        nieuw: the administration was made by this run.
        naspel: K lies before the last reading: the files were not read, what was known then is.
        besloten: False for ``--proef`` and without an administration.
        nieuw_open: cases that were not on the work list of the run before.
        oudste_dagen: days that the oldest case is open.
    """

    controle: dict[str, Any]
    afgekeurd: int
    gewijzigd: int = 0
    vervangen: int = 0
    boeking: int | None = None
    nieuw: bool = False
    naspel: bool = False
    besloten: bool = False
    nieuw_open: int = 0
    oudste_dagen: int = 0


def nacht(
    opdracht: Opdracht,
    doel: Path,
    waar: str | None = None,
    *,
    proef: bool = False,
    voortgang: Voortgang = lambda _: None,
) -> Besluit:
    """The nightly run over all households.

    Args:
        opdracht: what to settle, from what.
        doel: new folder for the outputs.
        waar: the administration, a SQLite file or the URL of PostgreSQL; None for a run that decides nothing.
        proef: compute with what the administration knows, and decide nothing.
        voortgang: told the name of every stage that begins.

    Raises:
        InvoerGeweigerd: policy, parameters, or what was asked of the administration is refused.
        IdentiteitFout: the money identity does not hold.
        AdministratieFout: the database cannot be reached or written.
        VerrekeningFout: the outputs cannot be written. In all these cases nothing was decided.
    """
    uitvoer.keur_doel(doel)
    beleid = lees_beleid(opdracht.beleid)
    parameters = parameters_voor(beleid, opdracht.betaalmaand)
    with _boek(opdracht, waar, proef=proef) as boek, uitvoer.werkmap(doel) as map_:
        bekend = lees(opdracht, beleid, boek, voortgang, Werkplaats(map_, BLOK))
        run = _Run(opdracht, beleid, parameters, bekend, boek, voortgang)
        return run.schrijf(lambda nr: reken(opdracht, beleid, parameters, bekend, bekend.blok(nr)), doel, map_)


@contextmanager
def _boek(opdracht: Opdracht, waar: str | None, *, proef: bool) -> Iterator[Boek | None]:
    from verrekening import administratie

    if waar is None or (proef and not administratie.bestaat(waar)):
        yield None
    elif proef:
        with administratie.open_om_te_lezen(waar, opdracht.peilmoment) as boek:
            yield boek
    else:
        with administratie.open_om_te_besluiten(waar, opdracht.peilmoment, _nu()) as boek:
            yield boek


def draai(
    opdracht: Opdracht,
    voortgang: Voortgang = lambda _: None,
    spoor: Spoor | None = None,
    boek: Boek | None = None,
    beleid: Beleid | None = None,
) -> Resultaat:
    """Reads, and computes payment month P with what is known at K.

    Args:
        opdracht: what to settle, from what.
        voortgang: told the name of every stage that begins.
        spoor: keeps every intermediate column when on.
        boek: an administration that knows more than the files.
        beleid: the policy; None reads the file of ``opdracht``.

    Raises:
        InvoerGeweigerd: policy or parameters are refused; nothing was written.
        IdentiteitFout: the money identity does not hold.
    """
    beleid = beleid or lees_beleid(opdracht.beleid)
    parameters = parameters_voor(beleid, opdracht.betaalmaand)
    bekend = lees(opdracht, beleid, boek, voortgang)
    voortgang("rekenen")
    return reken(opdracht, beleid, parameters, bekend, bekend.blok(0), spoor)


def parameters_voor(beleid: Beleid, betaalmaand: int) -> Parameters:
    """The built-in parameters with those of the policy. Raises InvoerGeweigerd when P lies past a checked month."""
    parameters = laad().met_eigen(beleid.parameters)
    keur_betaalmaand(parameters, betaalmaand)
    return parameters


def reken(
    opdracht: Opdracht,
    beleid: Beleid,
    parameters: Parameters,
    bekend: Bekend,
    feiten: Feiten,
    spoor: Spoor | None = None,
) -> Resultaat:
    """Computes a block from what was read: nothing is read here.

    Raises:
        IdentiteitFout: the money identity does not hold.
    """
    f, p, k = feiten, opdracht.betaalmaand, opdracht.peilmoment
    uitkomst = bereken(f.zaken, f.levering, f.versies, beleid, parameters, p, k, spoor, f.besloten)
    return Resultaat(opdracht, beleid, parameters, bekend, feiten, uitkomst)


def keur_betaalmaand(parameters: Parameters, betaalmaand: int) -> None:
    """Refuses a payment month for which an amount that the rules read was not checked (rule P2), naming them all."""
    namen = {naam for niveau in NIVEAUS for naam in niveau.op(betaalmaand).parameters}
    parameters.controleer_maand(betaalmaand, [naam for naam in parameters.namen if naam in namen])


def schrijf(resultaat: Resultaat, doel: Path) -> Besluit:
    """Writes the outputs of a run that was computed at once, and decides nothing."""
    r = resultaat
    uitvoer.keur_doel(doel)
    with uitvoer.werkmap(doel) as map_:
        return _Run(r.opdracht, r.beleid, r.parameters, r.bekend).schrijf(lambda _: r, doel, map_)


@dataclass
class _Run:
    """A run of which everything was read."""

    opdracht: Opdracht
    beleid: Beleid
    parameters: Parameters
    bekend: Bekend
    boek: Boek | None = None
    voortgang: Voortgang = lambda _: None

    def schrijf(self, blok: Callable[[int], Resultaat], doel: Path, werkmap: Path) -> Besluit:
        """Computes, compares and writes block after block beside the place, decides, and only then shows it.

        All, or none of it. Killed before the decision: nothing was decided and no folder is there. Killed after it:
        decided, and the repeated run finds nothing new and writes the same outputs.
        """
        bekend, boek = self.bekend, self.boek
        receipt = _bewijs(self.opdracht, self.beleid, self.parameters, bekend, boek)
        boeking: int | None = None

        def besluit() -> None:
            nonlocal boeking
            if boek is not None and boek.besluit and verschillen is not None:
                boeking = self._leg_vast(boek, receipt, controle, verschillen, tabellen.delen())

        with uitvoer.hele_map(doel, voor_zichtbaar=besluit) as map_:
            with Tabellen(map_, werkmap, receipt["vingerafdruk"], boek) as tabellen:
                for nr in range(bekend.aantal):
                    self._stap("rekenen", nr)
                    resultaat = blok(nr)
                    self._stap("schrijven", nr)
                    tabellen.voeg_toe(resultaat.feiten, resultaat.uitkomst, self.opdracht.peilmoment)
                    # Nothing of a block stays while the next one is computed.
                    del resultaat
            controle = uitvoer.controletotalen(
                tabellen.som,
                bekend.geteld,
                bekend.leveringen,
                polis.per_bestand(bekend.leveringen, tabellen.per_status),
                bekend.aangeboden,
            )
            uitvoer.schrijf_csv(uitvoer.afgekeurd(bekend.afkeuringen), map_ / "afgekeurd.csv")
            uitvoer.schrijf_json(controle, map_ / "controle.json")
            uitvoer.schrijf_json(receipt, map_ / "bewijs.json")
            verschillen = tabellen.verschillen
            if boek is not None and verschillen is not None:
                boek.keur(self.opdracht.betaalmaand, verschillen)
        afgekeurd = len(bekend.afkeuringen)
        if boek is None or verschillen is None:
            return Besluit(controle, afgekeurd)
        return Besluit(
            controle, afgekeurd, verschillen.gewijzigd, verschillen.vervangen, boeking, boek.nieuw, boek.naspel,
            boek.besluit, tabellen.nieuw_open, tabellen.oudste_dagen,
        )  # fmt: skip

    def _stap(self, naam: str, nr: int) -> None:
        aantal = self.bekend.aantal
        self.voortgang(f"{naam} (blok {nr + 1} van {aantal})" if aantal > 1 else naam)

    def _leg_vast(
        self,
        boek: Boek,
        receipt: dict[str, Any],
        controle: dict[str, Any],
        verschillen: Verschillen,
        delen: dict[str, Path],
    ) -> int | None:
        kop = {
            "betaalmaand": toon_maand(self.opdracht.betaalmaand),
            "engine": VERSIE,
            "bewijs": receipt,
            "controle": controle,
        }
        beleid = (self.beleid.sha256, self.opdracht.beleid.read_bytes())
        gemeente, bestanden = self.beleid.gemeentecode, self.bekend.bestanden
        boeking = boek.leg_vast(kop, gemeente, _nu(), verschillen, beleid, bestanden, delen)
        boek.bevestig()
        return boeking


def bewijs(resultaat: Resultaat) -> dict[str, Any]:
    """The receipt of a run without an administration: enough to repeat it. The same input, the same fingerprint."""
    r = resultaat
    return _bewijs(r.opdracht, r.beleid, r.parameters, r.bekend, None)


def _bewijs(
    opdracht: Opdracht, beleid: Beleid, parameters: Parameters, bekend: Bekend, boek: Boek | None
) -> dict[str, Any]:
    return uitvoer.bewijs(
        {
            "engine": VERSIE,
            "betaalmaand": toon_maand(opdracht.betaalmaand),
            "peildatum": toon_moment(opdracht.peilmoment),
            "parameters_sha256": parameters.vingerafdruk(),
            "beleid": {"bestand": zonder_bsn(opdracht.beleid.name), "sha256": beleid.sha256},
            "dossiers": [{"bestand": een.naam, "sha256": een.sha256} for een in bekend.bestanden],
            "polis": [
                {"bestand": een.naam, "sha256": een.sha256}
                for een, mee in zip(bekend.leveringen, bekend.aangeboden.tolist(), strict=True)
                if mee
            ],
            "alle_leveringen_sha256": uitvoer.alle_leveringen(bekend.leveringen),
            "opties": {
                "proef": boek is None or not boek.besluit,
                "administratie": boek is not None,
                "ontvangen": None if opdracht.ontvangen is None else toon_moment(opdracht.ontvangen),
                "kolommen_sha256": bekend.kolommen_sha256,
            },
        }
    )


def _nu() -> str:
    return datetime.now(UTC).isoformat()
