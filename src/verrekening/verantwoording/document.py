"""Texts with facts of the engine in them, and marks where the municipality must write.

The texts are files beside this one. ``{name}`` becomes a fact (`Feiten`), ``[[…]]`` a mark.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

from verrekening.beleid import Beleid
from verrekening.parameters import Parameters
from verrekening.verantwoording.feiten import feiten_van

MERK = "[IN TE VULLEN DOOR DE GEMEENTE: "
"""Begins every mark."""


def lees(bestand: str) -> str:
    """A text of this room."""
    return (resources.files("verrekening.verantwoording") / bestand).read_text(encoding="utf-8")


def vul(tekst: str, feiten: Mapping[str, Any]) -> str:
    """The text with facts and marks. Raises KeyError for a fact that does not exist."""
    return re.sub(r"\[\[(.*?)\]\]", rf"{MERK}\1]", tekst.format_map(feiten), flags=re.DOTALL)


def document(soort: str, beleid: Beleid, parameters: Parameters, maand: int) -> str:
    """Input for an impact assessment as Markdown, to go on writing in.

    Args:
        soort: ``dpia`` (AVG art. 35, by the model of the Dutch government) or ``iama`` (its four parts).
        beleid, parameters, maand: what is described.
    """
    return vul(lees(f"{soort}.md"), dataclasses.asdict(feiten_van(beleid, parameters, maand)))
