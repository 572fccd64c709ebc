"""Making the fictitious municipality: everything one needs to run the engine, from one seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verrekening.fouten import Gebruiksfout
from verrekening.kolommen import Getallen
from verrekening.maand import lees_maand
from verrekening.voorbeeld import (
    berichten,
    betalers,
    dossiers,
    huishoudens,
    inkomsten,
    leveringen,
    loting,
    opgaven,
)

_BELEID = f"""\
# Policy of the fictitious municipality: the defaults, written out where a choice is often made.
gemeentecode: "{dossiers.GEMEENTECODE}"
naam: Voorbeeldstad
methode: achteraf
toerekening: kalenderdagen
vakantiegeld: maandelijks_meegenomen
bijzondere_beloning: mens
vrijlating_grondslag: zonder_aanspraak
reservering_grondslag: bijstand
giften: {{bedrag: 120000, eenheid: huishouden, boven_grens: mens}}
beschermd_minimum: "0%"
"""


@dataclass(frozen=True)
class Voorbeeld:
    """Where everything lies.

    Attributes:
        map: the folder.
        dossiers: file per payment month (``YYYY-MM``).
        polis: per payment month the folders to read: this delivery and all before.
        peilmomenten: per payment month the knowledge moment of the run (ISO 8601).
        beleid: policy file.
        kapot: messages that are broken on purpose.
        aantallen: counts of what was made.
    """

    map: Path
    dossiers: Mapping[str, Path]
    polis: Mapping[str, tuple[Path, ...]]
    peilmomenten: Mapping[str, str]
    beleid: Path
    kapot: tuple[Path, ...]
    aantallen: Mapping[str, int]


def maak(
    map: str | Path,  # noqa: A002 - the Dutch word for a folder
    huishoudens: int = 10_000,
    seed: int = 1,
    eerste_maand: str = "2026-06",
    betaalmaanden: Sequence[str] = ("2026-09", "2026-10"),
) -> Voorbeeld:
    """Make the dossiers, wage returns and policy of a municipality that does not exist.

    Args:
        map: folder to write to; made when absent, refused when it already holds an example.
        huishoudens: number of households.
        seed: the same seed gives the same files.
        eerste_maand: first month over which there are bookings.
        betaalmaanden: the payment months, ascending and after ``eerste_maand``.

    Raises:
        Gebruiksfout: when the folder is taken or the months cannot be used.
    """
    doel = Path(map)
    eerste, betaal = _controleer(doel, huishoudens, eerste_maand, betaalmaanden)
    gezinnen, personen, betaler, inkomen, bsn = _trek(seed, huishoudens, eerste, betaal[0])
    maanden = range(eerste, betaal[-1])
    bekend = {maand: opgaven.bekend_inkomen(inkomen, maand) for maand in maanden}
    geboekt = dossiers.boekingen(seed, gezinnen, personen, maanden, bekend)
    # Everything that can be refused has been by now: write.
    (doel / "dossiers").mkdir(parents=True)
    (doel / "beleid.yaml").write_text(_BELEID, encoding="utf-8")
    geleverd = leveringen.schrijf(
        doel / "polis", seed, inkomen, betaler, _persoonsdelen(bsn, inkomen), personen.aantal, eerste, betaal
    )
    paden = {p: doel / "dossiers" / f"dossiers-{p}.jsonl" for p in betaalmaanden}
    for maand, pad in zip(betaal, paden.values(), strict=True):
        dossiers.schrijf(pad, gezinnen, personen, bsn, eerste, maand, geboekt)
    van_ons = inkomen.persoon[inkomen.persoon < personen.aantal]
    return Voorbeeld(
        map=doel,
        dossiers=paden,
        polis={p: tuple(geleverd.mappen[: i + 1]) for i, p in enumerate(betaalmaanden)},
        peilmomenten={p: leveringen.peilmoment(maand) for p, maand in zip(betaalmaanden, betaal, strict=True)},
        beleid=doel / "beleid.yaml",
        kapot=tuple(geleverd.kapot),
        aantallen={
            "huishoudens": gezinnen.aantal,
            "huishoudens_met_inkomen": len(np.unique(personen.huishouden[van_ons])),
            "personen": personen.aantal,
            "personen_in_polis": len(np.unique(inkomen.persoon)),
            "inkomstenverhoudingen": inkomen.aantal,
            "betalers": betaler.aantal,
            "berichten": geleverd.berichten,
            "opgaven": geleverd.opgaven,
            "opgaven_van_bekenden": geleverd.bekende_opgaven,
            "correctieberichten": geleverd.correcties,
        },
    )


def _controleer(doel: Path, aantal: int, eerste_maand: str, betaalmaanden: Sequence[str]) -> tuple[int, list[int]]:
    try:
        eerste, betaal = lees_maand(eerste_maand), [lees_maand(p) for p in betaalmaanden]
    except ValueError as fout:
        raise Gebruiksfout(str(fout)) from None
    if aantal < 1:
        raise Gebruiksfout("een voorbeeld heeft minstens een huishouden")
    if not betaal or betaal != sorted(set(betaal)) or betaal[0] <= eerste:
        raise Gebruiksfout("geef de betaalmaanden oplopend, en na de eerste maand")
    if any((doel / naam).exists() for naam in ("polis", "dossiers", "beleid.yaml")):
        raise Gebruiksfout(f"in {doel} staat al een voorbeeld; kies een andere map")
    return eerste, betaal


def _trek(
    seed: int, aantal: int, eerste: int, betaalmaand: int
) -> tuple[huishoudens.Huishoudens, huishoudens.Personen, betalers.Betalers, inkomsten.Inkomsten, Getallen]:
    gezinnen, personen = huishoudens.trek(seed, aantal, eerste, betaalmaand)
    betaler = betalers.trek(seed, aantal)
    inkomen = inkomsten.trek(seed, gezinnen, personen, betaler, eerste, betaalmaand)
    in_totaal = max(personen.aantal, int(inkomen.persoon.max(initial=-1)) + 1)
    bsn = loting.bsns(loting.stroom(seed, "bsn"), in_totaal)
    return gezinnen, personen, betaler, inkomen, bsn


def _persoonsdelen(bsn: Getallen, inkomen: inkomsten.Inkomsten) -> list[str]:
    geboortedatum = np.zeros(len(bsn), dtype=np.int64)
    geboortedatum[inkomen.persoon] = inkomen.geboortedatum
    return berichten.persoonsdelen(bsn, geboortedatum)
