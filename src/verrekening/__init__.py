"""verrekening: settles part-time income with Dutch social assistance (bijstand), exactly and explainably."""

__version__ = "0.1.0"
