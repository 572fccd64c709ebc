"""Collecting signals as columns: code, household, month, amount and text, without a loop per household."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from verrekening.geld import Getal
from verrekening.kolommen import Getallen
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
        maanden = np.broadcast_to(np.asarray(maand, dtype=np.int64), (aantal,))
        nul = np.zeros(aantal, dtype=np.int64)
        gewicht = GEWICHTEN.index(self.gewichten.get(code, soort.gewicht))
        getallen = {
            "huishouden": np.asarray(huishouden, dtype=np.int64),
            "code": np.full(aantal, CODES.index(code), dtype=np.int64),
            "gewicht": np.full(aantal, gewicht, dtype=np.int64),
            "maand": maanden,
            "bedrag": nul if bedrag is None else np.asarray(bedrag, dtype=np.int64),
            "met_bedrag": np.full(aantal, soort.met_bedrag and bedrag is not None),
            "oorzaak": nul if oorzaak is None else np.asarray(oorzaak, dtype=np.int64),
        }
        deel = _Deel(soort, getallen, {"regel": regel, "artikel": artikel, "opgave": opgave, "wat": wat})
        if not (soort.elke_maand or gewicht == 0):
            deel = deel.rijen(np.flatnonzero((maanden >= self.betaalmaand - 6) & (maanden <= self.betaalmaand)))
        self._delen.append(deel)

    def stops(self, aantal: int) -> npt.NDArray[np.bool_]:
        """[H] households with a signal of weight stop so far."""
        uit = np.zeros(aantal, dtype=bool)
        for deel in self._delen:
            uit[deel.getallen["huishouden"][deel.getallen["gewicht"] == 0]] = True
        return uit

    def neem_over(self, ander: Verzamelaar, *, alleen_stops: bool = False) -> None:
        """Takes over the signals of another collector, or only its stops."""
        self._delen += [deel for deel in ander._delen if not alleen_stops or (deel.getallen["gewicht"] == 0).any()]

    def tabel(self, in_run: npt.NDArray[np.bool_]) -> Signalen:
        """The signals of the households in the run (mask): one per code, month and cause, ordered."""
        delen = [deel.rijen(np.flatnonzero(in_run[deel.getallen["huishouden"]])) for deel in self._delen]
        delen = [deel for deel in delen if len(deel)]
        if not delen:
            leeg = np.zeros(0, dtype=np.int64)
            geen = pa.array([], pa.string())
            return Signalen(leeg, leeg, leeg, leeg, leeg, leeg.astype(bool), geen, geen, geen)
        getal = {naam: np.concatenate([deel.getallen[naam] for deel in delen]) for naam in delen[0].getallen}
        _, rij = groepen(*[getal[naam] for naam in ("huishouden", "gewicht", "maand", "code", "oorzaak")])
        keuze = pa.array(rij)
        return Signalen(
            *[getal[naam][rij] for naam in ("huishouden", "code", "gewicht", "maand", "bedrag", "met_bedrag")],
            *[
                pa.concat_arrays([deel.tekst(naam).cast(pa.string()) for deel in delen]).take(keuze)
                for naam in ("regel", "artikel", "tekst")
            ],
        )


@dataclass(frozen=True)
class _Deel:
    """Signals of one code as they were told; their sentences are made when it is known which are kept.

    Attributes:
        soort: of the catalogue.
        getallen: columns of numbers, one row per signal.
        teksten: columns of text that were given.
    """

    soort: Signaalsoort
    getallen: dict[str, npt.NDArray[Any]]
    teksten: dict[str, pa.Array | None]

    def __len__(self) -> int:
        return len(self.getallen["huishouden"])

    def rijen(self, keuze: Getallen) -> _Deel:
        """Some of the signals, in order."""
        if len(keuze) == len(self):
            return self
        plek = pa.array(keuze)
        return _Deel(
            self.soort,
            {naam: kolom[keuze] for naam, kolom in self.getallen.items()},
            {naam: None if kolom is None else kolom.take(plek) for naam, kolom in self.teksten.items()},
        )

    def tekst(self, naam: str) -> pa.Array:
        """The rule, the article or the sentence of each signal."""
        gegeven = self.teksten.get(naam)
        if gegeven is not None:
            return gegeven
        if naam != "tekst":
            return _herhaald(getattr(self.soort, naam), len(self))
        velden = {een: self.teksten[een] for een in ("opgave", "wat")}
        for een, maak in (("bedrag", euro_tekst), ("maand", maand_tekst)):
            if f"{{{een}}}" in self.soort.tekst:
                velden[een] = maak(self.getallen[een])
        return vul(self.soort.tekst, len(self), **velden)


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
        return _herhaald("".join(deel.as_py() for deel in delen).strip(), aantal)
    return pc.utf8_trim_whitespace(pc.binary_join_element_wise(*delen, ""))


def euro_tekst(cent: Getallen) -> pa.Array:
    """Amounts as people write them, ``€ 1.234,56``, for a whole column."""
    heel, rest = np.divmod(np.abs(cent), 100)
    # Amounts stay below 10**9 cents, so there are at most two points: one per factor of a thousand.
    tekst = pc.binary_join_element_wise(_duizendtallen(heel), _twee_cijfers(rest), ",")
    return pc.binary_join_element_wise(pa.array(np.where(cent < 0, "-€ ", "€ ")), tekst, "")


def _duizendtallen(heel: Getallen) -> pa.Array:
    """Whole numbers with a point per thousand."""
    miljoen, rest = np.divmod(heel, 1_000_000)
    duizend, eenheid = np.divmod(rest, 1000)
    klein = pa.array(eenheid).cast(pa.string())
    midden = pc.binary_join_element_wise(pa.array(duizend).cast(pa.string()), pc.utf8_lpad(klein, 3, "0"), ".")
    vol = pc.utf8_lpad(pa.array(duizend).cast(pa.string()), 3, "0")
    groot = pc.binary_join_element_wise(pa.array(miljoen).cast(pa.string()), vol, pc.utf8_lpad(klein, 3, "0"), ".")
    return pc.if_else(pa.array(heel < 1000), klein, pc.if_else(pa.array(heel < 1_000_000), midden, groot))


def _twee_cijfers(rest: Getallen) -> pa.Array:
    return pc.utf8_lpad(pa.array(rest).cast(pa.string()), 2, "0")


def maand_tekst(maand: Getallen) -> pa.Array:
    """Months in words, ``juli 2026``."""
    uniek, plaats = np.unique(maand, return_inverse=True)
    woorden = pa.array([f"{_MAANDEN[int(een) % 12]} {toon_maand(int(een))[:4]}" for een in uniek], pa.string())
    return woorden.take(pa.array(plaats))


def _herhaald(tekst: str, aantal: int) -> pa.Array:
    return pa.repeat(tekst, aantal)
