"""Wage records of the tests in the formats other than Loonaangifte: answers of Suwinet and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_PERIODE = {"SrtIV": "15", "IndLhKort": "J", "CdZvw": "K", "LbTab": "012"}
_GSD = {
    "LnLbPh": "BedrLoonLbPremieVolksverz",
    "IngLbPh": "BedrIngehoudenLbPremieVolksverz",
    "VakBsl": "BedrVakantietoeslag",
    "OpgRchtVakBsl": "BedrOpgbRechtVakantietoeslag",
}
_VOLLEDIG = _GSD | {
    "LnTabBB": "BedrLoonBelastTabBijzBeloningen",
    "BijdrZvw": "BedrIngehoudenBijdrageZvw",
    "WrdLn": "BedrNietInGeldUitgekeerdLoon",
    "WrdPrGebrAut": "BedrPrivegebruikAuto",
    "WrknBijdrAut": "BedrWnbijdragePrivegebruikAuto",
}
_BEDRAGEN = (*_VOLLEDIG, "OpnAvwb", "OpbAvwb")
_JA_NEE = {"J": "1", "N": "2"}


def suwinet(records: Iterable[Mapping[str, Any]], volledig: bool = False) -> str:
    """One answer about the person of the records: UWVDossierInkomstenGSD, or the full service."""
    rijen = list(records)
    dienst = "UWVDossierInkomsten/v0500" if volledig else "UWVDossierInkomstenGSD/v0200"
    ikvs: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for rij in rijen:
        ikvs.setdefault((str(rij["LhNr"]), str(rij["NumIV"])), []).append(rij)
    inhoud = "".join(_ikv(een, volledig) for een in ikvs.values())
    return (
        f'<s:UWVPersoonsIkvInfoResponse xmlns:s="http://bkwi.nl/SuwiML/Diensten/{dienst}"><ClientSuwi>'
        f"<Burgerservicenr>{rijen[0]['BSN']}</Burgerservicenr>{inhoud}</ClientSuwi></s:UWVPersoonsIkvInfoResponse>"
    )


def _ikv(rijen: list[Mapping[str, Any]], volledig: bool) -> str:
    eerste = rijen[0]
    periode = _PERIODE | {k: eerste[k] for k in _PERIODE if k in eerste}
    extra = (
        f"<CdLoonbelastingtabelBd>{periode['LbTab']}</CdLoonbelastingtabelBd>"
        f"<CdVerzekeringssituatieZvw>{periode['CdZvw']}</CdVerzekeringssituatieZvw>"
    )
    eind = f"<DatEIkv>{_datum(eerste['DatEind'])}</DatEIkv>" if eerste.get("DatEind") else ""
    return (
        f"<Inkomstenverhouding><VolgnrIkv>{eerste['NumIV']}</VolgnrIkv><DatBIkv>{_datum(eerste['DatAanv'])}</DatBIkv>"
        f"{eind}<AdministratieveEenheid><Loonheffingennr>{eerste['LhNr']}</Loonheffingennr></AdministratieveEenheid>"
        f"<Inkomstenperiode><DatBIkp>{_datum(eerste['DatAanv'])}</DatBIkp><DatEIkp>99991231</DatEIkp>"
        f"<CdSrtIkv>{periode['SrtIV']}</CdSrtIkv><IndLoonheffingskortingToegepast>{_JA_NEE[periode['IndLhKort']]}"
        f"</IndLoonheffingskortingToegepast>{extra if volledig else ''}</Inkomstenperiode>"
        f"{''.join(_iko(rij, _VOLLEDIG if volledig else _GSD) for rij in rijen)}</Inkomstenverhouding>"
    )


def _iko(rij: Mapping[str, Any], namen: Mapping[str, str]) -> str:
    bedragen = "".join(
        f"<{hun}><CdPositiefNegatief>{'-' if tekst.startswith('-') else '+'}</CdPositiefNegatief>"
        f"<WaardeBedr>{tekst.lstrip('-').replace('.', '')}</WaardeBedr></{hun}>"
        for ons, hun in namen.items()
        if (tekst := rij.get(ons, "0.00")) is not None
    )
    return (
        f"<Inkomstenopgave><DatBIko>{_datum(rij['DatAanvTv'])}</DatBIko><DatEIko>{_datum(rij['DatEindTv'])}</DatEIko>"
        f"{bedragen}</Inkomstenopgave>"
    )


def _datum(iso: str) -> str:
    return iso.replace("-", "")


def csv(records: Iterable[Mapping[str, Any]]) -> str:
    """The records as CSV with our column names and a decimal comma."""
    kolommen = (
        "LhNr",
        "NumIV",
        "BSN",
        "DatAanv",
        "DatEind",
        "DatAanvTv",
        "DatEindTv",
        "Ontvangen",
        *_PERIODE,
        *_BEDRAGEN,
    )
    regels = [";".join(kolommen)]
    for rij in records:
        velden = _PERIODE | dict.fromkeys(_BEDRAGEN, "0.00") | {"Ontvangen": rij["moment"]} | dict(rij)
        cellen = ["" if velden.get(kolom) is None else str(velden[kolom]) for kolom in kolommen]
        regels.append(
            ";".join(c.replace(".", ",") if k in _BEDRAGEN else c for k, c in zip(kolommen, cellen, strict=True))
        )
    return "\n".join(regels) + "\n"
