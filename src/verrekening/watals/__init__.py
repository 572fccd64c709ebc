"""What if: the same case with something changed, beside the case as it is, for this month and the next twelve.

The future is made of facts (wage records, bookings, decisions) and goes through the same calculation as a night;
there is no second engine. Nothing is decided.
"""

from verrekening.watals.beeld import terminal
from verrekening.watals.vergelijk import Vergelijking, vergelijk
from verrekening.watals.wijziging import Wijziging, ontleed

__all__ = ["Vergelijking", "Wijziging", "ontleed", "terminal", "vergelijk"]
