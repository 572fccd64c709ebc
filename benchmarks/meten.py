"""Measuring side by side: medians of tasks that take turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

HERHALINGEN = 5


def om_en_om(**taken: Callable[[], Any]) -> dict[str, float]:
    """Median seconds per task; the tasks take turns, so that a busy minute hits all of them."""
    tijden: dict[str, list[float]] = {naam: [] for naam in taken}
    for _ in range(HERHALINGEN):
        for naam, taak in taken.items():
            begin = time.perf_counter()
            taak()
            tijden[naam].append(time.perf_counter() - begin)
    return {naam: statistics.median(waarden) for naam, waarden in tijden.items()}
