"""The core rules in OpenFisca: runs in an environment of its own, see `benchmarks.openfisca`.

A claim of art. 11, the exemption n, income, assistance, reserve and payment of a single person, as an OpenFisca country
package would write them: amounts in euro, formulas over the population, one calculation per month.
"""

import json
import sys
import time

import numpy as np
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

invoer = np.load(sys.argv[1])
P = json.loads(sys.argv[2])
persoon = Entity("persoon", "personen", "", "")
huishouden = GroupEntity("huishouden", "huishoudens", "", "", roles=[{"key": "lid", "plural": "leden", "label": "lid"}])


def variabele(naam, formule=None, soort=float):
    """One variable per household and month."""
    inhoud = {"value_type": soort, "entity": persoon, "definition_period": DateUnit.MONTH, "label": naam}
    if formule is not None:
        inhoud["formula"] = formule
    return type(naam, (Variable,), inhoud)


def cent(bedrag):
    """Half up to whole cents, as far as floats can."""
    return np.floor(bedrag * 100 + 0.5) / 100


def aanspraak(p, maand):
    """Claim to holiday allowance of art. 11."""
    ink = p("netto", maand)
    schijf = np.maximum(np.searchsorted(np.array(P["vanaf"]) / 100, ink, side="right") - 1, 0)
    pct, minus = np.array(P["pct"])[schijf], np.array(P["minus"])[schijf] / 100
    return np.maximum(cent(pct * ink - minus), 0)


def vrijlating(p, maand):
    """Exemption n, 0 without assistance."""
    vrij = np.minimum(cent(P["n_pct"] * p("netto", maand)), P["n_max"] / 100)
    vrij = np.where(p("recht_op_n", maand), vrij, 0)
    over = p("norm", maand) - (p("netto", maand) + p("aanspraak", maand) - vrij)
    return np.where(over <= 0, 0, vrij)


def inkomen(p, maand):
    """Income that counts."""
    return p("netto", maand) + p("aanspraak", maand) - p("vrijlating", maand)


def bijstand(p, maand):
    """Assistance."""
    return np.maximum(p("norm", maand) - p("inkomen", maand), 0)


def reservering(p, maand):
    """Reserve of 5%."""
    return cent(P["reserve_pct"] * p("bijstand", maand))


def netto_uitkering(p, maand):
    """What is due."""
    return p("bijstand", maand) - p("reservering", maand)


stelsel = TaxBenefitSystem([persoon, huishouden])
for naam, soort in (("netto", float), ("norm", float), ("recht_op_n", bool)):
    stelsel.add_variable(variabele(naam, soort=soort))
for formule in (aanspraak, vrijlating, inkomen, bijstand, reservering, netto_uitkering):
    stelsel.add_variable(variabele(formule.__name__, formule))

aantal = len(invoer["netto"])
tijden = []
for _ in range(5):
    simulatie = SimulationBuilder().build_default_simulation(stelsel, aantal)
    begin = time.process_time()
    for nummer in range(12):
        maand = f"2026-{nummer + 1:02d}"
        for naam in ("netto", "norm"):
            simulatie.set_input(naam, maand, invoer[naam] / 100)
        simulatie.set_input("recht_op_n", maand, invoer["recht_op_n"])
        uit = simulatie.calculate("netto_uitkering", maand)
    tijden.append(time.process_time() - begin)
anders = int((np.rint(uit.astype(np.float64) * 100).astype(np.int64) != invoer["netto_uitkering"]).sum())
seconden = sorted(tijden)[2]
print(
    json.dumps({"huishoudens": aantal, "anders": anders, "huishoudmaanden_per_seconde": round(aantal * 12 / seconden)})
)
