"""What kind of message is it; safe streaming XML, its records one by one in constant memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from verrekening.polis.bronnen import BestandGeweigerd, Stroom, toonbaar

STUK = 1 << 16
BEGIN = 1 << 10
"""Read at once while looking for the root element; these bytes are parsed twice."""
MAX_PROLOOG = 1 << 16
"""The root element must begin within this many bytes."""
MAX_KOP = 1 << 16
"""The first line of a CSV file ends within this many bytes."""
MAX_OPGAVE = 8 * 2**20
"""This many bytes without a record to hand over is not a wage message; it bounds what is kept in memory."""

# libxml2 itself refuses depth above 256 and text of 10 MB when huge_tree is off.
_VEILIG: dict[str, Any] = {
    "huge_tree": False,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
_PROLOOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DOCTYPE = re.compile(_PROLOOG.pattern + rb"<!DOCTYPE", re.DOTALL)
_GEWONE_WORTEL = re.compile(rb'<Loonaangifte\s+xmlns="(http://[A-Za-z0-9./]+)"\s+version="2\.0"\s*>')
_CODERING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
# Supersets of ASCII, so that the check on DOCTYPE above sees what the parser sees.
_CODERINGEN = re.compile(r"utf-?8|us-ascii|ascii|latin-?1|iso-8859-\d{1,2}|windows-125\d", re.IGNORECASE)
_AFGEKAPT = {"ERR_DOCUMENT_END", "ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_EMPTY"}
_GRENS = {"ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG", "ERR_INTERNAL_ERROR"}
_CODEERFOUT = {"ERR_INVALID_CHAR", "ERR_INVALID_ENCODING", "ERR_UNSUPPORTED_ENCODING", "I18N_CONV_FAILED"}

NOG_NIET = "wordt nog niet ondersteund"
_ANDERS = "Lever de loongegevens als Loonaangifte-XML."


def lijkt_csv(begin: bytes) -> bool:
    """Whether a file that begins like this is no XML and has more than one column."""
    kaal = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    regel = kaal.split(b"\n", 1)[0]
    return not kaal.startswith(b"<") and b"\x00" not in begin[:4] and (b";" in regel or b"," in regel)


@dataclass(frozen=True, slots=True)
class Kop:
    """The root element, the bytes that were read to find it, and the place in them where it begins.

    ``codering`` is the encoding in lower case; ``utf-8`` when the message does not tell.
    """

    naamruimte: str
    naam: str
    versie: str | None
    bytes: bytes
    begin: int
    codering: str


def lees_kop(stroom: Stroom) -> Kop:
    """Read until the root element begins. Raises BestandGeweigerd for what is not, or not safely, XML."""
    ontleder: etree.XMLPullParser | None = None
    gelezen = bytearray()
    while len(gelezen) < MAX_PROLOOG:
        stuk = stroom.read(min(BEGIN, MAX_PROLOOG - len(gelezen)))
        gelezen += stuk
        if not gelezen.strip():
            if stuk:
                continue
            raise BestandGeweigerd("het bestand is leeg")
        if ontleder is None and (kop := _gewone_kop(bytes(gelezen))) is not None:
            return kop
        _controleer_begin(bytes(gelezen))
        if ontleder is None:
            ontleder, stuk = etree.XMLPullParser(events=("start",), **_VEILIG), bytes(gelezen)
        fout: etree.XMLSyntaxError | None = None
        try:
            ontleder.feed(stuk)
        except etree.XMLSyntaxError as syntaxfout:
            fout = syntaxfout
        for element in _gereed(ontleder):
            # By hand: etree.QName raises on a prefix that is not declared.
            ruimte, _, naam = str(element.tag).rpartition("}")
            return _kop(bytes(gelezen), ruimte.removeprefix("{"), naam, element.get("version"))
        if fout is not None:
            raise geen_xml(fout)
        if not stuk:
            raise BestandGeweigerd("het bestand is afgekapt: er is geen hoofdelement")
    raise BestandGeweigerd("het hoofdelement staat te ver in het bestand", _ANDERS)


def _gewone_kop(inhoud: bytes) -> Kop | None:
    """The head of a message that begins as nearly all do.

    Nothing is believed: these bytes go through a parser later, if not of this message then of one with the same tags
    (`schil`). A folder has thousands of small messages, and a parser for each head would be a fifth of the work.
    """
    einde = inhoud.find(b">", inhoud.find(b"<Loonaangifte"))
    kop = _gewoon_begin(inhoud[: einde + 1])
    return None if kop is None else Kop(kop.naamruimte, kop.naam, kop.versie, inhoud, kop.begin, kop.codering)


@lru_cache(maxsize=256)
def _gewoon_begin(begin: bytes) -> Kop | None:
    """The head when these bytes are a prolog and the begin of the root element; most messages begin with the same."""
    proloog = _PROLOOG.match(begin)
    wortel = _GEWONE_WORTEL.fullmatch(begin, proloog.end()) if proloog is not None else None
    if wortel is None:
        return None
    _controleer_begin(begin)
    return _kop(begin, wortel[1].decode("ascii"), "Loonaangifte", "2.0")


def _kop(inhoud: bytes, naamruimte: str, naam: str, versie: str | None) -> Kop:
    proloog = _PROLOOG.match(inhoud)
    return Kop(naamruimte, naam, versie, inhoud, proloog.end() if proloog is not None else 0, _codering_van(inhoud))


def _gereed(ontleder: etree.XMLPullParser) -> Iterator[etree._Element]:
    """The elements of the events so far; the parser is only asked for events about elements."""
    gebeurtenissen: Iterator[tuple[str, Any]] = ontleder.read_events()
    return (element for _, element in gebeurtenissen)


def regel_van(element: etree._Element) -> int:
    """Line of an element, 0 when not known. Beyond line 65535 it is that of the first text in it."""
    regel: Any = element.sourceline
    return int(regel or 0)


def _codering_van(inhoud: bytes) -> str:
    treffer = _CODERING.match(inhoud)
    codering = treffer[1].decode("ascii").lower() if treffer else "utf-8"
    if inhoud.startswith(b"\xef\xbb\xbf") and codering != "utf-8":
        return "onduidelijk"
    return codering


def _controleer_begin(kop: bytes) -> None:
    """Refuse what is not XML, a DOCTYPE, and encodings in which a DOCTYPE could hide."""
    if b"\x00" in kop[:4] or kop[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise BestandGeweigerd("de tekencodering is niet UTF-8 of ISO-8859-1", "Lever het bestand in UTF-8.")
    if not kop.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        regel = kop.split(b"\n", 1)[0]
        soort = "CSV" if b";" in regel or b"," in regel else "een ander formaat dan XML"
        raise BestandGeweigerd(f"{soort} {NOG_NIET}", _ANDERS)
    codering = _CODERING.match(kop)
    if codering and not _CODERINGEN.fullmatch(codering[1].decode("ascii")):
        raise BestandGeweigerd("de tekencodering is niet UTF-8 of ISO-8859-1", "Lever het bestand in UTF-8.")
    if _DOCTYPE.match(kop):
        raise BestandGeweigerd(
            "een DOCTYPE is niet toegestaan", "Lever het bericht zonder DOCTYPE. Controleer de afzender."
        )


def records(stukken: Iterable[bytes], kop: Kop, namen: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements with these names, each when it is complete; everything before it may be dropped.

    ``stukken`` are the bytes of the message. Raises BestandGeweigerd when the XML breaks.
    """
    tags = [f"{{{kop.naamruimte}}}{naam}" for naam in namen]
    ontleder = etree.XMLPullParser(events=("end",), tag=tags, **_VEILIG)
    sinds_vorige, eerste = 0, True
    try:
        for stuk in _klein(stukken):
            ontleder.feed(stuk)
            sinds_vorige += len(stuk)
            for element in _gereed(ontleder):
                # A second guard: whatever way a document type came in, nothing of it is used.
                if eerste and element.getroottree().docinfo.internalDTD is not None:
                    raise BestandGeweigerd("een DOCTYPE is niet toegestaan", "Lever het bericht zonder DOCTYPE.")
                eerste, sinds_vorige = False, 0
                yield element
            if sinds_vorige > MAX_OPGAVE:
                raise BestandGeweigerd(f"{MAX_OPGAVE} bytes zonder één opgave", "Controleer de afzender.")
        ontleder.close()
    except etree.XMLSyntaxError as fout:
        raise geen_xml(fout) from None


def _klein(stukken: Iterable[bytes]) -> Iterator[bytes]:
    """In pieces of at most ``STUK`` bytes: what is parsed of a piece stays in memory until it is handled."""
    for stuk in stukken:
        for begin in range(0, len(stuk), STUK):
            yield stuk[begin : begin + STUK]


def ruim_op(element: etree._Element) -> None:
    """Drop the content of a handled record and everything before it under the same parent."""
    element.clear()
    ouder = element.getparent()
    while ouder is not None and (vorige := element.getprevious()) is not None:
        ouder.remove(vorige)


def geen_xml(fout: etree.XMLSyntaxError) -> BestandGeweigerd:
    """The refusal for broken XML. The text of the parser is not shown: it can quote the file."""
    meldingen: Any = fout.error_log
    laatste = meldingen.last_error if meldingen is not None else None
    soort = laatste.type_name if laatste is not None else ""
    if soort in _AFGEKAPT:
        reden = "het bestand is afgekapt: het eindigt midden in het bericht"
    elif soort in _CODEERFOUT:
        reden = "de tekens passen niet bij de opgegeven tekencodering"
    elif soort in _GRENS:
        reden = "het bericht is dieper of een tekst erin langer dan is toegestaan"
    else:
        reden = f"dit is geen geldige XML ({toonbaar(soort) or 'onbekende fout'})"
    return BestandGeweigerd(reden, plaats=f"regel {fout.lineno or 1}")
