"""From an Arrow table with lists inside lists to flat tables of numbers, each row knowing its parent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from verrekening.dossier import tekst
from verrekening.dossier.schema import BSN_ACHTERVOEGSEL, Blad, Stam, Tak, boom
from verrekening.dossier.vorm import Soort
from verrekening.kolommen import Getallen, Masker

WAARDE = ""
"""Name of the only column of a list of scalars."""


class Fout(NamedTuple):
    """One thing that is wrong in one dossier: row of the household, path of the key, what, and what to do."""

    huishouden: int
    pad: str
    reden: str
    wat_te_doen: str


class Weigering(NamedTuple):
    """One reason why a line is refused: path of the key, what, and what to do."""

    pad: str
    reden: str
    wat_te_doen: str


@dataclass
class Tabel:
    """Rows of one list of the form.

    Attributes:
        naam: path of the list below its parent, empty for the dossiers themselves.
        ouder: the table above, with ``rij`` the row there and ``volgnr`` the place in the list.
        kolommen: per key (dotted below an object) the values.
        gegeven: per optional key where it was given.
        onder: the tables below, by name.
    """

    naam: str
    ouder: Tabel | None
    rij: Getallen
    volgnr: Getallen
    kolommen: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    gegeven: dict[str, Masker] = field(default_factory=dict)
    onder: dict[str, Tabel] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rij)

    def __getitem__(self, sleutel: str) -> npt.NDArray[Any]:
        return self.kolommen[sleutel]

    @property
    def huishouden(self) -> Getallen:
        """Row of the household of each row."""
        if self.ouder is None:
            return self.rij
        return self.ouder.huishouden[self.rij]

    def pad(self, rij: int, sleutel: str) -> str:
        """Path of a key as a person would write it: ``personen[0].bsn``."""
        if self.ouder is None:
            return sleutel
        zelf = f"{self.naam}[{int(self.volgnr[rij])}]"
        return self.ouder.pad(int(self.rij[rij]), f"{zelf}.{sleutel}" if sleutel else zelf)

    def fouten(self, waar: Masker, sleutel: str, reden: str, wat_te_doen: str) -> Iterator[Fout]:
        """One fault for each row where it holds."""
        rijen = np.flatnonzero(waar)
        if len(rijen):
            huishouden = self.huishouden
            for rij in rijen.tolist():
                yield Fout(int(huishouden[rij]), self.pad(rij, sleutel), reden, wat_te_doen)


def is_volledig(tabel: pa.Table) -> bool:
    """Whether no required key is absent or null; Arrow itself does not mind."""
    return _is_vol(boom(), _kolommen(tabel))


def _is_vol(stam: Stam, kolommen: dict[str, pa.Array]) -> bool:
    verplicht = [blad.sleutel for blad in stam.bladen if blad.verplicht]
    verplicht += [tak.sleutel for tak in stam.takken if tak.verplicht]
    if any(kolommen[sleutel].null_count for sleutel in verplicht):
        return False
    for tak in stam.takken:
        kolom = kolommen[tak.sleutel]
        inhoud = kolom.flatten() if tak.lijst else kolom
        if isinstance(tak.stam, Soort):
            if inhoud.null_count:
                return False
        elif not _is_vol(tak.stam, _delen(inhoud)):
            return False
    return True


def _kolommen(tabel: pa.Table) -> dict[str, pa.Array]:
    return {
        naam: kolom.chunk(0) if kolom.num_chunks == 1 else kolom.combine_chunks()
        for naam, kolom in zip(tabel.column_names, tabel.columns, strict=True)
    }


def sla_plat(tabel: pa.Table) -> tuple[Tabel, list[Fout]]:
    """The flat tables of dossiers that have the form, with what is wrong in single values."""
    n = tabel.num_rows
    wortel = Tabel("", None, np.arange(n), np.zeros(n, np.int64))
    fouten: list[Fout] = []
    _vul(wortel, boom(), _kolommen(tabel), "", fouten)
    return wortel, fouten


def _vul(tabel: Tabel, stam: Stam, kolommen: dict[str, pa.Array], voor: str, fouten: list[Fout]) -> None:
    for blad in stam.bladen:
        kolom = kolommen[blad.sleutel]
        _blad(tabel, blad, voor + blad.sleutel, kolom, fouten)
        lijst = kolommen.get(blad.sleutel + BSN_ACHTERVOEGSEL)
        if blad.soort is None and lijst is not None:
            bsn = Soort("bsn", leeg=-1)
            _lijst(tabel, Tak(blad.sleutel, bsn, lijst=True, verplicht=False), voor, lijst, fouten)
    for tak in stam.takken:
        kolom = kolommen[tak.sleutel]
        if tak.lijst:
            _lijst(tabel, tak, voor, kolom, fouten)
        else:
            assert isinstance(tak.stam, Stam)  # noqa: S101 - an object is never a scalar
            _vul(tabel, tak.stam, _delen(kolom), f"{voor}{tak.sleutel}.", fouten)


def _delen(kolom: pa.StructArray) -> dict[str, pa.Array]:
    """The columns of an object; null where the object itself is null."""
    return {veld.name: deel for veld, deel in zip(kolom.type, kolom.flatten(), strict=True)}


def _lijst(tabel: Tabel, tak: Tak, voor: str, kolom: pa.ListArray, fouten: list[Fout]) -> None:
    lengte = np.asarray(pc.list_value_length(kolom).fill_null(0), np.int64)
    rij = np.repeat(np.arange(len(kolom)), lengte)
    volgnr = np.arange(len(rij)) - np.repeat(np.cumsum(lengte) - lengte, lengte)
    onder = Tabel(voor + tak.sleutel, tabel, rij, volgnr)
    tabel.onder[onder.naam] = onder
    inhoud = kolom.flatten()
    if isinstance(tak.stam, Soort):
        _blad(onder, Blad(WAARDE, tak.stam, verplicht=True), WAARDE, inhoud, fouten)
    else:
        _vul(onder, tak.stam, _delen(inhoud), "", fouten)


def _blad(tabel: Tabel, blad: Blad, naam: str, kolom: pa.Array, fouten: list[Fout]) -> None:
    gegeven = tekst.geldig(kolom)
    if not blad.verplicht:
        tabel.gegeven[naam] = gegeven
    if blad.soort is None:
        tabel.kolommen[naam] = kolom.fill_null(False).to_numpy(zero_copy_only=False)
        return
    if kolom.null_count == len(kolom):
        # Most lists of most pieces are empty, and a pattern is made anew for every column that is read.
        tabel.kolommen[naam] = _niets(blad.soort, len(kolom))
        return
    waarde, goed, reden, wat = _lees(blad.soort, kolom)
    tabel.kolommen[naam] = waarde
    if not goed.all():
        fouten.extend(tabel.fouten(gegeven & ~goed, naam, reden, wat))


_LEZERS = {
    "maand": (tekst.maanden, "is geen maand", "Schrijf een maand als JJJJ-MM, zoals 2026-07."),
    "datum": (tekst.datums, "is geen datum", "Schrijf een datum als JJJJ-MM-DD, zoals 2026-07-25."),
    "moment": (
        tekst.momenten,
        "is geen moment",
        "Schrijf een moment als JJJJ-MM-DDTuu:mm:ss+uu:mm, zoals 2026-08-10T09:00:00+02:00.",
    ),
    "bsn": (tekst.bsns, "is geen BSN", "Geef negen cijfers als tekst die aan de elfproef voldoen."),
    "lhnr": (
        tekst.lhnrs,
        "is geen loonheffingennummer",
        "Geef negen cijfers, de letter L en twee cijfers, zoals 001234560L01.",
    ),
}


def _niets(soort: Soort, aantal: int) -> npt.NDArray[Any]:
    """The column of a key that is not given once, as `_lees` would give it."""
    if soort.wijze in ("tekst", "code"):
        return np.full(aantal, soort.leeg or "", object)
    return np.full(aantal, soort.leeg, np.int64)


def _lees(soort: Soort, kolom: pa.Array) -> tuple[npt.NDArray[Any], Masker, str, str]:
    """Values, where they are good, and what to say where they are not."""
    if soort.wijze in _LEZERS:
        lezer, reden, wat = _LEZERS[soort.wijze]
        waarde, goed = lezer(kolom)
        return np.where(tekst.geldig(kolom), waarde, soort.leeg), goed, reden, wat
    if soort.wijze == "keuze":
        plek, goed = tekst.keuzes(kolom, soort.keuzes)
        waarde = np.where(goed, plek + soort.begin, soort.leeg)
        return waarde, goed, "kent dit woord niet", f"Kies uit {', '.join(soort.keuzes)}."
    if soort.wijze == "code":
        _, goed = tekst.keuzes(kolom, soort.keuzes)
        reden, wat = "is geen code van een signaal dat stopt", f"Kies uit {', '.join(soort.keuzes)}."
        return tekst.woorden(kolom, ""), goed, reden, wat
    if soort.wijze == "tekst":
        goed = tekst.past(kolom, soort.patroon, soort.langste) if soort.patroon else np.ones(len(kolom), bool)
        return (
            tekst.woorden(kolom, str(soort.leeg)),
            goed,
            soort.uitleg,
            "Verbeter deze waarde in het dossier.",
        )
    if soort.wijze == "janee":
        getallen = kolom.cast(pa.int64()).fill_null(soort.leeg).to_numpy(zero_copy_only=False)
        return getallen, np.ones(len(kolom), bool), "", ""
    getallen = kolom.fill_null(soort.leeg).to_numpy(zero_copy_only=False)
    goed = ((getallen >= soort.laagste) & (getallen <= soort.hoogste)) | ~tekst.geldig(kolom)
    eenheid = " eurocent" if soort.wijze == "bedrag" else ""
    wat = f"Geef een geheel getal van {soort.laagste} tot en met {soort.hoogste}{eenheid}."
    return getallen, goed, "ligt buiten het bereik", wat
