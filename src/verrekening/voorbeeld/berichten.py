"""Writing wage-return messages (Loonaangifte): one per payer and declaration period, whole text at once.

A message is put together from one template per kind of payer; a template is made once for a year from
the table in `elementen`, so that the order of the elements is never written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import Getallen
from verrekening.maand import OPEN, toon_datum, verjaardag
from verrekening.nummers import toon_lhnr
from verrekening.voorbeeld import elementen
from verrekening.voorbeeld import opgaven as loon
from verrekening.voorbeeld.betalers import UITKERING, UITZENDBUREAU, VORMEN, WERKGEVER, Betalers
from verrekening.voorbeeld.huishoudens import AOW_LEEFTIJD
from verrekening.voorbeeld.inkomsten import Inkomsten, kies_rijen
from verrekening.voorbeeld.kalender import Tijdvak

NAAMRUIMTE = "http://xml.belastingdienst.nl/schemas/Loonaangifte/{jaar}/01"

Veld = str | Sequence[Any] | npt.NDArray[Any]
"""One text for all rows, or a column."""

_ACHTERNAMEN = (
    "Voorbeeld", "Proefman", "Testers", "Dummy", "Fictief", "Verzonnen", "Nergens", "Denkbeeld",
    "Modelaar", "Schijn", "Bedenker", "Nepveld", "Oefening", "Niemand", "Maquette", "Droomland",
)  # fmt: skip


@dataclass(frozen=True)
class Bericht:
    """One message.

    Attributes:
        betaler: row in the payers.
        opgaven: number of employees in it.
        tekst: the XML.
    """

    betaler: int
    opgaven: int
    tekst: str


def persoonsdelen(bsn: Getallen, geboortedatum: Getallen) -> list[str]:
    """The element NatuurlijkPersoon of every person, made once for all messages."""
    datums = geboortedatum.astype("datetime64[D]").astype(str).tolist()
    return [
        f"<NatuurlijkPersoon><SofiNr>{nummer:09d}</SofiNr><Voorl>{chr(65 + nummer // 10 % 26)}</Voorl>"
        f"<SignNm>{_ACHTERNAMEN[nummer // 10 % 16]}</SignNm><Gebdat>{datum}</Gebdat>"
        f"<Gesl>{nummer % 2 + 1}</Gesl></NatuurlijkPersoon>\n"
        for nummer, datum in zip(bsn.tolist(), datums, strict=True)
    ]


def maak(
    inkomsten: Inkomsten,
    betalers: Betalers,
    personen: Sequence[str],
    opgaven: loon.Opgaven,
    momenten: Mapping[int, str],
    versie: int = 1,
) -> Iterator[Bericht]:
    """The messages over one period, in the order of the payers.

    Args:
        inkomsten, betalers: the whole municipality.
        personen: `persoonsdelen` by person.
        opgaven: the records to write, sorted by payer.
        momenten: DatTdAanm per payer, without offset (Dutch time).
        versie: 1 for the first message over the period, higher for a later one.
    """
    if not len(opgaven.ikv):
        return
    bedragen = loon.bedragen(inkomsten, opgaven)
    regels = _regels(inkomsten, betalers, personen, opgaven, bedragen)
    betaler = inkomsten.betaler[opgaven.ikv]
    starts = np.flatnonzero(np.concatenate([[True], np.diff(betaler) != 0]))
    totalen = collectief(opgaven.tijdvak.jaar, bedragen, starts)
    grenzen = [*starts.tolist(), len(betaler)]
    for i, rij in enumerate(betaler[starts].tolist()):
        eigen = regels[grenzen[i] : grenzen[i + 1]]
        kop = _kop(betalers, rij, opgaven.tijdvak, momenten[rij], versie)
        yield Bericht(rij, len(eigen), "".join([kop, totalen[i], *eigen, _SLOT]))


_SLOT = "</VolledigeAangifte></TijdvakAangifte></AdministratieveEenheid></Loonaangifte>\n"


def _kop(betalers: Betalers, rij: int, tijdvak: Tijdvak, moment: str, versie: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Loonaangifte xmlns="{NAAMRUIMTE.format(jaar=tijdvak.jaar)}" version="2.0">\n'
        f"<Bericht><IdBer>VB-{rij + 1:05d}-{tijdvak.naam}-{versie}</IdBer><DatTdAanm>{moment}</DatTdAanm>"
        "<ContPers>Afdeling Salarissen</ContPers><TelNr>0100000000</TelNr><RelNr>SWO99999</RelNr>"
        "<GebrSwPakket>Voorbeeldsalaris</GebrSwPakket></Bericht>\n"
        f"<AdministratieveEenheid><LhNr>{toon_lhnr(int(betalers.lhnr[rij]))}</LhNr><NmIP>{betalers.naam[rij]}</NmIP>\n"
        f"<TijdvakAangifte><DatAanvTv>{toon_datum(tijdvak.begin)}</DatAanvTv>"
        f"<DatEindTv>{toon_datum(tijdvak.eind)}</DatEindTv><VolledigeAangifte>\n"
    )


def collectief(jaar: int, bedragen: Mapping[str, Getallen], starts: npt.NDArray[np.int64]) -> list[str]:
    """CollectieveAangifte per payer: sums of unrounded amounts, then truncated to whole euros.

    Args:
        jaar: year of the message.
        bedragen: cents by element name, sorted by payer.
        starts: first row of each payer.
    """
    velden: dict[str, Veld] = {}
    te_betalen = np.zeros(len(starts), dtype=np.int64)
    lijst = elementen.van_jaar(elementen.COLLECTIEF, jaar)
    for element in lijst:
        if element.som_van in bedragen:
            totaal = np.add.reduceat(bedragen[element.som_van], starts) // 100
            velden[element.naam] = totaal
            if element.naam in elementen.TE_BETALEN:
                te_betalen += totaal
    slot = (elementen.Element("TotTeBet", soort="getal"), elementen.Element("TotGen", soort="getal"))
    velden |= {"TotTeBet": te_betalen, "TotGen": te_betalen}
    sjabloon, kolommen = _sjabloon((*lijst, *slot), velden)
    sjabloon = f"<CollectieveAangifte>{sjabloon}</CollectieveAangifte>\n"
    return [sjabloon % rij for rij in zip(*kolommen, strict=True)]


def _regels(
    inkomsten: Inkomsten,
    betalers: Betalers,
    personen: Sequence[str],
    opgaven: loon.Opgaven,
    bedragen: Mapping[str, Getallen],
) -> list[str]:
    """One InkomstenverhoudingInitieel per record."""
    vorm = betalers.vorm[inkomsten.betaler[opgaven.ikv]]
    regels = [""] * len(vorm)
    for nummer, naam in enumerate(VORMEN):
        rijen = np.flatnonzero(vorm == nummer)
        if not len(rijen):
            continue
        deel = kies_rijen(inkomsten, opgaven.ikv[rijen])
        velden: dict[str, Veld] = {element: kolom[rijen] for element, kolom in bedragen.items()}
        if naam == UITKERING:
            del velden["Ctrctln"], velden["AantCtrcturenPWk"]
        teksten = _vul(naam, deel, [personen[i] for i in deel.persoon.tolist()], opgaven.tijdvak, velden)
        for rij, tekst in zip(rijen.tolist(), teksten, strict=True):
            regels[rij] = tekst
    return regels


def _vul(
    vorm: str, deel: Inkomsten, personen: Sequence[str], tijdvak: Tijdvak, bedragen: Mapping[str, Veld]
) -> list[str]:
    jaar = tijdvak.jaar
    periode, periodekolommen = _sjabloon(
        elementen.van_jaar(elementen.INKOMSTENPERIODE, jaar), _periode(vorm, deel, tijdvak)
    )
    gegevens, gegevenskolommen = _sjabloon(elementen.van_jaar(elementen.WERKNEMERSGEGEVENS, jaar), bedragen)
    sjabloon = (
        "<InkomstenverhoudingInitieel><NumIV>%d</NumIV><DatAanv>%s</DatAanv>%s\n%s"
        f"<Inkomstenperiode>{periode}</Inkomstenperiode>\n<Werknemersgegevens>{gegevens}</Werknemersgegevens>"
        "</InkomstenverhoudingInitieel>\n"
    )
    kop = [deel.numiv.tolist(), _datums(deel.begin), _einde(vorm, deel, tijdvak), personen]
    return [sjabloon % rij for rij in zip(*kop, *periodekolommen, *gegevenskolommen, strict=True)]


def _einde(vorm: str, deel: Inkomsten, tijdvak: Tijdvak) -> list[str]:
    """DatEind and the reason, only when the relationship ends on or before the end of the period."""
    reden = {WERKGEVER: "30", UITZENDBUREAU: "41"}.get(vorm)
    code = f"<CdRdnEindArbov>{reden}</CdRdnEindArbov>" if reden else ""
    return [
        f"<DatEind>{toon_datum(eind)}</DatEind>{code}" if eind <= tijdvak.eind else "" for eind in deel.eind.tolist()
    ]


def _periode(vorm: str, deel: Inkomsten, tijdvak: Tijdvak) -> dict[str, Veld]:
    """The income period: what does not differ between rows stays one text."""
    verzekerd = loon.verzekerd(deel)
    # From state pension age an employee is no longer insured for disability and unemployment.
    jonger = verzekerd & (verjaardag(deel.geboortedatum, AOW_LEEFTIJD) > tijdvak.begin)
    velden: dict[str, Veld] = {
        "DatAanv": _datums(np.maximum(deel.begin, tijdvak.begin)),
        "SrtIV": deel.srtiv.tolist(),
        "IndLhKort": _ja(loon.korting_in(deel, tijdvak)),
        "LbTab": "022" if vorm == UITKERING else ("014" if tijdvak.vierweken else "012"),
        "IndWAO": _ja(jonger),
        "IndWW": _ja(jonger),
        "IndZW": _ja(verzekerd),
        "CdZvw": np.where(verzekerd, "K", "M").tolist(),
    }
    if vorm == UITKERING:
        return velden | {"IndSA71": _ja(deel.aow_alleen)}
    velden |= {
        "CdAard": "11" if vorm == UITZENDBUREAU else "1",
        "CAO": "9999",
        "IndArbovOnbepTd": _ja(deel.onbepaald),
        "IndSchriftArbov": "J",
        "IndOprov": _ja(deel.oproep),
    }
    if vorm == UITZENDBUREAU:
        # Phase A with agency clause while on call, phase B otherwise.
        velden |= {"FsIndFZ": np.where(deel.oproep, "17", "18").tolist(), "CdCaoInl": "9999"}
    return velden


def _ja(kolom: npt.NDArray[np.bool_]) -> list[str]:
    return list(np.where(kolom, "J", "N").tolist())


def _datums(kolom: Getallen) -> list[str]:
    return list(np.where(kolom < OPEN, kolom, 0).astype("datetime64[D]").astype(str).tolist())


def _sjabloon(lijst: Sequence[elementen.Element], velden: Mapping[str, Veld]) -> tuple[str, list[Sequence[Any]]]:
    """A template for ``%`` and its columns: the given fields, and zero for other required amounts."""
    delen: list[str] = []
    kolommen: list[Sequence[Any]] = []
    for element in lijst:
        veld = velden.get(element.naam)
        if veld is None and not element.verplicht:
            continue
        if veld is None:
            inhoud = {"bedrag": "0.00", "getal": "0"}[element.soort]
        elif isinstance(veld, str):
            inhoud = veld
        elif element.soort == "bedrag":
            euro, cent = np.divmod(np.asarray(veld), 100)
            kolommen += [euro.tolist(), cent.tolist()]
            inhoud = "%d.%02d"
        else:
            kolommen.append(np.asarray(veld).tolist())
            inhoud = "%s"
        delen.append(f"<{element.naam}>{inhoud}</{element.naam}>")
    return "".join(delen), kolommen
