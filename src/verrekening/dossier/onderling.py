"""What dossiers must be to each other: no number twice, no person in two at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from verrekening import maand as kalender
from verrekening.dossier.blok import Geweigerd
from verrekening.dossier.platslaan import Fout, Weigering
from verrekening.dossier.tabellen import Bouw
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN

_DUBBEL = Weigering(
    "dossiernummer",
    "staat meer dan één keer in de aangeleverde bestanden",
    "Lever elk dossier één keer aan; nu is geen van deze regels gebruikt.",
)


def dubbele_nummers(
    tabellen: Bouw, vormfouten: list[tuple[int, Geweigerd]]
) -> tuple[list[Fout], list[list[Weigering]]]:
    """Every dossier whose number stands more than once: which of them holds nobody can tell.

    Lines without the form count along when their number can be read.

    Returns:
        Faults of the dossiers in the tables, and for each line without the form the reasons to add.
    """
    nummers = tabellen["huishoudens"]["dossiernummer"]
    zonder_vorm = [regel.dossiernummer for _, regel in vormfouten]
    alle = pa.array([*nummers, *zonder_vorm] if zonder_vorm else nummers, pa.string())
    codes, aantallen = _codes(alle)
    dubbel = aantallen[codes] > 1
    fouten = [
        Fout(int(rij), _DUBBEL.pad, _DUBBEL.reden, _DUBBEL.wat_te_doen)
        for rij in np.flatnonzero(dubbel[: len(nummers)])
    ]
    extra = [[_DUBBEL] if nummer and dubbel[len(nummers) + rij] else [] for rij, nummer in enumerate(zonder_vorm)]
    return fouten, extra


def _codes(teksten: pa.StringArray) -> tuple[Getallen, Getallen]:
    codes = np.asarray(teksten.dictionary_encode().indices.to_numpy(zero_copy_only=False), np.int64)
    return codes, np.bincount(codes)


def dubbele_bsn(tabellen: Bouw) -> list[Fout]:
    """Both dossiers of a person who is in two with assistance in the same month (contract §3)."""
    huizen, personen = tabellen["huishoudens"], tabellen["personen"]
    huis = personen["huishouden"]
    van = np.maximum(personen["van"], kalender.maand_van(huizen["begin"])[huis])
    tot = np.minimum(personen["tot"], kalender.maand_van(huizen["eind"])[huis])
    kandidaat = np.flatnonzero((personen["bsn"] > 0) & (van <= tot))
    botst = np.zeros(len(huis), bool)
    if len(kandidaat):
        codes, _ = _codes(pa.array(huizen["dossiernummer"], pa.string()))
        botst[kandidaat] = _botst(personen["bsn"][kandidaat], codes[huis[kandidaat]], van[kandidaat], tot[kandidaat])
    return list(_bsn_fouten(personen["volgnr"], huis, np.flatnonzero(botst)))


def _botst(bsn: Getallen, dossier: Getallen, van: Getallen, tot: Getallen) -> Masker:
    """Rows whose months meet those of the same BSN in another dossier."""
    uit = np.zeros(len(bsn), bool)
    volgorde = np.argsort(bsn, kind="stable")
    gelijk = bsn[volgorde][1:] == bsn[volgorde][:-1]
    vaker = np.zeros(len(bsn), bool)
    vaker[1:] |= gelijk
    vaker[:-1] |= gelijk
    rijen = volgorde[vaker]
    if not len(rijen):
        return uit
    # One row per BSN and dossier: what a dossier says twice about a person is told elsewhere.
    rijen = rijen[np.lexsort((van[rijen], dossier[rijen], bsn[rijen]))]
    eerste = np.ones(len(rijen), bool)
    eerste[1:] = (bsn[rijen][1:] != bsn[rijen][:-1]) | (dossier[rijen][1:] != dossier[rijen][:-1])
    rijen = rijen[eerste]
    rijen = rijen[np.lexsort((van[rijen], bsn[rijen]))]
    b, v, t = bsn[rijen], van[rijen], tot[rijen]
    _, groep = np.unique(b, return_inverse=True)
    hoogte = groep.astype(np.int64) * (4 * OPEN)
    zelfde = b[1:] == b[:-1]
    met_eerder = np.zeros(len(rijen), bool)
    met_eerder[1:] = zelfde & (v[1:] <= np.maximum.accumulate(hoogte + t)[:-1] - hoogte[1:])
    met_later = np.zeros(len(rijen), bool)
    met_later[:-1] = zelfde & (v[1:] <= t[:-1])
    uit[rijen] = met_eerder | met_later
    return uit


def _bsn_fouten(volgnr: Getallen, huis: Getallen, rijen: Getallen) -> Iterator[Fout]:
    reden = "staat in een ander dossier met bijstand in dezelfde maand"
    wat = "Sluit een van de dossiers af of haal de persoon eruit; nu is geen van beide gebruikt."
    for rij in rijen.tolist():
        yield Fout(int(huis[rij]), f"personen[{int(volgnr[rij])}].bsn", reden, wat)
