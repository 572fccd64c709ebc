"""What a rule is: a pure function over named columns, with its number, article, validity and sentence.

The decorator refuses at import what may not be a rule: no article, an unknown kind, a placeholder in the
sentence that is no argument, or a construct that works on one number but not on a column (``if``,
``and``, ``/``, ``min``, …).
"""

from __future__ import annotations

import string
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

from verrekening.fouten import RegelFout
from verrekening.maand import lees_maand
from verrekening.motor.lichaam import keur_lichaam

_F = TypeVar("_F", bound=Callable[..., Any])

SOORTEN = frozenset({"Cent", "Exact", "Breuk", "JaNee", "Aantal", "Maand", "Dag", "Code", "Tabel"})
"""Kinds that an argument or a result may have, as written in the annotation."""


class Regel(NamedTuple):
    """A rule of the law.

    Attributes:
        naam: the column it makes (the name of the function).
        niveau: the level whose rows it computes, such as ``persoon_maand``.
        nummer: number of the rule in the specification, such as ``W2``.
        artikel: the article it rests on, or the policy or rule where the law is silent.
        zin: the formula in words (Dutch), with the arguments between braces.
        functie: the function itself.
        argumenten: names of the columns, parameters or state it reads, with their kind.
        soort: kind of the result.
        vanaf, tot: first and last month for which it holds (inclusive); None is open.
        grondslag: parameter name -> column above 0 when the parameter is really used (rule P3).
    """

    naam: str
    niveau: str
    nummer: str
    artikel: str
    zin: str
    functie: Callable[..., Any]
    argumenten: dict[str, str]
    soort: str
    vanaf: int | None = None
    tot: int | None = None
    grondslag: tuple[tuple[str, str], ...] = ()

    def geldt(self, maand: int) -> bool:
        """Whether the rule holds in a month."""
        return (self.vanaf is None or maand >= self.vanaf) and (self.tot is None or maand <= self.tot)


def regel(
    nummer: str,
    *,
    niveau: str,
    artikel: str,
    zin: str,
    vanaf: str | None = None,
    tot: str | None = None,
    naam: str | None = None,
    grondslag: dict[str, str] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Marks a function as a rule. See `Regel` for the meaning of the arguments.

    Raises:
        RegelFout: at import, when the function cannot be a rule.
    """

    def merk(functie: Callable[..., Any]) -> Callable[..., Any]:
        functie.__regel__ = maak_regel(functie, niveau, nummer, artikel, zin, vanaf, tot, naam, grondslag)  # type: ignore[attr-defined]
        return functie

    return merk


def op_niveau(niveau: str) -> Callable[..., Callable[[Callable[..., Any]], Callable[..., Any]]]:
    """The decorator `regel` for one level, so that a chapter names its level once."""
    return partial(regel, niveau=niveau)


def maak_regel(
    functie: Callable[..., Any],
    niveau: str,
    nummer: str,
    artikel: str,
    zin: str,
    vanaf: str | None = None,
    tot: str | None = None,
    naam: str | None = None,
    grondslag: dict[str, str] | None = None,
) -> Regel:
    """Builds and checks a `Regel` from a function."""
    plek = f"{functie.__module__}.{functie.__name__}"
    if not nummer.strip() or not artikel.strip() or not zin.strip():
        raise RegelFout(f"{plek}: een regel heeft een nummer, een artikel en een zin")
    annotaties = dict(functie.__annotations__)
    soort = annotaties.pop("return", None)
    argumenten = {arg: str(annotaties.get(arg)) for arg in _namen(functie)}
    for arg, soort_arg in {**argumenten, "het resultaat": soort}.items():
        if soort_arg not in SOORTEN:
            raise RegelFout(f"{plek}: {arg} heeft geen bekende soort ({soort_arg!r}); kies uit {sorted(SOORTEN)}")
    eigen = naam or functie.__name__
    for _, veld, _, _ in string.Formatter().parse(zin):
        if veld is not None and veld not in argumenten and veld != eigen:
            raise RegelFout(f"{plek}: de zin noemt {{{veld}}}, dat geen argument is")
    keur_lichaam(functie, plek)
    return Regel(
        naam=eigen, niveau=niveau, nummer=nummer, artikel=artikel, zin=zin, functie=functie,
        argumenten=dict(argumenten), soort=str(soort),
        vanaf=None if vanaf is None else lees_maand(vanaf), tot=None if tot is None else lees_maand(tot),
        grondslag=tuple((grondslag or {}).items()),
    )  # fmt: skip


def _namen(functie: Callable[..., Any]) -> tuple[str, ...]:
    """Names of all arguments."""
    code = functie.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


class Tabelregel(NamedTuple):
    """A rule that makes rows out of rows (splits, carries on), so that it can't be one column of a level.

    Attributes:
        naam: name of the function.
        nummer, artikel, zin: as in `Regel`.
        functie: the function.
    """

    naam: str
    nummer: str
    artikel: str
    zin: str
    functie: Callable[..., Any]


def tabelregel(nummer: str, *, artikel: str, zin: str) -> Callable[[_F], _F]:
    """Marks a function over whole tables as a rule, for the catalogue and the explanation."""

    def merk(functie: _F) -> _F:
        if not nummer.strip() or not artikel.strip() or not zin.strip():
            raise RegelFout(
                f"{functie.__module__}.{functie.__name__}: een regel heeft een nummer, een artikel en een zin"
            )
        functie.__tabelregel__ = Tabelregel(functie.__name__, nummer, artikel, zin, functie)  # type: ignore[attr-defined]
        return functie

    return merk
