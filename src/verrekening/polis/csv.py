"""Reader of wage records in CSV (contract: one row per record), by the column and in batches."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pacsv

from verrekening.kolommen import Afkeuring, Getallen, Kolommen, Masker
from verrekening.maand import OPEN, lees_moment
from verrekening.nummers import elfproef
from verrekening.polis import omzetten
from verrekening.polis.bekend import Bekend
from verrekening.polis.bronnen import BestandGeweigerd, Stroom, toonbaar
from verrekening.polis.indeling import BEKEND, DATUMVORMEN, GEBRUIKT, PERIODE_VELDEN, SLEUTEL, Indeling, Kolom
from verrekening.polis.omzetten import BUITEN_BEREIK, GOED
from verrekening.polis.plat import Oordeel, splits
from verrekening.polis.stroom import MAX_KOP
from verrekening.polis.tabel import BEDRAGEN, CSV, bits
from verrekening.polis.uitkomst import Uitkomst

BLOK = 1 << 22
"""Bytes per batch."""
MAX_KOLOMMEN = 1000
_VRAAG = (
    "Verbeter de regel, of vraag de leverancier om een verbeterd bestand; leg de zaak tot die tijd aan een mens voor."
)
_UTF8 = "Lever het bestand in UTF-8."


class _Invoer:
    """What pyarrow reads from; a refusal while reading is kept, because it comes back as another error."""

    closed = False

    def __init__(self, stroom: Stroom, na_stuk: Callable[[], None]) -> None:
        self._stroom, self._na_stuk = stroom, na_stuk
        # pyarrow cannot report a line of another width that is no UTF-8; then it would go uncounted.
        self._tekens = codecs.getincrementaldecoder("utf-8")()
        self._regels = 1
        self.weigering: BestandGeweigerd | None = None

    def read(self, aantal: int = BLOK) -> bytes:
        """The next bytes, empty at the end."""
        try:
            stuk = self._stroom.read(aantal)
            self._tekens.decode(stuk, final=not stuk)
        except BestandGeweigerd as fout:
            self.weigering = fout
            raise
        except UnicodeDecodeError as fout:
            regel = self._regels + stuk.count(b"\n", 0, fout.start)
            self.weigering = BestandGeweigerd("de tekens zijn geen UTF-8", _UTF8, f"regel {regel}")
            raise self.weigering from None
        self._regels += stuk.count(b"\n")
        self._na_stuk()
        return stuk


class Lezer:
    """Collects the records of one file in ``uitkomst``; after a refusal only ``gelezen`` still counts."""

    def __init__(self, bestand: str, bekend: Bekend | None, indeling: Indeling, ontvangen: int) -> None:
        """``bekend``: the persons to keep, None for everyone; ``ontvangen``: the moment of a row without one."""
        self._bestand, self._indeling, self._ontvangen = bestand, indeling, ontvangen
        self._bekend = bekend
        self.uitkomst = Uitkomst()
        self.gelezen = self.volgorde = 0
        self._rijen = 0
        self._ongeldig: list[int] = []
        self._redenen: list[tuple[int, str, str]] = []
        self._plaats: dict[str, int] = {}
        self._namen: list[str] = []

    def lees(self, stroom: Stroom, na_stuk: Callable[[], None]) -> Uitkomst:
        """Read the whole file. Raises BestandGeweigerd when it cannot be used as a file of wage records."""
        scheiding = self._lees_kop(stroom.kijk(MAX_KOP))
        invoer = _Invoer(stroom, na_stuk)
        try:
            for brok in self._brokken(invoer, scheiding):
                self._verwerk(brok)
        except pa.ArrowException as fout:
            if invoer.weigering is not None:
                raise invoer.weigering from None
            # A file of one line has nothing to skip.
            if "Could not skip" not in str(fout):
                raise BestandGeweigerd("dit is geen leesbare CSV") from None
        self._sluit_af()
        return self.uitkomst

    def _lees_kop(self, begin: bytes) -> str:
        """Names and separator, from the first line."""
        if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise BestandGeweigerd("de tekens zijn geen UTF-8", _UTF8)
        regel, einde, _ = begin.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
        if not einde and len(begin) >= MAX_KOP:
            raise BestandGeweigerd("de eerste regel is te lang")
        try:
            tekst = regel.decode("utf-8").rstrip("\r")
        except UnicodeDecodeError:
            raise BestandGeweigerd("de tekens zijn geen UTF-8", _UTF8) from None
        scheiding = ";" if ";" in tekst else ","
        self._namen = [naam.strip() for naam in next(csv.reader([tekst], delimiter=scheiding))]
        if len(self._namen) > MAX_KOLOMMEN:
            raise BestandGeweigerd(f"meer dan {MAX_KOLOMMEN} kolommen")
        dubbel = next((naam for naam in self._namen if naam and self._namen.count(naam) > 1), None)
        if dubbel is not None:
            raise BestandGeweigerd(f"kolom {toonbaar(dubbel[:60])} komt twee keer voor")
        for ons in GEBRUIKT:
            hun = self._indeling.van(ons).hun
            if hun in self._namen:
                self._plaats[ons] = self._namen.index(hun)
        vast = {ons for ons in GEBRUIKT if self._indeling.van(ons).vast is not None}
        ontbreekt = [self._indeling.van(ons).hun for ons in SLEUTEL if ons not in self._plaats and ons not in vast]
        if ontbreekt:
            raise BestandGeweigerd(
                f"kolom {', '.join(toonbaar(naam[:60]) for naam in ontbreekt)} ontbreekt",
                "Geef met --kolommen een bestand op dat zegt hoe de kolommen heten; zie docs/csv-koppelen.md.",
            )
        gebruikt = {self._namen[plaats] for plaats in self._plaats.values()}
        for plaats, naam in enumerate(self._namen, 1):
            if naam not in gebruikt and (naam not in BEKEND or self._indeling.bestand):
                self.uitkomst.vind("POLIS-030", self._bestand, f"regel 1, kolom {plaats}", toonbaar(naam[:60]))
        namen = {"DatAanv": "ikv_begin", "DatEind": "ikv_eind", **PERIODE_VELDEN, **{naam: naam for naam in BEDRAGEN}}
        self._velden = bits([veld for ons, veld in namen.items() if ons in self._plaats or ons in vast])
        return scheiding

    def _brokken(self, invoer: _Invoer, scheiding: str) -> Any:
        """Batches of the used columns, all text; rows of another width are noted and skipped."""

        def te_breed_of_smal(rij: Any) -> str:
            self._ongeldig.append(int(rij.number))
            return "skip"

        namen = [f"c{plaats}" for plaats in range(len(self._namen))]
        return pacsv.open_csv(
            pa.PythonFile(invoer, mode="r"),
            # Without threads pyarrow knows the number of a line.
            read_options=pacsv.ReadOptions(use_threads=False, block_size=BLOK, column_names=namen, skip_rows=1),
            parse_options=pacsv.ParseOptions(
                delimiter=scheiding, ignore_empty_lines=False, invalid_row_handler=te_breed_of_smal
            ),
            convert_options=pacsv.ConvertOptions(
                include_columns=[f"c{plaats}" for plaats in sorted(set(self._plaats.values()))],
                column_types=dict.fromkeys(namen, pa.string()),
                strings_can_be_null=True, null_values=[""], quoted_strings_can_be_null=True,
            ),
        )  # fmt: skip

    # -- a batch

    def _verwerk(self, brok: Any) -> None:
        """One batch: text to columns, persons to keep, verdict."""
        n = brok.num_rows
        rij = self._rijen + np.arange(n)
        self._rijen += n
        leeg = np.ones(n, np.bool_)
        for kolom in brok.columns:
            leeg &= np.asarray(pc.is_null(_kaal(kolom)).to_numpy(zero_copy_only=False), np.bool_)
        bsn = _bsns(self._tekst(brok, "BSN"))
        houdt = ~leeg
        if self._bekend is not None:
            onbekend = houdt & (bsn >= 0) & ~self._bekend.in_kolom(bsn)
            self.uitkomst.onbekend += int(onbekend.sum())
            houdt &= ~onbekend
        self.gelezen += int((~leeg).sum())
        if not houdt.any():
            return
        brok = brok.filter(pa.array(houdt))
        tabel, perioden, oordeel = self._tabel(brok, rij[houdt], bsn[houdt])
        deel = splits(tabel, perioden, oordeel)
        self.uitkomst.voeg_platte_toe(deel)
        self.uitkomst.afgekeurd += int(oordeel.fout.sum())
        self._redenen += [(int(tabel["regel"][nr]), *reden) for nr, reden in sorted(oordeel.redenen.items())]

    def _tabel(self, brok: Any, rij: Getallen, bsn: Getallen) -> tuple[dict[str, Getallen | Masker], Kolommen, Oordeel]:
        n = len(rij)
        oordeel = Oordeel(n)
        tabel: dict[str, Getallen | Masker] = {
            "bestand": np.zeros(n, np.int64),
            "regel": rij,
            "volgorde": rij + 2,  # behind the moments, which are all at 1
            "lhnr": omzetten.lhnrs(self._tekst(brok, "LhNr")),
            "bsn": bsn,
            "numiv": omzetten.getallen(self._tekst(brok, "NumIV"), 4, -1, -1),
            "velden": np.full(n, self._velden, np.int64),
        }
        oordeel.keur_sleutel(tabel, "BSN", "LhNr", "NumIV")
        for ons, naam, open_ in (("DatAanvTv", "tv_begin", -OPEN), ("DatEindTv", "tv_eind", OPEN),
                                 ("DatAanv", "ikv_begin", -OPEN), ("DatEind", "ikv_eind", OPEN)):  # fmt: skip
            vorm = self._indeling.van(ons).datum
            tabel[naam], fout = omzetten.datums(_iso(self._tekst(brok, ons), vorm), open_)
            oordeel.keur_af(fout, ons, f"dit is geen bestaande datum ({vorm})")
            if ons in SLEUTEL:
                oordeel.keur_af(tabel[naam] == open_, ons, "begin of einde van het tijdvak ontbreekt")
        oordeel.keur_af(tabel["tv_eind"] < tabel["tv_begin"], "DatEindTv", "het tijdvak eindigt voor het begint")
        moment, fout = self._momenten(self._tekst(brok, "Ontvangen"))
        oordeel.keur_af(fout, "Ontvangen", "dit is geen moment (ISO 8601, zoals 2026-08-15T09:00:00+02:00)")
        tabel["moment"], tabel["aangifte"] = moment, self._aangiften(moment)
        for naam in BEDRAGEN:
            centen, bekend, uitslag = _bedragen(self._tekst(brok, naam), self._indeling.van(naam))
            oordeel.keur_af(uitslag == BUITEN_BEREIK, naam, "bedrag buiten bereik (10 miljoen euro of meer)")
            oordeel.keur_af(uitslag != GOED, naam, "dit is geen bedrag met ten hoogste twee decimalen")
            tabel[naam], tabel[f"{naam}_bekend"] = centen, bekend
        perioden = {
            "opgave": np.arange(n),
            "begin": np.full(n, -OPEN, np.int64),
            "srtiv": omzetten.getallen(self._tekst(brok, "SrtIV"), 4, -1, -2),
            "lhkort": omzetten.ja_nee(self._tekst(brok, "IndLhKort")),
            "lbtab": omzetten.getallen(self._tekst(brok, "LbTab"), 4, -1, -2),
            "cdzvw_m": omzetten.is_tekst(self._tekst(brok, "CdZvw"), "M"),
            "sa72": omzetten.ja_nee(self._tekst(brok, "IndSA72")),
        }
        return tabel, perioden, oordeel

    def _tekst(self, brok: Any, ons: str) -> Any:
        """One of our columns as text, translated; null where the cell is empty or there is no such column."""
        hoe = self._indeling.van(ons)
        if ons not in self._plaats:
            return pa.array([hoe.vast] * brok.num_rows, pa.string())
        kolom = _kaal(brok.column(f"c{self._plaats[ons]}"))
        if not hoe.waarden:
            return kolom
        # An empty cell can be translated too: then it is not unknown.
        zoek = pc.fill_null(kolom, "")
        welk = pc.index_in(zoek, pa.array(list(hoe.waarden), pa.string()))
        vertaald = pc.take(pa.array(list(hoe.waarden.values()), pa.string()), welk)
        return _kaal(pc.if_else(pc.is_valid(welk), vertaald, kolom))

    def _momenten(self, kolom: Any) -> tuple[Getallen, Masker]:
        """Moments of the rows (each different text is read once), and which are none."""
        uniek = pc.unique(kolom)
        waarden = np.full(len(uniek), self._ontvangen, np.int64)
        fout = np.zeros(len(uniek), np.bool_)
        for plaats, tekst in enumerate(uniek.to_pylist()):
            try:
                waarden[plaats] = self._ontvangen if tekst is None else lees_moment(tekst)
            except (ValueError, OverflowError):
                fout[plaats] = True
        welk = np.asarray(pc.index_in(kolom, uniek).to_numpy(zero_copy_only=False), np.int64)
        return waarden[welk], fout[welk]

    def _aangiften(self, moment: Getallen) -> Getallen:
        """The row of ``aangiften`` of each moment; a new moment is a new row."""
        uniek, welk = np.unique(moment, return_inverse=True)
        al = {rij[4]: nummer for nummer, rij in enumerate(self.uitkomst.aangiften)}
        nummers = [
            al[m] if m in al else self.uitkomst.nieuwe_aangifte(0, -OPEN, OPEN, m, 1, CSV) for m in uniek.tolist()
        ]
        return np.array(nummers, np.int64)[welk]

    # -- at the end: only then is known which lines were skipped

    def _sluit_af(self) -> None:
        ongeldig = np.array(sorted(self._ongeldig), np.int64)
        self.gelezen += len(ongeldig)
        self.uitkomst.afgekeurd += len(ongeldig)
        rijen = [(int(regel), "", f"de regel heeft geen {len(self._namen)} kolommen") for regel in ongeldig]
        for deel in self.uitkomst.opgaven:
            deel["regel"][:] = self._regel(deel["regel"], ongeldig)
        rijen += [(int(self._regel(np.array([rij]), ongeldig)[0]), veld, reden) for rij, veld, reden in self._redenen]
        for regel, veld, reden in sorted(rijen):
            plaats = f"regel {regel}"
            if veld in self._plaats:
                plaats += f", kolom {self._plaats[veld] + 1} ({toonbaar(self._namen[self._plaats[veld]][:60])})"
            self.uitkomst.afkeuringen.append(Afkeuring(self._bestand, plaats, "", reden, _VRAAG))
        self.volgorde = self._rijen + 1

    @staticmethod
    def _regel(rij: Getallen, ongeldig: Getallen) -> Getallen:
        """Line in the file of rows counted from 0, with the skipped lines between them."""
        goed_ervoor = ongeldig - 2 - np.arange(len(ongeldig))
        return np.asarray(rij + 2 + np.searchsorted(goed_ervoor, rij, side="right"), np.int64)


def _kaal(kolom: Any) -> Any:
    """Text without white space around it; what is empty then is null."""
    tekst = pc.ascii_trim_whitespace(kolom)
    return pc.if_else(pc.equal(tekst, ""), pa.scalar(None, pa.string()), tekst)


def _bsns(kolom: Any) -> Getallen:
    """BSNs; eight digits lost their zero in a spreadsheet. -1 for anything else."""
    goed = np.asarray(pc.fill_null(pc.match_substring_regex(kolom, r"^\d{8,9}$"), False).to_numpy(zero_copy_only=False))
    waarde = np.asarray(pc.cast(pc.if_else(pa.array(goed), kolom, "0"), pa.int64()))
    return np.where(goed & elfproef(waarde), waarde, -1).astype(np.int64)


def _iso(kolom: Any, vorm: str) -> Any:
    """Dates written in another way as ``YYYY-MM-DD``; what does not fit stays and is refused later."""
    if vorm == "JJJJ-MM-DD":
        return kolom
    patroon = re.sub(r"\?P<.>", "", DATUMVORMEN[vorm])
    groepen = r"\3-\2-\1" if vorm.startswith("DD") else r"\1-\2-\3"
    # A date that happens to be written our way does not fit theirs.
    past = pc.match_substring_regex(kolom, patroon)
    return pc.if_else(
        past, pc.replace_substring_regex(kolom, patroon, groepen), pc.binary_join_element_wise(kolom, "!", "")
    )


def _bedragen(kolom: Any, hoe: Kolom) -> tuple[Getallen, Masker, Getallen]:
    """Amounts in euros with a point or a comma, or whole cents, to cents; as `omzetten.bedragen`."""
    if hoe.in_centen:
        teken = pc.if_else(pc.starts_with(kolom, "-"), "-", "+")
        return omzetten.centen_met_teken(pc.replace_substring_regex(kolom, r"^[+-]", ""), teken)
    return omzetten.bedragen(pc.replace_substring(kolom, ",", "."))
