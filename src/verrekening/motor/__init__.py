"""What runs rules: the vocabulary, the rule, the graph of a level. Knows no law and reads no data."""

from verrekening.motor.graaf import Graaf, Invoer, Niveau, Toestand, regels_uit
from verrekening.motor.regel import Regel, op_niveau, regel

__all__ = ["Graaf", "Invoer", "Niveau", "Regel", "Toestand", "op_niveau", "regel", "regels_uit"]
