"""Reader of one Loonaangifte message (2022-2027), streaming: what it holds, or why the message is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from verrekening.kolommen import Afkeuring
from verrekening.maand import OPEN, lees_datum, lees_moment
from verrekening.nummers import een_elfproef, lees_lhnr
from verrekening.polis import elementen as el
from verrekening.polis import omzetten
from verrekening.polis.bekend import Bekend
from verrekening.polis.brok import MAX_PERIODEN, Brok, Rijen, Tijdvak, zet_om
from verrekening.polis.bronnen import BestandGeweigerd
from verrekening.polis.bundels import Geplaatst
from verrekening.polis.snel import BUNDEL, Bundel
from verrekening.polis.stroom import Kop, records, regel_van, ruim_op
from verrekening.polis.tabel import AANVULLEND, BEDRAGEN, CORRECTIE, VOLLEDIG
from verrekening.polis.uitkomst import Uitkomst
from verrekening.polis.vorm import Vorm, Vormen, tekst

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,12})?(Z|[+-]\d{2}:\d{2})?")
_ONVOLLEDIG = "Vraag de leverancier om een volledig bericht."
_SOORT = {el.VOLLEDIG: VOLLEDIG, el.AANVULLEND: AANVULLEND}
MAX_TIJDVAKKEN = 1000


class Ruimte:
    """What is the same for all messages of a namespace.

    Attributes:
        jaar: the year of the messages.
        voor: what stands before a name in the tag of an element.
        tags: tags of the elements a message is made of; ``sofi`` and ``persoon`` those of a person.
        opgave, periode, loon, intrekking: sequences of elements seen so far: learned by one message, used by the next.
    """

    def __init__(self, naamruimte: str) -> None:
        jaar = el.jaar_van_naamruimte(naamruimte)
        if jaar is None:
            raise BestandGeweigerd("de naamruimte is niet die van een Loonaangifte", _ONVOLLEDIG)
        self.jaar, self.voor = jaar, f"{{{naamruimte}}}"
        namen = (el.INITIEEL, el.INTREKKING, el.TIJDVAK, el.CORRECTIE, el.VOLLEDIG, el.AANVULLEND, BUNDEL)
        self.tags = {naam: self.voor + naam for naam in namen}
        self.sofi, self.persoon = self.voor + "SofiNr", self.voor + "NatuurlijkPersoon"
        self.opgave = Vormen(naamruimte, el.OPGAVE_GEBRUIKT, el.OPGAVE, el.OPGAVE_VERPLICHT, "Inkomstenperiode")
        self.periode = Vormen(naamruimte, el.PERIODE_GEBRUIKT, el.PERIODE, el.PERIODE_VERPLICHT)
        self.loon = Vormen(naamruimte, BEDRAGEN, el.LOON, el.LOON_VERPLICHT)
        self.intrekking = Vormen(naamruimte, el.INTREKKING_GEBRUIKT, el.INTREKKING_BEKEND)


class Geleerd:
    """What reading one message taught for the next, per namespace."""

    def __init__(self) -> None:
        self._per_ruimte: dict[str, Ruimte] = {}

    def van(self, naamruimte: str) -> Ruimte:
        """What is known of a namespace. Raises BestandGeweigerd when it is not one of a Loonaangifte."""
        if naamruimte not in self._per_ruimte:
            self._per_ruimte[naamruimte] = Ruimte(naamruimte)
        return self._per_ruimte[naamruimte]


class Lezer:
    """Collects the records of one message in ``uitkomst``; after a refusal only ``gelezen`` still counts."""

    def __init__(
        self, kop: Kop, bestand: str, bekend: Bekend | None, geleerd: Geleerd, bundels: Sequence[Bundel] = ()
    ) -> None:
        """A reader for one message.

        Args:
            kop: its root element.
            bestand: the name to report.
            bekend: the persons to keep, None for everyone.
            geleerd: kept over messages.
            bundels: records that were cut out of the bytes (see `snel`); may grow while the bytes are read.
        """
        ruimte = geleerd.van(kop.naamruimte)
        self._kop, self._bestand, self._bekend = kop, bestand, bekend
        self._bundels, self._volgende_bundel = bundels, 0
        self._ruimte, self._voor, self._tags, self._persoon_plaats = ruimte, ruimte.voor, ruimte.tags, 3
        self._brok = Brok()
        self._tijdvakken: list[Tijdvak] = []
        self._ouder: etree._Element | None = None
        self._met_opgaven: etree._Element | None = None
        self._nummer = self._nummer_intrekking = self.volgorde = self._aantal_tijdvakken = 0
        self._lhnr = self._moment = 0
        self._eenheid: etree._Element | None = None
        self.gelezen = 0
        self.uitkomst = Uitkomst()

    def lees(self, stukken: Iterable[bytes]) -> Uitkomst:
        """Read the whole message. Raises BestandGeweigerd when it cannot be used as a message."""
        namen = (el.INITIEEL, el.INTREKKING, BUNDEL, el.TIJDVAK, el.CORRECTIE)
        initieel, intrekking, bundel = (self._tags[naam] for naam in namen[:3])
        wortel: etree._Element | None = None
        for element in records(stukken, self._kop, namen):
            wortel = element.getroottree().getroot() if wortel is None else wortel
            tag = element.tag
            if tag not in (initieel, intrekking, bundel):
                self._einde_tijdvak(element)
                continue
            ouder = element.getparent()
            if ouder is not self._ouder:
                self._begin_ouder(ouder, element)
            if tag == initieel:
                self._opgave(element)
            elif tag == intrekking:
                self._intrekking(element)
            else:
                self._bundel(element)
            ruim_op(element)
            if self._brok.vol():
                self._zet_om()
        self._keur_naamruimte(wortel)
        return self.sluit()

    def sluit(self) -> Uitkomst:
        """After the last tijdvak."""
        if not self._tijdvakken:
            raise BestandGeweigerd("het bericht bevat geen TijdvakAangifte of TijdvakCorrectie", _ONVOLLEDIG)
        if self._volgende_bundel != len(self._bundels):
            raise _niet_zo(0)
        # What is left is converted together with other messages: most are small.
        self.uitkomst.rest, self.uitkomst.tijdvakken = self._brok, self._tijdvakken
        if self._kop.versie != "2.0":
            self._vind("POLIS-005", "regel 1, /Loonaangifte")
        return self.uitkomst

    def _keur_naamruimte(self, wortel: etree._Element | None) -> None:
        """Refuses a message with a tijdvak in another namespace: its records would be passed over in silence."""
        for eenheid in () if wortel is None else wortel:
            for kind in eenheid:
                if isinstance(kind.tag, str) and not kind.tag.startswith(self._voor):
                    naam = etree.QName(kind).localname
                    raise BestandGeweigerd(f"{naam} staat in een andere naamruimte dan het bericht", _ONVOLLEDIG)

    def _zet_om(self) -> None:
        self.uitkomst.voeg_toe(zet_om(self._brok, self._tijdvakken, self._bekend))
        self._brok = Brok()

    # -- records

    def _opgave(self, element: etree._Element) -> None:
        self.gelezen += 1
        self._nummer += 1
        self.volgorde += 1
        persoon = self._persoon(element)
        sofi = None if persoon is None else self._sofinr(persoon)
        if sofi is None or persoon is None:
            self.uitkomst.onbekend += 1
            return
        regel = regel_van(element)
        plek = (len(self._tijdvakken) - 1, self._nummer, regel, self.volgorde, sofi)
        brok = self._brok
        if self._bekend is not None and sofi not in self._bekend:
            brok.onbekenden.voeg_toe(*plek, None)
            return
        kinderen = list(element)
        vorm = self._ruimte.opgave.van(kinderen)
        numiv, aanvang, einde, _, loon = vorm.plaatsen
        rij = len(brok.opgaven.sofi)
        brok.opgaven.voeg_toe(*plek, tekst(kinderen, numiv))
        brok.aanvang.append(tekst(kinderen, aanvang))
        brok.einde.append(tekst(kinderen, einde))
        if not vorm.gewoon:
            self._meld(vorm, regel, "", rij)
        if len(persoon) > 1 and persoon[1].tag == self._ruimte.sofi:
            brok.opbouwfouten.setdefault(rij, ("/NatuurlijkPersoon/SofiNr", "SofiNr komt twee keer voor"))
        self._perioden([kinderen[i] for i in vorm.herhaald], regel, rij)
        if loon < 0:
            brok.bedragen.extend([None] * len(BEDRAGEN))
            return
        velden = list(kinderen[loon])
        vorm = self._ruimte.loon.van(velden)
        brok.bedragen.extend([None if i < 0 else velden[i].text or "" for i in vorm.plaatsen])
        if not vorm.gewoon:
            self._meld(vorm, regel, "/Werknemersgegevens", rij)

    def _bundel(self, element: etree._Element) -> None:
        """Records that were taken before the parser saw them: only their place is known here."""
        nummer = self._volgende_bundel
        if nummer >= len(self._bundels) or element.get("nr") != str(nummer):
            raise _onverwacht(element)
        self.noteer_bundel()

    def noteer_bundel(self) -> None:
        """The next taken records belong to the tijdvak that was noted last."""
        bundel = self._bundels[self._volgende_bundel]
        self._volgende_bundel += 1
        self.uitkomst.geplaatst.append(Geplaatst(bundel, len(self._tijdvakken) - 1, self.volgorde + 1))
        self.uitkomst.onbekend += bundel.onbekend
        self.gelezen += bundel.aantal
        self._nummer += bundel.aantal
        self.volgorde += bundel.aantal

    def _persoon(self, element: etree._Element) -> etree._Element | None:
        """The person of a record: most often the same child as in the record before."""
        if self._persoon_plaats < len(element) and element[self._persoon_plaats].tag == self._ruimte.persoon:
            return element[self._persoon_plaats]
        for plaats, kind in enumerate(element):
            if kind.tag == self._ruimte.persoon:
                self._persoon_plaats = plaats
                return kind
        return None

    def _perioden(self, perioden: list[etree._Element], regel: int, rij: int) -> None:
        brok = self._brok
        if len(perioden) > MAX_PERIODEN:
            brok.opbouwfouten.setdefault(rij, ("", f"meer dan {MAX_PERIODEN} inkomstenperioden"))
            return
        for periode in perioden:
            velden = list(periode)
            vorm = self._ruimte.periode.van(velden)
            brok.periode_van.append(rij)
            brok.perioden.extend([None if i < 0 else velden[i].text or "" for i in vorm.plaatsen])
            if not vorm.gewoon:
                self._meld(vorm, regel, "/Inkomstenperiode", rij)

    def _sofinr(self, persoon: etree._Element) -> str | None:
        """The number of a person, None for an anonymous one. The order is fixed: it is the first child."""
        eerste = persoon[0] if len(persoon) else None
        nummer = eerste if eerste is not None and eerste.tag == self._ruimte.sofi else persoon.find(self._ruimte.sofi)
        return None if nummer is None else (nummer.text or "").strip()

    def _intrekking(self, element: etree._Element) -> None:
        self._nummer_intrekking += 1
        self.volgorde += 1
        self.uitkomst.aantal_intrekkingen += 1
        kinderen = list(element)
        vorm = self._ruimte.intrekking.van(kinderen)
        numiv, sofi = (tekst(kinderen, plaats) for plaats in vorm.plaatsen)
        regel = regel_van(element)
        if sofi is None:
            self._vind("POLIS-007", f"regel {regel}, {self._tijdvakken[-1].pad}/{el.INTREKKING}")
            return
        rijen: Rijen = self._brok.intrekkingen
        # A doubled number leaves open who is meant: an empty text is refused as an invalid number.
        eenduidig = not vorm.dubbel
        rijen.voeg_toe(len(self._tijdvakken) - 1, self._nummer_intrekking, regel, self.volgorde,
                       sofi.strip() if eenduidig else "", numiv)  # fmt: skip

    def _meld(self, vorm: Vorm, regel: int, pad: str, rij: int) -> None:
        """What the sequence of elements tells: a doubled one refuses the record, others are findings."""
        plaats = f"regel {regel}, {self._tijdvakken[-1].pad}/{el.INITIEEL}{pad}"
        if vorm.dubbel:
            fout = (f"{pad}/{vorm.dubbel}", f"{vorm.dubbel} komt twee keer voor")
            self._brok.opbouwfouten.setdefault(rij, fout)
        for naam in vorm.onbekend:
            self._vind("POLIS-001", plaats, naam)
        for naam in vorm.ontbreekt:
            self._vind("POLIS-003", plaats, naam)

    def _vind(self, code: str, plaats: str, naam: str = "") -> None:
        self.uitkomst.vind(code, self._bestand, plaats, naam)

    # -- around the records

    def _begin_ouder(self, ouder: etree._Element | None, element: etree._Element) -> None:
        """A record under another parent than the one before: which tijdvak and which kind of return."""
        if ouder is not None and ouder.tag == self._tags[el.CORRECTIE]:
            self._open_tijdvak(ouder, ouder, element)
        elif ouder is not None and ouder.tag in (self._tags[el.VOLLEDIG], self._tags[el.AANVULLEND]):
            tijdvak = ouder.getparent()
            if tijdvak is None or tijdvak.tag != self._tags[el.TIJDVAK]:
                raise _onverwacht(element)
            self._open_tijdvak(tijdvak, ouder, ouder)
        else:
            raise _onverwacht(element)
        self._ouder = ouder

    def _einde_tijdvak(self, tijdvak: etree._Element) -> None:
        """The end of a tijdvak; one without records is a return as well (it may withdraw)."""
        if self._met_opgaven is not tijdvak:
            if tijdvak.tag == self._tags[el.CORRECTIE]:
                self._open_tijdvak(tijdvak, tijdvak, None)
            else:
                aangifte = next(
                    (k for k in tijdvak if k.tag in (self._tags[el.VOLLEDIG], self._tags[el.AANVULLEND])),
                    None,
                )
                if aangifte is None:
                    raise _onverwacht(tijdvak)
                self._open_tijdvak(tijdvak, aangifte, aangifte)
        self._ouder = self._met_opgaven = None
        tijdvak.clear()

    def _open_tijdvak(self, tijdvak: etree._Element, aangifte: etree._Element, tot: etree._Element | None) -> None:
        """The tijdvak a record is in. Only what stands before ``tot`` counts: the order is fixed."""
        if self._eenheid is None:
            self._lees_kop(tijdvak)
        elif tijdvak.getparent() is not self._eenheid:
            raise _onverwacht(tijdvak)
        velden = _voorafgaand(tijdvak, tot)
        begin, eind = (velden.get(self._voor + naam) for naam in ("DatAanvTv", "DatEindTv"))
        soort = "" if aangifte is tijdvak else self._kaal(aangifte)
        self.noteer_tijdvak(self._kaal(tijdvak), soort, begin, eind, regel_van(tijdvak))
        self._met_opgaven = tijdvak

    def noteer_tijdvak(self, element: str, soort: str, begin: str | None, eind: str | None, regel: int) -> None:
        """A tijdvak begins: its element, the return in it ("" for a correction), the texts of its days, its line."""
        self._aantal_tijdvakken += 1
        if self._aantal_tijdvakken > MAX_TIJDVAKKEN:
            raise BestandGeweigerd(f"meer dan {MAX_TIJDVAKKEN} tijdvakken in één bericht", "Controleer de afzender.")
        welke = _SOORT[soort] if soort else CORRECTIE
        pad = f"/Loonaangifte/AdministratieveEenheid/{element}"
        plaats = f"regel {regel}, {pad}"
        van, tot = omzetten.een_datum(begin), omzetten.een_datum(eind)
        nummer = -1
        if van is None or tot is None or tot < van:
            reden = "het tijdvak eindigt voor het begint"
            if van is None or tot is None:
                reden = "begin of einde van het tijdvak ontbreekt of is ongeldig"
            self.uitkomst.afkeuringen.append(Afkeuring(self._bestand, plaats, "", reden, _ONVOLLEDIG))
            # As wide as what is known, so that whoever asks for a month of this person meets the refusal.
            van, tot = (-OPEN, OPEN) if van is None or tot is None else (tot, van)
        else:
            jaar = self._ruimte.jaar
            if not (lees_datum(f"{jaar}-01-01") <= van and tot <= lees_datum(f"{jaar}-12-31")):
                self._vind("POLIS-004", plaats)
            self.volgorde += 1
            nummer = self.uitkomst.nieuwe_aangifte(self._lhnr, van, tot, self._moment, self.volgorde, welke)
        if soort:
            pad = f"{pad}/{soort}"
        self._tijdvakken.append(Tijdvak(self._bestand, self._lhnr, self._moment, pad, van, tot, welke, nummer))
        self._nummer = self._nummer_intrekking = 0

    def _lees_kop(self, tijdvak: etree._Element) -> None:
        """Who reports and when."""
        eenheid = tijdvak.getparent()
        wortel = eenheid.getparent() if eenheid is not None else None
        if eenheid is None or wortel is None or wortel.getparent() is not None:
            raise _onverwacht(tijdvak)
        bericht = next((kind for kind in _ervoor(wortel, eenheid) if kind.tag == self._voor + "Bericht"), None)
        velden = {} if bericht is None else _voorafgaand(bericht, None)
        moment, idber = (velden.get(self._voor + naam) for naam in ("DatTdAanm", "IdBer"))
        self.noteer_kop(moment, _voorafgaand(eenheid, tijdvak).get(self._voor + "LhNr"), idber, regel_van(eenheid))
        self._eenheid = eenheid

    def noteer_kop(self, moment: str | None, lhnr: str | None, idber: str | None, regel: int) -> None:
        """Who reports and when, as text. Without these a record has no key or no moment, so the message is refused."""
        moment = (moment or "").strip()
        try:
            if _MOMENT.fullmatch(moment) is None:
                raise ValueError
            self._moment = lees_moment(moment)
        except (ValueError, OverflowError):
            raise BestandGeweigerd("Bericht/DatTdAanm ontbreekt of is geen moment", _ONVOLLEDIG,
                                   "/Loonaangifte/Bericht/DatTdAanm") from None  # fmt: skip
        try:
            self._lhnr = lees_lhnr((lhnr or "").strip())
        except ValueError:
            raise BestandGeweigerd("AdministratieveEenheid/LhNr ontbreekt of is ongeldig", _ONVOLLEDIG,
                                   "/Loonaangifte/AdministratieveEenheid/LhNr") from None  # fmt: skip
        if not een_elfproef(self._lhnr // 100):
            self._vind("POLIS-002", f"regel {regel}, /Loonaangifte/AdministratieveEenheid/LhNr")
        self.uitkomst.idber_van_bericht = (idber or "").strip()
        if not self.uitkomst.idber_van_bericht:
            self._vind("POLIS-006", "/Loonaangifte/Bericht/IdBer")

    def _kaal(self, element: etree._Element) -> str:
        return str(element.tag).removeprefix(self._voor)


def _ervoor(ouder: etree._Element, tot: etree._Element | None) -> list[etree._Element]:
    uit = []
    for kind in ouder:
        if kind is tot:
            break
        uit.append(kind)
    return uit


def _voorafgaand(ouder: etree._Element, tot: etree._Element | None) -> dict[str, str]:
    """Text of the first child of each name before ``tot``."""
    uit: dict[str, str] = {}
    for kind in _ervoor(ouder, tot):
        uit.setdefault(str(kind.tag), kind.text or "")
    return uit


def _onverwacht(element: etree._Element) -> BestandGeweigerd:
    return _niet_zo(regel_van(element))


def _niet_zo(regel: int) -> BestandGeweigerd:
    reden = "de opbouw van het bericht is niet die van een Loonaangifte"
    return BestandGeweigerd(reden, _ONVOLLEDIG, f"regel {regel or 1}")
