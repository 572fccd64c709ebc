"""Plots: the picture and its text say the same, and many fit on one page."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from verrekening.rapport import Balk, Reeks, lijnen, staven, waterval

_SVG = "{http://www.w3.org/2000/svg}"
_BALKEN = [Balk("Norm", 141946, totaal=True), Balk("Verrekend", -54930), Balk("Te betalen", 87016, totaal=True)]


def test_a_waterfall_shows_every_amount_to_the_cent_as_text():
    """An amount in the picture is text that can be selected and read aloud."""
    tekst = waterval(_BALKEN, "Van norm naar betaling")
    zichtbaar = re.sub(r"<desc.*?</desc>", "", tekst, flags=re.DOTALL)
    for woord in ("Norm", "Verrekend", "Te betalen", "€ 1.419,46", "− € 549,30", "€ 870,16"):
        assert woord in zichtbaar


def test_a_plot_has_a_title_and_says_in_words_what_it_shows():
    """Title and description name the picture, escaped."""
    plaatje = ET.fromstring(waterval(_BALKEN, "Van norm <naar> betaling"))
    assert plaatje.get("role") == "img"
    namen = {kind.get("id"): kind.text for kind in plaatje if kind.tag in {f"{_SVG}title", f"{_SVG}desc"}}
    assert set(plaatje.get("aria-labelledby", "").split()) == set(namen)
    assert list(namen.values()) == [
        "Van norm <naar> betaling",
        "Norm: € 1.419,46; Verrekend: -€ 549,30; Te betalen: € 870,16",
    ]


def test_bars_say_each_value_and_a_gap():
    """No value is a gap, not 0."""
    plaatje = staven(["juni", "juli"], [Reeks("Recht", [10050, None])], "Recht")
    assert "Recht: juni € 100,50; juli geen." in plaatje


def test_two_plots_on_one_page_share_no_name():
    """Names inside a drawing are its own, and every reference finds one."""

    def namen(tekst: str) -> set[str]:
        return set(re.findall(r'id="([^"]+)"', tekst))

    een = staven(["juni"], [Reeks("Recht", [1])], "Een")
    twee = lijnen(["juni"], [Reeks("Recht", [1])], "Twee", eenheid="huishoudens")
    assert namen(een)
    assert not namen(een) & namen(twee)
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', een + twee)) <= namen(een) | namen(twee)


def test_the_same_plot_is_the_same_text():
    """No date and no chance, so that a page can be compared."""
    assert waterval(_BALKEN, "Zelfde") == waterval(_BALKEN, "Zelfde")
