"""Who belongs to which household in which month, with age, consent and household form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Kolommen, Masker
from verrekening.maand import OPEN, eerste_dag, laatste_dag, verjaardag
from verrekening.motor.tabellen import som_per
from verrekening.parameters import aow_datum

GEHUWDEN = 2
"""Code of leefvorm ``gehuwden``."""


@dataclass(frozen=True)
class Leeftijden:
    """Per person the days on which an age is reached."""

    op_21: Getallen
    op_27: Getallen
    aow: Getallen

    @classmethod
    def van(cls, personen: Kolommen) -> Leeftijden:
        """From the birth dates."""
        geboren = personen["geboortedatum"]
        return cls(verjaardag(geboren, 21), verjaardag(geboren, 27), aow_datum(geboren))


@dataclass(frozen=True)
class Situaties:
    """The table of household forms, prepared once; the last row stands for "no situatie": single, without anything.

    Attributes:
        huishouden, van, tot: of each situatie (without the last row).
        leefvorm, verlaging, kind_geboren, kind_op_12, kind_op_18: of each situatie; days for the youngest child.
        sleutel: what of the situatie decides the norm and does not move with time, see `Normsleutels`.
    """

    huishouden: Getallen
    van: Getallen
    tot: Getallen
    leefvorm: Getallen
    verlaging: Getallen
    kind_geboren: Getallen
    kind_op_12: Getallen
    kind_op_18: Getallen
    sleutel: Getallen

    @classmethod
    def van_dossiers(cls, zaken: Dossiers) -> Situaties:
        """From the dossiers."""
        tabel = zaken.situatie

        def met_leeg(naam: str, leeg: int) -> Getallen:
            return np.append(tabel[naam], leeg)

        kind = met_leeg("jongste_kind", OPEN)
        leefvorm = met_leeg("leefvorm", 0)
        sleutel = (leefvorm == GEHUWDEN) * _GEHUWD + met_leeg("kostendelers", 0) * _MEDEBEWONER
        return cls(
            tabel["huishouden"], tabel["van"], tabel["tot"], leefvorm, met_leeg("verlaging", 0),
            kind, verjaardag(kind, 12), verjaardag(kind, 18), sleutel,
        )  # fmt: skip

    def in_maand(self, maand: int, aantal: int) -> Situatie:
        """Which situatie holds for each of ``aantal`` households in a month."""
        rijen = np.flatnonzero((self.van <= maand) & (self.tot >= maand))
        rij = np.full(aantal, -1, dtype=np.int64)
        rij[self.huishouden[rijen]] = rijen
        return Situatie(self, rij)


@dataclass(frozen=True)
class Situatie:
    """The household form of all households in one month: the row of `Situaties`, -1 for none."""

    tabel: Situaties
    rij: Getallen

    def is_leefvorm(self, code: int, huishoudens: Getallen) -> Masker:
        """Which of these households have this leefvorm."""
        return np.asarray((self.tabel.leefvorm == code)[self.rij[huishoudens]])

    def verlaging(self, huishoudens: Getallen) -> Getallen:
        """Reduction of the norm of these households, cents."""
        return self.tabel.verlaging[self.rij[huishoudens]]

    def met_verlaging(self) -> Masker:
        """[H] households with a reduction of the norm."""
        return np.asarray((self.tabel.verlaging != 0)[self.rij])

    def kind_onder_12(self, huishoudens: Getallen, dag: int) -> Masker:
        """Whether the youngest child of these households is born and under 12 on a day."""
        rij = self.rij[huishoudens]
        return np.asarray((self.tabel.kind_geboren[rij] <= dag) & (self.tabel.kind_op_12[rij] > dag))


def telt_mee(zaken: Dossiers, situatie: Situatie, maand: int) -> Masker:
    """Per person whether he counts in the month: the aanvrager, and the partner when gehuwd (rule O3).

    Outside the assistance nobody counts, also when the last situatie is open and the assistance has ended.
    """
    huishoudens, personen = zaken.huishoudens, zaken.personen
    loopt = (huishoudens["begin"] <= laatste_dag(maand)) & (huishoudens["eind"] >= eerste_dag(maand))
    bekend = loopt & (situatie.rij >= 0)
    gehuwd = bekend & (situatie.tabel.leefvorm == GEHUWDEN)[situatie.rij]
    aanwezig = (personen["van"] <= maand) & (personen["tot"] >= maand)
    wie = personen["huishouden"]
    return np.asarray(aanwezig & (gehuwd[wie] | ((personen["rol"] == 0) & bekend[wie])))


_KENMERKEN = ("21", "aow", "verhoging", "inrichting", "recht")
"""What of a person decides the norm, by the number of its bit."""
_AOW, _VERHOGING, _INRICHTING, _RECHT = (1 << plaats for plaats in range(1, len(_KENMERKEN)))
_PARTNER = 1 << len(_KENMERKEN)
"""A bit of the partner is that of the aanvrager times this."""
_GEHUWD, _KIND, _MEDEBEWONER = _PARTNER**2, 2 * _PARTNER**2, 4 * _PARTNER**2


def norminvoer(sleutel: Getallen) -> dict[str, Getallen | Masker]:
    """The inputs of the level `norm` that keys of `Normsleutels` stand for."""

    def bit(waarde: int) -> Masker:
        return np.asarray(sleutel & waarde != 0)

    uit: dict[str, Getallen | Masker] = {
        "medebewoners": sleutel // _MEDEBEWONER,
        "gehuwd": bit(_GEHUWD),
        "kind_onder_18": bit(_KIND),
    }
    for plaats, naam in enumerate(_KENMERKEN):
        uit[f"a_{naam}"] = bit(1 << plaats)
        uit[f"p_{naam}"] = bit(_PARTNER << plaats)
    return uit


def gehuwd_en_aow(sleutel: Getallen) -> tuple[Masker, Masker, Masker]:
    """What keys of `Normsleutels` say of leefvorm gehuwden, and of the AOW age of aanvrager and partner."""
    return sleutel & _GEHUWD != 0, sleutel & _AOW != 0, sleutel & (_PARTNER * _AOW) != 0


class Normsleutels:
    """Packs the inputs of the norm of a household in a month in one number.

    Bits of the aanvrager, bits of the partner, gehuwd, child under 18, and housemates. Few combinations of age,
    household and residence occur, so that the norm is computed once for each of them.
    """

    def __init__(self, zaken: Dossiers, leeftijden: Leeftijden) -> None:
        self.zaken, self.leeftijden = zaken, leeftijden
        # Per person where his bits stand, and the bits that never change.
        self.schaal = np.where(zaken.personen["rol"] == 0, 1, _PARTNER)
        self.vast = self.schaal * _RECHT * zaken.personen["rechthebbend"]
        tabel = zaken.situatie_persoon
        self.kenmerken = [
            (waarde, np.flatnonzero(tabel[kenmerk]))
            for waarde, kenmerk in ((_VERHOGING, "verhoging_20_3"), (_INRICHTING, "in_inrichting"))
        ]

    def in_maand(self, situatie: Situatie, meetellend: Masker, dag: int, maand: int) -> Getallen:
        """[H] the keys of all households with the ages reached on a day; ``meetellend`` are the persons that count."""
        tabel = situatie.tabel
        kind = (tabel.kind_geboren <= dag) & (tabel.kind_op_18 > dag)
        sleutel = (tabel.sleutel + kind * _KIND).take(situatie.rij)
        personen = np.flatnonzero(meetellend)
        bits = self._bits(dag, maand).take(personen)
        # A household has one aanvrager, and at most one partner in a month: adding is setting.
        sleutel += som_per(self.zaken.personen["huishouden"].take(personen), bits, len(sleutel))
        return sleutel

    def _bits(self, dag: int, maand: int) -> Getallen:
        uit: Getallen = self.vast + self.schaal * ((self.leeftijden.op_21 <= dag) + _AOW * (self.leeftijden.aow <= dag))
        tabel = self.zaken.situatie_persoon
        for waarde, rij in self.kenmerken:
            nu = rij[(tabel["van"][rij] <= maand) & (tabel["tot"][rij] >= maand)]
            persoon = tabel["persoon"][nu]
            uit[persoon] |= waarde * self.schaal[persoon]
        return uit

    def met_leeftijden(self, sleutel: Getallen, personen: Getallen, dag: int) -> Getallen:
        """The same keys, with the ages that these persons have reached on a later day."""
        uit, wie = sleutel.copy(), self.zaken.personen["huishouden"][personen]
        for waarde, op in ((1, self.leeftijden.op_21), (_AOW, self.leeftijden.aow)):
            np.bitwise_or.at(uit, wie, (op[personen] <= dag) * waarde * self.schaal[personen])
        return uit


def leeftijd_bereikt(meetellend: Masker, leeftijden: Leeftijden, eerste: int, laatste: int) -> Getallen:
    """Rows of persons that count and reach 21 or the AOW age after the first day of a month, through its last."""
    raak = ((leeftijden.op_21 > eerste) & (leeftijden.op_21 <= laatste)) | (
        (leeftijden.aow > eerste) & (leeftijden.aow <= laatste)
    )
    return np.flatnonzero(raak & meetellend)


def dagen_van(maand: int) -> tuple[int, int]:
    """First and last day of a month."""
    return eerste_dag(maand), laatste_dag(maand)
