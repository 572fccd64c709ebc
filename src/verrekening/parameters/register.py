"""All parameters together: which value holds in a month, and is that month checked?"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from verrekening.fouten import BeleidGeweigerd, ParameterGeweigerd, ParameterVerlopen
from verrekening.geld import Verhouding
from verrekening.maand import OPEN, eerste_dag, toon_datum, toon_maand
from verrekening.nummers import zonder_bsn
from verrekening.parameters.eenheden import EENHEDEN, toon
from verrekening.parameters.schijven import Schijven
from verrekening.parameters.waarden import Bron, EigenWaarde, Parameter, Waarde


class _Reeks(NamedTuple):
    """The values of one parameter as they hold, own values of the policy included."""

    waarden: tuple[Waarde, ...]
    vanaf: tuple[int, ...]


class Parameters:
    """The dated amounts, percentages and tables; never changes after it is made.

    A value holds in a month when it is the last one valid on or before the first day of that month.
    """

    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        bronnen: Mapping[str, Bron],
        eigen: tuple[Waarde, ...] = (),
    ) -> None:
        self._parameters = dict(parameters)
        self._bronnen = dict(bronnen)
        self._eigen = eigen
        self._maanden: dict[tuple[int, frozenset[str]], dict[str, Waarde]] = {}
        self._reeksen = {naam: self._reeks(parameter) for naam, parameter in self._parameters.items()}
        self._samen: dict[str, list[str]] = {}
        for parameter in self._parameters.values():
            if parameter.samen:
                self._samen.setdefault(parameter.samen, []).append(parameter.naam)

    def _reeks(self, parameter: Parameter) -> _Reeks:
        eigen = sorted((waarde for waarde in self._eigen if waarde.naam == parameter.naam), key=lambda een: een.vanaf)
        # From its first own value on the municipality answers for the parameter itself.
        begin = eigen[0].vanaf if eigen else OPEN
        waarden = (*(waarde for waarde in parameter.waarden if waarde.vanaf < begin), *eigen)
        return _Reeks(waarden, tuple(waarde.vanaf for waarde in waarden))

    @property
    def namen(self) -> tuple[str, ...]:
        """All names, in the order of the chapters."""
        return tuple(self._parameters)

    def parameter(self, naam: str) -> Parameter:
        """A parameter as it stands in its file.

        Raises:
            ParameterGeweigerd: there is no parameter of that name; the message names the nearest.
        """
        if naam not in self._parameters:
            raise ParameterGeweigerd(f"parameter {zonder_bsn(naam)} bestaat niet{self._bedoeld(naam)}")
        return self._parameters[naam]

    def reeks(self, naam: str) -> list[Waarde]:
        """All values of a parameter that hold at some time, by date."""
        return list(self._reeksen[self.parameter(naam).naam].waarden)

    def gecontroleerd_tot(self, naam: str) -> int:
        """Last month through which a parameter was checked; `maand.OPEN` with an own value."""
        tot = self.parameter(naam).gecontroleerd_tot
        return OPEN if self._reeksen[naam].waarden[-1].eigen else tot

    def bron(self, waarde: Waarde) -> Bron:
        """The source of a value; an own value has what the policy says as title."""
        return Bron(waarde.bron, "") if waarde.eigen else self._bronnen[waarde.bron]

    def op(self, naam: str, maand: int) -> Waarde:
        """The value that holds on the first day of a month.

        Raises:
            ParameterVerlopen: the month lies after the last month through which it was checked (rule P2).
            ParameterGeweigerd: the month lies before the first value, or the name does not exist.
        """
        parameter = self.parameter(naam)
        reeks = self._reeksen[naam]
        plaats = bisect_right(reeks.vanaf, eerste_dag(int(maand))) - 1
        if plaats < 0:
            raise ParameterGeweigerd(
                f"parameter {naam} heeft in {toon_maand(int(maand))} nog geen waarde; "
                f"de eerste geldt vanaf {toon_datum(reeks.vanaf[0])}"
            )
        waarde = reeks.waarden[plaats]
        if not waarde.eigen and maand > parameter.gecontroleerd_tot:
            raise ParameterVerlopen(_verlopen([naam], int(maand), parameter.gecontroleerd_tot))
        return waarde

    def doorgetrokken(self, tot: int) -> Parameters:
        """The same amounts, taken to hold through month ``tot``; for a what-if that says so, never for a run."""
        verder = {
            naam: parameter._replace(gecontroleerd_tot=max(tot, parameter.gecontroleerd_tot))
            for naam, parameter in self._parameters.items()
        }
        return Parameters(verder, self._bronnen, self._eigen)

    def voor_maand(self, maand: int, namen: Iterable[str]) -> dict[str, Waarde]:
        """The values of several parameters in a month; raises like `op`."""
        sleutel = maand, frozenset(namen)
        if sleutel not in self._maanden:
            self._maanden[sleutel] = {naam: self.op(naam, maand) for naam in sleutel[1]}
        return dict(self._maanden[sleutel])

    def controleer_maand(self, maand: int, namen: Iterable[str]) -> None:
        """Refuses a month in which one of these parameters may not be used, and names them all.

        Raises:
            ParameterVerlopen: some were not checked through this month.
            ParameterGeweigerd: some have no value yet, or do not exist.
        """
        verlopen: list[str] = []
        for naam in namen:
            try:
                self.op(naam, maand)
            except ParameterVerlopen:
                verlopen.append(naam)
        if verlopen:
            laatste = min(self._parameters[naam].gecontroleerd_tot for naam in verlopen)
            raise ParameterVerlopen(_verlopen(verlopen, int(maand), laatste))

    def verloopt(self, maand: int) -> list[tuple[str, int]]:
        """The parameters that may not be used any more in a month: name, and last month checked."""
        dag = eerste_dag(int(maand))
        uit = []
        for naam, parameter in self._parameters.items():
            reeks = self._reeksen[naam]
            plaats = bisect_right(reeks.vanaf, dag) - 1
            eigen = plaats >= 0 and reeks.waarden[plaats].eigen
            if maand > parameter.gecontroleerd_tot and not eigen:
                uit.append((naam, parameter.gecontroleerd_tot))
        return uit

    def met_eigen(self, rijen: Iterable[EigenWaarde | tuple[str, int, Any, str]]) -> Parameters:
        """These parameters with the policy's own values (rules P2 and P3).

        An own value holds from its date until the next own value of that name, also past the month through
        which the built-in ones were checked, and is always provisional. A name that stands for several
        parameters (``vrijlating_z_aa_max``) gives each of them the value.

        Args:
            rijen: name, first day, value as text in the unit of the parameter, source.

        Raises:
            BeleidGeweigerd: unknown name, no source, two values on one day, or not readable in the unit.
        """
        eigen = list(self._eigen)
        bekend = {(waarde.naam, waarde.vanaf) for waarde in eigen}
        for naam, van, waarde, bron in rijen:
            for doel in self._doelen(naam):
                plek = f"parameters: {naam}, van {toon_datum(van)}"
                if (doel, van) in bekend:
                    raise BeleidGeweigerd(f"{plek}: {doel} heeft op die datum al een eigen waarde")
                bekend.add((doel, van))
                eigen.append(self._eigen_waarde(doel, van, waarde, bron, plek))
        return Parameters(self._parameters, self._bronnen, tuple(eigen))

    def _doelen(self, naam: str) -> list[str]:
        if naam in self._parameters:
            return [naam]
        if naam in self._samen:
            return self._samen[naam]
        raise BeleidGeweigerd(f"parameters: {zonder_bsn(str(naam))} bestaat niet{self._bedoeld(str(naam))}")

    def _bedoeld(self, naam: str) -> str:
        lijkt = get_close_matches(naam, [*self._parameters, *self._samen], n=3, cutoff=0.5)
        return f"; bedoeld: {' of '.join(lijkt)}?" if lijkt else ""

    def _eigen_waarde(self, naam: str, van: int, waarde: Any, bron: Any, plek: str) -> Waarde:
        if not isinstance(bron, str) or not bron.strip():
            raise BeleidGeweigerd(f"{plek}: noem de bron")
        eenheid = self._parameters[naam].eenheid
        if not isinstance(waarde, str | list):
            raise BeleidGeweigerd(f"{plek}: schrijf de waarde als tekst, tussen aanhalingstekens; eenheid is {eenheid}")
        try:
            exact = EENHEDEN[eenheid](waarde)
        except ValueError as fout:
            raise BeleidGeweigerd(f"{plek}: {zonder_bsn(str(fout))}; eenheid is {eenheid}") from fout
        return Waarde(naam, van, exact, "voorlopig", bron.strip(), toon(waarde), eigen=True)

    def vingerafdruk(self) -> str:
        """sha256 (hex) over everything a result can depend on: names, units, months checked, values, sources.

        Descriptions and remarks are left out, so that a corrected spelling is not another set of amounts.
        """
        inhoud = [
            [
                naam,
                self._parameters[naam].eenheid,
                self._parameters[naam].gecontroleerd_tot,
                [[een.vanaf, _canoniek(een), een.status, een.bron, een.eigen] for een in self._reeksen[naam].waarden],
            ]
            for naam in sorted(self._parameters)
        ]
        tekst = json.dumps(inhoud, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(tekst.encode()).hexdigest()

    def catalogus(self) -> list[dict[str, Any]]:
        """Everything for people and for JSON: per parameter a dict, per value title and url of the source.

        ``gecontroleerd_tot`` is None when an own value extends it without end.
        """
        return [
            {
                "naam": naam,
                "hoofdstuk": parameter.hoofdstuk,
                "omschrijving": parameter.omschrijving,
                "artikel": parameter.artikel,
                "eenheid": parameter.eenheid,
                "herziening": parameter.herziening or None,
                "samen": parameter.samen or None,
                "gecontroleerd_tot": None if tot == OPEN else toon_maand(tot),
                "waarden": [self._in_catalogus(waarde) for waarde in self._reeksen[naam].waarden],
            }
            for naam, parameter in self._parameters.items()
            for tot in [self.gecontroleerd_tot(naam)]
        ]

    def _in_catalogus(self, waarde: Waarde) -> dict[str, Any]:
        bron = self.bron(waarde)
        return {
            "vanaf": toon_datum(waarde.vanaf),
            "waarde": waarde.tekst,
            "status": waarde.status,
            "bron": bron.titel,
            "url": bron.url or None,
            "toelichting": waarde.toelichting or None,
            "eigen": waarde.eigen,
        }


def _verlopen(namen: list[str], maand: int, tot: int) -> str:
    woord = "parameter" if len(namen) == 1 else "parameters"
    werkwoord = "is" if len(namen) == 1 else "zijn"
    return (
        f"{woord} {', '.join(namen)} {werkwoord} niet gecontroleerd voor {toon_maand(maand)}, "
        f"maar tot en met {toon_maand(tot)}; geef in het beleid een eigen waarde met bron"
    )


def _canoniek(waarde: Waarde) -> list[Any]:
    exact = waarde.waarde
    if isinstance(exact, Verhouding):
        return ["verhouding", exact.teller, exact.noemer]
    if isinstance(exact, Schijven):
        return ["schijven", exact.vanaf, exact.teller, exact.noemer, exact.minus]
    return ["getal", exact]
