"""Measuring side by side: medians of tasks that take turns, in processor time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

HERHALINGEN = 5


def om_en_om(**taken: Callable[[], Any]) -> dict[str, float]:
    """Median seconds per task; the tasks take turns, so that a busy minute hits all of them.

    Seconds of the processor, not of the clock: what else the machine does counts much less. The tasks are about one
    process and wait for nothing.
    """
    tijden: dict[str, list[float]] = {naam: [] for naam in taken}
    for _ in range(HERHALINGEN):
        for naam, taak in taken.items():
            begin = time.process_time()
            taak()
            tijden[naam].append(time.process_time() - begin)
    return {naam: statistics.median(waarden) for naam, waarden in tijden.items()}
