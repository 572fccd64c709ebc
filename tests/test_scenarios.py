"""Runs the worked cases in tests/scenarios/: each states its source and exact cents, computed by hand from the law."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import gevallen


@pytest.mark.parametrize("geval", [pytest.param(geval, id=naam) for naam, geval in gevallen.lees()])
def test_scenario_gives_the_cents_computed_by_hand(geval: dict[str, Any], tmp_path: Path) -> None:
    """Every amount and signal that a scenario names comes out of a real run over real files."""
    gevallen.toets(geval, *gevallen.draai(geval, tmp_path))
