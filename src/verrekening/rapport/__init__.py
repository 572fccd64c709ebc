"""Pages and plots that every report shares: one self-contained HTML page, and SVG drawn by matplotlib.

A page needs no network, works with a keyboard and a screen reader, and prints on A4. A plot carries its own title
and a text that says the same as the picture.
"""

from verrekening.rapport.grafiek import Balk, Reeks, lijnen, staven, waterval
from verrekening.rapport.pagina import omgeving, schrijf_bestand, schrijf_pagina, vast

__all__ = ["Balk", "Reeks", "lijnen", "omgeving", "schrijf_bestand", "schrijf_pagina", "staven", "vast", "waterval"]
