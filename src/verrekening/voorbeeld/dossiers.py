"""Writing the dossiers (JSON Lines) of the fictitious households, and adding corrections to them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from verrekening.kolommen import Getallen
from verrekening.maand import OPEN, eerste_dag, laatste_dag, maand_van, toon_datum, toon_maand
from verrekening.voorbeeld import normen
from verrekening.voorbeeld.huishoudens import LEEFVORMEN, Huishoudens, Personen
from verrekening.voorbeeld.loting import kans, stroom

GEMEENTECODE = "9999"
BETAALDAG = 25
"""Day of the month on which the assistance of that month is paid."""

_BESLUIT = ("dossiernummer", "rechtmaand", "bedrag_cent")
_SCHEIDING = (",", ":")


def boekingen(
    seed: int,
    huishoudens: Huishoudens,
    personen: Personen,
    maanden: Sequence[int],
    bekend_inkomen: Mapping[int, tuple[Getallen, Getallen]],
) -> Getallen:
    """What the municipality booked over each month (rows households, columns months), cents; -1 = no booking.

    The full net norm, because the wage is not known when the month is paid. Four in five households
    with a benefit or pension already had it deducted, by hand and so only about right.

    Args:
        seed: seed of the municipality.
        huishoudens, personen: the municipality.
        maanden: the months R.
        bekend_inkomen: per month (row in the persons, net income with claim in cents).
    """
    met_hand = kans(stroom(seed, "boekingen"), huishoudens.aantal, 800)
    uit = np.full((huishoudens.aantal, len(maanden)), -1, dtype=np.int64)
    for kolom, maand in enumerate(maanden):
        norm = normen.norm_over(huishoudens, personen, maand)
        recht = (huishoudens.begin <= laatste_dag(maand)) & (huishoudens.eind >= eerste_dag(maand))
        heel = (huishoudens.begin <= eerste_dag(maand)) & (huishoudens.eind >= laatste_dag(maand))
        persoon, netto = bekend_inkomen[maand]
        inkomen = np.zeros(huishoudens.aantal, dtype=np.int64)
        van_ons = persoon < personen.aantal
        np.add.at(inkomen, personen.huishouden[persoon[van_ons]], netto[van_ons])
        bijstand = np.maximum(0, norm - np.where(met_hand & heel, inkomen, 0))
        bedrag = normen.netto_uitkering(bijstand)
        bedrag -= np.minimum(bedrag, np.where(huishoudens.maatregel_maand == maand, huishoudens.maatregel, 0))
        uit[:, kolom] = np.where(recht, bedrag, -1)
    return uit


def schrijf(
    pad: Path,
    huishoudens: Huishoudens,
    personen: Personen,
    bsn: Getallen,
    eerste_maand: int,
    betaalmaand: int,
    geboekt: Getallen,
) -> None:
    """Write the dossiers as they are known in a payment month.

    Args:
        pad: the file.
        huishoudens, personen, bsn: the municipality (BSN per person).
        eerste_maand: first month with a booking: the first column of ``geboekt``.
        betaalmaand: payment month P; bookings run through P-1.
        geboekt: `boekingen`.
    """
    per_huishouden: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for rij, huishouden in enumerate(personen.huishouden.tolist()):
        per_huishouden[huishouden].append(_persoon(personen, rij, int(bsn[rij]), eerste_maand))
    maanden = [toon_maand(m) for m in range(eerste_maand, betaalmaand)]
    kolommen = geboekt[:, : len(maanden)].tolist()
    grens = laatste_dag(betaalmaand)
    with pad.open("w", encoding="utf-8", newline="\n") as bestand:
        for i in range(huishoudens.aantal):
            dossier = _dossier(huishoudens, i, per_huishouden[i], grens, eerste_maand, betaalmaand)
            dossier["betalingen"] = [
                {"rechtmaand": m, "betaald_op": f"{m}-{BETAALDAG}", "bedrag_cent": bedrag}
                for m, bedrag in zip(maanden, kolommen[i], strict=True)
                if bedrag >= 0
            ]
            bestand.write(json.dumps(dossier, separators=_SCHEIDING) + "\n")


def dossiernummer(rij: int) -> str:
    """Number of the household in that row."""
    return f"D-{rij + 1:06d}"


def _dossier(
    huishoudens: Huishoudens,
    rij: int,
    personen: list[dict[str, Any]],
    bekend_tot: int,
    eerste_maand: int,
    betaalmaand: int,
) -> dict[str, Any]:
    begin, eind, kind = (int(k[rij]) for k in (huishoudens.begin, huishoudens.eind, huishoudens.jongste_kind))
    dossier: dict[str, Any] = {
        "dossiernummer": dossiernummer(rij),
        "gemeentecode": GEMEENTECODE,
        "begindatum": toon_datum(begin),
        "einddatum": toon_datum(eind) if eind <= bekend_tot else None,
        "personen": personen,
        "situatie": [
            {
                "van": toon_maand(maand_van(begin)),
                "tot": None,
                "leefvorm": LEEFVORMEN[huishoudens.leefvorm[rij]],
                "kostendelende_medebewoners": int(huishoudens.kostendelers[rij]),
                "jongste_kind_geboortedatum": toon_datum(kind) if kind < OPEN else None,
            }
        ],
    }
    if eerste_maand <= (maand := int(huishoudens.maatregel_maand[rij])) <= betaalmaand:
        bedrag = int(huishoudens.maatregel[rij])
        dossier["maatregelen"] = [{"maand": toon_maand(maand), "bedrag_cent": bedrag}]
    if termijn := int(huishoudens.aflossing[rij]):
        vanaf = max(eerste_maand, maand_van(begin))
        dossier["aflossingen"] = [
            {"maand": toon_maand(m), "bedrag_cent": termijn, "vordering": f"V-{rij + 1:06d}"}
            for m in range(vanaf, betaalmaand + 1)
        ]
    return dossier


def _persoon(personen: Personen, rij: int, bsn: int, eerste_maand: int) -> dict[str, Any]:
    persoon: dict[str, Any] = {
        "bsn": f"{bsn:09d}",
        "rol": "partner" if personen.partner[rij] else "aanvrager",
        "geboortedatum": toon_datum(int(personen.geboortedatum[rij])),
    }
    medisch = int(personen.medisch_van[rij])
    if medisch < OPEN:
        persoon["medisch_urenbeperkt"] = [{"van": toon_maand(medisch), "tot": None}]
    toestemming = True if personen.toestemming_n[rij] == 1 else None
    aantal = int(personen.n_gebruikt[rij])
    # Used months lie back to back before the first month that is settled.
    gebruikt = [toon_maand(eerste_maand - aantal + i) for i in range(aantal)]
    if toestemming is not None or gebruikt:
        persoon["vrijlating"] = {"n": {"toestemming": toestemming, "gebruikte_maanden": gebruikt}}
    return persoon


def boek_besluiten(pad_in: Path, pad_uit: Path, besluiten: Mapping[str, Sequence[Any]]) -> int:
    """Copy dossiers of a municipality that booked what a run decided.

    Args:
        pad_in, pad_uit: JSON Lines; the same path is allowed. The new file appears at once or not at all.
        besluiten: columns ``dossiernummer``, ``rechtmaand`` (``YYYY-MM``) and ``bedrag_cent``: what was due over the
            month takes the place of what the dossier has booked over it.

    Returns:
        The number of bookings changed. Raises ValueError when a household is not in the file.
    """
    per_dossier: dict[str, dict[str, int]] = defaultdict(dict)
    for nummer, maand, bedrag in zip(*(besluiten[naam] for naam in _BESLUIT), strict=True):
        per_dossier[str(nummer)][str(maand)] = int(bedrag)
    aantal = 0
    tijdelijk = pad_uit.with_name(pad_uit.name + ".deel")
    with pad_in.open(encoding="utf-8") as bron, tijdelijk.open("w", encoding="utf-8", newline="\n") as doel:
        for regel in bron:
            dossier = json.loads(regel)
            besloten = per_dossier.pop(dossier["dossiernummer"], {})
            anders = [
                betaling
                for betaling in dossier.get("betalingen") or []
                if besloten.get(betaling["rechtmaand"], betaling["bedrag_cent"]) != betaling["bedrag_cent"]
            ]
            for betaling in anders:
                betaling["bedrag_cent"] = besloten[betaling["rechtmaand"]]
            aantal += len(anders)
            doel.write(json.dumps(dossier, separators=_SCHEIDING) + "\n" if anders else regel)
    if per_dossier:
        tijdelijk.unlink()
        raise ValueError(f"{len(per_dossier)} dossiers staan niet in {pad_in.name}, zoals {min(per_dossier)}")
    tijdelijk.replace(pad_uit)
    return aantal
