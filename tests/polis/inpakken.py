"""Packed messages that are the same bytes at every hour, for tests that change bytes or look at hashes."""

from __future__ import annotations

import gzip
import io
import zipfile


def gz(inhoud: bytes) -> bytes:
    """The content as gzip, without the time at which it was packed."""
    return gzip.compress(inhoud, mtime=0)


def zip_met(inhoud: bytes, *namen: str) -> bytes:
    """A zip that holds the content once under each name, with a fixed date."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as archief:
        for naam in namen:
            archief.writestr(zipfile.ZipInfo(naam, (2026, 9, 1, 0, 0, 0)), inhoud, zipfile.ZIP_DEFLATED)
    return uit.getvalue()
