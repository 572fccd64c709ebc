"""What was known and what was decided: append-only, one writer, every moment can be replayed.

A SQLite file, or PostgreSQL by URL. `open_om_te_besluiten` is for the nightly run, `open_om_te_lezen` for
everybody else. The room computes nothing: it hands out facts and standing decisions as columns, and keeps lines.
"""

from verrekening.administratie.boek import Boek, open_om_te_besluiten, open_om_te_lezen
from verrekening.administratie.staand import Verschil
from verrekening.administratie.verbinding import bestaat, naam_van

__all__ = ["Boek", "Verschil", "bestaat", "naam_van", "open_om_te_besluiten", "open_om_te_lezen"]
