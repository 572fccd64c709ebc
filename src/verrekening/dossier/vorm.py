"""The form of one dossier: every key, its type, what it may hold and what it is when left out.

Nothing is made from these classes but what is derived: `verrekening.dossier.schema` makes a tree of them, from
which come the Arrow schema and the columns of the fast path, and the strict models for a line that is read with
care (`verrekening.dossier.zorgvuldig`), so that both know one form. A key that may be left out is ``| None``;
left out and null are the same, and what then holds is ``Soort.leeg``.
"""

from typing import Annotated, Any, Literal, NamedTuple

from verrekening.maand import OPEN

BEDRAG_GRENS = 10**9
"""Amounts lie strictly inside ± this many cents, so that products of int64 never overflow."""

LEEFVORMEN = ("alleenstaande", "alleenstaande_ouder", "gehuwden")
ROLLEN = ("aanvrager", "partner")
OVERIGE_SOORTEN = ("alimentatie", "verhuur", "kostganger", "onderneming", "buitenlands", "overig")
"""Kinds of other income (rule O1); the column ``soort`` is the place in this list."""
GIFT_SOORTEN = ("geld", "natura", "kostenbesparing", "voedselbank", "kledingbank")
"""Kinds of gifts (rule G3); the column ``soort`` is the place in this list."""
GIFT_BESLUITEN = ("vrijgelaten", "meetellen")
BUFFER_SOORTEN = ("betaling", "vereffening")
STOPCODES = (
    "ONBEKENDE_INKOMENSCODE",
    "DGA",
    "INCIDENTEEL_INKOMEN",
    "ONDERNEMING",
    "GEGEVEN_ONTBREEKT",
    "MEERDERE_INKOMSTENPERIODEN",
    "LOON_IN_NATURA",
    "BIJZONDERE_BELONING",
    "NEGATIEF_LOON",
    "AFWIJKENDE_INHOUDING",
    "JGK_ONBEKEND",
    "IKB",
    "BETALING_ONBEKEND",
    "BOVEN_DREMPEL",
    "UITGESLOTEN",
)
"""Signals of weight stop (rule S12): what a human can close with a besluit."""

Wijze = Literal["tekst", "bedrag", "getal", "janee", "maand", "datum", "moment", "bsn", "lhnr", "keuze", "code"]


class Soort(NamedTuple):
    """What a scalar means, beyond its JSON type.

    Attributes:
        wijze: how the value becomes a column.
        leeg: the value in the column when the key is left out or null.
        laagste, hoogste: smallest and largest number allowed.
        keuzes: the words allowed; for ``keuze`` the column is the place in this list plus ``begin``.
        begin: code of the first word.
        patroon: RE2 pattern for the whole text, and ``langste`` its most characters; with ``uitleg`` what they ask.
    """

    wijze: Wijze
    leeg: int | str = 0
    laagste: int = 1 - BEDRAG_GRENS
    hoogste: int = BEDRAG_GRENS - 1
    keuzes: tuple[str, ...] = ()
    begin: int = 0
    patroon: str = ""
    langste: int = 2**31
    uitleg: str = ""

    def met(self, **anders: Any) -> "Soort":
        """The same with other attributes."""
        return self._replace(**anders)


_DATUM, _MAAND, _BEDRAG = Soort("datum", leeg=OPEN), Soort("maand", leeg=OPEN), Soort("bedrag")

Tekst = Annotated[str, Soort("tekst", leeg="")]
Datum = Annotated[str, _DATUM]
Maand = Annotated[str, _MAAND]
MaandVanaf = Annotated[str, _MAAND.met(leeg=-OPEN)]
Moment = Annotated[str, Soort("moment")]
Bsn = Annotated[str, Soort("bsn", leeg=-1)]
LhNr = Annotated[str, Soort("lhnr", leeg=-1)]
NumIV = Annotated[int, Soort("getal", leeg=-1, laagste=0)]
Cent = Annotated[int, _BEDRAG]
CentNietNegatief = Annotated[int, _BEDRAG.met(laagste=0)]
Nee = Annotated[bool, Soort("janee", leeg=0)]
Ja = Annotated[bool, Soort("janee", leeg=1)]
JaNeeOnbekend = Annotated[bool, Soort("janee", leeg=-1)]


BSN_LIJST = "bsn_lijst"
"""Marks a key that holds yes, no or a list of BSN."""
JaNeeOfBsn = Annotated[Any, BSN_LIJST]


class Vorm:
    """An object with these keys and no others."""


class VanTot(Vorm):
    """Months, inclusive."""

    van: Maand
    tot: Maand | None


class Loonkostensubsidie(VanTot):
    """Months in the target group, and the IKV when it is named (rule W2)."""

    lhnr: LhNr | None
    numiv: NumIV | None


class OnderdeelN(Vorm):
    """Art. 31 lid 2 onder n."""

    toestemming: JaNeeOnbekend | None
    vanaf: MaandVanaf | None
    gebruikte_maanden: list[Maand] | None


class OnderdeelR(Vorm):
    """Art. 31 lid 2 onder r."""

    toestemming: JaNeeOnbekend | None
    vanaf: MaandVanaf | None
    eerste_maand: Maand | None


class OnderdeelZ(Vorm):
    """Art. 31 lid 2 onder z."""

    eerste_maand: Maand | None


class OnderdeelAa(Vorm):
    """Art. 31 lid 2 onder aa."""

    toestemming: JaNeeOnbekend | None
    vanaf: MaandVanaf | None


class Periode34a(Vorm):
    """One period of art. 34a (rule W3)."""

    eerste_maand: Maand
    verlengd_tot: Maand | None


class Artikel34a(OnderdeelAa):
    """Art. 34a, from 2027."""

    perioden: list[Periode34a] | None


class Vrijlating(Vorm):
    """What is known about the exemption of work income (chapter W)."""

    n: OnderdeelN | None
    r: OnderdeelR | None
    z: OnderdeelZ | None
    aa: OnderdeelAa | None
    artikel_34a: Artikel34a | None


class Persoon(Vorm):
    """Aanvrager or partner."""

    bsn: Bsn
    rol: Annotated[str, Soort("keuze", keuzes=ROLLEN)]
    geboortedatum: Datum
    rechthebbend: Ja | None
    van: MaandVanaf | None
    tot: Maand | None
    medisch_urenbeperkt: list[VanTot] | None
    loonkostensubsidie: list[Loonkostensubsidie] | None
    vrijlating: Vrijlating | None


class Situatie(VanTot):
    """The household in a row of months (chapter B)."""

    leefvorm: Annotated[str, Soort("keuze", keuzes=LEEFVORMEN)]
    kostendelende_medebewoners: Annotated[int, Soort("getal", laagste=0, hoogste=999)] | None
    in_inrichting: JaNeeOfBsn | None
    verhoging_20_3: JaNeeOfBsn | None
    jongste_kind_geboortedatum: Datum | None
    verlaging_cent: CentNietNegatief | None


class Betaling(Vorm):
    """What is booked on the month it concerns; may be negative, the sum per month may not."""

    rechtmaand: Maand
    betaald_op: Datum
    bedrag_cent: Cent


class Correctie(Vorm):
    """A line of an earlier run of this engine."""

    rechtmaand: Maand
    betaalmaand: Maand
    verrekend_cent: CentNietNegatief | None
    nabetaald_cent: CentNietNegatief | None


class Teruggevorderd(Vorm):
    """What a recovery decision took out of a month (rule S2)."""

    rechtmaand: Maand
    bedrag_cent: CentNietNegatief
    besluit_op: Datum
    vordering: Tekst | None


class OverigInkomen(Vorm):
    """Other income, net (rule O1)."""

    bsn: Bsn
    soort: Annotated[str, Soort("keuze", keuzes=OVERIGE_SOORTEN)]
    maand: Maand
    bedrag_cent: CentNietNegatief
    ontvangen_op: Datum | None
    vakantietoeslag: Nee | None


class Schatting(Vorm):
    """The work income expected in a month (rule S4)."""

    bsn: Bsn
    maand: Maand
    netto_cent: CentNietNegatief
    vakantietoeslag: Ja | None


class Gift(Vorm):
    """A gift or cost-saving contribution (chapter G)."""

    datum: Datum
    bedrag_cent: CentNietNegatief
    soort: Annotated[str, Soort("keuze", keuzes=GIFT_SOORTEN)]
    bsn: Bsn | None
    besluit: Annotated[str, Soort("keuze", keuzes=GIFT_BESLUITEN, begin=1)] | None
    besluit_op: Datum | None


class Maatregel(Vorm):
    """A lowering of the assistance of one month as a measure (rule S2)."""

    maand: Maand
    bedrag_cent: CentNietNegatief


class Aflossing(Maatregel):
    """An instalment on a claim (rule S9)."""

    vordering: Tekst | None


class Bufferbudget(Vorm):
    """Art. 34b (rule S10)."""

    maand: Maand
    bedrag_cent: CentNietNegatief
    soort: Annotated[str, Soort("keuze", keuzes=BUFFER_SOORTEN)]
    op: Datum


class Besluit(Vorm):
    """A human closed a stop for one record and month (rule S12)."""

    code: Annotated[str, Soort("code", keuzes=STOPCODES)]
    maand: Maand
    bsn: Bsn | None
    lhnr: LhNr | None
    numiv: NumIV | None
    netto_cent: Cent | None
    op: Moment
    door: Tekst | None
    reden: Tekst | None


class Dossier(Vorm):
    """One line of the file."""

    dossiernummer: Annotated[
        str,
        Soort(
            "tekst",
            patroon=r"^[^\s\pC](?:[^\pC]*[^\s\pC])?$",
            langste=100,  # {0,98} in the pattern takes 6 ms to compile
            uitleg="moet 1 tot 100 leesbare tekens hebben, zonder spatie aan begin of eind",
        ),
    ]
    gemeentecode: Annotated[str, Soort("tekst", patroon=r"^[0-9]{4}$", uitleg="moet vier cijfers zijn")]
    begindatum: Datum
    einddatum: Datum | None
    uitgesloten: (
        Annotated[str, Soort("tekst", leeg="", patroon=r"\S", uitleg="is leeg: geef een reden of null")] | None
    ) = None
    personen: list[Persoon]
    situatie: list[Situatie]
    betalingen: list[Betaling] | None
    correcties: list[Correctie] | None
    teruggevorderd: list[Teruggevorderd] | None
    overige_inkomsten: list[OverigInkomen] | None
    schattingen: list[Schatting] | None
    giften: list[Gift] | None
    maatregelen: list[Maatregel] | None
    aflossingen: list[Aflossing] | None
    bufferbudget: list[Bufferbudget] | None
    besluiten: list[Besluit] | None
