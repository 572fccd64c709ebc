"""What the room of wage records hands over: every version of every record, and what was refused or odd."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from verrekening.kolommen import Afkeuring, Getallen, Kolommen, Masker, kies_rijen

BEDRAGEN = (
    "LnLbPh", "IngLbPh", "VakBsl", "OpgRchtVakBsl", "OpnAvwb", "OpbAvwb",
    "LnTabBB", "WrdLn", "WrdPrGebrAut", "WrknBijdrAut", "BijdrZvw", "Reisk",
)  # fmt: skip
"""The amounts the rules use: per amount an int64 column in cents and a bool column ``<name>_bekend``."""

VELDEN = (*BEDRAGEN, "ikv_begin", "ikv_eind", "srtiv", "lhkort", "lbtab", "cdzvw_m", "sa72")
"""What a source may or may not deliver, each one bit of the column ``velden`` (rule N1, last sentence)."""

ALLE_VELDEN = 2 ** len(VELDEN) - 1
"""A Loonaangifte delivers everything."""

GRENS_CENT = 10**9
"""An amount of this many cents or more (either sign) is refused, so that int64 products never overflow."""

SLEUTEL = ("lhnr", "bsn", "numiv", "tv_begin", "tv_eind")
"""The key of a record (rule N1); every column int64."""

OPGAVE_GETALLEN = (
    "bestand", "regel", "aangifte", "volgorde", "lhnr", "bsn", "numiv",
    "ikv_begin", "ikv_eind", "tv_begin", "tv_eind", "moment", "velden",
)  # fmt: skip
PERIODE_GETALLEN = ("opgave", "begin", "srtiv", "lhkort", "lbtab", "cdzvw_m", "sa72")
AANGIFTE_GETALLEN = ("bestand", "lhnr", "tv_begin", "tv_eind", "moment", "volgorde", "soort")
INTREKKING_GETALLEN = ("aangifte", "lhnr", "bsn", "numiv", "tv_begin", "tv_eind", "moment", "volgorde")
AFGEKEURD_GETALLEN = ("aangifte", "bsn", "lhnr", "numiv", "tv_begin", "tv_eind", "moment")

MET_VOLGORDE = ("aangiften", "opgaven", "intrekkingen")
"""Tables with a position: in a reading 1, 2, 3, ... over the three of them, in the order of delivery."""

VOLLEDIG, AANVULLEND, CORRECTIE, SUWINET, CSV = 0, 1, 2, 3, 4
"""Values of ``aangiften["soort"]``; an answer of Suwinet or a moment in a CSV has no payer or tijdvak of its own."""


@dataclass(frozen=True, slots=True)
class Bestand:
    """One delivery that was read: a file, or a member of a zip.

    Attributes:
        naam: name without any BSN; a member of a zip as ``levering.zip/bericht.xml``.
        sha256: hash of the file on disk; for a member of a zip of its content (empty when not read whole).
        bytes: size on disk; for a member of a zip the size of its content.
        tellingen: records ``gelezen``, ``onbekende_persoon`` and ``afgekeurd``; the rest are in ``opgaven``.
        intrekkingen: withdrawals read, whoever they are about; they are not in ``tellingen``.
        archief_sha256: hash of the zip a member comes from, else empty.
    """

    naam: str
    sha256: str
    bytes: int
    tellingen: Mapping[str, int]
    intrekkingen: int = 0
    archief_sha256: str = ""


@lru_cache(maxsize=1 << 14)
def geteld(gelezen: int, onbekende_persoon: int, afgekeurd: int) -> Mapping[str, int]:
    """The counts of a file. Most payers are small, so a hundred thousand files share a few thousand of these."""
    return {"gelezen": gelezen, "onbekende_persoon": onbekende_persoon, "afgekeurd": afgekeurd}


@dataclass(frozen=True, slots=True)
class Bevinding:
    """Something odd in a delivery that does not stop it from being used.

    Attributes:
        code: stable code, ``POLIS-001``.
        gewicht: ``waarschuwing`` or ``info``.
        bestand: name of the file, without any BSN.
        plaats: line and, when known, path in the XML.
        verwacht: what was found and what was expected (Dutch, without personal data).
        wat_te_doen: what to do about it (Dutch).
        aantal: how many times; the place is that of the first.
        sleutel: payer, number and tijdvak of the record, without the BSN; empty when it is about no record.
    """

    code: str
    gewicht: str
    bestand: str
    plaats: str
    verwacht: str
    wat_te_doen: str
    aantal: int = 1
    sleutel: str = ""


@dataclass(frozen=True, slots=True)
class Levering:
    """Everything that was read, every version of every record of a known person.

    Attributes:
        bestanden: the deliveries, in the order of reading; ``bestand`` columns are indexes into it.
        opgaven: one row per record: ``OPGAVE_GETALLEN``, the amounts with ``_bekend``.
        perioden: income periods; ``opgave`` is a row of ``opgaven``.
        aangiften: one row per tijdvak in a message.
        idber: the ``IdBer`` of each row of ``aangiften``.
        intrekkingen: withdrawals of records of known persons.
        afgekeurde_opgaven: refused records (and withdrawals) of known persons; ``aangifte`` is -1 when the
            tijdvak is unusable, then ``tv_begin`` and ``tv_eind`` are as wide as what is known.
        afkeuringen: a row for everything refused.
        bevindingen: what is odd.
    """

    bestanden: tuple[Bestand, ...]
    opgaven: Kolommen
    perioden: Kolommen
    aangiften: Kolommen
    idber: tuple[str, ...]
    intrekkingen: Kolommen
    afgekeurde_opgaven: Kolommen
    afkeuringen: tuple[Afkeuring, ...]
    bevindingen: tuple[Bevinding, ...]


@dataclass(frozen=True, slots=True)
class Erboven:
    """What stands above a delivery when deliveries are put below each other: so many of each."""

    bestand: int = 0
    aangifte: int = 0
    opgave: int = 0
    volgorde: int = 0

    def met(self, levering: Levering) -> Erboven:
        """What stands above the next delivery."""
        return Erboven(
            self.bestand + len(levering.bestanden),
            self.aangifte + len(levering.idber),
            self.opgave + len(levering.opgaven["bsn"]),
            self.volgorde + max(int(getattr(levering, naam)["volgorde"].max(initial=0)) for naam in MET_VOLGORDE),
        )

    def verschuif(self, tabel: Kolommen) -> dict[str, np.ndarray[Any, Any]]:
        """A table of the delivery with its row numbers and positions moved along; -1 stays."""
        uit = dict(tabel)
        for naam in ("bestand", "aangifte", "opgave", "volgorde"):
            if naam in uit:
                uit[naam] = np.where(uit[naam] < 0, uit[naam], uit[naam] + getattr(self, naam))
        return uit

    def terug(self, tabel: Kolommen) -> dict[str, np.ndarray[Any, Any]]:
        """The table of the delivery by itself, of which `verschuif` made this one."""
        return Erboven(-self.bestand, -self.aangifte, -self.opgave, -self.volgorde).verschuif(tabel)


def samen(leveringen: Sequence[Levering]) -> Levering:
    """Deliveries below each other, in this order; row numbers and positions move along."""
    if len(leveringen) == 1:
        return leveringen[0]
    # Nothing was delivered yet: tables without rows.
    tabellen: dict[str, list[Kolommen]] = {naam: [] for naam in LEEG}
    erboven = Erboven()
    for levering in leveringen:
        for naam, delen in tabellen.items():
            delen.append(erboven.verschuif(getattr(levering, naam)))
        erboven = erboven.met(levering)
    return Levering(
        bestanden=tuple(een for levering in leveringen for een in levering.bestanden),
        idber=tuple(een for levering in leveringen for een in levering.idber),
        afkeuringen=tuple(een for levering in leveringen for een in levering.afkeuringen),
        bevindingen=tuple(een for levering in leveringen for een in levering.bevindingen),
        **{naam: stapel((delen or [LEEG[naam]])[0], delen) for naam, delen in tabellen.items()},
    )


def bits(namen: Collection[str]) -> int:
    """These fields as bits of the column ``velden``. Raises ValueError for a name that is no field."""
    return sum(1 << VELDEN.index(naam) for naam in namen)


def lege_opgaven() -> Kolommen:
    """The table of records without rows."""
    tabel: dict[str, Getallen | Masker] = {}
    for naam in OPGAVE_GETALLEN:
        tabel[naam] = np.zeros(0, np.int64)
    for naam in BEDRAGEN:
        tabel[naam] = np.zeros(0, np.int64)
        tabel[f"{naam}_bekend"] = np.zeros(0, np.bool_)
    return tabel


def lege_tabel(namen: Sequence[str]) -> Kolommen:
    """A table of int64 columns without rows."""
    return {naam: np.zeros(0, np.int64) for naam in namen}


def van_rijen(namen: Sequence[str], rijen: Sequence[tuple[int, ...]]) -> Kolommen:
    """A table of int64 columns from rows."""
    blok = np.array(rijen, np.int64).reshape(-1, len(namen))
    return {naam: blok[:, plaats].copy() for plaats, naam in enumerate(namen)}


def stapel(leeg: Kolommen, delen: Sequence[Kolommen]) -> Kolommen:
    """The tables below each other, with the columns of ``leeg``."""
    if not delen:
        return leeg
    return {naam: np.concatenate([deel[naam] for deel in delen]) for naam in leeg}


def op_volgorde(opgaven: Kolommen, perioden: Kolommen) -> tuple[Kolommen, Kolommen]:
    """Records in the order of the deliveries, with their income periods; they may have been converted in another."""
    orde = np.argsort(opgaven["volgorde"], kind="stable")
    nieuw = np.empty(len(orde), np.int64)
    nieuw[orde] = np.arange(len(orde))
    perioden = {**perioden, "opgave": nieuw[perioden["opgave"]]}
    return gesorteerd(opgaven, "volgorde"), gesorteerd(perioden, "opgave")


def gesorteerd(tabel: Kolommen, naam: str) -> Kolommen:
    """The table in the order of one column; rows that are equal in it stay in theirs."""
    if not (np.diff(tabel[naam]) < 0).any():
        return tabel
    return kies_rijen(tabel, np.argsort(tabel[naam], kind="stable"))


def opeenvolgend(*tabellen: Kolommen) -> list[Kolommen]:
    """The tables with positions 1, 2, 3, ... in the same order.

    So they do not depend on what was left out between them, nor on where a reading was cut in two.
    """
    kolommen = [tabel["volgorde"] for tabel in tabellen]
    _, rang = np.unique(np.concatenate(kolommen), return_inverse=True)
    delen = np.split(rang.astype(np.int64) + 1, np.cumsum([len(kolom) for kolom in kolommen])[:-1])
    return [{**tabel, "volgorde": deel} for tabel, deel in zip(tabellen, delen, strict=True)]


LEEG: dict[str, Kolommen] = {
    "opgaven": lege_opgaven(),
    "perioden": lege_tabel(PERIODE_GETALLEN),
    "aangiften": lege_tabel(AANGIFTE_GETALLEN),
    "intrekkingen": lege_tabel(INTREKKING_GETALLEN),
    "afgekeurde_opgaven": lege_tabel(AFGEKEURD_GETALLEN),
}
"""The tables of a delivery, without rows."""
