"""The result of a version as one page: cost against size, and each alternative beside the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from verrekening.rapport import Reeks, lijnen, schrijf_pagina


def schrijf(uitslag: dict[str, Any], doel: Path) -> None:
    """Writes the page. The plots have logarithmic axes: a straight line of slope 1 is cost in proportion to size."""
    groottes = sorted(
        int(naam.rpartition("_")[2]) for naam in uitslag["kern"] if naam.startswith("huishoudmaanden_per_seconde_")
    )
    per_uur = {
        grootte: grootte * 12 / uitslag["kern"][f"huishoudmaanden_per_seconde_{grootte}"] for grootte in groottes
    }
    reeksen = [Reeks("the whole calculation", [per_uur[grootte] for grootte in groottes])]
    snelheden = uitslag.get("alternatieven", {})
    for naam, woorden in (
        ("python_decimal", "the same rules on Decimal"),
        ("pandas_apply", "the same rules with pandas apply"),
    ):
        if snelheid := snelheden.get(f"{naam}_huishoudmaanden_per_seconde"):
            reeksen.append(Reeks(woorden, [grootte * 12 / snelheid for grootte in groottes]))
    figuren = [_lijn(groottes, reeksen, "Twelve months: seconds of one core against households")]
    nachten = sorted(
        (int(naam.rpartition("_")[2]), waarden) for naam, waarden in uitslag.items() if naam.startswith("nacht_")
    )
    if nachten:
        stappen = [naam for naam in nachten[0][1] if naam.startswith("seconden_")]
        figuren.append(
            _lijn(
                [grootte for grootte, _ in nachten],
                [
                    Reeks(naam.removeprefix("seconden_").replace("_", " "), [max(w[naam], 0.001) for _, w in nachten])
                    for naam in stappen
                ],
                "A night with an administration: seconds by the clock against households",
            )
        )
    rijen = [
        (onderdeel, naam, waarde)
        for onderdeel, waarden in uitslag.items()
        if isinstance(waarden, dict)
        for naam, waarde in waarden.items()
    ]
    tabel = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n").format(
            onderdeel, naam, f"{waarde:,}" if isinstance(waarde, int | float) else waarde
        )
        for onderdeel, naam, waarde in rijen
    )
    titel = f"Benchmarks of verrekening {uitslag['versie']}"
    schrijf_pagina(
        f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(titel)}</title>
<style>body {{ font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
td {{ padding: 0.1rem 1rem 0.1rem 0 }} svg {{ max-width: 100%; height: auto }}</style>
</head>
<body>
<main>
<h1>{escape(titel)}</h1>
<p>Measured in one run, in turns. Compare ratios; seconds depend on the machine and the minute.</p>
{"".join(figuren)}
<table>
<thead><tr><th scope="col">part</th><th scope="col">what</th><th scope="col">value</th></tr></thead>
<tbody>
{tabel}</tbody>
</table>
</main>
</body>
</html>
""",
        doel,
    )


def _lijn(groottes: list[int], reeksen: list[Reeks], titel: str) -> str:
    return lijnen(
        [f"{grootte:,}" for grootte in groottes], reeksen, titel, eenheid="seconds", x=groottes, log=True,
        x_naam="households",
    )  # fmt: skip
