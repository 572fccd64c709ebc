"""A link to the text of an article as it was on a day.

The links follow the JCI form of wetten.overheid.nl: identification of the law, article, and the day it is read for.
"""

from __future__ import annotations

import re

_WETTEN = {"Pw": "BWBR0015703", "Regeling Pw": "BWBR0015738"}
"""Name in the rules -> identification in the national collection of laws."""

_ARTIKEL = re.compile(r"\b(Regeling Pw|Pw) art\. (\d+[a-z]{0,2})")


def link(artikel: str, dag: str) -> str | None:
    """The address of the first article that a text names; None when it names none that has one.

    Args:
        artikel: place in the law as a rule names it, such as ``Pw art. 31 lid 2 onder n``.
        dag: day on which the text must hold, ``YYYY-MM-DD``.
    """
    gevonden = _ARTIKEL.search(artikel)
    if gevonden is None:
        return None
    wet, nummer = gevonden.groups()
    return f"https://wetten.overheid.nl/jci1.3:c:{_WETTEN[wet]}&artikel={nummer}&z={dag}&g={dag}"
