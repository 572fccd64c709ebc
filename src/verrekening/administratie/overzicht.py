"""What was decided over each payment month, as tables over all households: for figures, never for one case."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import sqlalchemy as sa

from verrekening.administratie import delen, staand
from verrekening.administratie.runs import Run, runs
from verrekening.administratie.schema import BETAALREGELS, DELEN, LEVERINGEN
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import toon_maand


@dataclass(frozen=True)
class Maandoverzicht:
    """One payment month as it stands.

    Attributes:
        run: the last run over it.
        betalingen: standing payment lines: dossiernummer and the amounts.
        lijnen: standing lines per month R: dossiernummer, rechtmaand, verrekend_cent, nabetaald_cent.
        signalen: signals of that run (`uitvoer.signalen`).
        standen: where every month R stood after it (`uitvoer.standen`); None when the run did not keep that.
        vervangen: payment lines that were reversed because of new facts.
    """

    run: Run
    betalingen: pa.Table
    lijnen: pa.Table
    signalen: pa.Table
    standen: pa.Table | None
    vervangen: int


def maandoverzichten(verbinding: sa.Connection, van: int | None = None, tot: int | None = None) -> list[Maandoverzicht]:
    """The payment months with a decision, in order; only from ``van`` through ``tot`` when given.

    Raises:
        AdministratieGeweigerd: nothing was decided in these months.
    """
    per_maand = {een.betaalmaand: een for een in runs(verbinding)}
    kies = [p for p in sorted(per_maand) if (van is None or p >= van) and (tot is None or p <= tot)]
    if not kies:
        raise AdministratieGeweigerd("over deze maanden is in de administratie niets besloten")
    return [_overzicht(verbinding, per_maand[p]) for p in kies]


def _overzicht(verbinding: sa.Connection, run: Run) -> Maandoverzicht:
    p = run.betaalmaand
    signalen = _deel(verbinding, run, "signalen")
    if signalen is None:
        raise AdministratieGeweigerd("de administratie mist de signalen van een run; draai de controle")
    vervangen = sa.select(sa.func.count()).where(
        BETAALREGELS.c.betaalmaand == toon_maand(p), BETAALREGELS.c.teken == -1
    )
    return Maandoverzicht(
        run,
        pa.table(staand.betalingen(verbinding, p)),
        pa.table(staand.lijnen(verbinding, p)),
        signalen,
        _deel(verbinding, run, "standen"),
        int(verbinding.scalar(vervangen) or 0),
    )


def eerst_gelezen(verbinding: sa.Connection) -> dict[tuple[str, str], int]:
    """The moment at which each delivery (name, sha256) was first read."""
    velden = (LEVERINGEN.c.naam, LEVERINGEN.c.sha256)
    vraag = sa.select(*velden, sa.func.min(LEVERINGEN.c.gelezen_op)).group_by(*velden)
    return {(naam, sha256): int(moment) for naam, sha256, moment in verbinding.execute(vraag).all()}


def _deel(verbinding: sa.Connection, run: Run, naam: str) -> pa.Table | None:
    vraag = sa.select(DELEN.c.inhoud).where(DELEN.c.naam == naam, DELEN.c.boeking == run.boeking)
    inhoud = verbinding.scalar(vraag)
    return None if inhoud is None else delen.uitpakken(bytes(inhoud))
