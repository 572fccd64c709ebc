"""Explaining one case: what was settled, from which wage, on which article, and what a human must do.

`zaak` makes the explanation as data (the object of ``verrekening zaak --json``); `terminal` prints that
same data for people. Nothing is computed again: every amount is a column that the run itself made. One page of it is
`webpagina.webpagina`, which stands apart because plots take time to load.
"""

from verrekening.uitleg.beeld import terminal
from verrekening.uitleg.opbouw import VERSIE, zaak

__all__ = ["VERSIE", "terminal", "zaak"]
