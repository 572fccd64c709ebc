"""One small municipality for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from verrekening.voorbeeld import Voorbeeld, maak


@pytest.fixture(scope="session")
def voorbeeld(tmp_path_factory: pytest.TempPathFactory) -> Voorbeeld:
    """Four hundred households, two payment months."""
    return maak(tmp_path_factory.mktemp("voorbeeld"), huishoudens=400, seed=3)


@pytest.fixture(scope="session")
def berichten(voorbeeld: Voorbeeld) -> list[Path]:
    """All messages that are not damaged on purpose."""
    return [p for p in sorted(voorbeeld.map.glob("polis/*/*.xml")) if p not in voorbeeld.kapot]
