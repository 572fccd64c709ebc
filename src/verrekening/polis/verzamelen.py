"""What was read so far, message below message, to tables; small messages wait to be converted together."""

# ruff: noqa: PLC0415 - what converts answers of Suwinet is loaded with the first answer
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from verrekening.kolommen import Afkeuring, Getallen, Kolommen, kies_rijen, op_volgorde
from verrekening.polis import bundels, loonaangifte, tabel
from verrekening.polis.bekend import Bekend
from verrekening.polis.brok import Brok, Tijdvak, zet_om
from verrekening.polis.bronnen import Bron
from verrekening.polis.bundels import Geplaatst
from verrekening.polis.indeling import Indeling
from verrekening.polis.schil import Schillen
from verrekening.polis.snel import Snel
from verrekening.polis.tabel import Bestand, Bevinding, Levering
from verrekening.polis.uitkomst import Uitkomst

if TYPE_CHECKING:
    from verrekening.polis import suwinet
    from verrekening.polis.antwoorden import Antwoorden

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Afspraken:
    """How to read: the persons to keep (None: everyone), and the moment of what has none of its own."""

    bekend: Bekend | None
    ontvangen: int
    indeling: Indeling


class Geleerd:
    """What reading one message taught for the next: the sequences of elements, in both ways of reading."""

    def __init__(self, afspraken: Afspraken) -> None:
        self.vormen = loonaangifte.Geleerd()
        self.suwinet_vormen: suwinet.Geleerd | None = None
        self.snel = Snel(afspraken.bekend)
        self.schillen = Schillen()


@dataclass(slots=True)
class _Geteld:
    """A file that was read, with its counts so far; nothing of it that holds its bytes."""

    naam: str
    bytes: int
    archief_sha256: str
    sha256: str
    gelezen: int
    onbekend: int
    afgekeurd: int
    intrekkingen: int

    def bestand(self) -> Bestand:
        tellingen = tabel.geteld(self.gelezen, self.onbekend, self.afgekeurd)
        return Bestand(self.naam, self.sha256, self.bytes, tellingen, self.intrekkingen, self.archief_sha256)


class Verzameling:
    """Messages below each other, of a whole reading or of a part of one."""

    def __init__(self, afspraken: Afspraken) -> None:
        self._bekend = afspraken.bekend
        self._bestanden: list[_Geteld] = []
        self._afkeuringen: list[tuple[int, Afkeuring]] = []
        self._bevindingen: list[tuple[int, Bevinding]] = []
        self._idber: list[str] = []
        self._opgaven: list[Kolommen] = []
        self._perioden: list[Kolommen] = []
        self._aangiften: list[tuple[int, ...]] = []
        self._intrekkingen: list[Kolommen] = []
        self._afgekeurd: list[Kolommen] = []
        self._aantal_opgaven = self._in_bundels = self._volgorde = 0
        self._wachtend, self._tijdvakken = Brok(), list[Tijdvak]()
        self._geplaatst: list[Geplaatst] = []
        self._antwoorden: Antwoorden | None = None

    def omvang(self) -> int:
        """About how many rows there are: records, and heads, refusals and findings as well."""
        wachtend = self._in_bundels + len(self._wachtend.opgaven.sofi)
        wachtend += 0 if self._antwoorden is None else len(self._antwoorden.sofi)
        koppen = len(self._bestanden) + len(self._idber) + len(self._afkeuringen) + len(self._bevindingen)
        return self._aantal_opgaven + wachtend + koppen

    def noteer(self, bron: Bron, gelezen: int, onbekend: int, afgekeurd: int, intrekkingen: int) -> int:
        """Note a file that was read to its end, or as far as it went; its number."""
        sha256 = bron.sha256 or (bron.stroom.sha256() if bron.stroom is not None else "")
        self._bestanden.append(
            _Geteld(bron.naam, bron.bytes, bron.archief_sha256, sha256, gelezen, onbekend, afgekeurd, intrekkingen)
        )
        return len(self._bestanden) - 1

    def weiger(self, nummer: int, afkeuring: Afkeuring) -> None:
        """A row about a file."""
        self._afkeuringen.append((nummer, afkeuring))

    def voeg_toe(self, uitkomst: Uitkomst, nummer: int, volgorde: int) -> None:
        """Put a message below the others. ``nummer`` is its file; ``volgorde`` how many positions it used."""
        if uitkomst.opgaven:
            self._zet_om()
        vorige_aangiften = len(self._idber)

        def verplaats(delen: list[Kolommen], doel: list[Kolommen]) -> None:
            for deel in delen:
                kolommen = dict(deel)
                if "bestand" in kolommen:
                    kolommen["bestand"] = np.full(len(kolommen["bestand"]), nummer, np.int64)
                if "volgorde" in kolommen:
                    kolommen["volgorde"] = kolommen["volgorde"] + self._volgorde
                if "aangifte" in kolommen:
                    aangifte: Getallen = kolommen["aangifte"]
                    kolommen["aangifte"] = np.where(aangifte < 0, -1, aangifte + vorige_aangiften)
                if "opgave" in kolommen:
                    kolommen["opgave"] = kolommen["opgave"] + self._aantal_opgaven
                doel.append(kolommen)

        verplaats(uitkomst.opgaven, self._opgaven)
        verplaats(uitkomst.perioden, self._perioden)
        verplaats(uitkomst.intrekkingen, self._intrekkingen)
        verplaats(uitkomst.afgekeurde_opgaven, self._afgekeurd)
        self._aangiften.extend(
            (nummer, lhnr, begin, eind, moment, plaats + self._volgorde, soort)
            for _, lhnr, begin, eind, moment, plaats, soort in uitkomst.aangiften
        )
        self._idber.extend([uitkomst.idber_van_bericht] * len(uitkomst.aangiften))
        self._afkeuringen.extend((nummer, afkeuring) for afkeuring in uitkomst.afkeuringen)
        self._bevindingen.extend((nummer, bevinding) for bevinding in uitkomst.bevindingen.values())
        self._aantal_opgaven += uitkomst.aantal_opgaven
        if uitkomst.antwoorden is not None:
            from verrekening.polis.antwoorden import Antwoorden

            self._antwoorden = self._antwoorden or Antwoorden()
            self._antwoorden.neem_over(uitkomst.antwoorden, nummer, vorige_aangiften, self._volgorde)
            if self._antwoorden.vol():
                self._zet_antwoorden_om()
        self._wachtend.neem_over(uitkomst.rest, len(self._tijdvakken))
        eerder = len(self._tijdvakken)
        self._geplaatst.extend(Geplaatst(een.bundel, een.tijdvak + eerder, een.volgorde) for een in uitkomst.geplaatst)
        self._in_bundels += sum(len(een.bundel.opgaven) for een in uitkomst.geplaatst)
        for tijdvak in uitkomst.tijdvakken:
            tijdvak.zet_onder(nummer, vorige_aangiften, self._volgorde)
        self._tijdvakken.extend(uitkomst.tijdvakken)
        self._volgorde += volgorde
        if self._wachtend.vol():
            self._zet_om()

    def _zet_om(self) -> None:
        """Convert what waits: the records of many messages at once."""
        if not self._tijdvakken:
            return
        deel = zet_om(self._wachtend, self._tijdvakken, self._bekend)
        self._zet_onder(deel.opgaven, deel.perioden, deel.afgekeurde_opgaven)
        self._intrekkingen.append(deel.intrekkingen)
        self._afkeuringen.extend((tijdvak.nummer, afkeuring) for tijdvak, afkeuring in deel.afkeuringen)
        for tijdvak, afgekeurd, onbekend in zip(
            self._tijdvakken, deel.afgekeurd.tolist(), deel.onbekend.tolist(), strict=True
        ):
            self._bestanden[tijdvak.nummer].afgekeurd += afgekeurd
            self._bestanden[tijdvak.nummer].onbekend += onbekend
        snel = bundels.tabellen(self._geplaatst, self._tijdvakken)
        self._zet_onder(snel.opgaven, snel.perioden, snel.afgekeurde_opgaven)
        for tijdvak, afgekeurd in zip(self._tijdvakken, snel.afgekeurd.tolist(), strict=True):
            self._bestanden[tijdvak.nummer].afgekeurd += afgekeurd
        self._wachtend, self._tijdvakken, self._geplaatst, self._in_bundels = Brok(), [], [], 0

    def _zet_onder(self, opgaven: Kolommen, perioden: Kolommen, afgekeurd: Kolommen) -> None:
        self._opgaven.append(opgaven)
        self._perioden.append({**perioden, "opgave": perioden["opgave"] + self._aantal_opgaven})
        self._afgekeurd.append(afgekeurd)
        self._aantal_opgaven += len(opgaven["bsn"])

    def _zet_antwoorden_om(self) -> None:
        """The same for what waits of Suwinet."""
        if self._antwoorden is None or not self._antwoorden.sofi:
            return
        from verrekening.polis import antwoorden

        uit = antwoorden.zet_om(self._antwoorden)
        self._zet_onder(uit.deel.opgaven, uit.deel.perioden, uit.deel.afgekeurde_opgaven)
        self._afkeuringen.extend(uit.afkeuringen)
        self._bevindingen.extend(uit.bevindingen)
        for nummer, afgekeurd in uit.afgekeurd.items():
            self._bestanden[nummer].afgekeurd += afgekeurd
        self._antwoorden = None

    def levering(self) -> Levering:
        """Everything as tables, in the order of delivery: whatever was converted together, the outcome is the same."""
        self._zet_om()
        self._zet_antwoorden_om()
        leeg = tabel.lege_tabel
        opgaven, perioden = tabel.op_volgorde(
            tabel.stapel(tabel.lege_opgaven(), self._opgaven),
            tabel.stapel(leeg(tabel.PERIODE_GETALLEN), self._perioden),
        )
        aangiften, opgaven, intrekkingen = tabel.opeenvolgend(
            tabel.van_rijen(tabel.AANGIFTE_GETALLEN, self._aangiften),
            opgaven,
            tabel.stapel(leeg(tabel.INTREKKING_GETALLEN), self._intrekkingen),
        )
        afgekeurd = tabel.stapel(leeg(("bestand", *tabel.AFGEKEURD_GETALLEN)), self._afgekeurd)
        # In the order of the files, and of one file by what they hold: how they were read leaves no trace.
        afgekeurd = kies_rijen(afgekeurd, op_volgorde(*afgekeurd.values()))
        return Levering(
            bestanden=tuple(geteld.bestand() for geteld in self._bestanden),
            opgaven=opgaven,
            perioden=perioden,
            aangiften=aangiften,
            idber=tuple(self._idber),
            intrekkingen=intrekkingen,
            afgekeurde_opgaven=tabel.stapel(leeg(tabel.AFGEKEURD_GETALLEN), [afgekeurd]),
            afkeuringen=_per_bestand(self._afkeuringen),
            bevindingen=_per_bestand(self._bevindingen),
        )


def _per_bestand(rijen: Iterable[tuple[int, T]]) -> tuple[T, ...]:
    """In the order of the files."""
    return tuple(rij for _, rij in sorted(rijen, key=itemgetter(0)))
