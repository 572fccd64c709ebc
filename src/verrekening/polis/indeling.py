"""The columns of a CSV with wage records, and the mapping file that finds them in another layout."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verrekening.fouten import InvoerGeweigerd
from verrekening.nummers import zonder_bsn
from verrekening.parameters.tekstyaml import TekstYamlFout, lees_tekst
from verrekening.polis.elementen import LOON, PERIODE
from verrekening.polis.tabel import BEDRAGEN

SLEUTEL = ("LhNr", "NumIV", "BSN", "DatAanvTv", "DatEindTv")
"""Without these nobody can tell which record a row is."""
DATUMS = ("DatAanv", "DatEind", "DatAanvTv", "DatEindTv")
PERIODE_VELDEN = {"SrtIV": "srtiv", "IndLhKort": "lhkort", "LbTab": "lbtab", "CdZvw": "cdzvw_m", "IndSA72": "sa72"}
GEBRUIKT = (*SLEUTEL, "DatAanv", "DatEind", "Ontvangen", *PERIODE_VELDEN, *BEDRAGEN)
BEKEND = frozenset(GEBRUIKT) | LOON | PERIODE | {"NmIP", "PersNr", "CdRdnEindArbov"}
"""Names a column may have; others are reported and skipped."""
DATUMVORMEN = {
    "JJJJ-MM-DD": r"^(?P<j>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})$",
    "DD-MM-JJJJ": r"^(?P<d>\d{2})-(?P<m>\d{2})-(?P<j>\d{4})$",
    "JJJJMMDD": r"^(?P<j>\d{4})(?P<m>\d{2})(?P<d>\d{2})$",
}
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Kolom:
    """Where one of our columns comes from.

    Attributes:
        hun: the name of their column; empty when every record has the same value.
        vast: that value.
        waarden: their value -> ours; a value that is not in it stays as it is.
        datum: how they write a date, one of ``DATUMVORMEN``.
        in_centen: amounts are whole cents instead of euros.
    """

    hun: str
    vast: str | None = None
    waarden: Mapping[str, str] = field(default_factory=dict)
    datum: str = "JJJJ-MM-DD"
    in_centen: bool = False


@dataclass(frozen=True, slots=True)
class Indeling:
    """A mapping file: our column -> where it comes from. Columns that are not in it have their own name."""

    kolommen: Mapping[str, Kolom] = field(default_factory=dict)
    bestand: str = ""
    sha256: str = ""

    def van(self, ons: str) -> Kolom:
        """Where one of our columns comes from."""
        return self.kolommen.get(ons) or Kolom(ons)


def lees_indeling(pad: Path) -> Indeling:
    """Read a mapping file (YAML: our column -> theirs).

    Raises:
        InvoerGeweigerd: it is no such file; the text names the line or the column.
    """
    naam = zonder_bsn(pad.name)
    try:
        with pad.open("rb") as stroom:
            inhoud = stroom.read(_MAX_BYTES + 1)
        if len(inhoud) > _MAX_BYTES:
            raise InvoerGeweigerd(f"{naam}: het bestand met kolommen is te groot")
        waarde = lees_tekst(inhoud.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvoerGeweigerd(f"{naam}: het bestand is geen UTF-8") from None
    except OSError:
        raise InvoerGeweigerd(f"{naam}: het bestand is niet leesbaar") from None
    except TekstYamlFout as fout:
        raise InvoerGeweigerd(f"{naam}: {zonder_bsn(str(fout))}") from None
    if not isinstance(waarde, dict) or not waarde:
        raise InvoerGeweigerd(f"{naam}: verwacht regels als «LnLbPh: naam van hun kolom»")
    kolommen = {}
    for ons, hun in waarde.items():
        if ons not in GEBRUIKT:
            raise InvoerGeweigerd(f"{naam}: {zonder_bsn(ons[:60])} is geen kolom die gelezen wordt; zie docs/polis.md")
        try:
            kolommen[ons] = _kolom(ons, hun)
        except ValueError as fout:
            raise InvoerGeweigerd(f"{naam}, {ons}: {fout}") from None
    return Indeling(kolommen, naam, hashlib.sha256(inhoud).hexdigest())


def _kolom(ons: str, hun: Any) -> Kolom:
    """One line of the mapping file. Raises ValueError with a Dutch text."""
    if isinstance(hun, str):
        hun = {"kolom": hun}
    if not isinstance(hun, dict):
        raise ValueError(  # noqa: TRY004 - a text for the reader of the file
            "verwacht de naam van een kolom, of kolom, vast, waarden, datum en eenheid"
        )
    onbekend = set(hun) - {"kolom", "vast", "waarden", "datum", "eenheid"}
    if onbekend:
        raise ValueError(f"onbekende sleutel {zonder_bsn(min(onbekend)[:60])}")
    naam, vast = hun.get("kolom"), hun.get("vast")
    if not isinstance(naam or vast, str) or (naam is not None and vast is not None):
        raise ValueError("geef óf kolom, óf vast")
    waarden = hun.get("waarden", {})
    if not isinstance(waarden, dict) or not all(isinstance(waarde, str) for waarde in waarden.values()):
        raise ValueError("waarden zijn regels als «hun waarde: onze waarde»")
    datum, eenheid = hun.get("datum", "JJJJ-MM-DD"), hun.get("eenheid", "euro")
    if datum not in DATUMVORMEN or ("datum" in hun and ons not in DATUMS):
        raise ValueError(f"datum hoort bij een datumkolom en is {', '.join(DATUMVORMEN)}")
    if eenheid not in ("euro", "cent") or ("eenheid" in hun and ons not in BEDRAGEN):
        raise ValueError("eenheid hoort bij een bedrag en is euro of cent")
    return Kolom(naam or "", vast, waarden, datum, eenheid == "cent")
