"""Arrow without what it loads for a notebook, which takes longer than one case, and 50 MB of every process."""

# ruff: noqa: PLC0415 - importing Arrow is what this is about
from __future__ import annotations

import contextlib
import sys
from types import ModuleType


def laad_licht() -> None:
    """Loads Arrow without pandas (a third of a second) and without help texts (a fortieth).

    When Arrow was loaded before, or another version wants it otherwise, it is as it always is.
    """
    import pyarrow as pa

    if "pandas" not in sys.modules:
        # Arrow looks once, at its first value, whether pandas is there to hand it something, and remembers the answer.
        sys.meta_path.insert(0, _GeenPandas())
        try:
            pa.scalar(0)
        finally:
            del sys.meta_path[0]
    _zonder_hulpteksten()


class _GeenPandas:
    """Finds everything but pandas. No subclass of `MetaPathFinder`: that would load a dozen modules."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Says nothing, or that pandas is not there."""
        del path, target
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def _zonder_hulpteksten() -> None:
    """Arrow composes the help of its three hundred functions when it loads them, and parses that of their options."""
    naam = "pyarrow.vendored.docscrape"
    if naam in sys.modules:
        return
    ontleder = ModuleType(naam)
    ontleder.NumpyDocString = _GeenHulp  # type: ignore[attr-defined]
    sys.modules[naam] = ontleder
    try:
        # A module that failed to load is forgotten: the next to ask for it gets it with its help texts.
        with contextlib.suppress(Exception):
            import pyarrow.compute  # noqa: F401
    finally:
        del sys.modules[naam]


class _GeenHulp:
    """The help of one class of options, without any parameter."""

    def __init__(self, tekst: str) -> None:
        del tekst

    def __getitem__(self, deel: str) -> list[object]:
        del deel
        return []
