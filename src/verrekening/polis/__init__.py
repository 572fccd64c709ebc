"""Wage records in: deliveries of Loonaangifte messages to one table of records, with versions and findings.

`lees` reads, `versies.bepaal` says which version counts at a moment (rule N1) and `controle.samenvatting`, which a run
does not load, describes a delivery.
"""

from verrekening.polis import versies
from verrekening.polis.herlezen import kenmerk_van, kenmerken, samen_op_inhoud
from verrekening.polis.indeling import Indeling, lees_indeling
from verrekening.polis.lezen import lees, lees_in_delen
from verrekening.polis.tabel import BEDRAGEN, Bestand, Bevinding, Levering
from verrekening.polis.versies import Versies, bepaal, per_bestand, tel
from verrekening.polis.voorraad import Blok, Verdeling, Voorraad

__all__ = [
    "BEDRAGEN",
    "Bestand",
    "Bevinding",
    "Blok",
    "Indeling",
    "Levering",
    "Verdeling",
    "Versies",
    "Voorraad",
    "bepaal",
    "kenmerk_van",
    "kenmerken",
    "lees",
    "lees_in_delen",
    "lees_indeling",
    "per_bestand",
    "samen_op_inhoud",
    "tel",
    "versies",
]
