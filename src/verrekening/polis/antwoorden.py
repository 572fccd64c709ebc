"""Records of many answers of Suwinet at once: from text to int64 columns, and a row for each that is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from verrekening.kolommen import Afkeuring, Getallen, Kolommen, Masker, kies_rijen
from verrekening.maand import OPEN
from verrekening.polis import omzetten
from verrekening.polis import suwinet_namen as sn
from verrekening.polis.omzetten import BUITEN_BEREIK, GOED
from verrekening.polis.plat import Gesplitst, Oordeel, splits
from verrekening.polis.tabel import BEDRAGEN, Bevinding
from verrekening.polis.uitkomst import Uitkomst

_TE_GROOT = "bedrag buiten bereik (10 miljoen euro of meer)"
BROK = 8192
MAX_PERIODEN = 99
_KAPOT = "dit is geen bestaande datum (JJJJMMDD)"
_VRAAG = "Vraag de gegevens opnieuw op, of vraag UWV om verbetering; leg de zaak tot die tijd aan een mens voor."


@dataclass(frozen=True, slots=True)
class Bericht:
    """One answer: its file, moment, service and row in ``aangiften``.

    ``nummer`` is the number of the file and ``volgorde`` the position of its first record; both are 0 until the
    answer is put below the others.
    """

    bestand: str
    moment: int
    dienst: sn.Dienst
    aangifte: int
    nummer: int = 0
    volgorde: int = 0


@dataclass(slots=True)
class Antwoorden:
    """Text of the records to keep; every list has one item per record, the amounts one per record and amount."""

    berichten: list[Bericht] = field(default_factory=list)
    bericht: list[int] = field(default_factory=list)
    regel: list[int] = field(default_factory=list)
    plek: list[tuple[int, int, int]] = field(default_factory=list)
    volgorde: list[int] = field(default_factory=list)
    sofi: list[str] = field(default_factory=list)
    begin: list[str | None] = field(default_factory=list)
    eind: list[str | None] = field(default_factory=list)
    numiv: list[str | None] = field(default_factory=list)
    lhnr: list[str | None] = field(default_factory=list)
    ikv_begin: list[str | None] = field(default_factory=list)
    ikv_eind: list[str | None] = field(default_factory=list)
    waarden: list[str | None] = field(default_factory=list)
    tekens: list[str | None] = field(default_factory=list)
    perioden: list[list[str | None]] = field(default_factory=list)
    periode_van: list[int] = field(default_factory=list)
    opbouwfouten: dict[int, tuple[str, str]] = field(default_factory=dict)

    def voeg_toe(self, regel: int, plek: tuple[int, int, int], volgorde: int, sofi: str,
                 begin: str | None, eind: str | None) -> int:  # fmt: skip
        """One more record of the last answer; its row number."""
        self.bericht.append(len(self.berichten) - 1)
        self.regel.append(regel)
        self.plek.append(plek)
        self.volgorde.append(volgorde)
        self.sofi.append(sofi)
        self.begin.append(begin)
        self.eind.append(eind)
        return len(self.sofi) - 1

    def laat_vallen(self) -> None:
        """Forget the last record."""
        rij = len(self.sofi) - 1
        for lijst in (self.bericht, self.regel, self.plek, self.volgorde, self.sofi, self.begin, self.eind):
            lijst.pop()
        del self.waarden[rij * len(BEDRAGEN) :], self.tekens[rij * len(BEDRAGEN) :]
        self.opbouwfouten.pop(rij, None)

    def vul_aan(self, vanaf: int, numiv: str | None, lhnr: str | None, begin: str | None, eind: str | None,
                perioden: Sequence[list[str | None]]) -> None:  # fmt: skip
        """What the inkomstenverhouding says about its records, those from row ``vanaf`` on."""
        keer = len(self.sofi) - vanaf
        for lijst, waarde in ((self.numiv, numiv), (self.lhnr, lhnr), (self.ikv_begin, begin), (self.ikv_eind, eind)):
            lijst.extend([waarde] * keer)
        for rij in range(vanaf, len(self.sofi)):
            if len(perioden) > MAX_PERIODEN:
                self.opbouwfouten.setdefault(rij, ("", f"meer dan {MAX_PERIODEN} inkomstenperioden"))
                continue
            hier = [periode for periode in perioden if _kan_raken(periode, self.begin[rij], self.eind[rij])]
            self.perioden.extend(hier)
            self.periode_van.extend([rij] * len(hier))

    def pad(self, rij: int) -> str:
        """Path of a record in its answer."""
        _, ikv, iko = self.plek[rij]
        return f"/{sn.ANTWOORD}/{sn.CLIENT}/{sn.IKV}[{ikv}]/{sn.IKO}[{iko}]"

    def vol(self) -> bool:
        """Whether it is time to convert."""
        return len(self.sofi) >= BROK

    def neem_over(self, ander: Antwoorden, nummer: int, aangiften: int, volgorde: int) -> None:
        """Takes the records of another answer: its file number, and what comes before it."""
        rij, bericht = len(self.sofi), len(self.berichten)
        self.berichten += [
            replace(b, nummer=nummer, aangifte=b.aangifte + aangiften, volgorde=volgorde) for b in ander.berichten
        ]
        self.bericht += [b + bericht for b in ander.bericht]
        for naam in ("regel", "plek", "volgorde", "sofi", "begin", "eind", "numiv", "lhnr", "ikv_begin", "ikv_eind",
                     "waarden", "tekens", "perioden"):  # fmt: skip
            getattr(self, naam).extend(getattr(ander, naam))
        self.periode_van += [van + rij for van in ander.periode_van]
        self.opbouwfouten.update({van + rij: fout for van, fout in ander.opbouwfouten.items()})


def _kan_raken(periode: Sequence[str | None], begin: str | None, eind: str | None) -> bool:
    """Whether an income period may touch a record: whole dates compare as text, anything else is kept for later."""
    vanaf, tot = periode[0] or "", periode[1] or ""
    heel = len(vanaf) == len(tot) == 8 and vanaf.isdecimal() and tot.isdecimal() and "00" not in (tot[4:6], tot[6:])
    return not heel or begin is None or eind is None or (vanaf <= eind.strip() and begin.strip() <= tot)


@dataclass(frozen=True, slots=True)
class Omgezet:
    """The columns, what was refused, how many per file, and what is odd; with the number of the file."""

    deel: Gesplitst
    afkeuringen: list[tuple[int, Afkeuring]]
    afgekeurd: dict[int, int]
    bevindingen: list[tuple[int, Bevinding]]


def zet_om(a: Antwoorden) -> Omgezet:
    """Convert the records of these answers."""
    n = len(a.sofi)
    welk = np.array(a.bericht, np.int64)
    per = {v: np.array([getattr(b, v) for b in a.berichten], np.int64)[welk]
           for v in ("nummer", "aangifte", "volgorde", "moment")}  # fmt: skip
    oordeel = Oordeel(n)
    tabel: dict[str, Getallen | Masker] = {
        "bestand": per["nummer"],
        "regel": np.array(a.regel, np.int64),
        "aangifte": per["aangifte"],
        "volgorde": np.array(a.volgorde, np.int64) + per["volgorde"],
        "lhnr": omzetten.lhnrs(a.lhnr),
        "bsn": omzetten.bsns(a.sofi),
        "numiv": omzetten.getallen(a.numiv, 4, -1, -1),
        "moment": per["moment"],
        "velden": np.array([b.dienst.velden for b in a.berichten], np.int64)[welk],
    }
    oordeel.keur_sleutel(tabel, "/../../Burgerservicenr", "/../AdministratieveEenheid/Loonheffingennr", "/../VolgnrIkv")
    for rij, (pad, reden) in a.opbouwfouten.items():
        oordeel.keur_af(np.arange(n) == rij, f"/{pad}" if pad else "", reden)
    _datums(a, tabel, oordeel)
    _bedragen(a, tabel, oordeel)
    perioden, bevindingen = _perioden(a, tabel, oordeel)
    deel = splits(tabel, perioden, oordeel)
    afkeuringen = [
        (int(per["nummer"][rij]),
         Afkeuring(a.berichten[a.bericht[rij]].bestand, f"regel {a.regel[rij]}, {a.pad(rij)}{veld}", "", reden, _VRAAG))
        for rij, (veld, reden) in sorted(oordeel.redenen.items())
    ]  # fmt: skip
    nummers, aantallen = np.unique(per["nummer"][oordeel.fout], return_counts=True)
    return Omgezet(deel, afkeuringen, dict(zip(nummers.tolist(), aantallen.tolist(), strict=True)), bevindingen)


def _datums(a: Antwoorden, tabel: dict[str, Getallen | Masker], oordeel: Oordeel) -> None:
    """Dates of the record, which must be whole, and of the inkomstenverhouding, which may be open or partly known."""
    for teksten, naam, element in ((a.begin, "tv_begin", "DatBIko"), (a.eind, "tv_eind", "DatEIko")):
        eerste, laatste, fout = omzetten.datums_van_cijfers(teksten)
        wat = "begin" if naam == "tv_begin" else "einde"
        oordeel.keur_af(fout | (eerste != laatste), f"/{element}",
                        f"het {wat} van de opgave ontbreekt of is geen bestaande datum (JJJJMMDD)")  # fmt: skip
        # As wide as what is known, so that whoever asks for a month of this person meets the refusal.
        tabel[naam] = eerste if naam == "tv_begin" else laatste
    oordeel.keur_af(tabel["tv_eind"] < tabel["tv_begin"], "/DatEIko", "de inkomstenopgave eindigt voor zij begint")
    for teksten, naam, element in ((a.ikv_begin, "ikv_begin", "DatBIkv"), (a.ikv_eind, "ikv_eind", "DatEIkv")):
        eerste, laatste, fout = omzetten.datums_van_cijfers(teksten)
        oordeel.keur_af(fout, f"/../{element}", _KAPOT)
        deels = (eerste != laatste) & (eerste > -OPEN) & (laatste < OPEN)
        raakt = deels & (eerste <= tabel["tv_eind"]) & (laatste >= tabel["tv_begin"])
        oordeel.keur_af(raakt, f"/../{element}", "de datum is deels onbekend en kan in deze inkomstenopgave liggen")
        tabel[naam] = eerste if naam == "ikv_begin" else laatste


def _bedragen(a: Antwoorden, tabel: dict[str, Getallen | Masker], oordeel: Oordeel) -> None:
    vorm = (len(a.sofi), len(BEDRAGEN))
    centen, bekend, uitslag = (kolom.reshape(vorm) for kolom in omzetten.centen_met_teken(a.waarden, a.tekens))
    for plaats, naam in enumerate(BEDRAGEN):
        element = next((b.dienst.bedragen[plaats] for b in a.berichten if b.dienst.bedragen[plaats]), naam)
        oordeel.keur_af(uitslag[:, plaats] == BUITEN_BEREIK, f"/{element}", _TE_GROOT)
        oordeel.keur_af(uitslag[:, plaats] != GOED, f"/{element}", "dit is geen bedrag in hele centen met + of -")
        waarde: Getallen = np.ascontiguousarray(centen[:, plaats])
        tabel[naam] = waarde
        weet: Masker = bekend[:, plaats] & ((waarde != 0) | (naam not in sn.EXTRA.values()))
        tabel[f"{naam}_bekend"] = np.ascontiguousarray(weet)


def _perioden(
    a: Antwoorden, tabel: Kolommen, oordeel: Oordeel
) -> tuple[dict[str, Getallen], list[tuple[int, Bevinding]]]:
    """Income periods that touch their record. In a gap, or where two contradict each other, the kind is unknown."""
    van = np.array(a.periode_van, np.int64)
    begin_t, eind_t, srtiv, lhkort, lbtab, cdzvw, sa72 = zip(*a.perioden, strict=True) if a.perioden else [()] * 7
    begin, _, fout_b = omzetten.datums_van_cijfers(begin_t)
    _, eind, fout_e = omzetten.datums_van_cijfers(eind_t)
    n = len(a.sofi)
    for fout, naam in ((fout_b, "DatBIkp"), (fout_e, "DatEIkp")):
        oordeel.keur_af(np.bincount(van[fout], minlength=n) > 0, f"/../{sn.IKP}/{naam}", _KAPOT)
    perioden: dict[str, Getallen] = {
        "opgave": van,
        "begin": begin,
        "srtiv": omzetten.getallen(srtiv, 4, -1, -2),
        "lhkort": _ja_nee(lhkort),
        "lbtab": omzetten.getallen(lbtab, 4, -1, -2),
        "cdzvw_m": omzetten.is_tekst(cdzvw, "M"),
        "sa72": _ja_nee(sa72),
        "eind": eind,
    }
    raakt = (begin <= tabel["tv_eind"][van]) & (eind >= tabel["tv_begin"][van])
    perioden = kies_rijen(perioden, raakt)
    orde = np.lexsort((perioden["eind"], perioden["begin"], perioden["opgave"]))
    perioden = kies_rijen(perioden, orde)
    perioden["eind"] = _tot_de_volgende(perioden)
    tot = _tot_nu(perioden["opgave"], perioden["eind"])
    strijdig = _strijdig(perioden, tot)
    gevonden: dict[int, Uitkomst] = {}
    for rij in np.unique(perioden["opgave"][strijdig]).tolist():
        uitkomst = gevonden.setdefault(a.bericht[rij], Uitkomst())
        uitkomst.vind("POLIS-026", a.berichten[a.bericht[rij]].bestand, f"regel {a.regel[rij]}, {a.pad(rij)}", "")
    perioden["srtiv"] = np.where(strijdig, -1, perioden["srtiv"])
    perioden = _met_gaten(perioden, tot, tabel["tv_eind"])
    return {naam: kolom for naam, kolom in perioden.items() if naam != "eind"}, [
        (a.berichten[welk].nummer, b) for welk, u in gevonden.items() for b in u.bevindingen.values()
    ]


def _ja_nee(teksten: Sequence[str | None]) -> Getallen:
    """1 yes and 2 no to 1 and 0; -1 for absent or anything else."""
    cijfer = omzetten.getallen(teksten, 1, -1, -1)
    return np.where(cijfer == 1, 1, np.where(cijfer == 2, 0, -1))


def _tot_de_volgende(perioden: Kolommen) -> Getallen:
    """The end of each period; one without an end runs until the next of its record begins."""
    opgave, begin, eind = perioden["opgave"], perioden["begin"], perioden["eind"]
    uit = eind.copy()
    zelfde = (opgave[1:] == opgave[:-1]) & (begin[1:] > begin[:-1]) & (eind[:-1] >= OPEN)
    uit[:-1] = np.where(zelfde, begin[1:] - 1, eind[:-1])
    return uit


def _tot_nu(opgave: Getallen, eind: Getallen) -> Getallen:
    """Per period, sorted by record and begin, the latest end so far in its record."""
    sprong = np.int64(4 * OPEN)
    return np.asarray(np.maximum.accumulate(eind + opgave * sprong) - opgave * sprong)


def _strijdig(perioden: Kolommen, tot: Getallen) -> Masker:
    """Periods that begin before an earlier one of the record ends, with another kind or tax credit."""
    uit = np.zeros(len(tot), np.bool_)
    zelfde = perioden["opgave"][1:] == perioden["opgave"][:-1]
    anders = (perioden["srtiv"][1:] != perioden["srtiv"][:-1]) | (perioden["lhkort"][1:] != perioden["lhkort"][:-1])
    uit[1:] = zelfde & anders & (perioden["begin"][1:] <= tot[:-1])
    return uit


def _met_gaten(perioden: dict[str, Getallen], tot: Getallen, tv_eind: Getallen) -> dict[str, Getallen]:
    """The periods plus an unknown one wherever none is in force before the record ends."""
    opgave, begin = perioden["opgave"], perioden["begin"]
    laatste = np.append(opgave[1:] != opgave[:-1], True) if len(opgave) else np.zeros(0, np.bool_)
    volgende = np.append(begin[1:], OPEN) if len(opgave) else begin
    volgende = np.where(laatste, OPEN, volgende)
    gat = np.flatnonzero((tot < tv_eind[opgave]) & (volgende > tot + 1))
    if not len(gat):
        return perioden
    onbekend = {naam: np.full(len(gat), -1, np.int64) for naam in perioden}
    onbekend["opgave"], onbekend["begin"] = opgave[gat], tot[gat] + 1
    return {naam: np.concatenate([kolom, onbekend[naam]]) for naam, kolom in perioden.items()}
