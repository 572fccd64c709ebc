"""Another policy, amount or year over the whole population, beside today; nothing is decided.

The months are played through the calculation of the night, from the facts that the administration holds.
"""

from verrekening.simulatie.beeld import terminal
from verrekening.simulatie.spel import MAANDEN, Uitgangspunt, speel, uitgangspunt
from verrekening.simulatie.vergelijk import simuleer
from verrekening.simulatie.wijziging import anders, in_woorden

__all__ = ["MAANDEN", "Uitgangspunt", "anders", "in_woorden", "simuleer", "speel", "terminal", "uitgangspunt"]
