"""The workbook of a closing, for a Dutch spreadsheet: one sheet per question, amounts as numbers, texts never run."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from verrekening.financien import tabellen
from verrekening.financien.afsluiting import Afsluiting
from verrekening.financien.keten import BEDRAG, Schakel
from verrekening.financien.rekeningen import REGELING
from verrekening.maand import toon_maand, toon_moment

_FORMULE = re.compile(r"^[=+\-@\t\r]")
_GETAL, _EURO = "#,##0", "#,##0.00;[Red]-#,##0.00"
_BREEDST = 110
_TITELS = {
    "samenvatting": "Samenvatting", "keten": "Keten", "journaal": "Journaal", "saldi": "Saldi",
    "verschillen": "Verschillen", "openstaand": "Openstaand", "werkvoorraad": "Werkvoorraad",
}  # fmt: skip


def werkboek(afsluiting: Afsluiting) -> bytes:
    """The workbook as the bytes of an .xlsx file; the same closing gives the same bytes.

    Sheets: samenvatting, keten, journaal (per account and year of right), saldi, verschillen, openstaand (by age
    against the six months of art. 58 lid 4) and werkvoorraad (by reason).
    """
    uit = io.BytesIO()
    opties = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    boek = xlsxwriter.Workbook(uit, opties)
    moment = datetime.fromisoformat(toon_moment(afsluiting.boeken.maand.run.peilmoment)).astimezone(UTC)
    boek.set_properties({"title": _titel(afsluiting), "created": moment.replace(tzinfo=None)})
    schrijver = _Schrijver(boek)
    schrijver.blad("samenvatting", _titel(afsluiting), _samenvatting(afsluiting), totaal=False)
    schrijver.keten(afsluiting.keten)
    rekeningen = afsluiting.rekeningen
    grootboek = tabellen.samengevat(afsluiting.boeken.journaal, rekeningen)
    schrijver.blad("journaal", "Journaal per rekening en jaar van recht", grootboek)
    saldi = tabellen.saldi(afsluiting.saldi, rekeningen)
    schrijver.blad("saldi", "Saldi: beginstand + debet − credit = eindstand", saldi)
    v = afsluiting.vergelijking
    if v is None:
        leeg = pd.DataFrame({"uitleg": pd.Series(["Er is geen betaalbestand opgegeven (--betaald)."], dtype="str")})
        schrijver.blad("verschillen", "Betaald naast besloten", leeg, totaal=False)
    else:
        schrijver.blad("verschillen", "Betaald anders dan besloten", tabellen.verschillen(v.verschillen))
    schrijver.blad(
        "openstaand", "Te veel betaald en nog open, oudste eerst", tabellen.openstaand(afsluiting.openstaand)
    )
    schrijver.blad("werkvoorraad", "Werkvoorraad per reden", tabellen.werkvoorraad(afsluiting.werkvoorraad))
    boek.close()
    return uit.getvalue()


def _titel(afsluiting: Afsluiting) -> str:
    return f"Aansluiting betaalmaand {toon_maand(afsluiting.boeken.betaalmaand)}"


def _samenvatting(afsluiting: Afsluiting) -> pd.DataFrame:
    """The month in a dozen lines."""
    betaling, run = afsluiting.boeken.betaling, afsluiting.boeken.maand.run
    ouderdom = afsluiting.openstaand.groupby("termijn")["open"].sum()
    regels: list[tuple[str, int | None, int | None, str]] = [
        ("Keten van controletotalen", None, None, "klopt" if afsluiting.klopt else "KLOPT NIET: zie blad Keten"),
        ("Regeling", None, None, REGELING),
        ("Laatste run", run.boeking, None, f"peildatum {toon_moment(run.peilmoment)}, {run.bewijs['engine']}"),
        ("Huishoudens met een besluit", len(betaling), None, ""),
    ]
    for naam, kolom in (
        ("Bijstand over de betaalmaand", "bijstand"), ("Reservering vakantietoeslag", "reservering"),
        ("Maatregelen", "maatregel"), ("Verschuldigd", "verschuldigd"),
        ("Verrekend met de uitkering", "verrekend_met_uitkering"),
        ("Verrekend met nabetaling", "verrekend_met_nabetaling"), ("Nabetaling", "nabetaling"),
        ("Aflossing", "aflossing"), ("Bufferbudget", "bufferbudget"), ("Te betalen", "te_betalen"),
    ):  # fmt: skip
        regels.append((naam, int((betaling[kolom] != 0).sum()), int(betaling[kolom].sum()), ""))
    for termijn in ("binnen", "laatste maand", "buiten"):
        aantal = int((afsluiting.openstaand["termijn"] == termijn).sum())
        regels.append((f"Open, {termijn} de termijn" if termijn != "laatste maand" else "Open, in de laatste maand",
                       aantal, int(ouderdom.get(termijn, 0)), ""))  # fmt: skip
    v = afsluiting.vergelijking
    if v is not None:
        anders = v.verschillen
        regels.append(("Betaald door de bank", len(v.bestand.regels), int(v.bestand.regels["cent"].sum()), ""))
        regels.append(
            ("Anders betaald dan besloten", len(anders), int(anders["verschil"].sum()), "zie blad Verschillen")
        )
    return pd.DataFrame(
        {
            "onderdeel": [rij[0] for rij in regels],
            "aantal": pd.Series([rij[1] for rij in regels], dtype=object),
            "bedrag_cent": pd.Series([rij[2] for rij in regels], dtype=object),
            "toelichting": [rij[3] for rij in regels],
        }
    )


class _Schrijver:
    """Writes sheets that all look alike: title, header, rows, total."""

    def __init__(self, boek: Any) -> None:
        self._boek = boek
        kop = {"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff", "valign": "top", "border": 1}
        self._kop = boek.add_format(kop | {"indent": 1})
        self._kop_getal = boek.add_format(kop | {"align": "right"})
        self._titel = boek.add_format({"bold": True, "font_size": 14})
        self._tekst = boek.add_format({"valign": "top", "indent": 1})
        self._getal = boek.add_format({"num_format": _GETAL, "valign": "top"})
        self._jaar = boek.add_format({"num_format": "0", "valign": "top", "align": "center"})
        self._euro = boek.add_format({"num_format": _EURO, "valign": "top"})
        self._som = boek.add_format({"num_format": _EURO, "bold": True, "top": 1})
        self._woord = boek.add_format({"bold": True, "top": 1})
        self._breuk = boek.add_format({"bold": True, "bg_color": "#8c1c13", "font_color": "#ffffff", "valign": "top"})

    def blad(self, naam: str, titel: str, tabel: pd.DataFrame, *, totaal: bool = True) -> Any:
        """A sheet of a table; columns that end in ``_cent`` become euro."""
        blad = self._boek.add_worksheet(_TITELS[naam])
        blad.write_string(0, 0, titel, self._titel)
        kolommen = list(tabel.columns)
        for nummer, kolom in enumerate(kolommen):
            kop = self._kop_getal if kolom.endswith("_cent") else self._kop
            blad.write_string(2, nummer, kolom.removesuffix("_cent").replace("_", " "), kop)
            waarden = tabel[kolom].tolist()
            blad.set_column(nummer, nummer, _breedte(kolom, waarden))
            for rij, waarde in enumerate(waarden, start=3):
                self._cel(blad, rij, nummer, kolom, waarde)
        eind = 3 + len(tabel)
        if totaal and len(tabel):
            self._totalen(blad, tabel, eind)
        blad.freeze_panes(3, 0)
        if len(tabel):
            blad.autofilter(2, 0, eind - 1, max(0, len(kolommen) - 1))
        blad.set_landscape()
        blad.set_paper(9)
        blad.fit_to_pages(1, 0)
        blad.repeat_rows(2)
        blad.set_footer("&L&A&RBladzijde &P van &N")
        return blad

    def keten(self, schakels: Sequence[Schakel]) -> None:
        """The chain; a link that does not hold is red."""

        def bedrag(een: Schakel, getal: int, eenheid: str) -> int | None:
            return getal if een.eenheid == eenheid else None

        tabel = pd.DataFrame(
            {
                "oordeel": ["klopt" if een.klopt else "BREUK" for een in schakels],
                "van": [een.van for een in schakels],
                "naar": [een.naar for een in schakels],
                "wat": [een.wat for een in schakels],
                "links_aantal": pd.Series([bedrag(een, een.links, "aantal") for een in schakels], dtype=object),
                "rechts_aantal": pd.Series([bedrag(een, een.rechts, "aantal") for een in schakels], dtype=object),
                "links_cent": pd.Series([bedrag(een, een.links, BEDRAG) for een in schakels], dtype=object),
                "rechts_cent": pd.Series([bedrag(een, een.rechts, BEDRAG) for een in schakels], dtype=object),
                "gevallen_anders": [een.anders for een in schakels],
            }
        )
        blad = self.blad("keten", "Keten van controletotalen: links en rechts zijn gelijk", tabel, totaal=False)
        for rij, een in enumerate(schakels, start=3):
            if not een.klopt:
                blad.write_string(rij, 0, "BREUK", self._breuk)

    def _cel(self, blad: Any, rij: int, nummer: int, kolom: str, waarde: Any) -> None:
        if waarde is None or waarde is pd.NA:
            blad.write_blank(rij, nummer, None, self._tekst)
        elif isinstance(waarde, str):
            blad.write_string(rij, nummer, veilig(waarde), self._tekst)
        elif kolom.endswith("_cent"):
            # A spreadsheet knows only binary fractions; the one nearest to whole cents shows those cents.
            blad.write_number(rij, nummer, waarde / 100, self._euro)
        else:
            blad.write_number(rij, nummer, waarde, self._jaar if kolom == "jaar" else self._getal)

    def _totalen(self, blad: Any, tabel: pd.DataFrame, eind: int) -> None:
        blad.write_string(eind, 0, "Totaal", self._woord)
        for nummer, kolom in enumerate(tabel.columns):
            if kolom.endswith("_cent"):
                letter = xlsxwriter.utility.xl_col_to_name(nummer)
                formule = f"=SUM({letter}4:{letter}{eind})"
                blad.write_formula(eind, nummer, formule, self._som, sum(tabel[kolom].tolist()) / 100)


def veilig(tekst: str) -> str:
    """Text that stays text, also when somebody saves the sheet as CSV."""
    return f"'{tekst}" if _FORMULE.match(tekst) else tekst


def _breedte(kolom: str, waarden: Sequence[Any]) -> int:
    if kolom.endswith("_cent"):
        return 16
    langste = max((len(str(een)) for een in waarden if een is not None), default=0)
    return min(_BREEDST, max(12, len(kolom) + 3, langste + 3))
