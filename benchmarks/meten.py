"""Measuring side by side: medians of tasks that take turns, in processor time."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
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


_MET_PIEK = """
import atexit, runpy, sys
def piek():
    print([r.split()[1] for r in open("/proc/self/status") if r.startswith("VmHWM")][0], file=sys.stderr)
atexit.register(piek)
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def proces(*argumenten: str) -> dict[str, float]:
    """Seconds by the clock, seconds of the processor and peak megabytes of a Python module in a process of its own.

    The peak is told by the process itself: what the kernel tells of a child includes its parent at the fork.
    """
    begin = time.perf_counter()
    voor = resource.getrusage(resource.RUSAGE_CHILDREN)
    # As installed: with the bytecode of the package, which a shared machine may have told Python not to write.
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam != "PYTHONDONTWRITEBYTECODE"}
    opdracht = [sys.executable, "-c", _MET_PIEK, *argumenten]
    kind = subprocess.run(opdracht, capture_output=True, text=True, check=False, env=omgeving)
    na = resource.getrusage(resource.RUSAGE_CHILDREN)
    if kind.returncode:
        raise SystemExit(kind.stderr)
    return {
        "seconden": time.perf_counter() - begin,
        "processor": na.ru_utime + na.ru_stime - voor.ru_utime - voor.ru_stime,
        "piek_megabytes": int(kind.stderr.split()[-1]) / 1024,
    }
