"""Reader of one answer of Suwinet (``UWVPersoonsIkvInfoResponse``), streaming, with or without SOAP envelope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from lxml import etree

from verrekening.kolommen import Afkeuring
from verrekening.maand import OPEN
from verrekening.nummers import een_elfproef
from verrekening.polis import suwinet_namen as sn
from verrekening.polis.antwoorden import MAX_PERIODEN, Antwoorden, Bericht
from verrekening.polis.bekend import Bekend
from verrekening.polis.bronnen import BestandGeweigerd, toonbaar
from verrekening.polis.stroom import Kop, records, regel_van
from verrekening.polis.tabel import SUWINET
from verrekening.polis.uitkomst import Uitkomst
from verrekening.polis.vorm import Vorm, Vormen, tekst

ANTWOORD, ENVELOP, SOAP = sn.ANTWOORD, sn.ENVELOP, sn.SOAP
MAX_OPGAVEN = 20_000
"""Records of one answer, which is about one person; more is not an answer, and they wait in memory."""
MAX_MELDINGEN = 100
_OPNIEUW = "Vraag de gegevens opnieuw op bij Suwinet."
_DIENSTEN = "UWVDossierInkomstenGSD v0200 of UWVDossierInkomsten v0500"
_ANDERS = f"Lever een antwoord van {_DIENSTEN}."
_EVENTS = (sn.IKO, sn.IKV, sn.CLIENT, sn.NIETS, sn.PERIODE_GEVRAAGD, sn.SOAP_FOUT, sn.ANTWOORD, *sn.MELDINGEN)


class Geleerd:
    """The sequences of elements seen so far, per namespace: learned by one message, used by the next."""

    def __init__(self) -> None:
        self._per_ruimte: dict[tuple[str, sn.Dienst], tuple[Vormen, Vormen, Vormen, Vormen]] = {}

    def van(self, ruimte: str, dienst: sn.Dienst) -> tuple[Vormen, Vormen, Vormen, Vormen]:
        """Sequences of an inkomstenverhouding, an income period, a record and an amount."""
        sleutel = (ruimte, dienst)
        if sleutel not in self._per_ruimte:
            bedragen = [naam for naam in dienst.bedragen if naam is not None]
            self._per_ruimte[sleutel] = (
                Vormen(ruimte, sn.IKV_GEBRUIKT, sn.IKV_BEKEND, herhaald=sn.IKP),
                Vormen(ruimte, sn.IKP_GEBRUIKT, sn.IKP_BEKEND),
                Vormen(ruimte, [*sn.IKO_DATUMS, *bedragen], sn.IKO_BEKEND),
                Vormen(ruimte, sn.BEDRAG_GEBRUIKT, frozenset(sn.BEDRAG_GEBRUIKT), {"CdPositiefNegatief"}),
            )
        return self._per_ruimte[sleutel]


class Lezer:
    """Collects the records of one answer in ``uitkomst``; after a refusal only ``gelezen`` still counts."""

    def __init__(self, kop: Kop, bestand: str, bekend: Bekend | None, vormen: Geleerd, ontvangen: int) -> None:
        """``bekend``: the persons to keep, None for everyone; ``ontvangen``: the moment of every record."""
        self._kop, self._bestand, self._bekend, self._vormen = kop, bestand, bekend, vormen
        self.uitkomst = Uitkomst()
        self._moment = ontvangen
        self._dienst: sn.Dienst | None = None
        self._ikv: etree._Element | None = None
        self._bsn: str | None = None
        self._houdt = self._alleen_datums = False
        self._begin_iko: str | None = None
        self._client = self._nummer_ikv = self._nummer_iko = self._vanaf = 0
        self._rijen = Antwoorden()
        self._niets = self._periode_genoemd = False
        self._fouten: list[str] = []
        self._zonder_bsn = 0
        self.gelezen = self.volgorde = 0
        if kop.naam != sn.ENVELOP:
            self._kies_dienst(kop.naamruimte, kop.naam)

    def lees(self, stukken: Iterable[bytes]) -> Uitkomst:
        """Read the whole answer, from its bytes. Raises BestandGeweigerd when it holds no usable answer."""
        doen: dict[str, Callable[[etree._Element], None]] = {
            sn.IKO: self._opgave,
            sn.IKV: self._einde_ikv,
            sn.CLIENT: self._einde_client,
            sn.NIETS: self._niets_gevonden,
            sn.PERIODE_GEVRAAGD: self._gevraagde_periode,
            sn.SOAP_FOUT: self._soap_fout,
            sn.ANTWOORD: lambda _: None,
        }
        doen |= dict.fromkeys(sn.MELDINGEN, self._melding)
        # Only the root is in the namespace; some senders put all elements in it.
        for element in records(stukken, replace(self._kop, naamruimte="*"), _EVENTS):
            naam = _kaal(element)
            if self._dienst is None and naam != sn.SOAP_FOUT:
                self._zoek_dienst(element)
            doen[naam](element)
        self._sluit_af()
        self.uitkomst.antwoorden = self._rijen
        return self.uitkomst

    def _sluit_af(self) -> None:
        """What can only be said at the end of the answer."""
        if self._dienst is None and not self._fouten:
            raise BestandGeweigerd(f"het SOAP-bericht bevat geen {sn.ANTWOORD}", _ANDERS)
        if not self._client and not self._niets:
            wat = f": {self._fouten[0]}" if self._fouten else ""
            raise BestandGeweigerd(f"Suwinet gaf geen gegevens{wat}", _OPNIEUW)
        for fout in self._fouten:
            self._vind("POLIS-023", f"/{sn.ANTWOORD}/FWI", fout)
        if self._client and not self._periode_genoemd:
            self._vind("POLIS-027", f"/{sn.ANTWOORD}", sn.PERIODE_GEVRAAGD)
        if self._zonder_bsn:
            self.uitkomst.afkeuringen.append(
                Afkeuring(self._bestand, f"/{sn.ANTWOORD}/{sn.CLIENT}/Burgerservicenr", "",
                          "het burgerservicenummer ontbreekt of is ongeldig (negen cijfers, elfproef); "
                          f"{self._zonder_bsn} inkomstenopgaven zijn niet gebruikt", _OPNIEUW)
            )  # fmt: skip

    # -- which service

    def _zoek_dienst(self, element: etree._Element) -> None:
        """The service, from the answer around the first element that is met."""
        for boven in (element, *element.iterancestors()):
            if _kaal(boven) == sn.ANTWOORD:
                self._kies_dienst(etree.QName(boven.tag).namespace or "", sn.ANTWOORD)
                return
        raise BestandGeweigerd(f"het bericht bevat geen {sn.ANTWOORD}", _ANDERS, f"regel {regel_van(element)}")

    def _kies_dienst(self, naamruimte: str, naam: str) -> None:
        dienst, hoe = sn.dienst_van_naamruimte(naamruimte)
        if not dienst:
            raise BestandGeweigerd("de naamruimte is niet die van een antwoord van Suwinet", _ANDERS)
        if naam != sn.ANTWOORD:
            raise BestandGeweigerd(f"dit is geen antwoord van Suwinet, maar {toonbaar(naam[:80])}", _ANDERS)
        if hoe is None:
            raise BestandGeweigerd(f"een antwoord van de dienst {dienst} wordt niet ondersteund", _ANDERS)
        self._dienst = hoe
        self.volgorde += 1
        nummer = self.uitkomst.nieuwe_aangifte(0, -OPEN, OPEN, self._moment, self.volgorde, SUWINET)
        self._rijen.berichten.append(Bericht(self._bestand, self._moment, hoe, nummer))

    def _vormen_van(self, element: etree._Element) -> tuple[Vormen, Vormen, Vormen, Vormen]:
        if self._dienst is None:
            raise BestandGeweigerd(f"het bericht bevat geen {sn.ANTWOORD}", _ANDERS)
        return self._vormen.van(etree.QName(element.tag).namespace or "", self._dienst)

    # -- records

    def _opgave(self, iko: etree._Element) -> None:
        self.gelezen += 1
        self.volgorde += 1
        if self.gelezen > MAX_OPGAVEN:
            raise BestandGeweigerd(
                f"meer dan {MAX_OPGAVEN} inkomstenopgaven in één antwoord", "Controleer de afzender."
            )
        ikv = iko.getparent()
        if ikv is None or _kaal(ikv) != sn.IKV:
            raise BestandGeweigerd(f"een {sn.IKO} staat buiten een {sn.IKV}", _ANDERS, f"regel {regel_van(iko)}")
        if ikv is not self._ikv:
            self._begin_ikv(ikv)
        self._nummer_iko += 1
        self._alleen_datums = len(iko) <= len(sn.IKO_DATUMS) and all(_kaal(kind) in sn.IKO_DATUMS for kind in iko)
        if self._alleen_datums:
            self._begin_iko = next((kind.text for kind in iko if _kaal(kind) == "DatBIko"), None)
        if self._houdt:
            self._neem_op(iko)
        iko.clear()
        while (vorige := iko.getprevious()) is not None and vorige.tag == iko.tag:
            ikv.remove(vorige)

    def _begin_ikv(self, ikv: etree._Element) -> None:
        client = ikv.getparent()
        bsn = None if client is None else next((k.text for k in client if _kaal(k) == "Burgerservicenr"), None)
        self._ikv, self._bsn = ikv, (bsn or "").strip()
        self._houdt = self._bekend is None or self._bsn in self._bekend
        self._nummer_ikv, self._nummer_iko, self._vanaf = self._nummer_ikv + 1, 0, len(self._rijen.sofi)

    def _neem_op(self, iko: etree._Element) -> None:
        """Note the text of a record; its inkomstenverhouding is added when that is complete."""
        _, _, iko_vormen, bedrag_vormen = self._vormen_van(iko)
        rijen, kinderen, regel = self._rijen, list(iko), regel_van(iko)
        vorm = iko_vormen.van(kinderen)
        plek = (self._client + 1, self._nummer_ikv, self._nummer_iko)
        begin, eind = (tekst(kinderen, welk) for welk in vorm.plaatsen[:2])
        rij = rijen.voeg_toe(regel, plek, self.volgorde, self._bsn or "", begin, eind)
        if not vorm.gewoon:
            self._meld(vorm, f"regel {regel}, {rijen.pad(rij)}", rij)
        plaatsen = iter(vorm.plaatsen[2:])
        for naam in rijen.berichten[-1].dienst.bedragen:
            plaats = -1 if naam is None else next(plaatsen)
            if plaats < 0:
                rijen.waarden.append(None)
                rijen.tekens.append(None)
                continue
            delen = list(kinderen[plaats])
            opbouw = bedrag_vormen.van(delen)
            in_teken, in_waarde, in_munt, in_per = opbouw.plaatsen
            rijen.waarden.append(tekst(delen, in_waarde))
            rijen.tekens.append(tekst(delen, in_teken))
            munt_anders = in_munt >= 0 and (delen[in_munt].text or "").strip() != "EUR"
            if not opbouw.gewoon or munt_anders or in_per >= 0:
                self._meld_bedrag(opbouw, munt_anders, rij, naam or "")

    def _meld_bedrag(self, opbouw: Vorm, munt_anders: bool, rij: int, naam: str) -> None:
        """What is odd about an amount: a doubled part or another currency refuses the record."""
        in_teken, in_waarde, _, in_per = opbouw.plaatsen
        if opbouw.dubbel or munt_anders:
            reden = f"{opbouw.dubbel} komt twee keer voor" if opbouw.dubbel else "het bedrag is niet in euro's"
            self._rijen.opbouwfouten.setdefault(rij, (naam, reden))
        plaats = f"regel {self._rijen.regel[rij]}, {self._rijen.pad(rij)}/{naam}"
        if in_teken < 0 <= in_waarde:
            self._vind("POLIS-021", plaats, naam)
        if in_per >= 0:
            self._vind("POLIS-028", plaats, naam)

    def _einde_ikv(self, ikv: etree._Element) -> None:
        """Give the records the number, payer, dates and income periods of their inkomstenverhouding."""
        if ikv is not self._ikv:
            self._begin_ikv(ikv)
        if self._is_opvulling(ikv):
            self.gelezen -= 1
            self._nummer_iko = 0
            if self._houdt:
                self._rijen.laat_vallen()
        plaats = f"regel {regel_van(ikv)}, {sn.IKV}[{self._nummer_ikv}]"
        if not self._nummer_iko:
            self._vind("POLIS-025", plaats)
        if self._houdt and self._nummer_iko:
            ikv_vormen, ikp_vormen, _, _ = self._vormen_van(ikv)
            kinderen = [kind for kind in ikv if _kaal(kind) != sn.IKO]
            vorm = ikv_vormen.van(kinderen)
            numiv, begin, eind = (tekst(kinderen, welk) for welk in vorm.plaatsen[:3])
            eenheid = vorm.plaatsen[3]
            lhnr = None if eenheid < 0 else next(
                (k.text for k in kinderen[eenheid] if _kaal(k) == "Loonheffingennr"), None
            )  # fmt: skip
            perioden = []
            for welk in vorm.herhaald[: MAX_PERIODEN + 1]:
                velden = list(kinderen[welk])
                periode = ikp_vormen.van(velden)
                perioden.append([tekst(velden, hoe) for hoe in periode.plaatsen])
                self._meld(periode, f"{plaats}/{sn.IKP}", self._vanaf)
            self._meld(vorm, plaats, self._vanaf)
            self._rijen.vul_aan(self._vanaf, numiv, lhnr, begin, eind, perioden)
        elif self._nummer_iko:
            self._tel_onbekend(self._nummer_iko)
        ikv.clear()
        self._ikv = None

    def _is_opvulling(self, ikv: etree._Element) -> bool:
        """Whether the only record is a filler: the dates of the job so far, because the schema wants a record.

        It is no record: nothing was reported yet, and its tijdvak would overlap that of every later one.
        """
        if self._nummer_iko != 1 or not self._alleen_datums:
            return False
        begin = next((kind.text for kind in ikv if _kaal(kind) == "DatBIkv"), None)
        return begin is not None and begin == self._begin_iko

    def _tel_onbekend(self, aantal: int) -> None:
        bsn = self._bsn or ""
        if len(bsn) == 9 and bsn.isdecimal() and bsn.isascii() and een_elfproef(int(bsn)):
            self.uitkomst.onbekend += aantal
        else:
            self.uitkomst.afgekeurd += aantal
            self._zonder_bsn += aantal

    # -- around the records

    def _einde_client(self, client: etree._Element) -> None:
        self._client += 1
        self._nummer_ikv = 0
        client.clear()

    def _niets_gevonden(self, _: etree._Element) -> None:
        self._niets = True
        self._vind("POLIS-022", f"/{sn.ANTWOORD}/{sn.NIETS}")

    def _gevraagde_periode(self, element: etree._Element) -> None:
        """The period that was asked for, after the records; what lies wholly outside it is odd."""
        self._periode_genoemd = True
        velden = {_kaal(kind): (kind.text or "").strip() for kind in element}
        van, tot = velden.get("DatBPeriode", ""), velden.get("DatEPeriode", "")
        # Dates of eight digits compare as text.
        rijen = self._rijen
        for begin, eind, regel in zip(rijen.begin, rijen.eind, rijen.regel, strict=True):
            if (len(van) == 8 and (eind or van) < van) or (len(tot) == 8 and (begin or tot) > tot):
                self._vind("POLIS-029", f"regel {regel}, {sn.IKO}", sn.PERIODE_GEVRAAGD)

    def _melding(self, element: etree._Element) -> None:
        """What the service says itself; an error or warning means that the answer may be incomplete."""
        velden = {_kaal(kind): (kind.text or "").strip() for kind in element}
        wat = toonbaar(f"{_kaal(element)} {velden.get('Code', '')}: {velden.get('Tekst', '')}")
        if _kaal(element) == "Informatie":
            self._vind("POLIS-024", f"regel {regel_van(element)}, /{sn.ANTWOORD}/FWI", wat)
        elif len(self._fouten) < MAX_MELDINGEN:
            self._fouten.append(wat)

    def _soap_fout(self, element: etree._Element) -> None:
        uitleg = next((e.text for e in element.iter() if _kaal(e) in ("faultstring", "Text")), "")
        self._fouten.append(toonbaar(f"SOAP-fout {(uitleg or '').strip()}"))

    def _meld(self, vorm: Vorm, plaats: str, rij: int) -> None:
        """What the sequence of elements tells: a doubled one refuses the record, others are findings."""
        if vorm.gewoon:
            return
        if vorm.dubbel:
            for elke in range(rij, len(self._rijen.sofi)):
                self._rijen.opbouwfouten.setdefault(elke, ("", f"{vorm.dubbel} komt twee keer voor"))
        for naam in vorm.onbekend:
            self._vind("POLIS-020", plaats, naam)

    def _vind(self, code: str, plaats: str, naam: str = "") -> None:
        self.uitkomst.vind(code, self._bestand, plaats, naam)


def _kaal(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
