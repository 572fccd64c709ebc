"""Writes docs/regels.md and docs/parameters.md from the code: ``python docs/maak_naslag.py`` in the root of the repo.

A test checks that the pages are current. With ``--gevallen`` the worked case that stands with a rule is looked up
again by running all cases.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from verrekening import catalogus
from verrekening.leemten import LEEMTEN
from verrekening.parameters import laad

GEVAL = "Worked case: "

_REGELS = f"""# The rules

Made from the code by `docs/maak_naslag.py`. The same on the command line: `verrekening regels [NAAM] [--json]`.
Sentences are Dutch, as in the explanation of a case; a name between braces is what the rule reads. *{GEVAL.strip()}*
is a case in `tests/scenarios/` that reaches the rule.

The chapters stand in the order of the calculation. What is not computed stands [at the end](#not-computed).
"""

_PARAMETERS = """# The amounts

Made from the code by `docs/maak_naslag.py`. The same on the command line:
`verrekening parameters [NAAM] [--op DATE] [--json]`, and what must be updated before which month:
`verrekening parameters --verloopt`. [How to enter a new half-year](nieuw-halfjaar.md).
Status *voorlopig* means: used until something better is published, and every result that used it says so.
"""


def regelpagina(gevallen: Mapping[str, str]) -> str:
    """The page of rules.

    Args:
        gevallen: name of a rule -> name of a worked case that reaches it.
    """
    delen = [_REGELS]
    alle = catalogus.regels()
    for hoofdstuk in dict.fromkeys(een["hoofdstuk"] for een in alle):
        delen.append(f"## {hoofdstuk}\n")
        for een in (een for een in alle if een["hoofdstuk"] == hoofdstuk):
            geldig = " ".join(
                f"{woord} {een[veld]}" for woord, veld in (("from", "vanaf"), ("through", "tot")) if een[veld]
            )
            delen.append(f"### {een['naam']}" + (f" ({geldig})" if geldig else "") + "\n")
            delen.append(f"{een['zin']}\n")
            leest = ", ".join(f"`{naam}` ({herkomst})" for naam, herkomst in een["herkomst"].items())
            delen.append(f"- Rule {een['regel']}, {een['artikel']}; one value per row of `{een['niveau']}`")
            if leest:
                delen.append(f"- Reads {leest}")
            sleutel = een["naam"] if een["vanaf"] is None else f"{een['naam']} (vanaf {een['vanaf']})"
            if sleutel in gevallen:
                delen.append(f"- {GEVAL}{gevallen[sleutel]}")
            delen.append("")
    delen.append("## Not computed\n\nAlso: `verrekening regels --niet`.\n")
    delen += _tabel(
        ("Article", "What", "What to do", "Named in the explanation"),
        ((een.artikel, een.wat, een.doen, een.in_zaak or "–") for een in LEEMTEN),
    )
    return "\n".join(delen) + "\n"


def parameterpagina() -> str:
    """The page of amounts."""
    delen = [_PARAMETERS]
    for plaats, groep in groupby(catalogus.parameters(laad()), key=lambda een: een["plaats"]):
        delen.append(f"## {Path(plaats).stem}\n\nEntered in [{plaats}](../{plaats}).\n")
        for een in groep:
            delen.append(f"### {een['naam']}\n")
            herziening = f"; {een['herziening']} a new value" if een["herziening"] else ""
            delen.append(
                f"{een['omschrijving']}. {een['artikel']}; unit {een['eenheid']}; "
                f"checked through {een['gecontroleerd_tot']}{herziening}.\n"
            )
            delen += _tabel(
                ("From", "Value", "Status", "Source"),
                (
                    (waarde["vanaf"], waarde["waarde"], waarde["status"], f"[{waarde['bron']}]({waarde['url']})")
                    for waarde in een["waarden"]
                ),
            )
            delen.append("")
    return "\n".join(delen).rstrip() + "\n"


def _tabel(koppen: Iterable[str], rijen: Iterable[Iterable[Any]]) -> list[str]:
    koppen = list(koppen)
    return [
        f"| {' | '.join(koppen)} |",
        "|" + "---|" * len(koppen),
        *(f"| {' | '.join(str(cel).replace('|', '/') for cel in rij)} |" for rij in rijen),
    ]


def zonder_gevallen(pagina: str) -> str:
    """The page without the worked cases, which change when a case is added."""
    return "\n".join(regel for regel in pagina.splitlines() if not regel.startswith(f"- {GEVAL}"))


def gevallen_op(pagina: str) -> dict[str, str]:
    """The worked cases that stand on a page of rules, by name of the rule."""
    uit: dict[str, str] = {}
    naam = ""
    for regel in pagina.splitlines():
        if regel.startswith("### "):
            naam, _, geldig = regel.removeprefix("### ").partition(" (")
            vanaf = geldig.removeprefix("from ")[:7] if geldig.startswith("from ") else ""
            naam += f" (vanaf {vanaf})" if vanaf else ""
        elif regel.startswith(f"- {GEVAL}"):
            uit[naam] = regel.removeprefix(f"- {GEVAL}")
    return uit


def main() -> None:
    """Writes both pages; with ``--gevallen`` the worked cases are looked up again (minutes), else those stay."""
    root = Path(__file__).resolve().parents[1]
    doel = root / "docs" / "regels.md"
    if "--gevallen" in sys.argv[1:]:
        sys.path.insert(0, str(root))
        from tests import dekking  # noqa: PLC0415 - only to look up; the test reads the page

        gevallen = {naam: bereikt.gevallen[0] for naam, bereikt in dekking.meet().regels.items() if bereikt.gevallen}
    else:
        gevallen = gevallen_op(doel.read_text(encoding="utf-8"))
    doel.write_text(regelpagina(gevallen), encoding="utf-8")
    (root / "docs" / "parameters.md").write_text(parameterpagina(), encoding="utf-8")


if __name__ == "__main__":
    main()
