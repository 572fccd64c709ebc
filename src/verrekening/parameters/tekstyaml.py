"""YAML in which everything is text: no float, no date and no yes/no can come out of it unasked.

Built on the events of PyYAML instead of on a loader: a loader has already merged a duplicate key and
followed an alias by the time anyone could refuse it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import yaml

Tekst: TypeAlias = "str | list[Tekst] | dict[str, Tekst]"
"""What comes out: text, lists and mappings from text, nested."""

# libyaml does the same an order of magnitude faster; a wheel without it still works.
_LADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class TekstYamlFout(ValueError):
    """The text is not the plain YAML this reader accepts; the message (Dutch) names the line."""


def lees_tekst(bron: str) -> Tekst:
    """One YAML document with every scalar as text.

    Args:
        bron: the document.

    Returns:
        Text, lists and dicts, nested; an empty document is an empty dict.

    Raises:
        TekstYamlFout: duplicate key, key that is no text, anchor, alias, tag, second document, or no YAML.
    """
    try:
        return _Bouwer(bron).document()
    except yaml.YAMLError as fout:
        plek = getattr(fout, "problem_mark", None)
        wat = getattr(fout, "problem", None) or "onleesbaar teken"
        raise TekstYamlFout(f"{_regel(plek)}geen geldige YAML: {wat}") from fout


def _regel(plek: Any) -> str:
    # A Mark of PyYAML or of libyaml: two classes without a common one.
    return "" if plek is None else f"regel {plek.line + 1}: "


class _Bouwer:
    """Builds the value from the stream of events, one event ahead."""

    def __init__(self, bron: str) -> None:
        self._volgende: Callable[[], yaml.Event] = _LADER(bron).get_event
        self._nu: yaml.Event = self._volgende()

    def _verder(self) -> yaml.Event:
        vorige = self._nu
        self._nu = self._volgende()
        return vorige

    def document(self) -> Tekst:
        self._verder()  # start of the stream
        if isinstance(self._nu, yaml.StreamEndEvent):
            return {}
        self._verder()  # start of the document
        waarde = self._waarde()
        self._verder()  # its end
        if not isinstance(self._nu, yaml.StreamEndEvent):
            raise self._fout("meer dan één document")
        return waarde

    def _waarde(self) -> Tekst:
        kop = self._verder()
        if isinstance(kop, yaml.ScalarEvent) and kop.anchor is None and kop.tag is None:
            return str(kop.value)
        if isinstance(kop, yaml.AliasEvent):
            raise self._fout(f"verwijzing *{kop.anchor}; schrijf de waarde uit", kop)
        anker = getattr(kop, "anchor", None)
        if anker is not None:
            raise self._fout(f"anker &{anker}; schrijf de waarde uit", kop)
        label = getattr(kop, "tag", None)
        if label is not None:
            raise self._fout(f"label {label}; schrijf gewone tekst", kop)
        if isinstance(kop, yaml.SequenceStartEvent):
            lijst: list[Tekst] = []
            while not isinstance(self._nu, yaml.SequenceEndEvent):
                lijst.append(self._waarde())
            self._verder()
            return lijst
        return self._afbeelding()

    def _afbeelding(self) -> dict[str, Tekst]:
        uit: dict[str, Tekst] = {}
        while not isinstance(self._nu, yaml.MappingEndEvent):
            plek = self._nu
            naam = self._waarde()
            if not isinstance(naam, str):
                raise self._fout("de naam van een veld is tekst", plek)
            if naam in uit:
                raise self._fout(f"{naam} staat er twee keer", plek)
            uit[naam] = self._waarde()
        self._verder()
        return uit

    def _fout(self, wat: str, bij: yaml.Event | None = None) -> TekstYamlFout:
        return TekstYamlFout(f"{_regel((bij or self._nu).start_mark)}{wat}")
