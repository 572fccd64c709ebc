"""The chart of accounts: the accounts of the journal, and which number a municipality gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from verrekening.fouten import InvoerGeweigerd
from verrekening.parameters import TekstYamlFout, lees_tekst

REKENINGEN = (
    "lasten_bijstand", "lasten_oude_jaren", "lasten_bufferbudget", "reservering", "maatregel", "aangehouden",
    "uit_te_betalen", "te_verrekenen", "na_te_betalen", "debiteuren", "tussenrekening_betalingen", "beginstand", "bank",
)  # fmt: skip
"""The accounts, by the name they have in the journal; docs/finance.md says what stands on each."""

REGELING = "Participatiewet, algemene bijstand"
"""The only scheme that is computed."""

_VELDEN = {"nummer", "omschrijving"}


@dataclass(frozen=True)
class Rekening:
    """An account of the general ledger: its number and its words."""

    nummer: str
    omschrijving: str


def lees_rekeningen(pad: Path | None = None) -> dict[str, Rekening]:
    """The chart of accounts: the default, with the numbers of a municipality over it.

    Args:
        pad: YAML of a municipality, ``naam: {nummer: …, omschrijving: …}``; None for the default.

    Raises:
        InvoerGeweigerd: the file cannot be read, or has a name or a field that does not exist.
    """
    standaard = _ontleed((files("verrekening.financien") / "rekeningen.yaml").read_text("utf-8"), "rekeningen.yaml", {})
    if pad is None:
        return standaard
    try:
        tekst = pad.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fout:
        raise InvoerGeweigerd(f"het rekeningschema {pad.name} kan niet worden gelezen") from fout
    return standaard | _ontleed(tekst, pad.name, standaard)


def _ontleed(tekst: str, naam: str, standaard: Mapping[str, Rekening]) -> dict[str, Rekening]:
    try:
        inhoud = lees_tekst(tekst)
    except TekstYamlFout as fout:
        raise InvoerGeweigerd(f"{naam}: {fout}") from fout
    if not isinstance(inhoud, dict):
        raise InvoerGeweigerd(f'{naam}: geef per rekening een nummer, zoals reservering: {{nummer: "290110"}}')
    uit = {}
    for sleutel, velden in inhoud.items():
        if sleutel not in REKENINGEN:
            raise InvoerGeweigerd(f"{naam}: rekening {sleutel} bestaat niet; kies uit {', '.join(REKENINGEN)}")
        if not isinstance(velden, dict) or not velden.get("nummer") or set(velden) - _VELDEN:
            raise InvoerGeweigerd(f"{naam}: rekening {sleutel} vraagt een nummer, en kan een omschrijving hebben")
        oud = standaard.get(sleutel)
        omschrijving = velden.get("omschrijving", "" if oud is None else oud.omschrijving)
        uit[sleutel] = Rekening(str(velden["nummer"]), str(omschrijving))
    return uit
