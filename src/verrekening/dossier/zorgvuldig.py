"""One line at a time, with a precise answer: the dossier as plain data, or everything that is wrong with it.

Slow next to Arrow, so only for lines that Arrow did not take: what is malformed, and the lawful form
that a column cannot hold (a list of BSN where most dossiers say true or false).
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic_core import ErrorDetails, PydanticCustomError

from verrekening.dossier.platslaan import Weigering
from verrekening.dossier.schema import BSN_ACHTERVOEGSEL, Stam, boom
from verrekening.dossier.vorm import Soort
from verrekening.nummers import zonder_bsn

_DOSSIERNUMMER = re.compile(r'"dossiernummer"\s*:\s*"([^"\\\x00-\x1f]{1,100})"')
_MAX_SLEUTEL = 40
_INT64 = 2**63

_SOORTEN = {
    "missing": ("ontbreekt of is null", "Vul deze sleutel; hij is verplicht."),
    "extra_forbidden": ("is een onbekende sleutel", "Haal hem weg of verbeter de spelling."),
    "int_type": ("is geen geheel getal", "Geef een geheel getal zonder punt en zonder aanhalingstekens."),
    "bool_type": ("is geen true of false", "Geef true of false, zonder aanhalingstekens."),
    "string_type": ("is geen tekst", "Geef tekst tussen aanhalingstekens."),
    "string_unicode": ("is geen geldige tekst", "Lever het bestand aan als UTF-8."),
    "list_type": ("is geen lijst", "Geef een lijst: [ … ]."),
    "model_type": ("is geen object", "Geef een object: { … }."),
    "ja_nee_of_lijst": ("is geen true, false of lijst van BSN", "Geef true, false of een lijst van BSN."),
    "greater_than_equal": ("ligt buiten het bereik", "Geef een kleiner getal."),
    "less_than": ("ligt buiten het bereik", "Geef een kleiner getal."),
}


def _ja_nee_of_lijst(waarde: object) -> object:
    if isinstance(waarde, bool) or (isinstance(waarde, list) and all(isinstance(b, str) for b in waarde)):
        return waarde
    raise PydanticCustomError("ja_nee_of_lijst", "moet true, false of een lijst van BSN zijn")


class _Streng(BaseModel):
    """No other keys, no conversion between types, no change afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


@cache
def _model(stam: Stam) -> type[_Streng]:
    """The strict model of an object of the form."""
    soorten = {blad.sleutel: (_type(blad.soort), blad.verplicht) for blad in stam.bladen}
    for tak in stam.takken:
        binnen: Any = _type(tak.stam) if isinstance(tak.stam, Soort) else _model(tak.stam)
        soorten[tak.sleutel] = (list[binnen] if tak.lijst else binnen), tak.verplicht
    velden: dict[str, Any] = {
        sleutel: (soort, ...) if verplicht else (soort | None, None) for sleutel, (soort, verplicht) in soorten.items()
    }
    return create_model("Vorm", __base__=_Streng, **velden)


def _type(soort: Soort | None) -> Any:
    if soort is None:
        return Annotated[Any, BeforeValidator(_ja_nee_of_lijst)]
    if soort.wijze == "janee":
        return bool
    return Annotated[int, Field(ge=-_INT64, lt=_INT64)] if soort.wijze in ("bedrag", "getal") else str


class _Dubbel(ValueError):
    def __init__(self, sleutel: str) -> None:
        super().__init__(sleutel)
        self.sleutel = sleutel


def _uniek(paren: list[tuple[str, Any]]) -> dict[str, Any]:
    uit = dict(paren)
    if len(uit) != len(paren):
        gezien: set[str] = set()
        raise _Dubbel(next(s for s, _ in paren if s in gezien or gezien.add(s)))  # type: ignore[func-returns-value]
    return uit


def lees_regel(regel: bytes) -> tuple[str, dict[str, Any] | None, list[Weigering]]:
    """The dossiernummer (empty when it cannot be read), the dossier when it has the form, else why not."""
    try:
        tekst = regel.decode("utf-8")
    except UnicodeDecodeError:
        return "", None, [Weigering("", "is geen UTF-8", "Lever het bestand aan als UTF-8.")]
    try:
        ruw = json.loads(tekst, object_pairs_hook=_uniek)
    except json.JSONDecodeError as fout:
        reden = f"is geen JSON (teken {fout.colno})"
        return _zoek_nummer(tekst), None, [Weigering("", reden, "Zet op elke regel precies één JSON-object.")]
    except _Dubbel as fout:
        weigering = Weigering(_sleutel(fout.sleutel), "staat twee keer in één object", "Haal er één weg.")
        return _zoek_nummer(tekst), None, [weigering]
    except (ValueError, RecursionError):
        weigering = Weigering("", "is geen bruikbare JSON", "Haal te lange getallen en te diepe lijsten weg.")
        return _zoek_nummer(tekst), None, [weigering]
    if not isinstance(ruw, dict):
        return "", None, [Weigering("", "is geen object", "Zet op elke regel precies één JSON-object.")]
    nummer = ruw.get("dossiernummer")
    leesbaar = nummer if isinstance(nummer, str) and nummer.isprintable() else ""
    try:
        _model(boom()).model_validate(ruw)
    except ValidationError as fouten:
        return (
            leesbaar[:100],
            None,
            [_weigering(f) for f in fouten.errors(include_url=False, include_input=True)],
        )
    for situatie in ruw["situatie"]:
        for sleutel in ("in_inrichting", "verhoging_20_3"):
            if isinstance(situatie.get(sleutel), list):
                situatie[sleutel + BSN_ACHTERVOEGSEL] = situatie.pop(sleutel)
    return leesbaar, ruw, []


def _zoek_nummer(tekst: str) -> str:
    """The dossiernummer in text that is not JSON, when it clearly stands there once."""
    gevonden = _DOSSIERNUMMER.findall(tekst)
    return gevonden[0] if len(gevonden) == 1 else ""


def _sleutel(sleutel: str) -> str:
    leesbaar = "".join(t if t.isprintable() else "?" for t in sleutel[:_MAX_SLEUTEL])
    return zonder_bsn(leesbaar)


def _weigering(fout: ErrorDetails) -> Weigering:
    pad = ""
    for deel in fout["loc"]:
        pad += f"[{deel}]" if isinstance(deel, int) else f".{_sleutel(deel)}"
    soort = fout["type"]
    if fout["input"] is None and soort != "extra_forbidden":
        soort = "missing"  # null and left out are the same
    reden, wat = _SOORTEN.get(soort, ("heeft niet de vorm die hier hoort", "Vergelijk met het contract."))
    return Weigering(pad.removeprefix("."), reden, wat)
