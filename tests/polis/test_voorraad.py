"""Wage records by block: every block has what the whole has of its persons, and all blocks count everything once."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hulp import hooguit
from tests.polis.test_delen import alles as alles  # noqa: PLC0414 - a fixture
from tests.polis.test_snel import zelfde

from verrekening.fouten import ProgrammeerFout, VerrekeningFout
from verrekening.kolommen import Masker, kies_rijen
from verrekening.polis import Levering, bepaal, lees, lees_in_delen, samen_op_inhoud
from verrekening.polis.tabel import SLEUTEL, samen
from verrekening.polis.versies import per_bestand, tel, tellingen
from verrekening.polis.voorraad import Verdeling, Voorraad

VAN_PERSONEN = ("opgaven", "intrekkingen", "afgekeurde_opgaven")
LAAT = 2**62


def verdeling(paren: Sequence[tuple[int, int]], aantal: int) -> Verdeling:
    """Persons and their blocks, in order of person; of a person the first pair owns."""
    rij = sorted(paren, key=lambda paar: paar[0])
    return Verdeling(np.array([b for b, _ in rij], np.int64), np.array([n for _, n in rij], np.int64), aantal)


def van_blok(hoe: Verdeling, nr: int, bsn: np.ndarray[Any, Any]) -> tuple[Masker, Masker]:
    """Per row whether the block needs it and whether it is counted there, person by person."""
    blokken: dict[int, list[int]] = {}
    for persoon, blok in zip(hoe.bsn.tolist(), hoe.blok.tolist(), strict=True):
        blokken.setdefault(persoon, []).append(blok)
    per_rij = [blokken.get(persoon, [persoon % hoe.aantal]) for persoon in bsn.tolist()]
    return np.array([nr in rij for rij in per_rij], bool), np.array([rij[0] == nr for rij in per_rij], bool)


def deel_van(heel: Levering, hoe: Verdeling, nr: int) -> tuple[Levering, Masker]:
    """The same block, chosen from everything in memory."""
    tabellen: dict[str, Any] = {}
    for naam in VAN_PERSONEN:
        tabel = getattr(heel, naam)
        tabellen[naam] = kies_rijen(tabel, van_blok(hoe, nr, tabel["bsn"])[0])
    hier, telt = van_blok(hoe, nr, heel.opgaven["bsn"])
    nieuw = np.cumsum(hier) - 1
    perioden = kies_rijen(heel.perioden, hier[heel.perioden["opgave"]])
    perioden["opgave"] = nieuw[perioden["opgave"]]
    deel = Levering(
        heel.bestanden, aangiften=heel.aangiften, idber=heel.idber, perioden=perioden, afkeuringen=(), bevindingen=(),
        **tabellen,
    )  # fmt: skip
    return deel, telt[hier]


def keur(leveringen: Sequence[Levering], hoe: Verdeling, peilmoment: int, map_: Path) -> None:
    """Everything that is promised of a Voorraad."""
    voorraad = Voorraad(map_, hoe)
    for levering in leveringen:
        voorraad.leg_weg(levering)
    voorraad.sluit()
    heel = samen_op_inhoud(leveringen)
    for naam in ("bestanden", "afkeuringen", "bevindingen"):
        assert tuple(getattr(voorraad, naam)) == getattr(heel, naam)
    versies = bepaal(heel, peilmoment)
    geteld = np.zeros((len(heel.bestanden), 4), np.int64)
    bekeken = 0
    for nr in range(hoe.aantal):
        blok = voorraad.blok(nr)
        verwacht, telt = deel_van(heel, hoe, nr)
        zelfde(blok.levering, verwacht)
        assert np.array_equal(blok.telt, telt)
        hier = bepaal(blok.levering, peilmoment, voorraad.koppen)
        assert np.array_equal(hier.status, versies.status[van_blok(hoe, nr, heel.opgaven["bsn"])[0]])
        correcties = kies_rijen(versies.correcties, van_blok(hoe, nr, versies.correcties["bsn"])[0])
        for naam in (*SLEUTEL, "moment"):
            assert np.array_equal(hier.correcties[naam], correcties[naam])
        geteld += tel(blok.levering, hier, blok.telt)
        bekeken += int(blok.telt.sum())
    assert bekeken == len(heel.opgaven["bsn"])
    assert per_bestand(voorraad.bestanden, geteld) == tellingen(heel, versies)
    assert all(stat.S_IMODE(pad.stat().st_mode) == 0o600 for pad in map_.iterdir())


OPGAVE = st.tuples(st.integers(0, 3), st.integers(1, 2), st.sampled_from(["1.00", "2.00", "x"]), st.integers(0, 2))
TIJDVAK = st.tuples(
    st.sampled_from(["VolledigeAangifte", "VolledigeAangifte", "AanvullendeAangifte", "TijdvakCorrectie"]),
    st.integers(0, 1),
    st.lists(OPGAVE, max_size=3),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["1", "2", "x"])), max_size=2),
)
BERICHT = st.tuples(st.integers(1, 3), st.integers(0, 1), st.integers(1, 12), st.lists(TIJDVAK, min_size=1, max_size=2))


def schrijf(bouw: Any, bericht: Any) -> str:
    """The XML of a drawn message."""
    dag, lhnr, idber, tijdvakken = bericht
    delen = []
    for soort, tijdvak, opgaven, intrekkingen in tijdvakken:
        inhoud = "".join(
            bouw.opgave(
                bouw.bsn[b], str(n), LnLbPh=loon, perioden=[bouw.periode(), bouw.periode("2026-07-16")][:perioden]
            )
            for b, n, loon, perioden in opgaven
        )
        if soort != "VolledigeAangifte":
            inhoud += "".join(bouw.intrekking(bouw.bsn[b], numiv) for b, numiv in intrekkingen)
        delen.append(bouw.tijdvak(inhoud, soort, bouw.tijdvakken[tijdvak]))
    return str(bouw.bericht(*delen, moment=f"2026-08-0{dag}T10:00:00", idber=f"B{idber}", lhnr=bouw.lhnr[lhnr]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_een_blok_is_het_geheel_van_zijn_personen(bouw: Any, data: st.DataObject) -> None:
    """Whatever is delivered, read in parts, read again for others, and however persons are divided over blocks."""
    berichten = data.draw(st.lists(BERICHT, min_size=1, max_size=5))
    aantal = data.draw(st.integers(1, 3))
    paren = data.draw(st.lists(st.tuples(st.sampled_from(bouw.bsn[:3]), st.integers(0, aantal - 1)), max_size=6))
    eerst = data.draw(st.lists(st.sampled_from(bouw.bsn), unique=True))
    peilmoment = data.draw(st.sampled_from([LAAT, 1785664800000000, 0]))
    with tempfile.TemporaryDirectory() as boven:
        map_ = Path(boven)
        for naam in ("in", "uit", "delen"):
            (map_ / naam).mkdir()
        for nummer, bericht in enumerate(berichten):
            (map_ / "in" / f"{nummer}.xml").write_text(schrijf(bouw, bericht))
        later = [bsn for bsn in bouw.bsn if bsn not in eerst]
        grootte = data.draw(st.sampled_from([1, 4, 100]))
        delen = list(lees_in_delen([map_ / "in"], eerst, 7, map_ / "delen", grootte=grootte))
        zelfde(samen(delen), lees([map_ / "in"], eerst, 7))
        # The same files once more, for the persons who were not known the first time.
        delen += lees_in_delen([map_ / "in"], later, 7, map_ / "delen", grootte=grootte) if later else []
        keur(delen, verdeling(paren, aantal), peilmoment, map_ / "uit")


@pytest.mark.parametrize("grootte", [1, 30, 10**6])
def test_alle_soorten_bestanden_gaan_door_de_voorraad(alles: Path, tmp_path: Path, grootte: int) -> None:
    """XML, Suwinet, CSV, gz and zip, good and broken; persons in two blocks, in one twice, and in none."""
    bekend = np.unique(lees([alles], None, 7).opgaven["bsn"])
    paren = [(int(bsn), nr % 3) for nr, bsn in enumerate(bekend) if nr % 4] + [(int(bsn), 1) for bsn in bekend[::2]]
    (tmp_path / "uit").mkdir()
    delen = list(lees_in_delen([alles], None, 7, tmp_path, grootte=grootte))
    keur(delen, verdeling(paren, 3), LAAT, tmp_path / "uit")


def test_zonder_leveringen_is_elk_blok_leeg(tmp_path: Path) -> None:
    """Nothing was delivered: tables without rows."""
    keur([], verdeling([(999990019, 1)], 2), LAAT, tmp_path)


@pytest.mark.parametrize(("paren", "aantal"), [([(1, 2)], 2), ([(1, -1)], 2), ([], 0)])
def test_een_verdeling_die_niet_kan_is_een_programmeerfout(paren: list[tuple[int, int]], aantal: int) -> None:
    """A block that is not there."""
    with pytest.raises(ProgrammeerFout):
        verdeling(paren, aantal)


def test_een_verdeling_is_op_volgorde() -> None:
    """Persons are looked up by halves."""
    with pytest.raises(ProgrammeerFout):
        Verdeling(np.array([2, 1]), np.array([0, 0]), 1)


def test_wegleggen_en_openen_gaan_niet_door_elkaar(tmp_path: Path) -> None:
    """A block is known after the last reading; after that nothing comes in."""
    voorraad = Voorraad(tmp_path, verdeling([], 1))
    with pytest.raises(ProgrammeerFout):
        voorraad.blok(0)
    voorraad.sluit()
    with pytest.raises(ProgrammeerFout):
        voorraad.leg_weg(samen([]))


def test_een_volle_schijf_bij_het_wegleggen_is_een_duidelijke_fout(alles: Path, tmp_path: Path) -> None:
    """The run stops before anything was decided; who made the folder removes it."""
    voorraad = Voorraad(tmp_path, verdeling([(999990019, 1)], 2))
    levering = lees([alles], None, 7)
    with hooguit(3000), pytest.raises(VerrekeningFout, match=r"File too large.*maak ruimte"):
        voorraad.leg_weg(levering)


def test_van_een_blok_blijft_niets_van_de_bestanden_in_gebruik(alles: Path, tmp_path: Path) -> None:
    """Columns of a block are its own: the folder may go while they are used, and they may be changed."""
    voorraad = Voorraad(tmp_path, verdeling([], 1))
    levering = lees([alles], None, 7)
    voorraad.leg_weg(levering)
    voorraad.sluit()
    blok = voorraad.blok(0)
    for pad in tmp_path.iterdir():
        pad.unlink()
    heel = replace(samen_op_inhoud([levering]), afkeuringen=(), bevindingen=())
    zelfde(blok.levering, heel)
    assert all(kolom.flags.writeable for kolom in blok.levering.opgaven.values())
    with pytest.raises(VerrekeningFout, match="op schijf staan"):
        voorraad.blok(0)
