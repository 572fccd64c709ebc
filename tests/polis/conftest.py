"""A small builder of fictitious Loonaangifte messages for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

BEDRAGEN = [
    "LnLbPh",
    "LnTabBB",
    "VakBsl",
    "OpgRchtVakBsl",
    "OpnAvwb",
    "OpbAvwb",
    "WrdLn",
    "IngLbPh",
    "BijdrZvw",
    "WrdPrGebrAut",
    "WrknBijdrAut",
    "Reisk",
]


NAAMRUIMTE = "http://xml.belastingdienst.nl/schemas/Loonaangifte"


@dataclass(frozen=True)
class Bouw:
    """Pieces of XML; every method returns text."""

    fixtures: Path
    bsn: tuple[int, ...] = (999990019, 999996769, 999993549, 999990238)
    lhnr: tuple[str, ...] = ("001234560L01", "800007207L01")
    tijdvakken: tuple[tuple[str, str], ...] = (("2026-07-01", "2026-07-31"), ("2026-06-15", "2026-07-12"))
    standaard: dict[str, str] = field(default_factory=lambda: dict.fromkeys(BEDRAGEN, "0.00"))

    def loon(self, **bedragen: str | None) -> str:
        """Werknemersgegevens; None leaves an element out."""
        velden = {**self.standaard, **bedragen}
        inhoud = "".join(f"<{k}>{v}</{k}>" for k, v in velden.items() if v is not None)
        return f"<Werknemersgegevens>{inhoud}</Werknemersgegevens>"

    def periode(self, begin: str = "2026-01-01", srtiv: str = "15", lhkort: str = "J", cdzvw: str = "K") -> str:
        """Inkomstenperiode."""
        return (
            f"<Inkomstenperiode><DatAanv>{begin}</DatAanv><SrtIV>{srtiv}</SrtIV><IndLhKort>{lhkort}</IndLhKort>"
            f"<LbTab>012</LbTab><CdZvw>{cdzvw}</CdZvw></Inkomstenperiode>"
        )

    def opgave(
        self,
        bsn: int | str | None = 999990019,
        numiv: str = "1",
        aanvang: str = "2026-01-01",
        einde: str = "",
        perioden: Sequence[str] | None = None,
        loon: str | None = None,
        **bedragen: str | None,
    ) -> str:
        """InkomstenverhoudingInitieel; ``bsn`` None is an anonymous person."""
        sofi = "" if bsn is None else f"<SofiNr>{bsn}</SofiNr>"
        eind = f"<DatEind>{einde}</DatEind>" if einde else ""
        delen = "".join(perioden if perioden is not None else [self.periode()])
        return (
            f"<InkomstenverhoudingInitieel><NumIV>{numiv}</NumIV><DatAanv>{aanvang}</DatAanv>{eind}"
            f"<NatuurlijkPersoon>{sofi}<SignNm>Voorbeeld</SignNm></NatuurlijkPersoon>{delen}"
            f"{self.loon(**bedragen) if loon is None else loon}</InkomstenverhoudingInitieel>\n"
        )

    def intrekking(self, bsn: int | str | None = 999990019, numiv: str = "1") -> str:
        """InkomstenverhoudingIntrekking; ``bsn`` None has a personnel number only."""
        sofi = "<PersNr>p1</PersNr>" if bsn is None else f"<SofiNr>{bsn}</SofiNr>"
        return f"<InkomstenverhoudingIntrekking><NumIV>{numiv}</NumIV>{sofi}</InkomstenverhoudingIntrekking>"

    def tijdvak(self, inhoud: str, soort: str = "VolledigeAangifte", tijdvak: tuple[str, str] | None = None) -> str:
        """TijdvakAangifte, or TijdvakCorrectie when that is the kind."""
        begin, eind = tijdvak or self.tijdvakken[0]
        datums = f"<DatAanvTv>{begin}</DatAanvTv><DatEindTv>{eind}</DatEindTv>"
        collectief = "<CollectieveAangifte><TotLnLbPh>0</TotLnLbPh></CollectieveAangifte>"
        if soort == "TijdvakCorrectie":
            return f"<TijdvakCorrectie>{datums}{collectief}{inhoud}</TijdvakCorrectie>"
        return f"<TijdvakAangifte>{datums}<{soort}>{collectief}{inhoud}</{soort}></TijdvakAangifte>"

    def bericht(
        self,
        *tijdvakken: str,
        moment: str = "2026-08-03T10:00:00",
        idber: str = "B1",
        lhnr: str | None = None,
        jaar: int = 2026,
        kop: str = '<?xml version="1.0" encoding="UTF-8"?>\n',
    ) -> str:
        """A whole message."""
        return (
            f'{kop}<Loonaangifte xmlns="{NAAMRUIMTE}/{jaar}/01" version="2.0">\n'
            f"<Bericht><IdBer>{idber}</IdBer><DatTdAanm>{moment}</DatTdAanm></Bericht><AdministratieveEenheid>"
            f"<LhNr>{lhnr or self.lhnr[0]}</LhNr><NmIP>Voorbeeld</NmIP>{''.join(tijdvakken)}"
            "</AdministratieveEenheid></Loonaangifte>"
        )

    def een(self, inhoud: str, **kop: str) -> str:
        """A message with one VolledigeAangifte."""
        return self.bericht(self.tijdvak(inhoud), **kop)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def bouw() -> Bouw:
    """The builder, with the folder of fixture messages."""
    return Bouw(Path(__file__).parents[2] / "fixtures" / "polis")
