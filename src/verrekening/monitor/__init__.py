"""Open about itself: what the engine does to a population, early signals for the consulent, and a check for bias.

Everything is computed on this machine from the administration. Figures are never about fewer than ten households.
"""

from verrekening.monitor.beeld import bias as toon_bias
from verrekening.monitor.beeld import signalen as toon_signalen
from verrekening.monitor.beeld import terminal
from verrekening.monitor.bron import Gegevens, Maandtabellen, uit_administratie, verzamel
from verrekening.monitor.verslag import cijfers_voor_register, tabellen, verslag
from verrekening.monitor.vroegsignaal import vroegsignalen

__all__ = [
    "Gegevens",
    "Maandtabellen",
    "cijfers_voor_register",
    "tabellen",
    "terminal",
    "toon_bias",
    "toon_signalen",
    "uit_administratie",
    "verslag",
    "verzamel",
    "vroegsignalen",
]
