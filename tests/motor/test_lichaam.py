"""What the body of a rule may do: the look at the compiled function never passes what the source may not hold."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.fouten import RegelFout
from verrekening.motor import woorden
from verrekening.motor.lichaam import is_zeker_goed, keur_bron, keur_lichaam
from verrekening.regels import NIVEAUS

_nummers = count()
GEKENDE_BYTECODE = sys.version_info[:2] == (3, 11)


def _functie(*regels: str, kop: str = "def toets(a, b, c):") -> Callable[..., Any]:
    """A function with its source where a check of the source finds it."""
    tekst = "".join(f"{regel}\n" for regel in [kop, *(f"    {regel}" for regel in regels)])
    bestand = f"<toets {next(_nummers)}>"
    linecache.cache[bestand] = (len(tekst), None, tekst.splitlines(keepends=True), bestand)
    ruimte: dict[str, Any] = {**vars(woorden), "GRENS": 5}
    exec(compile(tekst, bestand, "exec"), ruimte)  # noqa: S102 - a body that a rule may not have cannot stand in a file
    gemaakt: Callable[..., Any] = ruimte["toets"]
    return gemaakt


def _bron_is_goed(functie: Callable[..., Any]) -> bool:
    try:
        keur_bron(functie, "toets")
    except RegelFout:
        return False
    return True


def test_every_rule_passes_both_ways() -> None:
    """Of the rules of the law the source is right too, and none needs it to be read when the command starts."""
    alle = [regel for niveau in NIVEAUS for regel in niveau.regels]
    assert alle
    for regel in alle:
        keur_bron(regel.functie, regel.naam)
    if GEKENDE_BYTECODE:
        assert [regel.naam for regel in alle if not is_zeker_goed(regel.functie.__code__)] == []


GOED = [
    ["return a"],
    ["return -a + b * 3 - GRENS"],
    ["return kies(a > b, 0, c)"],
    ["d = rekenkundig(deel(b, van=a))", "return ten_hoogste(d, c)"],
    ["return a.teller"],
    ['return kies(a == b, "x", True)'],
    ["a + b", "return a != b"],
]


@pytest.mark.parametrize("regels", GOED, ids=" / ".join)
def test_what_a_rule_may_do_passes(regels) -> None:
    """Words, ``+ - *``, comparisons, assignment, return."""
    functie = _functie(*regels)
    keur_lichaam(functie, "toets")
    keur_bron(functie, "toets")
    assert is_zeker_goed(functie.__code__) is GEKENDE_BYTECODE


FOUT = [
    (["return a / b"], "Div kan niet"),
    (["return a // b"], "FloorDiv"),
    (["return a % b"], "Mod"),
    (["return a ** b"], "Pow"),
    (["return a @ b"], "MatMult"),
    (["return a & b"], "BitAnd"),
    (["return a >> b"], "RShift"),
    (["return ~a"], "Invert"),
    (["return +a"], "UAdd"),
    (["return not a"], "Not"),
    (["return a and b"], "BoolOp"),
    (["return a or b"], "BoolOp"),
    (["return a if b else c"], "IfExp"),
    (["if a:", "    return b", "return c"], "regel 2: If kan niet"),
    (["d = c", "if a:", "    d = b", "return d"], "regel 3: If kan niet"),
    (["return a < b < c"], "schrijf en"),
    (["return a is b"], "Is kan niet"),
    (["return a in b"], "In kan niet"),
    (["return a[0]"], "Subscript"),
    (["return (a, b)"], "Tuple"),
    (["return (1, 2)"], "Tuple"),
    (["return [a]"], "List"),
    (["return {a: b}"], "Dict"),
    (["return {a}"], "Set"),
    (['return f"{a}"'], "JoinedStr"),
    (["return [d for d in a]"], "ListComp"),
    (["return (lambda: a)"], "Lambda"),
    (["return (d := a)"], "NamedExpr"),
    (["return en(*a)"], "Starred"),
    (["a += b", "return a"], "AugAssign"),
    (["d, e = a", "return d"], "Tuple"),
    (["for d in a:", "    b = d", "return b"], "For"),
    (["while a:", "    b = a", "return b"], "While"),
    (["try:", "    return a", "except KeyError:", "    return b"], "Try"),
    (["with a:", "    return b"], "With"),
    (["raise a"], "Raise"),
    (["assert a", "return b"], "Assert"),
    (["del a", "return b"], "Delete"),
    (["import os", "return a"], "Import"),
    (["global d", "d = a", "return a"], "Global"),
    (["def d(): return a", "return d"], "FunctionDef"),
    (["class d: pass", "return a"], "ClassDef"),
    (["match a:", "    case 1: return b", "return c"], "Match"),
    (["yield a"], "Yield"),
    (["return max(a, b)"], "max.* is geen woord"),
    (["return open(a)"], "open.* is geen woord"),
    (["return a.sum()"], r"a\.sum.* is geen woord"),
    (["return a(b)"], r"a\(\) is geen woord"),
    (["return kies(a, b, c)(a)"], "is geen woord"),
    (["d = max", "return d(a, b)"], r"d\(\) is geen woord"),
]  # fmt: skip


@pytest.mark.parametrize(("regels", "melding"), FOUT, ids=[" / ".join(regels) for regels, _ in FOUT])
def test_what_a_rule_may_not_do_is_refused_in_words(regels, melding) -> None:
    """Never passed by the look at the compiled function, and the message names what it is."""
    functie = _functie(*regels)
    assert not is_zeker_goed(functie.__code__)
    with pytest.raises(RegelFout, match=melding):
        keur_lichaam(functie, "toets")


@pytest.mark.parametrize("kop", ["async def toets(a):", "toets = lambda a: ("])
def test_a_rule_is_a_plain_function(kop) -> None:
    """No coroutine and no lambda: they have no result, or no name."""
    functie = _functie("a)", kop=kop) if "lambda" in kop else _functie("return a", kop=kop)
    assert not is_zeker_goed(functie.__code__)
    with pytest.raises(RegelFout, match="gewone functie"):
        keur_lichaam(functie, "toets")


_UITDRUKKINGEN = st.recursive(
    st.sampled_from(["a", "b", "c", "GRENS", "max", "a.teller"]),
    lambda deel: st.one_of(
        st.tuples(
            deel,
            st.sampled_from(
                [
                    "+",
                    "-",
                    "*",
                    "/",
                    "//",
                    "%",
                    "**",
                    "&",
                    "|",
                    "^",
                    "<<",
                    ">>",
                    "@",
                    "and",
                    "or",
                    "<",
                    "<=",
                    "==",
                    "!=",
                    ">",
                    ">=",
                    "is",
                    "in",
                ]
            ),
            deel,
        ).map(lambda delen: f"({' '.join(delen)})"),
        st.tuples(st.sampled_from(["-", "+", "~", "not "]), deel).map(lambda delen: f"({''.join(delen)})"),
        st.tuples(st.sampled_from(["kies", "of", "max", "a", "b.som", "Exact"]), deel, deel).map(
            lambda delen: f"{delen[0]}({delen[1]}, {delen[2]})"
        ),
        st.tuples(deel, deel, deel).map(lambda delen: f"({delen[0]} < {delen[1]} < {delen[2]})"),
        st.tuples(deel, deel, deel).map(lambda delen: f"({delen[0]} if {delen[1]} else {delen[2]})"),
        st.tuples(deel, deel).map(lambda delen: f"{delen[0]}[{delen[1]}]"),
        st.tuples(deel, deel).map(lambda delen: f"kies({delen[0]}, 0, anders={delen[1]})"),
    ),
    max_leaves=8,
)


@given(_UITDRUKKINGEN, _UITDRUKKINGEN)
def test_the_compiled_function_passes_exactly_what_the_source_passes(eerste, tweede) -> None:
    """Over names and calls, where the compiler has nothing to compute beforehand, both ways agree."""
    functie = _functie(f"d = {eerste}", f"return d - {tweede}")
    assert is_zeker_goed(functie.__code__) is (GEKENDE_BYTECODE and _bron_is_goed(functie))
