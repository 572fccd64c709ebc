"""Open about itself: what the engine does to a population, early signals for the consulent, and a check for bias.

Everything is computed on this machine from the administration. Figures are never about fewer than ten households.
"""

from verrekening.monitor.beeld import terminal
from verrekening.monitor.bron import Gegevens, Maandtabellen, uit_administratie, verzamel
from verrekening.monitor.verslag import cijfers_voor_register, tabellen, verslag

__all__ = [
    "Gegevens",
    "Maandtabellen",
    "cijfers_voor_register",
    "tabellen",
    "terminal",
    "uit_administratie",
    "verslag",
    "verzamel",
]
