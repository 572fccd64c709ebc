"""Accounting for the engine in public: the Algoritmeregister entry, and input for a DPIA and an IAMA.

Everything that the engine knows itself (rules, amounts, policy, figures) is filled in; what only a municipality can
say is marked, never invented.
"""

from verrekening.verantwoording.document import document
from verrekening.verantwoording.register import VELDEN, Veld, inschrijving, keur, open_velden

__all__ = ["VELDEN", "Veld", "document", "inschrijving", "keur", "open_velden"]
