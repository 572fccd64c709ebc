"""What a parameter is: a name with values, each valid from a date and each with its source."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from verrekening.parameters.eenheden import Exacte_waarde
from verrekening.parameters.tekstyaml import Tekst

Status: TypeAlias = Literal["definitief", "voorlopig"]
"""Published and final, or provisional until something better is known (rule P3)."""


class Bron(NamedTuple):
    """Where values were published.

    Attributes:
        titel: name of the publication.
        url: address of the publication; empty for a source that a policy names.
    """

    titel: str
    url: str


class Waarde(NamedTuple):
    """One value of one parameter, valid from a date until the next.

    Attributes:
        naam: name of the parameter.
        vanaf: first day (days since 1970-01-01).
        waarde: cents, months or years; an exact ratio; or a table of brackets.
        status: ``definitief`` or ``voorlopig``.
        bron: id of the source, or the text that the policy gives.
        tekst: as published, on one line.
        toelichting: remark, or empty.
        eigen: the policy of the municipality gave this value.
    """

    naam: str
    vanaf: int
    waarde: Exacte_waarde
    status: Status
    bron: str
    tekst: str
    toelichting: str = ""
    eigen: bool = False


class Parameter(NamedTuple):
    """A name with its dated values, as it stands in a file.

    Attributes:
        naam: name, as rules and policies use it.
        hoofdstuk: chapter (name of the file).
        omschrijving: what it is (Dutch).
        artikel: where the law names it.
        eenheid: unit, a key of `eenheden.EENHEDEN`.
        gecontroleerd_tot: last month through which it was checked (rule P2).
        herziening: ``halfjaarlijks`` or ``jaarlijks`` when every such date needs a value, else empty.
        samen: name under which a policy gives one own value for several parameters at once, or empty.
        waarden: the values, by date.
    """

    naam: str
    hoofdstuk: str
    omschrijving: str
    artikel: str
    eenheid: str
    gecontroleerd_tot: int
    herziening: str
    samen: str
    waarden: tuple[Waarde, ...]


class EigenWaarde(NamedTuple):
    """A value that a policy gives itself (rule P2).

    Attributes:
        naam: name of the parameter.
        van: first day (days since 1970-01-01).
        waarde: text in the unit of the parameter (a table: also a list of brackets).
        bron: where the municipality has it from.
    """

    naam: str
    van: int
    waarde: Tekst
    bron: str
