"""The door of the room: deliveries in, one `Levering` out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path

import numpy as np

from verrekening.kolommen import Afkeuring, Getallen, Kolommen
from verrekening.maand import lees_moment
from verrekening.polis import antwoorden, bundels, csv, elementen, loonaangifte, suwinet, tabel
from verrekening.polis.antwoorden import Antwoorden
from verrekening.polis.brok import Brok, Tijdvak, zet_om
from verrekening.polis.bronnen import BestandGeweigerd, Bron, Stroom, bronnen, grootte_van, toonbaar, vind_bestanden
from verrekening.polis.bundels import Geplaatst
from verrekening.polis.herlezen import kenmerk
from verrekening.polis.indeling import Indeling
from verrekening.polis.knippen import Deel, Knipper, per_groep
from verrekening.polis.snel import Snel
from verrekening.polis.stroom import NOG_NIET, STUK, Kop, lees_kop
from verrekening.polis.tabel import Bestand, Bevinding, Levering, samen
from verrekening.polis.uitkomst import Uitkomst

LOONT = 32 * 2**20
"""Bytes per process below which another process does not pay."""
_ALLEEN = "Lever de loongegevens als Loonaangifte-XML (2022 tot en met 2027), antwoord van Suwinet of CSV."


@dataclass(frozen=True, slots=True)
class _Afspraken:
    """How to read: the BSNs to keep as text (None: everyone), and the moment of what has none of its own."""

    bekend: frozenset[str] | None
    ontvangen: int
    indeling: Indeling


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
        tellingen = {"gelezen": self.gelezen, "onbekende_persoon": self.onbekend, "afgekeurd": self.afgekeurd}
        return Bestand(self.naam, self.sha256, self.bytes, tellingen, self.intrekkingen, self.archief_sha256)


class _Verzameling:
    """All messages so far, below each other; small ones wait to be converted together."""

    def __init__(self, afspraken: _Afspraken) -> None:
        self.afspraken = afspraken
        self.vormen = loonaangifte.Geleerd()
        self.suwinet_vormen = suwinet.Geleerd()
        self.snel = Snel(afspraken.bekend)
        self.bestanden: list[_Geteld] = []
        self.afkeuringen: list[tuple[int, Afkeuring]] = []
        self.bevindingen: list[Bevinding] = []
        self._idber: list[str] = []
        self._opgaven: list[Kolommen] = []
        self._perioden: list[Kolommen] = []
        self._aangiften: list[tuple[int, ...]] = []
        self._intrekkingen: list[Kolommen] = []
        self._afgekeurd: list[Kolommen] = []
        self._aantal_opgaven = self._volgorde = 0
        self._wachtend, self._tijdvakken = Brok(), list[Tijdvak]()
        self._geplaatst: list[Geplaatst] = []
        self._antwoorden = Antwoorden()

    def noteer(self, bron: Bron, gelezen: int, onbekend: int, afgekeurd: int, intrekkingen: int) -> None:
        """Note a file that was read to its end, or as far as it went."""
        sha256 = bron.sha256 or (bron.stroom.sha256() if bron.stroom is not None else "")
        self.bestanden.append(
            _Geteld(bron.naam, bron.bytes, bron.archief_sha256, sha256, gelezen, onbekend, afgekeurd, intrekkingen)
        )

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
        self.afkeuringen.extend((nummer, afkeuring) for afkeuring in uitkomst.afkeuringen)
        self.bevindingen.extend(uitkomst.bevindingen.values())
        self._aantal_opgaven += uitkomst.aantal_opgaven
        if uitkomst.antwoorden is not None:
            self._antwoorden.neem_over(uitkomst.antwoorden, nummer, vorige_aangiften, self._volgorde)
            if self._antwoorden.vol():
                self._zet_antwoorden_om()
        self._wachtend.neem_over(uitkomst.rest, len(self._tijdvakken))
        eerder = len(self._tijdvakken)
        self._geplaatst.extend(replace(een, tijdvak=een.tijdvak + eerder) for een in uitkomst.geplaatst)
        for tijdvak in uitkomst.tijdvakken:
            aangifte = tijdvak.aangifte if tijdvak.aangifte < 0 else tijdvak.aangifte + vorige_aangiften
            self._tijdvakken.append(replace(tijdvak, aangifte=aangifte, nummer=nummer, volgorde=self._volgorde))
        self._volgorde += volgorde
        if self._wachtend.vol():
            self._zet_om()

    def _zet_om(self) -> None:
        """Convert what waits: the records of many messages at once."""
        if not self._tijdvakken:
            return
        deel = zet_om(self._wachtend, self._tijdvakken, self.afspraken.bekend)
        self._zet_onder(deel.opgaven, deel.perioden, deel.afgekeurde_opgaven)
        self._intrekkingen.append(deel.intrekkingen)
        self.afkeuringen.extend((tijdvak.nummer, afkeuring) for tijdvak, afkeuring in deel.afkeuringen)
        for tijdvak, afgekeurd, onbekend in zip(
            self._tijdvakken, deel.afgekeurd.tolist(), deel.onbekend.tolist(), strict=True
        ):
            self.bestanden[tijdvak.nummer].afgekeurd += afgekeurd
            self.bestanden[tijdvak.nummer].onbekend += onbekend
        snel = bundels.tabellen(self._geplaatst, self._tijdvakken)
        self._perioden.append({**snel.perioden, "opgave": snel.perioden["opgave"] + self._aantal_opgaven})
        self._opgaven.append(snel.opgaven)
        self._afgekeurd.append(snel.afgekeurde_opgaven)
        self._aantal_opgaven += len(snel.opgaven["bsn"])
        for tijdvak, afgekeurd in zip(self._tijdvakken, snel.afgekeurd.tolist(), strict=True):
            self.bestanden[tijdvak.nummer].afgekeurd += afgekeurd
        self._wachtend, self._tijdvakken, self._geplaatst = Brok(), [], []

    def _zet_onder(self, opgaven: Kolommen, perioden: Kolommen, afgekeurd: Kolommen) -> None:
        self._opgaven.append(opgaven)
        self._perioden.append({**perioden, "opgave": perioden["opgave"] + self._aantal_opgaven})
        self._afgekeurd.append(afgekeurd)
        self._aantal_opgaven += len(opgaven["bsn"])

    def _zet_antwoorden_om(self) -> None:
        """The same for what waits of Suwinet."""
        if not self._antwoorden.sofi:
            return
        uit = antwoorden.zet_om(self._antwoorden)
        self._zet_onder(uit.deel.opgaven, uit.deel.perioden, uit.deel.afgekeurde_opgaven)
        self.afkeuringen.extend(uit.afkeuringen)
        self.bevindingen.extend(uit.bevindingen)
        for nummer, afgekeurd in uit.afgekeurd.items():
            self.bestanden[nummer].afgekeurd += afgekeurd
        self._antwoorden = Antwoorden()

    def levering(self) -> Levering:
        """Everything as tables."""
        self._zet_om()
        self._zet_antwoorden_om()
        leeg = tabel.lege_tabel
        opgaven, perioden = tabel.op_volgorde(
            tabel.stapel(tabel.lege_opgaven(), self._opgaven),
            tabel.stapel(leeg(tabel.PERIODE_GETALLEN), self._perioden),
        )
        return Levering(
            bestanden=tuple(geteld.bestand() for geteld in self.bestanden),
            opgaven=opgaven,
            perioden=perioden,
            aangiften=tabel.van_rijen(tabel.AANGIFTE_GETALLEN, self._aangiften),
            idber=tuple(self._idber),
            intrekkingen=tabel.stapel(leeg(tabel.INTREKKING_GETALLEN), self._intrekkingen),
            afgekeurde_opgaven=tabel.stapel(leeg(tabel.AFGEKEURD_GETALLEN), self._afgekeurd),
            afkeuringen=tuple(afkeuring for _, afkeuring in sorted(self.afkeuringen, key=itemgetter(0))),
            bevindingen=tuple(self.bevindingen),
        )


def lees(
    paden: Sequence[Path],
    bekende_bsn: Collection[int] | None,
    ontvangen: int | None = None,
    voortgang: Callable[[int], None] | None = None,
    processen: int = 1,
    indeling: Indeling | None = None,
    overslaan: Collection[str] = (),
) -> Levering:
    """Read deliveries of wage records; a file that breaks costs only itself (contract §2).

    Args:
        paden: files or folders; ``.xml``, ``.xml.gz``, ``.zip`` and ``.csv``, a folder in order of name. A file that is
            reached twice is read once.
        bekende_bsn: the persons to keep; others are counted and dropped. None keeps everyone.
        ontvangen: moment (microseconds UTC) for formats without a moment of their own; None: now. A run gives its
            own K, so that repeating it gives the same. A Loonaangifte has ``DatTdAanm``.
        voortgang: called now and then with the bytes of all files on disk that were passed (by this process).
        indeling: the mapping of the columns of CSV files; None: they have our names.
        processen: read with so many processes at once when there is enough to read; the result is the same.
        overslaan: files that are not read because they were before (see `herlezen.kenmerk`).

    Returns:
        Every version of every record of the known persons, and a row or a count for everything else.

    Raises:
        Gebruiksfout: a path does not exist.
    """
    afspraken = _Afspraken(
        None if bekende_bsn is None else frozenset(f"{int(bsn):09d}" for bsn in bekende_bsn),
        lees_moment(datetime.now(UTC).isoformat()) if ontvangen is None else ontvangen,
        indeling or Indeling(),
    )
    bestanden = [een for een in vind_bestanden(paden) if not overslaan or kenmerk(een[0], indeling) not in overslaan]
    delen = _verdeel(bestanden, processen)
    if len(delen) == 1:
        return _lees_deel(bestanden, afspraken, voortgang)
    with ProcessPoolExecutor(len(delen) - 1, mp_context=get_context("spawn")) as werkers:
        elders = [werkers.submit(_lees_deel, deel, afspraken) for deel in delen[1:]]
        hier = _lees_deel(delen[0], afspraken, voortgang)
        return samen([hier, *[werk.result() for werk in elders]])


def _verdeel(bestanden: list[tuple[Path, str]], processen: int) -> list[list[tuple[Path, str]]]:
    """Runs of files of about the same size, in order; one run when starting a process costs more than it saves."""
    groottes = np.array([grootte_van(pad) for pad, _ in bestanden], np.int64)
    totaal = int(groottes.sum())
    aantal = min(processen, len(bestanden), totaal // LOONT + 1)
    if aantal <= 1:
        return [bestanden]
    midden = np.cumsum(groottes) - groottes // 2
    deel = np.minimum(midden * aantal // totaal, aantal - 1)
    return [[bestanden[i] for i in np.flatnonzero(deel == nummer)] for nummer in np.unique(deel)]


def _lees_deel(
    bestanden: list[tuple[Path, str]], afspraken: _Afspraken, voortgang: Callable[[int], None] | None = None
) -> Levering:
    alles = _Verzameling(afspraken)
    for bron, deel in per_groep(bronnen(bestanden), alles.snel):
        _lees_bron(bron, deel, alles, voortgang)
        if voortgang is not None:
            voortgang(bron.voortgang)
    return alles.levering()


def _lees_bron(bron: Bron, deel: Deel | None, alles: _Verzameling, voortgang: Callable[[int], None] | None) -> None:
    """One message: all of it is used, or none. ``deel``: the message as part of a group, when it is small."""
    nummer = len(alles.bestanden)
    lezer: loonaangifte.Lezer | suwinet.Lezer | csv.Lezer | None = None
    stroom = bron.stroom
    # Within a packed file the bytes on disk are not known; the end of the file is reported in any case.
    begin = bron.voortgang - bron.bytes

    def na_stuk() -> None:
        if voortgang is not None and stroom is not None and not stroom.ingepakt:
            voortgang(begin + min(stroom.gelezen, bron.bytes))

    try:
        if stroom is None:
            raise bron.weigering or BestandGeweigerd("het bestand is niet leesbaar")
        hoe = alles.afspraken
        if csv.lijkt_csv(stroom.kijk(csv.MAX_KOP)):
            lezer = csv.Lezer(bron.naam, hoe.bekend, hoe.indeling, hoe.ontvangen)
            uitkomst = lezer.lees(stroom, na_stuk)
        elif _is_suwinet(kop := lees_kop(stroom)):
            lezer = suwinet.Lezer(kop, bron.naam, hoe.bekend, alles.suwinet_vormen, hoe.ontvangen)
            uitkomst = lezer.lees(_stukken(kop, stroom, na_stuk))
        else:
            _controleer_soort(kop)
            knipper = Knipper(kop, alles.snel)
            lezer = loonaangifte.Lezer(kop, bron.naam, hoe.bekend, alles.vormen, knipper.bundels)
            uitkomst = lezer.lees(knipper.deel(deel) if deel is not None else knipper.stroom(stroom, na_stuk))
    except BestandGeweigerd as fout:
        alles.afkeuringen.append((nummer, Afkeuring(bron.naam, fout.plaats, "", fout.reden, fout.wat_te_doen)))
        gelezen = lezer.gelezen if lezer is not None else 0
        alles.noteer(bron, gelezen, 0, gelezen, lezer.uitkomst.aantal_intrekkingen if lezer is not None else 0)
        return
    alles.noteer(bron, lezer.gelezen, uitkomst.onbekend, uitkomst.afgekeurd, uitkomst.aantal_intrekkingen)
    alles.voeg_toe(uitkomst, nummer, lezer.volgorde)


def _stukken(kop: Kop, stroom: Stroom, na_stuk: Callable[[], None]) -> Iterator[bytes]:
    """The bytes of a message, as they come."""
    stuk = kop.bytes
    while stuk:
        yield stuk
        na_stuk()
        stuk = stroom.read(STUK)


def _is_suwinet(kop: Kop) -> bool:
    """Whether to read this as an answer of Suwinet; its reader says what is wrong with it."""
    return (
        kop.naamruimte.startswith("http://bkwi.nl/")
        or kop.naam == suwinet.ANTWOORD
        or (kop.naam == suwinet.ENVELOP and kop.naamruimte in suwinet.SOAP)
    )


def _controleer_soort(kop: Kop) -> None:
    """Refuse a message that is not a Loonaangifte of a year that is read."""
    jaar = elementen.jaar_van_naamruimte(kop.naamruimte)
    if jaar is not None and kop.naam == "Loonaangifte":
        if elementen.EERSTE_JAAR <= jaar <= elementen.LAATSTE_JAAR:
            return
        raise BestandGeweigerd(f"een Loonaangifte van {jaar} {NOG_NIET}", _ALLEEN)
    if kop.naam == "Loonaangifte":
        raise BestandGeweigerd("de naamruimte is niet die van een Loonaangifte", _ALLEEN)
    raise BestandGeweigerd(f"XML met hoofdelement {toonbaar(kop.naam[:80])} {NOG_NIET}", _ALLEEN)
