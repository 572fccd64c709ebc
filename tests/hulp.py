"""Short forms for tests: wage records to real messages, and a run over files in a temporary folder."""

from __future__ import annotations

import calendar
import json
import resource
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from tests import formaten

from verrekening.berekening import Spoor
from verrekening.maand import lees_maand, lees_moment
from verrekening.run import Opdracht, Resultaat, draai
from verrekening.uitvoer import betaalvoorstel, maanden, signalen

BSN = "999990019"
BSN_PARTNER = "999996769"
LHNR = "001234560L01"

_PERIODE = {"SrtIV": "15", "CdAard": "1", "IndLhKort": "J", "LbTab": "012", "CdZvw": "K"}
_BEDRAGEN = (
    "LnLbPh", "LnSV", "LnTabBB", "VakBsl", "OpgRchtVakBsl", "OpnAvwb", "OpbAvwb", "LnInGld", "WrdLn", "LnOwrk",
    "VerstrAanv", "IngLbPh", "BijdrZvw", "WghZvw", "WrdPrGebrAut", "WrknBijdrAut", "Reisk", "VerrArbKrt",
)  # fmt: skip


def opgave(maand: str | None = None, **velden: Any) -> dict[str, Any]:
    """A wage record in short form: element names of the wage return, amounts as text; the rest is ordinary.

    ``maand`` (YYYY-MM) stands for a tijdvak of that calendar month.
    """
    basis: dict[str, Any] = {
        "BSN": BSN,
        "LhNr": LHNR,
        "NumIV": 1,
        "DatAanv": "2020-01-01",
        "moment": "2020-01-01T00:00:00",
    }
    if maand is not None:
        jaar, nummer = map(int, maand.split("-"))
        laatste = calendar.monthrange(jaar, nummer)[1]
        basis |= {"DatAanvTv": f"{maand}-01", "DatEindTv": f"{maand}-{laatste:02d}"}
        basis["moment"] = f"{maand}-28T12:00:00"
    return basis | velden


def bericht(records: Iterable[Mapping[str, Any]]) -> str:
    """One Loonaangifte message (VolledigeAangifte) of records with the same payer, tijdvak and moment."""
    rijen = list(records)
    eerste = rijen[0]
    jaar = str(eerste["DatEindTv"])[:4]
    ikvs = "".join(_ikv(rij) for rij in rijen)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Loonaangifte xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/{jaar}/01" version="2.0">\n'
        f"<Bericht><IdBer>{eerste.get('IdBer', 'B1')}</IdBer><DatTdAanm>{eerste['moment']}</DatTdAanm>"
        f"<ContPers>Test</ContPers><TelNr>1</TelNr><RelNr>SWO00000</RelNr><GebrSwPakket>test</GebrSwPakket></Bericht>\n"
        f"<AdministratieveEenheid><LhNr>{eerste['LhNr']}</LhNr><NmIP>Werkgever</NmIP><TijdvakAangifte>"
        f"<DatAanvTv>{eerste['DatAanvTv']}</DatAanvTv><DatEindTv>{eerste['DatEindTv']}</DatEindTv>"
        f"<VolledigeAangifte><CollectieveAangifte/>\n{ikvs}</VolledigeAangifte>"
        f"</TijdvakAangifte></AdministratieveEenheid></Loonaangifte>\n"
    )


def _ikv(rij: Mapping[str, Any]) -> str:
    perioden = rij.get("perioden") or [
        {"DatAanv": rij["DatAanv"]} | {k: rij[k] for k in (*_PERIODE, "IndSA72") if k in rij}
    ]
    eind = f"<DatEind>{rij['DatEind']}</DatEind>" if rij.get("DatEind") else ""
    # A value of None leaves the element out: unknown, not zero.
    bedragen = "".join(
        f"<{naam}>{rij.get(naam, '0.00')}</{naam}>" for naam in _BEDRAGEN if rij.get(naam, "0.00") is not None
    )
    return (
        f"<InkomstenverhoudingInitieel><NumIV>{rij['NumIV']}</NumIV><DatAanv>{rij['DatAanv']}</DatAanv>{eind}"
        f"<NatuurlijkPersoon><SofiNr>{rij['BSN']}</SofiNr></NatuurlijkPersoon>"
        f"{''.join(_periode(een) for een in perioden)}"
        f"<Werknemersgegevens>{bedragen}</Werknemersgegevens></InkomstenverhoudingInitieel>\n"
    )


def _periode(periode: Mapping[str, Any]) -> str:
    velden = {"DatAanv": periode["DatAanv"]} | _PERIODE | dict(periode)
    return (
        "<Inkomstenperiode>"
        + "".join(f"<{k}>{v}</{k}>" for k, v in velden.items() if v is not None)
        + "</Inkomstenperiode>"
    )


def schrijf_polis(map_: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """Writes the records as messages, one per payer, tijdvak and moment; ``formaat`` asks for another format."""
    map_.mkdir(parents=True, exist_ok=True)
    groepen: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    anders: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for rij in records:
        if (formaat := rij.get("formaat", "loonaangifte")) != "loonaangifte":
            anders.setdefault((formaat, "" if formaat == "csv" else rij["BSN"]), []).append(rij)
            continue
        sleutel = (rij["LhNr"], rij["DatAanvTv"], rij["DatEindTv"], rij["moment"], rij.get("IdBer", "B1"))
        groepen.setdefault(sleutel, []).append(rij)
    for nummer, groep in enumerate(groepen.values()):
        (map_ / f"bericht-{nummer:04d}.xml").write_text(bericht(groep), encoding="utf-8")
    for nummer, ((formaat, _), rijen_) in enumerate(anders.items()):
        if formaat == "csv":
            (map_ / "opgaven.csv").write_text(formaten.csv(rijen_), encoding="utf-8")
        else:
            tekst = formaten.suwinet(rijen_, volledig=formaat == "suwinet_volledig")
            (map_ / f"suwinet-{nummer:04d}.xml").write_text(tekst, encoding="utf-8")
    return map_


def persoon(**velden: Any) -> dict[str, Any]:
    """A single applicant of 36 with consent for onderdeel n, unless told otherwise."""
    return {
        "bsn": BSN,
        "rol": "aanvrager",
        "geboortedatum": "1990-05-01",
        "vrijlating": {"n": {"toestemming": True}},
    } | velden


def dossier(nummer: str = "D-1", **velden: Any) -> dict[str, Any]:
    """A single person on assistance since 2026-01, without bookings."""
    basis: dict[str, Any] = {
        "dossiernummer": nummer,
        "gemeentecode": "0014",
        "begindatum": "2026-01-01",
        "personen": [persoon()],
        "situatie": [{"van": "2020-01", "leefvorm": "alleenstaande"}],
    }
    return basis | velden


def boeking(maand: str, cent: int) -> dict[str, Any]:
    """A booking over a month, paid on its 25th."""
    return {"rechtmaand": maand, "betaald_op": f"{maand}-25", "bedrag_cent": cent}


def schrijf_dossiers(pad: Path, dossiers: Iterable[Mapping[str, Any]]) -> Path:
    """Writes dossiers as JSON Lines."""
    pad.write_text("".join(json.dumps(een, ensure_ascii=False) + "\n" for een in dossiers), encoding="utf-8")
    return pad


def schrijf_beleid(pad: Path, **instellingen: Any) -> Path:
    """Writes a policy; the default one without settings."""
    pad.write_text(
        yaml.safe_dump({"gemeentecode": "0014", "naam": "Voorbeeldstad"} | instellingen, allow_unicode=True),
        encoding="utf-8",
    )
    return pad


def draai_op(
    map_: Path,
    dossiers: Iterable[Mapping[str, Any]],
    records: Iterable[Mapping[str, Any]],
    maand: str,
    peildatum: str | None = None,
    beleid: Mapping[str, Any] | None = None,
    spoor: Spoor | None = None,
    alleen: str | None = None,
) -> Resultaat:
    """Writes everything to files and runs the real thing on them; K defaults to the 15th of the payment month."""
    return draai(opdracht_op(map_, dossiers, records, maand, peildatum, beleid, alleen), spoor=spoor)


def opdracht_op(
    map_: Path,
    dossiers: Iterable[Mapping[str, Any]],
    records: Iterable[Mapping[str, Any]],
    maand: str,
    peildatum: str | None = None,
    beleid: Mapping[str, Any] | None = None,
    alleen: str | None = None,
) -> Opdracht:
    """Writes everything to files; what is asked of a run over them."""
    return Opdracht(
        betaalmaand=lees_maand(maand),
        peilmoment=lees_moment(peildatum or f"{maand}-15T00:00:00+00:00"),
        dossiers=[schrijf_dossiers(map_ / "dossiers.jsonl", dossiers)],
        polis=[schrijf_polis(map_ / "polis", records)],
        beleid=schrijf_beleid(map_ / "beleid.yaml", **(beleid or {})),
        alleen=alleen,
    )


def rijen(
    resultaat: Resultaat,
) -> tuple[dict[tuple[str, str], dict[str, Any]], dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Months by (dossier, month), payments by dossier, and signals, as plain dicts."""
    maandrijen = {(rij["dossiernummer"], rij["maand"]): rij for rij in maanden(resultaat.uitkomst).to_pylist()}
    betalingen = {rij["dossiernummer"]: rij for rij in betaalvoorstel(resultaat.uitkomst).to_pylist()}
    return maandrijen, betalingen, signalen(resultaat.uitkomst).to_pylist()


@contextmanager
def hooguit(aantal: int) -> Iterator[None]:
    """No file of this process becomes larger than so many bytes: what a full disk does."""
    zacht, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (aantal, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (zacht, hard))
