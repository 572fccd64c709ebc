"""What dossiers must be to each other: no number twice, no person in two at once."""

from __future__ import annotations

from collections.abc import Iterator
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


_KOLOMMEN = {"bestand": np.int32, "regel": np.int64} | dict.fromkeys(
    ("huishouden", "volgnr", "bsn", "van", "tot"), np.int32
)


def sleutels(tabellen: Bouw) -> Sleutels:
    """The keys of these tables."""
    huizen, personen = tabellen["huishoudens"], tabellen["personen"]
    huis = personen["huishouden"]
    van = np.maximum(personen["van"], kalender.maand_van(huizen["begin"])[huis])
    tot = np.minimum(personen["tot"], kalender.maand_van(huizen["eind"])[huis])
    krap = [kolom.astype(np.int32) for kolom in (huis, personen["volgnr"], personen["bsn"], van, tot)]
    nummer = pa.array(huizen["dossiernummer"], pa.string())
    return Sleutels(nummer, huizen["bestand"].astype(np.int32), huizen["regel"], *krap)


class Verzameling:
    """The keys of all pieces, gathered in columns that grow in place: never there twice, no small rests of pieces."""

    def __init__(self) -> None:
        self._nummers = [pa.array([], pa.string())]
        self._kolommen = {naam: bytearray() for naam in _KOLOMMEN}
        self._aantal = 0

    def voeg_toe(self, deel: Sleutels) -> int:
        """Adds a piece, and gives the row of its first household."""
        begin = self._aantal
        self._aantal += len(deel.regel)
        self._nummers.append(deel.dossiernummer)
        for naam in _KOLOMMEN:
            kolom = getattr(deel, naam)
            self._kolommen[naam] += (kolom + np.int32(begin) if naam == "huishouden" else kolom).data
        return begin

    def alle(self) -> Sleutels:
        """The keys of everything; rows of households count through."""
        soort = {"regel": np.int64}
        kolommen: dict[str, npt.NDArray[Any]] = {
            naam: np.frombuffer(inhoud, soort.get(naam, np.int32)) for naam, inhoud in self._kolommen.items()
        }
        self._nummers = [pa.concat_arrays(self._nummers)]
        return Sleutels(self._nummers[0], **kolommen)


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
    nummers = alle.dossiernummer
    if zonder_vorm:
        nummers = pa.concat_arrays([nummers, pa.array(zonder_vorm, pa.string())])
    op_nummer = pc.array_sort_indices(nummers).to_numpy().view(np.int64)
    gesorteerd = nummers.take(pa.array(op_nummer))
    gelijk = pc.equal(gesorteerd[1:], gesorteerd[:-1]).to_numpy(zero_copy_only=False)
    dubbel = np.zeros(len(nummers), bool)
    dubbel[op_nummer[1:][gelijk]] = True
    dubbel[op_nummer[:-1][gelijk]] = True
    fouten = [
        Fout(int(rij), _DUBBEL.pad, _DUBBEL.reden, _DUBBEL.wat_te_doen) for rij in np.flatnonzero(dubbel[:aantal])
    ]
    extra = [[_DUBBEL] if nummer and dubbel[aantal + rij] else [] for rij, nummer in enumerate(zonder_vorm)]
    return op_nummer[op_nummer < aantal], fouten, extra


def dubbele_bsn(alle: Sleutels) -> list[Fout]:
    """Both dossiers of a person who is in two with assistance in the same month (contract §3)."""
    kandidaat = (alle.bsn > 0) & (alle.van <= alle.tot)
    oplopend = np.sort(alle.bsn[kandidaat])
    vaker = oplopend[1:][oplopend[1:] == oplopend[:-1]]
    if not len(vaker):
        return []
    rijen = np.flatnonzero(kandidaat & np.isin(alle.bsn, vaker))
    nummers = alle.dossiernummer.take(pa.array(alle.huishouden[rijen]))
    dossier = nummers.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    bsn, van, tot = (kolom[rijen].astype(np.int64) for kolom in (alle.bsn, alle.van, alle.tot))
    botst = _botst(bsn, dossier, van, tot)
    return list(_bsn_fouten(alle.volgnr, alle.huishouden, rijen[botst]))


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
