"""The statement for the resident: what is paid, over which month, why it changed, and what you can do.

Made from the rows that a run writes (`zaak --json`, or the outputs of a batch); nothing is computed again. One text
for HTML and PDF, in Dutch at level B1; places in the law stand beside it, not in it.
"""

from verrekening.brief.afzender import Afzender, lees_afzender
from verrekening.brief.inhoud import Brief, Maandblok, Post, maak
from verrekening.brief.opmaak import als_html, als_pdf, schrijf
from verrekening.brief.stapel import Stapel, lees_stapel, schrijf_stapel

__all__ = [
    "Afzender", "Brief", "Maandblok", "Post", "Stapel", "als_html", "als_pdf", "lees_afzender", "lees_stapel", "maak",
    "schrijf", "schrijf_stapel",
]  # fmt: skip
