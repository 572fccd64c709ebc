"""The door of the room: deliveries in, one `Levering` out, or many that are parts of it."""

# ruff: noqa: PLC0415 - what reads Suwinet, CSV or with more processes is loaded when it is needed: one case seldom does
from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from verrekening.kolommen import Afkeuring, Getallen, houd_vrijgekomen_geheugen
from verrekening.maand import lees_moment
from verrekening.polis import elementen, loonaangifte, opslag
from verrekening.polis.bekend import Bekend
from verrekening.polis.bronnen import (
    Bestanden,
    BestandGeweigerd,
    Bron,
    Stroom,
    bronnen,
    toonbaar,
    vind_bestanden,
)
from verrekening.polis.herlezen import kenmerk
from verrekening.polis.indeling import Indeling
from verrekening.polis.knippen import Deel, Knipper, per_groep
from verrekening.polis.stroom import MAX_KOP, NOG_NIET, STUK, Kop, lees_kop, lijkt_csv
from verrekening.polis.tabel import Levering, samen
from verrekening.polis.verzamelen import Afspraken, Geleerd, Verzameling

if TYPE_CHECKING:
    from verrekening.polis import csv, suwinet

LOONT = 32 * 2**20
"""Bytes per process below which another process does not pay."""
PER_BESTAND = 25_000
"""So many bytes are read in the time that a file costs whatever is in it."""
DEEL = 25_000
"""Rows of a part: enough to make the fixed costs vanish, a small part of what a night may use."""
_ALLES = 2**62
_LOONAANGIFTE = "Loonaangifte"
_ALLEEN = "Lever de loongegevens als Loonaangifte-XML (2022 tot en met 2027), antwoord van Suwinet of CSV."


def lees(
    paden: Sequence[Path],
    bekende_bsn: Collection[int] | Getallen | None,
    ontvangen: int | None = None,
    voortgang: Callable[[int], None] | None = None,
    processen: int = 1,
    indeling: Indeling | None = None,
    overslaan: Collection[str] = (),
) -> Levering:
    """Read deliveries of wage records as one: all that `lees_in_delen` gives, below each other.

    With more processes than one what the others read waits in a folder of its own, which is gone at the end.
    """
    afspraken, reeksen = _opdracht(paden, bekende_bsn, ontvangen, processen, indeling, overslaan)
    if len(reeksen) == 1:
        return samen(list(_lees_reeks(reeksen[0], afspraken, _ALLES, voortgang)))
    with TemporaryDirectory(prefix="verrekening-") as map_:
        return samen(list(_lees_samen(reeksen, afspraken, _ALLES, Path(map_), voortgang)))


def lees_in_delen(
    paden: Sequence[Path],
    bekende_bsn: Collection[int] | Getallen | None,
    ontvangen: int | None,
    map_: Path,
    voortgang: Callable[[int], None] | None = None,
    processen: int = 1,
    indeling: Indeling | None = None,
    overslaan: Collection[str] = (),
    grootte: int = DEEL,
) -> Iterator[Levering]:
    """Read deliveries of wage records, in parts in the order of delivery; a file that breaks costs only itself.

    `verrekening.polis.tabel.samen` of all parts does not depend on where was cut. A cut is never within a message.

    Args:
        paden: files or folders; ``.xml``, ``.xml.gz``, ``.zip`` and ``.csv``, a folder in order of name. A file that is
            reached twice is read once.
        bekende_bsn: the persons to keep; others are counted and dropped. None keeps everyone.
        ontvangen: moment (microseconds UTC) for formats without a moment of their own; None: now. A run gives its
            own K, so that repeating it gives the same. A Loonaangifte has ``DatTdAanm``.
        map_: folder for what other processes read, until its turn; nothing is left there when all was asked for.
        voortgang: called now and then with the bytes of all files on disk that were passed (by this process).
        processen: read with so many processes at once when there is enough to read; the result is the same.
        indeling: the mapping of the columns of CSV files; None: they have our names.
        overslaan: files that are not read because they were before (see `herlezen.kenmerk`).
        grootte: a part ends with the message that makes it so many rows: records kept, files, refusals.

    Returns:
        Every version of every record of the known persons, and a row or a count for everything else.

    Raises:
        Gebruiksfout: a path does not exist.
        VerrekeningFout: ``map_`` cannot be written.
    """
    afspraken, reeksen = _opdracht(paden, bekende_bsn, ontvangen, processen, indeling, overslaan)
    if len(reeksen) == 1:
        return _lees_reeks(reeksen[0], afspraken, grootte, voortgang)
    return _lees_samen(reeksen, afspraken, grootte, map_, voortgang)


def _opdracht(
    paden: Sequence[Path],
    bekende_bsn: Collection[int] | Getallen | None,
    ontvangen: int | None,
    processen: int,
    indeling: Indeling | None,
    overslaan: Collection[str],
) -> tuple[Afspraken, list[Bestanden]]:
    """How to read, and the files: a run of them per process."""
    afspraken = Afspraken(
        None if bekende_bsn is None else Bekend(bekende_bsn),
        lees_moment(datetime.now(UTC).isoformat()) if ontvangen is None else ontvangen,
        indeling or Indeling(),
    )
    bestanden = vind_bestanden(paden)
    if overslaan:
        bestanden = bestanden.kies(kenmerk(pad, indeling) not in overslaan for pad, _ in bestanden)
    return afspraken, _verdeel(bestanden, processen)


def _lees_samen(
    reeksen: list[Bestanden],
    afspraken: Afspraken,
    grootte: int,
    map_: Path,
    voortgang: Callable[[int], None] | None,
) -> Iterator[Levering]:
    """The first run of files is read here, each of the others by a process of its own."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(len(reeksen) - 1, mp_context=get_context("spawn")) as werkers:
        elders = [
            werkers.submit(_lees_elders, reeks, afspraken, grootte, map_ / f"lezing-{nummer}")
            for nummer, reeks in enumerate(reeksen[1:], 1)
        ]
        yield from _lees_reeks(reeksen[0], afspraken, grootte, voortgang)
        for werk in elders:
            for pad in werk.result():
                yield opslag.haal(pad)


def _lees_elders(bestanden: Bestanden, afspraken: Afspraken, grootte: int, doel: Path) -> list[Path]:
    """In another process: the parts go to files, because arrays through a pipe cost more."""
    from verrekening.arrow import laad_licht

    laad_licht()
    paden = []
    for nummer, deel in enumerate(_lees_reeks(bestanden, afspraken, grootte)):
        paden.append(doel.with_name(f"{doel.name}-{nummer}"))
        opslag.bewaar(deel, paden[-1])
    return paden


def _verdeel(bestanden: Bestanden, processen: int) -> list[Bestanden]:
    """Runs of files that cost about the same, in order; one run when starting a process costs more than it saves."""
    if processen <= 1:
        return [bestanden]
    totaal = int(bestanden.groottes.sum())
    aantal = min(processen, len(bestanden), totaal // LOONT + 1)
    if aantal <= 1:
        return [bestanden]
    kost = bestanden.groottes + PER_BESTAND
    midden = np.cumsum(kost) - kost // 2
    deel = np.minimum(midden * aantal // int(kost.sum()), aantal - 1)
    return [bestanden.kies((deel == nummer).tolist()) for nummer in np.unique(deel)]


def _lees_reeks(
    bestanden: Bestanden,
    afspraken: Afspraken,
    grootte: int,
    voortgang: Callable[[int], None] | None = None,
) -> Iterator[Levering]:
    houd_vrijgekomen_geheugen()
    geleerd = Geleerd(afspraken)
    alles = Verzameling(afspraken)
    for bron, deel in per_groep(bronnen(bestanden), geleerd.snel):
        _lees_bron(bron, deel, afspraken, geleerd, alles, voortgang)
        if voortgang is not None:
            voortgang(bron.voortgang)
        if alles.omvang() >= grootte:
            yield alles.levering()
            alles = Verzameling(afspraken)
    if alles.omvang():
        yield alles.levering()


def _lees_bron(
    bron: Bron,
    deel: Deel | None,
    hoe: Afspraken,
    geleerd: Geleerd,
    alles: Verzameling,
    voortgang: Callable[[int], None] | None,
) -> None:
    """One message: all of it is used, or none. ``deel``: the message as part of a group, when it is small."""
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
        if lijkt_csv(stroom.kijk(MAX_KOP)):
            from verrekening.polis import csv

            lezer = csv.Lezer(bron.naam, hoe.bekend, hoe.indeling, hoe.ontvangen)
            uitkomst = lezer.lees(stroom, na_stuk)
        elif _is_suwinet(kop := lees_kop(stroom)):
            from verrekening.polis import suwinet

            geleerd.suwinet_vormen = geleerd.suwinet_vormen or suwinet.Geleerd()
            lezer = suwinet.Lezer(kop, bron.naam, hoe.bekend, geleerd.suwinet_vormen, hoe.ontvangen)
            uitkomst = lezer.lees(_stukken(kop, stroom, na_stuk))
        else:
            _controleer_soort(kop)
            knipper = Knipper(kop, geleerd.snel)
            lezer = loonaangifte.Lezer(kop, bron.naam, hoe.bekend, geleerd.vormen, knipper.bundels)
            if deel is None:
                uitkomst = lezer.lees(knipper.stroom(stroom, na_stuk))
            else:
                schil = knipper.deel(deel)
                uitkomst = geleerd.schillen.lees(schil, kop, lezer, len(knipper.bundels)) or lezer.lees([schil])
    except BestandGeweigerd as fout:
        gelezen, intrekkingen = (lezer.gelezen, lezer.uitkomst.aantal_intrekkingen) if lezer is not None else (0, 0)
        nummer = alles.noteer(bron, gelezen, 0, gelezen, intrekkingen)
        alles.weiger(nummer, Afkeuring(bron.naam, fout.plaats, "", fout.reden, fout.wat_te_doen))
        return
    nummer = alles.noteer(bron, lezer.gelezen, uitkomst.onbekend, uitkomst.afgekeurd, uitkomst.aantal_intrekkingen)
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
    if kop.naamruimte.startswith("http://bkwi.nl/"):
        return True
    if kop.naam == _LOONAANGIFTE:
        return False
    from verrekening.polis import suwinet

    return kop.naam == suwinet.ANTWOORD or (kop.naam == suwinet.ENVELOP and kop.naamruimte in suwinet.SOAP)


def _controleer_soort(kop: Kop) -> None:
    """Refuse a message that is not a Loonaangifte of a year that is read."""
    jaar = elementen.jaar_van_naamruimte(kop.naamruimte)
    if jaar is not None and kop.naam == _LOONAANGIFTE:
        if elementen.EERSTE_JAAR <= jaar <= elementen.LAATSTE_JAAR:
            return
        raise BestandGeweigerd(f"een Loonaangifte van {jaar} {NOG_NIET}", _ALLEEN)
    if kop.naam == _LOONAANGIFTE:
        raise BestandGeweigerd("de naamruimte is niet die van een Loonaangifte", _ALLEEN)
    raise BestandGeweigerd(f"XML met hoofdelement {toonbaar(kop.naam[:80])} {NOG_NIET}", _ALLEEN)
