"""verrekening: settles part-time income with Dutch social assistance (bijstand), exactly and explainably."""

from verrekening.versie import VERSIE as __version__

__all__ = ["__version__"]
