"""The file of what was really paid: household, amount and date per line; each is read or refused with a reason."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from verrekening.fouten import InvoerGeweigerd
from verrekening.geld import BEDRAG_GRENS
from verrekening.kolommen import Afkeuring
from verrekening.nummers import zonder_bsn
from verrekening.parameters import TekstYamlFout, lees_tekst

KOLOMMEN = {"dossiernummer": "dossiernummer", "bedrag": "bedrag", "datum": "datum", "aflossing": "aflossing"}
"""Our columns -> how they are called without a mapping; the first two are needed."""

# Euro with a decimal comma or point, and thousands in groups of three when there are decimals.
_BEDRAG = re.compile(r"(-?)€?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2}))?|(-?)€?(\d{1,3}(?:,\d{3})+|\d+)\.(\d{2})")
_DUIZEND = re.compile(r"\d{1,3}(\.\d{3})+")


@dataclass(frozen=True)
class Betaalbestand:
    """A payment file.

    Attributes:
        naam, sha256: how it is called (without a BSN) and what is in it.
        regels: line, dossiernummer, cent, datum (text, or empty), aflossing (cents) of every good line.
        met_aflossing: the file says which instalments were taken.
        afkeuringen: lines that were refused.
    """

    naam: str
    sha256: str
    regels: pd.DataFrame
    met_aflossing: bool
    afkeuringen: tuple[Afkeuring, ...]


def lees_betaald(pad: Path, kolommen: Path | None = None) -> Betaalbestand:
    """Reads a payment file: CSV with ``;`` or ``,`` and a header.

    Args:
        pad: the file.
        kolommen: YAML ``onze kolom: hun kolom`` for another header.

    Raises:
        InvoerGeweigerd: the file as a whole cannot be read.
    """
    naam = zonder_bsn(pad.name)
    try:
        inhoud = pad.read_bytes()
        tekst = inhoud.decode("utf-8-sig")
    except OSError as fout:
        raise InvoerGeweigerd(f"het betaalbestand {naam} kan niet worden gelezen: {fout.strerror}") from fout
    except UnicodeDecodeError as fout:
        raise InvoerGeweigerd(f"het betaalbestand {naam} is geen UTF-8; sla het op als CSV UTF-8") from fout
    kop = tekst.split("\n", 1)[0]
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=";" if ";" in kop else ",", strict=True)
    plaats = _plaatsen(next(lezer, []), _namen(kolommen), naam)
    rijen, afgekeurd = _rijen(lezer, plaats, naam)
    regels = pd.DataFrame(
        {
            "regel": np.array([rij[0] for rij in rijen], dtype=np.int64),
            "dossiernummer": pd.Series([rij[1] for rij in rijen], dtype="str"),
            "cent": np.array([rij[2] for rij in rijen], dtype=np.int64),
            "datum": pd.Series([rij[3] for rij in rijen], dtype="str"),
            "aflossing": np.array([rij[4] for rij in rijen], dtype=np.int64),
        }
    )
    return Betaalbestand(naam, hashlib.sha256(inhoud).hexdigest(), regels, "aflossing" in plaats, tuple(afgekeurd))


def _namen(kolommen: Path | None) -> dict[str, str]:
    if kolommen is None:
        return dict(KOLOMMEN)
    try:
        inhoud = lees_tekst(kolommen.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, TekstYamlFout) as fout:
        raise InvoerGeweigerd(f"{kolommen.name}: dit is geen leesbare YAML") from fout
    if (
        not isinstance(inhoud, dict)
        or set(inhoud) - set(KOLOMMEN)
        or not all(isinstance(v, str) for v in inhoud.values())
    ):
        raise InvoerGeweigerd(f"{kolommen.name}: geef onze kolom en hun kolom; onze kolommen: {', '.join(KOLOMMEN)}")
    return KOLOMMEN | {naam: str(hun) for naam, hun in inhoud.items()}


def _plaatsen(kop: Sequence[str], namen: Mapping[str, str], bestand: str) -> dict[str, int]:
    koppen = [een.strip().lower() for een in kop]
    plaats = {}
    for ons, hun in namen.items():
        raak = [nr for nr, een in enumerate(koppen) if een == hun.strip().lower()]
        if len(raak) > 1:
            raise InvoerGeweigerd(f"{bestand}: kolom {hun} staat er meer dan één keer")
        if raak:
            plaats[ons] = raak[0]
        elif ons in ("dossiernummer", "bedrag"):
            raise InvoerGeweigerd(f"{bestand}: kolom {hun} ontbreekt; geef met --kolommen op hoe zij heet")
    return plaats


def _rijen(
    lezer: Any, plaats: Mapping[str, int], bestand: str
) -> tuple[list[tuple[int, str, int, str, int]], list[Afkeuring]]:
    rijen: list[tuple[int, str, int, str, int]] = []
    afgekeurd: list[Afkeuring] = []

    def keur_af(nummer: str, reden: str, wat: str) -> None:
        afgekeurd.append(Afkeuring(bestand, f"regel {lezer.line_num}", zonder_bsn(nummer), reden, wat))

    while True:
        try:
            velden = next(lezer)
        except StopIteration:
            return rijen, afgekeurd
        except csv.Error:
            keur_af("", "de aanhalingstekens kloppen niet", "herstel de regel in het betaalbestand")
            continue
        if not any(veld.strip() for veld in velden):
            continue
        if len(velden) <= max(plaats.values()):
            keur_af("", "de regel heeft te weinig velden", "herstel de regel in het betaalbestand")
            continue
        nummer = velden[plaats["dossiernummer"]].strip()
        cent = lees_bedrag(velden[plaats["bedrag"]])
        aflossing = lees_bedrag(velden[plaats["aflossing"]] or "0") if "aflossing" in plaats else 0
        if not nummer:
            keur_af("", "de regel heeft geen dossiernummer", "vul het dossiernummer in")
        elif cent is None or aflossing is None:
            keur_af(nummer, "het bedrag is niet leesbaar", "geef euro's met twee decimalen, zoals 1234,56")
        else:
            datum = velden[plaats["datum"]].strip() if "datum" in plaats else ""
            rijen.append((lezer.line_num, nummer, cent, datum, aflossing))


def lees_bedrag(tekst: str) -> int | None:
    """Cents of an amount in euro, ``1.234,56``, ``1234.56`` or ``1234``; None for anything else, also ``1.234``."""
    kaal = tekst.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    treffer = _BEDRAG.fullmatch(kaal)
    # Thousands without decimals could as well be euro with three decimals.
    if treffer is None or _DUIZEND.fullmatch(kaal.lstrip("-€")):
        return None
    teken, heel, centen = treffer.group(1, 2, 3) if treffer[2] is not None else treffer.group(4, 5, 6)
    cent = int(heel.replace(".", "").replace(",", "")) * 100 + int(centen or 0)
    return None if cent >= BEDRAG_GRENS else -cent if teken else cent
