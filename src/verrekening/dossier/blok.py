"""From the bytes of whole lines to an Arrow table: fast when the lines are plain, else line by line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.json as pj

from verrekening.dossier.platslaan import Fout, Tabel, Weigering, is_volledig, sla_plat
from verrekening.dossier.schema import arrow
from verrekening.kolommen import Getallen, Masker

KLEIN = 16
"""So few lines that Arrow does not take are read line by line, without looking further for the odd one."""
MAX_POGINGEN = 100
"""After so many tries in one piece it is quicker to read what is left line by line."""
_BSN_LIJST = re.compile(rb'"(?:in_inrichting|verhoging_20_3)"\s*:\s*\[')
_LEEG = b" \t\r"
_NL, _CR, _OPEN, _DICHT = b"\n\r{}"


@dataclass
class Deel:
    """Dossiers of one piece of a file.

    Attributes:
        wortel: the flat tables.
        fouten: what is wrong in values of these dossiers.
        regels: line of each dossier in the file.
    """

    wortel: Tabel
    fouten: list[Fout]
    regels: Getallen


@dataclass
class Geweigerd:
    """A line that has not the form: nothing of it is in the tables."""

    regel: int
    dossiernummer: str
    weigeringen: list[Weigering]


@dataclass
class Gelezen:
    """What one piece of a file gave."""

    delen: list[Deel] = field(default_factory=list)
    geweigerd: list[Geweigerd] = field(default_factory=list)
    aantal: int = 0


def lees_stuk(stuk: bytes, eerste_regel: int, *, altijd_zorgvuldig: bool = False) -> Gelezen:
    """Read whole lines.

    Args:
        stuk: lines; the last may lack its line end.
        eerste_regel: number of the first line in the file.
        altijd_zorgvuldig: never use the fast path (the answer is the same; for tests and measurements).
    """
    regels, nummers = _regels(stuk, eerste_regel)
    uit = Gelezen(aantal=len(regels))
    if not len(regels):
        return uit
    if altijd_zorgvuldig:
        tabel, vreemd = None, np.ones(len(regels), bool)
    else:
        tabel, vreemd = _snel(regels)
    if tabel is not None:
        uit.delen.append(Deel(*sla_plat(tabel), nummers[~vreemd]))
    if vreemd.any():
        _zorgvuldig(regels.kies(vreemd), nummers[vreemd], uit)
    return uit


class _Regels:
    """Lines of one piece: the bytes, and where each line begins and ends (without its line end)."""

    def __init__(self, inhoud: bytes, begin: Getallen, eind: Getallen) -> None:
        self.inhoud, self.begin, self.eind = inhoud, begin, eind

    def __len__(self) -> int:
        return len(self.begin)

    def __iter__(self) -> Iterator[bytes]:
        for begin, eind in zip(self.begin.tolist(), self.eind.tolist(), strict=True):
            yield self.inhoud[begin:eind]

    def deel(self, van: int, tot: int) -> _Regels:
        """Lines ``van`` to ``tot``, in the same bytes."""
        return _Regels(self.inhoud, self.begin[van:tot], self.eind[van:tot])

    def kies(self, welke: Masker) -> _Regels:
        """Some of the lines, side by side in bytes of their own."""
        gekozen = list(_Regels(self.inhoud, self.begin[welke], self.eind[welke]))
        lengte = np.array([len(regel) for regel in gekozen], np.int64)
        begin = np.cumsum(lengte + 1) - lengte - 1
        return _Regels(b"\n".join(gekozen), begin, begin + lengte)


def _regels(stuk: bytes, eerste_regel: int) -> tuple[_Regels, Getallen]:
    """The lines that are not blank, and their numbers."""
    tekens = np.frombuffer(stuk, np.uint8)
    eind = np.flatnonzero(tekens == _NL)
    if len(stuk) and tekens[-1] != _NL:
        eind = np.append(eind, len(stuk))
    begin = np.concatenate([np.zeros(min(1, len(eind)), np.int64), eind[:-1] + 1])
    nummers = np.arange(eerste_regel, eerste_regel + len(eind))
    if len(eind):
        eind = eind - ((eind > begin) & (tekens[np.maximum(eind - 1, 0)] == _CR))
    gevuld = eind > begin
    # Lines of only spaces are rare; look closer at lines that do not start as an object.
    for rij in np.flatnonzero(gevuld & (tekens[np.minimum(begin, len(stuk) - 1)] != _OPEN)).tolist():
        gevuld[rij] = bool(stuk[begin[rij] : eind[rij]].strip(_LEEG))
    return _Regels(stuk, begin[gevuld], eind[gevuld]), nummers[gevuld]


def _snel(regels: _Regels) -> tuple[pa.Table | None, Masker]:
    """As many lines as possible through Arrow, and the lines that are left."""
    vreemd = np.zeros(len(regels), bool)
    tabel = _arrow(regels)
    if tabel is not None:
        return tabel, vreemd
    # Lawful, and told by the text: a list of BSN where the column is yes or no.
    for treffer in _BSN_LIJST.finditer(regels.inhoud):
        vreemd[max(0, int(np.searchsorted(regels.begin, treffer.start(), side="right")) - 1)] = True
    if vreemd.any() and not vreemd.all():
        tabel = _arrow(regels.kies(~vreemd))
    if tabel is None:
        over = np.flatnonzero(~vreemd)
        vreemd[over[_zoek(regels.kies(~vreemd))]] = True
        tabel = None if vreemd.all() else _arrow(regels.kies(~vreemd))
    # Never seen: lines that Arrow takes in parts and not together.
    return tabel, vreemd if tabel is not None else np.ones(len(regels), bool)


def _zoek(regels: _Regels) -> Masker:
    """Lines that Arrow does not take, and a few neighbours, by halving."""
    uit = np.zeros(len(regels), bool)
    pogingen = MAX_POGINGEN
    stapel = [(0, len(regels))]
    while stapel:
        van, tot = stapel.pop()
        pogingen -= 1
        if van == tot or (pogingen >= 0 and _arrow(regels.deel(van, tot)) is not None):
            continue
        if pogingen < 0 or tot - van <= KLEIN:
            uit[van:tot] = True
        else:
            half = (van + tot) // 2
            stapel += [(van, half), (half, tot)]
    return uit


def _arrow(regels: _Regels) -> pa.Table | None:
    """The lines through Arrow, or None when Arrow cannot vouch for every one of them."""
    tekens = np.frombuffer(regels.inhoud, np.uint8)
    # Arrow reads values, not lines. When every line opens and closes an object, and there are as many
    # values as lines, then each line is one dossier: inside a value `}` is never followed by `{`. It also
    # keeps away a bare null, on which Arrow 26 does not raise but crash.
    if not ((tekens[regels.begin] == _OPEN) & (tekens[regels.eind - 1] == _DICHT)).all():
        return None
    inhoud = regels.inhoud[int(regels.begin[0]) : int(regels.eind[-1])]
    if b"\0" in inhoud or not _is_utf8(inhoud):
        return None
    try:
        tabel = pj.read_json(
            io.BytesIO(inhoud),
            memory_pool=pa.system_memory_pool(),
            read_options=pj.ReadOptions(use_threads=False, block_size=len(inhoud) + 1),
            parse_options=pj.ParseOptions(
                explicit_schema=arrow(met_lijsten=False),
                newlines_in_values=False,
                unexpected_field_behavior="error",
            ),
        )
    except pa.ArrowInvalid:
        return None
    return tabel if tabel.num_rows == len(regels) and is_volledig(tabel) else None


def _is_utf8(tekst: bytes) -> bool:
    """Arrow does not look; what it lets through would break later, when a text is used."""
    if tekst.isascii():
        return True
    try:
        tekst.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _zorgvuldig(regels: _Regels, nummers: Getallen, uit: Gelezen) -> None:
    from verrekening.dossier.zorgvuldig import lees_regel  # noqa: PLC0415 - pydantic costs 0.1 s; most files need none

    goed, waar = [], []
    for regel, nummer in zip(regels, nummers.tolist(), strict=True):
        dossiernummer, dossier, weigeringen = lees_regel(regel)
        if dossier is None:
            uit.geweigerd.append(Geweigerd(nummer, dossiernummer, weigeringen))
        else:
            goed.append(dossier)
            waar.append(nummer)
    if goed:
        tabel = pa.Table.from_pylist(goed, schema=arrow(met_lijsten=True))
        uit.delen.append(Deel(*sla_plat(tabel), np.array(waar, np.int64)))


def stukken(bron: io.BufferedIOBase, grootte: int, max_regel: int) -> Iterator[tuple[bytes, int]]:
    """Whole lines in pieces of about ``grootte`` bytes, each with the number of its first line.

    Raises:
        ValueError: a line is longer than ``max_regel`` bytes.
    """
    regel, rest = 1, b""
    while blok := bron.read(grootte):
        if regel == 1 and not rest and blok.startswith(b"\xef\xbb\xbf"):
            blok = blok[3:]
        knip = blok.rfind(b"\n") + 1
        if not knip:
            rest += blok
            if len(rest) > max_regel:
                raise ValueError(f"regel {regel} is langer dan {max_regel // 2**20} MB")
            continue
        stuk, rest = rest + blok[:knip], blok[knip:]
        yield stuk, regel
        regel += stuk.count(b"\n")
    if rest:
        yield rest, regel
