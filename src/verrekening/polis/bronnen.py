"""From paths to streams of XML: folders, .xml.gz and .zip, with limits against hostile files."""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from verrekening.fouten import Gebruiksfout
from verrekening.kolommen import Getallen
from verrekening.nummers import zonder_bsn

MAX_BYTES = 8 * 2**30
"""The largest message that is read, after unpacking."""
MAX_VERHOUDING = 250
"""A packed file that grows more than this many times is a bomb; wage messages stay below 60."""
VERHOUDING_VANAF = 16 * 2**20
"""Below this many unpacked bytes the ratio is not looked at."""
MAX_LEDEN = 10_000
"""Members of one zip."""
UITGANGEN = (".xml", ".xml.gz", ".zip", ".csv")
"""What is picked up from a folder or a zip; what it is, is told by its content."""
_GEEN_APPARAAT = 2**64 - 1
_IN_EENS = 1 << 20
"""A file of at most this many bytes is fetched from disk in one go."""
_INGEPAKT = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar")
LEESFOUTEN = (
    OSError, EOFError, ValueError, struct.error, zlib.error, lzma.LZMAError, zipfile.BadZipFile,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What reading a broken gz or zip raises (RuntimeError: a member with a password)."""

_OPNIEUW = "Lever het bestand opnieuw aan."


class BestandGeweigerd(Exception):
    """Inside this room only: one file is refused; `lees` makes a row of it."""

    def __init__(self, reden: str, wat_te_doen: str = _OPNIEUW, plaats: str = "regel 1") -> None:
        super().__init__(reden)
        self.reden, self.wat_te_doen, self.plaats = reden, wat_te_doen, plaats


def _onleesbaar(fout: Exception) -> BestandGeweigerd:
    """The refusal for what reading raised; the text of the exception is not shown: it can hold a path."""
    if isinstance(fout, PermissionError):
        return BestandGeweigerd("het bestand mag niet worden gelezen", "Geef leesrechten op het bestand.")
    if isinstance(fout, (NotImplementedError, RuntimeError)):
        return BestandGeweigerd("het bestand heeft een wachtwoord of een onbekende inpakwijze")
    return BestandGeweigerd("het bestand is beschadigd, afgekapt of niet leesbaar")


class _Leesbaar(Protocol):
    def read(self, aantal: int = ..., /) -> bytes: ...


class Stroom:
    """Reads the bytes of one message, counts and hashes them, and stops at the limits."""

    def __init__(self, bron: _Leesbaar, ingepakt: int | None, hasht: bool = False) -> None:
        """``ingepakt``: packed size in bytes, None when not packed. ``hasht``: keep a hash of the content."""
        self._bron, self._ingepakt = bron, ingepakt
        self._hash = hashlib.sha256() if hasht else None
        self._vooraf = b""
        self._fout: BestandGeweigerd | None = None
        self.gelezen = 0
        self.aan_het_eind = False

    @property
    def ingepakt(self) -> bool:
        """Whether the bytes come out of a packed file."""
        return self._ingepakt is not None

    def kijk(self, aantal: int) -> bytes:
        """The next bytes without taking them: so many, or all that are left. What goes wrong, goes wrong in `read`."""
        delen = [self._vooraf]
        over = aantal - len(self._vooraf)
        try:
            while over > 0 and self._fout is None and (stuk := self._lees(over)):
                delen.append(stuk)
                over -= len(stuk)
        except BestandGeweigerd as fout:
            self._fout = fout
        self._vooraf = b"".join(delen)
        return self._vooraf

    def read(self, aantal: int) -> bytes:
        """The next bytes, empty at the end. Raises BestandGeweigerd when unreadable or beyond a limit."""
        if self._vooraf:
            stuk, self._vooraf = self._vooraf[:aantal], self._vooraf[aantal:]
            return stuk
        if self._fout is not None:
            raise self._fout
        return self._lees(aantal)

    def _lees(self, aantal: int) -> bytes:
        if self.aan_het_eind:
            return b""
        try:
            stuk = self._bron.read(aantal)
        except LEESFOUTEN as fout:
            raise _onleesbaar(fout) from None
        if self._hash is not None:
            self._hash.update(stuk)
        self.aan_het_eind = aantal > 0 and not stuk
        self.gelezen += len(stuk)
        if self.gelezen > MAX_BYTES:
            raise BestandGeweigerd(f"het bestand is groter dan {MAX_BYTES} bytes", "Splits de levering.")
        ingepakt = self._ingepakt
        if ingepakt is not None and self.gelezen > max(VERHOUDING_VANAF, MAX_VERHOUDING * ingepakt):
            raise BestandGeweigerd("uitgepakt is het bestand onwaarschijnlijk groot", "Controleer de afzender.")
        return stuk

    def sha256(self) -> str:
        """Hash of the whole content; empty when it is not kept or the end was not reached."""
        return self._hash.hexdigest() if self._hash is not None and self.aan_het_eind else ""


@dataclass(slots=True)
class Bron:
    """One message to read, or the reason it cannot be read.

    Attributes:
        naam: name without any BSN and without anything of this machine.
        bytes: size on disk, or of the member.
        sha256: hash of the file on disk; empty for a member of a zip (the stream knows).
        archief_sha256: hash of the zip around it, else empty.
        stroom: the bytes; usable until the next source is asked for.
        weigering: why there is no stream.
        voortgang: bytes of all files on disk that were passed when this source is done.
    """

    naam: str
    bytes: int
    sha256: str
    archief_sha256: str
    stroom: Stroom | None
    weigering: BestandGeweigerd | None
    voortgang: int


def bronnen(bestanden: Iterable[tuple[Path, str]]) -> Iterator[Bron]:
    """The messages in the files (see `vind_bestanden`), in order."""
    gedaan = 0
    for pad, naam in bestanden:
        for bron in _van_bestand(pad, naam, gedaan):
            yield bron
            gedaan = bron.voortgang


def toonbaar(tekst: str) -> str:
    """Text from outside that may be shown: at most 200 characters, no BSN, nothing a terminal would obey."""
    tekst = tekst[:200]
    if not tekst.isprintable():
        tekst = "".join(teken if teken.isprintable() else "?" for teken in tekst)
    return zonder_bsn(tekst)


@dataclass(frozen=True, slots=True)
class Bestanden:
    """Files to read, in order: of each the folder, shared with others, its name below it, and its bytes on disk.

    Lists, because a hundred thousand paths are objects of many parts. ``groottes`` is 0 where that can't be told.
    """

    mappen: list[Path]
    namen: list[str]
    groottes: Getallen

    def __len__(self) -> int:
        return len(self.namen)

    def __iter__(self) -> Iterator[tuple[Path, str]]:
        """Each file with the name to report."""
        for map_, naam in zip(self.mappen, self.namen, strict=True):
            getoond = toonbaar(naam)
            yield map_ / naam, naam if getoond == naam else getoond

    def kies(self, welke: Iterable[bool]) -> Bestanden:
        """Some of the files."""
        nummers = [nummer for nummer, mee in enumerate(welke) if mee]
        mappen, namen = [self.mappen[nummer] for nummer in nummers], [self.namen[nummer] for nummer in nummers]
        return Bestanden(mappen, namen, self.groottes[nummers])


def vind_bestanden(paden: Sequence[Path]) -> Bestanden:
    """Each file under the paths once; in a folder sorted by relative path.

    Raises Gebruiksfout for a path that does not exist.
    """
    mappen: list[Path] = []
    namen: list[str] = []
    for pad in map(Path, paden):
        if pad.is_dir():
            in_map = sorted(_onder(pad))
            mappen.extend([pad] * len(in_map))
            namen.extend(in_map)
        elif pad.exists():
            mappen.append(pad.parent)
            namen.append(pad.name)
        else:
            raise Gebruiksfout(f"{toonbaar(pad.name)} bestaat niet")
    return _eerste_keer(mappen, namen)


def _onder(map_: Path) -> Iterator[str]:
    """The files in a folder and in the folders in it that have a name to read, relative to it."""
    for in_map, _, namen in os.walk(map_):
        boven = Path(in_map).relative_to(map_).as_posix()
        yield from (naam if boven == "." else f"{boven}/{naam}" for naam in namen if _uitgang_past(naam))


def _eerste_keer(mappen: list[Path], namen: list[str]) -> Bestanden:
    """The files that were not there before, by whatever path; one of which that can't be told is told by its path."""
    nummers, groottes = array("Q"), array("q")
    onbekend: dict[Path, int] = {}
    for map_, naam in zip(mappen, namen, strict=True):
        try:
            # By its text: joining a hundred thousand paths takes longer than asking the disk.
            stand = os.stat(f"{map_}{os.sep}{naam}")  # noqa: PTH116
            nummers.extend((stand.st_dev, stand.st_ino))
            groottes.append(stand.st_size)
        except OSError:
            nummers.extend((_GEEN_APPARAAT, onbekend.setdefault(map_ / naam, len(onbekend))))
            groottes.append(0)
    paren = np.array(nummers, np.uint64).reshape(-1, 2)
    _, eerste = np.unique(paren, axis=0, return_index=True)
    houd = np.zeros(len(namen), np.bool_)
    houd[eerste] = True
    return Bestanden(mappen, namen, np.array(groottes, np.int64)).kies(houd.tolist())


def _uitgang_past(naam: str) -> bool:
    return naam.lower().endswith(UITGANGEN) and not naam.startswith("._")


def _van_bestand(pad: Path, naam: str, gedaan: int) -> Iterator[Bron]:
    bron = Bron(naam, 0, "", "", None, None, gedaan)
    try:
        stand = pad.stat()
        grootte = bron.bytes = stand.st_size
        bron.voortgang += grootte
        if not stat.S_ISREG(stand.st_mode):
            raise BestandGeweigerd("dit is geen gewoon bestand", "Geef een bestand of een map op.")
        if grootte > MAX_BYTES:
            raise BestandGeweigerd(f"het bestand is groter dan {MAX_BYTES} bytes", "Splits de levering.")
        with pad.open("rb") as bestand:
            # Twice over the same bytes: for the hash, and to read them. A small file is fetched once.
            ruw: io.BytesIO | io.BufferedReader = io.BytesIO(bestand.read()) if grootte <= _IN_EENS else bestand
            bron.sha256 = hashlib.file_digest(ruw, "sha256").hexdigest()
            ruw.seek(0)
            begin = ruw.read(4)
            ruw.seek(0)
            if begin.startswith(b"PK"):
                yield from _uit_zip(zipfile.ZipFile(ruw), bron)
            elif begin.startswith(b"\x1f\x8b"):
                bron.stroom = Stroom(gzip.GzipFile(fileobj=ruw, mode="rb"), grootte)
                yield bron
            else:
                bron.stroom = Stroom(ruw, None)
                yield bron
    except LEESFOUTEN as fout:
        bron.weigering = _onleesbaar(fout)
    except BestandGeweigerd as weigering:
        bron.weigering = weigering
    if bron.weigering is not None:
        bron.stroom = None
        yield bron


def _uit_zip(archief: zipfile.ZipFile, bestand: Bron) -> Iterator[Bron]:
    """The XML members in order of name. What is unsafe in one place refuses the whole zip: it is never an accident."""
    leden = archief.infolist()
    if len(leden) > MAX_LEDEN:
        raise BestandGeweigerd(f"de zip heeft meer dan {MAX_LEDEN} bestanden", "Splits de levering.")
    if any(_onveilig(lid) for lid in leden):
        raise BestandGeweigerd("de zip bevat een onveilige bestandsnaam of een koppeling", "Controleer de afzender.")
    if any(lid.filename.lower().endswith(_INGEPAKT) for lid in leden):
        raise BestandGeweigerd("de zip bevat zelf weer een ingepakt bestand", "Pak het eerst uit.")
    _controleer_omvang(leden, bestand.bytes)
    leden = [lid for lid in leden if not lid.is_dir() and _uitgang_past(Path(lid.filename).name)]
    if not leden:
        raise BestandGeweigerd("de zip bevat geen XML", "Lever de berichten als .xml in de zip.")
    for lid in sorted(leden, key=lambda lid: lid.filename):
        naam = toonbaar(f"{bestand.naam}/{lid.filename}")
        bron = Bron(naam, lid.file_size, "", bestand.sha256, None, None, bestand.voortgang)
        try:
            with archief.open(lid) as leden_stroom:
                bron.stroom = Stroom(leden_stroom, lid.compress_size, hasht=True)
                yield bron
        except LEESFOUTEN as fout:
            bron.stroom = None
            bron.weigering = _onleesbaar(fout)
            yield bron
        except BestandGeweigerd as weigering:
            bron.weigering = weigering
            yield bron


def _controleer_omvang(leden: Sequence[zipfile.ZipInfo], ingepakt: int) -> None:
    """Refuse a zip that says it becomes too large; no more is unpacked than a member says it is."""
    # Members that share the same bytes stay below the ratio each, but not together.
    for uitgepakt, bron in [(sum(lid.file_size for lid in leden), ingepakt)] + [
        (lid.file_size, lid.compress_size) for lid in leden
    ]:
        if uitgepakt > MAX_BYTES:
            raise BestandGeweigerd("uitgepakt is de zip te groot", "Splits de levering.")
        if uitgepakt > max(VERHOUDING_VANAF, MAX_VERHOUDING * bron):
            raise BestandGeweigerd("uitgepakt is de zip onwaarschijnlijk groot", "Controleer de afzender.")


def _onveilig(lid: zipfile.ZipInfo) -> bool:
    """Without a name, absolute, with a drive letter, pointing upwards, or a link."""
    naam = lid.filename.replace("\\", "/")
    koppeling = stat.S_ISLNK(lid.external_attr >> 16)
    return koppeling or not naam or naam.startswith("/") or naam[1:2] == ":" or ".." in naam.split("/")
