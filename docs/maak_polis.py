"""Writes the table of findings in docs/polis.md: ``python docs/maak_polis.py``; a test checks that it is current."""

from __future__ import annotations

from pathlib import Path

from verrekening.polis.codes import CODES

PAGINA = Path(__file__).parent / "polis.md"
BEGIN, EIND = "<!-- codes: made by docs/maak_polis.py -->\n", "<!-- end of codes -->"


def pagina() -> str:
    """The page with the codes as they are now."""
    voor, _, rest = PAGINA.read_text(encoding="utf-8").partition(BEGIN)
    _, _, na = rest.partition(EIND)
    rijen = [
        f"| {code} | {gewicht} | {bevinding.format(naam='…')} | {doen} |"
        for code, (gewicht, bevinding, doen) in sorted(CODES.items())
    ]
    tabel = "\n".join(["| code | gewicht | bevinding | wat te doen |", "|---|---|---|---|", *rijen])
    return f"{voor}{BEGIN}{tabel}\n{EIND}{na}"


if __name__ == "__main__":
    PAGINA.write_text(pagina(), encoding="utf-8")
