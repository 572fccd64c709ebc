"""Declaration periods of the wage return: calendar months, and the thirteen four-week periods of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from verrekening import maand as kalendermaand

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Tijdvak:
    """One declaration period.

    Attributes:
        begin, eind: first and last day (days since 1970-01-01).
        jaar: calendar year, which decides the namespace and the elements of the message.
        vierweken: True for a four-week period, False for a month.
        naam: ``2026-08`` or ``2026-4w09``; for file names and message ids.
    """

    begin: int
    eind: int
    jaar: int
    vierweken: bool
    naam: str

    @property
    def dagen(self) -> int:
        """Number of calendar days."""
        return self.eind - self.begin + 1


def maanden(eerste: int, laatste: int) -> list[Tijdvak]:
    """The monthly periods from month ``eerste`` through ``laatste``."""
    return [
        Tijdvak(
            kalendermaand.eerste_dag(m),
            kalendermaand.laatste_dag(m),
            kalendermaand.jaar_van(m),
            False,
            kalendermaand.toon_maand(m),
        )
        for m in range(eerste, laatste + 1)
    ]


def vierweken(jaar: int) -> list[Tijdvak]:
    """The thirteen periods of a year: ISO weeks 1-4, 5-8, … 49-52, clipped to the calendar year."""
    eerste_maandag = date.fromisocalendar(jaar, 1, 1).toordinal() - _EPOCH
    begin = [date(jaar, 1, 1).toordinal() - _EPOCH, *(eerste_maandag + 28 * k for k in range(1, 13))]
    eind = [*(dag - 1 for dag in begin[1:]), date(jaar, 12, 31).toordinal() - _EPOCH]
    return [Tijdvak(begin[k], eind[k], jaar, True, f"{jaar}-4w{k + 1:02d}") for k in range(13)]


def vierweken_tussen(eerste_dag: int, laatste_dag: int) -> list[Tijdvak]:
    """The four-week periods that end on or after ``eerste_dag`` and on or before ``laatste_dag``."""
    eerste_jaar, laatste_jaar = (
        kalendermaand.jaar_van(kalendermaand.maand_van(dag)) for dag in (eerste_dag, laatste_dag)
    )
    jaren = range(eerste_jaar, laatste_jaar + 1)
    return [t for jaar in jaren for t in vierweken(jaar) if eerste_dag <= t.eind <= laatste_dag]
