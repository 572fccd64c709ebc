"""Some thousands of records at once: from text to int64 columns, and a row for each that is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from verrekening.kolommen import Afkeuring, Getallen, Kolommen, Masker, kies_rijen
from verrekening.maand import OPEN
from verrekening.polis import omzetten
from verrekening.polis.bekend import Bekend
from verrekening.polis.elementen import INITIEEL, INTREKKING
from verrekening.polis.omzetten import BUITEN_BEREIK, GOED
from verrekening.polis.tabel import AFGEKEURD_GETALLEN, ALLE_VELDEN, BEDRAGEN

BROK = 8192
"""Records per conversion: enough to make the fixed costs vanish, small enough to keep memory flat."""
MAX_PERIODEN = 99
_VRAAG = "Vraag de inhoudingsplichtige om een verbeterd bericht; leg de zaak tot die tijd aan een mens voor."


@dataclass(slots=True)
class Tijdvak:
    """The part of a message a record is in, with what the message says about all its records.

    ``aangifte`` is -1 when begin or end is unusable. ``nummer`` is the number of the file and ``volgorde`` the
    position of its first record; both are 0 until the message is put below the others (`zet_onder`).
    """

    bestand: str
    lhnr: int
    moment: int
    pad: str
    begin: int
    eind: int
    soort: int
    aangifte: int
    nummer: int = 0
    volgorde: int = 0

    def zet_onder(self, nummer: int, aangiften: int, volgorde: int) -> None:
        """Places it: in this file, behind so many other aangiften and positions."""
        self.nummer, self.volgorde = nummer, volgorde
        self.aangifte += aangiften if self.aangifte >= 0 else 0


@dataclass(slots=True)
class Rijen:
    """Where records stand, and who they are about, as text."""

    tijdvak: list[int] = field(default_factory=list)
    nummer: list[int] = field(default_factory=list)
    regel: list[int] = field(default_factory=list)
    volgorde: list[int] = field(default_factory=list)
    sofi: list[str] = field(default_factory=list)
    numiv: list[str | None] = field(default_factory=list)

    def voeg_toe(self, tijdvak: int, nummer: int, regel: int, volgorde: int, sofi: str, numiv: str | None) -> None:
        """One more record."""
        self.tijdvak.append(tijdvak)
        self.nummer.append(nummer)
        self.regel.append(regel)
        self.volgorde.append(volgorde)
        self.sofi.append(sofi)
        self.numiv.append(numiv)

    def neem_over(self, ander: Rijen, tijdvakken: int) -> None:
        """Takes the rows of another message; its tijdvakken come behind so many others."""
        if not ander.sofi:
            return
        self.tijdvak.extend([tijdvak + tijdvakken for tijdvak in ander.tijdvak])
        self.nummer.extend(ander.nummer)
        self.regel.extend(ander.regel)
        self.volgorde.extend(ander.volgorde)
        self.sofi.extend(ander.sofi)
        self.numiv.extend(ander.numiv)


@dataclass(slots=True)
class Brok:
    """Text of the records to keep (``opgaven``), of those of other persons, and of the withdrawals."""

    opgaven: Rijen = field(default_factory=Rijen)
    onbekenden: Rijen = field(default_factory=Rijen)
    intrekkingen: Rijen = field(default_factory=Rijen)
    aanvang: list[str | None] = field(default_factory=list)
    einde: list[str | None] = field(default_factory=list)
    bedragen: list[str | None] = field(default_factory=list)
    perioden: list[str | None] = field(default_factory=list)
    periode_van: list[int] = field(default_factory=list)
    opbouwfouten: dict[int, tuple[str, str]] = field(default_factory=dict)

    def vol(self) -> bool:
        """Whether it is time to convert."""
        return max(len(self.opgaven.sofi), len(self.onbekenden.sofi), len(self.intrekkingen.sofi)) >= BROK

    def neem_over(self, ander: Brok, tijdvakken: int) -> None:
        """Takes the records of another message: converting many small messages at once costs what one does."""
        rij = len(self.opgaven.sofi)
        for mijn, zijn in (
            (self.opgaven, ander.opgaven),
            (self.onbekenden, ander.onbekenden),
            (self.intrekkingen, ander.intrekkingen),
        ):
            mijn.neem_over(zijn, tijdvakken)
        self.aanvang.extend(ander.aanvang)
        self.einde.extend(ander.einde)
        self.bedragen.extend(ander.bedragen)
        self.perioden.extend(ander.perioden)
        self.periode_van.extend([van + rij for van in ander.periode_van])
        self.opbouwfouten.update({van + rij: fout for van, fout in ander.opbouwfouten.items()})


@dataclass(slots=True)
class Omgezet:
    """The columns of a chunk (row numbers local to it) and what was refused in it, also counted per tijdvak."""

    opgaven: Kolommen
    perioden: Kolommen
    intrekkingen: Kolommen
    afgekeurde_opgaven: Kolommen
    afkeuringen: list[tuple[Tijdvak, Afkeuring]]
    afgekeurd: Getallen
    onbekend: Getallen


class _Oordeel:
    """First reason per row; a row without a reason is used."""

    def __init__(self, rijen: Rijen, element: str, tijdvakken: Sequence[Tijdvak]) -> None:
        self._rijen, self._element, self._tijdvakken = rijen, element, tijdvakken
        self.fout: Masker = np.zeros(len(rijen.sofi), np.bool_)
        self._redenen: dict[int, tuple[str, str]] = {}

    def keur_af(self, masker: Masker, pad: str, reden: str) -> None:
        """Refuse these rows for this reason, unless they were refused already."""
        for rij in np.flatnonzero(masker & ~self.fout).tolist():
            self._redenen[rij] = (pad, reden)
        self.fout |= masker

    def keur_stil_af(self, masker: Masker) -> None:
        """Refuse rows for which a row about the whole tijdvak was written."""
        self.fout |= masker

    def per_tijdvak(self, masker: Masker) -> Getallen:
        """How many of these rows each tijdvak has."""
        return np.bincount(np.array(self._rijen.tijdvak, np.int64)[masker], minlength=len(self._tijdvakken))

    def afkeuringen(self) -> list[tuple[Tijdvak, Afkeuring]]:
        """A row per refused record, in the order of the message."""
        uit = []
        for rij, (pad, reden) in sorted(self._redenen.items()):
            tijdvak = self._tijdvakken[self._rijen.tijdvak[rij]]
            record = f"{tijdvak.pad}/{self._element}[{self._rijen.nummer[rij]}]"
            plaats = f"regel {self._rijen.regel[rij]}, {record}{pad}"
            uit.append((tijdvak, Afkeuring(tijdvak.bestand, plaats, "", reden, _VRAAG)))
        return uit


def zet_om(brok: Brok, tijdvakken: Sequence[Tijdvak], bekend: Bekend | None) -> Omgezet:
    """Convert a chunk. ``bekend``: the persons to keep, None for everyone."""
    opgaven, perioden, oordeel = _opgaven(brok, tijdvakken)
    goed = ~oordeel.fout
    nieuw_nummer = np.cumsum(goed) - 1
    blijft = goed[perioden["opgave"]] if len(goed) else np.zeros(0, np.bool_)
    perioden = kies_rijen(perioden, blijft)
    perioden["opgave"] = nieuw_nummer[perioden["opgave"]]

    onbekend = _Oordeel(brok.onbekenden, INITIEEL, tijdvakken)
    _controleer_bsn(onbekend, omzetten.bsns(brok.onbekenden.sofi), "/NatuurlijkPersoon/SofiNr")

    intrekkingen, oordeel_i = _sleutels(brok.intrekkingen, INTREKKING, tijdvakken)
    _controleer_bsn(oordeel_i, intrekkingen["bsn"], "/SofiNr")
    oordeel_i.keur_af(intrekkingen["numiv"] < 0, "/NumIV", "het nummer inkomstenverhouding ontbreekt of is ongeldig")

    geweigerd = [kies_rijen(opgaven, ~goed & (opgaven["bsn"] >= 0))]
    bekende_intrekking = np.array([bekend is None or sofi in bekend for sofi in brok.intrekkingen.sofi], np.bool_)
    geweigerd.append(kies_rijen(intrekkingen, oordeel_i.fout & (intrekkingen["bsn"] >= 0) & bekende_intrekking))
    gebruikte_intrekking = ~oordeel_i.fout & bekende_intrekking
    return Omgezet(
        opgaven=kies_rijen(opgaven, goed),
        perioden=perioden,
        intrekkingen={
            k: v for k, v in kies_rijen(intrekkingen, gebruikte_intrekking).items() if k not in ("regel", "bestand")
        },
        afgekeurde_opgaven={
            k: np.concatenate([deel[k] for deel in geweigerd]) for k in ("bestand", *AFGEKEURD_GETALLEN)
        },
        afkeuringen=oordeel.afkeuringen() + onbekend.afkeuringen() + oordeel_i.afkeuringen(),
        afgekeurd=oordeel.per_tijdvak(oordeel.fout) + onbekend.per_tijdvak(onbekend.fout),
        onbekend=onbekend.per_tijdvak(~onbekend.fout),
    )


def _sleutels(rijen: Rijen, element: str, tijdvakken: Sequence[Tijdvak]) -> tuple[dict[str, Getallen], _Oordeel]:
    """The key columns, place and moment of rows. An unusable tijdvak has a row; its records get none."""
    welk = np.array(rijen.tijdvak, np.int64)
    velden = ("begin", "eind", "aangifte", "lhnr", "moment", "nummer", "volgorde")
    per_tijdvak = {
        veld: np.array([getattr(tijdvak, veld) for tijdvak in tijdvakken], np.int64)[welk] for veld in velden
    }
    tabel = {
        "bestand": per_tijdvak["nummer"],
        "regel": np.array(rijen.regel, np.int64),
        "aangifte": per_tijdvak["aangifte"],
        "volgorde": np.array(rijen.volgorde, np.int64) + per_tijdvak["volgorde"],
        "lhnr": per_tijdvak["lhnr"],
        "bsn": omzetten.bsns(rijen.sofi),
        "numiv": omzetten.getallen(rijen.numiv, 4, -1, -1),
        "tv_begin": per_tijdvak["begin"],
        "tv_eind": per_tijdvak["eind"],
        "moment": per_tijdvak["moment"],
    }
    oordeel = _Oordeel(rijen, element, tijdvakken)
    oordeel.keur_stil_af(tabel["aangifte"] < 0)
    return tabel, oordeel


def _controleer_bsn(oordeel: _Oordeel, bsn: Getallen, pad: str) -> None:
    oordeel.keur_af(bsn < 0, pad, "het burgerservicenummer is ongeldig (negen cijfers, elfproef)")


def _opgaven(
    brok: Brok, tijdvakken: Sequence[Tijdvak]
) -> tuple[dict[str, Getallen | Masker], dict[str, Getallen], _Oordeel]:
    """All records of the chunk, refused or not, their income periods, and the verdict."""
    sleutels, oordeel = _sleutels(brok.opgaven, INITIEEL, tijdvakken)
    aantal = len(brok.opgaven.sofi)
    _controleer_bsn(oordeel, sleutels["bsn"], "/NatuurlijkPersoon/SofiNr")
    oordeel.keur_af(sleutels["numiv"] < 0, "/NumIV", "het nummer inkomstenverhouding ontbreekt of is ongeldig")
    for rij, (pad, reden) in brok.opbouwfouten.items():
        oordeel.keur_af(np.arange(aantal) == rij, pad, reden)

    begin, fout = omzetten.datums(brok.aanvang, -OPEN)
    oordeel.keur_af(fout, "/DatAanv", "dit is geen bestaande datum (JJJJ-MM-DD)")
    eind, fout = omzetten.datums(brok.einde, OPEN)
    oordeel.keur_af(fout, "/DatEind", "dit is geen bestaande datum (JJJJ-MM-DD)")

    van = np.array(brok.periode_van, np.int64)
    datum, srtiv, lhkort, lbtab, cdzvw, sa72 = (brok.perioden[kolom::6] for kolom in range(6))
    per_begin, fout = omzetten.datums(datum, -OPEN)
    oordeel.keur_af(np.bincount(van[fout], minlength=aantal) > 0, "/Inkomstenperiode/DatAanv",
                    "dit is geen bestaande datum (JJJJ-MM-DD)")  # fmt: skip
    perioden: dict[str, Getallen] = {
        "opgave": van,
        "begin": per_begin,
        "srtiv": omzetten.getallen(srtiv, 4, -1, -2),
        "lhkort": omzetten.ja_nee(lhkort),
        "lbtab": omzetten.getallen(lbtab, 4, -1, -2),
        "cdzvw_m": omzetten.is_tekst(cdzvw, "M"),
        "sa72": omzetten.ja_nee(sa72),
    }

    vorm = (aantal, len(BEDRAGEN))
    plat_centen, plat_bekend, plat_uitslag = omzetten.bedragen(brok.bedragen)
    centen, uitslag = plat_centen.reshape(vorm), plat_uitslag.reshape(vorm)
    bekend = plat_bekend.reshape(vorm)
    tabel: dict[str, Getallen | Masker] = {**sleutels}
    tabel["ikv_begin"], tabel["ikv_eind"] = begin, eind
    for plaats, naam in enumerate(BEDRAGEN):
        pad = f"/Werknemersgegevens/{naam}"
        if (uitslag[:, plaats] != GOED).any():
            oordeel.keur_af(uitslag[:, plaats] == BUITEN_BEREIK, pad, "bedrag buiten bereik (10 miljoen euro of meer)")
            oordeel.keur_af(uitslag[:, plaats] != GOED, pad, "dit is geen bedrag in euro's met een decimale punt")
        # A copy per column: a view would make every later rule slower and keep the other eleven alive.
        tabel[naam] = np.ascontiguousarray(centen[:, plaats])
        tabel[f"{naam}_bekend"] = np.ascontiguousarray(bekend[:, plaats])
    tabel["velden"] = np.full(aantal, ALLE_VELDEN, np.int64)
    return tabel, perioden, oordeel
