"""Rule N1: which version counts, against a plain replay of the deliveries."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verrekening import maand
from verrekening.kolommen import aantal
from verrekening.polis import Levering, bepaal, lees
from verrekening.polis.versies import GEBRUIKT, INGETROKKEN, NA_PEILDATUM, VERVANGEN, tellingen

LAAT = 2**62
VROEG, MIDDEN, EIND = "2026-08-03T10:00:00", "2026-08-10T10:00:00", "2026-08-20T10:00:00"


def lees_alles(map_: Path, *berichten: str) -> Levering:
    """Read messages in this order."""
    for oud in map_.glob("*.xml"):
        oud.unlink()
    for nummer, bericht in enumerate(berichten):
        (map_ / f"{nummer:03d}.xml").write_text(bericht)
    return lees([map_], None)


def status(levering: Levering, peil: int = LAAT) -> list[int]:
    """Status per record as plain numbers."""
    return [int(s) for s in bepaal(levering, peil).status]


def test_laatste_moment_wint_ook_als_het_eerder_is_aangeleverd(bouw: Any, tmp_path: Path) -> None:
    """The moment decides, not the order of the files."""
    nieuw = bouw.een(bouw.opgave(LnLbPh="2.00"), moment=MIDDEN)
    levering = lees_alles(tmp_path, nieuw, bouw.een(bouw.opgave(LnLbPh="1.00"), moment=VROEG))
    assert status(levering) == [GEBRUIKT, VERVANGEN]


def test_zelfde_moment_hoger_idber_wint_en_getallen_tellen_als_getal(bouw: Any, tmp_path: Path) -> None:
    """At one moment the higher IdBer wins: B10 is higher than B9."""
    levering = lees_alles(tmp_path, *[bouw.een(bouw.opgave(), idber=i) for i in ("B9", "B10", "B8")])
    assert status(levering) == [VERVANGEN, GEBRUIKT, VERVANGEN]


def test_zelfde_moment_en_idber_latere_plaats_wint(bouw: Any, tmp_path: Path) -> None:
    """Within one message the later record of a key wins."""
    levering = lees_alles(tmp_path, bouw.een(bouw.opgave(LnLbPh="1.00") + bouw.opgave(LnLbPh="2.00")))
    assert status(levering) == [VERVANGEN, GEBRUIKT]


def test_versie_na_het_peilmoment_telt_nog_niet(bouw: Any, tmp_path: Path) -> None:
    """A version known later is neither used nor replaces anything; at its own moment it does."""
    levering = lees_alles(
        tmp_path, bouw.een(bouw.opgave(), moment=VROEG), bouw.een(bouw.opgave(LnLbPh="1.00"), moment=EIND)
    )
    grens = maand.lees_moment(EIND)
    assert status(levering, grens - 1) == [GEBRUIKT, NA_PEILDATUM]
    assert status(levering, grens) == [VERVANGEN, GEBRUIKT]
    assert aantal(bepaal(levering, grens - 1).correcties) == 0
    assert aantal(bepaal(levering, grens).correcties) == 1


def test_intrekking_haalt_de_opgave_weg_en_herlevering_zet_haar_terug(bouw: Any, tmp_path: Path) -> None:
    """A withdrawal removes what was known before it; a later delivery counts again."""
    weg = bouw.bericht(bouw.tijdvak(bouw.intrekking(), "AanvullendeAangifte"), moment=MIDDEN)
    levering = lees_alles(tmp_path, bouw.een(bouw.opgave(), moment=VROEG), weg)
    assert status(levering) == [INGETROKKEN]
    assert bepaal(levering, LAAT).correcties["numiv"].tolist() == [1]
    terug = bouw.bericht(bouw.tijdvak(bouw.opgave(), "AanvullendeAangifte"), moment=EIND)
    assert status(lees_alles(tmp_path, bouw.een(bouw.opgave(), moment=VROEG), weg, terug)) == [
        INGETROKKEN,
        GEBRUIKT,
    ]


def test_intrekking_in_hetzelfde_bericht_gaat_over_eerdere_versies(bouw: Any, tmp_path: Path) -> None:
    """A message that withdraws and delivers one key replaces it."""
    beide = bouw.bericht(
        bouw.tijdvak(bouw.opgave(LnLbPh="9.00") + bouw.intrekking(), "AanvullendeAangifte"), moment=MIDDEN
    )
    levering = lees_alles(tmp_path, bouw.een(bouw.opgave(), moment=VROEG), beide)
    assert status(levering) == [INGETROKKEN, GEBRUIKT]


def test_intrekking_voor_een_ander_tijdvak_of_nummer_doet_niets(bouw: Any, tmp_path: Path) -> None:
    """A withdrawal is about one IKV in one tijdvak."""
    ander = bouw.bericht(
        bouw.tijdvak(bouw.intrekking(numiv="2"), "AanvullendeAangifte"),
        bouw.tijdvak(bouw.intrekking(), "TijdvakCorrectie", bouw.tijdvakken[1]),
        moment=EIND,
    )
    levering = lees_alles(tmp_path, bouw.een(bouw.opgave(), moment=VROEG), ander)
    assert status(levering) == [GEBRUIKT]
    assert aantal(bepaal(levering, LAAT).correcties) == 0


def test_latere_volledige_aangifte_trekt_in_wat_er_niet_meer_in_staat(bouw: Any, tmp_path: Path) -> None:
    """Only the same LhNr and tijdvak, and only a VolledigeAangifte."""
    eerst = bouw.een(bouw.opgave() + bouw.opgave(999996769), moment=VROEG)
    zonder = bouw.tijdvak(bouw.opgave())
    assert status(lees_alles(tmp_path, eerst, bouw.bericht(zonder, moment=MIDDEN))) == [
        VERVANGEN,
        INGETROKKEN,
        GEBRUIKT,
    ]
    ander = bouw.bericht(zonder, moment=MIDDEN, lhnr=bouw.lhnr[1])
    assert status(lees_alles(tmp_path, eerst, ander)) == [GEBRUIKT] * 3
    aanvullend = bouw.bericht(bouw.tijdvak(bouw.opgave(), "AanvullendeAangifte"), moment=MIDDEN)
    assert status(lees_alles(tmp_path, eerst, aanvullend)) == [VERVANGEN, GEBRUIKT, GEBRUIKT]


def test_lege_volledige_aangifte_trekt_alles_in(bouw: Any, tmp_path: Path) -> None:
    """A return without any record says that nobody had income."""
    levering = lees_alles(tmp_path, bouw.een(bouw.opgave(), moment=VROEG), bouw.een("", moment=MIDDEN))
    assert status(levering) == [INGETROKKEN]


def test_geweigerde_opgave_trekt_de_vorige_niet_in(bouw: Any, tmp_path: Path) -> None:
    """A record that could not be read is still in its return; also when its number could not be read."""
    for kapot in (bouw.opgave(LnLbPh="x"), bouw.opgave(numiv="x")):
        levering = lees_alles(tmp_path, bouw.een(bouw.opgave(), moment=VROEG), bouw.een(kapot, moment=MIDDEN))
        assert status(levering) == [GEBRUIKT]


def test_zelfde_inhoud_twee_keer_is_geen_correctie(bouw: Any, tmp_path: Path) -> None:
    """A repeated delivery replaces silently; also with the income periods in another order or another travel allowance."""
    p = [bouw.periode(), bouw.periode("2026-07-16", "56")]
    een, twee = bouw.opgave(perioden=p), bouw.opgave(perioden=p[::-1], Reisk="1.00")
    levering = lees_alles(tmp_path, bouw.een(een, moment=VROEG), bouw.een(twee, moment=MIDDEN))
    assert status(levering) == [VERVANGEN, GEBRUIKT]
    assert aantal(bepaal(levering, LAAT).correcties) == 0


def test_elk_gebruikt_veld_dat_wijzigt_geeft_een_correctie(bouw: Any, tmp_path: Path) -> None:
    """An amount, known or not, the dates of the IKV and the income periods count."""
    anders: list[dict[str, Any]] = [
        {"LnLbPh": "1.00"}, {"IngLbPh": None}, {"einde": "2026-07-10"}, {"aanvang": "2026-02-01"},
        {"perioden": [bouw.periode(lhkort="N")]}, {"perioden": [bouw.periode(), bouw.periode("2026-07-16")]},
        {"perioden": []},
    ]  # fmt: skip
    for wijziging in anders:
        tweede = bouw.een(bouw.opgave(**wijziging), moment=MIDDEN)
        levering = lees_alles(tmp_path, bouw.een(bouw.opgave(), moment=VROEG), tweede)
        rij = bepaal(levering, LAAT).correcties
        assert (*rij["bsn"], *rij["moment"]) == (999990019, maand.lees_moment(MIDDEN)), wijziging


def test_voorbeeldberichten_geven_de_bedoelde_versies(bouw: Any) -> None:
    """The correction replaces July, the withdrawal removes the second job."""
    namen = ["2026-07-maand", "2026-08-correctie", "2026-09-intrekking"]
    levering = lees([bouw.fixtures / f"{naam}.xml" for naam in namen], None)
    assert status(levering) == [VERVANGEN, INGETROKKEN, GEBRUIKT, GEBRUIKT]
    assert sorted(bepaal(levering, LAAT).correcties["bsn"].tolist()) == [999990019, 999996769]


def test_niets_gelezen_geeft_niets(tmp_path: Path) -> None:
    """An empty delivery has no versions and no corrections."""
    versies = bepaal(lees([tmp_path], None), LAAT)
    assert len(versies.status) == 0
    assert aantal(versies.correcties) == 0


OPGAVE = st.tuples(st.integers(0, 2), st.integers(1, 2), st.integers(0, 2))
TIJDVAK = st.tuples(
    st.sampled_from(["VolledigeAangifte", "AanvullendeAangifte", "TijdvakCorrectie"]),
    st.integers(0, 1),
    st.lists(OPGAVE, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 2)), max_size=2),
)
BERICHT = st.tuples(st.integers(1, 3), st.integers(0, 1), TIJDVAK)


def schrijf(bouw: Any, nummer: int, bericht: Any) -> str:
    """The XML of a drawn message; the IdBer is its number, so the order is total."""
    dag, lhnr, (soort, tijdvak, opgaven, intrekkingen) = bericht
    inhoud = "".join(bouw.opgave(bouw.bsn[b], str(n), LnLbPh=f"{loon}.00") for b, n, loon in opgaven)
    if soort != "VolledigeAangifte":
        inhoud += "".join(bouw.intrekking(bouw.bsn[b], str(n)) for b, n in intrekkingen)
    return str(
        bouw.bericht(
            bouw.tijdvak(inhoud, soort, bouw.tijdvakken[tijdvak]),
            moment=f"2026-08-0{dag}T10:00:00", idber=f"B{nummer}", lhnr=bouw.lhnr[lhnr],
        )
    )  # fmt: skip


def naspelen(berichten: list[Any], peildag: int) -> dict[tuple[int, int], int]:
    """Status per (message, record) by replaying the messages one by one."""
    uit: dict[tuple[int, int], int] = {}
    stand: dict[Any, tuple[int, int]] = {}
    for nummer, (dag, lhnr, (soort, tijdvak, opgaven, intrekkingen)) in sorted(
        enumerate(berichten), key=lambda paar: (paar[1][0], paar[0])
    ):
        if dag > peildag:
            uit.update({(nummer, plaats): NA_PEILDATUM for plaats in range(len(opgaven))})
            continue
        sleutels = [(lhnr, tijdvak, b, n) for b, n, _ in opgaven]
        weg = [(lhnr, tijdvak, b, n) for b, n in intrekkingen]
        if soort == "VolledigeAangifte":
            weg = [s for s in stand if s[:2] == (lhnr, tijdvak) and s not in sleutels]
        for sleutel in weg:
            if sleutel in stand:
                uit[stand.pop(sleutel)] = INGETROKKEN
        for plaats, sleutel in enumerate(sleutels):
            if sleutel in stand:
                uit[stand[sleutel]] = VERVANGEN
            stand[sleutel] = (nummer, plaats)
            uit[nummer, plaats] = GEBRUIKT
    return uit


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BERICHT, min_size=1, max_size=6), st.integers(0, 3), st.randoms(use_true_random=False))
def test_versies_zijn_gelijk_aan_naspelen_en_los_van_de_volgorde(
    bouw: Any, tmp_path: Path, berichten: list[Any], peildag: int, toeval: Any
) -> None:
    """Whatever the order of delivery, the verdict is that of replaying by moment; and the counts add up."""
    verwacht = naspelen(berichten, peildag)
    peil = maand.lees_moment(f"2026-08-0{peildag or 1}T10:00:00") - (0 if peildag else 1)
    volgorde = list(range(len(berichten)))
    correcties = []
    for _ in range(2):
        levering = lees_alles(tmp_path, *[schrijf(bouw, n, berichten[n]) for n in volgorde])
        versies = bepaal(levering, peil)
        bestand = levering.opgaven["bestand"].tolist()
        gezien = {(volgorde[b], rij - bestand.index(b)): int(versies.status[rij]) for rij, b in enumerate(bestand)}
        assert gezien == verwacht
        for rij in tellingen(levering, versies):
            assert rij["gelezen"] == sum(v for k, v in rij.items() if k != "gelezen")
        correcties.append(sorted(zip(*(k.tolist() for k in versies.correcties.values()), strict=True)))
        toeval.shuffle(volgorde)
    assert correcties[0] == correcties[1]


def test_geen_bsn_in_wat_getoond_wordt(bouw: Any) -> None:
    """Nothing that is meant for people holds nine digits that could be a BSN."""
    levering = lees([bouw.fixtures], None)
    tekst = repr((levering.bestanden, levering.afkeuringen, levering.bevindingen))
    assert not re.search(r"(?<!\w)\d{9}(?!\w)", tekst)
