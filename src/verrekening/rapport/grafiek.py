"""Plots as SVG text: real shapes and real text, with a title and a description for who can't see them.

Amounts come in as whole cents and stay so in every label; only the place of a shape on the paper is a float.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verrekening.geld import euro

KLEUREN = ("#1f4e79", "#b35900", "#3f7f3f", "#7a3b8f", "#8c1c13", "#5f6a72")
"""Dark enough on white for WCAG AA, and apart for who does not see red and green."""

_ARCERING = ("", "///", "...", "xxx", "\\\\\\", "++")
_INKT = "#1a1a1a"
_NEDERLANDS = str.maketrans(",.-", ".,−")
_STIJL: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "verrekening",
    "font.family": ["sans-serif"],
    "font.size": 10,
    "axes.edgecolor": "#5f6a72",
    "axes.labelcolor": _INKT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "hatch.linewidth": 0.6,
    "text.color": _INKT,
    "xtick.color": _INKT,
    "ytick.color": _INKT,
}


@dataclass(frozen=True)
class Balk:
    """One step of a waterfall.

    Attributes:
        naam: words at the step.
        cent: what it adds (negative: takes off), or the level itself for a total, in cents.
        totaal: whether it is a level that the steps before lead to.
    """

    naam: str
    cent: int
    totaal: bool = False


@dataclass(frozen=True)
class Reeks:
    """One row of values of a plot: cents, counts, or any number the unit says. None leaves a gap."""

    naam: str
    waarden: Sequence[float | None]


def waterval(balken: Sequence[Balk], titel: str) -> str:
    """A waterfall from the first level to the last: how one amount becomes another, read from top to bottom."""
    figuur, vlak = _figuur(0.42 * len(balken) + 0.7)
    stand = 0
    for rij, balk in enumerate(balken):
        begin, eind = (0, balk.cent) if balk.totaal else (stand, stand + balk.cent)
        kleur = KLEUREN[0] if balk.totaal else KLEUREN[2] if balk.cent >= 0 else KLEUREN[1]
        arcering = "" if balk.totaal else _ARCERING[1] if balk.cent < 0 else _ARCERING[2]
        vlak.barh(
            rij, (eind - begin) / 100, left=begin / 100, height=0.62, color=kleur, hatch=arcering, edgecolor="white"
        )
        teken = "" if balk.totaal else "− " if balk.cent < 0 else "+ "
        vlak.annotate(
            teken + euro(balk.cent if balk.totaal else abs(balk.cent)),
            (max(begin, eind) / 100, rij),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold" if balk.totaal else "normal",
        )
        if rij + 1 < len(balken):
            vlak.plot([eind / 100, eind / 100], [rij, rij + 1], color="#5f6a72", linewidth=0.8)
        stand = eind
    vlak.set_yticks(range(len(balken)), [balk.naam for balk in balken])
    vlak.invert_yaxis()
    vlak.tick_params(axis="y", length=0)
    vlak.margins(x=0.16)
    vlak.xaxis.set_visible(False)
    vlak.spines["bottom"].set_visible(False)
    tekst = "; ".join(f"{balk.naam}: {euro(balk.cent)}" for balk in balken)
    return _svg(figuur, titel, tekst)


def staven(
    namen: Sequence[str],
    reeksen: Sequence[Reeks],
    titel: str,
    *,
    eenheid: str = "euro",
    gestapeld: bool = False,
) -> str:
    """Bars per name, beside each other or stacked.

    Args:
        namen: what stands below the bars, such as months.
        reeksen: one colour and hatch each; in cents when the unit is ``euro``.
        titel: title, also for who can't see the plot.
        eenheid: ``euro``, or words of a count.
        gestapeld: on top of each other.
    """
    figuur, vlak = _figuur(3.1)
    breedte = 0.8 if gestapeld else 0.8 / max(1, len(reeksen))
    bodem = [0.0] * len(namen)
    for nummer, reeks in enumerate(reeksen):
        hoogten = [_op_papier(waarde, eenheid) for waarde in reeks.waarden]
        plaats = [positie if gestapeld else positie - 0.4 + breedte * (nummer + 0.5) for positie in range(len(namen))]
        vlak.bar(
            plaats,
            hoogten,
            width=breedte * 0.94,
            bottom=bodem if gestapeld else None,
            color=KLEUREN[nummer % len(KLEUREN)],
            hatch=_ARCERING[nummer % len(_ARCERING)],
            edgecolor="white",
            label=reeks.naam,
        )
        bodem = [som + hoogte for som, hoogte in zip(bodem, hoogten, strict=True)]
    _x_namen(vlak, namen)
    _afwerken(vlak, reeksen, eenheid)
    return _svg(figuur, titel, _in_woorden(namen, reeksen, eenheid))


def lijnen(
    namen: Sequence[str],
    reeksen: Sequence[Reeks],
    titel: str,
    *,
    eenheid: str = "euro",
    x: Sequence[float] | None = None,
    log: bool = False,
    x_naam: str = "",
) -> str:
    """Lines over names (months) or over numbers.

    Args:
        namen: words of every place on the x-axis, also for the description.
        reeksen: one colour, mark and dash each; in cents when the unit is ``euro``.
        titel: title, also for who can't see the plot.
        eenheid: ``euro``, or words of a count.
        x: places on the axis; None for one step per name.
        log: both axes logarithmic.
        x_naam: words below the axis.
    """
    figuur, vlak = _figuur(3.4)
    plaats = list(x) if x is not None else list(range(len(namen)))
    for nummer, reeks in enumerate(reeksen):
        punten = [
            (waar, _op_papier(waarde, eenheid))
            for waar, waarde in zip(plaats, reeks.waarden, strict=True)
            if waarde is not None
        ]
        vlak.plot(
            [waar for waar, _ in punten],
            [hoogte for _, hoogte in punten],
            color=KLEUREN[nummer % len(KLEUREN)],
            linestyle=("-", "--", "-.", ":")[nummer % 4],
            marker=("o", "s", "^", "D", "v", "P")[nummer % 6],
            markersize=4,
            label=reeks.naam,
        )
    if log:
        vlak.set_xscale("log")
        vlak.set_yscale("log")
    if x is None:
        _x_namen(vlak, namen)
    vlak.set_xlabel(x_naam)
    _afwerken(vlak, reeksen, eenheid)
    return _svg(figuur, titel, _in_woorden(namen, reeksen, eenheid))


def _op_papier(waarde: float | None, eenheid: str) -> float:
    return 0.0 if waarde is None else waarde / 100 if eenheid == "euro" else float(waarde)


def _in_woorden(namen: Sequence[str], reeksen: Sequence[Reeks], eenheid: str) -> str:
    def een(waarde: float | None) -> str:
        if waarde is None:
            return "geen"
        return euro(int(waarde)) if eenheid == "euro" else f"{waarde:g}".replace(".", ",")

    def rij(reeks: Reeks) -> str:
        delen = (f"{naam} {een(waarde)}" for naam, waarde in zip(namen, reeks.waarden, strict=True))
        return f"{reeks.naam}: {'; '.join(delen)}."

    return " ".join(rij(reeks) for reeks in reeksen)


def _figuur(hoogte: float) -> tuple[Figure, Axes]:
    with mpl.rc_context(_STIJL):
        figuur = Figure(figsize=(7.2, hoogte), layout="constrained")
        return figuur, figuur.add_subplot()


def _x_namen(vlak: Axes, namen: Sequence[str]) -> None:
    stap = max(1, (len(namen) + 12) // 13)
    vlak.set_xticks(range(0, len(namen), stap), list(namen)[::stap], rotation=0 if len(namen) < 8 else 40, ha="center")


def _afwerken(vlak: Axes, reeksen: Sequence[Reeks], eenheid: str) -> None:
    vlak.set_ylabel(eenheid)
    if vlak.get_yscale() == "linear":
        vlak.yaxis.set_major_formatter(lambda waarde, _: f"{waarde:,.10g}".translate(_NEDERLANDS))
    vlak.grid(axis="y", color="#d5d9dc", linewidth=0.6)
    vlak.set_axisbelow(True)
    if len(reeksen) > 1:
        vlak.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, 1.16), ncols=4)


def _svg(figuur: Figure, titel: str, omschrijving: str) -> str:
    """The drawing without header and with its own names, so that many fit on one page."""
    with mpl.rc_context(_STIJL), io.StringIO() as bestand:
        figuur.savefig(bestand, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        tekst = bestand.getvalue()
    tekst = tekst[tekst.index("<svg") :]
    tekst = re.sub(r"\s*<metadata>.*?</metadata>", "", tekst, flags=re.DOTALL)
    naam = "g" + "".join(f"{teken:02x}" for teken in _vingerafdruk(titel + omschrijving))
    tekst = re.sub(r'\bid="', f'id="{naam}-', tekst)
    tekst = re.sub(r'(href="|url\()#', rf"\1#{naam}-", tekst)
    kop = (
        f'<svg role="img" aria-labelledby="{naam}-titel {naam}-tekst" class="grafiek" '
        f'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{_viewbox(tekst)}">\n <title id="{naam}-titel">{escape(titel)}</title>\n'
        f' <desc id="{naam}-tekst">{escape(omschrijving)}</desc>'
    )
    return re.sub(r"<svg[^>]*>", lambda _: kop, tekst, count=1).strip()


def _vingerafdruk(tekst: str) -> bytes:
    return hashlib.sha256(tekst.encode()).digest()[:4]


def _viewbox(tekst: str) -> str:
    gevonden = re.search(r'viewBox="([^"]*)"', tekst)
    return gevonden.group(1) if gevonden else "0 0 720 300"
