"""The result of a run as tables with the names of the contract; every amount in whole cents."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from verrekening.berekening import Signalen, Uitkomst
from verrekening.kolommen import Afkeuring, Getallen
from verrekening.maand import toon_maand
from verrekening.regels import LETTERS, SIGNAALSOORTEN
from verrekening.regels.signalen import GEWICHTEN

BETALING = {
    "norm_cent": ("maand", "bijstandsnorm"),
    "verwacht_inkomen_cent": ("maand", "inkomen"),
    "besteedbaar_inkomen_cent": ("betaling", "besteedbaar"),
    "bijstand_cent": ("maand", "bijstand"),
    "reservering_cent": ("maand", "reservering"),
    "netto_uitkering_cent": ("maand", "netto_uitkering"),
    "maatregel_cent": ("maand", "maatregel_toegepast"),
    "verschuldigd_cent": ("maand", "verschuldigd"),
    "verrekend_met_uitkering_cent": ("betaling", "verrekend_met_uitkering"),
    "verrekend_met_nabetaling_cent": ("betaling", "verrekend_met_nabetaling"),
    "nabetaling_cent": ("betaling", "nabetaling"),
    "aflossing_cent": ("betaling", "aflossing"),
    "bufferbudget_cent": ("betaling", "bufferbudget"),
    "te_betalen_cent": ("betaling", "te_betalen"),
}
"""Field of the payment -> level and column it comes from."""

MAAND = {
    "norm_cent": "bijstandsnorm",
    "netto_arbeid_cent": "netto_arbeid",
    "netto_uitkeringen_cent": "netto_uitkeringen",
    "vakantietoeslag_aanspraak_cent": "aanspraak_totaal",
    "vrijlating_cent": "vrijlating",
    "overige_inkomsten_cent": "overige_inkomsten",
    "giften_meegeteld_cent": "giften_meegeteld",
    "inkomen_cent": "inkomen",
    "bijstand_cent": "bijstand",
    "reservering_cent": "reservering",
    "netto_uitkering_cent": "netto_uitkering",
    "maatregel_cent": "maatregel_toegepast",
    "verschuldigd_cent": "verschuldigd",
}
"""Field of a month -> column of the month loop."""

_VELDEN_MAAND = (
    "maand",
    "norm_cent",
    "netto_arbeid_cent",
    "netto_uitkeringen_cent",
    "vakantietoeslag_aanspraak_cent",
    "vrijlating_cent",
    "vrijlating_onderdeel",
    "overige_inkomsten_cent",
    "giften_meegeteld_cent",
    "inkomen_cent",
    "bijstand_cent",
    "reservering_cent",
    "netto_uitkering_cent",
    "maatregel_cent",
    "verschuldigd_cent",
    "betaald_cent",
    "verschil_cent",
    "te_verrekenen_cent",
    "verrekend_cent",
    "nabetaald_cent",
    "open_cent",
)


def maandnamen(maanden: Getallen) -> pa.Array:
    """Months as ``YYYY-MM`` text."""
    uniek, plaats = np.unique(maanden, return_inverse=True)
    return pa.array([toon_maand(int(maand)) for maand in uniek], pa.string()).take(pa.array(plaats))


def betaalvoorstel(uitkomst: Uitkomst) -> pa.Table:
    """One row per household in the run: dossiernummer, betaalmaand and the fields of the payment."""
    wie = np.flatnonzero(uitkomst.in_run)
    kolommen: dict[str, pa.Array] = {
        "dossiernummer": pa.array(uitkomst.zaken.huishoudens["dossiernummer"][wie], pa.string()),
        "betaalmaand": maandnamen(np.full(len(wie), uitkomst.bereik.betaalmaand)),
    }
    for veld, (niveau, naam) in BETALING.items():
        bron = uitkomst.maanden.kolommen[naam][-1] if niveau == "maand" else uitkomst.betaling.betaling[naam]
        kolommen[veld] = pa.array(bron[wie])
    return pa.table(kolommen)


def maanden(uitkomst: Uitkomst) -> pa.Table:
    """One row per household and month R, households in order, months in order.

    ``betaald_cent`` and ``verschil_cent`` are null for a month without a payment record: unknown is not zero.
    """
    b, recht, verdeling = uitkomst.bereik, uitkomst.betaling.rechtmaand, uitkomst.betaling.verdeling
    wie, rij = np.nonzero((b.is_r[:-1] & uitkomst.in_run[None, :]).T)
    onbekend = ~recht["betaling_bekend"][rij, wie]
    velden: dict[str, pa.Array] = {
        veld: pa.array(uitkomst.maanden.kolommen[naam][rij, wie]) for veld, naam in MAAND.items()
    }
    velden |= {
        "maand": maandnamen(b.maanden[rij]),
        "vrijlating_onderdeel": onderdeel_tekst(uitkomst.maanden.onderdeel[rij, wie]),
        "betaald_cent": pa.array(recht["betaald"][rij, wie], mask=onbekend),
        "verschil_cent": pa.array(recht["verschil"][rij, wie], mask=onbekend),
        "te_verrekenen_cent": pa.array(recht["te_verrekenen"][rij, wie]),
        "verrekend_cent": pa.array(verdeling["verrekend"][rij, wie]),
        "nabetaald_cent": pa.array(verdeling["nabetaald"][rij, wie]),
        "open_cent": pa.array(verdeling["open_bedrag"][rij, wie]),
    }
    dossier = pa.array(uitkomst.zaken.huishoudens["dossiernummer"][wie], pa.string())
    return pa.table({"dossiernummer": dossier} | {naam: velden[naam] for naam in _VELDEN_MAAND})


def onderdeel_tekst(code: Getallen) -> pa.Array:
    """Letters of the exemption per month, joined by ``+``; null when nothing is exempt."""
    uniek, plaats = np.unique(code, return_inverse=True)
    tekst = []
    for een in uniek:
        letters = [LETTERS[int(een) >> 4 * persoon & 15] for persoon in range(2)]
        tekst.append("+".join(letter for letter in letters if letter) or None)
    return pa.array(tekst, pa.string()).take(pa.array(plaats))


def signalen(uitkomst: Uitkomst) -> pa.Table:
    """All signals: dossiernummer, code, gewicht, maand, bedrag_cent, regel, artikel, tekst, wat_te_doen."""
    return signaaltabel(uitkomst.signalen, pa.array(uitkomst.zaken.huishoudens["dossiernummer"], pa.string()))


def signaaltabel(s: Signalen, dossiernummers: pa.Array) -> pa.Table:
    """A table of signals with the names of the contract."""
    soorten = list(SIGNAALSOORTEN.values())
    code = pa.array(s.code)
    return pa.table(
        {
            "dossiernummer": dossiernummers.take(pa.array(s.huishouden)),
            "code": pa.array([soort.code for soort in soorten], pa.string()).take(code),
            "gewicht": pa.array(GEWICHTEN, pa.string()).take(pa.array(s.gewicht)),
            "maand": maandnamen(s.maand),
            "bedrag_cent": pa.array(s.bedrag, mask=~s.met_bedrag),
            "regel": s.regel,
            "artikel": s.artikel,
            "tekst": s.tekst,
            "wat_te_doen": pa.array([soort.wat_te_doen for soort in soorten], pa.string()).take(code),
        }
    )


def afgekeurd(rijen: list[Afkeuring]) -> pa.Table:
    """Everything that was refused."""
    velden = ("bestand", "plaats", "dossiernummer", "reden", "wat_te_doen")
    return pa.table({veld: pa.array([getattr(rij, veld) for rij in rijen], pa.string()) for veld in velden})
