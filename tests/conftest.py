"""What every test stands on: reproducible properties, and no dependence on the machine they run on."""

from __future__ import annotations

import os
import time

from hypothesis import HealthCheck, settings

# A fixed width and no colours, also for the commands that tests start.
os.environ.update(COLUMNS="100", NO_COLOR="1")

# Far from the Netherlands on purpose: what depends on the time zone of the machine instead of
# Europe/Amsterdam (rule N1) goes wrong here, not on a server that runs in UTC.
os.environ["TZ"] = "Pacific/Auckland"
if hasattr(time, "tzset"):  # not on Windows
    time.tzset()

# No deadline: the first example pays for imports, and a busy machine says nothing about a rule.
settings.register_profile("lokaal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# In CI the same examples every time: a red run is always about the change. New examples are found locally.
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# For a night: HYPOTHESIS_PROFILE=grondig make test
settings.register_profile("grondig", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "lokaal"))
