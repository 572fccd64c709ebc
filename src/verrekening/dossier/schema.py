"""The form of a dossier as a tree and as an Arrow schema, both derived from `verrekening.dossier.vorm`."""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from verrekening.dossier.vorm import BSN_LIJST, Dossier, Soort, Vorm

BSN_ACHTERVOEGSEL = "_bsn"
"""A key with yes, no or a list of BSN is a bool, and its list stands beside it under this longer name."""


class Blad(NamedTuple):
    """A scalar; ``soort`` None: yes, no or a list of BSN."""

    sleutel: str
    soort: Soort | None
    verplicht: bool


class Tak(NamedTuple):
    """An object inside the object, or a list of objects or of scalars (``stam`` is what one of them is)."""

    sleutel: str
    stam: Stam | Soort
    lijst: bool
    verplicht: bool


class Stam(NamedTuple):
    """All keys of an object."""

    bladen: tuple[Blad, ...]
    takken: tuple[Tak, ...]


def _zonder_none(hint: Any) -> tuple[Any, bool]:
    """The hint without ``| None``, and whether None was possible."""
    if get_origin(hint) in (Union, UnionType):
        rest = [deel for deel in get_args(hint) if deel is not NoneType]
        return rest[0], True
    return hint, False


def _soort(hint: Any) -> Soort | None:
    return next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Soort)), None)


def _is_vorm(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Vorm)


@cache
def boom(vorm: type[Vorm] = Dossier) -> Stam:
    """The tree of a form."""
    bladen: list[Blad] = []
    takken: list[Tak] = []
    for sleutel, ruw in get_type_hints(vorm, include_extras=True).items():
        hint, mag_leeg = _zonder_none(ruw)
        if get_origin(hint) is list:
            inhoud = get_args(hint)[0]
            stam = boom(inhoud) if _is_vorm(inhoud) else _soort(inhoud)
            if stam is None:
                raise TypeError(f"{vorm.__name__}.{sleutel}: a list of what?")
            takken.append(Tak(sleutel, stam, lijst=True, verplicht=not mag_leeg))
        elif _is_vorm(hint):
            takken.append(Tak(sleutel, boom(hint), lijst=False, verplicht=not mag_leeg))
        else:
            bladen.append(Blad(sleutel, _soort(hint), verplicht=not mag_leeg))
            if bladen[-1].soort is None and BSN_LIJST not in getattr(hint, "__metadata__", ()):
                raise TypeError(f"{vorm.__name__}.{sleutel} does not say what it is")
    return Stam(tuple(bladen), tuple(takken))


def _type(soort: Soort | None) -> pa.DataType:
    if soort is None or soort.wijze == "janee":
        return pa.bool_()
    return pa.int64() if soort.wijze in ("bedrag", "getal") else pa.string()


def _velden(stam: Stam, met_lijsten: bool) -> list[pa.Field]:
    velden = []
    for blad in stam.bladen:
        velden.append(pa.field(blad.sleutel, _type(blad.soort)))
        if blad.soort is None and met_lijsten:
            velden.append(pa.field(blad.sleutel + BSN_ACHTERVOEGSEL, pa.list_(pa.string())))
    for tak in stam.takken:
        binnen = _type(tak.stam) if isinstance(tak.stam, Soort) else pa.struct(_velden(tak.stam, met_lijsten))
        velden.append(pa.field(tak.sleutel, pa.list_(binnen) if tak.lijst else binnen))
    return velden


@cache
def arrow(met_lijsten: bool) -> pa.Schema:
    """The Arrow schema of a dossier.

    Args:
        met_lijsten: with the columns that hold a list of BSN. The fast path reads without them: else their
            names would be keys that a file may use.
    """
    return pa.schema(_velden(boom(), met_lijsten))
