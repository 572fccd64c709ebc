"""Collecting signals as columns: code, household, month, amount and text, without a loop per household."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from verrekening.geld import Getal
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import toon_maand
from verrekening.motor.tabellen import groepen
from verrekening.regels import SIGNAALSOORTEN, Signaalsoort
from verrekening.regels.signalen import GEWICHTEN

CODES = tuple(SIGNAALSOORTEN)
"""Codes by number; the order of the catalogue is the order on the work list."""

_MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True)
class Signalen:
    """Signals of a run, one row per signal, ordered by household, weight, month and code.

    Attributes:
        huishouden: row in the dossiers.
        code: number in `CODES`.
        gewicht: number in ``GEWICHTEN`` (0 stop, 1 mens, 2 info).
        maand: month.
        bedrag: cents (only meaningful with ``met_bedrag``).
        met_bedrag: whether the signal carries an amount.
        regel, artikel, tekst: text columns.
    """

    huishouden: Getallen
    code: Getallen
    gewicht: Getallen
    maand: Getallen
    bedrag: Getallen
    met_bedrag: npt.NDArray[np.bool_]
    regel: pa.StringArray
    artikel: pa.StringArray
    tekst: pa.StringArray

    def __len__(self) -> int:
        return len(self.huishouden)


@dataclass
class Verzamelaar:
    """Takes signals in and makes one ordered table of them.

    Attributes:
        betaalmaand: P.
        gewichten: code -> heavier weight chosen by the municipality.
    """

    betaalmaand: int
    gewichten: Mapping[str, str]
    _delen: list[_Deel] = field(default_factory=list)

    def meld(
        self,
        code: str,
        huishouden: Getallen,
        maand: Getal,
        *,
        bedrag: Getallen | None = None,
        opgave: pa.Array | None = None,
        wat: pa.Array | None = None,
        oorzaak: Getallen | None = None,
        regel: pa.Array | None = None,
        artikel: pa.Array | None = None,
    ) -> None:
        """Adds one signal per row.

        Args:
            code: code of the catalogue.
            huishouden: rows in the dossiers.
            maand: month, one for all or one per row.
            bedrag: cents, when the code carries an amount.
            opgave, wat: text for the placeholders of the sentence.
            oorzaak: number of the cause; one signal is kept per code, month and cause.
            regel, artikel: per row, when they differ from the catalogue.
        """
        aantal = len(huishouden)
        if aantal == 0:
            return
        soort = SIGNAALSOORTEN[code]
        nul = np.zeros(aantal, dtype=np.int64)
        gewicht = GEWICHTEN.index(self.gewichten.get(code, soort.gewicht))
        maanden = nul + maand
        getallen = {
            "huishouden": np.asarray(huishouden, dtype=np.int64),
            "maand": maanden,
            "bedrag": nul if bedrag is None else np.asarray(bedrag, dtype=np.int64),
            "oorzaak": nul if oorzaak is None else np.asarray(oorzaak, dtype=np.int64),
        }
        teksten = {"regel": regel, "artikel": artikel, "opgave": opgave, "wat": wat}
        deel = _Deel(soort, gewicht, soort.met_bedrag and bedrag is not None, getallen, teksten)
        if not (soort.elke_maand or gewicht == 0):
            deel = deel.rijen((maanden >= self.betaalmaand - 6) & (maanden <= self.betaalmaand))
        self._delen.append(deel)

    def stops(self, aantal: int) -> npt.NDArray[np.bool_]:
        """[H] households with a signal of weight stop so far."""
        uit = np.zeros(aantal, dtype=bool)
        for deel in self._delen:
            if deel.gewicht == 0:
                uit[deel.getallen["huishouden"]] = True
        return uit

    def neem_over(self, ander: Verzamelaar, *, alleen_stops: bool = False) -> None:
        """Takes over the signals of another collector, or only its stops."""
        self._delen += [deel for deel in ander._delen if not alleen_stops or deel.gewicht == 0]

    def tabel(self, in_run: npt.NDArray[np.bool_]) -> Signalen:
        """The signals of the households in the run (mask): one per code, month and cause, ordered."""
        delen = [deel.rijen(in_run[deel.getallen["huishouden"]]) for deel in self._delen]
        delen = _samengevoegd([deel for deel in delen if len(deel)])
        if not delen:
            leeg = np.zeros(0, dtype=np.int64)
            geen = pa.array([], pa.string())
            return Signalen(leeg, leeg, leeg, leeg, leeg, leeg.astype(bool), geen, geen, geen)
        getal = {naam: np.concatenate([deel.getallen[naam] for deel in delen]) for naam in delen[0].getallen}
        lengtes = [len(deel) for deel in delen]
        getal["code"] = np.repeat([CODES.index(deel.soort.code) for deel in delen], lengtes)
        getal["gewicht"] = np.repeat([deel.gewicht for deel in delen], lengtes)
        getal["met_bedrag"] = np.repeat([deel.met_bedrag for deel in delen], lengtes)
        _, rij = groepen(*[getal[naam] for naam in ("huishouden", "gewicht", "maand", "code", "oorzaak")])
        return Signalen(
            *[getal[naam].take(rij) for naam in ("huishouden", "code", "gewicht", "maand", "bedrag", "met_bedrag")],
            *[_tekstkolom(delen, naam, rij) for naam in ("regel", "artikel", "tekst")],
        )


_Teksten: TypeAlias = tuple[pa.Array, Getallen]
"""Different texts, and which of them each row has."""


@dataclass(frozen=True)
class _Deel:
    """Signals of one code as they were told; their sentences are made when it is known which are kept.

    Attributes:
        soort: of the catalogue.
        gewicht: number in ``GEWICHTEN``.
        met_bedrag: whether the signals carry an amount.
        getallen: columns of numbers, one row per signal.
        teksten: columns of text that were given; with a dictionary when few differ.
    """

    soort: Signaalsoort
    gewicht: int
    met_bedrag: bool
    getallen: dict[str, npt.NDArray[Any]]
    teksten: dict[str, pa.Array | None]

    def __len__(self) -> int:
        return len(self.getallen["huishouden"])

    def rijen(self, telt: Masker) -> _Deel:
        """Some of the signals, in order."""
        if telt.all():
            return self
        keuze = np.flatnonzero(telt)
        plek = pa.array(keuze)
        return replace(
            self,
            getallen={naam: kolom.take(keuze) for naam, kolom in self.getallen.items()},
            teksten={naam: None if kolom is None else kolom.take(plek) for naam, kolom in self.teksten.items()},
        )

    def tekst(self, naam: str) -> _Teksten:
        """The rule, the article or the sentence of each signal."""
        gegeven = self.teksten.get(naam)
        if gegeven is not None:
            return _uit_woordenboek(gegeven)
        if naam != "tekst":
            return pa.array([getattr(self.soort, naam)], pa.string()), np.zeros(len(self), dtype=np.int64)
        return self._zinnen()

    def _zinnen(self) -> _Teksten:
        """The sentences: one for each combination of what is filled in, when that repeats itself."""
        zin, aantal = self.soort.tekst, len(self)
        maand, bedrag = self.getallen["maand"], self.getallen["bedrag"]
        velden = {een: _uit_woordenboek(kolom) for een in ("opgave", "wat") if (kolom := self.teksten[een]) is not None}
        eigen = "{bedrag}" in zin or any(len(woorden) == aantal for woorden, _ in velden.values())
        if eigen:
            welke, een = np.arange(aantal), np.arange(aantal)
        else:
            welke, een = groepen(maand, *[plek for _, plek in velden.values()])
        gevuld = {naam: woorden.take(pa.array(plek.take(een))) for naam, (woorden, plek) in velden.items()}
        if "{bedrag}" in zin:
            gevuld["bedrag"] = euro_tekst(bedrag)
        if "{maand}" in zin:
            gevuld["maand"] = maand_tekst(maand.take(een))
        return vul(zin, len(een), **gevuld), welke


def _samengevoegd(delen: list[_Deel]) -> list[_Deel]:
    """The same signals, those of one code without texts of their own (told month by month) as one part."""
    uit: list[_Deel] = []
    per_soort: dict[tuple[str, int, bool], list[_Deel]] = {}
    for deel in delen:
        if any(kolom is not None for kolom in deel.teksten.values()):
            uit.append(deel)
        else:
            per_soort.setdefault((deel.soort.code, deel.gewicht, deel.met_bedrag), []).append(deel)
    for samen in per_soort.values():
        getallen = {naam: np.concatenate([deel.getallen[naam] for deel in samen]) for naam in samen[0].getallen}
        uit.append(replace(samen[0], getallen=getallen))
    return uit


def _uit_woordenboek(kolom: pa.Array) -> _Teksten:
    if isinstance(kolom, pa.DictionaryArray):
        return kolom.dictionary, kolom.indices.to_numpy().astype(np.int64, copy=False)
    return kolom, np.arange(len(kolom))


def _tekstkolom(delen: list[_Deel], naam: str, rij: Getallen) -> pa.Array:
    """The text of the chosen rows of all parts together: every text is copied once, to where it ends up."""
    woorden, plekken, vanaf = [], [], 0
    for deel in delen:
        anders, plek = deel.tekst(naam)
        woorden.append(anders.cast(pa.string()))
        plekken.append(plek + vanaf)
        vanaf += len(anders)
    return pa.concat_arrays(woorden).take(pa.array(np.concatenate(plekken).take(rij)))


def vul(sjabloon: str, aantal: int, **velden: pa.Array | None) -> pa.Array:
    """A sentence per row: the template with its ``{placeholders}`` filled from columns; an absent one is empty."""
    delen: list[Any] = []
    rest = sjabloon
    while "{" in rest:
        voor, _, rest = rest.partition("{")
        naam, _, rest = rest.partition("}")
        delen.append(pa.scalar(voor))
        kolom = velden.get(naam)
        delen.append(pa.scalar("") if kolom is None else kolom)
    delen.append(pa.scalar(rest))
    if not any(isinstance(deel, pa.Array) for deel in delen):
        return pa.repeat("".join(deel.as_py() for deel in delen).strip(), aantal)
    return pc.utf8_trim_whitespace(pc.binary_join_element_wise(*delen, ""))


def euro_tekst(cent: Getallen) -> pa.Array:
    """Amounts as people write them, ``€ 1.234,56``, for a whole column."""
    if not len(cent):  # a kernel of pyarrow costs as much on no row as on a thousand
        return pa.array([], pa.string())
    heel, rest = np.divmod(np.abs(cent), 100)
    # Amounts stay below 10**9 cents, so there are at most two points: one per factor of a thousand.
    teken = pa.array(["€ ", "-€ "]).take(pa.array((cent < 0).astype(np.int8)))
    return pc.binary_join_element_wise(teken, _duizendtallen(heel), ",", _TWEE_CIJFERS.take(pa.array(rest)), "")


def _duizendtallen(heel: Getallen) -> pa.Array:
    """Whole numbers with a point per thousand."""
    duizend, eenheid = np.divmod(heel, 1000)
    uit = pc.cast(pa.array(heel), pa.string())
    meer = np.flatnonzero(duizend)
    if not len(meer):
        return uit
    # What has a point is made of its thousands, which may have one too, and of three digits.
    drie = pc.utf8_lpad(pa.array(eenheid.take(meer)).cast(pa.string()), 3, "0")
    met_punt = pc.binary_join_element_wise(_duizendtallen(duizend.take(meer)), drie, ".")
    return pc.replace_with_mask(uit, pa.array(duizend > 0), met_punt)


_TWEE_CIJFERS = pa.array([f"{cent:02d}" for cent in range(100)], pa.string())


def maand_tekst(maand: Getallen) -> pa.Array:
    """Months in words, ``juli 2026``."""
    plaats, een = groepen(maand)
    woorden = [f"{_MAANDEN[waarde % 12]} {toon_maand(waarde)[:4]}" for waarde in maand.take(een).tolist()]
    return pa.array(woorden, pa.string()).take(pa.array(plaats))
