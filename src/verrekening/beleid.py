"""The policy of one municipality: what the law leaves to the college, dated (rule P5), strictly read.

The file is YAML, but only its plainest part: every scalar is text, and anchors, aliases, tags and keys that
stand twice are refused. An unknown key or word is refused with the words that are allowed: a typing error in
a policy would otherwise silently be the default, for every household.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from verrekening.fouten import BeleidGeweigerd
from verrekening.maand import OPEN, lees_datum, lees_maand, toon_datum, toon_maand
from verrekening.nummers import zonder_bsn
from verrekening.parameters import EigenWaarde, Tekst, TekstYamlFout, lees_tekst

MAX_BYTES = 2**20
"""A policy is a page, not a book."""
BEDRAG_GRENS = 10**9
"""Amounts are below this many cents."""

GEWICHTEN = ("info", "mens", "stop")
"""Weights of signals, light to heavy."""
_CODES = {
    "stop": "ONBEKENDE_INKOMENSCODE DGA INCIDENTEEL_INKOMEN ONDERNEMING GEGEVEN_ONTBREEKT "
    "MEERDERE_INKOMSTENPERIODEN LOON_IN_NATURA BIJZONDERE_BELONING NEGATIEF_LOON AFWIJKENDE_INHOUDING "
    "JGK_ONBEKEND IKB BETALING_ONBEKEND BOVEN_DREMPEL UITGESLOTEN",
    "mens": "WACHT_OP_LOONGEGEVENS VRIJLATING_BEOORDELEN GIFT_BOVEN_GRENS VAKANTIETOESLAG_TE_HOOG "
    "INKOMEN_BOVEN_NORM NORMWIJZIGING_IN_MAAND GEEN_MIDDELEN BUITEN_TERMIJN TERMIJN_LOOPT_AF "
    "RESTANT_BIJ_EINDE ONDER_BESTAANSMINIMUM BETALING_WIJKT_AF LOONGEGEVENS_ONTBREKEN",
    "info": "NIEUWE_INKOMSTENVERHOUDING CORRECTIE_ONTVANGEN VOORLOPIGE_PARAMETER BRON_ONVOLLEDIG "
    "DERTIENDE_PERIODE RESERVERING_GEWIJZIGD",
}
SIGNALEN: Mapping[str, str] = MappingProxyType(
    {code: gewicht for gewicht, codes in _CODES.items() for code in codes.split()}
)
"""Every signal with its default weight (chapter Signals)."""


class BeleidMaand(NamedTuple):
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
    parameters: tuple[EigenWaarde, ...]
    sha256: str
    _op: dict[int, BeleidMaand] = field(default_factory=dict, init=False, repr=False, compare=False)

    def op(self, maand: int) -> BeleidMaand:
        """The policy in a month; before the first ``van`` of a dated key its default holds (rule P5)."""
        if maand not in self._op:
            self._op[maand] = self._stel_op(maand)
        return self._op[maand]

    def _stel_op(self, maand: int) -> BeleidMaand:
        waarden = {naam: _geldig(self.sleutels.get(naam, ()), maand, s.standaard) for naam, s in _SLEUTELS.items()}
        signalen = {
            naam.removeprefix("signalen."): gewicht
            for naam, historie in self.sleutels.items()
            if naam.startswith("signalen.") and (gewicht := _geldig(historie, maand, None)) is not None
        }
        velden = {naam.replace(".", "_"): waarde for naam, waarde in waarden.items()}
        return BeleidMaand(**velden, signalen=MappingProxyType(signalen))

    def wijzigingen(self) -> tuple[int, ...]:
        """The months in which the policy changes, in order."""
        return tuple(sorted({van for historie in self.sleutels.values() for van, _ in historie if van > -OPEN}))


def _geldig(historie: Historie, maand: int, standaard: Any) -> Any:
    for van, waarde in reversed(historie):
        if van <= maand:
            return waarde
    return standaard


# ---- values -----------------------------------------------------------------------------------------------


class _Fout(Exception):
    """What is wrong; the place and the file are added where they are known."""


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


def _is_null(tekst: Tekst) -> bool:
    return isinstance(tekst, str) and tekst.strip() in ("", "~", "null")


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


class _Sleutel(NamedTuple):
    lees: Callable[[str], Any]
    standaard: Any


def _keus(*woorden: str) -> _Sleutel:
    """A choice; the first word is the default."""
    return _Sleutel(_woord(*woorden), woorden[0])


def _zwaarder(gewicht: str) -> Callable[[str], str]:
    """A municipality can raise a weight, never lower it."""
    if gewicht == GEWICHTEN[-1]:
        return _al_zwaarst
    return _woord(*GEWICHTEN[GEWICHTEN.index(gewicht) + 1 :])


def _al_zwaarst(_tekst: str) -> str:
    raise _Fout("dit signaal stopt altijd al; haal de regel weg")


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
    "signalen": {code: _Sleutel(_zwaarder(gewicht), None) for code, gewicht in SIGNALEN.items()},
}
_TOEGESTAAN = (
    "gemeentecode",
    "naam",
    *(naam for naam in _SLEUTELS if "." not in naam),
    *_GROEPEN,
    "parameters",
)
_EIGEN = ("van", "waarde", "bron")


# ---- the file ---------------------------------------------------------------------------------------------


def lees_beleid(pad: Path) -> Beleid:
    """Read a policy file.

    Raises:
        BeleidGeweigerd: naming the file, the key and what is allowed.
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
    try:
        beleid = _beleid(_document(inhoud), hashlib.sha256(inhoud).hexdigest())
        _controleer_samenhang(beleid)
    except _Fout as fout:
        raise BeleidGeweigerd(zonder_bsn(f"{naam}: {fout}.")) from None
    return beleid


def _document(inhoud: bytes) -> Tekst:
    if len(inhoud) > MAX_BYTES:
        raise _Fout(f"is groter dan {MAX_BYTES // 1024} kB; dat is geen beleid")
    try:
        return lees_tekst(inhoud.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Fout("is geen UTF-8; sla het bestand op als UTF-8") from None
    except TekstYamlFout as fout:
        raise _Fout(str(fout)) from None
    except RecursionError:
        raise _Fout("is te diep genest; een beleid heeft drie lagen") from None


def _beleid(document: Tekst, sha256: str) -> Beleid:
    boven = _object(document, "", _TOEGESTAAN)
    code = _tekst(boven.pop("gemeentecode", ""), "gemeentecode")
    if not re.fullmatch("[0-9]{4}", code):
        raise _Fout('gemeentecode: geef de vier cijfers als tekst, zoals "0014"; deze sleutel is verplicht')
    gemeente = _tekst(boven.pop("naam", ""), "naam")
    parameters = _parameters(boven.pop("parameters", {}))
    sleutels: dict[str, Historie] = {}
    for sleutel, inhoud in boven.items():
        if sleutel in _GROEPEN:
            sleutels |= _groep(inhoud, sleutel)
        else:
            sleutels[sleutel] = _historie(inhoud, sleutel, _waarde(_SLEUTELS[sleutel]))
    return Beleid(code, "" if _is_null(gemeente) else gemeente, MappingProxyType(sleutels), parameters, sha256)


def _controleer_samenhang(beleid: Beleid) -> None:
    for maand in (-OPEN, *beleid.wijzigingen()):
        stand = beleid.op(maand)
        if stand.reservering_afronding == "netto_eerst" and stand.reservering_grondslag != "bijstand":
            vanaf = f" (vanaf {toon_maand(maand)})" if maand > -OPEN else ""
            raise _Fout(f"reservering_afronding: netto_eerst kan alleen met reservering_grondslag: bijstand{vanaf}")


def _object(inhoud: Tekst, sleutel: str, toegestaan: Iterable[str] | None) -> dict[str, Tekst]:
    if not isinstance(inhoud, dict):
        raise _Fout(f"{sleutel or 'het bestand'}: hier horen sleutels met een waarde")
    for naam in inhoud:
        if toegestaan is not None and naam not in toegestaan:
            pad = f"{sleutel}.{_echo(naam)}" if sleutel else _echo(naam)
            raise _Fout(f"{pad}: onbekende sleutel; toegestaan zijn {', '.join(toegestaan)}")
    return dict(inhoud)


def _tekst(inhoud: Tekst, sleutel: str) -> str:
    if not isinstance(inhoud, str):
        raise _Fout(f"{sleutel}: hier hoort één waarde")
    return inhoud


def _waarde(soort: _Sleutel) -> Callable[[Tekst, str], Any]:
    def lees(inhoud: Tekst, sleutel: str) -> Any:
        tekst = _tekst(inhoud, sleutel)
        try:
            return soort.lees(tekst)
        except _Fout as fout:
            raise _Fout(f"{sleutel}: {_echo(tekst)!r} kan hier niet; {fout}") from None

    return lees


def _historie(inhoud: Tekst, sleutel: str, lees: Callable[[Tekst, str], Any]) -> Historie:
    """A plain value holds always; a list gives values from a month (rule P5)."""
    if not isinstance(inhoud, list):
        return ((-OPEN, lees(inhoud, sleutel)),)
    uit: dict[int, Any] = {}
    for stuk in inhoud:
        deel = _object(stuk, sleutel, ("van", "waarde"))
        if len(deel) < 2:
            raise _Fout(f"{sleutel}: elk deel heeft van en waarde nodig")
        try:
            van = lees_maand(_tekst(deel["van"], f"{sleutel}.van"))
        except ValueError:
            raise _Fout(f'{sleutel}.van: geef een maand als "2026-01"') from None
        if van in uit:
            raise _Fout(f"{sleutel}: {toon_maand(van)} staat er twee keer in")
        uit[van] = lees(deel["waarde"], sleutel)
    if not uit:
        raise _Fout(f"{sleutel}: de lijst is leeg; laat de sleutel weg of geef van en waarde")
    return tuple(sorted(uit.items()))


def _groep(inhoud: Tekst, sleutel: str) -> dict[str, Historie]:
    """A key with keys below it: dated as a whole, or each key below it."""
    soorten = _GROEPEN[sleutel]
    if not isinstance(inhoud, list):
        return {
            f"{sleutel}.{naam}": _historie(onder, f"{sleutel}.{naam}", _waarde(soorten[naam]))
            for naam, onder in _object(inhoud, sleutel, soorten).items()
        }

    def lees(stuk: Tekst, pad: str) -> dict[str, Any]:
        delen = _object(stuk, pad, soorten)
        return {naam: _waarde(soorten[naam])(onder, f"{pad}.{naam}") for naam, onder in delen.items()}

    geheel = _historie(inhoud, sleutel, lees)
    namen = {naam for _, deel in geheel for naam in deel}
    return {
        f"{sleutel}.{naam}": tuple((van, deel.get(naam, soorten[naam].standaard)) for van, deel in geheel)
        for naam in sorted(namen)
    }


def _parameters(inhoud: Tekst) -> tuple[EigenWaarde, ...]:
    """Own values as written; whether name and value are usable is for the room `parameters`."""
    uit: dict[tuple[str, int], EigenWaarde] = {}
    for naam, rijen in _object(inhoud, "parameters", None).items():
        pad = f"parameters.{_echo(naam)}"
        if not isinstance(rijen, list) or not rijen:
            raise _Fout(f"{pad}: geef een lijst van {{van, waarde, bron}}")
        for stuk in rijen:
            deel = _object(stuk, pad, _EIGEN)
            for veld in _EIGEN:
                if _is_null(deel.get(veld, "")):
                    raise _Fout(f"{pad}.{veld}: ontbreekt; een eigen waarde heeft een datum, een waarde en een bron")
            van = _datum(_tekst(deel["van"], f"{pad}.van"), f"{pad}.van")
            if (naam, van) in uit:
                raise _Fout(f"{pad}: {toon_datum(van)} staat er twee keer in")
            uit[naam, van] = EigenWaarde(naam, van, deel["waarde"], _tekst(deel["bron"], f"{pad}.bron").strip())
    return tuple(rij for _, rij in sorted(uit.items()))


def _datum(tekst: str, sleutel: str) -> int:
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", tekst):
            return lees_datum(tekst)
    except ValueError:
        pass
    raise _Fout(f'{sleutel}: geef een datum als "2026-01-01"')


def _echo(tekst: str) -> str:
    """A piece of the file for in a message: short and readable."""
    return "".join(t if t.isprintable() else "?" for t in zonder_bsn(tekst)[:40])
