"""What reading one message gave, before it is put below the others; thrown away when the message breaks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from verrekening.kolommen import Afkeuring, Kolommen
from verrekening.polis.brok import Brok, Omgezet, Tijdvak
from verrekening.polis.bundels import Geplaatst
from verrekening.polis.codes import CODES
from verrekening.polis.tabel import Bevinding

if TYPE_CHECKING:
    from verrekening.polis.antwoorden import Antwoorden
    from verrekening.polis.plat import Gesplitst

MAX_SOORTEN = 200
"""Different findings of one message; more is noise (or somebody filling a disk) and shares the last row."""


@dataclass(slots=True)
class Uitkomst:
    """Tables in pieces, with row numbers and positions that are local to the message."""

    opgaven: list[Kolommen] = field(default_factory=list)
    perioden: list[Kolommen] = field(default_factory=list)
    intrekkingen: list[Kolommen] = field(default_factory=list)
    afgekeurde_opgaven: list[Kolommen] = field(default_factory=list)
    afkeuringen: list[Afkeuring] = field(default_factory=list)
    aangiften: list[tuple[int, ...]] = field(default_factory=list)
    bevindingen: dict[tuple[str, str], Bevinding] = field(default_factory=dict)
    rest: Brok = field(default_factory=Brok)
    geplaatst: list[Geplaatst] = field(default_factory=list)
    tijdvakken: list[Tijdvak] = field(default_factory=list)
    antwoorden: Antwoorden | None = None
    idber_van_bericht: str = ""
    aantal_intrekkingen: int = 0
    aantal_opgaven: int = 0
    onbekend: int = 0
    afgekeurd: int = 0

    def voeg_toe(self, deel: Omgezet) -> None:
        """One more converted chunk."""
        perioden = dict(deel.perioden)
        perioden["opgave"] = perioden["opgave"] + self.aantal_opgaven
        self.opgaven.append(deel.opgaven)
        self.perioden.append(perioden)
        self.intrekkingen.append(deel.intrekkingen)
        self.afgekeurde_opgaven.append(deel.afgekeurde_opgaven)
        self.afkeuringen.extend(afkeuring for _, afkeuring in deel.afkeuringen)
        self.aantal_opgaven += len(deel.opgaven["bsn"])
        self.onbekend += int(deel.onbekend.sum())
        self.afgekeurd += int(deel.afgekeurd.sum())

    def voeg_platte_toe(self, deel: Gesplitst) -> None:
        """One more piece of records that stand on their own."""
        self.opgaven.append(deel.opgaven)
        self.perioden.append({**deel.perioden, "opgave": deel.perioden["opgave"] + self.aantal_opgaven})
        self.afgekeurde_opgaven.append(deel.afgekeurde_opgaven)
        self.aantal_opgaven += len(deel.opgaven["bsn"])

    def nieuwe_aangifte(self, lhnr: int, begin: int, eind: int, moment: int, volgorde: int, soort: int) -> int:
        """Note a tijdvak of the message; its row number."""
        self.aangiften.append((0, lhnr, begin, eind, moment, volgorde, soort))
        return len(self.aangiften) - 1

    def vind(self, code: str, bestand: str, plaats: str, naam: str) -> None:
        """Count a finding; the first of its kind keeps its place."""
        sleutel = (code, naam)
        oud = self.bevindingen.get(sleutel)
        if oud is None and len(self.bevindingen) >= MAX_SOORTEN:
            sleutel = next(reversed(self.bevindingen))
            oud = self.bevindingen[sleutel]
        if oud is not None:
            self.bevindingen[sleutel] = replace(oud, aantal=oud.aantal + 1)
            return
        gewicht, verwacht, wat_te_doen = CODES[code]
        self.bevindingen[sleutel] = Bevinding(code, gewicht, bestand, plaats, verwacht.format(naam=naam), wat_te_doen)
