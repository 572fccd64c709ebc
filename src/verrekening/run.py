"""The nightly run, in the order in which it happens: read, compute, compare, decide, write.

Without an administration a run stands alone: it decides nothing and writes only its outputs.
"""

# ruff: noqa: PLC0415 - a run without an administration does not load the database
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from verrekening import uitvoer
from verrekening.beleid import Beleid, lees_beleid
from verrekening.berekening import Besloten, Spoor, Uitkomst, bereken
from verrekening.dossier import Dossiers
from verrekening.feiten import Feiten, Opdracht, Voortgang, lees
from verrekening.kolommen import Afkeuring, Masker
from verrekening.maand import toon_maand, toon_moment
from verrekening.nummers import zonder_bsn
from verrekening.parameters import Parameters, laad
from verrekening.polis import Levering, Versies
from verrekening.regels import NIVEAUS
from verrekening.versie import VERSIE

if TYPE_CHECKING:
    from verrekening.administratie import Boek, Verschil

__all__ = [
    "Besluit", "Opdracht", "Resultaat", "Voortgang", "bewijs", "draai", "nacht", "parameters_voor", "reken", "schrijf",
]  # fmt: skip


@dataclass(frozen=True)
class Resultaat:
    """Everything a run knows: its input, what was refused, and what was computed."""

    opdracht: Opdracht
    beleid: Beleid
    parameters: Parameters
    zaken: Dossiers
    levering: Levering
    versies: Versies
    aangeboden: Masker
    uitkomst: Uitkomst
    afkeuringen: list[Afkeuring]
    dossiers: dict[str, int]
    kolommen_sha256: str | None = None
    besloten: Besloten | None = None


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
    with _boek(opdracht, waar, proef=proef) as boek:
        resultaat = draai(opdracht, voortgang, boek=boek)
        voortgang("schrijven")
        return schrijf(resultaat, doel, boek)


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
    feiten = lees(opdracht, beleid, boek, voortgang)
    voortgang("rekenen")
    return reken(opdracht, beleid, parameters, feiten, spoor)


def parameters_voor(beleid: Beleid, betaalmaand: int) -> Parameters:
    """The built-in parameters with those of the policy. Raises InvoerGeweigerd when P lies past a checked month."""
    parameters = laad().met_eigen(beleid.parameters)
    keur_betaalmaand(parameters, betaalmaand)
    return parameters


def reken(
    opdracht: Opdracht, beleid: Beleid, parameters: Parameters, feiten: Feiten, spoor: Spoor | None = None
) -> Resultaat:
    """Computes from what was read: nothing is read here.

    Raises:
        IdentiteitFout: the money identity does not hold.
    """
    f = feiten
    uitkomst = bereken(
        f.zaken, f.levering, f.versies, beleid, parameters, opdracht.betaalmaand, opdracht.peilmoment, spoor, f.besloten
    )
    return Resultaat(
        opdracht,
        beleid,
        parameters,
        f.zaken,
        f.levering,
        f.versies,
        f.aangeboden,
        uitkomst,
        f.afkeuringen,
        f.geteld,
        f.kolommen_sha256,
        f.besloten,
    )


def keur_betaalmaand(parameters: Parameters, betaalmaand: int) -> None:
    """Refuses a payment month for which an amount that the rules read was not checked (rule P2), naming them all."""
    namen = {naam for niveau in NIVEAUS for naam in niveau.op(betaalmaand).parameters}
    parameters.controleer_maand(betaalmaand, [naam for naam in parameters.namen if naam in namen])


def schrijf(resultaat: Resultaat, doel: Path, boek: Boek | None = None) -> Besluit:
    """Compares, writes the outputs beside their place, decides, and only then shows them: all, or none of it.

    Killed before the decision: nothing was decided and no folder is there. Killed after it: decided, and the
    repeated run finds nothing new and writes the same outputs.
    """
    uitkomst = resultaat.uitkomst
    voorstel, maanden, signalen = (
        uitvoer.betaalvoorstel(uitkomst),
        uitvoer.maanden(uitkomst),
        uitvoer.signalen(uitkomst),
    )
    werk = uitvoer.werkvoorraad(uitkomst, signalen)
    controle = uitvoer.controletotalen(
        uitkomst,
        resultaat.levering,
        resultaat.versies,
        resultaat.dossiers,
        voorstel,
        maanden,
        signalen,
        resultaat.aangeboden,
    )
    p = resultaat.opdracht.betaalmaand
    verschil: Verschil | None = None
    if boek is not None:
        verschil = boek.vergelijk(p, resultaat.zaken, voorstel, maanden)
        werk = uitvoer.met_ouderdom(werk, boek.vorige_werkvoorraad(), p, resultaat.opdracht.peilmoment)
    receipt = bewijs(resultaat, boek)
    metadata = {"verrekening.bewijs": receipt["vingerafdruk"]}
    boeking: int | None = None

    def besluit() -> None:
        nonlocal boeking
        if boek is not None and boek.besluit and verschil is not None:
            kop = {"betaalmaand": toon_maand(p), "engine": VERSIE, "bewijs": receipt, "controle": controle}
            beleid = (resultaat.beleid.sha256, resultaat.opdracht.beleid.read_bytes())
            delen = {"werkvoorraad": werk, "signalen": signalen, "standen": uitvoer.standen(uitkomst)}
            boeking = boek.leg_vast(kop, resultaat.beleid.gemeentecode, _nu(), verschil, beleid, delen)
            boek.bevestig()

    with uitvoer.hele_map(doel, voor_zichtbaar=besluit) as map_:
        uitvoer.schrijf_csv(voorstel, map_ / "betaalvoorstel.csv")
        uitvoer.schrijf_parquet(voorstel, map_ / "betaalvoorstel.parquet", metadata)
        uitvoer.schrijf_parquet(maanden, map_ / "maanden.parquet", metadata)
        uitvoer.schrijf_csv(werk.drop_columns(["zaak"]) if boek is not None else werk, map_ / "werkvoorraad.csv")
        uitvoer.schrijf_parquet(signalen, map_ / "signalen.parquet", metadata)
        uitvoer.schrijf_csv(uitvoer.afgekeurd(resultaat.afkeuringen), map_ / "afgekeurd.csv")
        uitvoer.schrijf_json(controle, map_ / "controle.json")
        uitvoer.schrijf_json(receipt, map_ / "bewijs.json")
    if boek is None or verschil is None:
        return Besluit(controle, len(resultaat.afkeuringen))
    return Besluit(
        controle, len(resultaat.afkeuringen), len(verschil.gewijzigd), len(verschil.vervangen),
        boeking, boek.nieuw, boek.naspel, boek.besluit, *_open(werk),
    )  # fmt: skip


def _open(werk: pa.Table) -> tuple[int, int]:
    """How many rows of a work list are new, and the days of the oldest."""
    dagen = werk["dagen_open"].to_numpy()
    return int((dagen == 0).sum()), int(dagen.max(initial=0))


def bewijs(resultaat: Resultaat, boek: Boek | None = None) -> dict[str, Any]:
    """The receipt: enough to repeat the run. The same input gives the same fingerprint."""
    ontvangen = resultaat.opdracht.ontvangen
    return uitvoer.bewijs(
        {
            "engine": VERSIE,
            "betaalmaand": toon_maand(resultaat.opdracht.betaalmaand),
            "peildatum": toon_moment(resultaat.opdracht.peilmoment),
            "parameters_sha256": resultaat.parameters.vingerafdruk(),
            "beleid": {"bestand": zonder_bsn(resultaat.opdracht.beleid.name), "sha256": resultaat.beleid.sha256},
            "dossiers": [{"bestand": een.naam, "sha256": een.sha256} for een in resultaat.zaken.bestanden],
            "polis": [
                {"bestand": een.naam, "sha256": een.sha256}
                for een, mee in zip(resultaat.levering.bestanden, resultaat.aangeboden.tolist(), strict=True)
                if mee
            ],
            "alle_leveringen_sha256": uitvoer.alle_leveringen(resultaat.levering),
            "opties": {
                "proef": boek is None or not boek.besluit,
                "administratie": boek is not None,
                "ontvangen": None if ontvangen is None else toon_moment(ontvangen),
                "kolommen_sha256": resultaat.kolommen_sha256,
            },
        }
    )


def _nu() -> str:
    return datetime.now(UTC).isoformat()
