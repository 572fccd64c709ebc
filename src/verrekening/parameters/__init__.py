"""Dated amounts, percentages and tables, each with its source: one YAML file per chapter (rules P1 to P4).

``laad().op("norm_21a_alleenstaande_21_aow", maand)`` is the value on the first day of a month. Past the
last month through which a parameter was checked there is no value: `ParameterVerlopen`, unless the policy
gives its own with ``met_eigen``. Amounts are cents, percentages exact ratios, tables `Schijven`.
"""

from __future__ import annotations

from verrekening.parameters.inhoud import laad
from verrekening.parameters.leeftijd import aow_datum
from verrekening.parameters.register import Parameters
from verrekening.parameters.schijven import Schijven
from verrekening.parameters.tekstyaml import Tekst, TekstYamlFout, lees_tekst
from verrekening.parameters.waarden import Bron, EigenWaarde, Parameter, Waarde

__all__ = [
    "Bron",
    "EigenWaarde",
    "Parameter",
    "Parameters",
    "Schijven",
    "Tekst",
    "TekstYamlFout",
    "Waarde",
    "aow_datum",
    "laad",
    "lees_tekst",
]
