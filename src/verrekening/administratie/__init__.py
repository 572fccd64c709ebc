"""What was known and what was decided: append-only, one writer, every moment can be replayed.

A SQLite file, or PostgreSQL by URL. `open_om_te_besluiten` is for the nightly run, `open_om_te_lezen` for
everybody else. The room computes nothing: it hands out facts and standing decisions as columns, and keeps lines.
"""

from verrekening.administratie.boek import Boek, open_om_te_besluiten, open_om_te_lezen
from verrekening.administratie.controle import Verslag, controleer
from verrekening.administratie.delen import uitpakken
from verrekening.administratie.inzage import gelezen, noteer
from verrekening.administratie.kopie import kopieer
from verrekening.administratie.mensbesluiten import ARTIKELEN, ONDERDELEN, UITKOMSTEN, Mensbesluit
from verrekening.administratie.mensbesluiten import lees as mensbesluiten
from verrekening.administratie.overzicht import Maandoverzicht, eerst_gelezen, maandoverzichten
from verrekening.administratie.runs import Run, besluiten_over, laatste_met, run, runs, staand_besluit
from verrekening.administratie.staand import Verschillen
from verrekening.administratie.verbinding import bestaat, naam_van

__all__ = [
    "ARTIKELEN", "ONDERDELEN", "UITKOMSTEN", "Boek", "Maandoverzicht", "Mensbesluit", "Run", "Verschillen", "Verslag",
    "besluiten_over", "bestaat", "controleer", "eerst_gelezen",
    "gelezen", "kopieer", "laatste_met", "maandoverzichten", "mensbesluiten",
    "naam_van", "noteer", "open_om_te_besluiten", "open_om_te_lezen", "run", "runs", "staand_besluit", "uitpakken",
]  # fmt: skip
