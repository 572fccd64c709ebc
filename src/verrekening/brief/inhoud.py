"""What stands in a statement, as data: the payment, the months that changed, the reasons, and the way to object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verrekening.brief.afzender import Afzender
from verrekening.brief.woordenlijst import begrippen_in
from verrekening.brief.zinnen import over_de_betaling, over_een_maand, wat_u_kunt_doen
from verrekening.uitleg.woorden import maand_in_woorden

Rij = Mapping[str, Any]


@dataclass(frozen=True)
class Post:
    """One line: sign (``−``, ``+``, ``=`` or nothing), words, cents, and the place in the law beside it."""

    teken: str
    woorden: str
    cent: int
    wet: str = ""

    @property
    def totaal(self) -> bool:
        """Whether the lines above add up to this one."""
        return self.teken == "="


@dataclass(frozen=True)
class Maandblok:
    """A month that this payment changes: its lines and the sentences that say why."""

    maand: str
    redenen: tuple[str, ...]
    posten: tuple[Post, ...]


@dataclass(frozen=True)
class Brief:
    """A statement. Amounts in cents; months in words; never a BSN.

    Attributes:
        afzender: who sends it.
        dossiernummer: whose it is; name and address come from the system that sends the letter.
        betaalmaand: period in which is paid, in words.
        te_betalen_cent: what is paid.
        gestopt: nothing was settled, because a human must look first.
        kern: sentences at the top.
        betaling: lines of the payment.
        maanden: months that this payment concerns besides its own.
        doen: what the resident can do: heading and sentences.
        begrippen: words with their meaning, only those that occur.
    """

    afzender: Afzender
    dossiernummer: str
    betaalmaand: str
    te_betalen_cent: int
    gestopt: bool
    kern: tuple[str, ...]
    betaling: tuple[Post, ...]
    maanden: tuple[Maandblok, ...]
    doen: tuple[tuple[str, tuple[str, ...]], ...]
    begrippen: tuple[tuple[str, str], ...]

    def zinnen(self) -> list[str]:
        """All running text, for whoever checks how hard it reads."""
        return [
            *self.kern,
            *(zin for blok in self.maanden for zin in blok.redenen),
            *(zin for _, zinnen in self.doen for zin in zinnen),
            *(uitleg for _, uitleg in self.begrippen),
        ]


def maak(
    dossiernummer: str,
    betaalmaand: str,
    betaling: Rij,
    maanden: Sequence[Rij],
    signalen: Iterable[Rij],
    afzender: Afzender,
) -> Brief:
    """Puts a statement together.

    Args:
        dossiernummer: the case.
        betaalmaand: P, ``YYYY-MM``.
        betaling, maanden, signalen: rows with the names of the outputs; amounts in cents.
        afzender: the municipality.
    """
    gestopt = any(signaal["gewicht"] == "stop" for signaal in signalen)
    gewijzigd = [maand for maand in maanden if maand["verrekend_cent"] or maand["nabetaald_cent"]]
    blokken = tuple(
        Maandblok(maand_in_woorden(maand["maand"]), over_een_maand(maand), _maandposten(maand)) for maand in gewijzigd
    )
    kern = over_de_betaling(betaling, betaalmaand, len(gewijzigd), gestopt=gestopt)
    posten = _betaalposten(betaling)
    doen = wat_u_kunt_doen(afzender, betaling)
    teksten = [
        *kern,
        *(zin for blok in blokken for zin in blok.redenen),
        *(zin for _, zinnen in doen for zin in zinnen),
        *(post.woorden for lijst in (posten, *(blok.posten for blok in blokken)) for post in lijst),
    ]
    return Brief(
        afzender,
        dossiernummer,
        maand_in_woorden(betaalmaand),
        betaling["te_betalen_cent"],
        gestopt,
        kern,
        posten,
        blokken,
        doen,
        tuple(begrippen_in(teksten)),
    )


def _betaalposten(b: Rij) -> tuple[Post, ...]:
    """The payment, in the order in which benefit systems show it; lines of 0 that say nothing are left out."""
    posten = [
        Post("", "Norm", b["norm_cent"], "Participatiewet art. 20–24"),
        Post("−", "Inkomsten die nu al meetellen", b["verwacht_inkomen_cent"], "Participatiewet art. 31, 32"),
        Post("=", "Bijstand", b["bijstand_cent"], "Participatiewet art. 19 lid 2"),
        Post("−", "Reservering vakantiegeld", b["reservering_cent"], "Participatiewet art. 19 lid 3"),
        Post("=", "Netto bijstand", b["netto_uitkering_cent"], "Participatiewet art. 45"),
        Post("−", "Maatregel", b["maatregel_cent"], "Participatiewet art. 18"),
        Post("−", "Verrekend over eerdere maanden", b["verrekend_met_uitkering_cent"], "Participatiewet art. 58 lid 4"),
        Post("+", "Nabetaling over eerdere maanden", b["nabetaling_cent"], "Participatiewet art. 58 lid 4"),
        Post("−", "Aflossing", b["aflossing_cent"], "Participatiewet art. 60"),
        Post("+", "Bufferbudget", b["bufferbudget_cent"], "Participatiewet art. 34b"),
    ]
    return (*_zonder_nul(posten), Post("=", "Uit te betalen", b["te_betalen_cent"]))


def _maandposten(m: Rij) -> tuple[Post, ...]:
    """A month of right: income, exemption and holiday pay first, then the assistance, then what was paid."""
    opgegeven = m["netto_arbeid_cent"] + m["netto_uitkeringen_cent"] + m["overige_inkomsten_cent"]
    gekort = m["inkomen_cent"]
    inkomsten = [
        Post("", "Uw inkomsten (netto)", opgegeven, "Regeling Participatiewet art. 7a"),
        Post("−", "Vrijlating", m["vrijlating_cent"], "Participatiewet art. 31 lid 2"),
        Post("=", "Inkomsten na vrijlating", opgegeven - m["vrijlating_cent"]),
        Post(
            "+",
            "Vakantiegeld over uw inkomsten",
            m["vakantietoeslag_aanspraak_cent"],
            "Regeling Participatiewet art. 8–14",
        ),
        Post("+", "Giften boven de grens", m["giften_meegeteld_cent"], "Participatiewet art. 31 lid 2"),
        Post("=", "Inkomsten die meetellen", gekort, "Participatiewet art. 31, 32"),
    ]
    recht = [
        Post("", "Norm", m["norm_cent"], "Participatiewet art. 20–24"),
        Post("−", "Inkomsten die meetellen", min(gekort, m["norm_cent"])),
        Post("=", "Bijstand", m["bijstand_cent"], "Participatiewet art. 19 lid 2"),
        Post("−", "Reservering vakantiegeld", m["reservering_cent"], "Participatiewet art. 19 lid 3"),
        Post("=", "Netto bijstand", m["netto_uitkering_cent"]),
        Post("−", "Maatregel", m["maatregel_cent"], "Participatiewet art. 18"),
        Post("=", "Hier had u recht op", m["verschuldigd_cent"]),
    ]
    meer = (m["verschil_cent"] or 0) >= 0
    eind = [
        Post("", "Al betaald", m["betaald_cent"] or 0),
        Post("=", "Te veel betaald" if meer else "Te weinig betaald", abs(m["verschil_cent"] or 0)),
        Post("−", "Nu verrekend", m["verrekend_cent"], "Participatiewet art. 58 lid 4"),
        Post("−", "Nu nabetaald", m["nabetaald_cent"]),
        Post("=", "Blijft nog open", m["open_cent"]),
    ]
    return (*(_zonder_nul(inkomsten) if gekort or opgegeven else ()), *_zonder_nul(recht), *_zonder_nul(eind))


_ALTIJD = {"Norm", "Bijstand", "Netto bijstand", "Hier had u recht op", "Al betaald"}


def _zonder_nul(posten: Sequence[Post]) -> list[Post]:
    return [post for post in posten if post.cent or post.woorden in _ALTIJD]
