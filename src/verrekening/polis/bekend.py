"""The persons to keep while reading: eight bytes each, asked for by their text or by the column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

import numpy as np

from verrekening.kolommen import Getallen, Masker


class Bekend:
    """A set of BSNs. ``nummers``: sorted, each once."""

    __slots__ = ("nummers",)

    def __init__(self, bsn: Collection[int] | Getallen) -> None:
        rij = bsn if isinstance(bsn, np.ndarray) else np.fromiter((int(een) for een in bsn), np.int64)
        self.nummers: Getallen = np.unique(rij)

    def __contains__(self, sofi: str) -> bool:
        """Whether this text is one of them; a BSN is written with nine digits."""
        if len(sofi) != 9 or not (sofi.isascii() and sofi.isdecimal()):
            return False
        nummer = int(sofi)
        nummers = memoryview(self.nummers)  # type: ignore[arg-type]
        plaats = bisect_left(nummers, nummer)
        return plaats < len(nummers) and nummers[plaats] == nummer

    def in_kolom(self, bsn: Getallen) -> Masker:
        """Which rows are one of them."""
        if not len(self.nummers):
            return np.zeros(len(bsn), np.bool_)
        plaats = np.minimum(np.searchsorted(self.nummers, bsn), len(self.nummers) - 1)
        return np.asarray(self.nummers[plaats] == bsn)
