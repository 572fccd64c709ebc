"""Reading wage records, all guards on, beside bare lxml and bare expat on the same files in the same run.

``python -m benchmarks.loongegevens`` measures this part alone. The bare readers check nothing, convert nothing and
keep nothing: they are the floor of what an XML parser with Python handlers costs.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.parsers import expat

from benchmarks.meten import om_en_om
from lxml import etree

from verrekening import __version__, polis
from verrekening.voorbeeld import maak

RUIMTE = "http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01"
RECORD = "InkomstenverhoudingInitieel"
BLADEN = (
    "SofiNr", "NumIV", "DatAanv", "DatEind", "SrtIV", "IndLhKort", "CdZvw", "LnLbPh", "LnTabBB", "VakBsl",
    "OpgRchtVakBsl", "OpnAvwb", "OpbAvwb", "WrdLn", "IngLbPh", "BijdrZvw", "WrdPrGebrAut", "WrknBijdrAut", "Reisk",
)  # fmt: skip
GROOT_MB = 20
"""The one large message that is measured; memory is also measured at ten times this size."""
_OPGAVE = re.compile(rf"<{RECORD}>.*?</{RECORD}>\s*".encode(), re.DOTALL)
_GEHEUGEN = """
import sys
from pathlib import Path
from verrekening import __version__, polis
gelezen = polis.lees([Path(sys.argv[1])], [999990019]).bestanden[0].tellingen["gelezen"]
# Of this process only: a peak that was inherited at the fork is not in VmHWM.
piek = next(r.split()[1] for r in Path("/proc/self/status").read_text().splitlines() if r.startswith("VmHWM"))
print(gelezen, int(piek) // 1024)
"""


def met_lxml(paden: Sequence[Path], namen: Sequence[str], lees_tekst: bool) -> Callable[[], None]:
    """Bare iterparse that only meets these tags, and forgets what it has seen."""
    tags = [f"{{{RUIMTE}}}{naam}" for naam in namen]
    record = tags[namen.index(RECORD)]

    def lees() -> None:
        for pad in paden:
            try:
                for _, element in etree.iterparse(str(pad), tag=tags):
                    _ = element.text if lees_tekst else None
                    element.clear()
                    if element.tag == record and (ouder := element.getparent()) is not None:
                        while element.getprevious() is not None:
                            del ouder[0]
            except etree.XMLSyntaxError:
                continue

    return lees


def met_expat(paden: Sequence[Path]) -> Callable[[], None]:
    """Bare expat; texts are only asked for inside a wanted leaf."""
    gewild = frozenset(BLADEN)

    def lees() -> None:
        for pad in paden:
            ontleder = expat.ParserCreate()
            ontleder.buffer_text = True
            teksten: list[str] = []

            def begin(naam: str, _: Any, ontleder: Any = ontleder, teksten: list[str] = teksten) -> None:
                if naam in gewild:
                    ontleder.CharacterDataHandler = teksten.append

            def eind(naam: str, ontleder: Any = ontleder, teksten: list[str] = teksten) -> None:
                if naam in gewild:
                    ontleder.CharacterDataHandler = None
                elif naam == RECORD:
                    teksten.clear()

            ontleder.StartElementHandler, ontleder.EndElementHandler = begin, eind
            try:
                with pad.open("rb") as bestand:
                    ontleder.ParseFile(bestand)
            except expat.ExpatError:
                continue

    return lees


def groot_bericht(paden: Sequence[Path], doel: Path, megabytes: int) -> Path:
    """One message with the records of all these messages, again and again until it is this large."""
    eerste = paden[0].read_bytes()
    begin = eerste.index(f"<{RECORD}>".encode())
    einde = eerste.rindex(f"</{RECORD}>".encode()) + len(f"</{RECORD}>")
    opgaven = b"".join(opgave for pad in paden for opgave in _OPGAVE.findall(pad.read_bytes()))
    with doel.open("wb") as bestand:
        bestand.write(eerste[:begin])
        while bestand.tell() < megabytes * 1_000_000:
            bestand.write(opgaven)
        bestand.write(eerste[einde:])
    return doel


def snelheid(paden: Sequence[Path]) -> dict[str, float]:
    """Records and megabytes per second, and how many times as long (or short) the bare readers take."""
    tijden = om_en_om(
        iedereen=lambda: polis.lees(paden, None),
        niemand=lambda: polis.lees(paden, frozenset()),
        lxml_record=met_lxml(paden, (RECORD,), False),
        lxml_bladen=met_lxml(paden, (*BLADEN, RECORD), True),
        expat_bladen=met_expat(paden),
    )
    bestanden = polis.lees(paden, frozenset()).bestanden
    records = sum(bestand.tellingen["gelezen"] for bestand in bestanden)
    megabytes = sum(bestand.bytes for bestand in bestanden) / 1e6
    uit: dict[str, float] = {"bestanden": len(bestanden), "records": records, "megabytes": round(megabytes, 1)}
    for wie in ("iedereen", "niemand"):
        uit[f"{wie}_bekend_records_per_seconde"] = round(records / tijden[wie])
        uit[f"{wie}_bekend_megabytes_per_seconde"] = round(megabytes / tijden[wie], 1)
        for kaal in ("lxml_bladen", "lxml_record", "expat_bladen"):
            uit[f"{wie}_bekend_tegen_{kaal}"] = round(tijden[wie] / tijden[kaal], 2)
    return uit


def geheugen(pad: Path) -> tuple[int, int]:
    """Records, and peak megabytes of a process that reads this message for the persons of one municipality."""
    uit = subprocess.run([sys.executable, "-c", _GEHEUGEN, str(pad)], capture_output=True, text=True, check=True)
    gelezen, piek = uit.stdout.split()
    return int(gelezen), int(piek)


def meet(paden: Sequence[Path], map_: Path) -> dict[str, dict[str, float]]:
    """Many small messages, one large one, and the memory of one ten times larger."""
    groot = groot_bericht(paden, map_ / "groot.xml", GROOT_MB)
    uit = {"klein": snelheid(paden), "groot": snelheid([groot])}
    groter = groot_bericht(paden, map_ / "groter.xml", 10 * GROOT_MB)
    uit["geheugen"] = {
        f"piek_megabytes_bij_{megabytes}_mb": geheugen(pad)[1]
        for megabytes, pad in ((GROOT_MB, groot), (10 * GROOT_MB, groter))
    }
    groter.unlink()
    return uit


def berichten(map_: Path) -> list[Path]:
    """The messages in a folder: at most 400, in order of name."""
    return sorted(map_.rglob("*.xml"))[:400]


def main() -> None:
    """Measures this part alone, prints it and keeps it."""
    with tempfile.TemporaryDirectory() as tijdelijk:
        voorbeeld = maak(Path(tijdelijk) / "gemeente", huishoudens=10_000, seed=1)
        uitslag = {
            "versie": __version__,
            "machine": {"processor": platform.machine(), "kernen": os.cpu_count(), "python": platform.python_version()},
            **meet(berichten(voorbeeld.polis["2026-09"][0]), Path(tijdelijk)),
        }
    tekst = json.dumps(uitslag, indent=2) + "\n"
    (Path(__file__).parent / "resultaten" / f"{__version__}-loongegevens.json").write_text(tekst, encoding="utf-8")
    print(tekst, end="")


if __name__ == "__main__":
    main()
