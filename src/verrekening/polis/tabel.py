"""What the room of wage records hands over: every version of every record, and what was refused or odd."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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


def samen(leveringen: Sequence[Levering]) -> Levering:
    """Deliveries below each other, in this order; row numbers and positions move along."""
    # Nothing was delivered yet: tables without rows.
    tabellen: dict[str, list[Kolommen]] = {naam: [] for naam in _LEEG}
    bestand = aangifte = opgave = volgorde = 0
    for levering in leveringen:
        erbij = {"bestand": bestand, "aangifte": aangifte, "opgave": opgave, "volgorde": volgorde}
        for naam, delen in tabellen.items():
            tabel = dict(getattr(levering, naam))
            for kolom, hoeveel in erbij.items():
                if kolom in tabel:
                    tabel[kolom] = np.where(tabel[kolom] < 0, tabel[kolom], tabel[kolom] + hoeveel)
            delen.append(tabel)
        bestand += len(levering.bestanden)
        aangifte += len(levering.idber)
        opgave += len(levering.opgaven["bsn"])
        volgorde += max(
            int(getattr(levering, naam)["volgorde"].max(initial=0)) for naam in ("opgaven", "aangiften", "intrekkingen")
        )
    return Levering(
        bestanden=tuple(een for levering in leveringen for een in levering.bestanden),
        idber=tuple(een for levering in leveringen for een in levering.idber),
        afkeuringen=tuple(een for levering in leveringen for een in levering.afkeuringen),
        bevindingen=tuple(een for levering in leveringen for een in levering.bevindingen),
        **{naam: stapel((delen or [_LEEG[naam]])[0], delen) for naam, delen in tabellen.items()},
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
    volgorde = opgaven["volgorde"]
    if not (np.diff(volgorde) < 0).any():
        return opgaven, perioden
    orde = np.argsort(volgorde, kind="stable")
    nieuw = np.empty(len(orde), np.int64)
    nieuw[orde] = np.arange(len(orde))
    perioden = {**perioden, "opgave": nieuw[perioden["opgave"]]}
    return kies_rijen(opgaven, orde), kies_rijen(perioden, np.argsort(perioden["opgave"], kind="stable"))


_LEEG: dict[str, Kolommen] = {
    "opgaven": lege_opgaven(),
    "perioden": lege_tabel(PERIODE_GETALLEN),
    "aangiften": lege_tabel(AANGIFTE_GETALLEN),
    "intrekkingen": lege_tabel(INTREKKING_GETALLEN),
    "afgekeurde_opgaven": lege_tabel(AFGEKEURD_GETALLEN),
}
