"""Every test of the administration runs on SQLite, and on PostgreSQL when it is installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.administratie import postgres

ZONDER = "PostgreSQL is not installed (.ci/postgresql installs it)"


@pytest.fixture(scope="session")
def postgresserver() -> Iterator[str]:
    """The URL of a server that lives as long as the tests. CI may not do without."""
    if postgres.programmas() is None:
        if os.environ.get("VERREKENING_MET_POSTGRES"):
            pytest.fail(ZONDER)
        pytest.skip(ZONDER)
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def waar(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An administration that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "administratie.db")
    url: str = request.getfixturevalue("postgresserver")
    naam = f"t{abs(hash(str(tmp_path)))}"
    with psycopg.connect(f"{url}/postgres", autocommit=True) as db:
        db.execute(f"CREATE DATABASE {naam}")
    return f"{url}/{naam}"
