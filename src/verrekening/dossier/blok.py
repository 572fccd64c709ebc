"""From the bytes of whole lines to an Arrow table: fast when the lines are plain, else line by line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.json as pj

from verrekening.dossier.platslaan import Fout, Onvolledig, Tabel, sla_plat
from verrekening.dossier.schema import arrow
from verrekening.dossier.zorgvuldig import Weigering, lees_regel
from verrekening.kolommen import Getallen

KLEIN = 32
"""A piece of at most so many lines that Arrow does not take is read line by line."""
_LEEG = b" \t\r"
_NL, _CR, _OPEN, _DICHT = b"\n\r{}"


@dataclass
class Deel:
    """Dossiers of one piece of a file.

    Attributes:
        wortel: the flat tables, with ``regels`` the line of each dossier in the file.
        fouten: what is wrong in values of these dossiers.
    """

    wortel: Tabel
    regels: Getallen
    fouten: list[Fout]


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
    begin, eind, regels = _regels(stuk, eerste_regel)
    uit = Gelezen(aantal=len(regels))
    if altijd_zorgvuldig:
        _zorgvuldig(stuk, begin, eind, regels, uit)
    else:
        _lees(stuk, begin, eind, regels, uit)
    return uit


def _regels(stuk: bytes, eerste_regel: int) -> tuple[Getallen, Getallen, Getallen]:
    """Begin, end (without line end) and number of every line that is not blank."""
    tekens = np.frombuffer(stuk, np.uint8)
    eind = np.flatnonzero(tekens == _NL)
    if len(stuk) and tekens[-1] != _NL:
        eind = np.append(eind, len(stuk))
    begin = np.concatenate([np.zeros(min(1, len(eind)), np.int64), eind[:-1] + 1])
    nummers = np.arange(eerste_regel, eerste_regel + len(eind))
    eind = eind - ((eind > begin) & (tekens[np.maximum(eind - 1, 0)] == _CR)) if len(eind) else eind
    gevuld = eind > begin
    # Lines of only spaces are rare; look closer at lines that do not start as an object.
    for rij in np.flatnonzero(gevuld & (tekens[np.minimum(begin, len(stuk) - 1)] != _OPEN)).tolist():
        gevuld[rij] = bool(stuk[begin[rij] : eind[rij]].strip(_LEEG))
    return begin[gevuld], eind[gevuld], nummers[gevuld]


def _lees(stuk: bytes, begin: Getallen, eind: Getallen, regels: Getallen, uit: Gelezen) -> None:
    """Fast when possible; else in halves, so that one odd line costs its neighbours little."""
    if not len(regels):
        return
    deel = _snel(stuk, begin, eind, regels)
    if deel is not None:
        uit.delen.append(deel)
    elif len(regels) <= KLEIN:
        _zorgvuldig(stuk, begin, eind, regels, uit)
    else:
        half = len(regels) // 2
        _lees(stuk, begin[:half], eind[:half], regels[:half], uit)
        _lees(stuk, begin[half:], eind[half:], regels[half:], uit)


def _snel(stuk: bytes, begin: Getallen, eind: Getallen, regels: Getallen) -> Deel | None:
    """The lines through Arrow, or None when Arrow cannot vouch for every one of them."""
    tekens = np.frombuffer(stuk, np.uint8)
    # Arrow reads values, not lines. When every line opens and closes an object, and there are as many
    # values as lines, then each line is one dossier: inside a value `}` is never followed by `{`. It also
    # keeps away a bare null, on which Arrow 26 does not raise but crash.
    if not ((tekens[begin] == _OPEN) & (tekens[eind - 1] == _DICHT)).all():
        return None
    regels_bytes = stuk[int(begin[0]) : int(eind[-1])]
    if b"\0" in regels_bytes or not _is_utf8(regels_bytes):
        return None
    try:
        tabel = pj.read_json(
            io.BytesIO(regels_bytes),
            read_options=pj.ReadOptions(use_threads=False, block_size=len(regels_bytes) + 1),
            parse_options=pj.ParseOptions(
                explicit_schema=arrow(met_lijsten=False),
                newlines_in_values=False,
                unexpected_field_behavior="error",
            ),
        )
        if tabel.num_rows != len(regels):
            return None
        wortel, fouten = sla_plat(tabel)
    except (pa.ArrowInvalid, Onvolledig):
        return None
    return Deel(wortel, regels, fouten)


def _is_utf8(tekst: bytes) -> bool:
    """Arrow does not look; what it lets through would break later, when a text is used."""
    if tekst.isascii():
        return True
    try:
        tekst.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _zorgvuldig(stuk: bytes, begin: Getallen, eind: Getallen, regels: Getallen, uit: Gelezen) -> None:
    goed, nummers = [], []
    for rij, regel in enumerate(regels.tolist()):
        nummer, dossier, weigeringen = lees_regel(stuk[int(begin[rij]) : int(eind[rij])])
        if dossier is None:
            uit.geweigerd.append(Geweigerd(regel, nummer, weigeringen))
        else:
            goed.append(dossier)
            nummers.append(regel)
    if goed:
        wortel, fouten = sla_plat(pa.Table.from_pylist(goed, schema=arrow(met_lijsten=True)))
        uit.delen.append(Deel(wortel, np.array(nummers, np.int64), fouten))


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
