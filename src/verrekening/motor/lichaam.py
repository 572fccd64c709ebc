"""What the body of a rule may do: words of the engine, ``+ - *``, comparisons, assignment and return.

Two ways to look, and a body is right when either is sure of it. The compiled function is looked at first: that takes
microseconds, and nearly every rule passes. It never refuses: what it does not know, on a Python whose bytecode it does
not know everything, goes to the second way, which reads the source, decides, and tells what is wrong in which line.
"""

from __future__ import annotations

import ast
import functools
import linecache
from collections.abc import Callable
from importlib.util import MAGIC_NUMBER
from opcode import opmap
from types import CodeType
from typing import Any

from verrekening.fouten import RegelFout
from verrekening.motor.woorden import WOORDEN

_BYTECODE = (3495).to_bytes(2, "little") + b"\r\n"
"""Of Python 3.11, the only bytecode that was looked at: elsewhere an instruction of the same name may do more."""
_GOED = frozenset(
    opmap.get(naam, -1)
    for naam in (
        "RESUME", "CACHE", "NOP", "POP_TOP", "LOAD_FAST", "STORE_FAST", "LOAD_CONST", "LOAD_GLOBAL",
        "LOAD_ATTR", "PRECALL", "CALL", "KW_NAMES", "BINARY_OP", "UNARY_NEGATIVE", "COMPARE_OP", "RETURN_VALUE",
    )
)  # fmt: skip
"""No jump, so no ``if``, ``and``, ``a < b < c`` or loop; no COPY, so no ``:=``; nothing is called but a global name."""
_PLUS_MIN_MAAL = frozenset({0, 10, 5})
"""Arguments of BINARY_OP for ``+ - *``; those of ``+=`` and the like are others."""
_LOAD_GLOBAL, _LOAD_CONST, _BINARY_OP = (opmap[naam] for naam in ("LOAD_GLOBAL", "LOAD_CONST", "BINARY_OP"))

_TOEGESTAAN = (
    ast.Return, ast.Assign, ast.Expr, ast.Constant, ast.Name, ast.Load, ast.Store, ast.Call, ast.keyword,
    ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.UnaryOp, ast.USub, ast.Compare, ast.Eq, ast.NotEq,
    ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Attribute,
)  # fmt: skip


def keur_lichaam(functie: Callable[..., Any], plek: str) -> None:
    """Refuses what works on one number but fails, or differs, on a column.

    Raises:
        RegelFout: naming the place, the line and what cannot be in a rule.
    """
    if not is_zeker_goed(functie.__code__):
        keur_bron(functie, plek)


def is_zeker_goed(code: CodeType) -> bool:
    """Whether the compiled body does only what a rule may do. False says nothing."""
    if MAGIC_NUMBER != _BYTECODE or code.co_name == "<lambda>":
        return False
    for opdracht, argument in zip(code.co_code[::2], code.co_code[1::2], strict=True):
        if opdracht not in _GOED:
            return False
        if opdracht == _LOAD_GLOBAL:
            # The lowest bit: the name is loaded to be called.
            if argument & 1 and code.co_names[argument >> 1] not in WOORDEN:
                return False
        elif opdracht == _BINARY_OP:
            if argument not in _PLUS_MIN_MAAL:
                return False
        elif opdracht == _LOAD_CONST and type(code.co_consts[argument]) not in (int, bool, str):
            return False
    return True


def keur_bron(functie: Callable[..., Any], plek: str) -> None:
    """Refuses as `keur_lichaam`, by the source."""
    boom = _boom(functie)
    if not isinstance(boom, ast.FunctionDef):
        raise RegelFout(f"{plek}: een regel is een gewone functie")
    for opdracht in boom.body:
        for knoop in ast.walk(opdracht):
            if not isinstance(knoop, _TOEGESTAAN):
                wat = type(knoop).__name__
                raise RegelFout(
                    f"{plek}, regel {getattr(knoop, 'lineno', '?')}: {wat} kan niet in een regel; "
                    "gebruik de woorden van de motor"
                )
            if isinstance(knoop, ast.Compare) and len(knoop.ops) > 1:
                raise RegelFout(f"{plek}: a < b < c kan niet in een regel; schrijf en(a < b, b < c)")
            if isinstance(knoop, ast.Call) and getattr(knoop.func, "id", None) not in WOORDEN:
                raise RegelFout(f"{plek}: {ast.unparse(knoop.func)}() is geen woord van de motor")


def _boom(functie: Callable[..., Any]) -> ast.AST | None:
    """The function as it is written; a file is read and parsed once for all of its rules."""
    regels = linecache.getlines(functie.__code__.co_filename, functie.__globals__)
    return _functies("".join(regels)).get(functie.__code__.co_firstlineno)


@functools.lru_cache(maxsize=64)
def _functies(tekst: str) -> dict[int, ast.AST]:
    """The functions of a file by the line where they begin, decorators included."""
    return {
        min([knoop.lineno, *[merk.lineno for merk in knoop.decorator_list]]): knoop
        for knoop in ast.walk(ast.parse(tekst))
        if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef)
    }
