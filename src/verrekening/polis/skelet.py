"""Records that are put together in the same way: the XML parser reads one of them, the others are compared with it.

Take the texts out of a record and the tags are left: its skeleton. Two records with the same bytes of tags in
the same order, and in the texts nothing but plain characters, are both well-formed or both not, and mean the same.
So one record of each skeleton goes through lxml; of all others the tags are compared byte for byte, eight at a time
and thousands of records at once. What has no comment, entity, attribute or prefix can be compared so; everything
else is not judged here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from lxml import etree

from verrekening.kolommen import Getallen, Masker
from verrekening.polis import elementen as el
from verrekening.polis.brok import MAX_PERIODEN
from verrekening.polis.tabel import BEDRAGEN
from verrekening.polis.velden import Haken, Tekens
from verrekening.polis.vorm import Vormen

MAX_SKELETTEN = 512
"""Kept at once. A payroll program has a handful; more is noise, and noise goes the careful way."""
MAX_RONDEN = 128
"""Different skeletons looked for in one piece; the records that are left go the careful way."""
MAX_TAGS = 4096
_TAG = re.compile(rb"</?[A-Za-z_][A-Za-z0-9._-]*>")
_RUIMTE = "urn:skelet"
_ONTLEDER: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


@dataclass(frozen=True, slots=True)
class _Vergelijking:
    """Eight bytes of some tags: which tags, from which byte, which bits of them, and what they must be.

    The first comparison of a skeleton is about the first eight bytes of every tag.
    """

    tags: Getallen
    vanaf: Getallen
    bits: npt.NDArray[np.uint64]
    woorden: npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Skelet:
    """One way in which a record is put together.

    Attributes:
        aantal: number of tags.
        lengten: bytes of each tag.
        gewoon: whether records like this can be read here; the places below only mean something then.
        sofi, numiv, aanvang, einde: number of the tag before the text; -1 when absent.
        perioden: the same for ``PERIODE_GEBRUIKT``, per income period.
        bedragen: the same for ``BEDRAGEN``.
    """

    aantal: int
    lengten: Getallen
    vergelijkingen: tuple[_Vergelijking, ...]
    gewoon: bool
    sofi: int = -1
    numiv: int = -1
    aanvang: int = -1
    einde: int = -1
    perioden: tuple[tuple[int, ...], ...] = ()
    bedragen: tuple[int, ...] = ()

    def past(self, tekens: Tekens, haken: Haken, eerste: Getallen) -> Masker:
        """Which records have these tags; ``eerste``: which of ``haken`` is the first of a record."""
        past = np.ones(len(eerste), np.bool_)
        over = np.arange(len(eerste))
        for laag, deel in enumerate(self.vergelijkingen):
            tags = eerste[over, None] + deel.tags
            woorden = haken.woorden[tags] if not laag else tekens.woorden[haken.plaatsen[tags] + deel.vanaf]
            gelijk = ((woorden & deel.bits) == deel.woorden).all(axis=1)
            past[over[~gelijk]] = False
            over = over[gelijk]
        return past


@dataclass(slots=True)
class Skeletten:
    """The skeletons seen so far."""

    _geleerd: dict[int, list[Skelet]] = field(default_factory=dict)
    _aantal: int = 0
    _vormen: tuple[Vormen, Vormen, Vormen] = field(
        default_factory=lambda: (
            Vormen(_RUIMTE, el.OPGAVE_GEBRUIKT, el.OPGAVE, el.OPGAVE_VERPLICHT, "Inkomstenperiode"),
            Vormen(_RUIMTE, el.PERIODE_GEBRUIKT, el.PERIODE, el.PERIODE_VERPLICHT),
            Vormen(_RUIMTE, BEDRAGEN, el.LOON, el.LOON_VERPLICHT),
        )
    )

    def van(self, tekens: Tekens, haken: Haken, eerste: int, laatste: int) -> Skelet:
        """The skeleton of one record: from its first to its last tag, as numbers in ``haken``."""
        aantal = laatste - eerste + 1
        for skelet in self._geleerd.get(aantal, ()):
            if skelet.past(tekens, haken, np.array([eerste]))[0]:
                return skelet
        begin = haken.plaatsen[eerste : laatste + 1].tolist()
        tags = []
        for plaats, volgende in zip(begin, [*begin[1:], begin[-1] + 128], strict=True):
            treffer = _TAG.match(tekens.inhoud, plaats, volgende)
            if treffer is None:
                # Compared with nothing: only this record is set aside.
                return Skelet(aantal, np.zeros(aantal, np.int64), (), gewoon=False)
            tags.append(treffer[0])
        if self._aantal >= MAX_SKELETTEN:
            self._geleerd, self._aantal = {}, 0
        skelet = self._leer(tags)
        self._geleerd.setdefault(aantal, []).append(skelet)
        self._aantal += 1
        return skelet

    def _leer(self, tags: list[bytes]) -> Skelet:
        lengten = np.array([len(tag) for tag in tags], np.int64)
        vergelijkingen = _vergelijkingen(tags)
        try:
            wortel = etree.fromstring(
                b'<a xmlns="' + _RUIMTE.encode() + b'">' + b"".join(tags) + b"</a>", etree.XMLParser(**_ONTLEDER)
            )
        except etree.XMLSyntaxError:
            return Skelet(len(tags), lengten, vergelijkingen, gewoon=False)
        plaatsen = self._plaatsen(wortel, tags)
        if plaatsen is None:
            return Skelet(len(tags), lengten, vergelijkingen, gewoon=False)
        enkel, perioden, bedragen = plaatsen
        return Skelet(len(tags), lengten, vergelijkingen, True, *enkel, perioden=perioden, bedragen=bedragen)

    def _plaatsen(
        self, wortel: etree._Element, tags: list[bytes]
    ) -> tuple[tuple[int, int, int, int], tuple[tuple[int, ...], ...], tuple[int, ...]] | None:
        """Where the texts are; None when there is something to report, which the careful reader does."""
        # The start tags in the bytes and the elements in the tree come in the same order.
        begin = [nummer for nummer, tag in enumerate(tags) if not tag.startswith(b"</")]
        nummers = dict(zip(list(wortel.iter())[1:], begin, strict=True))
        if len(wortel) != 1:
            return None
        opgave_vormen, periode_vormen, loon_vormen = self._vormen
        kinderen = list(wortel[0])
        vorm = opgave_vormen.van(kinderen)
        numiv, aanvang, einde, persoon, loon = vorm.plaatsen
        if not vorm.gewoon or persoon < 0 or len(vorm.herhaald) > MAX_PERIODEN:
            return None
        sofi = [kind for kind in kinderen[persoon] if kind.tag == f"{{{_RUIMTE}}}SofiNr"]
        if len(sofi) > 1 or (sofi and sofi[0] is not kinderen[persoon][0]):
            return None
        gebruikt = [*sofi, kinderen[numiv], kinderen[aanvang]]
        if einde >= 0:
            gebruikt.append(kinderen[einde])
        velden = list(kinderen[loon])
        vorm_loon = loon_vormen.van(velden)
        alle_gewoon = vorm_loon.gewoon
        perioden = []
        for plaats in vorm.herhaald:
            van_periode = list(kinderen[plaats])
            vorm_periode = periode_vormen.van(van_periode)
            alle_gewoon &= vorm_periode.gewoon
            gebruikt.extend(van_periode[i] for i in vorm_periode.plaatsen if i >= 0)
            perioden.append(tuple(-1 if i < 0 else nummers[van_periode[i]] for i in vorm_periode.plaatsen))
        if not alle_gewoon:
            return None
        bedragen = [velden[i] for i in vorm_loon.plaatsen]
        if any(len(element) for element in (*gebruikt, *bedragen)):
            return None
        enkel = (
            nummers[sofi[0]] if sofi else -1, nummers[kinderen[numiv]], nummers[kinderen[aanvang]],
            nummers[kinderen[einde]] if einde >= 0 else -1,
        )  # fmt: skip
        return enkel, tuple(perioden), tuple(nummers[element] for element in bedragen)


def _vergelijkingen(tags: list[bytes]) -> tuple[_Vergelijking, ...]:
    """All bytes of all tags in words of eight; the last word of a tag overlaps the one before it."""
    lagen: list[list[tuple[int, int, bytes]]] = []
    for nummer, tag in enumerate(tags):
        begin = [*range(0, max(len(tag) - 8, 0), 8), max(len(tag) - 8, 0)]
        for laag, vanaf in enumerate(dict.fromkeys(begin)):
            if laag == len(lagen):
                lagen.append([])
            lagen[laag].append((nummer, vanaf, tag[vanaf : vanaf + 8]))
    return tuple(
        _Vergelijking(
            np.array([nummer for nummer, _, _ in laag], np.int64),
            np.array([vanaf for _, vanaf, _ in laag], np.int64),
            np.array([(1 << 8 * len(deel)) - 1 for _, _, deel in laag], np.uint64),
            np.array([int.from_bytes(deel, "little") for _, _, deel in laag], np.uint64),
        )
        for laag in lagen
    )
