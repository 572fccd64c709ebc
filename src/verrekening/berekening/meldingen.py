"""Signals about records, inkomstenverhoudingen and whole cases."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from verrekening.berekening.betaling import Rechtmaanden
from verrekening.berekening.gegevens import Zaakgegevens
from verrekening.berekening.inkomen import toerekening_van
from verrekening.berekening.opgaven import Opgaven
from verrekening.berekening.signalen import Verzamelaar
from verrekening.berekening.stops import GEEN_MAAND, Stops, eerste_maand_in_bereik
from verrekening.berekening.verhoudingen import Verhoudingen
from verrekening.kolommen import Getallen, Kolommen, Masker, kies_rijen
from verrekening.maand import maand_van
from verrekening.motor.tabellen import groepen, koppel, som_per
from verrekening.nummers import zonder_bsn
from verrekening.polis import Levering, Versies
from verrekening.regels.toerekening import DERTIEN_TWAALFDE

_LAATSTE_DAG = 2932896
"""31 December 9999."""
_NAGEREKEND_ALS_NIETS = ("LnTabBB", "WrdLn", "WrdPrGebrAut", "WrknBijdrAut", "OpnAvwb", "OpbAvwb")


def meld_opgaven(
    gegevens: Zaakgegevens,
    opgaven: Opgaven,
    stops: Stops,
    levering: Levering,
    versies: Versies,
    peilmoment: int,
    signalen: Verzamelaar,
) -> None:
    """Stops and infos about records, refused records of known persons, and corrections."""
    k = opgaven.kolommen
    for code, masker in stops.open.items():
        bedrag = k["netto_bijzonder"] if code == "BIJZONDERE_BELONING" else None
        _meld_rijen(code, opgaven, stops.maand, masker, signalen, bedrag=bedrag)
    rij = np.flatnonzero(k["signaal_BRON_ONVOLLEDIG"])
    if len(rij):
        ontbreekt = [np.where(k[f"{naam}_bekend"][rij], "", naam) for naam in _NAGEREKEND_ALS_NIETS]
        namen = [", ".join(naam for naam in een if naam) for een in zip(*ontbreekt, strict=True)]
        masker = k["signaal_BRON_ONVOLLEDIG"]
        _meld_rijen("BRON_ONVOLLEDIG", opgaven, stops.maand, masker, signalen, wat=pa.array(namen, pa.string()))
    wijze, periode = toerekening_van(opgaven, gegevens.beleid)
    dertiende = (wijze == DERTIEN_TWAALFDE) & (periode == 13) & stops.telt & ~k["nooit_inkomen"]
    netto = np.where(k["besluit_netto_bekend"], k["besluit_netto"], k["netto"])
    _meld_rijen("DERTIENDE_PERIODE", opgaven, stops.maand, dertiende & ~opgaven.buiten, signalen, bedrag=netto)
    _meld_afgekeurd(gegevens, levering, versies, peilmoment, signalen)
    _meld_los("CORRECTIE_ONTVANGEN", versies.correcties, gegevens, signalen)


def _meld_rijen(
    code: str,
    opgaven: Opgaven,
    maand: Getallen,
    masker: Masker,
    signalen: Verzamelaar,
    *,
    bedrag: Getallen | None = None,
    wat: pa.Array | None = None,
) -> None:
    gekozen = np.flatnonzero(masker)
    in_bereik = maand[gekozen] != GEEN_MAAND
    rij = gekozen[in_bereik]
    signalen.meld(
        code,
        opgaven.huishouden[rij],
        maand[rij],
        bedrag=None if bedrag is None else bedrag[rij],
        opgave=opgave_tekst(opgaven.lhnr[rij], opgaven.numiv[rij], opgaven.tv_begin[rij], opgaven.tv_eind[rij]),
        wat=None if wat is None else wat.filter(pa.array(in_bereik)),
        oorzaak=rij,
    )


def _meld_afgekeurd(
    gegevens: Zaakgegevens, levering: Levering, versies: Versies, peilmoment: int, signalen: Verzamelaar
) -> None:
    """A refused record of a known person: its amount is unknown, and unknown is not zero.

    A later version of the same record that was read well takes the stop away.
    """
    fout = levering.afgekeurde_opgaven
    aantal = len(fout["bsn"])
    if aantal == 0:
        return
    sleutels = ("bsn", "lhnr", "numiv", "tv_begin", "tv_eind")
    alles = {naam: levering.opgaven[naam] for naam in (*sleutels, "moment")}
    goed = kies_rijen(alles, np.flatnonzero((versies.status <= 2) & np.isin(alles["bsn"], fout["bsn"])))
    nummer, _ = groepen(*[np.concatenate([fout[naam], goed[naam]]) for naam in sleutels])
    links, rechts = koppel(nummer[:aantal], nummer[aantal:])
    hersteld = np.zeros(aantal, dtype=bool)
    hersteld[links[goed["moment"][rechts] > fout["moment"][links]]] = True
    bekend = fout["moment"] <= peilmoment
    _meld_los(
        "GEGEVEN_ONTBREEKT",
        kies_rijen(fout, np.flatnonzero(bekend & ~hersteld)),
        gegevens,
        signalen,
        oorzaak_vanaf=2**40,
    )


def _meld_los(
    code: str, tabel: Kolommen, gegevens: Zaakgegevens, signalen: Verzamelaar, oorzaak_vanaf: int = 0
) -> None:
    """A signal per row of a table of records that are not (any more) effective."""
    links, persoon = koppel(tabel["bsn"], gegevens.zaken.personen["bsn"])
    rij = kies_rijen(tabel, links)
    huishouden = gegevens.zaken.personen["huishouden"][persoon]
    maand = eerste_maand_in_bereik(
        persoon, huishouden, maand_van(rij["tv_begin"]), maand_van(rij["tv_eind"]), gegevens.bereik, gegevens.telt_mee
    )
    houd = np.flatnonzero(maand != GEEN_MAAND)
    tekst = opgave_tekst(rij["lhnr"][houd], rij["numiv"][houd], rij["tv_begin"][houd], rij["tv_eind"][houd])
    signalen.meld(code, huishouden[houd], maand[houd], opgave=tekst, oorzaak=houd + oorzaak_vanaf)


def meld_verhoudingen(gegevens: Zaakgegevens, verhoudingen: Verhoudingen, signalen: Verzamelaar) -> None:
    """Months without a record while an inkomstenverhouding is open (A5), and new inkomstenverhoudingen."""
    v, bereik = verhoudingen, gegevens.bereik
    p, eerste = bereik.betaalmaand, int(bereik.maanden[0])
    # Every month: the weight decides later which are shown, and a municipality may have made it a stop.
    maanden = slice(v.kolom(eerste), max(v.kolom(p - 1), v.kolom(eerste)))
    wie, rij = np.nonzero((v.open & ~v.geraakt)[:, maanden] & v.middel[:, None])
    telt = bereik.is_r[rij, v.huishouden[wie]] & gegevens.telt_mee[rij, v.persoon[wie]]
    wie, rij = wie.compress(telt), rij.compress(telt)
    tekst = _met_punt(verhouding_tekst(v.lhnr[wie], v.numiv[wie]))
    signalen.meld("LOONGEGEVENS_ONTBREKEN", v.huishouden[wie], bereik.maanden[rij], opgave=tekst, oorzaak=wie)
    begin = maand_van(v.begin)
    nieuw = np.flatnonzero(v.middel & (begin >= p - 6) & (begin <= p))
    laatste = np.full(len(nieuw), p, dtype=np.int64)
    # The first month R or P that the inkomstenverhouding touches; it may begin before the months that are computed.
    eerste_in_bereik = eerste_maand_in_bereik(
        v.persoon[nieuw], v.huishouden[nieuw], begin[nieuw], laatste, bereik, gegevens.telt_mee
    )
    houd = eerste_in_bereik != GEEN_MAAND
    nieuw, maanden = nieuw[houd], eerste_in_bereik[houd]
    tekst = _met_punt(verhouding_tekst(v.lhnr[nieuw], v.numiv[nieuw]))
    signalen.meld("NIEUWE_INKOMSTENVERHOUDING", v.huishouden[nieuw], maanden, opgave=tekst, oorzaak=nieuw)


def meld_zaken(
    gegevens: Zaakgegevens, recht: Rechtmaanden, drempel: int | None, peilmoment: int, signalen: Verzamelaar
) -> None:
    """Cases that a human took out, and differences above the threshold of the municipality (S11)."""
    p = gegevens.bereik.betaalmaand
    uitgesloten = gegevens.zaken.huishoudens["uitgesloten"]
    wie = np.flatnonzero(uitgesloten != "")
    signalen.meld(
        "UITGESLOTEN",
        wie,
        p,
        wat=pa.array([zonder_bsn(str(reden)) for reden in uitgesloten[wie]], pa.string()),
    )
    if drempel is not None:
        som = som_per(recht.huishouden, np.abs(recht.kolommen["verschil"]), recht.vorm[1]) - recht.som("geen_middelen")
        boven = np.flatnonzero((som > drempel) & (som > _toegestaan(gegevens, p, peilmoment)))
        signalen.meld("BOVEN_DREMPEL", boven, p, bedrag=som[boven])


def _toegestaan(gegevens: Zaakgegevens, p: int, peilmoment: int) -> Getallen:
    """Up to which amount the latest besluit closes BOVEN_DREMPEL for P; a besluit without amount closes any."""
    besluiten = gegevens.zaken.besluiten
    uit = np.full(len(gegevens.bereik.begint_na), -1, dtype=np.int64)
    keuze = np.flatnonzero(
        (besluiten["code"] == "BOVEN_DREMPEL") & (besluiten["maand"] == p) & (besluiten["op"] <= peilmoment)
    )
    keuze = keuze[np.lexsort((besluiten["volgnr"][keuze], besluiten["op"][keuze]))]
    # In order of time: of several assignments to one household the last one stays.
    bedrag = np.where(besluiten["netto_bekend"][keuze], besluiten["netto"][keuze], np.int64(2**62))
    uit[besluiten["huishouden"][keuze]] = bedrag
    return uit


def opgave_tekst(lhnr: Getallen, numiv: Getallen, begin: Getallen, eind: Getallen) -> pa.Array:
    """Which record is meant, in words: payer, number and period; never a BSN."""
    if not len(lhnr):  # most codes have no rows, and a kernel of pyarrow costs as much on none as on a thousand
        return pa.array([], pa.string())
    return pc.binary_join_element_wise(
        verhouding_tekst(lhnr, numiv), ", periode ", _datum(begin), " t/m ", _datum(eind), ".", ""
    )


def verhouding_tekst(lhnr: Getallen, numiv: Getallen) -> pa.Array:
    """Which inkomstenverhouding is meant, in words."""
    if not len(lhnr):
        return pa.array([], pa.string())
    negen = pc.utf8_lpad(pa.array(lhnr // 100).cast(pa.string()), 9, "0")
    twee = pc.utf8_lpad(pa.array(lhnr % 100).cast(pa.string()), 2, "0")
    nummer = pa.array(numiv).cast(pa.string())
    zin = pc.binary_join_element_wise("Loonheffingennummer ", negen, "L", twee, ", inkomstenverhouding ", nummer, "")
    if (numiv >= 0).all():
        return zin
    return pc.if_else(pa.array(numiv >= 0), zin, pa.scalar("Onbekende inkomstenverhouding"))


def _met_punt(tekst: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(tekst, ".", "")


def _datum(dag: Getallen) -> pa.Array:
    # A refused record may have an open period; the calendar of the text does not reach that far.
    dag = np.clip(dag, 0, _LAATSTE_DAG)
    return pc.strftime(pa.array(dag.astype("datetime64[D]")).cast(pa.timestamp("s")), format="%d-%m-%Y")
