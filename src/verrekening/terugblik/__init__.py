"""Looking back: what was decided for one case, on which facts, and why it changed between two runs.

Nothing is told from memory alone: the run is computed again from the facts that it knew, and must give the
lines that stand in the administration.
"""

from verrekening.terugblik.beeld import toon_besluit, toon_verschil
from verrekening.terugblik.herspeel import Herspeeld, herspeel, herspeel_run
from verrekening.terugblik.inzage import inzage
from verrekening.terugblik.verschil import twee_runs, verschil, waarom

__all__ = [
    "Herspeeld", "herspeel", "herspeel_run", "inzage", "toon_besluit", "toon_verschil", "twee_runs", "verschil",
    "waarom",
]  # fmt: skip
