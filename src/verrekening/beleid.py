"""The policy of one municipality: what the law leaves to the college, dated (rule P5), strictly read.

The file is YAML, but only its plainest part: every scalar is text, and anchors, aliases, tags and keys that
stand twice are refused. An unknown key or word is refused with the words that are allowed: a typing error in
a policy would otherwise silently be the default, for every household.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

import yaml

from verrekening.fouten import BeleidGeweigerd
from verrekening.maand import OPEN, lees_datum, lees_maand, toon_maand
from verrekening.nummers import zonder_bsn

MAX_BYTES = 2**20
"""A policy is a page, not a book."""
BEDRAG_GRENS = 10**9
"""Amounts are below this many cents."""

GEWICHTEN = ("info", "mens", "stop")
"""Weights of signals, light to heavy."""
SIGNALEN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("ONBEKENDE_INKOMENSCODE", "DGA", "INCIDENTEEL_INKOMEN", "ONDERNEMING", "GEGEVEN_ONTBREEKT"),
                *("MEERDERE_INKOMSTENPERIODEN", "LOON_IN_NATURA", "BIJZONDERE_BELONING", "NEGATIEF_LOON"),
                *("AFWIJKENDE_INHOUDING", "JGK_ONBEKEND", "IKB", "BETALING_ONBEKEND", "BOVEN_DREMPEL"),
                "UITGESLOTEN",
            ),
            "stop",
        ),
        **dict.fromkeys(
            (
                *("WACHT_OP_LOONGEGEVENS", "VRIJLATING_BEOORDELEN", "GIFT_BOVEN_GRENS"),
                *("VAKANTIETOESLAG_TE_HOOG", "INKOMEN_BOVEN_NORM", "NORMWIJZIGING_IN_MAAND", "GEEN_MIDDELEN"),
                *("BUITEN_TERMIJN", "TERMIJN_LOOPT_AF", "RESTANT_BIJ_EINDE", "ONDER_BESTAANSMINIMUM"),
                *("BETALING_WIJKT_AF", "LOONGEGEVENS_ONTBREKEN"),
            ),
            "mens",
        ),
        **dict.fromkeys(
            (
                *("NIEUWE_INKOMSTENVERHOUDING", "CORRECTIE_ONTVANGEN", "VOORLOPIGE_PARAMETER"),
                *("BRON_ONVOLLEDIG", "DERTIENDE_PERIODE", "RESERVERING_GEWIJZIGD"),
            ),
            "info",
        ),
    }
)
"""Every signal with its default weight (chapter Signals)."""


@dataclass(frozen=True, slots=True)
class BeleidMaand:
    """The policy as it is in one month. Amounts in cents.

    Attributes:
        giften_bedrag: None means ``norm_per_kalenderjaar`` (rule G2).
        drempel_mens: None means no threshold (rule S11).
        signalen: weight per code, only where the municipality raised it.
    """

    methode: str
    toerekening: str
    deelmaand: str
    vakantiegeld: str
    bijzondere_beloning: str
    bijzondere_beloning_drempel_cent: int
    vrijlating_grondslag: str
    z_onder_27: bool
    reservering_grondslag: str
    reservering_afronding: str
    giften_bedrag: int | None
    giften_eenheid: str
    giften_boven_grens: str
    beschermd_minimum: Fraction
    drempel_mens: int | None
    signalen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EigenParameter:
    """An own value of a parameter, as written: whether it may be used is for the room `parameters`.

    Attributes:
        naam: name of the parameter.
        van: from this date (days since 1970-01-01).
        waarde: the value as text, in the unit of the parameter.
        bron: where it comes from.
    """

    naam: str
    van: int
    waarde: str
    bron: str


Historie: TypeAlias = tuple[tuple[int, Any], ...]
"""Values with the month from which each holds, oldest first."""


@dataclass(frozen=True)
class Beleid:
    """The policy of one municipality.

    Attributes:
        gemeentecode: four digits.
        naam: name of the municipality, empty when not given.
        sleutels: per key (``giften.bedrag`` below a key) its values in time, as far as given.
        parameters: own values of parameters.
        sha256: hash of the file.
    """

    gemeentecode: str
    naam: str
    sleutels: Mapping[str, Historie]
    parameters: tuple[EigenParameter, ...]
    sha256: str

    def op(self, maand: int) -> BeleidMaand:
        """The policy in a month; before the first ``van`` of a dated key its default holds (rule P5)."""
        waarden = {
            naam: _geldig(self.sleutels.get(naam, ()), maand, s.standaard) for naam, s in _SLEUTELS.items()
        }
        signalen = {
            naam.removeprefix("signalen."): gewicht
            for naam, historie in self.sleutels.items()
            if naam.startswith("signalen.") and (gewicht := _geldig(historie, maand, None)) is not None
        }
        velden = {naam.replace(".", "_"): waarde for naam, waarde in waarden.items()}
        return BeleidMaand(**velden, signalen=MappingProxyType(signalen))

    def wijzigingen(self) -> tuple[int, ...]:
        """The months in which the policy changes, in order."""
        return tuple(
            sorted({van for historie in self.sleutels.values() for van, _ in historie if van > -OPEN})
        )


def _geldig(historie: Historie, maand: int, standaard: Any) -> Any:
    for van, waarde in reversed(historie):
        if van <= maand:
            return waarde
    return standaard


# ---- values -----------------------------------------------------------------------------------------------


class _Fout(Exception):
    """What is wrong with a value; the place is added where it is known."""


def _woord(*woorden: str) -> Callable[[str], str]:
    def lees(tekst: str) -> str:
        if tekst not in woorden:
            raise _Fout(f"kies uit {', '.join(woorden)}")
        return tekst

    return lees


def _cent(tekst: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", tekst):
        raise _Fout(f"geef een geheel aantal eurocenten van 0 tot {BEDRAG_GRENS}, zonder punt of komma")
    return int(tekst)


def _is_null(tekst: str) -> bool:
    return tekst in ("", "~", "null")


def _cent_of_null(tekst: str) -> int | None:
    return None if _is_null(tekst) else _cent(tekst)


def _giftbedrag(tekst: str) -> int | None:
    if tekst == "norm_per_kalenderjaar":
        return None
    try:
        return _cent(tekst)
    except _Fout as fout:
        raise _Fout(f"{fout}, of norm_per_kalenderjaar") from None


def _ja_nee(tekst: str) -> bool:
    return _woord("true", "false")(tekst) == "true"


def _procent(tekst: str) -> Fraction:
    treffer = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{1,6}))?%", tekst)
    deel = treffer and Fraction(f"{treffer[1]}.{treffer[2] or 0}") / 100
    if deel is None or deel > 1:
        raise _Fout('geef een percentage van "0%" tot en met "100%", zoals "90%"')
    return deel


@dataclass(frozen=True)
class _Sleutel:
    lees: Callable[[str], Any]
    standaard: Any


def _keus(*woorden: str) -> _Sleutel:
    """A choice; the first word is the default."""
    return _Sleutel(_woord(*woorden), woorden[0])


_SLEUTELS: dict[str, _Sleutel] = {
    "methode": _keus("achteraf", "schatten", "op_de_maand"),
    "toerekening": _keus("kalenderdagen", "werkdagen", "dertien_twaalfde", "dertig_achtentwintigste"),
    "deelmaand": _keus("kalenderdagen", "dertig"),
    "vakantiegeld": _keus("maandelijks_meegenomen", "bij_uitbetaling"),
    "bijzondere_beloning": _keus("mens", "in_maand", "terugverdelen"),
    "bijzondere_beloning_drempel_cent": _Sleutel(_cent, 0),
    "vrijlating_grondslag": _keus("zonder_aanspraak", "met_aanspraak"),
    "z_onder_27": _Sleutel(_ja_nee, standaard=True),
    "reservering_grondslag": _keus("bijstand", "norm_min_inkomen_met_vt"),
    "reservering_afronding": _keus("reserve_eerst", "netto_eerst"),
    "giften.bedrag": _Sleutel(_giftbedrag, 120_000),
    "giften.eenheid": _keus("huishouden", "persoon"),
    "giften.boven_grens": _keus("mens", "meetellen"),
    "beschermd_minimum": _Sleutel(_procent, Fraction(0)),
    "drempel_mens": _Sleutel(_cent_of_null, None),
}
_GROEPEN = {
    "giften": {naam.partition(".")[2]: s for naam, s in _SLEUTELS.items() if naam.startswith("giften.")},
    "signalen": {
        code: _Sleutel(_woord(*GEWICHTEN[GEWICHTEN.index(gewicht) + 1 :]), None)
        for code, gewicht in SIGNALEN.items()
    },
}
_TOEGESTAAN = (
    "gemeentecode",
    "naam",
    *(naam for naam in _SLEUTELS if "." not in naam),
    *_GROEPEN,
    "parameters",
)


# ---- the file ---------------------------------------------------------------------------------------------


def lees_beleid(pad: Path) -> Beleid:
    """Read a policy file.

    Raises:
        BeleidGeweigerd: naming the file, the line, the key and what is allowed.
    """
    naam = zonder_bsn(pad.name)
    try:
        with pad.open("rb") as bestand:
            inhoud = bestand.read(MAX_BYTES + 1)
    except OSError as fout:
        raise BeleidGeweigerd(f"{naam} kan niet worden gelezen. Controleer het pad bij --beleid.") from fout
    return ontleed(inhoud, naam)


def ontleed(inhoud: bytes, naam: str) -> Beleid:
    """The policy in the bytes of a file; ``naam`` is used in messages only. Raises as `lees_beleid`."""
    lezer = _Lezer(naam)
    boven = lezer.object(lezer.stam(inhoud), "", _TOEGESTAAN)
    if "gemeentecode" not in boven:
        lezer.weiger(None, "gemeentecode", 'ontbreekt: geef de vier cijfers als tekst, zoals "0014"')
    code = lezer.tekst(boven.pop("gemeentecode"), "gemeentecode")
    if not re.fullmatch("[0-9]{4}", code):
        lezer.weiger(None, "gemeentecode", 'geef de vier cijfers als tekst, zoals "0014"')
    gemeente = lezer.tekst(boven.pop("naam"), "naam") if "naam" in boven else ""
    parameters = lezer.parameters(boven.pop("parameters")) if "parameters" in boven else ()
    sleutels: dict[str, Historie] = {}
    for sleutel, knoop in boven.items():
        if sleutel in _GROEPEN:
            sleutels |= lezer.groep(knoop, sleutel)
        else:
            sleutels[sleutel] = lezer.historie(knoop, sleutel, lezer.waarde(_SLEUTELS[sleutel]))
    beleid = Beleid(
        gemeentecode=code,
        naam="" if _is_null(gemeente) else gemeente,
        sleutels=MappingProxyType(sleutels),
        parameters=parameters,
        sha256=hashlib.sha256(inhoud).hexdigest(),
    )
    for maand in (-OPEN, *beleid.wijzigingen()):
        stand = beleid.op(maand)
        if stand.reservering_afronding == "netto_eerst" and stand.reservering_grondslag != "bijstand":
            vanaf = f" (vanaf {toon_maand(maand)})" if maand > -OPEN else ""
            lezer.weiger(
                None,
                "reservering_afronding",
                f"netto_eerst kan alleen met reservering_grondslag: bijstand{vanaf}",
            )
    return beleid


class _Lezer:
    """Walks the nodes of the file, so that every message knows its line."""

    def __init__(self, naam: str) -> None:
        self._naam = naam

    def weiger(self, knoop: yaml.Node | None, sleutel: str, wat: str) -> NoReturn:
        regel = f", regel {knoop.start_mark.line + 1}" if knoop is not None else ""
        raise BeleidGeweigerd(f"{self._naam}{regel}: {sleutel + ': ' if sleutel else ''}{wat}.")

    def stam(self, inhoud: bytes) -> yaml.Node:
        if len(inhoud) > MAX_BYTES:
            self.weiger(None, "", f"is groter dan {MAX_BYTES // 1024} kB; dat is geen beleid")
        try:
            tekst = inhoud.decode("utf-8-sig")
            for gebeurtenis in yaml.parse(tekst, Loader=yaml.BaseLoader):
                self._controleer(gebeurtenis)
            knoop: yaml.Node | None = yaml.compose(tekst, Loader=yaml.BaseLoader)
        except UnicodeDecodeError:
            self.weiger(None, "", "is geen UTF-8; sla het bestand op als UTF-8")
        except yaml.MarkedYAMLError as fout:
            plek = f" bij regel {fout.problem_mark.line + 1}" if fout.problem_mark else ""
            self.weiger(
                None,
                "",
                f"is geen YAML{plek}; controleer het inspringen, de dubbele punten en de aanhalingstekens",
            )
        except (yaml.YAMLError, RecursionError):
            self.weiger(None, "", "is geen bruikbare YAML")
        if knoop is None:
            self.weiger(None, "", "is leeg")
        return knoop

    def _controleer(self, gebeurtenis: yaml.Event) -> None:
        anker = isinstance(gebeurtenis, yaml.AliasEvent) or getattr(gebeurtenis, "anchor", None)
        if anker or getattr(gebeurtenis, "tag", None):
            regel = f", regel {gebeurtenis.start_mark.line + 1}"
            raise BeleidGeweigerd(
                f"{self._naam}{regel}: ankers (&), verwijzingen (*) en tags (!) zijn niet toegestaan."
            )

    def object(
        self, knoop: yaml.Node, sleutel: str, toegestaan: Iterable[str] | None
    ) -> dict[str, yaml.Node]:
        if not isinstance(knoop, yaml.MappingNode):
            self.weiger(knoop, sleutel, "hier horen sleutels met een waarde")
        uit: dict[str, yaml.Node] = {}
        for links, rechts in knoop.value:
            naam = self.tekst(links, sleutel)
            pad = f"{sleutel}.{_echo(naam)}" if sleutel else _echo(naam)
            if naam in uit:
                self.weiger(links, pad, "deze sleutel staat twee keer in het bestand")
            if toegestaan is not None and naam not in toegestaan:
                self.weiger(links, pad, f"onbekende sleutel; toegestaan zijn {', '.join(toegestaan)}")
            uit[naam] = rechts
        return uit

    def tekst(self, knoop: yaml.Node, sleutel: str) -> str:
        if not isinstance(knoop, yaml.ScalarNode):
            self.weiger(knoop, sleutel, "hier hoort één waarde")
        return str(knoop.value)

    def waarde(self, soort: _Sleutel) -> Callable[[yaml.Node, str], Any]:
        def lees(knoop: yaml.Node, sleutel: str) -> Any:
            tekst = self.tekst(knoop, sleutel)
            try:
                return soort.lees(tekst)
            except _Fout as fout:
                self.weiger(knoop, sleutel, f"{_echo(tekst)!r} kan hier niet; {fout}")

        return lees

    def historie(self, knoop: yaml.Node, sleutel: str, lees: Callable[[yaml.Node, str], Any]) -> Historie:
        """A plain value holds always; a list gives values from a month (rule P5)."""
        if not isinstance(knoop, yaml.SequenceNode):
            return ((-OPEN, lees(knoop, sleutel)),)
        uit: dict[int, Any] = {}
        for stuk in knoop.value:
            deel = self.object(stuk, sleutel, ("van", "waarde"))
            if deel.keys() != {"van", "waarde"}:
                self.weiger(stuk, sleutel, "elk deel heeft van en waarde nodig")
            try:
                van = lees_maand(self.tekst(deel["van"], sleutel))
            except ValueError:
                self.weiger(deel["van"], f"{sleutel}.van", 'geef een maand als "2026-01"')
            if van in uit:
                self.weiger(stuk, sleutel, f"{toon_maand(van)} staat er twee keer in")
            uit[van] = lees(deel["waarde"], sleutel)
        if not uit:
            self.weiger(knoop, sleutel, "de lijst is leeg; laat de sleutel weg of geef van en waarde")
        return tuple(sorted(uit.items()))

    def groep(self, knoop: yaml.Node, sleutel: str) -> dict[str, Historie]:
        """A key with keys below it: dated as a whole, or each key below it."""
        soorten = _GROEPEN[sleutel]
        if not isinstance(knoop, yaml.SequenceNode):
            return {
                f"{sleutel}.{naam}": self.historie(onder, f"{sleutel}.{naam}", self.waarde(soorten[naam]))
                for naam, onder in self.object(knoop, sleutel, soorten).items()
            }

        def lees(stuk: yaml.Node, pad: str) -> dict[str, Any]:
            delen = self.object(stuk, pad, soorten)
            return {naam: self.waarde(soorten[naam])(onder, f"{pad}.{naam}") for naam, onder in delen.items()}

        geheel = self.historie(knoop, sleutel, lees)
        namen = {naam for _, deel in geheel for naam in deel}
        return {
            f"{sleutel}.{naam}": tuple((van, deel.get(naam, soorten[naam].standaard)) for van, deel in geheel)
            for naam in sorted(namen)
        }

    def parameters(self, knoop: yaml.Node) -> tuple[EigenParameter, ...]:
        uit: list[EigenParameter] = []
        for naam, onder in self.object(knoop, "parameters", None).items():
            pad = f"parameters.{_echo(naam)}"
            if not isinstance(onder, yaml.SequenceNode) or not onder.value:
                self.weiger(onder, pad, "geef een lijst van {van, waarde, bron}")
            for stuk in onder.value:
                deel = self.object(stuk, pad, ("van", "waarde", "bron"))
                ontbreekt = [veld for veld in ("van", "waarde", "bron") if veld not in deel]
                teksten = {veld: self.tekst(waarde, f"{pad}.{veld}").strip() for veld, waarde in deel.items()}
                ontbreekt += [veld for veld, tekst in teksten.items() if _is_null(tekst)]
                if ontbreekt:
                    self.weiger(
                        stuk,
                        f"{pad}.{ontbreekt[0]}",
                        "ontbreekt; een eigen waarde heeft een datum en een bron",
                    )
                rij = EigenParameter(
                    naam, self._datum(deel["van"], f"{pad}.van"), teksten["waarde"], teksten["bron"]
                )
                if any((rij.naam, rij.van) == (eerder.naam, eerder.van) for eerder in uit):
                    self.weiger(stuk, pad, "deze datum staat er twee keer in")
                uit.append(rij)
        return tuple(sorted(uit, key=lambda rij: (rij.naam, rij.van)))

    def _datum(self, knoop: yaml.Node, sleutel: str) -> int:
        tekst = self.tekst(knoop, sleutel).strip()
        try:
            if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", tekst):
                return lees_datum(tekst)
        except ValueError:
            pass
        self.weiger(knoop, sleutel, 'geef een datum als "2026-01-01"')


def _echo(tekst: str) -> str:
    """A piece of the file for in a message: short, readable, without BSN."""
    return zonder_bsn("".join(t if t.isprintable() else "?" for t in tekst[:40]))
