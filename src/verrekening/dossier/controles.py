"""What a dossier must be beyond its form: every check over all dossiers of a piece at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from verrekening import maand as kalender
from verrekening.dossier import tekst
from verrekening.dossier.platslaan import WAARDE, Fout, Tabel
from verrekening.dossier.vorm import LEEFVORMEN
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN

_AANVRAGER, _PARTNER = 0, 1
_BSN_RUIMTE = 10**9
VERWIJZINGEN = ("overige_inkomsten", "schattingen", "giften", "besluiten")
"""Lists that name a person of the dossier with ``bsn``."""


def controleer(wortel: Tabel) -> list[Fout]:
    """Everything that is wrong with the meaning of these dossiers."""
    return [
        *_data(wortel),
        *_personen(wortel),
        *_situaties(wortel),
        *_gehuwden(wortel),
        *_rechthebbenden(wortel),
        *_betalingen(wortel),
        *_giften(wortel),
        *_verwijzingen(wortel),
    ]


def bijstandsmaanden(wortel: Tabel) -> tuple[Getallen, Getallen]:
    """First and last month of the assistance of each dossier."""
    return kalender.maand_van(wortel["begindatum"]), kalender.maand_van(wortel["einddatum"])


def persoonsrij(wortel: Tabel, huishouden: Getallen, bsn: Getallen) -> Getallen:
    """Row of the person with this BSN in this household; -1 when there is none (or no BSN: -1)."""
    personen = wortel.onder["personen"]
    sleutel = personen.rij * _BSN_RUIMTE + personen["bsn"]
    if not len(sleutel):
        return np.full(len(bsn), -1, np.int64)
    volgorde = np.argsort(sleutel, kind="stable")
    gezocht = huishouden * _BSN_RUIMTE + bsn
    plek = np.minimum(np.searchsorted(sleutel, gezocht, sorter=volgorde), len(sleutel) - 1)
    rij = volgorde[plek]
    return np.where((sleutel[rij] == gezocht) & (bsn > 0), rij, -1)


def _eind_voor_begin(tabel: Tabel, van: str, tot: str) -> Iterator[Fout]:
    reden = f"ligt voor {van.rpartition('.')[2]}"
    yield from tabel.fouten(tabel[tot] < tabel[van], tot, reden, "Verbeter het begin of het eind.")


def _data(wortel: Tabel) -> Iterator[Fout]:
    yield from _eind_voor_begin(wortel, "begindatum", "einddatum")
    personen = wortel.onder["personen"]
    yield from _eind_voor_begin(personen, "van", "tot")
    for naam in ("medisch_urenbeperkt", "loonkostensubsidie"):
        yield from _eind_voor_begin(personen.onder[naam], "van", "tot")
    yield from _eind_voor_begin(personen.onder["vrijlating.artikel_34a.perioden"], "eerste_maand", "verlengd_tot")
    yield from _eind_voor_begin(wortel.onder["situatie"], "van", "tot")
    # Outputs and logs carry the dossiernummer: it may not be the BSN itself.
    nummer, negen_cijfers = tekst.bsns(pa.array(wortel["dossiernummer"], pa.string()))
    is_bsn = negen_cijfers & (persoonsrij(wortel, np.arange(len(wortel)), nummer) >= 0)
    wat = "Gebruik een nummer dat niet naar de persoon leidt."
    yield from wortel.fouten(is_bsn, "dossiernummer", "is een BSN uit dit dossier", wat)


def _personen(wortel: Tabel) -> Iterator[Fout]:
    personen = wortel.onder["personen"]
    aanvrager = personen["rol"] == _AANVRAGER
    aantal = np.bincount(personen.rij[aanvrager], minlength=len(wortel))
    yield from wortel.fouten(
        aantal != 1, "personen", "heeft niet precies één aanvrager", "Geef één persoon de rol aanvrager."
    )
    eerste, laatste = bijstandsmaanden(wortel)
    weg = (personen["van"] > eerste[personen.rij]) | (personen["tot"] < laatste[personen.rij])
    alleen = aantal[personen.rij] == 1
    reden = "heeft een aanvrager die er niet de hele bijstand is"
    wat = "Laat van en tot van de aanvrager weg, of sluit het dossier met een einddatum."
    # A turned-around end date is already told: one cause, one reason.
    zinnig = (laatste >= eerste)[personen.rij] & (personen["tot"] >= personen["van"])
    yield from personen.fouten(aanvrager & weg & alleen & zinnig, "van", reden, wat)
    volgorde = np.lexsort((np.arange(len(personen)), personen["bsn"], personen.rij))
    huis, bsn = personen.rij[volgorde], personen["bsn"][volgorde]
    dubbel = np.zeros(len(personen), bool)
    dubbel[volgorde[1:]] = (huis[1:] == huis[:-1]) & (bsn[1:] == bsn[:-1]) & (bsn[1:] > 0)
    yield from personen.fouten(dubbel, "bsn", "staat twee keer in dit dossier", "Laat elke persoon één keer staan.")


def _snede(tabel: Tabel, eerste: Getallen, laatste: Getallen) -> tuple[Getallen, Getallen]:
    """First and last month of each row inside the assistance; empty when first > last."""
    van, tot = np.maximum(tabel["van"], eerste[tabel.rij]), np.minimum(tabel["tot"], laatste[tabel.rij])
    return van, tot


def _overlap(groep: Getallen, van: Getallen, tot: Getallen) -> Masker:
    """Rows that begin before an earlier-beginning row of the same group has ended."""
    if len(groep) < 2:
        return np.zeros(len(groep), bool)
    volgorde = np.lexsort((tot, van, groep))
    g, v, t = groep[volgorde], van[volgorde], np.maximum(tot, van)[volgorde]
    # One running maximum serves all groups when each group lies above the one before.
    hoogte = g * (4 * OPEN)
    tot_nu_toe = np.maximum.accumulate(hoogte + t)[:-1] - hoogte[1:]
    uit = np.zeros(len(groep), bool)
    uit[volgorde[1:]] = (g[1:] == g[:-1]) & (v[1:] <= tot_nu_toe)
    return uit


def _situaties(wortel: Tabel) -> Iterator[Fout]:
    situatie = wortel.onder["situatie"]
    overlap = _overlap(situatie.rij, situatie["van"], situatie["tot"])
    yield from situatie.fouten(overlap, "van", "overlapt een andere situatie", "Laat situaties op elkaar aansluiten.")
    eerste, laatste = bijstandsmaanden(wortel)
    van, tot = _snede(situatie, eerste, laatste)
    gedekt = np.zeros(len(wortel), np.int64)
    np.add.at(gedekt, situatie.rij, np.maximum(0, tot - van + 1))
    fout = np.zeros(len(wortel), bool)
    fout[situatie.rij[overlap | (situatie["tot"] < situatie["van"])]] = True
    gat = ~fout & (laatste >= eerste) & (gedekt != laatste - eerste + 1)
    reden = "dekt niet elke maand van de bijstand"
    wat = "Vul de maanden aan; bij bijstand zonder einddatum blijft de laatste situatie open (tot: null)."
    yield from wortel.fouten(gat, "situatie", reden, wat)


def _gehuwden(wortel: Tabel) -> Iterator[Fout]:
    """Rule O3: exactly one partner in every month of a situatie ``gehuwden`` inside the assistance."""
    situatie, personen = wortel.onder["situatie"], wortel.onder["personen"]
    eerste, laatste = bijstandsmaanden(wortel)
    van, tot = _snede(situatie, eerste, laatste)
    gezocht = (situatie["leefvorm"] == LEEFVORMEN.index("gehuwden")) & (van <= tot)
    partner = np.flatnonzero(personen["rol"] == _PARTNER)
    s, p = _paren(np.flatnonzero(gezocht), situatie.rij, partner, personen.rij)
    p_van, p_tot = np.maximum(personen["van"][p], van[s]), np.minimum(personen["tot"][p], tot[s])
    s, p_van, p_tot = (k[p_van <= p_tot] for k in (s, p_van, p_tot))
    maanden = np.zeros(len(situatie), np.int64)
    np.add.at(maanden, s, p_tot - p_van + 1)
    meer = np.zeros(len(situatie), bool)
    meer[s[_overlap(s, p_van, p_tot)]] = True
    reden = "is gehuwden, maar er is niet in elke maand precies één partner"
    wat = "Geef de partner (met van en tot) of verbeter de leefvorm."
    yield from situatie.fouten(gezocht & (meer | (maanden != tot - van + 1)), "leefvorm", reden, wat)


def _rechthebbenden(wortel: Tabel) -> Iterator[Fout]:
    """Somebody must have a right in every month: the aanvrager, or else the partner (Pw art. 24)."""
    situatie, personen = wortel.onder["situatie"], wortel.onder["personen"]
    recht = personen["rechthebbend"] == 1
    heeft = np.zeros(len(wortel), bool)
    heeft[personen.rij[recht & (personen["rol"] == _AANVRAGER)]] = True
    eerste, laatste = bijstandsmaanden(wortel)
    van, tot = _snede(situatie, eerste, laatste)
    gezocht = ~heeft[situatie.rij] & (van <= tot)
    gehuwd = situatie["leefvorm"] == LEEFVORMEN.index("gehuwden")
    partner = np.flatnonzero(recht & (personen["rol"] == _PARTNER))
    s, p = _paren(np.flatnonzero(gezocht & gehuwd), situatie.rij, partner, personen.rij)
    gedekt = np.zeros(len(situatie), np.int64)
    np.add.at(
        gedekt, s, np.maximum(0, np.minimum(personen["tot"][p], tot[s]) - np.maximum(personen["van"][p], van[s]) + 1)
    )
    reden = "heeft een maand waarin niemand recht op bijstand heeft"
    wat = "Zet `rechthebbend` goed, of sluit het dossier met een einddatum."
    yield from situatie.fouten(gezocht & (gedekt != tot - van + 1), "leefvorm", reden, wat)


def _paren(
    links: Getallen, groep_links: Getallen, rechts: Getallen, groep_rechts: Getallen
) -> tuple[Getallen, Getallen]:
    """All pairs of a row left and a row right in the same group; ``rechts`` is in the order of its groups."""
    g = groep_rechts[rechts]
    begin = np.searchsorted(g, groep_links[links], side="left")
    aantal = np.searchsorted(g, groep_links[links], side="right") - begin
    plek = np.arange(int(aantal.sum())) - np.repeat(np.cumsum(aantal) - aantal, aantal)
    return np.repeat(links, aantal), rechts[np.repeat(begin, aantal) + plek]


def _betalingen(wortel: Tabel) -> Iterator[Fout]:
    """Contract: a record may be negative, the sum per month may not."""
    betalingen = wortel.onder["betalingen"]
    if not (betalingen["bedrag_cent"] < 0).any():
        return
    volgorde = np.lexsort((betalingen["rechtmaand"], betalingen.rij))
    huis, maand = betalingen.rij[volgorde], betalingen["rechtmaand"][volgorde]
    nieuw = np.concatenate([[True], (huis[1:] != huis[:-1]) | (maand[1:] != maand[:-1])])
    som = np.add.reduceat(betalingen["bedrag_cent"][volgorde], np.flatnonzero(nieuw))
    negatief = np.zeros(len(betalingen), bool)
    negatief[volgorde[nieuw]] = som < 0
    reden = "maakt de som van de betalingen over deze maand negatief"
    wat = "Een terugboeking kan niet groter zijn dan wat over de maand is geboekt."
    yield from betalingen.fouten(negatief, "bedrag_cent", reden, wat)


def _giften(wortel: Tabel) -> Iterator[Fout]:
    giften = wortel.onder["giften"]
    besluit, datum = giften.gegeven["besluit"], giften.gegeven["besluit_op"]
    reden = "ontbreekt bij een besluit over een gift"
    yield from giften.fouten(besluit & ~datum, "besluit_op", reden, "Geef de datum van het besluit.")


def _verwijzingen(wortel: Tabel) -> Iterator[Fout]:
    reden, wat = (
        "noemt een persoon die niet in dit dossier staat",
        "Neem de persoon op of verbeter de verwijzing.",
    )
    plekken = [(wortel.onder[naam], "bsn") for naam in VERWIJZINGEN]
    plekken += [(tabel, WAARDE) for tabel in wortel.onder["situatie"].onder.values()]
    for tabel, sleutel in plekken:
        bsn = tabel[sleutel]
        onbekend = (bsn > 0) & (persoonsrij(wortel, tabel.huishouden, bsn) < 0)
        yield from tabel.fouten(onbekend, sleutel, reden, wat)
