"""The command line through its real entry point: exit codes, stdout and stderr, JSON, help."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests import hulp

ROOT = Path(__file__).parents[2]
ZAAK = ROOT / "fixtures" / "zaken" / "eerste-zaak"
INVOER = [
    "--dossiers",
    str(ZAAK / "dossiers.jsonl"),
    "--polis",
    str(ZAAK / "polis"),
    "--beleid",
    str(ZAAK / "beleid.yaml"),
]
KORT = ["--maand", "2026-08", "--peildatum", "2026-08-15T00:00:00+00:00"]

MAAND = (
    "maand", "norm_cent", "netto_arbeid_cent", "netto_uitkeringen_cent", "vakantietoeslag_aanspraak_cent", "vrijlating_cent",
    "vrijlating_onderdeel", "overige_inkomsten_cent", "giften_meegeteld_cent", "inkomen_cent", "bijstand_cent", "reservering_cent",
    "netto_uitkering_cent", "maatregel_cent", "verschuldigd_cent", "betaald_cent", "verschil_cent", "te_verrekenen_cent",
    "verrekend_cent", "nabetaald_cent", "open_cent",
)  # fmt: skip
BETALING = (
    "norm_cent", "verwacht_inkomen_cent", "besteedbaar_inkomen_cent", "bijstand_cent", "reservering_cent", "netto_uitkering_cent",
    "maatregel_cent", "verschuldigd_cent", "verrekend_met_uitkering_cent", "verrekend_met_nabetaling_cent", "nabetaling_cent",
    "aflossing_cent", "bufferbudget_cent", "te_betalen_cent",
)  # fmt: skip


def verrekening(*args: str, map_: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The command as people run it, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "verrekening", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=map_,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def uitleg() -> dict[str, Any]:
    """The JSON explanation of the first case."""
    uit = verrekening("zaak", "D-000001", *KORT, *INVOER, "--json")
    assert (uit.returncode, uit.stderr) == (0, "")
    inhoud: dict[str, Any] = json.loads(uit.stdout)
    return inhoud


def test_one_case_is_explained_when_nobody_listens_to_stderr(uitleg: dict[str, Any]) -> None:
    """A caller may have closed it."""
    opdracht = ["sh", "-c", '"$@" 2>&-', "sh", sys.executable, "-m", "verrekening"]
    uit = subprocess.run(
        [*opdracht, "zaak", "D-000001", *KORT, *INVOER, "--json"], stdout=subprocess.PIPE, check=False, encoding="utf-8"
    )
    assert (uit.returncode, json.loads(uit.stdout)) == (0, uitleg)


def test_one_case_as_json_has_the_keys_of_the_contract_in_order(uitleg: dict[str, Any]) -> None:
    """Names and order are fixed: other systems rely on them."""
    assert list(uitleg) == [
        "versie",
        "dossiernummer",
        "betaalmaand",
        "peildatum",
        "maanden",
        "betaling",
        "signalen",
        "regels",
        "niet_berekend",
    ]
    assert (uitleg["versie"], uitleg["peildatum"]) == ("uitleg.v1", "2026-08-15T00:00:00+00:00")
    assert tuple(uitleg["maanden"][0]) == MAAND
    assert tuple(uitleg["betaling"]) == BETALING
    velden = {"code", "gewicht", "maand", "bedrag_cent", "regel", "artikel", "tekst"}
    assert all(velden <= set(signaal) for signaal in uitleg["signalen"])


def test_one_case_as_json_has_the_cents_of_the_first_worked_month(uitleg: dict[str, Any]) -> None:
    """July 2026, settled in August."""
    juli, betaling = uitleg["maanden"][0], uitleg["betaling"]
    assert (juli["norm_cent"], juli["inkomen_cent"], juli["verrekend_cent"]) == (141946, 57821, 54930)
    assert (betaling["verschuldigd_cent"], betaling["te_betalen_cent"], betaling["besteedbaar_inkomen_cent"]) == (
        134849,
        79919,
        69664,
    )


def test_every_amount_is_explained_with_rule_article_formula_and_inputs(uitleg: dict[str, Any]) -> None:
    """Each intermediate amount says where it comes from; nothing holds a BSN."""
    op_naam = {regel["naam"]: regel for regel in uitleg["regels"]}
    for naam, bedrag in (
        ("netto", 69664),
        ("wga", 336),
        ("aanspraak_art11", 5573),
        ("vrijlating_n", 17416),
        ("bijstand", None),
    ):
        regel = op_naam[naam]
        assert regel["regel"]
        assert regel["artikel"]
        assert regel["formule"]
        assert all(invoer["herkomst"] for invoer in regel["invoer"])
        assert bedrag is None or regel["bedrag_cent"] == bedrag
    assert hulp.BSN not in json.dumps(uitleg)


def test_piped_output_has_no_escape_codes_and_fits_the_width() -> None:
    """Readable in a pipe and in 80 columns."""
    uit = verrekening("zaak", "D-000001", *KORT, *INVOER)
    assert uit.returncode == 0
    assert "\x1b" not in uit.stdout
    assert "€ 799,19" in uit.stdout
    assert "Pw art. 31 lid 2 onder n" in uit.stdout


def test_batch_writes_its_folder_and_says_where(tmp_path: Path) -> None:
    """Several values behind one flag; a second run into the same folder is refused."""
    args = ["batch", *KORT, "--dossiers", str(ZAAK / "dossiers.jsonl"), "--polis", str(ZAAK / "polis"), str(ROOT / "fixtures/polis/2026-07-vierweken.xml"),
            "--beleid", str(ZAAK / "beleid.yaml"), "--uit", str(tmp_path / "uit")]  # fmt: skip
    eerste = verrekening(*args)
    assert eerste.returncode == 0, eerste.stderr
    assert f"Uitvoer: {tmp_path / 'uit'}" in eerste.stdout.splitlines()
    assert len(list((tmp_path / "uit").iterdir())) == 8
    tweede = verrekening(*args)
    assert tweede.returncode == 2
    assert "niet leeg" in tweede.stderr
    assert tweede.stdout == ""


@pytest.mark.parametrize(
    ("args", "code", "reden"),
    [
        (["zaak", "D-9", *KORT, *INVOER], 3, "staat niet in"),
        (["zaak", "D-000001", "--maand", "2027-02", *INVOER], 3, "2027-02"),
        (["zaak", "D-000001", "--maand", "2026-8", *INVOER], 2, "JJJJ-MM"),
        (["zaak", "D-000001", *KORT, "--dossiers", "bestaat-niet.jsonl", *INVOER[2:]], 2, "bestaat niet"),
        (["zaak", "D-000001", *KORT, *INVOER, "--administratie", "x.db"], 2, "gaan niet samen"),
        (["zaak", "D-000001", *KORT, "--administratie", "bestaat-niet.db"], 3, "bestaat niet"),
        (["zaak", "D-000001", *KORT], 2, "--dossiers ontbreekt"),
        (["zaak", "D-000001", *KORT, *INVOER, "--waarom", "2026-07"], 2, "geef --administratie"),
        (["onbekend"], 2, "onbekend"),
        (["batch", *KORT, *INVOER], 2, "--uit"),
    ],
)
def test_wrong_usage_and_refused_input_have_their_exit_code_and_a_sentence(
    args: list[str], code: int, reden: str
) -> None:
    """On stderr, without a traceback; stdout stays empty."""
    uit = verrekening(*args)
    assert uit.returncode == code
    assert reden in uit.stderr
    assert "Traceback" not in uit.stderr
    assert uit.stdout == ""


def test_streng_ends_with_4_when_a_household_is_stopped(tmp_path: Path) -> None:
    """Everything is written; the exit code says that somebody must look."""
    hulp.schrijf_dossiers(
        tmp_path / "d.jsonl", [hulp.dossier(uitgesloten="op verzoek", betalingen=[hulp.boeking("2026-07", 134849)])]
    )
    args = ["batch", *KORT, "--dossiers", str(tmp_path / "d.jsonl"), *INVOER[2:]]
    assert verrekening(*args, "--uit", str(tmp_path / "a"), "--streng").returncode == 4
    assert verrekening(*args, "--uit", str(tmp_path / "b")).returncode == 0
    assert (tmp_path / "a" / "werkvoorraad.csv").exists()


def test_polis_controleer_reports_good_and_bad_files() -> None:
    """A summary of what was read and refused, as text and as JSON."""
    tekst = verrekening("polis", "controleer", "fixtures/polis")
    assert tekst.returncode == 0, tekst.stderr
    inhoud = json.loads(verrekening("polis", "controleer", "fixtures/polis", "--json").stdout)
    assert inhoud


@pytest.mark.parametrize("breedte", ["60", "140"])
@pytest.mark.parametrize("args", [("regels",), ("parameters",), ("parameters", "--verloopt"), ("regels", "--niet")])
def test_what_can_be_looked_up_fits_the_screen_and_has_no_colour_in_a_pipe(
    args: tuple[str, ...], breedte: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Narrow and wide; every rule, amount or gap is there."""
    monkeypatch.setenv("COLUMNS", breedte)
    monkeypatch.delenv("NO_COLOR", raising=False)
    uit = verrekening(*args).stdout
    assert "\x1b" not in uit
    assert max(len(regel.rstrip()) for regel in uit.splitlines()) <= int(breedte)
    namen = [een.get("naam") or een["artikel"].split(";")[0] for een in json.loads(verrekening(*args, "--json").stdout)]
    plat = "".join(uit.split())
    assert len(namen) > 10
    assert all("".join(naam.split()) in plat for naam in namen)


def test_parameters_and_rules_can_be_looked_up() -> None:
    """Amounts with source, rules with article."""
    assert "1419" in verrekening("parameters", "norm_21a_alleenstaande_21_aow", "--op", "2026-08-01").stdout.replace(
        ".", ""
    )
    assert "Regeling Pw art. 7a" in verrekening("regels", "netto").stdout
    assert json.loads(verrekening("regels", "--json").stdout)
    assert json.loads(verrekening("parameters", "--json").stdout)


def test_the_demo_runs_two_months_and_settles_nothing_twice(tmp_path: Path) -> None:
    """A small municipality; the second month knows what the first settled."""
    uit = verrekening("demo", "--huishoudens", "80", "--map", str(tmp_path / "demo"))
    assert uit.returncode == 0, uit.stderr
    controles = [
        json.loads((tmp_path / "demo" / "uitvoer" / maand / "controle.json").read_text(encoding="utf-8"))
        for maand in ("2026-09", "2026-10")
    ]
    for controle in controles:
        assert controle["geldidentiteit"]["klopt"]
        assert controle["opgaven"]["telt_op"]
        assert controle["huishoudens"]["verrekend"] > 0


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["batch"],
        ["zaak"],
        ["demo"],
        ["polis", "controleer"],
        ["parameters"],
        ["regels"],
        ["zaak", "besluit"],
        ["werkvoorraad"],
        ["administratie", "controleer"],
        ["administratie", "reservekopie"],
        ["administratie", "runs"],
    ],
)
def test_every_command_has_help_with_an_example(args: list[str]) -> None:
    """Help is Dutch and shows how."""
    uit = verrekening(*args, "--help")
    assert uit.returncode == 0
    assert "Voorbeeld" in uit.stdout
