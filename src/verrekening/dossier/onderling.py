"""What dossiers must be to each other: no number twice, no person in two at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

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


@dataclass(frozen=True)
class Sleutels:
    """What the checks across dossiers look at, in as few bytes as it takes: it is kept of every dossier.

    Attributes:
        dossiernummer, bestand, regel: of each household: its number, the number of its file, its line.
        huishouden, volgnr, bsn: of each person: the row of the household, the place in its list, the BSN (-1: none).
        van, tot: first and last month in which the person is in a household with assistance.
    """

    dossiernummer: pa.StringArray
    bestand: npt.NDArray[np.int32]
    regel: Getallen
    huishouden: npt.NDArray[np.int32]
    volgnr: npt.NDArray[np.int32]
    bsn: npt.NDArray[np.int32] = field(repr=False)
    van: npt.NDArray[np.int32]
    tot: npt.NDArray[np.int32]


def sleutels(tabellen: Bouw) -> Sleutels:
    """The keys of these tables."""
    huizen, personen = tabellen["huishoudens"], tabellen["personen"]
    huis = personen["huishouden"]
    van = np.maximum(personen["van"], kalender.maand_van(huizen["begin"])[huis])
    tot = np.minimum(personen["tot"], kalender.maand_van(huizen["eind"])[huis])
    krap = [kolom.astype(np.int32) for kolom in (huis, personen["volgnr"], personen["bsn"], van, tot)]
    nummer = pa.array(huizen["dossiernummer"], pa.string())
    return Sleutels(nummer, huizen["bestand"].astype(np.int32), huizen["regel"], *krap)


def voeg_sleutels_samen(delen: Sequence[Sleutels]) -> Sleutels:
    """The keys of all pieces; rows of households are renumbered."""
    begin = np.cumsum([0, *(len(deel.regel) for deel in delen)])

    def kolom(naam: str, soort: type[np.integer[Any]] = np.int32) -> npt.NDArray[Any]:
        return np.concatenate([np.zeros(0, soort), *(getattr(deel, naam) for deel in delen)])

    huizen = [deel.huishouden + np.int32(plus) for deel, plus in zip(delen, begin[:-1], strict=True)]
    return Sleutels(
        pa.concat_arrays([pa.array([], pa.string()), *(deel.dossiernummer for deel in delen)]),
        kolom("bestand"),
        kolom("regel", np.int64),
        np.concatenate([np.zeros(0, np.int32), *huizen]),
        *(kolom(naam) for naam in ("volgnr", "bsn", "van", "tot")),
    )


def dubbele_nummers(
    alle: Sleutels, vormfouten: list[tuple[int, Geweigerd]]
) -> tuple[Getallen, list[Fout], list[list[Weigering]]]:
    """Every dossier whose number stands more than once: which of them holds nobody can tell.

    Lines without the form count along when their number can be read.

    Returns:
        The rows of all dossiers by number, faults of the dossiers in the tables, and for each line without the form
        the reasons to add.
    """
    aantal = len(alle.dossiernummer)
    zonder_vorm = [regel.dossiernummer for _, regel in vormfouten]
    nummers = pa.concat_arrays([alle.dossiernummer, pa.array(zonder_vorm, pa.string())])
    op_nummer = pc.array_sort_indices(nummers).to_numpy()
    gesorteerd = nummers.take(pa.array(op_nummer))
    gelijk = pc.equal(gesorteerd[1:], gesorteerd[:-1]).to_numpy(zero_copy_only=False)
    dubbel = np.zeros(len(nummers), bool)
    dubbel[op_nummer[1:][gelijk]] = True
    dubbel[op_nummer[:-1][gelijk]] = True
    fouten = [
        Fout(int(rij), _DUBBEL.pad, _DUBBEL.reden, _DUBBEL.wat_te_doen) for rij in np.flatnonzero(dubbel[:aantal])
    ]
    extra = [[_DUBBEL] if nummer and dubbel[aantal + rij] else [] for rij, nummer in enumerate(zonder_vorm)]
    return op_nummer[op_nummer < aantal].astype(np.int64), fouten, extra


def dubbele_bsn(alle: Sleutels) -> list[Fout]:
    """Both dossiers of a person who is in two with assistance in the same month (contract §3)."""
    kandidaat = np.flatnonzero((alle.bsn > 0) & (alle.van <= alle.tot))
    volgorde = np.argsort(alle.bsn[kandidaat], kind="stable")
    gelijk = alle.bsn[kandidaat[volgorde]][1:] == alle.bsn[kandidaat[volgorde]][:-1]
    vaker = np.zeros(len(kandidaat), bool)
    vaker[1:] |= gelijk
    vaker[:-1] |= gelijk
    rijen = kandidaat[volgorde[vaker]]
    if not len(rijen):
        return []
    nummers = alle.dossiernummer.take(pa.array(alle.huishouden[rijen]))
    dossier = nummers.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    ruim = [kolom[rijen].astype(np.int64) for kolom in (alle.bsn, alle.van, alle.tot)]
    botst = _botst(ruim[0], dossier, *ruim[1:])
    return list(_bsn_fouten(alle.volgnr, alle.huishouden, np.sort(rijen[botst])))


def _botst(bsn: Getallen, dossier: Getallen, van: Getallen, tot: Getallen) -> Masker:
    """Rows whose months meet those of the same BSN in another dossier."""
    uit = np.zeros(len(bsn), bool)
    # One row per BSN and dossier: what a dossier says twice about a person is told elsewhere.
    rijen = np.lexsort((van, dossier, bsn))
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


def _bsn_fouten(volgnr: npt.NDArray[np.int32], huis: npt.NDArray[np.int32], rijen: Getallen) -> Iterator[Fout]:
    reden = "staat in een ander dossier met bijstand in dezelfde maand"
    wat = "Sluit een van de dossiers af of haal de persoon eruit; nu is geen van beide gebruikt."
    for rij in rijen.tolist():
        yield Fout(int(huis[rij]), f"personen[{int(volgnr[rij])}].bsn", reden, wat)
