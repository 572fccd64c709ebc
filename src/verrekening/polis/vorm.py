"""Which child of an element is what, learned once per sequence of names and looked up after that.

A payroll program writes the same sequence of elements for nearly every record. Reading the names of the
children is needed to see unknown ones; deciding what they mean is not, so that is kept per sequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lxml import etree

from verrekening.polis.bronnen import toonbaar

MAX_VORMEN = 4096


@dataclass(frozen=True, slots=True)
class Vorm:
    """What a sequence of child names means.

    Attributes:
        plaatsen: position of each wanted name, -1 when absent.
        herhaald: positions of the one name that may repeat.
        dubbel: the first wanted name that occurs twice, else empty; then the record cannot be read.
        onbekend: names that are in no year of the message.
        ontbreekt: names that every year requires and that are absent.
    """

    plaatsen: tuple[int, ...]
    herhaald: tuple[int, ...]
    dubbel: str
    onbekend: tuple[str, ...]
    ontbreekt: tuple[str, ...]

    @property
    def gewoon(self) -> bool:
        """Whether there is nothing to report about this sequence."""
        return not (self.dubbel or self.onbekend or self.ontbreekt)


class Vormen:
    """The sequences of one kind of element in one namespace."""

    def __init__(
        self, naamruimte: str, gebruikt: Sequence[str], bekend: AbstractSet[str],
        verplicht: AbstractSet[str] = frozenset(), herhaald: str = "",
    ) -> None:  # fmt: skip
        self._voor = f"{{{naamruimte}}}"
        self._gebruikt, self._bekend, self._verplicht, self._herhaald = (
            tuple(gebruikt),
            bekend,
            verplicht,
            herhaald,
        )
        self._geleerd: dict[tuple[str, ...], Vorm] = {}
        self._vorige_tags: list[str] = []
        self._vorige = self._leer(())

    def van(self, kinderen: list[etree._Element]) -> Vorm:
        """The meaning of the children of one element."""
        tags = [kind.tag for kind in kinderen]
        # Comparing with the record before costs less than hashing the names, and nearly always succeeds.
        if tags != self._vorige_tags:
            sleutel = tuple(tags)
            self._vorige = self._geleerd.get(sleutel) or self._leer(sleutel)
            self._vorige_tags = tags
        return self._vorige

    def _leer(self, tags: tuple[str, ...]) -> Vorm:
        if len(self._geleerd) >= MAX_VORMEN:
            self._geleerd.clear()
        namen = [tag.removeprefix(self._voor) for tag in tags]
        vorm = Vorm(
            plaatsen=tuple(namen.index(naam) if naam in namen else -1 for naam in self._gebruikt),
            herhaald=tuple(i for i, naam in enumerate(namen) if naam == self._herhaald),
            dubbel=next((naam for naam in self._gebruikt if namen.count(naam) > 1), ""),
            onbekend=tuple(sorted({toonbaar(naam[:80]) for naam in namen if naam not in self._bekend})),
            ontbreekt=tuple(sorted(self._verplicht - set(namen))),
        )
        self._geleerd[tags] = vorm
        return vorm


def tekst(kinderen: list[etree._Element], plaats: int) -> str | None:
    """Text of a child: None when absent, "" when empty."""
    return None if plaats < 0 else kinderen[plaats].text or ""
